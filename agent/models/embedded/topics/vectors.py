"""Papers as weighted words, so that two can be compared."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from agent.models.embedded.topics.words import FUNCTION, SCHOLARLY, singular
from agent.schema import Paper
from agent.text import words

Vector = Mapping[str, float]
"""Weights by term; its length is one, or zero where a paper has no term."""

_TITLE = 3
"""A word of the title counts as often as this many in the abstract."""

_SPREAD = 0.6
"""Exponent of the inverse document frequency; below one, since the words in every tenth paper carry the topics."""


def terms(paper: Paper) -> dict[str, float]:
    """Returns the terms of a paper with the logarithm of how often each occurs."""
    abstract = " ".join(paper.sentences) or paper.abstract
    counts = Counter(map(_term, _words(paper.title) * _TITLE + _words(abstract)))
    return {term: math.log1p(times) for term, times in counts.items() if term}


@lru_cache(maxsize=50_000)
def _term(word: str) -> str:
    """Returns the form under which a word is counted, or nothing for one that tells of no topic."""
    silent = len(word) < 2 or word.isdigit() or word in FUNCTION or word in SCHOLARLY
    return "" if silent else singular(word)


def spread(documents: Iterable[Vector]) -> Counter[str]:
    """Returns in how many papers each term occurs."""
    return Counter(term for document in documents for term in document)


def rarity(frequency: Mapping[str, int], size: int) -> dict[str, float]:
    """Returns what each term weighs among `size` papers: nothing in the rarest and in half of them or more.

    K. Sparck Jones, "A statistical interpretation of term specificity", Journal of Documentation, 1972.
    """
    least = 3 if size > 60 else 2
    return {term: math.log(size / times) ** _SPREAD for term, times in frequency.items() if least <= times <= size / 2}


def weighted(document: Vector, weights: Mapping[str, float]) -> Vector:
    """Returns the document with each term weighted, at length one."""
    return unit({term: weight * weights[term] for term, weight in document.items() if term in weights})


def unit(vector: Mapping[str, float]) -> Vector:
    """Returns the vector at length one; an empty one stays empty."""
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def centroid(members: Sequence[Vector]) -> Vector:
    """Returns the direction in which the members point together."""
    total: dict[str, float] = {}
    for member in members:
        for term, weight in member.items():
            total[term] = total.get(term, 0.0) + weight
    return unit(total)


def cosine(one: Vector, other: Vector) -> float:
    """Returns how alike two vectors of length one are, from 0 to 1."""
    return math.fsum(weight * other[term] for term, weight in one.items() if term in other)


_LINK = re.compile(r"(?:https?://|www\.)\S+")


def _words(text: str) -> list[str]:
    """Returns the words of a text, compounds parted: `long-video` tells of videos too.

    A compound with a joining word stays whole as well, since `in-context` parted is not what it was.
    """
    found: list[str] = []
    for word in words(_LINK.sub(" ", text)):
        parts = word.split("-")
        found += parts
        if len(parts) > 1 and not FUNCTION.isdisjoint(parts):
            found.append(word)
    return found
