"""Known themes as columns into which papers are sorted, and how well each paper fits each of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from agent.models.embedded.topics.evidence import Scores
from agent.models.embedded.topics.likeness import Vectors
from agent.models.embedded.topics.themes import Theme

_SUPPORT = 0.5
"""What the themes of a family count beside the strongest of them."""

_BROAD = 0.2
"""A family with a greater share of the papers is parted into its themes."""

_SURE = 4.0
_AHEAD = 1.0
"""So much must speak for a column, and so much more than for any other, before its papers show what others are like."""

_LIKENESS = 30.0
"""What being just like the papers of a column counts beside what speaks for it by words."""


@dataclass(frozen=True)
class Column:
    """Themes that are one group, and how well each paper fits it."""

    themes: tuple[int, ...]
    fits: Sequence[float]
    said: Sequence[float] = ()
    """What its words alone say, where likeness is added to the fit."""


def columns_of(scores: Scores, themes: Sequence[Theme], least: int) -> list[Column]:
    """Returns a column for each family, or for each theme of a family that would hold too many of the papers."""
    families: dict[str, list[int]] = {}
    for number, theme in enumerate(themes):
        families.setdefault(theme.family, []).append(number)
    whole = [Column(tuple(of), _support(scores, of)) for of in families.values()]
    parted: list[Column] = []
    sizes = {at: len(members) for at, members in grouped(whole, range(len(scores))).items()}
    for at, of in enumerate(families.values()):
        if len(of) > 1 and sizes.get(at, 0) > max(_BROAD * len(scores), 2 * least):
            parted += [Column((number,), [row[number] for row in scores]) for number in of]
        else:
            parted.append(whole[at])
    return parted


def _support(scores: Scores, of: Sequence[int]) -> list[float]:
    fits = []
    for row in scores:
        values = [row[number] for number in of]
        fits.append((1 - _SUPPORT) * max(values) + _SUPPORT * math.fsum(values))
    return fits


def of_each(scores: Scores, themes: Sequence[Theme]) -> list[Column]:
    """Returns a column for each theme."""
    return [Column((number,), [row[number] for row in scores]) for number in range(len(themes))]


def grouped(columns: Sequence[Column], papers: Iterable[int]) -> dict[int, list[int]]:
    """Returns the papers of each column that has any; the first of equal columns has them."""
    groups: dict[int, list[int]] = {}
    for number in papers:
        best = max(range(len(columns)), key=lambda at: (columns[at].fits[number], -at))
        groups.setdefault(best, []).append(number)
    return dict(sorted(groups.items()))


def with_likeness(columns: Sequence[Column], vectors: Vectors) -> list[Column]:
    """Adds to what speaks for a column how like a paper is to those that surely belong there.

    J. Rocchio, "Relevance feedback in information retrieval", 1971, with the sure papers as those found relevant.
    """
    likeness = vectors.likeness(_sure(columns, vectors.size))
    return [
        Column(
            column.themes,
            [fit + _LIKENESS * like for fit, like in zip(column.fits, likes, strict=True)],
            column.fits,
        )
        for column, likes in zip(columns, likeness, strict=True)
    ]


def _sure(columns: Sequence[Column], size: int) -> list[list[int]]:
    sure: list[list[int]] = [[] for _ in columns]
    for number in range(size):
        fits = [column.fits[number] for column in columns]
        first, second = (*nlargest(2, fits), 0.0, 0.0)[:2]
        if first >= _SURE and first - second >= _AHEAD:
            sure[fits.index(first)].append(number)
    return sure
