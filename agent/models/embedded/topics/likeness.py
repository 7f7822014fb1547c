"""How like papers are to groups of other papers, by all their words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from agent.models.embedded.topics.vectors import centroid, rarity, spread, terms, weighted
from agent.schema import Paper

_OWN = 0.6
"""How much of its own share in a centre is taken from a paper's likeness to it."""

_FEW = 2
"""Likeness to one of so few groups, with nothing to compare it with, counts a third of what it does among many."""

_SLIGHT = 0.02
"""Terms of less weight are most of a centre, and take most of the time, but hardly change a likeness."""


class Vectors:
    """Papers as weighted words."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        documents = [terms(paper) for paper in papers]
        weights = rarity(spread(documents), len(documents))
        self._vectors = [weighted(document, weights) for document in documents]
        self.size = len(documents)

    def likeness(self, groups: Sequence[Sequence[int]]) -> list[list[float]]:
        """Returns for each group how like each paper is to it, from 0 to 1; a group of one paper shows too little."""
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, members in enumerate(groups):
            centre = centroid([self._vectors[number] for number in members]) if len(members) > 1 else {}
            for term, weight in centre.items():
                if weight > _SLIGHT:
                    postings[term].append((at, weight))
        own = [(set(members), _OWN / math.sqrt(len(members) or 1)) for members in groups]
        found = [[0.0] * self.size for _ in groups]
        for number, vector in enumerate(self._vectors):
            for term, weight in vector.items():
                for at, its_weight in postings.get(term, ()):
                    found[at][number] += weight * its_weight
        found = [
            [max(0.0, like - loss) if number in members else like for number, like in enumerate(likes)]
            for likes, (members, loss) in zip(found, own, strict=True)
        ]
        shown = sum(len(members) > 1 for members in groups)
        usual = [math.fsum(likes[number] for likes in found) / (shown + 1) for number in range(self.size)]
        trust = shown / (shown + _FEW)
        return [[trust * max(0.0, like - usual[number]) for number, like in enumerate(likes)] for likes in found]
