"""Digests, issues, answers and summaries in JSON, as `digest` wrote them or a script changed them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agent.errors import SourceError
from agent.schema import (
    Artifact,
    Citation,
    CitedSentence,
    Comparison,
    Comparisons,
    Digest,
    Figure,
    Newsletter,
    Pick,
    Result,
    Statement,
    SummarizedPaper,
    Summary,
    SummaryFields,
)
from agent.sources.drafts import HINT, Cited, Draft, Drafted, Label, Piece
from agent.sources.problem import Problem, excerpt

Kind = TypeVar("Kind", bound=BaseModel)
NEAR = 200_000
"""Characters behind one text of a digest in which the next one stands; further on it is not looked for."""


def read_json(text: str, source: str) -> Draft:
    """Returns the pieces of a digest, of an issue, of answers, of one summary, or of a summary a line.

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
    return _record(value, text, source)


def _record(value: Any, text: str, source: str) -> Draft:
    """The pieces of the kind of object that has such keys; a digest where it has those of none."""
    keys = value.keys() if isinstance(value, dict) else ()
    if "digest" in keys:
        issue = _valid(Newsletter, value, source)
        pieces = (*_issue(issue, _Lines(text, "intro")), *_pieces(issue.digest, _Lines(text)))
        return Draft(source, "newsletter", pieces, issue.digest.papers, issue.language)
    if "comparisons" in keys or "question" in keys:
        several = _valid(Comparisons, value if "comparisons" in keys else {"comparisons": [value]}, source).comparisons
        lines = _Lines(text, "question")
        pieces = tuple(piece for one in several for piece in _answer(one, lines))
        return Draft(source, "comparison", pieces, tuple(paper for one in several for paper in one.papers))
    digest = _valid(Digest, value, source)
    return Draft(source, "digest", tuple(_pieces(digest, _Lines(text))), digest.papers)


def _summaries(text: str, source: str) -> Draft:
    pieces = [_line(line, number, source) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return Draft(source, "summaries", tuple(pieces))


def _line(line: str, number: int, source: str) -> Piece:
    try:
        item = SummarizedPaper.model_validate_json(line.encode("utf-8", "replace"))
    except ValidationError as error:
        return Problem(f"{source}:{number}", f"this is no summary: {_wrong(error)}: {excerpt(line)}", entry=True)
    return Drafted(item.paper, item.summary, {"": (number, "")})


def _valid(kind: type[Kind], value: Any, source: str) -> Kind:
    try:
        # Strict would refuse the days, which JSON has as text.
        return kind.model_validate(value)
    except ValidationError as error:
        named = kind.__name__.lower().removesuffix("s")
        raise SourceError(f"{source}: this is no {named}: {_wrong(error)}.", HINT) from None


def _issue(issue: Newsletter, lines: _Lines) -> Iterator[Piece]:
    """What an issue says of its papers, but for what code has counted, in the order of the file."""
    yield from _cited("intro", issue.intro, lines)
    yield from _reasons(issue.picks, lines)
    for number, section in enumerate(issue.sections, 1):
        place = f"sections.{number}"
        papers = (*(entry.paper_id for entry in section.entries), *section.further)
        yield Label(lines.of(section.label), f"{place}.label", section.label, papers)
        yield from _cited(f"{place}.overview", section.overview, lines)
        for at, entry in enumerate(section.entries, 1):
            told = {"line": entry.line, "result": entry.result}
            yield from (
                _stated(f"{place}.entries.{at}.{name}", entry.paper_id, said, lines)
                for name, said in told.items()
                if said
            )
    yield from _gains(issue.by_the_numbers, lines)


def _reasons(picks: Iterable[Pick], lines: _Lines) -> Iterator[Piece]:
    """What speaks for the picks, but for what is counted over papers."""
    for number, pick in enumerate(picks, 1):
        for at, reason in enumerate(pick.reasons, 1):
            if reason.evidence:
                said = Statement(text=reason.text, evidence=reason.evidence)
                yield _stated(f"picks.{number}.reasons.{at}", pick.paper_id, said, lines)


def _gains(figures: Iterable[Figure], lines: _Lines) -> Iterator[Piece]:
    """The results among the figures: the words of one paper each."""
    for number, figure in enumerate(figures, 1):
        for at, share in enumerate(figure.shares if figure.kind == "gains" else (), 1):
            cites = tuple(Citation(paper_id=paper, evidence=()) for paper in share.paper_ids)
            yield Cited(lines.of(share.label), f"by_the_numbers.{number}.shares.{at}", share.label, cites)


def _answer(comparison: Comparison, lines: _Lines) -> Iterator[Piece]:
    """The sentences of an answer and the cells of its table."""
    yield from _cited("answer", comparison.answer, lines)
    for number, row in enumerate(comparison.rows, 1):
        for place, cell in enumerate(row.cells, 1):
            if cell.text:
                said = Statement(text=cell.text, evidence=cell.evidence)
                yield _stated(f"rows.{number}.cells.{place}", row.paper_id, said, lines)


def _cited(field: str, sentences: Iterable[CitedSentence], lines: _Lines) -> Iterator[Piece]:
    for number, said in enumerate(sentences, 1):
        yield Cited(lines.of(said.text), f"{field}.{number}", said.text, said.cites)


def _stated(field: str, paper_id: str, said: Statement, lines: _Lines) -> Piece:
    cite = Citation(paper_id=paper_id, evidence=said.evidence)
    return Cited(lines.of(said.text), field, said.text, (cite,))


def _pieces(digest: Digest, lines: _Lines) -> Iterator[Piece]:
    """Topics and summaries in the order in which they stand in the file."""
    for number, topic in enumerate(digest.topics, 1):
        yield Label(lines.of(topic.label), f"topics.{number}.label", topic.label, topic.paper_ids)
        yield from _cited(f"topics.{number}.overview", topic.overview, lines)
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

    def __init__(self, text: str, keys: str = "topics|summaries") -> None:
        self._text = text
        # The papers of a digest come first, and their sentences are the words of many statements. A quote inside a
        # string is escaped.
        begin = re.search(rf'"(?:{keys})"\s*:', text)
        self._at = begin.end() if begin else 0
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
