"""Operators that make a correct statement wrong in one way, so slightly that an editor might miss it.

An operator takes a pair and pairs of other abstracts and returns at most two texts. It is deterministic: what could be
drawn is picked by hash.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.faith.pairs import Pair

from .claims import hedge, overclaim, quantifier, recommendation
from .comparison import comparison_reversed
from .entities import dataset_invented, entity_inside, entity_outside, url_invented
from .equivalent import equivalent
from .numbers import digit, number_invented, numbers_swapped, percent_points, unit
from .polarity import direction, negation
from .roles import roles
from .scope import scope
from .tense import tense

Operator = Callable[[Pair, Sequence[Pair]], list[str]]

OPERATORS: dict[str, Operator] = {
    operator.__name__: operator
    for operator in (
        digit, numbers_swapped, number_invented, url_invented, dataset_invented, unit, percent_points, negation,
        direction, entity_inside, entity_outside, comparison_reversed, overclaim, hedge, quantifier, recommendation,
        scope, tense, roles,
    )
}  # fmt: skip
"""By name; nineteen, as number, link and dataset are invented by one operator each."""


def mutate(operator: str, pair: Pair, others: Sequence[Pair]) -> list[str]:
    """Makes the texts of one operator that are really wrong."""
    return [text for text in OPERATORS[operator](pair, others) if not equivalent(pair, text)]
