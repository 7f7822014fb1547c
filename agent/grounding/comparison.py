"""Comparisons: who is better than whom, and who does what to whom."""

from __future__ import annotations

from collections.abc import Iterator

from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.line import OWN, Line
from agent.grounding.words import LOSING, WINNING, stem

_DEGREES = frozenset(
    "more less fewer greater larger smaller higher lower better worse faster slower stronger weaker longer shorter "
    "cheaper safer deeper richer simpler easier harder greener cleaner closer wider narrower taller "
    "heavier lighter hotter colder warmer cooler older younger earlier later brighter denser thicker thinner quicker "
    "smarter "
    "tighter broader steeper rarer commoner likelier poorer denser rougher smoother".split()
)
_CLAUSE = frozenset((";", ":", "but", "while", "whereas", "although", "though"))
NEAREST = 5
"""How many words with a meaning count on either side."""
REACH = 14
"""Words to either side of a comparison in which the compared things stand."""


def reversals(claim: Claim) -> Iterator[Fault]:
    """Finds comparisons whose two sides stand the other way round in the cited sentences."""
    mine, others = claim.line, claim.lines
    theirs = [(other, found) for other in others for found in _comparisons(other)]
    for at, sign in _comparisons(mine):
        left, right = _sides(mine, at)
        kept = turned = 0.0
        for other, (there, their_sign) in theirs:
            before, after = _sides(other, there)
            if sign != their_sign:
                before, after = after, before
            kept = max(kept, _crossing(left, before, right, after))
            turned = max(turned, _crossing(left, after, right, before))
        if turned > 1.5 * kept and turned >= 0.7:
            yield Fault(
                "comparison", _around(mine, at), "the cited sentence has it the other way round", turned > 3 * kept
            )


_EQUAL = frozenset(
    "par comparable comparably comparatively similar similarly competitive competitively close rival rivals rivaling "
    "rivalling match matches "
    "matching equal equals compete competes near nearly same".split()
)


def strengthened(claim: Claim) -> Iterator[Fault]:
    """Finds a victory over something that the cited sentences say was equalled."""
    mine, others = claim.line, claim.lines
    for at, sign in _comparisons(mine):
        beaten = _side(mine, range(at + 1, min(len(mine.tokens), at + 8)))
        if sign < 0 or not beaten:
            continue
        won = [
            _side(o, range(i + 1, min(len(o.tokens), i + 10)))
            for o in others
            for i, their in _comparisons(o)
            if their > 0
        ]
        equalled = [
            (token, _side(o, range(i + 1, min(len(o.tokens), i + 9))))
            for o in others
            for i, token in enumerate(o.tokens)
            if token.low in _EQUAL
        ]
        best = max((_share(beaten, side) for side in won), default=0.0)
        if equalled and not won and not any(_share(beaten, side) > 0.3 for _, side in equalled):
            yield Fault("comparison", _around(mine, at), f"the cited sentence says {equalled[0][0].text!r}", sure=False)
            continue
        for token, side in equalled:
            if _share(beaten, side) > max(0.5, 1.3 * best):
                yield Fault("comparison", _around(mine, at), f"the cited sentence says {token.text!r}", sure=False)
                break


def _share(mine: dict[str, float], theirs: dict[str, float]) -> float:
    """How much of what stands behind one comparison stands behind another."""
    return sum(weight for key, weight in mine.items() if key in theirs) / sum(mine.values())


def _comparisons(where: Line) -> list[tuple[int, int]]:
    """Positions of comparisons, with 1 where the first side wins and -1 where it loses."""
    found: list[tuple[int, int]] = []
    for at, token in enumerate(where.tokens):
        sign = 1 if WINNING.match(token.low) else -1 if LOSING.match(token.low) else 0
        if token.low in _DEGREES:
            than = next((i for i in range(at + 1, min(at + 7, len(where.tokens))) if where.tokens[i].low == "than"), 0)
            counted = than and than + 1 < len(where.tokens) and where.tokens[than + 1].kind == "number"
            if than and not counted and than not in {at for at, _ in found}:
                found.append(
                    (
                        than,
                        -1
                        if token.low in ("less", "fewer", "smaller", "lower", "worse", "slower", "weaker", "shorter")
                        else 1,
                    )
                )
        elif sign and token.low not in ("better", "worse", "superior", "inferior"):
            passive = _is_passive(where, at)
            found.append((at, -sign if passive else sign))
        elif sign and token.low in ("superior", "inferior"):
            found.append((at, sign))
    return found


def _is_passive(where: Line, at: int) -> bool:
    """Whether a verb says what is done to the first side: `outperformed by a baseline`, but not `by 3%`."""
    behind = where.tokens[at + 1 : at + 3]
    passive = where.tokens[at].low.endswith(("ed", "en", "done"))
    return (
        passive
        and len(behind) == 2
        and behind[0].low == "by"
        and behind[1].kind != "number"
        and behind[1].low not in _MARGINS
    )


_MARGINS = frozenset("up over about nearly more at a roughly only just as around far".split())


def _sides(where: Line, at: int) -> tuple[dict[str, float], dict[str, float]]:
    """Keys of what stands before and behind a comparison in its clause; the nearer, the more it counts."""
    left = _side(where, range(at - 1, max(-1, at - REACH), -1))
    right = _side(where, range(at + 1, min(len(where.tokens), at + REACH)))
    return {k: w for k, w in left.items() if k not in right}, {k: w for k, w in right.items() if k not in left}


_EMPTY = frozenset(
    map(
        stem,
        "perform performance result worse better achieve show much far even".split(),
    )
)


def _side(where: Line, places: range) -> dict[str, float]:
    side: dict[str, float] = {}
    for i in places:
        if where.tokens[i].low in _CLAUSE:
            break
        if len(side) == NEAREST:
            break
        if where.tokens[i].low.endswith("ly") or where.tokens[i].key in _EMPTY:
            continue
        if where.tokens[i].means or where.keys[i] == OWN:
            named = where.keys[i] == OWN or where.tokens[i].kind == "name"
            side.setdefault(where.keys[i], (2.0 if named else 1.0) / (1 + 0.3 * len(side)))
    return side


def _crossing(
    left: dict[str, float], before: dict[str, float], right: dict[str, float], after: dict[str, float]
) -> float:
    pairs = ((left, before), (right, after))
    return sum(min(one[key], other[key]) for one, other in pairs for key in one.keys() & other.keys())


def _around(where: Line, at: int) -> str:
    return " ".join(token.text for token in where.tokens[max(0, at - 2) : at + 3])
