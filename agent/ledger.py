"""What `digest` remembers at the end of a draft: every block that it wrote, so that an edit is told from its own words.

    <!-- digest ledger 5f1c08ab
    issue:2025-w12 front:subject=1c8f03d2 intro=93a0be11 paper:t:77aa01d0#36
    section:token-pruning=00ab34f1 paper:t:4e7f08c1=5dc2ab09#1
    -->

A key with a checksum was written; one without is that of the issue, or of a paper that has a number only. What follows
the key of a section was written in it. The first sum is that of all the rest.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent import marks

ISSUE, FRONT, SECTION, PAPER = "issue:", "front:", "section:", "paper:"


@dataclass(frozen=True)
class Entry:
    """What is known of a key."""

    key: str
    checksum: str = ""
    """Of the block as `digest` wrote it last; empty where it wrote none."""
    number: int = 0
    """Of the paper whose key it is; 0 for other blocks."""
    section: str = ""
    """The key of the section in which it was written."""


def checksum(text: str) -> str:
    """Returns what tells whether a block is as it was written; empty lines around it do not count."""
    return f"{zlib.crc32(trimmed(text).encode('utf-8', 'surrogatepass')):08x}"


def begun(text: str, checksum: str) -> int:
    """Returns how much of a text, up to an empty line, has this checksum; 0 where nothing has."""
    lines = text.split("\n")
    sum_, end, at = 0, 0, 0
    for line, below in zip(lines, (*lines[1:], ""), strict=True):
        if line.strip() and not below.strip():
            stop = at + len(line.rstrip())
            sum_, end = zlib.crc32(text[end:stop].encode("utf-8", "surrogatepass"), sum_), stop
            if f"{sum_:08x}" == checksum:
                return end
        at += len(line) + 1
    return 0


def trimmed(text: str) -> str:
    """Returns a text without the empty lines around it, and without white space at its end."""
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", text).rstrip()


def written(entries: Iterable[Entry]) -> str:
    """Returns the comment that holds the entries; those of one section stand together."""
    sections: dict[str, list[Entry]] = {"": []}
    for entry in entries:
        sections.setdefault(entry.key if entry.key.startswith(SECTION) else entry.section, []).append(entry)
    body = "\n".join(line for key, held in sections.items() for line in _lines(key, held))
    return f"<!-- digest ledger {marks.checksum(body)}\n{body}\n-->"


def found(markdown: str, start: int = 0) -> list[tuple[int, int]]:
    """Returns where each ledger in a draft begins and ends; one that has no end goes on to the end of the draft."""
    return [one.span() for one in _LEDGER.finditer(markdown, start)]


def read(comment: str) -> tuple[Entry, ...] | None:
    """Returns the entries of a ledger; None for one that is not whole."""
    whole = _LEDGER.fullmatch(comment)
    if not whole or not whole["end"] or marks.checksum(whole["body"]) != whole["sum"]:
        return None
    return tuple(_entries(whole["body"].split()))


_LEDGER = re.compile(
    r"(?<!\\)<!--\s*digest\s+ledger\b(?:\s+(?P<sum>[0-9a-f]{8})\b)?(?P<body>.*?)(?P<end>-->|\Z)",
    re.DOTALL,
)
_WORD = re.compile(r"(?P<key>[^=#]+)(?:=(?P<sum>[0-9a-f]{8}))?(?:#(?P<number>\d{1,9}))?")
_WIDTH = 120


def _lines(section: str, entries: Iterable[Entry]) -> Iterator[str]:
    """The entries of a section as lines, its own first also where there is no block of it."""
    words = [_word(entry) for entry in sorted(entries, key=lambda entry: entry.key != section)]
    first = marks.of_key(section)
    line = "" if not section or words[0].startswith(f"{first}=") or words[0] == first else first
    for word in words:
        if line and len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield line


def _word(entry: Entry) -> str:
    checksum = f"={entry.checksum}" if entry.checksum else ""
    number = f"#{entry.number}" if entry.number else ""
    return f"{marks.of_key(entry.key)}{checksum}{number}"


def _entries(words: Iterable[str]) -> Iterator[Entry]:
    section = ""
    for word in words:
        if told := _WORD.fullmatch(word):
            key = marks.key_of(told["key"])
            section = key if key.startswith(SECTION) else section
            within = "" if key == section else section
            yield Entry(key, told["sum"] or "", int(told["number"] or 0), within)
