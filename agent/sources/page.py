"""Saved pages of a trending-papers listing: titles and abstracts as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agent.schema import Paper
from agent.sources.abstracts import Entry, entries
from agent.sources.calendar import Calendar
from agent.sources.dates import parse_day
from agent.sources.decoding import Line, clean
from agent.sources.labels import TITLE, label
from agent.sources.navigation import without_navigation
from agent.sources.problem import Problem
from agent.sources.record import to_paper
from agent.sources.wrapping import Break, Row, breaks

LINE_LIMIT = 1 << 17
"""Characters that are kept of a line of a page: more than an abstract may have, so that too much is seen as such."""
_WORD = re.compile(r"[^\W_]")
_ROWS, _CHARACTERS, _TAIL = 400, 1 << 18, 40
"""How much of a page is looked at together, and the rows at its end that wait for what follows them."""


def read_page(found: Iterable[Line], calendar: Calendar) -> Iterator[Paper | Problem]:
    """Yields the entries of a saved page.

    An entry is a title and the abstract that follows it. Navigation lines belong to no entry. A date line gives the day
    to the entries behind it, up to the next one. A title or a paragraph that is printed twice in a row counts once. A
    title without an abstract, and an abstract without a title, are each one entry that cannot be read.

    The parts are told by blank lines, by the width the page is wrapped at, and by their shape, so that titles and
    abstracts may be wrapped, and abstracts may have several paragraphs. What no reader can tell is not told: where an
    abstract and the title behind it are both missing, the title before gets the abstract that is left.
    """
    rows: list[Row] = []
    lengths: list[int] = []
    size = 0
    for item in _rows(found, calendar):
        if isinstance(item, Problem):
            yield item
            continue
        rows.append(item)
        size += len(item.text)
        if len(rows) >= _ROWS or size >= _CHARACTERS:
            rows, ready = _settled(rows, lengths)
            size = sum(len(row.text) for row in rows)
            yield from (_read(entry, calendar) for entry in ready)
    yield from (_read(entry, calendar) for entry in entries(rows, *_labelled(rows), lengths))


def _rows(found: Iterable[Line], calendar: Calendar) -> Iterator[Row | Problem]:
    """Yields the lines that hold text, each with the day of the last date line, and the first date that is no day."""
    seen, gap, last, told = calendar.day, True, "", False
    for line in without_navigation(found):
        text = clean(line.text)
        if day := parse_day(text):
            date = calendar.date(day, text, line.number)
            if isinstance(date, Problem) and not told:
                told = True
                yield date
            seen = None if isinstance(date, Problem) else date
        if day or not _WORD.search(text):
            gap = True
        elif text != last:
            yield Row(line.number, _once(text), gap, seen)
            gap, last = False, text


def _settled(rows: list[Row], lengths: list[int]) -> tuple[list[Row], list[Entry]]:
    """Returns the rows that wait for what follows them, and the entries of the others."""
    kinds, labels = _labelled(rows)
    latest = len(rows) - min(_TAIL, len(rows) // 2)
    cut = next((place for place in range(latest, 0, -1) if labels[place] == TITLE), len(rows))
    return rows[cut:], list(entries(rows[:cut], kinds[:cut], labels[:cut], lengths))


def _labelled(rows: list[Row]) -> tuple[list[Break], list[int]]:
    kinds = breaks(rows)
    return kinds, label(rows, kinds)


def _read(entry: Entry, calendar: Calendar) -> Paper | Problem:
    place = entry.title or entry.abstract
    line, seen = (place.number, place.seen) if place else (0, None)
    title, abstract = (_once(part.text) if part else "" for part in entry)
    return to_paper(title, abstract, source=f"{calendar.path}:{line}", seen=seen)


def _once(text: str) -> str:
    """Returns a text that is printed twice on a line as it is meant, `X X` as `X`."""
    half = len(text) // 2
    return text[:half] if " " in text[:half] and text[:half] == text[half + 1 :] and text[half] == " " else text
