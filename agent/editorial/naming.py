"""Which papers name the same benchmarks, however they spell them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from agent.models.embedded.shape import coined
from agent.schema import SummarizedPaper
from agent.text import clean, fold

Naming = Mapping[str, Sequence[str]]
"""Ids of the papers that name something, by what most of them call it."""

_SEVERAL = 2


def named_by_several(items: Sequence[SummarizedPaper]) -> Naming:
    """Returns the benchmarks and datasets that several abstracts name, in whatever sentence; their own do not count."""
    names = _Names(items)
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    naming: dict[str, list[str]] = defaultdict(list)
    for item in items:
        found = names.of(item)
        for key in found.keys() - _own(item):
            spelt[key].update(found[key])
            naming[key].append(item.paper.id)
    return {_commonest(spelt[key]): ids for key, ids in naming.items() if len(ids) >= _SEVERAL}


class _Names:
    """The names of some papers' benchmarks and datasets, to be looked up in abstracts.

    Several summaries have to call it so, its own among them: what a single one takes for a benchmark may be none. What
    a third of them call a model is none.
    """

    def __init__(self, items: Sequence[SummarizedPaper]) -> None:
        called = [set(_called(item)) for item in items]
        self._plain = {_key(name) for names in called for name in names}
        counts = Counter(key for names in called for key in set(map(self._key, names)))
        counts.update(self._key(item.summary.name or "") for item in items if item.summary.contribution in _DATA)
        models = Counter(self._key(name) for item in items for name in item.summary.models)
        self._keys = {key for key, count in counts.items() if key and count >= _SEVERAL and count > 2 * models[key]}
        self._spelt = {name for names in called for name in names if self._key(name) in self._keys}
        self._firsts = {name.split()[0][:1] for name in self._spelt}
        self._longest = max((len(name.split()) for name in self._spelt), default=0)

    def of(self, item: SummarizedPaper) -> dict[str, set[str]]:
        """Returns the keys of what a paper names, and how it spells them."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in (*self._within(item.paper.sentences), *_called(item)):
            if (key := self._key(name)) in self._keys:
                found[key].add(name)
        return found

    def _within(self, sentences: Sequence[str]) -> Iterator[str]:
        """Yields what is spelt as one of the names, or as only names are."""
        said = " ".join(sentences).split()
        words = _WORD.findall(" ".join(word for word in said if not _ADDRESS.search(word)))
        for start, word in enumerate(words):
            for end in range(start + 1, start + 1 + (self._longest if word[0] in self._firsts else 0)):
                name = _noun(" ".join(words[start:end]))
                if name in self._spelt or coined(name):
                    yield name

    def _key(self, name: str) -> str:
        """The key without maker and size, where the name stands somewhere without them."""
        key = _key(name)
        plain = _VARIANT.sub(r"\1", key)
        return plain if plain in self._plain else key


_DATA = ("benchmark", "dataset")
_WORD = re.compile(r"\w[\w^*-]*\+*")
_ADDRESS = re.compile(r"https?://|\w\.\w+/")
_ADJECTIVE = re.compile("[a-z]+")
_VARIANT = re.compile(r"\A(?:ms)?(.+?)(?:1k)?\Z")
"""Microsoft's set, and the usual one of a thousand classes, are mostly called without saying so."""


def _noun(name: str) -> str:
    """A name without what makes an adjective of it: `ImageNet-pretrained`."""
    parts = name.split("-")
    while len(parts) > 1 and _ADJECTIVE.fullmatch(parts[-1]):
        parts.pop()
    return "-".join(parts)


def _called(item: SummarizedPaper) -> Sequence[str]:
    return (*item.summary.benchmarks, *item.summary.datasets)


def _own(item: SummarizedPaper) -> set[str]:
    """The paper's own name, and what its title begins with."""
    return {_key(item.summary.name or ""), _key(clean(item.paper.title).partition(":")[0])}


def _key(name: str) -> str:
    """A name whatever its case and spaces; `Bench+` is another one than `Bench`."""
    return fold(name) + "+" * name.count("+")


def _commonest(spelt: Counter[str]) -> str:
    return min(spelt, key=lambda name: (-spelt[name], name))
