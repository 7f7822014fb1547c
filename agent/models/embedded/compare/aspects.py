"""In what papers are compared: what the question asks of each, else what any comparison tells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from agent.grounding.words import stems
from agent.models.embedded.compare.concepts import Concept
from agent.models.embedded.compare.phrases import Phrase, phrase, said
from agent.models.embedded.compare.question import Question
from agent.models.embedded.topics.words import EVALUATIVE, VERBS
from agent.schema import Role

MOST = 6
"""Aspects of one comparison."""


@dataclass(frozen=True)
class Aspect:
    """Something that is told of each paper."""

    label: str
    concepts: tuple[Concept, ...] = ()
    """What a sentence must speak of; empty for an aspect of the vocabulary."""
    signs: tuple[Phrase, ...] = ()
    """What sentences on an aspect of the vocabulary often say."""
    roles: frozenset[Role] = frozenset()
    """The roles that its sentences have."""
    figures: bool = False
    """Whether it is told in numbers."""


@dataclass(frozen=True)
class _Known:
    """An aspect of the vocabulary, and the words of questions that ask for it."""

    asked: tuple[Phrase, ...]
    aspect: Aspect


@lru_cache(maxsize=1)
def vocabulary() -> tuple[_Known, ...]:
    """Returns the aspects that any comparison of papers may have, in the order in which they are told."""
    listed = tomllib.loads((files("agent.models.embedded.compare") / "data" / "aspects.toml").read_text("utf-8"))
    return tuple(
        _Known(
            _phrases(table["asked"]),
            Aspect(label, (), _phrases(table["signs"]), frozenset(table["roles"]), table.get("figures", False)),
        )
        for label, table in listed.items()
    )


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(phrase(part) for part in text.split(","))


DEFAULTS = ("Approach", "Result")
"""Told where the question asks for little."""
_LEAST = 3
_LONGEST = 6
"""Words over a column."""
FITS = "Why it fits"
"""The aspect that tells of each paper how it is of the kind that the question asks for."""


def aspects(question: Question, criterion: Sequence[Concept], own: Sequence[Concept]) -> list[Aspect]:
    """Returns what is told of each paper: what the question names, what it asks for in common words, then the usual.

    `criterion` is what papers of the kind that is asked for speak of; `own` are the things that are asked of each.
    """
    fits = [Aspect(FITS, tuple(criterion))] if criterion else []
    named = [
        Aspect(_label(concept), (concept,), figures=question.asks_figure(concept.printed))
        for concept in own
        if len(concept.printed.split()) <= _LONGEST and not _acts(concept.printed)
    ]
    clauses = [clause for clause in question.clauses if not criterion or clause != question.criterion]
    asked = [known.aspect for known in _asked(clauses)]
    chosen = {aspect.label: aspect for aspect in (*fits, *named[: MOST - 2], *asked)}
    for known in vocabulary():
        if known.aspect.label in DEFAULTS and (len(chosen) < _LEAST or not criterion):
            chosen.setdefault(known.aspect.label, known.aspect)
    return list(chosen.values())[:MOST]


def _asked(clauses: Sequence[str]) -> Iterator[_Known]:
    """Yields the aspects of the vocabulary that some clauses ask for, the most plainly asked first."""
    texts = [phrase(clause) for clause in clauses]
    counts = [
        (sum(said(word, text) == 1 for word in known.asked for text in texts), -number, known)
        for number, known in enumerate(vocabulary())
    ]
    for count, _, known in sorted(counts, key=lambda one: one[:2], reverse=True):
        if count:
            yield known


def _acts(words: str) -> bool:
    """Whether some words are a verb or a judgement rather than a thing."""
    return " " not in words and not _ACTING.isdisjoint(phrase(words))


_ACTING = frozenset(stems(sorted(VERBS | EVALUATIVE)))


_COUNT = re.compile(r"^(?:how )?(?:many|much) ", re.IGNORECASE)


def _label(concept: Concept) -> str:
    text = _COUNT.sub("", concept.printed)
    return text[:1].upper() + text[1:]
