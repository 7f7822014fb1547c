"""Linear models: weights of named features, trained elsewhere and kept as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from operator import mul


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
    known = filter(None, map(model.get, features))
    sums = [1e-3 * sum(column) for column in zip(model["@bias"], *known, strict=True)]
    strengths, rows = [], []
    for feature, value in values:
        if value and (row := model.get(feature)):
            strengths.append(1e-3 * value)
            rows.append(row)
    # Column by column is several times as fast as adding row to row.
    columns = zip(*rows, strict=True) if rows else [()] * len(sums)
    return [sum(map(mul, strengths, column), total) for total, column in zip(sums, columns, strict=True)]


def score(model: Mapping[str, tuple[int, ...]], values: Iterable[tuple[str, float]]) -> float:
    """Returns what `scores` does for a model with one class; it is asked so often that the columns would cost."""
    weighed = (value * row[0] for feature, value in values if value and (row := model.get(feature)))
    return 1e-3 * sum(weighed, model["@bias"][0])
