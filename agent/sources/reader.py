"""Reads a file of any known format."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from typing import BinaryIO

from agent.schema import Paper
from agent.sources.calendar import Calendar, calendar
from agent.sources.decoding import CHUNK, clean, decode, lines, not_text
from agent.sources.jsonl import is_json, read_json
from agent.sources.navigation import is_navigation
from agent.sources.page import LINE_LIMIT, read_page
from agent.sources.problem import Problem
from agent.sources.table import delimiter, read_table

_JSON = (".json", ".jsonl", ".ndjson")
_TABLE = (".csv", ".tsv")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|feed|rss)\b", re.IGNORECASE)
_ENTRY = re.compile(
    r"^[ \t]*@(?:article|book|booklet|collection|comment|conference|dataset|inbook|incollection|inproceedings|manual|"
    r"mastersthesis|misc|online|patent|phdthesis|preamble|proceedings|report|software|string|techreport|thesis|"
    r"unpublished)[ \t]*[{(]",
    re.IGNORECASE | re.MULTILINE,
)
"""An entry of BibTeX or biblatex. One alone may be what a page says of how to cite it; a second one is not."""
_PREAMBLE = 500
"""Characters that may stand before the first entry; behind more, the page has something else to read."""


def read(path: str, *, year: int | None = None, stdin: BinaryIO | None = None) -> Iterator[Paper | Problem]:
    """Yields the papers of a file one by one as they are read, each with the one place where it stands.

    The format is told by the content, then by the extension: saved pages, JSON Lines, a JSON list, an object with a
    list, CSV, TSV. `year` is that of date lines without one. `-` reads `stdin`. Nothing is raised for what a file
    holds, nor for a file that cannot be read; both are told as `Problem`s, and the next record goes on.
    """
    known, problems = calendar(path, year)
    yield from problems
    if path == "-" and stdin is None and (sys.stdin is None or sys.stdin.closed):
        yield Problem(known.path, "standard input is closed; pipe the papers into it or name a file", entry=False)
        return
    try:
        with _opened(path, stdin) as stream:
            yield from _entries(stream, os.path.splitext(path)[1].lower(), known)
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror or error}; check the path and its permissions"
        yield Problem(known.path, clean(reason), entry=False)


def _opened(path: str, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if path == "-":
        return nullcontext(stdin or sys.stdin.buffer)
    try:
        return open(path, "rb")
    except ValueError as error:  # a name with a NUL
        raise OSError(str(error)) from error


def _entries(stream: BinaryIO, extension: str, known: Calendar) -> Iterator[Paper | Problem]:
    """Yields what is in a stream, or a remark that nothing is."""
    head = stream.read(CHUNK)
    if kind := not_text(head):
        yield Problem(known.path, f"this is {kind}, not text; save the papers as text, JSON Lines or CSV", entry=False)
        return
    empty = True
    for found in _records(head, stream, extension, known):
        empty = False
        yield found
    if empty:
        reason = "no paper was found in this file" if head else "the file is empty"
        yield Problem(known.path, f"{reason}; it should hold titles and abstracts", entry=False)


def _records(head: bytes, stream: BinaryIO, extension: str, known: Calendar) -> Iterator[Paper | Problem]:
    chunks = decode(head, stream)
    sample = next(chunks, "")
    whole = chain([sample], chunks)
    first = next(filter(str.strip, sample.splitlines()), "")
    if is_json(sample) or (extension in _JSON and "{" in sample and not is_navigation(first)):
        return read_json(whole, sample, known)
    if sign := delimiter(first):
        return read_table(lines(whole), sign, known)
    if _MARKUP.match(sample):
        return iter([Problem(known.path, "this is markup, not text; save the page as text", entry=False)])
    entries = list(_ENTRY.finditer(sample))
    if _ENTRY.match(first) or (len(entries) > 1 and entries[0].start() < _PREAMBLE):
        reason = "this is BibTeX, which is not read yet; save titles and abstracts as text, JSON Lines or CSV"
        return iter([Problem(known.path, reason, entry=False)])
    if extension in _TABLE and not is_navigation(first):
        reason = "the first line names no columns `title` and `abstract`; add them to read the table"
        return iter([Problem(known.path, reason, entry=False)])
    return read_page(lines(whole, LINE_LIMIT), known)
