"""How much a phrase tells of a topic: that its papers have it and others lack it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from agent.models.embedded.topics.phrases import Phrase, Printed, Run, heads, key, phrases, runs, sound
from agent.schema import SummarizedPaper
from agent.text import clean

_READ = 20
"""So many papers of a topic, typical ones and others, are read for its label, and less than twice as many."""


@dataclass(frozen=True)
class Telling:
    """The phrases of a topic that tell it from the others."""

    size: int
    """How many papers were read."""
    terms: Mapping[Phrase, float]
    """How much each noun phrase tells."""
    words: Mapping[str, float]
    """How much each word tells, noun or not."""
    shares: Mapping[Phrase, float]
    """The sum over papers of one for a phrase in the title and less for one in the abstract."""
    printed: Mapping[Phrase, str]
    """How a noun phrase is printed, without the capitals of a title."""


def tell(topics: Sequence[Sequence[SummarizedPaper]]) -> list[Telling]:
    """Returns for each topic, whose most typical papers come first, what tells it from the others."""
    texts = [[_runs(item) for item in topic[:: max(1, len(topic) // _READ)]] for topic in topics]
    head = heads(run for topic in texts for paper in topic for part in paper for run in part.runs)
    plain = frozenset(word for topic in texts for _, abstract in topic for run, _ in abstract.runs for word in run)
    readings = [_read(topic) for topic in texts]
    everywhere: dict[Phrase, float] = {}
    for share, _ in readings:
        for phrase, papers in share.items():
            everywhere[phrase] = everywhere.get(phrase, 0.0) + papers
    size = sum(map(len, texts))
    found = []
    for topic, (share, forms) in zip(texts, readings, strict=True):
        values = _values(share, len(topic), everywhere, size)
        terms = {phrase: value for phrase, value in values.items() if sound(phrase, head)}
        words = {phrase[0]: value for phrase, value in values.items() if len(phrase) == 1}
        found.append(Telling(len(topic), terms, words, share, _spelt(forms, terms, plain)))
    return found


class Part(NamedTuple):
    """A title or an abstract, read."""

    runs: list[Run]
    phrases: list[tuple[Phrase, Printed]]


Texts = tuple[Part, Part]
"""Title and abstract."""


def _runs(item: SummarizedPaper) -> Texts:
    """Returns the runs of title and abstract; the paper's own name parts them."""
    return _read_once(item.paper.title, item.paper.sentences, item.summary.name or "")


# Topics are named again after two of them were made one, and most of their papers are the same.
@lru_cache(maxsize=512)
def _read_once(title: str, sentences: tuple[str, ...], name: str) -> Texts:
    title, abstract = clean(title), "\n".join(sentences)
    if len(name) > 2:
        title, abstract = title.replace(name, " . "), abstract.replace(name, " . ")
    return _part(title), _part(abstract)


def _part(text: str) -> Part:
    found = runs(text)
    return Part(found, list(phrases(found)))


_IN_ABSTRACT = 0.6


def _read(papers: Sequence[Texts]) -> tuple[dict[Phrase, float], dict[Printed, int]]:
    """Returns the share of each phrase, and how often each is printed in which way."""
    shares: dict[Phrase, float] = {}
    forms: dict[Printed, int] = {}
    for title, abstract in papers:
        weights: dict[Phrase, float] = {}
        for part, weight in ((abstract, _IN_ABSTRACT), (title, 1.0)):
            for phrase, words in part.phrases:
                weights[phrase] = weight
                forms[words] = forms.get(words, 0) + 1
        for phrase, weight in weights.items():
            shares[phrase] = shares.get(phrase, 0.0) + weight
    return shares, forms


def _values(
    share: Mapping[Phrase, float], size: int, everywhere: Mapping[Phrase, float], total: int
) -> dict[Phrase, float]:
    """Returns what each phrase tells of a topic of `size` papers among `total`; nothing if only one paper has it."""
    floor = max(0.02, 0.5 / total)
    values = {}
    for phrase, papers in share.items():
        if papers > 1.0 or size == 1:
            inside = papers / size
            outside = (everywhere[phrase] - papers) / max(1, total - size)
            gain = math.log((inside + floor) / (outside + floor))
            # What the whole field speaks of tells little, even where this topic speaks of it more.
            values[phrase] = inside * max(0.0, gain) * min(1.0, gain / math.log(5))
    return {phrase: value for phrase, value in values.items() if value > 0.0}


def _spelt(forms: Mapping[Printed, int], terms: Mapping[Phrase, float], plain: frozenset[str]) -> dict[Phrase, str]:
    """Returns how each term is mostly printed, without the capitals of a title."""
    best: dict[Phrase, tuple[float, Printed]] = {}
    for words, times in sorted(forms.items()):
        phrase = tuple(map(key, words))
        if phrase in terms:
            # The singular is often the front of a longer phrase, as in `image analysis`.
            weight = times * (1.5 if words[-1].endswith("s") else 1.0)
            best[phrase] = max(best.get(phrase, (0.0, words)), (weight, words))
    return {phrase: _without_capitals(words, plain) for phrase, (_, words) in best.items()}


def _without_capitals(words: Printed, plain: frozenset[str]) -> str:
    return " ".join(word.lower() if word.lower() in plain else word for word in words)
