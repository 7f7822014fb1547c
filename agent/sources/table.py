"""Records in CSV and TSV, with the names of the fields in the first line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from agent.schema import Paper
from agent.sources.calendar import Calendar
from agent.sources.decoding import Line
from agent.sources.problem import Problem
from agent.sources.record import ABSTRACT, TITLE, from_fields

_DELIMITERS = ",\t;|"
_REREADS = 100
"""Broken records behind which the lines are read again; then every line is a record, so that the work is bounded."""


def delimiter(header: str) -> str | None:
    """Returns the sign that separates the names of a table's first line, None where this is not such a line."""
    for sign in _DELIMITERS:
        names = {name.strip().lower() for name in _cells(header, sign)}
        if not names.isdisjoint(TITLE) and not names.isdisjoint(ABSTRACT):
            return sign
    return None


def read_table(found: Iterable[Line], sign: str, calendar: Calendar) -> Iterator[Paper | Problem]:
    """Yields the records of a table; cells may hold line ends between quotes.

    A record that is not well quoted, such as one whose last quote is missing, is read as one line, and the reading
    goes on with the next line. A cell of more than `csv.field_size_limit()` characters (128 KiB) is not well quoted.
    """
    source = _Lines(found)
    names = _cells(source.first(), sign)
    reader = csv.reader(source, delimiter=sign, strict=True)
    while True:
        source.mark()
        try:
            if source.rereads >= _REREADS:
                reader = csv.reader([next(source)], delimiter=sign)
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = _cells(source.back_to_second(), sign)
            if not row:
                reason = f"a row that cannot be read: {error}; mend its quotes or shorten it"
                yield Problem(f"{calendar.path}:{source.marked}", reason, entry=True)
        if any(cell.strip() for cell in row):
            yield from from_fields(dict(zip(names, row, strict=False)), source.marked, calendar)


def _cells(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:
        return []


class _Lines:
    """Lines that can be taken back as far as the last mark."""

    def __init__(self, found: Iterable[Line]) -> None:
        self._found = iter(found)
        self._taken: list[Line] = []
        self._again: list[Line] = []
        self.rereads = 0

    @property
    def marked(self) -> int:
        """Number of the first line taken since the mark."""
        return self._taken[0].number if self._taken else 0

    def __iter__(self) -> Iterator[str]:
        """Is its own iterator, as `csv.reader` asks for."""
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._found)
        self._taken.append(line)
        return line.text + "\n"

    def first(self) -> str:
        """Returns the first line that is not blank."""
        return next((text for text in self if text.strip()), "")

    def mark(self) -> None:
        """Forgets the lines taken so far."""
        self._taken = []

    def back_to_second(self) -> str:
        """Takes back all lines since the mark but the first, and returns that one."""
        self.rereads += 1
        self._again += reversed(self._taken[1:])
        del self._taken[1:]
        return self._taken[0].text if self._taken else ""
