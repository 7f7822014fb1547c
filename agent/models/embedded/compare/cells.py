"""What one paper says of one aspect: sentences of its abstract, shortened where that is sound."""

from __future__ import annotations

from collections.abc import Sequence

from agent.models.embedded.abstract import Sentence
from agent.models.embedded.compare.aspects import DEFAULTS, Aspect
from agent.models.embedded.compare.concepts import Concept
from agent.models.embedded.compare.papers import Read
from agent.models.embedded.compare.phrases import phrase, said
from agent.models.embedded.compress import shortenings
from agent.models.embedded.roles import ROLES
from agent.schema import Cell

SPOKEN = 0.6
"""How well a sentence must speak of something to be about it."""
_ENOUGH, _PLAINLY = 0.45, 0.75
"""The weight below which a sentence does not tell of an aspect: of those of every paper, and of any other."""
_AS_GOOD = 0.85
"""A second sentence stands beside the best one if its weight is this part of the best one's at least."""
_LONGEST = 50
"""Words of a sentence in a cell, where it can be shortened to them."""


def cells(chosen: Sequence[Aspect], paper: Read, wanted: Sequence[Concept], most: int) -> tuple[Cell, ...]:
    """Returns a cell for each aspect, with up to `most` sentences; what the question speaks of comes first."""
    used: set[int] = set()
    made = []
    for aspect in chosen:
        numbers = _numbers(aspect, paper, wanted, used, most)
        used.update(numbers)
        texts = [shortened(paper.sentences[number - 1], aspect, paper.name) for number in numbers]
        made.append(Cell(text=" ".join(texts) or None, evidence=tuple(numbers)))
    return tuple(made)


def _numbers(aspect: Aspect, paper: Read, wanted: Sequence[Concept], used: set[int], most: int) -> list[int]:
    """The numbers of the sentences that tell of an aspect, in order."""
    weights = {s.number: _weight(aspect, paper, s, wanted, again=s.number in used) for s in paper.sentences}
    enough = _ENOUGH if aspect.label in DEFAULTS else _PLAINLY
    best = max(weights.values(), default=0.0)
    if best < enough:
        return []
    fitting = [number for number, weight in weights.items() if weight >= max(enough, _AS_GOOD * best)]
    ranked = sorted(fitting, key=lambda number: (-weights[number], number))
    return sorted(ranked[: 1 if aspect.figures else most])


def _weight(aspect: Aspect, paper: Read, sentence: Sentence, wanted: Sequence[Concept], *, again: bool) -> float:
    """How much a sentence tells of an aspect; about 1 where it plainly does, less where it is in the row already."""
    number = sentence.number
    if paper.is_background(number) and "background" not in aspect.roles:
        return 0.0
    if aspect.concepts:
        told = _told(aspect, paper, number)
        if told < (SPOKEN if len(aspect.concepts) == 1 else SPOKEN / 2):
            return 0.0
        if aspect.figures and not paper.counts(aspect.concepts[0], number):
            return 0.0
        return told + 0.3 + _relevance(paper, number, wanted) - 0.2 * again
    signs = sum(said(sign, paper.rows[number - 1]) == 1 for sign in aspect.signs)
    if not signs or (aspect.figures and not any(map(str.isdigit, sentence.text))):
        return 0.0
    role = sum(paper.abstract.chances[number - 1][ROLES.index(role)] for role in aspect.roles)
    figures = 0.3 * sentence.quantified if aspect.figures else 0.0
    return 0.15 * min(4, signs) + 0.6 * role + figures + _relevance(paper, number, wanted) - 0.2 * again


def _told(aspect: Aspect, paper: Read, number: int) -> float:
    """How well a sentence speaks of all that an aspect is about."""
    return sum(paper.states(concept, number) for concept in aspect.concepts) / len(aspect.concepts)


def _relevance(paper: Read, number: int, wanted: Sequence[Concept]) -> float:
    """A little more for what the question speaks of."""
    return 0.4 * sum(paper.states(concept, number) for concept in wanted) / len(wanted) if wanted else 0.0


def shortened(sentence: Sentence, aspect: Aspect, name: str | None) -> str:
    """Returns the longest form of a sentence that is short enough and still tells of the aspect, else the whole."""
    forms = [form.text for form in shortenings(sentence.text, name)]
    fitting = [form for form in forms if len(form.split()) <= _LONGEST and _tells(form, sentence, aspect)]
    return max(fitting, key=len, default=forms[0])


def _tells(form: str, sentence: Sentence, aspect: Aspect) -> bool:
    if aspect.figures and sum(map(str.isdigit, form)) < sum(map(str.isdigit, sentence.text)):
        return False
    whole, part = phrase(sentence.text), phrase(form)
    return all(concept.told(part) >= min(SPOKEN, concept.told(whole)) for concept in aspect.concepts)
