"""A claim: one sentence that somebody wrote, and what it has to stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from agent.grounding.instructions import addressed, title_addressed
from agent.grounding.line import Line, line
from agent.grounding.tokens import Token, keys, tokens
from agent.grounding.words import DENIALS, HEDGES, NEGATORS
from agent.text import fold

_VERB = (
    r"\b(?:propos|introduc|present|develop|releas|design|build|built|creat|construct|describ|contribut|unveil|curat|"
    r"collect)\w*"
)
_STEP = r"(?:(?!(?:for|on|with|to|from|based|in|that|which|using|by|upon|via|over|against|where|and)\b)[^\s(]+\s+)"
_NAMING = re.compile(rf"{_VERB}[\s,:]+{_STEP}{{0,7}}$", re.IGNORECASE)
_SHORTENING = re.compile(rf"{_VERB}[\s,:]+(?:[^\s(]+\s+){{1,9}}\($", re.IGNORECASE)
_CALLED = r"\b(?:called|named|dubbed|termed|coined|namely)"
_CALLING = re.compile(rf"{_CALLED}(?: as)?[\s,:]+(?:the |an? )?$", re.IGNORECASE)
_GIVING = re.compile(rf"{_VERB}|{_CALLED}", re.IGNORECASE)
"""What stands before each name that is given."""


@dataclass(frozen=True)
class Abstract:
    """What a paper says: its title and numbered sentences."""

    title: str
    sentences: tuple[str, ...]

    @cached_property
    def planted(self) -> frozenset[int]:
        """Numbers of the sentences that speak to a machine; 0 is the title."""
        return addressed(self.sentences) | ({0} if title_addressed(self.title, self.sentences) else set())

    def is_heard(self, number: int) -> bool:
        """Whether a sentence exists and speaks to a reader."""
        return 0 < number <= len(self.sentences) and number not in self.planted

    def carrying(self, evidence: Iterable[int]) -> tuple[str, ...]:
        """Returns the sentences that can carry something, of those that are cited."""
        return tuple(self.sentences[number - 1] for number in evidence if self.is_heard(number))

    @cached_property
    def heard(self) -> tuple[str, ...]:
        """Title and sentences, without those that speak to a machine."""
        texts = enumerate((self.title, *self.sentences))
        return tuple(text for number, text in texts if number not in self.planted)

    @cached_property
    def folded(self) -> str:
        """All that is heard, folded."""
        return fold(" ".join(self.heard))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Of all that is heard."""
        return tuple(token for text in self.heard for token in tokens(text))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Of all its tokens."""
        return frozenset[str]().union(*map(keys, self.heard))

    def has(self, key: str) -> bool:
        """Whether one of its tokens has a key; some sentences that may have it are looked at before all are."""
        if "keys" not in self.__dict__:
            likely = (text for text in self.heard if key[:4] in text.lower())
            if any(key in keys(text) for text in islice(likely, 3)):
                return True
        return key in self.keys

    @cached_property
    def main(self) -> frozenset[str]:
        """Keys of the name that the paper is known by: before the title's colon, or the first that it gives."""
        head, colon, _ = ("" if 0 in self.planted else self.title).partition(":")
        words = tokens(head) if colon and len(head.split()) <= 3 else ()
        titled = [t.key for t in words if t.means and (t.kind == "name" or len(words) == 1)]
        return frozenset(titled or self.given[:1])

    @cached_property
    def given(self) -> tuple[str, ...]:
        """Keys of the names that the paper gives to what it proposes, in order."""
        giving = ((sentence, gives.start()) for sentence in self.heard if (gives := _GIVING.search(sentence)))
        named = (
            (sentence, token)
            for sentence, start in giving
            for token in tokens(sentence)
            if token.kind == "name" and token.at > start
        )
        return tuple(dict.fromkeys(token.key for sentence, token in named if _is_given(sentence, token)))

    @cached_property
    def own(self) -> frozenset[str]:
        """Keys of all names that are the paper's own."""
        return self.main | frozenset(self.given)


@lru_cache(maxsize=1024)
def abstract(title: str, sentences: tuple[str, ...]) -> Abstract:
    """Returns the abstract, looked at once for all claims about it, however many papers a week has."""
    return Abstract(title, sentences)


def _is_given(sentence: str, name: Token) -> bool:
    """Whether a sentence gives a name to what the paper proposes."""
    before = sentence[max(0, name.at - 120) : name.at]
    return any(pattern.search(before) for pattern in (_CALLING, _NAMING, _SHORTENING))


def _said(tokens: tuple[Token, ...]) -> list[str]:
    """The words and marks of a sentence, but for the marks at its end."""
    said = [token.low for token in tokens]
    while said and said[-1] in ".,;:!?":
        said.pop()
    return said


@dataclass(frozen=True)
class Claim:
    """One sentence and the sentences it cites."""

    text: str
    support: tuple[str, ...]
    """The cited sentences."""
    about: tuple[Abstract, ...]
    """The papers it speaks of."""

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Of the claim."""
        return tokens(self.text)

    @cached_property
    def cited(self) -> tuple[tuple[Token, ...], ...]:
        """Of each cited sentence."""
        return tuple(tokens(sentence) for sentence in self.support)

    @cached_property
    def cited_keys(self) -> frozenset[str]:
        """Of all cited sentences together."""
        return frozenset[str]().union(*map(keys, self.support))

    @cached_property
    def cited_words(self) -> frozenset[str]:
        """Of all cited sentences together, in lower case."""
        return frozenset(token.low for sentence in self.cited for token in sentence)

    @cached_property
    def cited_alone(self) -> Abstract:
        """The cited sentences, as if the paper had no others."""
        return abstract("", self.support)

    @cached_property
    def own(self) -> frozenset[str]:
        """Keys of the papers' own names."""
        return frozenset(key for paper in self.about for key in paper.own)

    @cached_property
    def coverage(self) -> float:
        """What part of its words the cited sentences have together."""
        mine = self.meant
        if mine and mine <= self.cited_keys:
            return 1.0
        return len(mine & (self.cited_keys | self.own)) / len(mine) if mine else 0.0

    @cached_property
    def closeness(self) -> float:
        """What part of its words one cited sentence has: near 1 where it repeats it, less where it paraphrases."""
        mine = self.meant
        if mine and any(mine <= keys(sentence) for sentence in self.support):
            return 1.0
        shared = (mine & (keys(sentence) | self.own) for sentence in self.support)
        return max(map(len, shared), default=0) / len(mine) if mine else 0.0

    @cached_property
    def meant(self) -> frozenset[str]:
        """Keys of its words with a meaning."""
        return frozenset(token.key for token in self.tokens if token.means)

    @cached_property
    def main(self) -> frozenset[str]:
        """Keys of the names that the papers are known by."""
        return frozenset(key for paper in self.about for key in paper.main)

    @cached_property
    def quotes_whole(self) -> bool:
        """Whether it is one of the cited sentences, word for word."""
        return _said(self.tokens) in map(_said, self.cited)

    @cached_property
    def quotes(self) -> bool:
        """Whether it stands word for word in a cited sentence, behind nothing that denies or hedges it."""
        mine = _said(self.tokens)
        for sentence in self.cited:
            theirs = _said(sentence)
            for at in range(len(theirs) - len(mine) + 1):
                if theirs[at : at + len(mine)] == mine:
                    return not any(word in NEGATORS or word in DENIALS or word in HEDGES for word in theirs[:at])
        return False

    @cached_property
    def line(self) -> Line:
        """The claim laid out."""
        return line(self.text, self.main)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The cited sentences laid out."""
        return tuple(line(sentence, self.main) for sentence in self.support)
