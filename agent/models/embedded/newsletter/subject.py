"""Subject and preheader of an issue: what its topics are called, and what some of its papers are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from agent.grounding.tokens import Token, tokens
from agent.grounding.words import stem
from agent.models.embedded.newsletter.kinds import kind
from agent.models.embedded.newsletter.material import Issue, Theme, has
from agent.models.embedded.newsletter.phrasing import capital, listed, lowered, with_article
from agent.models.embedded.topics.themes import built_in
from agent.schema import DraftSentence, NumberedCitation

SHORTEST, IDEAL, LONGEST = 40, 60, 70
"""Characters of a subject: those that read well, and those that a mail program shows."""
_OF_KIND = frozenset(map(stem, "benchmarks evaluation datasets corpora surveys tutorials synthetic data".split()))
"""Words that say what papers are, not what they are about."""
_FEW = 4
"""So many topics, papers and ways to tell of them are tried."""


Part = tuple[str, tuple[NumberedCitation, ...]]
"""A part of a subject and what carries it."""


def subject(issue: Issue) -> DraftSentence:
    """Returns the subject: two things that picks are, else topics, else names, where they are carried and fit."""
    drafted = [_joined(parts) for parts in _parts(issue)]
    drafted.sort(key=lambda one: _distance(len(one.text)))
    found = issue.first(one for one in drafted if len(one.text) <= LONGEST)
    return found or DraftSentence(text="", cites=())


def is_of_kind(label: str) -> bool:
    """Returns whether a label says what papers are, not what they are about; other topics have such papers, too."""
    return all(token.key in _OF_KIND for token in tokens(lowered(label)) if token.means)


def preheader(issue: Issue) -> DraftSentence:
    """Returns the names of some papers, the picks first."""
    named = [(number, str(issue.papers[number].summary.name)) for number in _by_name(issue)]
    for count in range(min(_MOST_NAMES, len(named)), 0, -1):
        chosen = named[:count]
        cites = tuple(_gist(issue, number) for number, _ in chosen)
        drafted = DraftSentence(text=f"{listed([name for _, name in chosen])}.", cites=cites)
        if len(drafted.text) <= _ROOM and issue.carries(drafted):
            return drafted
    return DraftSentence(text="", cites=())


_MOST_NAMES = 3
_ROOM = 85
"""Characters that the counts behind it leave."""


def _by_name(issue: Issue) -> list[int]:
    """The papers that have a name, the picks first."""
    ranked = dict.fromkeys((*issue.leading, *issue.papers))
    return [number for number in ranked if issue.papers[number].summary.name]


def _parts(issue: Issue) -> Iterator[Sequence[Part]]:
    """Yields what a subject can be made of, the best first: things that picks are, or topics, never both.

    Where there is one thing only, its topic says less than two topics do.
    """
    things = [list(_things(issue, number)) for number in issue.leading]
    known = [found for found in things if found]
    topics = [part for theme in issue.themes if (part := _topic(theme))][:_FEW]
    for first, second in combinations(known, 2):
        yield from ((one, two) for one, two in product(first, second) if one[0] != two[0])
    yield from (topics[place : place + count] for count in (3, 2) for place in range(len(topics) - count + 1))
    names = [part for number in issue.leading for part in _called(issue, number)]
    yield from (names[:count] for count in (3, 4, 2) if len(names) >= count)
    yield from ((part,) for part in (*(part for found in known for part in found), *topics, *names))


def _joined(parts: Sequence[Part]) -> DraftSentence:
    text = listed([text for text, _ in parts])
    cites: dict[int, dict[int, None]] = {}
    for _, carrying in parts:
        for one in carrying:
            cites.setdefault(one.paper, {}).update(dict.fromkeys(one.evidence))
    return DraftSentence(
        text=capital(text),
        cites=tuple(NumberedCitation(paper=paper, evidence=tuple(numbers)) for paper, numbers in cites.items()),
    )


def _distance(length: int) -> int:
    """How far a length is from those that read well."""
    return max(0, SHORTEST - length) + max(0, length - IDEAL)


def _topic(theme: Theme) -> Part | None:
    """The label, or the part of it that most papers speak of, and sentences that have its words."""
    found = []
    for label in _labels(theme.label):
        words = [token for token in tokens(lowered(label)) if token.means]
        cites = _carrying(words, theme) or _together(words, theme)
        if words and cites and not is_of_kind(label):
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
            if has((sentence,), words):
                found.append(NumberedCitation(paper=number, evidence=(place,)))
                break
    return tuple(found)


def _together(words: Sequence[Token], theme: Theme) -> tuple[NumberedCitation, ...]:
    """A sentence for each of the words, of whatever papers; nothing where one of them is said nowhere."""
    found = [_carrying([word], theme)[:1] for word in words]
    return tuple(dict.fromkeys(one for cites in found for one in cites)) if all(found) else ()


_HEADS = frozenset("benchmark dataset corpus survey toolkit library metric".split())
"""What a thing is that a reader can picture, unlike a framework."""
_PLAIN = re.compile(
    r"multi-?modal|multi-?modality|multi-?task|multi-?\w*|\w+-(?:labell?ed|annotated|curated|based|aware|free|driven|level)"
    r"|coherent|expert|elite|human",
    re.IGNORECASE,
)
"""Words that tell no thing of its kind from another here."""


def _things(issue: Issue, number: int) -> Iterator[Part]:
    """Yields what a pick is, in full and by the word that says of what alone: `an audio captioning dataset`."""
    what = kind(issue.papers[number])
    words = [word for word in what.words if not _PLAIN.fullmatch(word)] if what else []
    if what and words and what.head in _HEADS:
        cite = NumberedCitation(paper=number, evidence=(what.evidence,))
        for few in dict.fromkeys((tuple(words[-_MOST_WORDS:]), (words[0],))):
            yield with_article(" ".join((*few, what.head))), (cite,)


def _called(issue: Issue, number: int) -> Iterator[Part]:
    if name := issue.papers[number].summary.name:
        yield name, (_gist(issue, number),)


def _gist(issue: Issue, number: int) -> NumberedCitation:
    return NumberedCitation(paper=number, evidence=issue.papers[number].summary.tldr.evidence)


_MOST_WORDS = 3
