"""The words of a phrase near each other, in any order: `pruning visual tokens` speaks of token pruning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from agent.grounding.words import stem
from agent.models.embedded.topics.words import FUNCTION

Phrase = tuple[str, ...]
"""Stems of words."""

_WINDOW = 5
"""Words, but for those that join others, among which all words of a phrase must stand."""

_LONGEST = 4


class Nearby:
    """Phrases that are found by their words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = [phrase for phrase in phrases if _is_loose(phrase)]
        self._by_pair: dict[frozenset[str], list[Phrase]] = defaultdict(list)
        for phrase in self.phrases:
            # All its words must be there, so that any two of them find it.
            self._by_pair[frozenset(phrase[:2])].append(phrase)

    def within(self, stems: Sequence[str]) -> Iterator[Phrase]:
        """Yields the phrases all words of which stand near each other in a sentence, each once."""
        if not self._by_pair:
            return
        said = [word for word in stems if word not in _joining()]
        found: dict[Phrase, None] = {}
        for start in range(len(said)):
            window = said[start : start + _WINDOW]
            for pair in combinations(window, 2):
                found |= dict.fromkeys(_complete(self._by_pair.get(frozenset(pair), ()), window))
        yield from found


def _complete(phrases: Collection[Phrase], window: Sequence[str]) -> Iterator[Phrase]:
    return (phrase for phrase in phrases if set(phrase).issubset(window))


def _is_loose(phrase: Phrase) -> bool:
    """Whether a phrase is more than one word and no idiom: `chain of thought` is one, by its joining word."""
    return 1 < len(set(phrase)) == len(phrase) <= _LONGEST and _joining().isdisjoint(phrase)


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    return FUNCTION | frozenset(map(stem, FUNCTION))
