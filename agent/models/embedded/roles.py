"""What each sentence of an abstract is there for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.models.embedded.abstract import Sentence
from agent.schema import Role

Weights = tuple[float, float, float, float, float]
ROLES: tuple[Role, ...] = ("background", "objective", "method", "result", "other")


def roles(sentences: Sequence[Sentence], name: str | None = None) -> tuple[Role, ...]:
    """Returns one role a sentence: the best path through what each says and what may follow what.

    `name` is what the paper calls its own thing; a sentence about it is no background. The path is that of a hidden
    Markov model (Viterbi, 1967).
    """
    if not sentences:
        return ()
    own = [bool(sentence.cues["own"] or (name and name in sentence.text)) for sentence in sentences]
    turn = own.index(True) if any(own) else len(sentences)
    return _best_path([
        _weigh(sentence, index / len(sentences), own[index], index < turn < len(sentences))
        for index, sentence in enumerate(sentences)
    ])  # fmt: skip


_CUES: dict[str, tuple[int, Weights]] = {
    # How many cues of a group count, and the weight of each for the five roles.
    "proposing": (1, (-2.5, 0.5, 3.5, -0.5, -0.5)),
    "studying": (1, (-2.0, 1.8, 1.4, 0.5, -0.5)),
    "aiming": (1, (-0.5, 2.0, -0.6, -0.8, -0.2)),
    "failing": (3, (1.0, 0.2, -0.6, -0.3, -0.5)),
    "general": (3, (0.9, -0.3, -0.5, -0.6, -0.6)),
    "doing": (2, (-0.8, 0.2, 1.3, -1.0, -0.8)),
    "proving": (4, (-0.3, -0.6, -0.4, 0.9, -0.3)),
    "finding": (1, (-3.0, -2.0, -2.0, 2.6, -0.8)),
    "hoping": (2, (-0.8, -0.3, -0.8, -0.2, 2.2)),
    "releasing": (3, (-0.5, -0.5, -0.2, -0.5, 0.9)),
    "released": (1, (-1.0, -1.0, -1.0, -1.0, 2.5)),
}
_OWN: Weights = (-2.2, 0.3, 0.5, 0.4, 0.2)
_BEFORE_OWN: Weights = (1.4, 0.2, -1.2, -0.6, 0.0)
_QUANTIFIED: Weights = (0.0, -0.5, -0.2, 1.8, 0.0)
_LINKED: Weights = (0.0, 0.0, 0.0, 0.0, 2.0)
_HEADED: dict[str, int] = {
    "background": 0, "introduction": 0, "context": 0, "motivation": 0, "objective": 1, "objectives": 1, "aim": 1,
    "aims": 1, "purpose": 1, "methods": 2, "method": 2, "design": 2, "approach": 2, "methodology": 2, "results": 3,
    "findings": 3, "conclusion": 3, "conclusions": 3, "availability": 4, "funding": 4,
}  # fmt: skip
_HEAD = re.compile(r"([A-Z]\w+)(?: and \w+)?:")


def _weigh(sentence: Sentence, place: float, own: bool, before_own: bool) -> list[float]:
    """Returns how well each role fits what the sentence says and where it stands."""
    parts = [_PLACES[int(place * 5)]]
    for group, found in sentence.cues.items():
        if group in _CUES:
            most, weights = _CUES[group]
            parts += [weights] * min(found, most)
    parts += [_OWN] * own + [_BEFORE_OWN] * before_own + [_QUANTIFIED] * sentence.quantified
    if "://" in sentence.text or "www." in sentence.text:
        parts.append(_LINKED)
    totals = [sum(column) for column in zip(*parts, strict=True)]
    head = _HEAD.match(sentence.text)
    if head and head[1].lower() in _HEADED:
        totals[_HEADED[head[1].lower()]] += 6.0
    return totals


_PLACES: tuple[Weights, ...] = (
    (1.2, -0.2, -0.5, -2.0, -3.0),
    (0.6, 0.0, 0.2, -1.0, -2.5),
    (-0.3, -0.2, 0.6, 0.0, -2.0),
    (-1.2, -0.8, 0.4, 0.6, -1.2),
    (-2.0, -1.2, -0.4, 0.9, 0.2),
)
"""Weights of the roles in the five fifths of an abstract."""

_FOLLOWS: tuple[Weights, ...] = (
    # Row: the role before; column: the role after.
    (0.0, -0.6, -0.6, -2.2, -3.0),
    (-1.5, -1.0, 0.0, -1.2, -2.2),
    (-3.0, -2.2, 0.0, -0.6, -2.0),
    (-3.5, -3.0, -1.8, 0.0, -1.0),
    (-2.5, -2.5, -2.5, -2.2, 0.0),
)


def _best_path(emissions: Sequence[Sequence[float]]) -> tuple[Role, ...]:
    """Returns the roles whose weights and transitions sum highest."""
    total = list(emissions[0])
    came_from: list[list[int]] = []
    for emission in emissions[1:]:
        reached = [[total[before] + _FOLLOWS[before][after] for before in range(5)] for after in range(5)]
        came_from.append([column.index(max(column)) for column in reached])
        total = [max(column) + weight for column, weight in zip(reached, emission, strict=True)]
    path = [total.index(max(total))]
    for best in reversed(came_from):
        path.append(best[path[-1]])
    return tuple(ROLES[number] for number in reversed(path))
