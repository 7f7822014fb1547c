"""A paper as it is compared with others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agent.models.embedded.abstract import Abstract, Sentence
from agent.models.embedded.compare.called import called, key
from agent.models.embedded.compare.concepts import Concept
from agent.models.embedded.compare.phrases import Phrase, phrase
from agent.models.embedded.mentions import mentioned
from agent.models.embedded.roles import ROLES
from agent.models.embedded.summary import understand


@dataclass(frozen=True)
class Read:
    """A paper, understood."""

    number: int
    """1-based, as the draft counts."""
    abstract: Abstract

    @cached_property
    def rows(self) -> tuple[Phrase, ...]:
        """The sentences as stems."""
        return tuple(phrase(sentence.text) for sentence in self.abstract.sentences)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What its work is called."""
        texts = tuple(sentence.text for sentence in self.abstract.sentences)
        return called(self.abstract.title, texts)

    @property
    def name(self) -> str | None:
        """The one by which readers know it."""
        return self.abstract.name or next((name for name in self.names if len(name.split()) <= _SHORT), None)

    def calls(self, other: Read, number: int) -> bool:
        """Whether one of its sentences has a name of another paper."""
        words = {key(word) for word in _WORD.findall(self.abstract.sentences[number - 1].text)}
        return any(key(name) in words for name in other.names)

    def states(self, concept: Concept, number: int) -> float:
        """How well a sentence speaks of something."""
        return concept.told(self.rows[number - 1])

    def counts(self, concept: Concept, number: int, reach: int = 7) -> bool:
        """Whether a sentence has a number some words before something, or right behind it, in the words of who asks."""
        row = self.rows[number - 1]
        figures = [at for at, word in enumerate(row) if word[:1].isdigit() or word in _SPELLED]
        own = [form for form, worth in concept.forms.items() if worth == 1.0]
        ends = [at + len(form) - 1 for form in own for at in range(len(row)) if row[at : at + len(form)] == form]
        return any(-_BEHIND <= end - figure <= reach for figure in figures for end in ends)

    def has_entity(self, number: int) -> bool:
        """Whether a sentence names something that is not the paper's own."""
        own, text = set(map(key, self.names)), self.sentences[number - 1].text
        return any(key(name) not in own for name, _ in mentioned(text)) or bool(_NUMBERED.search(text))

    def is_background(self, number: int) -> bool:
        """Whether a sentence tells what was before: likely so, and neither the authors nor their work act in it.

        So does what has hardly a word, the debris of a page.
        """
        if sum(word.isalpha() for word in self.sentences[number - 1].words) < _WORDS:
            return True
        if self.abstract.chances[number - 1][ROLES.index("background")] <= _LIKELY:
            return False
        text = self.sentences[number - 1].text
        return not (_OWN.search(text) or any(name in text for name in self.names))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Of the abstract."""
        return self.abstract.sentences


_SHORT, _BEHIND = 5, 4
_WORDS, _LIKELY = 3, 0.5
_OWN = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|survey|article|report))\b")
_NUMBERED = re.compile(r"(?<=\w )[A-Z][a-z]{2,} \d")
"""A product with its number, as hardware has one."""
_WORD = re.compile(r"\S*\w[*+]?")
_SPELLED = frozenset(
    "two three four five six seven eight nine ten dozen hundr thousand million billion doubl half".split()
)


def read(papers: Sequence[Mapping[str, Any]]) -> list[Read]:
    """Returns the papers, each given as a clean title and clean sentences."""
    return [Read(number, understand(paper["title"], paper["sentences"])) for number, paper in enumerate(papers, 1)]
