"""Which words are opposites: pairs from a dictionary, and words that point the same way or the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from agent.grounding.words import AXES, stems

Stems = frozenset[str]
_NONE: Stems = frozenset()


@lru_cache(maxsize=10_000)
def along(key: str) -> Stems:
    """Returns the stems that point the same way as a stem, itself included."""
    return frozenset((key,)).union(*(mine for mine, _ in _sides() if key in mine))


@lru_cache(maxsize=10_000)
def against(key: str) -> Stems:
    """Returns the stems that are opposites of a stem; of a word that points both ways there are none."""
    turned = _antonyms().get(key, _NONE).union(*(theirs for mine, theirs in _sides() if key in mine))
    return turned - along(key) if turned else turned


@cache
def _sides() -> tuple[tuple[Stems, Stems], ...]:
    """The stems on each side of each axis, with those on the other."""
    axes = [(frozenset(stems(up.split())), frozenset(stems(down.split()))) for up, down in AXES]
    return (*axes, *((down, up) for up, down in axes))


@cache
def _antonyms() -> dict[str, Stems]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in _pairs():
        found[one].add(other)
        found[other].add(one)
    return {key: frozenset(others) for key, others in found.items()}


def _pairs() -> Iterator[tuple[str, str]]:
    text = (files("agent.grounding") / "data" / "antonyms.txt").read_text(encoding="utf-8")
    words = stems(" ".join(line for line in text.splitlines() if not line.startswith("#")).split())
    yield from zip(words[::2], words[1::2], strict=True)
