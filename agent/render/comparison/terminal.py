"""An answer in a terminal; plain text without colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.text import Text

from agent.render.cited import Said, Source
from agent.render.comparison.content import NOT_STATED, Answer, Line
from agent.render.layout import Page, linked

ABREAST = (2, 3)
"""How many papers stand beside each other where there is room."""
NARROWEST = 22
"""Cells of a column that still reads well."""
GAP = 3
LABEL = 24
"""Cells that the name of an aspect may take to stand beside what is said of it."""


def comparison(answer: Answer, *, width: int, color: bool) -> str:
    """Returns the answer as lines of at most `width` cells; only addresses may be longer."""
    page = Page(width, color=color)
    page.add(Text(answer.question, "bold"))
    page.gap()
    if answer.unanswered:
        page.add(Text(answer.unanswered, "yellow"))
        _listed(page, map(Text, answer.lacking))
    _sentences(page, answer)
    _table(page, answer.aspects, answer.lines)
    _closing(page, "Missing", map(Text, answer.missing))
    _closing(page, "Notes", map(Text, answer.notes))
    _consulted(page, answer.sources)
    instead, checks = Text(answer.instead, "yellow"), Text(answer.checks, "yellow" if answer.mended else "")
    _closing(page, "How it was made", filter(None, (*map(Text, answer.made), instead, checks, Text(answer.reading))))
    return page.text()


def _sentences(page: Page, answer: Answer) -> None:
    said = [_said(sentence) for sentence in answer.sentences]
    if answer.in_prose:
        page.add(Text(" ").join(said))
        return
    _listed(page, said)


def _table(page: Page, aspects: Sequence[str], lines: Sequence[Line]) -> None:
    """Papers beside each other where they are few and there is room, else below each other."""
    column = (page.width - GAP * (len(lines) - 1)) // max(len(lines), 1)
    if len(lines) in ABREAST and column >= NARROWEST:
        _abreast(page, aspects, lines, column)
        return
    for line in lines:
        page.gap()
        page.rule(Text(line.source.label, "bold cyan"), Text())
        _stacked(page, aspects, line)


def _abreast(page: Page, aspects: Sequence[str], lines: Sequence[Line], column: int) -> None:
    page.gap()
    page.columns([[Text(line.source.label, "bold cyan")] for line in lines], column, GAP)
    for number, aspect in enumerate(aspects):
        page.rule(Text(aspect, "dim"), Text())
        page.columns([[_cell(line.cells[number])] for line in lines], column, GAP)


def _stacked(page: Page, aspects: Sequence[str], line: Line) -> None:
    """The aspects of a paper, each behind its label, or below it where one of them is long."""
    longest = max(map(cell_len, aspects), default=0)
    beside = longest <= LABEL and page.width - longest - 2 >= NARROWEST
    for aspect, cell in zip(aspects, line.cells, strict=True):
        if beside:
            page.add(_cell(cell), longest + 2, Text(aspect, "dim"))
        else:
            page.add(Text(aspect, "dim"))
            page.add(_cell(cell), 2)


def _said(said: Said) -> Text:
    body, references, stop = said.parts
    return Text.assemble(body, (references, "dim"), stop)


def _cell(cell: Said | None) -> Text:
    return _said(cell) if cell else Text(NOT_STATED, "dim")


def _consulted(page: Page, sources: Sequence[Source]) -> None:
    _label(page, f"Papers consulted ({len(sources)})")
    for source in sources:
        shown = source.heading
        page.add(Text.assemble((shown.lead, "bold"), shown.joint, shown.rest), 5, Text(f"{source.number:>3}", "dim"))
        page.add(Text(source.facts, "dim"), 5)
        parts = [linked(link.label, link.url) for link in source.links]
        if parts:
            page.add_whole(parts, 5)


def _closing(page: Page, label: str, lines: Iterable[Text]) -> None:
    """A part below the answer: its label, then its lines; left out when it has none."""
    rows = list(lines)
    if rows:
        _label(page, label)
    _listed(page, rows)


def _listed(page: Page, lines: Iterable[Text]) -> None:
    for line in lines:
        page.add(line, 4, Text("  – "))


def _label(page: Page, label: str) -> None:
    page.gap()
    page.add(Text(label, "bold"))
