"""Bytes of any encoding to clean text, in bounded memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, NamedTuple

CHUNK = 1 << 16
LINE_LIMIT = 1 << 18
"""Characters that are kept of a line; the rest of a longer one is dropped and the line is marked as cut."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; those of UTF-32 before those of UTF-16, which they begin with."""

_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"PK\x03\x04": "a zip file",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
}
_BINARY = bytes(byte for byte in range(32) if byte not in b"\0\t\n\v\f\r\x1b") + b"\x7f"

_SPACES = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), " ")
_REMOVED = dict.fromkeys((*range(9), *range(0x0E, 0x20), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0), 0xFEFF))
_LOST = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
# `surrogateescape` keeps a byte that is not UTF-8 as U+DC80 + byte - 0x80; such a byte is taken for Windows-1252.
_LEGACY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0x100)}
_TABLE = {**_LOST, **_LEGACY, **_SPACES, **_REMOVED}
_OTHER_ENDS = {**_TABLE, **dict.fromkeys(_SPACES, "\n")}
_UNCLEAN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


class Line(NamedTuple):
    """A line of a file without its end."""

    number: int
    """Counted from 1."""
    text: str
    cut: bool = False
    """Whether the line was longer than the limit and lost its end."""


def clean(text: str) -> str:
    """Returns a text on one line: control characters removed, white space folded, nothing that is not Unicode."""
    return " ".join(_without_control(text).split()) if text else ""


def decode(head: bytes, stream: BinaryIO) -> Iterator[str]:
    """Yields the text of a stream of which the head was read, in pieces, without control characters but tab and ends.

    The encoding is told by the byte order mark, else by the zeros of UTF-16; else it is UTF-8 in which every byte that
    does not fit is read as Windows-1252, so that Latin-1 files and files of mixed origin keep their letters. Where
    there is neither LF nor CR in the head, the other line ends of Unicode end a line.
    """
    encoding = _encoding(head)
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if encoding.startswith("utf-8") else "replace")
    text = decoder.decode(head)
    # In JSON they may stand inside a string.
    table = _TABLE if re.match(r"\s*[\[{]", text) or re.search(r"[\n\r]", text) else _OTHER_ENDS
    while head:
        yield _without_control(text, table)
        head = stream.read(CHUNK)
        text = decoder.decode(head, final=not head)
    yield _without_control(text, table)


def not_text(head: bytes) -> str | None:
    """Returns what kind of binary file begins like this, None for a text."""
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if _encoding(head).startswith(("utf-16", "utf-32")):
        return None
    strange = len(head) - len(head.translate(None, _BINARY))
    return "a binary file" if strange * 20 > len(head) or head.count(0) * 3 > len(head) else None


def lines(chunks: Iterable[str], limit: int = LINE_LIMIT) -> Iterator[Line]:
    """Yields the lines of a text that comes in pieces; a line ends with LF, CR LF or CR."""
    number, rest, cut = 1, "", False
    for chunk in unix_ends(chunks):
        *whole, rest = (rest + chunk).split("\n")
        for text in whole:
            yield Line(number, text[:limit], cut or len(text) > limit)
            number, cut = number + 1, False
        cut = cut or len(rest) > limit
        rest = rest[:limit]
    if rest:
        yield Line(number, rest, cut)


def _encoding(head: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 > len(head) and min(even, odd) * 50 < len(head):
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def _without_control(text: str, table: Mapping[int, str | None] = _TABLE) -> str:
    # All that is unclean is unprintable, and that is told many times as fast.
    return text if text.isprintable() or not _UNCLEAN.search(text) else text.translate(table)


def unix_ends(chunks: Iterable[str]) -> Iterator[str]:
    """Yields the pieces with LF as the only line end, also where CR LF is torn between two pieces."""
    held = ""
    for chunk in chunks:
        text = held + chunk
        held = "\r" if text.endswith("\r") else ""
        text = text[: len(text) - len(held)]
        yield text.replace("\r\n", "\n").replace("\r", "\n")
    yield "\n" if held else ""
