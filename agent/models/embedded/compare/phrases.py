"""Texts as stems, and how well one says a phrase."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.grounding.words import stems
from agent.models.embedded.topics.words import FUNCTION

Phrase = tuple[str, ...]
"""Stems of words that stand side by side."""

EXACT, NEAR = 1.0, 0.8
"""How well a text says a phrase: its words side by side, or all of them within a few words, in any order."""
_BETWEEN = 2
"""Words that may stand between those of a phrase, but for those that join others."""


@lru_cache(maxsize=20_000)
def phrase(text: str) -> Phrase:
    """Returns the stems of a text; hyphens and slashes part words, and British spelling is made American.

    `VLMs` is the plural of `VLM`, and `multi-modal`, `pre-train` are one word.
    """
    return tuple(stems(_WORD.findall(_american(_PREFIX.sub(r"\1", _PLURAL.sub(r"\1", text).lower())))))


def respelled(text: str) -> str:
    """Returns a text in the other spelling, British for American and the other way round; else as it is."""
    if _IZE.search(text):
        return _american(text)
    return _ISE.sub("is", text)


_ISE = re.compile(r"(?<=[^\W_]{3})iz(?=(?:ation|e(?:d|r|rs|s)?|ing)s?\b)")
_WORD = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"\b([A-Za-z0-9]*[A-Z]{2})s\b")
_PREFIX = re.compile(r"\b(multi|pre|re|non)-(?=[^\W\d_]{3})")


def _american(text: str) -> str:
    return _IZE.sub("iz", text) if "is" in text else text


_IZE = re.compile(
    r"(?<=[^\W_]{3})(?<!prec)(?<!conc)(?<!prom)(?<!prem)(?<!exerc)(?<!superv)(?<!rev)(?<!adv)(?<!otherw)(?<!compr)"
    r"(?<!surpr)(?<!expert)(?<!likew)(?<!enterpr)(?<!parad)is(?=(?:ation|e(?:d|r|rs|s)?|ing)s?\b)"
)


def joins(stem: str) -> bool:
    """Whether a word only joins others."""
    return stem in _joining()


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    # `Efficiently` may join others, but its stem is that of `efficient`, which says something.
    return FUNCTION | frozenset(stems(sorted(word for word in FUNCTION if not word.endswith("ly"))))


def said(wanted: Phrase, text: Phrase) -> float:
    """Returns how well a text says a phrase: `EXACT`, `NEAR` or 0."""
    if not all(word in text for word in wanted):
        return 0.0
    if len(wanted) == 1 or stands(wanted, text):
        return EXACT
    meant = frozenset(word for word in wanted if not joins(word))
    if len(meant) < 2:
        return 0.0
    within = [word for word in text if not joins(word)]
    reach = len(meant) + _BETWEEN
    return NEAR if any(meant.issubset(within[at : at + reach]) for at in range(len(within))) else 0.0


def stands(wanted: Phrase, text: Phrase) -> bool:
    """Returns whether the words of a phrase stand side by side."""
    size = len(wanted)
    return any(text[at : at + size] == wanted for at, word in enumerate(text) if word == wanted[0])
