"""What a topic is about in two or three sentences, each out of cited sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agent.models.embedded.topics.clauses import UNNAMED, deed, finding, finished, outcome
from agent.schema import DraftSentence, NumberedCitation, Statement, SummarizedPaper

_OF_A_DEED = 28
_OF_AN_OUTCOME = 34
_READ = 12
"""So many papers, the most typical, may be told of."""


@dataclass(frozen=True)
class Clause:
    """Words about one paper and where they stand in it."""

    text: str
    cite: NumberedCitation


def overview(papers: Sequence[tuple[int, SummarizedPaper]]) -> tuple[DraftSentence, ...]:
    """Returns what some of the papers do, and a measured result of another.

    The papers come with their numbers, most typical first. Each sentence has one paper's work, or `One paper`, for its
    subject: what one paper says is never told as if the field said so. Every word stands in the cited sentences but
    for `One paper`, `another`, `finds that`, `reports that`, `is`, `a` and `an`, and the ending of `proposes` where
    the authors say `we propose`. Empty where nothing can be told so.
    """
    read = papers[:_READ]
    deeds = list(_deeds(read))
    first = {clause.cite.paper for clause in deeds[:2]}
    results = [clause for clause in _outcomes(read) if clause.cite.paper not in first and not _doubtful(clause)]
    chosen: dict[int, Clause] = {}
    for clause in (*deeds[:2], *results[:1], *deeds[2:], *results[1:]):
        chosen.setdefault(clause.cite.paper, clause)
    return tuple(_sentences(list(chosen.values())[:3]))


def _deeds(papers: Iterable[tuple[int, SummarizedPaper]]) -> list[Clause]:
    """Returns at most one clause a paper: those of named work first, and last those that praise or report."""
    clauses = [clause for number, item in papers if (clause := _deed(number, item))]
    return sorted(clauses, key=_doubtful)


def _doubtful(clause: Clause) -> int:
    return 2 * praises(clause.text) + clause.text.startswith(UNNAMED)


def praises(text: str) -> bool:
    """Returns whether a text makes claims that an editor would not repeat, or says nothing of the work."""
    return bool(_PRAISES.search(text))


_PRAISES = re.compile(
    r"\b(?:most|best|first-ever|comprehensive|surprising(?:ly)?|remarkabl[ey]|significant(?:ly)?|impressive|superior"
    r"|state-of-the-art|SOTA|effective(?:ly)?|powerful|outstanding|various|numerous|advanced|seamless(?:ly)?"
    r"|thorough(?:ly)?|substantial(?:ly)?|great(?:ly)?|extreme(?:ly)?|notabl[ey]|high-quality|excellent|superiority|effectiveness|efficacy"
    r"|released|available|licen[cs]ed?|written in|thus|therefore|hence)\b",
    re.I,
)
"""Claims of authors that an editor would not repeat, and words that say nothing of the work."""


def _deed(number: int, item: SummarizedPaper) -> Clause | None:
    summary = item.summary
    told = [
        clause
        for statement in (summary.tldr, *summary.approach)
        if (text := deed(statement.text, summary.name, _OF_A_DEED))
        for clause in _cited(text, number, item, statement)
    ]
    plain = {word for sentence in item.paper.sentences for word in sentence.split()[1:] if word.islower()}
    told += [
        clause
        for statement in (summary.findings[:1] if not told else ())
        if (text := finding(statement.text, plain, _OF_AN_OUTCOME))
        for clause in _cited(text, number, item, statement)
    ]
    return min(told, key=_doubtful, default=None)


def _outcomes(papers: Iterable[tuple[int, SummarizedPaper]]) -> Iterator[Clause]:
    """Yields what named work measured."""
    for number, item in papers:
        for statement in item.summary.findings:
            text = outcome(statement.text, item.summary.name, _OF_AN_OUTCOME)
            if text and _MEASURED.search(text):
                yield from _cited(text, number, item, statement)


_MEASURED = re.compile(r"\d\s?(?:%|percent|[x×]\b|times\b|-?fold|points)|(?<![\w.-])\d+\.\d+(?![\w.-])")


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
            text = "Another paper" + text.removeprefix(UNNAMED) if unnamed else text
            unnamed += 1
        yield DraftSentence(text=finished(text), cites=(clause.cite,))
