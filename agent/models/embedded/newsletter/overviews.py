"""What the papers of a section are, told together: which are benchmarks, which models, and what the others are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from agent.grounding import abstract, check_cited
from agent.models.embedded.newsletter.kinds import HEADS, Kind, kind
from agent.models.embedded.newsletter.phrasing import capital, listed, with_article
from agent.schema import Citation, CitedSentence, SummarizedPaper
from agent.text import clean

MOST = 2
"""Sentences."""
_MOST_WORDS = 28
_OF_A_GROUP, _GROUPS = 4, 3
_LONGEST_NAME = 24
"""Characters."""

_Named = tuple[str, Kind]
"""A paper's id and what it is."""


def grouped(items: Sequence[SummarizedPaper]) -> tuple[CitedSentence, ...]:
    """Returns one or two sentences that say by name what some of the papers are, each carried by what it cites.

    The papers come in the order in which they should be told of. Nothing where fewer than two can be named.
    """
    known = [(item.paper.id, what) for item in items if (what := kind(item)) and len(what.name) <= _LONGEST_NAME]
    sources = {item.paper.id: abstract(clean(item.paper.title), item.paper.sentences) for item in items}
    sound = (one for one in _sentences(known) if len(one.text.split()) <= _MOST_WORDS and not check_cited(one, sources))
    told: list[CitedSentence] = []
    for sentence in sound:
        cited = {cite.paper_id for one in told for cite in one.cites}
        if not any(cite.paper_id in cited for cite in sentence.cites):
            told.append(sentence)
    return tuple(told[:MOST])


def _sentences(known: Sequence[_Named]) -> Iterator[CitedSentence]:
    """Yields what can be told, the fullest first; what is told twice is for the caller to leave out."""
    groups = _groups(known)
    called = {_family(group[0][1].head) for group in groups}
    singles = [one for one in known if one[1].tells and _family(one[1].head) not in called]
    pairs = [_pair(singles[place : place + 2]) for place in range(0, len(singles) - 1, 2)]
    if len(groups) > 1:
        yield _said("; ".join(_are(group) for group in groups), chain(*groups))
        yield _said("; ".join(_are(group) for group in groups[:2]), chain(*groups[:2]))
    for group, single in zip(groups[:1], singles[:1], strict=False):
        yield _said(f"{_are(group)}, and {_is(single)}", (*group, single))
    yield from (_said(_among(group), group) for group in groups)
    yield from pairs


def _groups(known: Sequence[_Named]) -> list[tuple[_Named, ...]]:
    """Works that are called alike, two at least, the most first; each in the order in which they came."""
    by_head: dict[str, list[_Named]] = {}
    for one in known:
        if one[1].head in _VAGUE:
            continue
        by_head.setdefault(one[1].head, []).append(one)
    # Two models that are nothing else are not worth a sentence: most papers have some.
    groups = [
        tuple(group[:_OF_A_GROUP])
        for head, group in by_head.items()
        if len(group) > 1 + (_family(head) == "model") or (len(group) > 1 and _shared(group))
    ]
    return list(islice(sorted(groups, key=lambda group: -len(group)), _GROUPS))


_VAGUE = ("framework", "method", "approach", "strategy", "technique", "mechanism", "module", "paradigm", "pipeline")
"""That several works are such things says nothing of them."""


def _are(group: Sequence[_Named]) -> str:
    """`A, B and C are benchmarks`, with the word for which where all have the same."""
    return f"{listed([what.name for _, what in group])} are {_plural(group)}"


def _among(group: Sequence[_Named]) -> str:
    """The same in other words, where there are many."""
    if len(group) < _OF_A_GROUP:
        return _are(group)
    return f"Among the {_plural(group)} are {listed([what.name for _, what in group])}"


def _plural(group: Sequence[_Named]) -> str:
    return " ".join((*_shared(group), HEADS[group[0][1].head]))


def _shared(group: Sequence[_Named]) -> tuple[str, ...]:
    """The words before the head, where all have the same."""
    (first, *others) = [what.words for _, what in group]
    return first if all(words == first for words in others) else ()


def _family(head: str) -> str:
    """What is called so, whatever kind of model it is."""
    return "model" if head.isupper() or head.endswith(("LM", "MM")) else head


def _is(one: _Named) -> str:
    return f"{one[1].name} is {with_article(one[1].phrase)}"


def _pair(pair: Sequence[_Named]) -> CitedSentence:
    one, two = pair
    return _said(f"{_is(one)}, {two[1].name} {with_article(two[1].phrase)}", pair)


def _said(text: str, about: Iterator[_Named] | Sequence[_Named]) -> CitedSentence:
    cites = tuple(Citation(paper_id=key, evidence=(what.evidence,)) for key, what in about)
    return CitedSentence(text=f"{capital(text)}.", cites=cites)
