"""What code has counted about a window: no model writes any of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest

from agent.editorial.ranking import Ranked, Ranking
from agent.models.embedded.outcomes import Outcome
from agent.schema import ArtifactKind, Figure, Share, SummarizedPaper
from agent.text import fold

_MOST_BENCHMARKS, _MOST_GAINS = 8, 5
_SEVERAL = 2
_RELEASED: tuple[tuple[ArtifactKind, str], ...] = (
    ("code", "Code"), ("data", "Data"), ("model", "Models"), ("demo", "Demos"),
)  # fmt: skip


def by_the_numbers(ranking: Ranking, seen_before: Sequence[str]) -> tuple[Figure, ...]:
    """Returns what can be counted; what nothing is known of is left out."""
    ranked = list(ranking.papers.values())
    if not ranked:
        return ()
    items = [one.item for one in ranked]
    found = (_papers(items, seen_before), _released(items), _contributions(items), _benchmarks(items), _gains(ranked))
    return tuple(figure for figure in found if figure)


def _papers(items: Sequence[SummarizedPaper], seen_before: Sequence[str]) -> Figure:
    shares = (Share(label="New", count=len(items)), Share(label="Seen before", count=len(seen_before)))
    return Figure(
        kind="papers",
        label="New papers",
        count=len(items),
        of=len(items) + len(seen_before),
        shares=shares if seen_before else (),
        note="Counted by the day on which a paper was first seen in the places read."
        if not seen_before
        else "Papers listed in these days; those seen before were first listed earlier.",
    )


def _released(items: Sequence[SummarizedPaper]) -> Figure:
    shares = []
    for kind, label in _RELEASED:
        having = _having(items, kind)
        shares += [Share(label=label, count=len(having), paper_ids=having)] if having else []
    shares.sort(key=lambda share: -share.count)
    return Figure(
        kind="released",
        label="Papers with code",
        count=len(_having(items, "code")),
        of=len(items),
        shares=tuple(shares),
        note="As far as the abstracts link to it; a paper can release several things.",
    )


def _having(items: Sequence[SummarizedPaper], kind: ArtifactKind) -> tuple[str, ...]:
    return tuple(item.paper.id for item in items if any(one.kind == kind for one in item.summary.artifacts))


def _contributions(items: Sequence[SummarizedPaper]) -> Figure:
    kinds: dict[str, list[str]] = defaultdict(list)
    for item in items:
        kinds[item.summary.contribution].append(item.paper.id)
    return Figure(
        kind="contributions",
        label="Kinds of contribution",
        count=len(kinds),
        of=len(kinds),
        shares=_shares({kind.capitalize(): ids for kind, ids in kinds.items()}),
        note="Each paper counts once, by its main contribution.",
    )


def _benchmarks(items: Sequence[SummarizedPaper]) -> Figure | None:
    """The benchmarks and datasets that several abstracts name; what any abstract calls a model is none of them."""
    models = {fold(name) for item in items for name in item.summary.models}
    spelt: dict[str, str] = {}
    naming: dict[str, list[str]] = defaultdict(list)
    for item in items:
        named = {fold(name): name for name in (*item.summary.benchmarks, *item.summary.datasets)}
        for key, name in named.items():
            if key and key not in models:
                spelt.setdefault(key, name)
                naming[key].append(item.paper.id)
    several = {spelt[key]: ids for key, ids in naming.items() if len(ids) >= _SEVERAL}
    if not several:
        return None
    return Figure(
        kind="benchmarks",
        label="Benchmarks and datasets that several papers name",
        count=len(several),
        of=len(naming),
        shares=_shares(several)[:_MOST_BENCHMARKS],
        note="Counted by paper, as far as the abstracts name them; many name none.",
    )


def _shares(parts: Mapping[str, Sequence[str]]) -> tuple[Share, ...]:
    """The parts, largest first, then by label."""
    ranked = sorted(parts.items(), key=lambda part: (-len(part[1]), part[0].casefold(), part[0]))
    return tuple(Share(label=label, count=len(ids), paper_ids=tuple(ids)) for label, ids in ranked)


def _gains(ranked: Sequence[Ranked]) -> Figure | None:
    """The largest gains of each unit in turn, told unit by unit: a share and a factor cannot be compared."""
    units: dict[str, list[tuple[Outcome, str]]] = defaultdict(list)
    papers = 0
    for one in ranked:
        best: dict[str, Outcome] = {}
        for outcome in one.outcomes:
            if outcome.is_gain and outcome.size > best.get(outcome.unit, outcome._replace(size=0.0)).size:
                best[outcome.unit] = outcome
        papers += bool(best)
        for outcome in best.values():
            units[outcome.unit].append((outcome, one.key))
    if not units:
        return None
    chosen = set(_in_turn([_largest(units[unit]) for unit in _UNITS if unit in units]))
    shares = [
        Share(label=outcome.text[:1].upper() + outcome.text[1:], count=1, paper_ids=(key,))
        for unit in _UNITS
        for outcome, key in _largest(units.get(unit, []))
        if (outcome, key) in chosen
    ]
    return Figure(
        kind="gains",
        label="Papers that state a gain in numbers",
        count=papers,
        of=len(ranked),
        shares=tuple(shares),
        note="Counted where a sentence says it whole; the largest of each unit. They measure different things.",
    )


_UNITS = ("times", "% more", "% less", "points")


def _largest(gains: Sequence[tuple[Outcome, str]]) -> list[tuple[Outcome, str]]:
    return sorted(gains, key=lambda gain: (-gain[0].size, gain[1]))


def _in_turn(queues: Sequence[Sequence[tuple[Outcome, str]]]) -> Iterator[tuple[Outcome, str]]:
    """Yields the first of each unit, then the second of each, up to the most that are told."""
    return islice((gain for row in zip_longest(*queues) for gain in row if gain), _MOST_GAINS)
