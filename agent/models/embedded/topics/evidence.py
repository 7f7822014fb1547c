"""What in a paper speaks for which theme: title, gist and the rest, rare phrases more than common ones."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from agent.grounding.words import stem
from agent.models.embedded.topics.nearby import Nearby
from agent.models.embedded.topics.themes import Keyword, Theme
from agent.models.embedded.topics.words import singular
from agent.schema import SummarizedPaper
from agent.text import clean

Phrase = tuple[str, ...]
"""Stems of words that stand together."""

Weights = Mapping[Phrase, float]

Scores = list[list[float]]
"""For each paper, how much speaks for each theme."""

_IN_TITLE, _IN_TLDR, _IN_APPROACH, _ELSEWHERE = 3.0, 1.6, 1.0, 0.8
_AGAIN = 0.25
"""What each doubling, or so, of a phrase's occurrences adds."""

_OF_SEVERAL_WORDS = 1.5
"""A phrase is seldom used in another sense; a word is."""

_TELLING, _HEARD = 20.0, 3.0
"""A phrase in more than one of so many papers tells less of each."""

_COMMON = 0.2
"""What a phrase counts that all papers have."""

_NEARBY = "~"
_NEAR = 0.5
"""What the words of a phrase near each other say of what it says itself."""

_OF_KIND = {"survey": 12.0, "benchmark": 5.0, "dataset": 4.5, "analysis": 1.5}
"""How much the kind of contribution speaks for the theme of such papers."""


class Evidence:
    """What speaks for which of several themes in each of some papers.

    `loose` finds the words of a phrase near each other too, where they say less than the phrase.
    """

    scores: Scores
    said: Scores
    """The same, where a phrase counts fully until a third of the papers say it: whether it is heard at all."""

    def __init__(self, papers: Sequence[SummarizedPaper], themes: Sequence[Theme], *, loose: bool = False) -> None:
        self._lexicon = _Lexicon([theme.keywords for theme in themes], loose)
        found = [_phrases(item, self._lexicon) for item in papers]
        spread = Counter(phrase for phrases in found for phrase in phrases)
        self._phrases = _weighed(found, spread, _TELLING)
        kinds = {theme.contribution: number for number, theme in enumerate(themes) if theme.contribution}
        contributions = [item.summary.contribution for item in papers]
        self.scores, self.said = (
            [self._row(len(themes), phrases, kinds, kind) for phrases, kind in zip(weighed, contributions, strict=True)]
            for weighed in (self._phrases, _weighed(found, spread, _HEARD))
        )

    def keywords(self, members: Iterable[int], themes: Container[int]) -> tuple[str, ...]:
        """Returns up to six keywords that speak for some themes in some papers, what speaks most first."""
        weights: dict[Phrase, float] = defaultdict(float)
        for number in members:
            for phrase, weight in self._phrases[number].items():
                speaks_for = self._lexicon.speaks_for[phrase]
                strength = max((speaks_for[theme] for theme in speaks_for if theme in themes), default=0.0)
                if strength >= 1.0:
                    weights[phrase] += strength * weight
        chosen: dict[str, set[str]] = {}
        for phrase in sorted(weights, key=lambda phrase: (-weights[phrase], phrase)):
            printed = self._lexicon.printed[phrase]
            roots = set(_stems(printed))
            if len(chosen) < 6 and not any(roots & other for other in chosen.values()):
                chosen[printed] = roots
        return tuple(chosen)

    def _row(self, size: int, phrases: Mapping[Phrase, float], kinds: Mapping[str, int], kind: str) -> list[float]:
        row = [0.0] * size
        for phrase, weight in phrases.items():
            for number, strength in self._lexicon.speaks_for[phrase].items():
                row[number] += strength * weight
        if kind in kinds:
            row[kinds[kind]] += _OF_KIND.get(kind, 0.0)
        return row


def _weighed(found: Sequence[Weights], spread: Mapping[Phrase, int], often: float) -> list[Weights]:
    """Returns the phrases of papers, counted fully up to a share of one in `often` papers, less where more say them."""
    size = len(found)
    rarity = {
        phrase: max(_COMMON, min(1.0, math.log((size + 8) / (times + 1)) / math.log(often)))
        for phrase, times in spread.items()
    }
    return [{phrase: weight * rarity[phrase] for phrase, weight in phrases.items()} for phrases in found]


class _Lexicon:
    """The keywords of several themes, to be looked up in texts."""

    def __init__(self, themes: Sequence[Iterable[Keyword]], loose: bool) -> None:
        self.speaks_for: dict[Phrase, dict[int, float]] = defaultdict(dict)
        self.printed: dict[Phrase, str] = {}
        for number, keywords in enumerate(themes):
            for text, strength in keywords:
                phrase = tuple(map(_exact, _parts(text))) if text.startswith("=") else tuple(_stems(text))
                if not phrase:
                    continue
                weight = strength * (_OF_SEVERAL_WORDS if len(phrase) > 1 else 1.0)
                strengths = self.speaks_for[phrase]
                if weight > max(strengths.values(), default=0.0):
                    self.printed[phrase] = " ".join(text.removeprefix("=").split())
                strengths[number] = max(weight, strengths.get(number, 0.0))
        self._nearby = Nearby(self.speaks_for if loose else ())
        for phrase in self._nearby.phrases:
            near = _near(phrase)
            self.printed[near] = self.printed[phrase]
            self.speaks_for[near] = {number: _NEAR * said for number, said in self.speaks_for[phrase].items()}
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in self.speaks_for:
            lengths[phrase[0]].add(len(phrase))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._single = {phrase[0] for phrase in self.speaks_for if len(phrase) == 1}

    def within(self, text: str) -> Iterator[Phrase]:
        """Yields the keywords in a text; of those that begin with the same word the longest."""
        parts = _parts(text)
        stems = [_stem(part) for part in parts]
        for start, (part, first) in enumerate(zip(parts, stems, strict=True)):
            if (exact := _exact(part)) in self._single:
                yield (exact,)
            for length in self._lengths.get(first, ()):
                phrase = tuple(stems[start : start + length])
                if phrase in self.speaks_for:
                    yield phrase
                    break
        yield from map(_near, self._nearby.within(stems))


def _phrases(item: SummarizedPaper, lexicon: _Lexicon) -> Weights:
    """Returns the keywords of a paper and what each weighs by where it stands and how often."""
    tldr = set(item.summary.tldr.evidence)
    approach = {number for statement in item.summary.approach for number in statement.evidence}
    best: dict[Phrase, float] = {}
    times: Counter[Phrase] = Counter()
    parts = [(clean(item.paper.title), _IN_TITLE)]
    for number, sentence in enumerate(item.paper.sentences, 1):
        weight = _IN_TLDR if number in tldr else _IN_APPROACH if number in approach else _ELSEWHERE
        parts.append((sentence, weight))
    for text, weight in parts:
        for phrase in lexicon.within(text):
            best[phrase] = max(weight, best.get(phrase, 0.0))
            times[phrase] += 1
    # Where the phrase itself stands, it says all.
    told = [phrase for phrase in best if not (phrase[0] == _NEARBY and phrase[1:] in best)]
    return {phrase: best[phrase] + _AGAIN * math.log(times[phrase]) for phrase in told}


def _near(phrase: Phrase) -> Phrase:
    """Returns what stands for the words of a phrase near each other."""
    return (_NEARBY, *phrase)


def _parts(text: str) -> list[str]:
    return _PART.findall(text.lower())


_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word, compounds parted."""


def _stems(text: str) -> list[str]:
    return [_stem(part) for part in _parts(text)]


@lru_cache(maxsize=50_000)
def _exact(word: str) -> str:
    return "=" + singular(word)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return stem(word)
