"""Papers sorted into known themes: as many groups as suit a reader, none of them nearly empty."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agent.models.embedded.topics.columns import Column, columns_of, grouped, of_each, with_likeness
from agent.models.embedded.topics.evidence import Evidence, Scores
from agent.models.embedded.topics.likeness import Vectors
from agent.models.embedded.topics.themes import Theme

_KNOWN = 2.5
"""Where less speaks for any theme, by words and likeness together, the theme of a paper is not known."""

_HEARD = 1.5
"""Where words alone say less for a theme, likeness does not make a paper known as one of it."""

_SAID = 1.5
"""Where less is said of any of an editor's sections, a paper fits none."""

_MOSTLY = 0.7
"""A group of which a greater share speaks for one theme is called after that theme."""

Labels = tuple[str, ...]


class Group(NamedTuple):
    """Papers that belong together."""

    members: list[int]
    """Their positions, most typical first."""
    labels: Labels = ()
    """What the group can be called, the best first; empty where only its papers tell."""
    keywords: tuple[str, ...] = ()
    """Keywords of its themes; empty where only its papers tell."""


def sort(evidence: Evidence, themes: Sequence[Theme], vectors: Vectors, most: int) -> tuple[list[Group], list[int]]:
    """Returns groups of papers by theme, at most `most`, and the papers for which too little speaks for any of them."""
    scores = evidence.scores
    size = len(scores)
    least = max(2, round(size / 60)) if size > 3 else 1
    columns = with_likeness(columns_of(scores, themes, least), vectors)
    best = [max(column.fits[number] for column in columns) for number in range(size)]
    unknown = [number for number in range(size) if best[number] < _KNOWN]
    known = sorted(set(range(size)).difference(unknown))
    groups = grouped(columns, known)
    while len(groups) > 1 and (len(groups) > most or min(map(len, groups.values())) < least):
        weakest = min(groups, key=lambda at: (math.fsum(columns[at].fits[number] for number in groups[at]), at))
        columns = [columns[at] for at in groups if at != weakest]
        groups = grouped(columns, known)
    found = []
    for at, members in groups.items():
        # Where its own theme has too few papers, the next best of one may be none at all.
        unknown += [number for number in members if not _is_known(columns[at], number)]
        members = [number for number in members if _is_known(columns[at], number)]
        if not members:
            continue
        labels = _labels(columns[at], [scores[number] for number in members], themes)
        found.append(_group(columns[at], members, labels, evidence))
    return found, unknown


def assign(evidence: Evidence, themes: Sequence[Theme], vectors: Vectors) -> tuple[list[Group], list[int]]:
    """Returns the papers of each theme that has any, and those of which too little is said of any theme."""
    columns = of_each(evidence.scores, themes)
    # Likeness and rarity decide between the themes of which enough is said; they put no paper into another.
    likened = [
        Column(
            column.themes,
            [near if row[at] >= _SAID else 0.0 for near, row in zip(liked.fits, evidence.said, strict=True)],
        )
        for at, (liked, column) in enumerate(zip(with_likeness(columns, vectors), columns, strict=True))
    ]
    known = [number for number, row in enumerate(evidence.said) if max(row) >= _SAID]
    groups = grouped(likened, known)
    found = [_group(likened[at], members, (themes[at].label,), evidence) for at, members in groups.items()]
    return found, sorted(set(range(vectors.size)).difference(known))


def _is_known(column: Column, number: int) -> bool:
    return column.fits[number] >= _KNOWN and column.said[number] >= _HEARD


def _group(column: Column, members: Iterable[int], labels: Labels, evidence: Evidence) -> Group:
    typical = sorted(members, key=lambda number: (-column.fits[number], number))
    return Group(typical, labels, evidence.keywords(typical, column.themes))


def _labels(column: Column, members: Scores, themes: Sequence[Theme]) -> Labels:
    """Returns the labels of the family and of its themes; one that outweighs the others goes before the family."""
    weights = {number: math.fsum(row[number] for row in members) for number in column.themes}
    ranked = sorted(weights, key=lambda number: -weights[number])
    labels = [themes[number].label for number in ranked]
    if weights[ranked[0]] > _MOSTLY * math.fsum(weights.values()):
        return tuple(labels)
    return (themes[ranked[0]].family, *labels)
