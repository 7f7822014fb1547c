"""What a topic is about in two or three sentences, each out of cited sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from agent.models.embedded.topics.clauses import UNNAMED, deed, finished, outcome, stands_alone
from agent.models.embedded.topics.phrases import key
from agent.schema import DraftSentence, NumberedCitation, Statement, SummarizedPaper
from agent.text import words

_MOST_WORDS = 45
_OF_A_DEED = 26
_READ = 12
"""So many papers, the most typical, may be told of."""


@dataclass(frozen=True)
class Clause:
    """Words about one paper and where they stand in it."""

    text: str
    cite: NumberedCitation


def overview(papers: Sequence[tuple[int, SummarizedPaper]], telling: Mapping[str, float]) -> tuple[DraftSentence, ...]:
    """Returns what the papers start from, what some of them do, and a headline result.

    The papers come with their numbers, most typical first; `telling` says how much a word tells of the topic. Every
    word stands in the cited sentences but for `One paper`, `another`, `is`, `a` and `an`, and the ending of `proposes`
    where the authors say `we propose`. Empty where no sentence stands alone.
    """
    read = papers[:_READ]
    gap = _central(_gaps(read), telling)
    deeds = list(islice(_deeds(read), 2 if len(papers) > 1 else 1))
    told = [clause.cite for clause in (*deeds, *gap)]
    result = _headline(clause for clause in _outcomes(read) if clause.cite not in told)
    chosen = [*gap, *deeds, *result][:3] or _plain(read)
    return tuple(_sentences(chosen[-2:] if len(papers) < 3 else chosen))


def _gaps(papers: Iterable[tuple[int, SummarizedPaper]]) -> Iterator[Clause]:
    for number, item in papers:
        for statement in item.summary.problem:
            if 8 <= len(statement.text.split()) <= 34 and stands_alone(statement.text):
                yield from _cited(statement.text, number, item, statement)


def _central(clauses: Iterable[Clause], telling: Mapping[str, float]) -> list[Clause]:
    """Returns the clause whose words tell most of the topic, the first of those alike, or none."""

    def weight(clause: Clause) -> float:
        found = {key(word) for word in words(clause.text)}
        told = math.fsum(telling.get(word, 0.0) for word in found) / math.sqrt(len(found) + 8)
        # A sentence on `the …` often speaks of something that was said before.
        return told * (0.7 if clause.text.startswith("The ") else 1.0)

    return sorted((clause for clause in clauses if weight(clause) > 0.0), key=weight, reverse=True)[:1]


def _deeds(papers: Iterable[tuple[int, SummarizedPaper]]) -> Iterator[Clause]:
    """Yields at most one clause a paper, those of named work first."""
    unnamed = []
    for number, item in papers:
        clause = next(_deeds_of(number, item), None)
        if clause and clause.text.startswith(UNNAMED):
            unnamed.append(clause)
        elif clause:
            yield clause
    yield from unnamed


def _deeds_of(number: int, item: SummarizedPaper) -> Iterator[Clause]:
    summary = item.summary
    found: list[Clause] = []
    findings = summary.findings[:1] if summary.contribution in ("analysis", "theory", "survey") else ()
    for statement in (summary.tldr, *summary.approach, *findings):
        text = deed(statement.text, summary.name, _OF_A_DEED)
        if text:
            found += _cited(text, number, item, statement)
    yield from sorted(found, key=lambda clause: clause.text.startswith(UNNAMED))


def _outcomes(papers: Iterable[tuple[int, SummarizedPaper]]) -> Iterator[Clause]:
    for number, item in papers:
        for statement in item.summary.findings:
            text = outcome(statement.text, item.summary.name, 34)
            if text:
                yield from _cited(text, number, item, statement)


def _headline(clauses: Iterable[Clause]) -> list[Clause]:
    """Returns the first clause with a measured value, else the first one, or none."""
    return sorted(clauses, key=lambda clause: not _MEASURED.search(clause.text))[:1]


_MEASURED = re.compile(r"\d\s?(?:%|percent|[x×]\b|times\b|-?fold|points)|\d\.\d")


def _plain(papers: Iterable[tuple[int, SummarizedPaper]]) -> list[Clause]:
    """Returns the first statement that stands alone as it is, or none."""
    for number, item in papers:
        summary = item.summary
        for statement in (*summary.findings, summary.tldr, *summary.approach, *summary.problem):
            if 0 < len(statement.text.split()) <= _MOST_WORDS and stands_alone(statement.text):
                return list(_cited(statement.text, number, item, statement))
    return []


def _cited(text: str, number: int, item: SummarizedPaper, statement: Statement) -> Iterator[Clause]:
    """Yields the clause if the sentences it cites exist."""
    evidence = tuple(place for place in statement.evidence if 0 < place <= len(item.paper.sentences))
    if evidence:
        yield Clause(text, NumberedCitation(paper=number, evidence=evidence))


def _sentences(clauses: Iterable[Clause]) -> Iterator[DraftSentence]:
    """Yields each clause as a sentence of its own, so that each citation stands behind what it carries."""
    unnamed = 0
    for clause in clauses:
        text = clause.text
        if text.startswith(UNNAMED):
            text = "Another" + text.removeprefix(UNNAMED) if unnamed else text
            unnamed += 1
        yield DraftSentence(text=finished(text), cites=(clause.cite,))
