"""Which phrases stand for which when somebody asks about research."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from agent.models.embedded.compare.phrases import Phrase, phrase

SAME, NARROWER = 0.95, 0.9
"""How well another phrase stands for the one that was asked for."""


@lru_cache(maxsize=1)
def thesaurus() -> Mapping[Phrase, Mapping[str, float]]:
    """Returns for each phrase that is known those that stand for it, as they are written, and how well."""
    known: defaultdict[Phrase, dict[str, float]] = defaultdict(dict)
    text = files("agent.models.embedded.compare").joinpath("data/thesaurus.txt").read_text("utf-8")
    for line in text.splitlines():
        left, _, right = line.partition("#")[0].partition(">")
        equals, narrower = _written(left, "="), _written(right, ",")
        for one in equals:
            others = known[phrase(one)]
            for other, worth in [*((each, SAME) for each in equals), *((each, NARROWER) for each in narrower)]:
                if other != one:
                    others[other] = max(worth, others.get(other, 0.0))
    return known


def _written(text: str, sign: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(sign) if phrase(part)]
