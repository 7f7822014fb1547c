"""Counts what a checker catches of mutants and how often it alarms on correct statements."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from agent.schema import Statement

from .operators import OPERATORS, mutate
from .pairs import DATA, Pair, labelled, read_pair, share, untouched

FOREIGN = 12
"""Other abstracts that an operator may take names from."""
NORMAL = 1.96
"""Quantile of a 95 % interval."""


class Violation(Protocol):
    """What a checker says of a statement."""

    kind: str
    blocks: bool
    found: str


Check = Callable[[Statement, Sequence[str], str], Sequence[Violation]]


@dataclass(frozen=True)
class Case:
    """A statement to judge, and whether it is wrong."""

    pair: Pair
    text: str
    kind: str
    """The operator, or what the file says is wrong; the stratum of a correct pair."""
    wrong: bool

    @property
    def statement(self) -> Statement:
        """The text with the evidence of its pair."""
        return Statement(text=self.text, evidence=self.pair.statement.evidence)


@dataclass(frozen=True)
class Verdict:
    """What the checker found in a case."""

    case: Case
    blocked: tuple[str, ...]
    """The violations that block, as `kind: found`."""
    warned: tuple[str, ...]

    @property
    def caught(self) -> bool:
        """Whether there is any violation."""
        return bool(self.blocked or self.warned)


def mutants(pairs: Sequence[Pair], operators: Iterable[str] = tuple(OPERATORS)) -> list[Case]:
    """Makes all mutants of the pairs, operator by operator."""
    abstracts = sorted({pair.key: pair for pair in pairs}.values(), key=lambda pair: share(pair.key))
    return [
        Case(pair, text, operator, True)
        for operator in operators
        for pair in pairs
        for text in mutate(operator, pair, foreign(pair, abstracts))
    ]


def foreign(pair: Pair, abstracts: Sequence[Pair]) -> list[Pair]:
    """Picks pairs of other abstracts, the same ones on every run."""
    start = int(share(pair.text) * len(abstracts))
    ring = (abstracts[(start + step) % len(abstracts)] for step in range(min(FOREIGN + 1, len(abstracts))))
    return [other for other in ring if other.key != pair.key][:FOREIGN]


def correct(pairs: Iterable[Pair]) -> list[Case]:
    """Takes the pairs as they are."""
    return [Case(pair, pair.text, pair.stratum, False) for pair in pairs]


def outputs(folder: Path = DATA) -> list[Case]:
    """Reads labelled model outputs; none where the file is not there."""
    pairs = [(read_pair(record, "outputs"), record) for record in labelled(folder / "outputs.jsonl")]
    return [Case(pair, pair.text, record["kind"], record["label"] == "wrong") for pair, record in pairs]


def judge(check: Check, cases: Iterable[Case]) -> list[Verdict]:
    """Asks the checker about each case."""
    return [verdict(case, check(case.statement, case.pair.sentences, case.pair.title)) for case in cases]


def verdict(case: Case, violations: Sequence[Violation]) -> Verdict:
    said = [(violation.blocks, f"{violation.kind}: {violation.found}") for violation in violations]
    return Verdict(
        case, tuple(what for blocks, what in said if blocks), tuple(what for blocks, what in said if not blocks)
    )


def table(verdicts: Sequence[Verdict]) -> list[str]:
    """Lines of mutants, caught and blocked for each operator, on the tuned and the untouched abstracts."""
    lines = [f"{'operator':<22}{'tuned':>7}{'caught':>8}{'blocked':>8}{'untouched':>12}{'caught':>8}{'blocked':>8}"]
    kinds = dict.fromkeys(verdict.case.kind for verdict in verdicts)
    rows = [(kind, [verdict for verdict in verdicts if verdict.case.kind == kind]) for kind in kinds]
    for name, group in [*rows, ("all", list(verdicts))]:
        tuned, kept = split(group)
        lines.append(f"{name:<22}{cells(tuned, 7)}{cells(kept, 12)}")
    means = [mean_cells([split(group)[part] for _, group in rows], width) for part, width in ((0, 7), (1, 12))]
    return [*lines, f"{'mean of the rows':<22}{''.join(means)}"]


def alarms(verdicts: Sequence[Verdict]) -> list[str]:
    """Lines of false alarms for each stratum of correct pairs; caught is any alarm, blocked is one that blocks."""
    return ["correct pairs".ljust(22) + table(verdicts)[0][22:], *table(verdicts)[1:-1]]


def split(verdicts: Iterable[Verdict]) -> tuple[list[Verdict], list[Verdict]]:
    """Parts verdicts on tuned abstracts from those on untouched ones."""
    both: tuple[list[Verdict], list[Verdict]] = ([], [])
    for one in verdicts:
        both[untouched(one.case.pair.key)].append(one)
    return both


def cells(verdicts: Sequence[Verdict], width: int) -> str:
    """Count, share caught and share blocked."""
    caught, blocked = sum(one.caught for one in verdicts), sum(bool(one.blocked) for one in verdicts)
    return f"{len(verdicts):>{width}}{percent(caught, len(verdicts)):>8}{percent(blocked, len(verdicts)):>8}"


def mean_cells(groups: Sequence[Sequence[Verdict]], width: int) -> str:
    """Shares caught and blocked, each group counted alike, however many cases it has."""
    filled = [group for group in groups if group]
    caught = sum(sum(one.caught for one in group) / len(group) for group in filled)
    blocked = sum(sum(bool(one.blocked) for one in group) / len(group) for group in filled)
    return f"{'':>{width}}{''.join(f'{percent(shares, len(filled)):>8}' for shares in (caught, blocked))}"


def percent(part: float, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def accuracy(verdicts: Sequence[Verdict]) -> list[str]:
    """Lines of balanced accuracy over labelled outputs, by blocks and by any violation, and of recall for each kind."""
    ways = {"blocks only": lambda one: bool(one.blocked), "any violation": lambda one: one.caught}
    parts = dict(zip(("tuned", "untouched"), split(verdicts), strict=True))
    lines = [balanced_line(f"{part}, {way}", some, ways[way]) for part, some in parts.items() for way in ways]
    lines += ["", f"{'kind of error':<30}{'cases':>7}{'caught':>8}{'blocked':>8}"]
    wrong = [one for one in parts["untouched"] if one.case.wrong]
    for kind in sorted({one.case.kind for one in wrong}):
        lines.append(f"{kind:<30}{cells([one for one in wrong if one.case.kind == kind], 7)}")
    return lines


def balanced_line(name: str, verdicts: Sequence[Verdict], flagged: Callable[[Verdict], bool]) -> str:
    """Balanced accuracy with recall on wrong and on right statements."""
    wrong = [flagged(one) for one in verdicts if one.case.wrong]
    right = [not flagged(one) for one in verdicts if not one.case.wrong]
    middle, low, high = balanced((sum(wrong), len(wrong)), (sum(right), len(right)))
    parts = f"{sum(wrong)}/{len(wrong)} wrong caught, {sum(right)}/{len(right)} right passed"
    return f"{name:<26}balanced accuracy {middle:.3f} (95 % {low:.3f} to {high:.3f}); {parts}"


def balanced(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float, float]:
    """The mean of two shares with a 95 % interval, combined from Wilson's intervals.

    By squaring and adding: Newcombe 1998, https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
    """
    (p, p_low, p_high), (q, q_low, q_high) = wilson(*first), wilson(*second)
    down, up = math.hypot(p - p_low, q - q_low), math.hypot(p_high - p, q_high - q)
    return (p + q) / 2, (p + q - down) / 2, (p + q + up) / 2


def wilson(part: int, whole: int) -> tuple[float, float, float]:
    """A share with its 95 % interval; Wilson 1927."""
    if not whole:
        return math.nan, math.nan, math.nan
    share_of, square = part / whole, NORMAL**2
    middle = (share_of + square / (2 * whole)) / (1 + square / whole)
    half = NORMAL / (1 + square / whole) * math.sqrt(share_of * (1 - share_of) / whole + square / (4 * whole**2))
    return share_of, middle - half, middle + half


def examples(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Shows cases with their cited sentences side by side, of the tuned part alone."""
    for one in verdicts:
        if showable(one.case):
            found = "; ".join((*(f"{what} (blocks)" for what in one.blocked), *one.warned)) or "nothing"
            pair = one.case.pair
            was = [f"  was   {pair.text}"] if pair.text != one.case.text else []
            cited = [f"  cites {sentence}" for sentence in pair.cited]
            yield "\n".join([f"{pair.key} {one.case.kind}: found {found}", f"  text  {one.case.text}", *was, *cited])


def showable(case: Case) -> bool:
    """Whether a case may be looked at for tuning."""
    return not untouched(case.pair.key)
