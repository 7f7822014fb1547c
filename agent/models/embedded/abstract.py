"""An abstract as the rules read it: sentences with their words and the cues found in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from agent.models.embedded.lexicon import SAYINGS
from agent.schema import Contribution, Result, Role
from agent.text import words

Clues = list[tuple[str, float]]
"""Names of features, with how strong each is."""


@dataclass(frozen=True)
class Sentence:
    """A sentence and what is found in it once, for all rules."""

    number: int
    """1-based, as evidence counts."""
    text: str
    words: tuple[str, ...]
    """Lower case."""
    cues: Counter[str]
    """How many phrases of each group of the lexicon occur."""

    quantified: bool
    """Whether it states a share, a factor or a significance."""


_DIGIT = re.compile(r"\d")
_QUANTITY = re.compile(r"\d\s?(?:%|percent|[x×]\b|times|-?fold|points)|\b[pP] ?[<=≤] ?0?\.\d")


@dataclass(frozen=True)
class Abstract:
    """A paper as far as the embedded model knows it."""

    title: str
    sentences: tuple[Sentence, ...]
    name: str | None = None
    """What the paper calls what it proposes."""
    roles: tuple[Role, ...] = ()
    """One a sentence, once they are known."""
    kind: Contribution = "method"
    """What the paper contributes, once it is known."""
    results: tuple[Result, ...] = ()
    """What it reports in numbers, once it is known."""
    clues: tuple[Clues, ...] = ()
    """What speaks for each sentence, once it is known."""
    chances: tuple[tuple[float, ...], ...] = ()
    """How likely each sentence has each of the roles, once they are known."""

    def of(self, *roles: Role) -> list[Sentence]:
        """Returns the sentences of these roles, in order."""
        return [sentence for sentence, role in zip(self.sentences, self.roles, strict=True) if role in roles]

    def besides(self) -> frozenset[int]:
        """Returns the numbers of the sentences that announce a part or something more than one before them did."""
        announcing = [sentence for sentence in self.sentences if sentence.cues["proposing"]]
        return frozenset(sentence.number for sentence in announcing[1:] if _BESIDES.match(sentence.text))


_BESIDES = re.compile(
    r"(?:\(?(?:[1-9]|i{1,3})\)|(?:First|Second|Third|Next|Then|Final|Last|Additional|Also|Moreover|Furthermore|Besides"
    r"|In addition|Meanwhile)(?:ly)?\b)|.{0,60}\b[Ww]e (?:also|additionally)\b"
)


def read(title: str, sentences: Sequence[str]) -> Abstract:
    """Reads clean sentences; name and roles are still unknown."""
    return Abstract(title, tuple(_sentence(number, text) for number, text in enumerate(sentences, 1)))


def _sentence(number: int, text: str) -> Sentence:
    found = tuple(chain.from_iterable(map(_words, text.split())))
    return Sentence(number, text, found, SAYINGS.count(found), _quantified(text))


@lru_cache(maxsize=50_000)
def _words(piece: str) -> tuple[str, ...]:
    """Returns the words of a piece without spaces; abstracts share most of theirs."""
    return tuple(words(piece))


def _quantified(text: str) -> bool:
    # Most sentences have no digit, which shows much faster.
    return bool(_DIGIT.search(text) and _QUANTITY.search(text))
