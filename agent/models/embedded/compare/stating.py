"""Whether papers state what is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.models.embedded.compare.cells import SPOKEN
from agent.models.embedded.compare.concepts import Concept
from agent.models.embedded.compare.papers import Read
from agent.models.embedded.compare.question import Question


@dataclass(frozen=True)
class Unstated:
    """What papers do not state."""

    phrases: tuple[str, ...]
    """In the question's words."""
    nothing_stated: bool
    """Whether they state nothing of what is asked."""


def unstated(question: Question, papers: Sequence[Read], wanted: Sequence[Concept]) -> Unstated:
    """Returns what of a question the papers do not state.

    A clause that asks for a number is stated where a number stands beside what it counts; one that asks which model or
    dataset, where a name does; one that asks who is ahead, where one of the papers names the other. A question for all
    papers of a kind has its answer in which papers there are.
    """
    if question.wants_papers:
        return Unstated((), nothing_stated=not papers)
    if question.is_contest and len(papers) > 1:
        met = _met(papers)
        return Unstated(() if met else (_versus(papers),), nothing_stated=not met)
    asked = [clause for clause in question.clauses if _ASKS.match(clause)] or list(question.clauses)
    lacking = [told for clause in asked if (told := _lacking(question, clause, papers, wanted))]
    return Unstated(tuple(lacking), nothing_stated=len(lacking) == len(asked))


_ASKS = re.compile(
    r"\W*(?:(?:and|but|so|or|for|on|in|at|by|with|against|up to|exactly|from) )?"
    r"(?:which|what|how|why|who|whose|where|when|does|do|did|is|are|was|were|can|could|should|compare|tell)\b",
    re.IGNORECASE,
)
"""How a clause begins that asks something, rather than says what the question is about."""


def _met(papers: Sequence[Read]) -> bool:
    """Whether one of the papers names another."""
    return any(
        one.calls(other, sentence.number)
        for one in papers
        for other in papers
        if one is not other
        for sentence in one.sentences
    )


def _versus(papers: Sequence[Read]) -> str:
    return " against ".join(paper.name or paper.abstract.title for paper in papers)


def _lacking(question: Question, clause: str, papers: Sequence[Read], wanted: Sequence[Concept]) -> str:
    """What a clause asks for, in its words, where no paper states it; else nothing."""
    spoken = (concept for concept in wanted if re.search(rf"(?<!\w){re.escape(concept.printed)}(?!\w)", clause))
    about = sorted(spoken, key=lambda concept: clause.find(concept.printed))
    terms = [concept for concept in about if concept.is_term]
    if _AUTHORS.search(clause):
        return clause if len(clause.split()) <= _SHORT else "authors"
    if not about and not _HOW_MANY.search(clause):
        return ""
    if question.asks_figure(clause):
        counted = _counted(clause, about)
        reach = _BESIDE if _HOW_MANY.search(clause) else _NEAR
        units = [concept for concept in about if _UNIT.search(concept.printed)]
        counted = units or counted
        stated = (not units and bool(_SIZE.search(clause))) or _somewhere(
            papers, counted, lambda paper, concept, number: paper.counts(concept, number, reach)
        )
    elif _WHETHER.match(clause) and 0 < len(about) <= _FEW:
        counted = about
        stated = any(
            all(paper.states(concept, sentence.number) >= SPOKEN for concept in about)
            and not paper.is_background(sentence.number)
            for paper in papers
            for sentence in paper.sentences
        )
    elif terms and _WHICH.search(clause):
        counted = terms[:1]
        stated = _somewhere(papers, counted, lambda paper, _, number: paper.has_entity(number))
    else:
        counted = about
        specific = len(about) > 1 or " " in about[0].printed
        stated = not specific or _somewhere(papers, about, lambda *_: True)
    if stated:
        return ""
    return clause if len(clause.split()) <= _SHORT else ", ".join(concept.printed for concept in counted)


_SHORT = 12
"""Words of a clause that is told as it is."""


def _counted(clause: str, about: Sequence[Concept]) -> list[Concept]:
    """What is to be counted: what stands behind `how many`, else any of the terms."""
    many = _HOW_MANY.search(clause)
    if not many:
        return [concept for concept in about if concept.is_term] or list(about)
    behind = [concept for concept in about if clause.find(concept.printed) in range(many.start(1), many.end())]
    found = behind or [Concept(many[1], {many[1]: 1.0}, is_term=True)]
    alike = dict.fromkeys(_DATA if any(concept.printed.lower() in _DATA for concept in found) else (), 1.0)
    return [replace(concept, written={**concept.written, **alike}) for concept in found]


_DATA = tuple("samples examples items instances entries pairs questions problems images videos clips documents".split())
"""Words for the pieces of data, of which a question says one and an abstract another."""
_BESIDE, _NEAR = 6, 7
"""Words between a number and what is counted, and between a score and its measure."""
_HOW_MANY = re.compile(
    r"\bhow (?:many|much) (?!(?:does|do|did|is|are|was|were|can|could|of|has|have|would|will|it|they)\b)"
    r"(?:more |less |fewer )?([\w-]+)(?: [\w-]+)?",
    re.IGNORECASE,
)


def _somewhere(
    papers: Sequence[Read], concepts: Sequence[Concept], holds: Callable[[Read, Concept, int], bool]
) -> bool:
    """Whether a sentence of a paper speaks of one of some things, and something else holds of it."""
    return any(
        paper.states(concept, sentence.number) >= SPOKEN and holds(paper, concept, sentence.number)
        for paper in papers
        for sentence in paper.sentences
        for concept in concepts
    )


_SIZE = re.compile(
    r"\bby how\b|\bhow (?:fast|big|large|long|small|high|near|badly|well|far|hard)\b"
    r"|\b(?:numbers|figures|gains?|improvements?|savings?|margins?|costs?)\b",
    re.IGNORECASE,
)
"""Asks for a number without saying what is counted."""
_UNIT = re.compile(r"\b(?:dollars?|usd|euros?|tonnes?|kwh|gpu hours?|hours?|days?|watts?)\b", re.IGNORECASE)
"""Asks for a number in a unit."""
_AUTHORS = re.compile(
    r"\bwho (?:wrote|made|developed|published)\b|\bauthors? of\b|\bdo (?:they|the authors) work\b|\bwhen was\b",
    re.IGNORECASE,
)
"""Asks for what no abstract holds."""
_WHETHER = re.compile(r"\W*(?:does|do|did|is|are|has|have) ", re.IGNORECASE)
"""Asks whether something is so."""
_FEW = 2
_WHICH = re.compile(
    r"\b(?:which|what) (?:[\w-]+ ){0,3}?(?:llm|language model|encoder|backbone|base model|dataset|corpus|benchmark|gpu"
    r"|hardware|licen[cs]e|optimi[sz]er)s?\b",
    re.IGNORECASE,
)
"""Asks for a name."""
