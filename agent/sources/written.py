"""Digests and summaries in JSON, as `digest` wrote them or a script changed them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from agent.errors import SourceError
from agent.schema import Artifact, Digest, Result, Statement, SummarizedPaper, Summary, SummaryFields
from agent.sources.drafts import HINT, Cited, Draft, Drafted, Label, Piece
from agent.sources.problem import Problem, excerpt

NEAR = 200_000
"""Characters behind one text of a digest in which the next one stands; further on it is not looked for."""


def read_json(text: str, source: str) -> Draft:
    """Returns the pieces of a digest, of one summary, or of a summary a line.

    A line that is no summary is a problem, and the rest goes on. Raises `SourceError` for an object of another kind.
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise SourceError(f"{source}: it is nested too deeply.", HINT) from None
    except ValueError as error:
        if text.split("\n", 1)[0].strip() in ("{", "["):
            raise SourceError(f"{source}: this is not JSON: {error}.", HINT) from None
        return _summaries(text, source)
    if isinstance(value, dict) and "summary" in value:
        return _summaries(json.dumps(value), source)
    return _digest(value, text, source)


def _summaries(text: str, source: str) -> Draft:
    pieces = [_line(line, number, source) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return Draft(source, "summaries", tuple(pieces))


def _line(line: str, number: int, source: str) -> Piece:
    try:
        item = SummarizedPaper.model_validate_json(line.encode("utf-8", "replace"))
    except ValidationError as error:
        return Problem(f"{source}:{number}", f"this is no summary: {_wrong(error)}: {excerpt(line)}", entry=True)
    return Drafted(item.paper, item.summary, {"": (number, "")})


def _digest(value: Any, text: str, source: str) -> Draft:
    try:
        # Strict would refuse the days, which JSON has as text.
        digest = Digest.model_validate(value)
    except ValidationError as error:
        raise SourceError(f"{source}: this is no digest: {_wrong(error)}.", HINT) from None
    return Draft(source, "digest", tuple(_pieces(digest, _Lines(text), source)), digest.papers)


def _pieces(digest: Digest, lines: _Lines, source: str) -> Iterator[Piece]:
    """Topics and summaries in the order in which they stand in the file."""
    for number, topic in enumerate(digest.topics, 1):
        yield Label(lines.of(topic.label), f"topics.{number}.label", topic.label, topic.paper_ids)
        for place, said in enumerate(topic.overview, 1):
            yield Cited(lines.of(said.text), f"topics.{number}.overview.{place}", said.text, said.cites)
    papers = {paper.id: paper for paper in digest.papers}
    for summary in digest.summaries:
        places = dict(_places(summary, lines))
        yield Drafted(papers.get(summary.paper_id, summary.paper_id), summary, places)


def _places(summary: Summary, lines: _Lines) -> Iterator[tuple[str, tuple[int, str]]]:
    for field in SummaryFields.model_fields:
        value = getattr(summary, field)
        items = value if isinstance(value, tuple) else (value,)
        for number, item in enumerate(items, 1):
            place = f"{field}.{number}" if isinstance(value, tuple) else field
            yield place, (lines.of(_shown(item)), place)
            if field == "tldr":
                yield "", (lines.line, "")


def _shown(item: Statement | Result | Artifact | str | None) -> str:
    """The text by which an item is found in the file."""
    if isinstance(item, Statement):
        return item.text
    if isinstance(item, Result):
        return item.value
    return item.url if isinstance(item, Artifact) else item or ""


class _Lines:
    """Finds the lines of texts that are asked for in the order of the file."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Papers come first, and their sentences are the words of many statements. A quote inside a string is escaped.
        topics = re.search(r'"(?:topics|summaries)"\s*:', text)
        self._at = topics.end() if topics else 0
        self.line = text.count("\n", 0, self._at) + 1

    def of(self, said: str) -> int:
        """Returns the line of the next such text; that of the last one found where there is none."""
        forms = {json.dumps(said, ensure_ascii=True), json.dumps(said, ensure_ascii=False)}
        found = [at for form in forms if (at := self._text.find(form, self._at, self._at + NEAR)) >= 0]
        if said and found:
            self.line += self._text.count("\n", self._at, min(found))
            self._at = min(found) + 1
        return self.line


def _wrong(error: ValidationError) -> str:
    """The first thing that is wrong, without the text that is."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else str(first["msg"])
