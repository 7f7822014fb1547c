"""Lists told side by side: `by 31.0% and 53.2% in training and inference, respectively`."""

from __future__ import annotations

from collections.abc import Iterator

from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.line import Line

REACH = 4
"""Words to either side of an `and` that may be its two things."""


def respective(claim: Claim) -> Iterator[Fault]:
    """Finds numbers told with the thing that belongs to the other one of the pair."""
    mine = claim.line
    for pair in (pair for line in claim.lines for pair in _told(line)):
        numbers = [mine.where.get(number, [None])[0] for number, _ in pair]
        things = [_first(mine, keys) for _, keys in pair]
        if None not in numbers and None not in things:
            wrong = (numbers[0] < numbers[1]) != (things[0] < things[1])  # type: ignore[operator]
        else:
            wrong = any(
                numbers[i] is not None and things[i] is None and things[1 - i] is not None and numbers[1 - i] is None
                for i in (0, 1)
            )
        if wrong:
            text = next(mine.tokens[at].text for at in numbers if at is not None)
            yield Fault("swap", text, "the cited sentence tells another number with this")


def _first(line: Line, keys: frozenset[str]) -> int | None:
    return min((line.where[key][0] for key in keys if key in line.where), default=None)


Told = tuple[str, frozenset[str]]
"""A number, and the keys of the thing it belongs to that the other one's thing has not."""


def _told(line: Line) -> Iterator[tuple[Told, Told]]:
    """Yields the pairs of numbers and things that a sentence tells with `respectively`."""
    for end in (at for at, token in enumerate(line.tokens) if token.low == "respectively"):
        joints = [at for at in range(end) if line.tokens[at].low == "and"][-2:]
        if len(joints) < 2:
            continue
        first, second = (_sides(line, joint) for joint in joints)
        for numbers, things in ((first, second), (second, first)):
            left, right = (_numbers(line, side) for side in numbers)
            if len(left) == len(right) == 1 and not (_numbers(line, things[0]) or _numbers(line, things[1])):
                one, two = (frozenset(line.keys[at] for at in side if line.tokens[at].means) for side in things)
                yield (left[0], one - two), (right[0], two - one)


def _sides(line: Line, joint: int) -> tuple[list[int], list[int]]:
    """The positions to the left and to the right of an `and`, up to the next mark."""
    left, right = [], []
    for at in range(joint - 1, max(-1, joint - 1 - REACH), -1):
        if line.tokens[at].kind == "mark" or line.tokens[at].low in _EDGES:
            break
        left.append(at)
    for at in range(joint + 1, min(len(line.tokens), joint + 1 + REACH)):
        if line.tokens[at].kind == "mark" or line.tokens[at].low in _EDGES:
            break
        right.append(at)
    return left, right


_EDGES = frozenset(
    "by to of in on for with at from and than as over reaches achieves is are was were respectively".split()
)


def _numbers(line: Line, side: list[int]) -> list[str]:
    return [line.keys[at] for at in side if line.tokens[at].kind == "number"]
