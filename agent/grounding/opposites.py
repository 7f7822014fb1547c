"""Which words are opposites: pairs from a dictionary, and words that point the same way or the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from agent.grounding.words import AXES, stem

Stems = frozenset[str]
_NONE: Stems = frozenset()


def along(key: str) -> Stems:
    """Returns the stems that point the same way as a stem, itself included."""
    return _directions()[0].get(key, _NONE) | {key}


def against(key: str) -> Stems:
    """Returns the stems that are opposites of a stem; of a word that points both ways there are none."""
    turned = _directions()[1].get(key, _NONE) | _antonyms().get(key, _NONE)
    return turned - along(key) if turned else turned


@cache
def _directions() -> tuple[dict[str, Stems], dict[str, Stems]]:
    """For each stem on an axis, the stems on its side and on the other."""
    same: defaultdict[str, set[str]] = defaultdict(set)
    other: defaultdict[str, set[str]] = defaultdict(set)
    for up, down in AXES:
        sides = {stem(word) for word in up.split()}, {stem(word) for word in down.split()}
        for mine, theirs in (sides, sides[::-1]):
            for key in mine:
                same[key] |= mine
                other[key] |= theirs
    return _frozen(same), _frozen(other)


@cache
def _antonyms() -> dict[str, Stems]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in _pairs():
        found[one].add(other)
        found[other].add(one)
    return _frozen(found)


def _pairs() -> Iterator[tuple[str, str]]:
    text = (files("agent.grounding") / "data" / "antonyms.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            one, other = line.split()
            yield stem(one), stem(other)


def _frozen(found: dict[str, set[str]]) -> dict[str, Stems]:
    return {key: frozenset(others) for key, others in found.items()}
