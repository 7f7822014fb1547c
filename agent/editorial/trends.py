"""How the topics of a window fare against the window before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from agent.editorial.weeks import Earlier
from agent.models.embedded.topics.grouping import grouped
from agent.schema import SummarizedPaper, Trend, Trends
from agent.sections import OTHER, RESIDUAL, Section

MARKED = 1.5
"""How many times its share a topic must have now, or must have had, for that to be told."""
EXPECTED, MISSED = 3, 5
"""Papers that the larger of both shares would mean in the smaller window; where it means fewer, chance explains it. A
small window easily has none of a topic, so that more must be missed before one fades."""
MOST = 3
"""Topics of each kind."""
EXAMPLES = 3
"""Papers of a topic that are named."""

Counts = Mapping[str, tuple[Sequence[str], Sequence[str]]]
"""Ids of the papers of this window and of the one before, most typical first, by the label of their topic."""


def trends(
    now: Sequence[SummarizedPaper],
    earlier: Earlier,
    sections: Sequence[Section] = (),
) -> Trends:
    """Returns which topics are new, growing or fading, the most marked first.

    The papers of both windows are sorted together, so that both are counted by the same themes, or by an editor's
    sections. A topic is new with papers where there were none, growing where both its papers and its share of the
    window are more, fading where both are less. Differences that chance would explain are none: see `MARKED` and
    `EXPECTED`.
    """
    counts = sort(now, earlier.papers, sections)
    sizes = len(now), len(earlier.papers)
    found = [trend for label in counts if (trend := _trend(label, counts[label], sizes))]
    kept = [trend for kind in ("new", "growing", "fading") for trend in _most_marked(found, kind, sizes)]
    named = {key for trend in kept for key in trend.paper_ids}
    return Trends(
        before=earlier.window,
        papers_now=sizes[0],
        papers_before=sizes[1],
        trends=tuple(kept),
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


def _trend(label: str, ids: tuple[Sequence[str], Sequence[str]], sizes: tuple[int, int]) -> Trend | None:
    now, before = map(len, ids)
    if label in RESIDUAL or not all(sizes):
        return None
    share_now, share_before = now / sizes[0], before / sizes[1]
    if max(share_now, share_before) * min(sizes) < (MISSED if share_before > share_now else EXPECTED):
        return None
    kind: Literal["new", "growing", "fading"]
    if now > before and share_now >= MARKED * share_before:
        kind = "growing" if before else "new"
    elif now < before and share_before >= MARKED * share_now:
        kind = "fading"
    else:
        return None
    named = ids[kind == "fading"][:EXAMPLES]
    return Trend(kind=kind, label=label, now=now, before=before, paper_ids=tuple(named))


def _most_marked(found: Sequence[Trend], kind: str, sizes: tuple[int, int]) -> Iterator[Trend]:
    ranked = sorted(
        (trend for trend in found if trend.kind == kind),
        key=lambda trend: (-abs(trend.now / sizes[0] - trend.before / sizes[1]), trend.label),
    )
    yield from ranked[:MOST]
