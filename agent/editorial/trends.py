"""How the topics of a window fare against the window before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agent.editorial.weeks import Earlier
from agent.grounding.words import stem
from agent.models.embedded.newsletter.subject import is_of_kind
from agent.models.embedded.topics.grouping import grouped
from agent.models.embedded.topics.words import FUNCTION
from agent.schema import SummarizedPaper, Topic, Trend, Trends
from agent.sections import OTHER, RESIDUAL, Section
from agent.text import words

MARKED = 1.5
"""How many times its share a topic must have now, or must have had, for that to be told."""
FEWEST = 3
"""Papers of the smaller window that the difference of the shares must come to; chance explains less."""
EXAMPLES = 3
"""Papers of a topic that are named."""
_ALIKE = 0.5
"""A topic and a group with so great a part of the papers of both in common are the same."""
_KINDS = ("new", "growing", "fading")

Ids = Sequence[str]
Counts = Mapping[str, tuple[Ids, Ids]]
"""Ids of the papers of this window and of the one before, most typical first, by the label of their topic."""


def trends(
    now: Sequence[SummarizedPaper],
    earlier: Earlier,
    topics: Sequence[Topic],
    sections: Sequence[Section] = (),
) -> Trends:
    """Returns which topics are new, growing or fading by their share of the papers, the most marked first.

    The papers of both windows count where the topics of their own have them; those of the earlier one, where it had no
    such topic, where they come to stand when both are sorted together, by themes or by an editor's sections. A topic is
    new where there was none of it. What has no topic now can only fade, and what papers are is none: others have some.
    Differences that chance would explain are none: see `MARKED` and `FEWEST`.
    """
    sizes = len(now), len(earlier.papers)
    alone = sort((), earlier.papers, sections)
    together = {
        label: (mine, alone.get(label, ([], theirs))[1])
        for label, (mine, theirs) in sort(now, earlier.papers, sections).items()
    }
    found = list(_found(topics, together, sizes))
    ranked = sorted(found, key=lambda one: (_KINDS.index(one.kind), -abs(_change(one, sizes)), one.label))
    named = {key for trend in ranked for key in trend.paper_ids}
    return Trends(
        before=earlier.window,
        papers_now=sizes[0],
        papers_before=sizes[1],
        trends=tuple(ranked),
        papers=tuple(item.paper for item in earlier.papers if item.paper.id in named),
    )


def sort(now: Sequence[SummarizedPaper], before: Sequence[SummarizedPaper], sections: Sequence[Section] = ()) -> Counts:
    """Returns the papers of both windows by topic; every one stands in exactly one."""
    # As in a digest, the order in which papers were read decides nothing.
    both = sorted((*now, *before), key=lambda item: (item.paper.title, item.paper.id))
    mine = {item.paper.id for item in now}
    counts: dict[str, tuple[list[str], list[str]]] = {}
    for group in grouped(both, sections):
        label = group.labels[0] if group.labels else OTHER
        parts = counts.setdefault(label, ([], []))
        for number in group.members:
            key = both[number].paper.id
            parts[key not in mine].append(key)
    return counts


def _found(topics: Sequence[Topic], together: Counts, sizes: tuple[int, int]) -> Iterator[Trend]:
    left = {label: ids for label, ids in together.items() if label not in RESIDUAL}
    for topic in topics:
        same = next((label for label in left if _is_same(topic, label, left[label][0])), None)
        if same:
            yield from _trend(topic.label, (topic.paper_ids, left.pop(same)[1]), sizes)
    for label, ids in left.items():
        if is_of_kind(label):
            continue
        # It may have a few papers that stand in other topics.
        yield from (one.model_copy(update={"now": 0}) for one in _trend(label, ids, sizes) if one.kind == "fading")


def _is_same(topic: Topic, label: str, ids: Ids) -> bool:
    """Whether a topic and a group have the same label, or part of it and of their papers in common."""
    if topic.label == label:
        return True
    own, others = set(topic.paper_ids), set(ids)
    return bool(_said(topic.label) & _said(label)) and len(own & others) >= _ALIKE * len(own | others)


def _said(label: str) -> set[str]:
    return {stem(word) for word in words(label) if word not in FUNCTION}


def _trend(label: str, ids: tuple[Ids, Ids], sizes: tuple[int, int]) -> Iterator[Trend]:
    """Yields the trend of a topic, where it has one."""
    if not all(sizes):
        return
    now, before = map(len, ids)
    trend = Trend(kind="growing" if before else "new", label=label, now=now, before=before)
    change = _change(trend, sizes)
    if change < 0:
        trend = trend.model_copy(update={"kind": "fading"})
    less, more = sorted((now / sizes[0], before / sizes[1]))
    # Shares of whole papers are not whole numbers.
    if more >= MARKED * less and round(abs(change) * min(sizes), 6) >= FEWEST:
        yield trend.model_copy(update={"paper_ids": tuple(ids[change < 0][:EXAMPLES])})


def _change(trend: Trend, sizes: tuple[int, int]) -> float:
    return trend.now / sizes[0] - trend.before / sizes[1]
