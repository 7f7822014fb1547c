"""Answers as rows for spreadsheets and scripts, safe to open in either."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator

from agent.render.cited import Citation, Said, Source
from agent.render.comparison.content import Answer

HEAD = ("question", "answered", "part", "paper", "paper_id", "title", "aspect", "text", "evidence")
"""A row holds one text of one paper, so that questions with different aspects fit below each other.

`part` is `answer`, `cell`, `missing`, `note` or `consulted`. A cell without text is not stated in the abstract.
"""


def head() -> str:
    """Returns the names of the columns."""
    return _lines([HEAD])


def comparison(answer: Answer) -> str:
    """Returns the rows of an answer, at least one: that a question was not answered is a row too."""
    answered = "no" if answer.unanswered else "yes"
    return _lines((answer.question, answered, *row) for row in _rows(answer))


def _rows(answer: Answer) -> Iterator[tuple[str, ...]]:
    for sentence in answer.sentences:
        for citation in sentence.citations:
            yield _row("answer", sentence.text, citation)
    if not answer.sentences:
        yield _row("answer", answer.unanswered)
    for line in answer.lines:
        for aspect, cell in zip(answer.aspects, line.cells, strict=True):
            yield _cell(cell, line.source, aspect)
    yield from (_row("missing", text) for text in (*answer.lacking, *answer.missing))
    yield from (_row("note", text) for text in filter(None, (*answer.notes, answer.instead)))
    yield from (_row("consulted", source.why, Citation(source, ())) for source in answer.sources)


def _cell(cell: Said | None, source: Source, aspect: str) -> tuple[str, ...]:
    citation = cell.citations[0] if cell else Citation(source, ())
    return _row("cell", cell.text if cell else "", citation, aspect)


def _row(part: str, text: str, citation: Citation | None = None, aspect: str = "") -> tuple[str, ...]:
    if not citation:
        return (part, "", "", "", aspect, text, "")
    paper = citation.source
    return (part, str(paper.number), paper.shown_id, paper.heading.whole, aspect, text, citation.sentences)


def _lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows as RFC 4180 has them, which is what the module writes by default."""
    file = io.StringIO()
    csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue()


def harmless(cell: str) -> str:
    """Returns a cell that no spreadsheet takes for a formula: an apostrophe goes before what could begin one.

    Full-width signs are folded by some spreadsheets, and leading blanks passed over (OWASP, CSV Injection).
    """
    begun = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if begun.startswith(("=", "+", "-", "@")) or cell.startswith(("\t", "\r")) else cell
