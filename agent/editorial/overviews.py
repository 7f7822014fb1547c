"""What a section begins with: its papers counted, what several of them deal with, what one of the others reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from agent.editorial.naming import named_by_several
from agent.editorial.numbers import KINDS
from agent.editorial.ranking import Ranked
from agent.editorial.releases import released
from agent.grounding import abstract, check_cited
from agent.models.embedded.newsletter.claims import Claim
from agent.models.embedded.newsletter.overviews import shared
from agent.models.embedded.newsletter.phrasing import capital, finished, listed
from agent.schema import Citation, CitedSentence, Modality, SummarizedPaper
from agent.text import clean

LONGEST = 28
"""Words of a result."""


def tally(label: str, items: Sequence[SummarizedPaper]) -> str:
    """Returns a sentence on how many papers are of which kind, link code, work with what and name the same benchmark.

    Of a single paper there is nothing to count; with what most papers work is not said where the label says so.
    """
    if len(items) < 2:
        return ""
    more = [*_coded(items), *_data(label, items), *_on_the_same(items)]
    told = "; ".join([*_kinds(label, items), *([_AGAIN.sub(r"\1\2 ", listed(more))] if more else [])])
    return finished(capital(told)) if told else ""


_AGAIN = re.compile(r"\b(both|all)( .+? and) \1 ")
"""What is said of every paper need not be said twice that it is."""


def _kinds(label: str, items: Sequence[SummarizedPaper]) -> Iterator[str]:
    """Yields how many papers are of which kind; that all are what the label says needs no saying."""
    kinds = Counter(item.summary.contribution for item in items)
    if len(kinds) == 1 and KINDS[items[0].summary.contribution][0].lower() in label.lower():
        return
    ranked = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    yield listed([f"{count} {KINDS[kind][count > 1].lower()}" for kind, count in ranked])


def _coded(items: Sequence[SummarizedPaper]) -> Iterator[str]:
    count = sum("code" in released(item.summary, item.paper) for item in items)
    if count:
        yield f"{_of(count, items)} {'links' if count == 1 else 'link'} code"


def _data(label: str, items: Sequence[SummarizedPaper]) -> Iterator[str]:
    """Yields the kind of data that at least half of the papers work with, unless it goes without saying."""
    kinds = Counter(kind for item in items for kind in item.summary.modalities if kind in _DATA)
    for kind, count in kinds.most_common(1):
        told = not any(word.casefold() in label.casefold() for word in _DATA[kind])
        if count > 1 and 2 * count >= len(items) and told:
            yield f"{_of(count, items)} work with {_DATA[kind][0]}"


_DATA: Mapping[Modality, tuple[str, ...]] = {
    "video": ("video",), "audio": ("audio", "music", "speech", "sound"), "speech": ("speech", "audio"),
    "3d": ("3D data", "3D"),
    "medical-image": ("medical images", "medic", "health", "clinic"), "time-series": ("time series", "forecast"),
    "graph": ("graphs", "graph"), "tabular": ("tables", "tabular"),
}  # fmt: skip
"""How a kind of data is called, and words of labels that speak of it; text and images go without saying."""


def _on_the_same(items: Sequence[SummarizedPaper]) -> Iterator[str]:
    """Yields the benchmark that most name."""
    ranked = sorted(named_by_several(items).items(), key=lambda named: (-len(named[1]), named[0].casefold()))
    yield from (f"{_of(len(ids), items)} name {name}" for name, ids in ranked[:1])


def _of(count: int, items: Sequence[SummarizedPaper]) -> str:
    if count == len(items):
        return "both" if count == 2 else "all"
    return str(count)


class Part(NamedTuple):
    """The papers of a section."""

    label: str
    papers: Sequence[Ranked]
    """The best ranked first."""
    further: Sequence[Ranked]
    """Those of them that are only named."""


def overviews(parts: Sequence[Part]) -> list[tuple[CitedSentence, ...]]:
    """Returns for each section what is told of its papers by their names; nothing where there is nothing to tell."""
    together = shared([(part.label, [one.item for one in part.papers]) for part in parts])
    return [(*told, *_result(part.further, told)) for told, part in zip(together, parts, strict=True)]


def _result(further: Sequence[Ranked], told: Sequence[CitedSentence]) -> Iterator[CitedSentence]:
    """Yields the gain that says most of a named paper of which nothing else is told: on what, or against what."""
    spoken = {cite.paper_id for sentence in told for cite in sentence.cites}
    found = [
        (claim, one)
        for one in further
        for claim in one.claims
        if one.key not in spoken and claim.who and claim.outcome.is_gain and _measures(claim)
    ]
    ranked = sorted(found, key=lambda gain: not (gain[0].outcome.is_measured_on_something and gain[0].is_compared))
    drafted = ((_said(claim, one), one.item.paper) for claim, one in ranked)
    sound = (
        said
        for said, paper in drafted
        if not check_cited(said, {paper.id: abstract(clean(paper.title), paper.sentences)})
    )
    yield from islice(sound, 1)


def _measures(claim: Claim) -> bool:
    return (claim.outcome.is_measured_on_something or claim.is_compared) and len(claim.told.split()) <= LONGEST


def _said(claim: Claim, one: Ranked) -> CitedSentence:
    return CitedSentence(text=finished(claim.told), cites=(Citation(paper_id=one.key, evidence=(claim.evidence,)),))
