"""Reads what `digest` wrote, and what somebody made of it since, so that it can be checked."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO, Literal

from agent.errors import SourceError
from agent.schema import Citation, Paper, SummaryFields
from agent.sources.decoding import CHUNK, clean, decode, not_text, unix_ends
from agent.sources.problem import Problem

HINT = (
    "digest check reads digests, newsletters and answers in JSON, summaries in JSON Lines, and drafts in Markdown that "
    "digest wrote."
)


@dataclass(frozen=True)
class Cited:
    """A sentence that cites papers."""

    line: int
    field: str
    """What it is: `overview`, `tldr`, `topics.2.overview.1`."""
    text: str
    cites: tuple[Citation, ...]
    """With no evidence, the whole abstract."""


@dataclass(frozen=True)
class Drafted:
    """Fields of the summary of one paper."""

    paper: Paper | str
    """The paper, or the id of one that stands elsewhere."""
    fields: SummaryFields
    places: dict[str, tuple[int, str]]
    """Line and name of each field and item; the first line of the record under an empty name."""


@dataclass(frozen=True)
class Label:
    """What a group of papers is called."""

    line: int
    field: str
    text: str
    paper_ids: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """Where the part about a paper begins."""

    paper_id: str


@dataclass(frozen=True)
class Loose:
    """A sentence or a link without a citation."""

    line: int
    kind: Literal["sentence", "link"]
    text: str


Piece = Cited | Drafted | Label | Heading | Loose | Problem


@dataclass(frozen=True)
class Draft:
    """A file that was read, in pieces."""

    source: str
    form: Literal["digest", "summaries", "newsletter", "comparison", "markdown"]
    pieces: tuple[Piece, ...]
    papers: tuple[Paper, ...] = ()
    """Those that the file itself holds."""
    language: str = "en"
    """In which it is written, BCP 47."""


def read(path: str, *, stdin: BinaryIO | None = None) -> Draft:
    """Returns the pieces of a file; `-` reads `stdin`.

    A JSON file is told by its content, all other text is Markdown. Raises `SourceError` when the file cannot be read,
    or is JSON of another kind.
    """
    source = "stdin" if path == "-" else clean(path)
    text = _text(path, source, stdin)
    if text.lstrip().startswith("{") or path.lower().endswith((".json", ".jsonl", ".ndjson")):
        from agent.sources.written import read_json

        return read_json(text, source)
    from agent.sources.edited import read_markdown

    return read_markdown(text, source)


def _text(path: str, source: str, stdin: BinaryIO | None) -> str:
    """The text of a file in whatever encoding, without control characters."""
    try:
        with _opened(path, stdin) as stream:
            head = stream.read(CHUNK)
            kind = not_text(head) or ("" if head.strip() else "an empty file")
            if kind:
                raise SourceError(f"{source}: this is {kind}.", HINT)
            return "".join(unix_ends(decode(head, stream)))
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{source}: cannot be read: {told}.", "Check the path and its permissions.") from None


def _opened(path: str, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if path != "-":
        return open(os.path.abspath(path), "rb")
    if stdin is None and (sys.stdin is None or sys.stdin.closed):
        raise OSError("it is closed")
    return nullcontext(stdin or sys.stdin.buffer)
