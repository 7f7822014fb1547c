"""Questions of a batch: a line each, or JSON Lines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from agent.errors import SourceError, UsageError
from agent.schema import Remark
from agent.sources.decoding import CHUNK, Line, clean, decode, lines, not_text

HINT = 'Write a question a line, or JSON Lines with a "question" in each.'
LONGEST = 4_000
"""Characters of a question, an abstract and more; whatever it speaks of is looked for in hundreds of papers."""


@dataclass(frozen=True)
class Batch:
    """What a file of questions holds."""

    questions: tuple[str, ...]
    """White space folded; never empty."""
    spoiled: tuple[Remark, ...] = ()
    """Lines that hold none, and what is wrong with them."""


def read(path: str) -> Batch:
    """Reads a file of questions, or stdin for `-`; blank lines and those that begin with # are passed over.

    Raises `SourceError` when it cannot be read, or holds neither a question nor anything like one.
    """
    source = "stdin" if path == "-" else clean(path)
    questions: list[str] = []
    spoiled: list[Remark] = []
    for line in _lines(path, source):
        try:
            questions.append(_question(line))
        except ValueError as error:
            spoiled.append(Remark(source=f"{source}:{line.number}", reason=str(error)))
    if not questions and not spoiled:
        raise SourceError(f"{source}: there is no question in it.", HINT)
    return Batch(tuple(questions), tuple(spoiled))


def bounded(question: str) -> str:
    """Returns a question that was typed; raises `UsageError` when it is too long."""
    if len(question) > LONGEST:
        raise UsageError(f"The question is longer than {LONGEST:,} characters.", "Ask it in fewer words.")
    return question


def _lines(path: str, source: str) -> Iterator[Line]:
    """The lines that should hold a question."""
    try:
        with _opened(path) as stream:
            head = stream.read(CHUNK)
            if kind := not_text(head):
                raise SourceError(f"{source}: this is {kind}.", HINT)
            for line in lines(decode(head, stream)):
                if line.text.strip() and not line.text.lstrip().startswith("#"):
                    yield line
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{source}: cannot be read: {told}.", "Check the path and its permissions.") from None


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path != "-":
        return open(os.path.abspath(path), "rb")
    if sys.stdin is None or sys.stdin.closed:
        raise OSError("it is closed")
    return nullcontext(sys.stdin.buffer)


def _question(line: Line) -> str:
    """The question on a line; raises `ValueError` with what is wrong when there is none."""
    if line.cut:
        raise ValueError("the line is too long")
    text = line.text.strip()
    question = clean(_field(text) if text.startswith("{") else text)
    if not any(map(str.isalnum, question)):
        raise ValueError("this is no question")
    if len(question) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST:,} characters")
    return question


def _field(text: str) -> str:
    try:
        question = json.loads(text).get("question")
    except (ValueError, RecursionError):
        raise ValueError("this is not JSON") from None
    if not isinstance(question, str):
        raise ValueError('there is no "question" in it')
    return question
