"""Linear models: weights of named features, trained elsewhere and kept as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def weights(name: str) -> Mapping[str, tuple[int, ...]]:
    """Returns the weights in a file below `weights/`: for each feature one number a class, in thousandths."""
    text = files(__package__).joinpath("weights", f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def scores(
    model: Mapping[str, tuple[int, ...]], features: Iterable[str], values: Iterable[tuple[str, float]] = ()
) -> list[float]:
    """Returns the sum of the weights for each class; unknown features weigh nothing.

    `features` are there or not, `values` are as strong as their number. A model has a feature `@bias`.
    """
    known = [row for feature in features if (row := model.get(feature)) is not None]
    sums = [1e-3 * sum(column) for column in zip(model["@bias"], *known, strict=True)]
    for feature, value in values:
        row = model.get(feature)
        if row is not None:
            sums = [total + 1e-3 * value * weight for total, weight in zip(sums, row, strict=True)]
    return sums
