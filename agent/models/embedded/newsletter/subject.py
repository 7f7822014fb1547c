"""Subject and preheader of an issue: what its topics are called, and what some of its papers are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from agent.grounding.tokens import Token, tokens
from agent.grounding.words import stem
from agent.models.embedded.newsletter.intro import lowered
from agent.models.embedded.newsletter.material import Issue, Theme
from agent.models.embedded.topics.clauses import deed
from agent.models.embedded.topics.themes import built_in
from agent.schema import DraftSentence, NumberedCitation
from agent.text import fold

SHORTEST, IDEAL, LONGEST = 40, 60, 70
"""Characters of a subject: those that read well, and those that a mail program shows."""
_OF_KIND = frozenset(map(stem, "benchmarks evaluation datasets corpora surveys tutorials synthetic data".split()))
"""Labels of these say what the papers are, not what they are about."""
_FEW = 4
"""So many topics, papers and ways to tell of them are tried."""


Part = tuple[str, tuple[NumberedCitation, ...]]
"""A part of a subject and what carries it."""


def subject(issue: Issue) -> DraftSentence:
    """Returns the subject: two topics and a thing that an editor's pick is, where they are carried and short enough."""
    drafted = [_joined(parts) for parts in _parts(issue)]
    drafted.sort(key=lambda one: _distance(len(one.text)))
    found = issue.first(one for one in drafted if len(one.text) <= LONGEST)
    return found or DraftSentence(text="", cites=())


def preheader(issue: Issue, about: str) -> DraftSentence:
    """Returns the names of picks that the subject does not have: `With A, B and C`."""
    named = [(number, str(issue.papers[number].summary.name)) for number in _by_name(issue)]
    fresh = [one for one in named if fold(one[1]) not in fold(about)][:_MOST_NAMES]
    for count in range(len(fresh), 0, -1):
        chosen = fresh[:count]
        cites = tuple(_gist(issue, number) for number, _ in chosen)
        drafted = DraftSentence(text=f"With {_listed([name for _, name in chosen])}.", cites=cites)
        if len(drafted.text) <= _ROOM and issue.carries(drafted):
            return drafted
    return DraftSentence(text="", cites=())


_MOST_NAMES = 3
_ROOM = 85
"""Characters that the counts before it leave."""


def _by_name(issue: Issue) -> list[int]:
    """The papers that have a name, the picks first."""
    ranked = dict.fromkeys((*issue.leading, *issue.papers))
    return [number for number in ranked if issue.papers[number].summary.name]


def _parts(issue: Issue) -> Iterator[Sequence[Part]]:
    """Yields what a subject can be made of, the best first."""
    topics = [part for theme in issue.themes if (part := _topic(theme))][:_FEW]
    things = [part for number in issue.leading for part in _things(issue, number)]
    things += [part for number in issue.leading for part in _called(issue, number)]
    pairs = list(pairwise(topics))
    yield from ((*pair, thing) for pair, thing in product(pairs[:1], things))
    yield from ((topic, thing) for topic, thing in product(topics[:1], things))
    yield from pairs[:1]
    yield from ((topic,) for topic in topics)
    yield from ((thing,) for thing in things)


def _joined(parts: Sequence[Part]) -> DraftSentence:
    text = _listed([text for text, _ in parts])
    cites: dict[int, dict[int, None]] = {}
    for _, carrying in parts:
        for one in carrying:
            cites.setdefault(one.paper, {}).update(dict.fromkeys(one.evidence))
    return DraftSentence(
        text=text if re.match(r"\S*[a-z][A-Z]", text) else text[:1].upper() + text[1:],
        cites=tuple(NumberedCitation(paper=paper, evidence=tuple(numbers)) for paper, numbers in cites.items()),
    )


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _distance(length: int) -> int:
    """How far a length is from those that read well."""
    return max(0, SHORTEST - length) + max(0, length - IDEAL)


def _topic(theme: Theme) -> Part | None:
    """The label, or the part of it that most papers speak of, and sentences that have its words."""
    found = []
    for label in _labels(theme.label):
        words = [token for token in tokens(lowered(label)) if token.means]
        cites = _carrying(words, theme) or _together(words, theme)
        if words and cites and not all(word.key in _OF_KIND for word in words):
            found.append((len(cites), (lowered(label), cites[:_FEW])))
    return max(found, key=lambda one: one[0])[1] if found else None


def _labels(label: str) -> list[str]:
    """A label in its parts: of `Health and medicine` one is enough; one made of the papers' words stays whole."""
    known = any(label in (theme.label, theme.family) for theme in built_in())
    return [part.strip() for part in re.split(r", | and ", label) if part.strip()] if known else [label]


def _carrying(words: Sequence[Token], theme: Theme) -> tuple[NumberedCitation, ...]:
    """A sentence of each paper that has all the words."""
    found = []
    for number, item in theme.papers:
        for place, sentence in enumerate(item.paper.sentences, 1):
            if _has(sentence, words):
                found.append(NumberedCitation(paper=number, evidence=(place,)))
                break
    return tuple(found)


def _together(words: Sequence[Token], theme: Theme) -> tuple[NumberedCitation, ...]:
    """A sentence for each of the words, of whatever papers; nothing where one of them is said nowhere."""
    found = [_carrying([word], theme)[:1] for word in words]
    return tuple(dict.fromkeys(one for cites in found for one in cites)) if all(found) else ()


def _has(sentence: str, words: Sequence[Token]) -> bool:
    """Whether a sentence has all the words, or others of their stems: `medical` speaks of medicine."""
    begun = sentence.lower()
    if not all(word.key[:_BEGINNING] in begun for word in words):
        return False
    keys = {token.key[:_BEGINNING] for token in tokens(sentence)}
    return all(word.key[:_BEGINNING] in keys for word in words)


_BEGINNING = 5
"""Letters."""
_HEADS = "benchmark|dataset|corpus|survey|framework|toolkit|library"
_THING = re.compile(rf"is (?:an?|the)\b (?P<words>(?:[\w-]+ )*?)(?P<head>{_HEADS})\b(?! (?:testing|building|making)\b)")
_PLAIN = re.compile(
    r"first|largest|large-scale|novel|new|comprehensive|simple|general|unified|efficient|effective|open-source|"
    r"evaluation|systematic|multi-?modal|high-quality|challenging|multi-?|lightweight|diverse|rigorous"
)


def _things(issue: Issue, number: int) -> Iterator[Part]:
    """Yields what a pick is: `an audio captioning dataset`."""
    item = issue.papers[number]
    told = deed(item.summary.tldr.text, item.summary.name, _READ) or ""
    thing = _THING.search(told) if item.summary.name else None
    if not thing:
        return
    words = [word for word in thing["words"].split() if not _PLAIN.fullmatch(word.lower())]
    lowered = [word.lower() if word[1:].islower() else word for word in words]
    for count in range(min(_MOST_WORDS, len(lowered)), 0, -1):
        few = lowered[-count:]
        article = "an" if re.match(r"[aeio]|8|11\b|18\b", few[0].lower()) else "a"
        yield " ".join((article, *few, thing["head"])), (_gist(issue, number),)


def _called(issue: Issue, number: int) -> Iterator[Part]:
    if name := issue.papers[number].summary.name:
        yield name, (_gist(issue, number),)


def _gist(issue: Issue, number: int) -> NumberedCitation:
    return NumberedCitation(paper=number, evidence=issue.papers[number].summary.tldr.evidence)


_READ = 40
"""Words of a gist."""
_MOST_WORDS = 3
