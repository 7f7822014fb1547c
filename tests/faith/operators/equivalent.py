"""Tells mutants that are no errors: those that say the same, or what a cited sentence says."""

from __future__ import annotations

import re
import unicodedata

from tests.faith.pairs import Pair

NEIGHBOURS = 2
"""Words on either side that must agree for changed words to count as said."""


def fold(text: str) -> list[str]:
    """The words without case and punctuation; numbers keep their point and sign of percent."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("percent ", "% ")
    return re.findall(r"\d+(?:[.,]\d+)*|%|[^\W\d_]+", plain)


def equivalent(pair: Pair, text: str) -> bool:
    """Whether a mutant is equal to the statement or a cited sentence, or is still true by the sentences."""
    same = fold(text) in [fold(pair.text), *map(fold, pair.cited)]
    return same or stands_so(pair, text)


def stands_so(pair: Pair, text: str) -> bool:
    """Whether the changed words stand, between the same neighbours, in a cited sentence."""
    old, new = fold(pair.text), fold(text)
    start = common(old, new)
    end = min(common(old[::-1], new[::-1]), len(new) - start)
    middle = new[start : len(new) - end]
    if not middle:
        return False
    window = " ".join(new[max(0, start - NEIGHBOURS) : len(new) - end + NEIGHBOURS])
    return any(f" {window} " in f" {' '.join(fold(sentence))} " for sentence in pair.cited)


def common(first: list[str], second: list[str]) -> int:
    """How many words two texts begin with together."""
    return next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def mentions(text: str, words: str) -> bool:
    """Whether any of the word beginnings stands in the text."""
    return bool(re.search(rf"\b(?:{words})", text, re.IGNORECASE))
