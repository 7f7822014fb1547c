"""The one sentence a busy reader gets."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter

from agent.grounding import check
from agent.grounding.words import FUNCTION, stem
from agent.models.embedded.abstract import Abstract, Clues, Sentence
from agent.models.embedded.clues import CONCLUDES
from agent.models.embedded.compress import MOST_WORDS, Shortening, says, shortenings
from agent.models.embedded.linear import score, weights
from agent.models.embedded.roles import ROLES
from agent.schema import Statement
from agent.text import words

_READ = 4
"""So many sentences are shortened; the others stand too far behind."""
_NAMED = 0.6
"""What it adds to a form that it says the name of what is proposed: readers look for it."""
_POINTING = 0.8
"""What it takes from a form that it points at a sentence which the reader does not see."""
_UNSAID = 0.8
"""What it takes from a form that it lacks a verb."""
_CONCLUDING = 1.5
"""What it adds to a sentence of a study that it is the conclusion."""
_ASIDE = 1.0
"""What it takes from a sentence that it tells what will be, or what the code is written in."""
_OLD = 1.0
"""What it takes from a sentence that it tells of the world before the paper."""


def tldr(abstract: Abstract) -> Statement:
    """Returns the sentence that best says what is new, in the form that best does so and that it carries.

    A linear model chooses, trained on SciTLDR (I. Cachola et al., "TLDR: Extreme Summarization of Scientific
    Documents", Findings of EMNLP 2020) to choose as the words of its summaries would.
    """
    texts = tuple(sentence.text for sentence in abstract.sentences)
    for sentence, form in ranked(abstract):
        statement = Statement(text=form.text, evidence=(sentence.number,))
        if form.text in sentence.text or not check(statement, texts, abstract.title):
            return statement
    return Statement(text=texts[0], evidence=(1,))


def ranked(abstract: Abstract) -> Iterator[tuple[Sentence, Shortening]]:
    """Yields the forms of at most thirty words, those of the best sentence first, then the longer ones."""
    gist = Gist(abstract)
    forms = sorted((_weighed(abstract, gist, sentence, before) for before, sentence in _placed(abstract)), key=_best)
    ordered = [row for of_one in forms for row in sorted(of_one, key=itemgetter(0), reverse=True)]
    for long in (False, True):
        yield from ((s, form) for _, s, form in ordered if (len(form.text.split()) > MOST_WORDS) is long)


Weighed = tuple[float, Sentence, Shortening]


def _placed(abstract: Abstract) -> list[tuple[float, Sentence]]:
    """Returns the sentences that are worth shortening, best first."""
    rows, model = zip(abstract.sentences, abstract.clues, strict=True), weights("tldr")
    found = [(score(model, clues) + _wanted(sentence, abstract), sentence) for sentence, clues in rows]
    return sorted(found, key=itemgetter(0), reverse=True)[:_READ]


def _wanted(sentence: Sentence, abstract: Abstract) -> float:
    """Returns what a reader wants of a sentence whatever its form, since few of the abstracts learned from have it."""
    concludes = abstract.kind in ("analysis", "theory") and CONCLUDES.match(sentence.text) is not None
    old = not sentence.cues.keys() & _AUTHORS and abstract.chances[sentence.number - 1][ROLES.index("background")] > 0.6
    return _CONCLUDING * concludes - _ASIDE * (_LATER_ON.search(sentence.text) is not None) - _OLD * old


_AUTHORS = frozenset(("own", "proposing", "studying", "finding"))
_LATER_ON = re.compile(
    r"\bwill be\b|\bwould\b|\blicen[cs]e\b|\b(?:is|are) (?:written|implemented) in\b|\breleased under\b"
    r"|\b(?:publicly|freely) available\b|\b[Ww]e (?:will )?release (?:the|our|all)\b"
)


def _weighed(abstract: Abstract, gist: Gist, sentence: Sentence, before: float) -> list[Weighed]:
    model = weights("tldr")
    return [
        (before + score(model, gist.clues(sentence, form)) + gist.reads(form), sentence, form)
        for form in shortenings(sentence.text, abstract.name)
    ]


def _best(forms: list[Weighed]) -> float:
    return -max((weight for weight, _, _ in forms), default=-math.inf)


_DANGLING = re.compile(
    r"\b(?:these|those|such an?|such|this|the (?:mentioned|aforementioned|above|existing))(?: \w+)?"
    r" (?:goals?|aims?|directions?|challenges?|obstacles?|issues?|problems?|limitations?|gaps?|skills?|needs?|demands?"
    r"|bias(?:es)?|difficult(?:y|ies)|questions?|shortcomings?|drawbacks?|abilit(?:y|ies)|gradients)\b"
    r"|\b(?:address|tackle|solve|mitigate|fill|bridge) the (?:issue|problem|gap|challenge)s?\b"
    r"|\bin (?:two|three|four|several) ways\b"
)
"""What points at a sentence that the reader does not see."""


@lru_cache(maxsize=64)
def _dangles(text: str) -> bool:
    """Whether a form points so; it is asked twice, for what was learned and for what a reader needs."""
    return _DANGLING.search(text) is not None


class Gist:
    """What an abstract is about: the words of its title, and those that come again in its sentences."""

    def __init__(self, abstract: Abstract) -> None:
        """Counts the words."""
        self._title = _meant(abstract.title.split())
        self._often = Counter(word for sentence in abstract.sentences for word in _meant(sentence.text.split()))
        self._count = len(abstract.sentences)
        self._name = abstract.name

    def clues(self, sentence: Sentence, form: Shortening) -> Clues:
        """Returns what speaks for one form of a sentence: what it is about, how long it is, what was left out."""
        pieces = form.text.split()
        said, length = _meant(pieces), len(pieces)
        shared = [self._often[word] - 1 for word in said]
        size = max(1, len(said))
        found: Clues = [(f"step {step}", 1) for step in sorted(form.steps)]
        found += [
            ("uncut", not form.steps & {"clause", "phrase"}), (f"length {min(length // 3, 14)}", 1),
            ("length", length / 20), ("length squared", (length / 20) ** 2),
            ("left of it", len(form.text) / len(sentence.text)),
            ("central", sum(shared) / size / self._count), ("central in all", sum(shared) / 4 / self._count),
            ("most central", max(shared, default=0) / self._count), ("alone", shared.count(0) / size),
            ("dangling", _dangles(form.text)), ("digit", _has_digit(form.text)),
            ("says name", self.says_name(form)),
        ]  # fmt: skip
        if self._title:
            both = len(said & self._title)
            found += [("titled", 1), ("title told", both / len(self._title)), ("title's share", both / size)]
            found += [("of title", both / 5), ("all of title", both == len(self._title))]
        return found

    def reads(self, form: Shortening) -> float:
        """Returns what a reader's needs add to the score that was learned from the words of summaries alone."""
        return _NAMED * self.says_name(form) - _POINTING * _dangles(form.text) - _UNSAID * (not says(form.text))

    def says_name(self, form: Shortening) -> bool:
        """Whether the form says what the proposed thing is called."""
        return self._name is not None and self._name in form.text


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None or (not text.isascii() and any(map(str.isdigit, text)))


_DIGIT = re.compile(r"\d")


def _meant(pieces: Iterable[str]) -> set[str]:
    """Returns the stems of the words with a meaning of their own, compounds parted, in pieces without spaces."""
    return set().union(*map(_stems, pieces))


@lru_cache(maxsize=50_000)
def _stems(piece: str) -> tuple[str, ...]:
    """Returns the stems that a piece adds; abstracts share most of theirs."""
    return tuple(stem(part) for word in words(piece) for part in word.split("-") if part not in FUNCTION)
