"""What a week was about, in three to five sentences, each out of the sentences that it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import combinations

from agent.models.embedded.newsletter.kinds import kind
from agent.models.embedded.newsletter.material import Issue, Result, Theme, Told
from agent.models.embedded.newsletter.phrasing import capital, finished, lowered, with_article
from agent.models.embedded.topics.clauses import UNNAMED
from agent.schema import DraftSentence

FEWEST, MOST = 3, 5
"""Sentences, where the papers say so much."""
LONGEST = 28
"""Words of a sentence."""


def intro(issue: Issue) -> tuple[DraftSentence, ...]:
    """Returns a sentence on the first topic, some on picks and other topics, and one on a result; no paper has two."""
    told: list[DraftSentence] = []

    def add(sentences: Iterator[DraftSentence]) -> None:
        found = issue.first(one for one in sentences if len(one.text.split()) <= LONGEST)
        told.extend([found] if found else [])

    def cited() -> set[int]:
        return {cite.paper for sentence in told for cite in sentence.cites}

    def begun() -> set[str]:
        return {sentence.text.split()[0] for sentence in told}

    if issue.themes:
        add(_opening(issue, issue.themes[0]))
    for number in issue.leading:
        if len(told) < MOST - 1 and number not in cited():
            add(_of_paper(issue, number, begun()))
    for named in (True, False):
        for theme in issue.themes:
            numbers = {number for number, _ in theme.papers}
            if len(told) < (MOST - 1 if named else FEWEST) and not numbers & cited():
                add(_of_theme(issue, theme, begun(), named=named))
    add(_results(issue, cited()))
    for number in issue.deed_of:
        if len(told) < FEWEST and number not in cited():
            add(_of_paper(issue, number, begun()))
    return tuple(told)


def _opening(issue: Issue, theme: Theme) -> Iterator[DraftSentence]:
    """Yields what can be said of the first topic: of two papers where both can be told briefly, else of one."""
    speaking = [deed for deed in theme.deeds if any(issue.speaks_of(deed.number, one) for one in parts(theme.label))]
    # The first topic opens the issue, be it with no more than a title says.
    speaking.sort(key=lambda deed: not issue.adds(deed.number, deed.text))
    told = (deed for deed in speaking if deed.is_named and issue.adds(deed.number, deed.text))
    named = sorted(told, key=lambda deed: deed.number not in issue.leading)
    for one, two in combinations(named[:_TRIED], 2):
        for first, second in (
            (_what(issue, one), _what(issue, two)),
            (_clause(issue, one), _clause(issue, two)),
        ):
            if first and second and ("," in first) == ("," in second):
                yield _said(_pair(theme, (first, second)), (one, two))
    yield from (_said(_leading(theme, _clause(issue, deed)), (deed,)) for deed in (*named, *speaking))


_TRIED = 6


def _pair(theme: Theme, clauses: tuple[str, str]) -> str:
    one, two = clauses
    apposed = "," in one and "," in two
    return f"{_begun(theme, with_names=apposed)} {one}, and {two}".lstrip()


def _leading(theme: Theme, clause: str) -> str:
    text = clause[:1].lower() + clause[1:] if clause.startswith(UNNAMED) else clause
    return f"{_begun(theme)} {text}".lstrip()


def _begun(theme: Theme, *, with_names: bool = False) -> str:
    """How the issue begins with its first topic; in one of several ways, by what it is called."""
    label = lowered(theme.label)
    if not label:
        return "the issue opens with" if with_names else ""
    many = " and " in label or (label.endswith("s") and not label.endswith("ss"))
    come, lead = ("come", "lead") if many else ("comes", "leads")
    if with_names:
        forms = (f"{label} {come} first, with", f"{label} {lead} the way with", f"the issue opens with {label}, from")
    else:
        forms = (f"{label} {come} first:", f"{label} {lead} the issue:", f"the issue opens with {label}:")
    return forms[len(label) % len(forms)]


def _of_theme(issue: Issue, theme: Theme, begun: Collection[str], *, named: bool) -> Iterator[DraftSentence]:
    """Yields what one paper of a topic does."""
    for deed in theme.deeds:
        if deed.is_named == named:
            yield from _of_paper(issue, deed.number, begun)


def _of_paper(issue: Issue, number: int, begun: Collection[str]) -> Iterator[DraftSentence]:
    """Yields what a paper does, in a form that suits what it is and begins as no other sentence does.

    Where what it does can only be told with praise, it is told what kind of thing it is. A result says neither, and
    beside a pick it stands already.
    """
    deed = issue.deed_of.get(number)
    if deed and issue.adds(number, deed.text):
        yield from _formed(issue, deed, _what(issue, deed), _clause(issue, deed), begun)
    elif called := _called(issue, number):
        yield from _formed(issue, called, f"{called.name}, {called.what}", called.text, begun)


def _formed(issue: Issue, told: Told, what: str, clause: str, begun: Collection[str]) -> Iterator[DraftSentence]:
    """Yields the forms of what is told, those first that begin with another word than a sentence before."""
    label = _spoken(issue, issue.theme_of[told.number], told.number)
    plain = clause[:1].lower() + clause[1:] if clause.startswith(UNNAMED) else clause
    forms = [f"In {label}, {plain}"] if label and label not in plain.lower() else []
    forms += [f"{start} {what}" for start in _ALSO] if what and begun else []
    forms += [clause]
    yield from (_said(text, (told,)) for text in sorted(forms, key=lambda text: text.split()[0] in begun))


def _called(issue: Issue, number: int) -> Told | None:
    """What kind of thing a paper's work is, where its abstract says more than that it is one."""
    what = kind(issue.papers[number])
    if not what or not what.tells:
        return None
    told = Told(number, f"{what.name} is {with_article(what.phrase)}", (what.evidence,), what.name)
    return told if issue.adds(number, told.text) else None


_ALSO = ("Also in this issue is", "There is also")


def _results(issue: Issue, used: Collection[int]) -> Iterator[DraftSentence]:
    """Yields what was measured in papers not told of yet, first on what is named; picks say it themselves."""
    used = {*used, *issue.leading}

    def rank(result: Result) -> float:
        _, claim = result
        on = claim.outcome.is_measured_on_something
        return 0.8 * (not on) + 0.9 * (not claim.outcome.is_gain) + 0.4 * (not claim.is_compared)

    found = (result for theme in issue.themes for result in theme.results if result[0].number not in used)
    yield from (_said(told.text, (told,)) for told, _ in sorted(found, key=rank))


def _what(issue: Issue, deed: Told) -> str:
    """`X, a method that …`, without what can be left out; empty where the words are of another form."""
    return f"{deed.name}, {_brief(deed.what, 3, partial(issue.adds, deed.number))}" if deed.what else ""


def _clause(issue: Issue, deed: Told) -> str:
    return _brief(deed.text, _LEAST, partial(issue.adds, deed.number))


_LEAST, _ENOUGH = 6, 14
"""Words of a clause that says something, and of one that need not be cut."""


def _brief(text: str, least: int, adds: Callable[[str], bool]) -> str:
    """The text without what only tells more: without tails of no content, and where it is long without others.

    What is left must say more than the paper's title.
    """
    cuts = [cut.start() for cut in _TAIL.finditer(text)]
    if len(text.split()) > _ENOUGH:
        cuts += [cut.start() for cut in _MORE.finditer(text)]
    ends = [text[:cut].rstrip(" ,") for cut in sorted(cuts)]
    whole = [end for end in ends if len(end.split()) >= least and end.count("(") == end.count(")")]
    long_enough = [end for end in whole if adds(end)]
    return max((end for end in long_enough if len(end.split()) <= _ENOUGH), key=len, default=(long_enough or [text])[0])


_TAIL = re.compile(r",? (?:capable of|in an? [\w-]+(?:,? (?:and )?[\w-]+){0,3} (?:manner|fashion|way))\b")
_MORE = re.compile(
    r", (?:comprising|consisting|generating|enabling|allowing|achieving|featuring|resulting|making|providing"
    r"|encompassing|covering|spanning|without|with|which|where|thereby|thus|and (?:then|thereby|thus))\b"
    r"| (?:by \w+ing|so that|thereby|through|via|designed to|derived from|to turn)\b"
)


def parts(label: str) -> list[str]:
    """Returns the parts of a label: of `Health and medicine` one is enough."""
    return [part.strip() for part in re.split(r", | and ", label) if part.strip()]


def _spoken(issue: Issue, theme: Theme, number: int | None = None) -> str:
    """The label as it stands within a sentence; of one paper only the parts that it speaks of itself."""
    if number is None:
        return lowered(theme.label)
    said = [part for part in parts(theme.label) if issue.speaks_of(number, part)]
    return lowered(theme.label) if len(said) == len(parts(theme.label)) else lowered(said[0]) if said else ""


def _said(text: str, told: Sequence[Told]) -> DraftSentence:
    return DraftSentence(text=finished(capital(text)), cites=tuple(one.cite for one in told))
