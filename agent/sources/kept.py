"""Reads a draft of an issue back, as the writer left it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent import ledger, marks
from agent.errors import StorageError
from agent.kept import Kept, Part
from agent.sources import front
from agent.sources.decoding import clean
from agent.sources.front import Front

FORCE = "Put back what is missing there, or name another folder with -o; --force writes a new draft over this one."
STRANGE = "Name another folder with -o; --force writes over it."


def read(path: Path) -> Kept | None:
    """Returns the draft in a file; None where there is none yet.

    Raises `StorageError` for a file that cannot be read, that `digest` did not write, or in which something is damaged
    that it needs to tell the writer's words from its own.
    """
    text = _text(path)
    return parse(text, clean(str(path))) if text.strip() else None


def parse(markdown: str, source: str) -> Kept:
    """Returns a draft whose lines end with LF; `source` is where it comes from."""
    begun = front.split(markdown)
    if not ledger.found(markdown, begun.end) and not any(marks.blocks(markdown, begun.end)):
        raise StorageError(f"{source}: this is no draft of an issue that digest wrote.", STRANGE)
    if begun.open:
        raise StorageError(f"{source}:1: the front matter has no end, a line of three dashes.", FORCE)
    start, end, entries = _ledger(markdown, begun.end, source)
    _refuse_damaged(markdown, begun.end, source)
    # What somebody wrote below the ledger goes on above it.
    body = "\n\n".join(filter(str.strip, (markdown[begun.end : start].rstrip(), markdown[end:].lstrip("\n"))))
    opening, *parts = _parts(body)
    return Kept(
        parts=tuple(parts),
        ledger=entries,
        opening=opening.text,
        front=begun.fields,
        values=_values(begun, source),
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise StorageError(f"{clean(str(path))}: cannot be read: {reason}.", "Check the path.") from None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise StorageError(f"{clean(str(path))}:{line}: this is not UTF-8.", "Save it as UTF-8.") from None


def _ledger(markdown: str, above: int, source: str) -> tuple[int, int, tuple[ledger.Entry, ...]]:
    """Where the ledger stands, and what is in it."""
    last = markdown.count("\n") + 1
    spans = ledger.found(markdown, above)
    if not spans:
        raise StorageError(f"{source}:{last}: the comment `digest ledger` at the end of the draft is gone.", FORCE)
    start, end = spans[0]
    if len(spans) > 1:
        line = markdown.count("\n", 0, spans[1][0]) + 1
        raise StorageError(
            f"{source}:{line}: here is a second comment `digest ledger`.", "Leave one draft in the file."
        )
    entries = ledger.read(markdown[start:end])
    if entries is None:
        line = markdown.count("\n", 0, start) + 1
        raise StorageError(f"{source}:{line}: the comment `digest ledger` is not as it was written.", FORCE)
    return start, end, entries


def _refuse_damaged(markdown: str, above: int, source: str) -> None:
    """Refuses what was the mark of a block: its text would count as that of the block before."""
    whole = [(start, end) for start, end, _ in marks.blocks(markdown, above)]
    for found in _LIKE_A_MARK.finditer(markdown, above):
        at = found.end() - 1
        if not any(start <= at < end for start, end in whole):
            line = markdown.count("\n", 0, at) + 1
            shown = clean(markdown[found.start() :].strip().split("\n", 1)[0])[:60]
            raise StorageError(
                f"{source}:{line}: this mark of a block is not whole: {shown}",
                "Take out the line, or write it as `<!-- digest @key -->`.",
            )


_LIKE_A_MARK = re.compile(
    r"(?<!\\)<!--\s*digest\s+@"
    r"|^[ \t]*(?!-[ \t])[<!-]+[ \t]*digest[ \t]+@"
    r"|^[ \t]*(?:-[ \t]+)?digest[ \t]+@\S+[ \t]*-+>",
    re.MULTILINE,
)
"""What begins like a mark, and a line that has lost the first or the last signs of one; an item of a list is none."""


def _parts(body: str) -> Iterator[Part]:
    """What stands before the first mark, then each block."""
    at, key = 0, ""
    for start, end, following in marks.blocks(body):
        yield Part(key, ledger.trimmed(body[at:start]))
        at, key = end, following
    yield Part(key, ledger.trimmed(body[at:]))


def _values(begun: Front, source: str) -> dict[str, str]:
    import yaml

    try:
        return front.values(begun.fields)
    except (yaml.YAMLError, ValueError) as error:
        raise StorageError(
            f"{source}:{_line(begun, error)}: the front matter cannot be read: {_reason(error)}.",
            "Put a value with a colon or a sign in it between quotation marks.",
        ) from None


def _line(begun: Front, error: Any) -> int:
    """The line of the file in which the front matter went wrong."""
    mark = getattr(error, "problem_mark", None)
    at = mark.line if mark else 0
    for line, field in zip(begun.lines, begun.fields, strict=True):
        height = field.text.count("\n") + 1
        if at < height:
            return line + at
        at -= height
    return begun.lines[-1] if begun.lines else 1


def _reason(error: Any) -> str:
    return clean(str(getattr(error, "problem", None) or error)).rstrip(".")
