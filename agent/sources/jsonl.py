"""Records in JSON: one a line, in a list, or in an object with a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from agent.schema import Paper
from agent.sources.calendar import Calendar
from agent.sources.decoding import LINE_LIMIT, Line, clean, lines, unix_ends
from agent.sources.problem import Problem, excerpt
from agent.sources.record import ABSTRACT, TITLE, from_fields

LISTS = ("papers", "entries", "results", "data")
"""Names under which an object keeps its list of records."""

_DEEPEST = 4
"""Objects within objects in which a list is looked for."""
_BROKEN = "not valid JSON: {}; mend this record"
_NEXT = re.compile(rf'(?<=\n)(?=\{{\s*")|(?="(?:{"|".join(LISTS)})"\s*:\s*\[)')
"""Where the reading goes on behind a broken object: the next one at the beginning of a line, or a list in this one."""
_BEGIN = re.compile(r"[\[{]")
_OBJECT = re.compile(r'[\[\s]*\{\s*"(?:[^"\\]|\\.)*"\s*:')
"""Begins like an object, or a list of them."""
_JSON_LINE = re.compile(r'\s*(?:[{}\[\]",]|-?\d|(?:true|false|null)\b)')
"""Begins like a line of JSON, also of one that is set over many lines."""
_PATIENCE = 1 << 23
"""Characters read in vain, again and again, after which what was read in vain is skipped."""
_SPACE = re.compile(r"\s*")
_Found = Iterator[Paper | Problem]


def is_json(head: str) -> bool:
    """Tells whether a text is JSON, begins like it and goes on in lines like it, or consists mostly of objects.

    A quarter of the lines is enough to go on: a string that is torn over some lines is still a broken record.
    """
    whole = _first_lines(head)
    if _OBJECT.match(head) and 4 * sum(map(bool, map(_JSON_LINE.match, whole))) >= len(whole):
        return True
    return isinstance(_parsed(head), dict | list) or 2 * sum(map(bool, map(_OBJECT.match, whole))) > len(whole)


def read_json(chunks: Iterable[str], head: str, calendar: Calendar) -> _Found:
    """Yields the records of a JSON text that comes in pieces.

    At most `LINE_LIMIT` characters are held for one record, so that a list on a single giant line is streamed as well.
    """
    return _read_lines(lines(chunks), calendar) if _is_json_lines(head) else _Json(chunks, calendar).read()


def _is_json_lines(head: str) -> bool:
    """Tells whether the first line of a text is an object, or at least half the lines at its beginning are."""
    whole = _first_lines(head)
    if head.lstrip().startswith("[") or not whole:
        return False
    return _is_object(whole[0]) or 2 * sum(map(_is_object, whole)) >= len(whole)


def _is_object(line: str) -> bool:
    return isinstance(_parsed(line), dict)


def _first_lines(head: str) -> list[str]:
    return [line for line in head.splitlines() if line.strip()][:50]


def _parsed(text: str) -> Any:
    """Returns the value of a text of JSON, None for anything else."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _read_lines(found: Iterable[Line], calendar: Calendar) -> _Found:
    for line in found:
        if not line.text.strip():
            continue
        try:
            value = _DECODER.decode(line.text)
        except (ValueError, RecursionError):
            reason = f"a line of more than {LINE_LIMIT} characters" if line.cut else excerpt(clean(line.text))
            yield Problem(f"{calendar.path}:{line.number}", _BROKEN.format(reason), entry=True)
        else:
            yield from _records(value, line.number, calendar)


def _records(value: Any, line: int, calendar: Calendar, depth: int = 0) -> _Found:
    """Yields the record that a value is, or the records of the list in it."""
    inner = next((value[name] for name in LISTS if name in value), None) if isinstance(value, dict) else value
    if depth < _DEEPEST and isinstance(inner, list):
        for item in inner:
            yield from _records(item, line, calendar, depth + 1)
    elif depth < _DEEPEST and isinstance(inner, dict):
        yield from _records(inner, line, calendar, depth + 1)
    elif isinstance(value, dict):
        yield from from_fields(value, line, calendar)
    else:
        reason = f"not a record with a title and an abstract: {excerpt(json.dumps(value))}"
        yield Problem(f"{calendar.path}:{line}", reason, entry=True)


def _number(digits: str) -> float:
    return int(digits) if len(digits) < 600 else float(digits)  # Python refuses to read longer integers


_DECODER = json.JSONDecoder(parse_int=_number)


class _BrokenJsonError(Exception):
    """The text goes on with something that is not JSON; it is not looked into before the place `end`."""

    def __init__(self, text: str, end: int = 0) -> None:
        super().__init__(text)
        self.end = end


class _Json:
    """A JSON text of which only the values around the current place are held."""

    def __init__(self, chunks: Iterable[str], calendar: Calendar) -> None:
        self._chunks = unix_ends(chunks)
        self._calendar = calendar
        self._text, self._at, self._line, self._ended = "", 0, 1, False
        self._vain = 0

    def read(self) -> _Found:
        """Yields the records of all values one after the other."""
        while sign := self._peek():
            if sign == "{":
                yield from self._read_object(depth=0)
            elif sign == "[":
                yield from self._read_list()
            elif sign in ",]}":
                self._move(self._at + 1)
            else:
                yield self._broken(_BrokenJsonError(self._here()))
                self._skip(_BEGIN)

    def _read_object(self, depth: int) -> _Found:
        """Yields the records of the lists in an object; where it has none, the object is a record itself."""
        line, fields, listed = self._line, dict[str, Any](), False
        self._move(self._at + 1)
        while (sign := self._peek()) and sign != "}":
            try:
                name = self._name()
                if name in LISTS and self._peek() == "[":
                    listed = True
                    yield from self._read_list()
                elif name in LISTS and self._peek() == "{" and depth < _DEEPEST:
                    listed = True
                    yield from self._read_object(depth + 1)
                elif not listed:
                    fields[name] = self._value()
                else:
                    self._value()
            except _BrokenJsonError as error:
                yield self._broken(error)
                listed, fields = True, {}  # the record is told; only lists in it are still read
                self._move(max(self._at, error.end))
                self._skip(_NEXT)
                if self._peek() == "{":
                    return
        self._move(self._at + 1)
        if not listed or not fields.keys().isdisjoint((*TITLE, *ABSTRACT)):
            yield from from_fields(fields, line, self._calendar)

    def _name(self) -> str:
        """Returns the name of the next member of an object and goes on to its value."""
        if self._peek() == ",":
            self._move(self._at + 1)
        name = self._value() if self._peek() == '"' else None
        if not isinstance(name, str) or self._peek() != ":":
            raise _BrokenJsonError(self._here())
        self._move(self._at + 1)
        return name

    def _read_list(self) -> _Found:
        self._move(self._at + 1)
        while (sign := self._peek()) and sign != "]":
            if sign == ",":
                self._move(self._at + 1)
                continue
            line = self._line
            try:
                value = self._value()
            except _BrokenJsonError as error:
                yield self._broken(error)
                self._skip_record(error.end)
            else:
                yield from _records(value, line, self._calendar, depth=1)
        self._move(self._at + 1)

    def _value(self) -> Any:
        """Returns the next value and goes behind it; raises `_BrokenJsonError` where there is none."""
        self._peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                end, failed = -1, getattr(error, "pos", len(self._text))
            # A number at the end of what is held may go on.
            if end >= 0 and (end < len(self._text) or self._ended):
                self._move(end)
                return value
            if self._ended or len(self._text) - self._at > LINE_LIMIT:
                self._vain += failed - self._at
                raise _BrokenJsonError(self._here(), failed if self._vain > _PATIENCE else 0)
            self._fetch()

    def _here(self) -> str:
        return excerpt(clean(self._text[self._at : self._at + 100]))

    def _broken(self, error: _BrokenJsonError) -> Problem:
        passed = error.end - self._at
        skipped = f"; {passed} characters behind it are passed over, with any records in them" if passed > 0 else ""
        return Problem(f"{self._calendar.path}:{self._line}", _BROKEN.format(error) + skipped, entry=True)

    def _skip_record(self, end: int) -> None:
        """Goes to the next record: the next object that begins with the same name as the broken one."""
        first = re.compile(r'\{\s*("[^"\\]{1,80}")\s*:').match(self._text, self._at)
        begin = rf"\{{\s*{re.escape(first[1])}\s*:" if first else r"\{"
        self._move(max(self._at + 1, end))
        self._skip(re.compile(rf"(?<=[,\s])(?={begin})"))

    def _skip(self, pattern: re.Pattern[str]) -> None:
        """Goes to the next match of a pattern, or to the end of the text."""
        while not (found := pattern.search(self._text, self._at)):
            if self._ended:
                self._move(len(self._text))
                return
            # What is kept is longer than any match, so that one torn between two pieces is found.
            self._move(max(self._at, len(self._text) - 200))
            self._fetch()
        self._move(found.start())

    def _peek(self) -> str:
        """Goes to the next character that is not white space and returns it; empty at the end of the text."""
        while True:
            self._move(_SPACE.match(self._text, self._at).end())  # type: ignore[union-attr]  # it matches anywhere
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._fetch()

    def _move(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = min(end, len(self._text))

    def _fetch(self) -> None:
        """Drops what was read and holds twice as much of what is left, at least one further piece."""
        self._text, self._at = self._text[self._at :], 0
        pieces, wanted = [self._text], 2 * len(self._text)
        while sum(map(len, pieces)) <= wanted:
            piece = next(self._chunks, None)
            if piece is None:
                self._ended = True
                break
            pieces.append(piece)
        self._text = "".join(pieces)
