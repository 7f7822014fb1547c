"""What code has counted about a window: no model writes any of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, zip_longest

from agent.editorial.naming import named_by_several
from agent.editorial.ranking import Ranked, Ranking
from agent.editorial.releases import announced, released
from agent.models.embedded.gains import says
from agent.models.embedded.newsletter.claims import Claim
from agent.schema import ArtifactKind, Contribution, Figure, Share, SummarizedPaper, Topic
from agent.sections import RESIDUAL

_MOST_BENCHMARKS, _MOST_GAINS = 8, 5
_OFTEN = 2
"""So often an issue tells a figure."""
_RELEASED: tuple[tuple[ArtifactKind, str], ...] = (
    ("code", "Code"), ("data", "Data"), ("model", "Models"), ("demo", "Demos"),
)  # fmt: skip
KINDS: Mapping[Contribution, tuple[str, str]] = {
    "method": ("Method", "Methods"), "model": ("Model", "Models"), "dataset": ("Dataset", "Datasets"),
    "benchmark": ("Benchmark", "Benchmarks"), "survey": ("Survey", "Surveys"), "analysis": ("Analysis", "Analyses"),
    "system": ("System", "Systems"), "theory": ("Theory paper", "Theory papers"),
}  # fmt: skip
"""How one contribution of a kind is called, and several."""


def by_the_numbers(
    ranking: Ranking, seen_before: Sequence[str], failed: int = 0, told: Collection[tuple[str, str]] = ()
) -> tuple[Figure, ...]:
    """Returns what can be counted; what nothing is known of, or would be said of every paper, is left out.

    `failed` is the number of new papers that could not be summarized, which are not in the ranking; `told` is what the
    issue says elsewhere of which paper, since no gain is told over and over.
    """
    ranked = list(ranking.papers.values())
    if not ranked:
        return ()
    items = [one.item for one in ranked]
    found = (
        _papers(len(items), len(seen_before), failed),
        _released(items),
        _contributions(items),
        _benchmarks(items),
        _gains(ranked, told),
    )
    return tuple(figure for figure in found if figure)


def in_topics(topics: Sequence[Topic]) -> str:
    """Returns what goes behind a number of papers: ` in 7 topics`, `, all but 10 in 15 topics`, or nothing."""
    named = sum(topic.label not in RESIDUAL for topic in topics)
    others = sum(len(topic.paper_ids) for topic in topics if topic.label in RESIDUAL)
    if not named:
        return ""
    return f"{f', all but {others}' if others else ''} in {named} topic{'s' * (named > 1)}"


def _papers(told: int, seen: int, failed: int) -> Figure | None:
    if not (seen or failed):
        return None
    new = told + failed
    return Figure(
        kind="papers",
        label="Papers listed for the first time",
        count=new,
        of=new + seen,
        shares=(Share(label="New", count=new), Share(label="Seen before", count=seen)) if seen else (),
        note=f"{failed} of them could not be summarized." if failed else "",
    )


def _released(items: Sequence[SummarizedPaper]) -> Figure:
    """Papers by what they have released; what is only announced is counted apart, in the note."""
    shares = []
    for kind, label in _RELEASED:
        having = tuple(item.paper.id for item in items if kind in released(item.summary, item.paper))
        shares += [Share(label=label, count=len(having), paper_ids=having)] if having else []
    coded = next((share.count for share in shares if share.label == "Code"), 0)
    promised = sum("code" in announced(item.summary, item.paper) for item in items)
    more = f" {promised} {'announce' if promised > 1 else 'announces'} code for later." if promised else ""
    return Figure(
        kind="released",
        label="Papers that link code",
        count=coded,
        of=len(items),
        shares=tuple(sorted(shares, key=lambda share: -share.count)),
        note=f"Counted from the abstracts, which may not mention everything.{more}",
    )


def _contributions(items: Sequence[SummarizedPaper]) -> Figure:
    kinds: dict[Contribution, list[str]] = defaultdict(list)
    for item in items:
        kinds[item.summary.contribution].append(item.paper.id)
    return Figure(
        kind="contributions",
        label="Papers by main contribution",
        count=len(items),
        of=len(items),
        shares=_shares({KINDS[kind][len(ids) > 1]: ids for kind, ids in kinds.items()}),
    )


def _benchmarks(items: Sequence[SummarizedPaper]) -> Figure | None:
    several = _shares(named_by_several(items))
    if not several:
        return None
    most = _leading(several)
    note = f"The {len(most)} named most." if len(most) > 1 else "The one named most."
    return Figure(
        kind="benchmarks",
        label="Benchmarks and datasets that several papers name",
        count=len(several),
        of=len(several),
        shares=most,
        note=note if len(most) < len(several) else "",
    )


def _leading(several: tuple[Share, ...]) -> tuple[Share, ...]:
    """The first, cut where the next one is named less often; all where as many are named alike."""
    if len(several) <= _MOST_BENCHMARKS:
        return several
    return tuple(share for share in several if share.count > several[_MOST_BENCHMARKS].count) or several


def _shares(parts: Mapping[str, Sequence[str]]) -> tuple[Share, ...]:
    """The parts, largest first, then by label."""
    ranked = sorted(parts.items(), key=lambda part: (-len(part[1]), part[0].casefold(), part[0]))
    return tuple(Share(label=label, count=len(ids), paper_ids=tuple(ids)) for label, ids in ranked)


def _gains(ranked: Sequence[Ranked], told: Collection[tuple[str, str]]) -> Figure | None:
    """The largest gains of each unit in turn, one a paper, told unit by unit: a share and a factor are not alike."""
    units: dict[str, list[_Gain]] = defaultdict(list)
    for one in ranked:
        named = [claim for claim in one.claims if claim.outcome.is_gain and claim.who]
        gains = [claim for claim in named if _times(claim, one.key, told) < _OFTEN]
        if gains:
            best = max(gains, key=_told_best)
            units[best.outcome.unit].append((best, one.key))
    chosen = set(_in_turn([_largest(units[unit]) for unit in _UNITS if unit in units]))
    if not chosen:
        return None
    shares = [
        Share(label=claim.listed, count=1, paper_ids=(key,))
        for unit in _UNITS
        for claim, key in _largest(units.get(unit, []))
        if (claim, key) in chosen
    ]
    return Figure(
        kind="gains",
        label="Gains that abstracts report, a selection",
        count=len(shares),
        of=len(shares),
        shares=tuple(shares),
        note="They measure different things and cannot be compared.",
    )


def _times(claim: Claim, key: str, told: Collection[tuple[str, str]]) -> int:
    """How often the figure of a paper is told elsewhere."""
    return sum(paper == key and says(text, claim.outcome.value) for paper, text in told)


_Gain = tuple[Claim, str]
"""What a paper states, and its id."""
_UNITS = ("times", "% more", "% less", "points")


def _told_best(claim: Claim) -> tuple[bool, float]:
    """Which gain of a paper is told: one that says on what or against what, then the larger."""
    return bool(claim.versus) or claim.outcome.is_measured_on_something, claim.outcome.size


def _largest(gains: Sequence[_Gain]) -> list[_Gain]:
    """Those that say on what or against what first, then the larger."""
    return sorted(gains, key=lambda gain: (not _told_best(gain[0])[0], -gain[0].outcome.size, gain[1]))


def _in_turn(queues: Sequence[Sequence[_Gain]]) -> Iterator[_Gain]:
    """Yields the first of each unit, then the second of each, up to the most that are told."""
    return islice((gain for row in zip_longest(*queues) for gain in row if gain), _MOST_GAINS)
