"""Answers to questions about several papers, out of their sentences; no answer where they state none."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Any

from agent.models.embedded.compare.aspects import aspects
from agent.models.embedded.compare.called import key
from agent.models.embedded.compare.cells import SPOKEN, cells
from agent.models.embedded.compare.concepts import Concept, concepts
from agent.models.embedded.compare.papers import Read, read
from agent.models.embedded.compare.phrases import Phrase, stands
from agent.models.embedded.compare.prose import prose
from agent.models.embedded.compare.question import read as read_question
from agent.models.embedded.compare.question import without_lead
from agent.models.embedded.compare.stating import unstated
from agent.schema import Cell, ComparisonDraft, RowDraft

FEW = 3
"""Up to so many papers are told of at length."""


def compare(question: str, papers: Sequence[Mapping[str, Any]]) -> ComparisonDraft:
    """Returns the answer to a question about papers, each given as a clean title and clean sentences.

    Every text is a sentence of an abstract, or a part of one; in the answer the paper's name may stand before it. A
    cell is empty where no sentence tells of its aspect. Nothing is answered where the papers state nothing of what is
    asked: then `missing` says what.
    """
    asked, known = read_question(question), read(papers)
    wanted = _wanted([without_lead(clause) for clause in asked.clauses], known)
    missing = unstated(asked, known, wanted)
    if missing.nothing_stated:
        return ComparisonDraft(answered=False, missing=missing.phrases)
    criterion = [concept for concept in wanted if concept.printed in asked.criterion] if asked.wants_papers else []
    own = [concept for concept in wanted if concept.is_term and concept not in criterion and _spoken_of(concept, known)]
    chosen = aspects(asked, criterion, own)
    most = 2 if len(known) <= FEW else 1
    rows = [cells(chosen, paper, wanted, most) for paper in known]
    kept = _telling(rows)
    return ComparisonDraft(
        answered=True,
        answer=prose(asked, known, wanted, criterion),
        aspects=tuple(chosen[place].label for place in kept),
        rows=tuple(
            RowDraft(paper=paper.number, cells=tuple(row[place] for place in kept))
            for paper, row in zip(known, rows, strict=True)
        ),
        missing=missing.phrases,
    )


def _telling(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The columns that say something, and not for every paper what stands in an earlier one already."""
    kept: list[int] = []
    for place in range(len(rows[0]) if rows else 0):
        said = [{number for other in kept for number in row[other].evidence} for row in rows]
        if any(not told.issuperset(row[place].evidence) for told, row in zip(said, rows, strict=True)):
            kept.append(place)
    return kept


def _wanted(clauses: Sequence[str], papers: Sequence[Read]) -> list[Concept]:
    """What the question speaks of besides the papers' names."""

    def together(pair: Phrase) -> bool:
        return any(stands(pair, row) for paper in papers for row in paper.rows)

    names = {key(name) for paper in papers for name in paper.names}
    found = [concept for clause in clauses for concept in concepts(_without(names, clause), together)]
    return list({concept.printed: concept for concept in found}.values())


def _without(names: Container[str], clause: str) -> str:
    """A clause with a mark in the place of each name, however it is spelt."""
    words = clause.split(" ")
    for size in range(_LONGEST, 0, -1):
        for start in range(len(words) - size + 1):
            if key(_POSSESSIVE.sub("", " ".join(words[start : start + size]))) in names:
                words[start : start + size] = ["|"] * size
    return " ".join(words)


_LONGEST = 4
_POSSESSIVE = re.compile(r"['’]s\b")


def _spoken_of(concept: Concept, papers: Sequence[Read]) -> bool:
    return any(concept.told(row) >= SPOKEN for paper in papers for row in paper.rows)
