"""How like papers are to those that fit a question best (pseudo-relevance feedback; Rocchio 1971)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from agent.models.embedded.compare.phrases import Phrase, joins

_MODELS = 8
"""So many papers, those that fit best, say what is wanted;"""
_NEAR_BEST = 0.75
"""if their score is this part of the best one at least."""
_WORDS = 60
"""Words of theirs that count."""

Vector = Mapping[str, float]


def likeness(papers: Sequence[tuple[Phrase, Sequence[tuple[float, Phrase]]]], scores: Sequence[float]) -> list[float]:
    """Returns for each paper, given as title and weighed sentences, how like it is to the best; 0 to 1 (cosine)."""
    vectors = _vectors([_counted(title, rows) for title, rows in papers])
    best = sorted(range(len(papers)), key=lambda number: -scores[number])[:_MODELS]
    wanted: Counter[str] = Counter()
    for number in best:
        if scores[number] >= _NEAR_BEST * scores[best[0]]:
            for word, weight in vectors[number].items():
                wanted[word] += weight * scores[number]  # type: ignore[assignment]
    model = _unit(dict(wanted.most_common(_WORDS)))
    return [sum(weight * model.get(word, 0.0) for word, weight in vector.items()) for vector in vectors]


def _counted(title: Phrase, rows: Sequence[tuple[float, Phrase]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for weight, words in ((2.0, title), *rows):
        for word in set(words):
            if not joins(word):
                found[word] = found.get(word, 0.0) + weight
    return found


def _vectors(counts: Sequence[Vector]) -> list[Vector]:
    spread = Counter(word for count in counts for word in count)
    return [
        _unit(
            {
                word: (1 + math.log1p(weight)) * math.log(len(counts) / spread[word])
                for word, weight in count.items()
                if spread[word] > 1
            }
        )
        for count in counts
    ]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}
