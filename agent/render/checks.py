"""What a check found, for an editor: each violation with the two texts side by side, then the counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from rich.text import Text

from agent.checkup import CheckReport, PlacedViolation, Yours
from agent.render.layout import Page
from agent.render.safe import printable
from agent.render.words import counted

SIDE_BY_SIDE = 100
"""Columns from which two texts stand beside each other."""
GAP = 3
QUOTES = ("»", "«")
"""What is wrong is set between these, so that it is seen without colour too."""


def check(report: CheckReport, format: Literal["terminal", "json"], *, width: int = 80, color: bool = False) -> str:  # noqa: A002
    """Returns the report of a check, ended by a newline; width and colour are the terminal's."""
    if format == "json":
        from agent.render.json import pretty

        return pretty(report)
    page = Page(width, color=color)
    for _, found in groupby(report.violations, key=lambda one: (one.source, one.field, one.text)):
        _statement(page, list(found))
    _yours(page, report.yours)
    _unreadable(page, report)
    page.gap()
    for line in _counts(report):
        page.add(Text(line, "red" if report.blocked else ""))
    return page.text()


def _statement(page: Page, found: Sequence[PlacedViolation]) -> None:
    """A statement: where it stands, what is wrong with it, and what it cites."""
    first = found[0]
    page.gap()
    place = " · ".join(printable(part) for part in (first.source, first.field) if printable(part))
    blocks = any(one.blocks for one in found)
    page.rule(Text(place, "bold"), Text("blocks", "bold red") if blocks else Text("warns", "yellow"))
    page.add(Text(_titles(first.titles), "dim"))
    page.gap()
    for one in found:
        where = f" »{printable(one.found)}«" if printable(one.found) not in ("", printable(one.text)) else ""
        style = "bold red" if one.blocks else "yellow"
        page.add(Text.assemble((one.kind, style), where, ": ", printable(one.reason)), 2)
    page.gap()
    numbers = f" [{','.join(map(str, first.evidence))}]" if first.evidence else ""
    cited = Text(printable(first.support) or "no sentence that could carry it") + Text(numbers, "dim")
    _texts(page, _marked(found), cited)


def _titles(titles: Sequence[str]) -> str:
    return f"{printable(titles[0])}{f' and {len(titles) - 1} more' if len(titles) > 1 else ''}" if titles else ""


def _marked(found: Sequence[PlacedViolation]) -> Text:
    """The statement with each part that is not carried set off; none where it is all of it."""
    said = printable(found[0].text)
    parts = {part for one in found for part in _parts(said, printable(one.found)) if part != said}
    if not parts:
        return Text(said, "red")
    pattern = "|".join(
        rf"(?<!\w){re.escape(part)}(?!\w)" for part in sorted(parts, key=lambda part: (-len(part), part))
    )
    marked, at = Text(), 0
    for match in re.finditer(pattern, said):
        marked.append(said[at : match.start()])
        marked.append(match[0].join(QUOTES), "bold red")
        at = match.end()
    return marked.append(said[at:])


def _parts(said: str, wrong: str) -> list[str]:
    """What is wrong as it stands in the statement: in one piece, or word by word."""
    return [wrong] if wrong and wrong in said else [part for part in wrong.split() if part in said]


def _texts(page: Page, written: Text, cited: Text) -> None:
    """What is written and what is cited, beside each other where there is room."""
    if page.width < SIDE_BY_SIDE:
        page.add(written, 10, Text("  written ", "dim"))
        page.add(cited, 10, Text("  cited   ", "dim"))
        return
    column = (page.width - 2 - GAP) // 2
    page.columns([(Text("written", "dim"), written), (Text("cited", "dim"), cited)], column, GAP, indent=2)


def _yours(page: Page, yours: Sequence[Yours]) -> None:
    if yours:
        page.gap(1)
        page.add(Text("Yours: not checked", "bold"))
    for one in yours:
        page.add(Text(printable(one.text)), 4, Text("  – "))
        page.add(Text(f"{one.kind}, {printable(one.source)}", "dim"), 4)


def _unreadable(page: Page, report: CheckReport) -> None:
    if report.unreadable:
        page.gap(1)
        page.add(Text("Unreadable", "bold"))
    for remark in report.unreadable:
        page.add(Text(printable(f"{remark.source}: {remark.reason}")), 4, Text("  – "))


def _counts(report: CheckReport) -> Iterator[str]:
    """The closing lines; the counts add up, and where they do not it is said."""
    sign = "=" if report.closes else "≠"
    told = f"{report.sound} sound + {report.warned} warned + {report.blocked} blocked"
    yield f"{printable(report.source)}: {counted(report.checked, 'statement')} checked {sign} {told}"
    yield (
        f"about {counted(report.papers, 'paper')}; {len(report.yours)} yours, not checked; "
        f"{len(report.unreadable)} unreadable"
    )
