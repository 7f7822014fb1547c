"""A draft in Markdown: what `digest` wrote and somebody edited, read back with its citations.

A sentence cites what the mark behind it says, and what the reader sees goes before that: `[3]` is the third paper of a
digest or an issue, the third sentence of the abstract in a summary. All other sentences are the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agent import ledger
from agent import text as texts
from agent.kept import Kept
from agent.ledger import FRONT
from agent.marks import Mark, checksum
from agent.schema import Citation, Result, SummaryFields
from agent.sources import front
from agent.sources.drafts import Cited, Draft, Drafted, Heading, Loose, Piece
from agent.sources.front import Front
from agent.sources.problem import Problem
from agent.sources.prose import Line, lines

ACCOUNT = re.compile(r"Seen before \(\d+\)|Left out|How it was made|About this issue")
"""Headings under which a digest or an issue accounts for itself."""
LABELS = {"Problem": "problem", "Approach": "approach", "Findings": "findings", "Limitations": "limitations"}
TERMS = {f"{name}:": name.lower() for name in ("Benchmarks", "Datasets", "Models", "Tasks", "Keywords")}

SEEN = ("title", "subject", "description")
"""Keys of the front matter that are read by those to whom an issue goes."""

_NUMBERED = re.compile(r"\s*\[(\d{1,6})\]")
_NUMBERS = r"\[(\d{1,6}(?:,\s*\d{1,6})*)\]"
_INSIDE = re.compile(rf"\s*{_NUMBERS}")
_REFERENCE = re.compile(rf"\s*{_NUMBERS}(?=[.!?]*[\"'”’)]*[.!?]?\s*\Z)")
_BEHIND = re.compile(rf"([.!?]+[\"'”’)]*)\s*{_NUMBERS}")


def read_markdown(markdown: str, source: str) -> Draft:
    """Returns the pieces of a draft."""
    begun = front.split(markdown)
    kept = Kept(parts=(), ledger=tuple(_remembered(markdown, begun.end)))
    # The numbers of the lines stay what they are.
    read = list(lines("\n" * markdown.count("\n", 0, begun.end) + markdown[begun.end :]))
    reader = _Reader({str(number): key for key, number in kept.numbers.items()} | dict(_numbers(read)))
    said = (piece for line in read for piece in reader.pieces(line))
    values = _values(begun)
    above = _above(begun, values, kept) if values is not None else [_no_yaml(begun, source)]
    return Draft(source, "markdown", (*above, *said), language=front.language(values or {}))


def _remembered(markdown: str, above: int) -> Iterator[ledger.Entry]:
    """What the end of an issue tells of it; papers that were taken out have their numbers there."""
    for start, end in ledger.found(markdown, above):
        yield from ledger.read(markdown[start:end]) or ()


def _values(begun: Front) -> Mapping[str, str] | None:
    """What the front matter says; None where it is no YAML."""
    import yaml

    try:
        return front.values(begun.fields)
    except (yaml.YAMLError, ValueError):
        return None


def _no_yaml(begun: Front, source: str) -> Problem:
    return Problem(f"{source}:{begun.lines[0]}", "the front matter is no YAML", entry=False)


def _above(begun: Front, values: Mapping[str, str], kept: Kept) -> Iterator[Piece]:
    """What a reader sees of the front matter, where the writer wrote it."""
    lines = {
        values[field.name]: line
        for line, field in reversed(tuple(zip(begun.lines, begun.fields, strict=True)))
        if field.name in SEEN and field.name in values and kept.is_edited(FRONT + field.name, field.text)
    }
    yield from (Loose(line, "sentence", text) for text, line in reversed(lines.items()) if text.strip())


def _numbers(read: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """The number of each paper, before its list item or within its title."""
    for line in read:
        shown = _NUMBERED.match(line.text)
        if paper := _paper_of(line):
            yield from [(line.item, paper)] if line.item else []
            yield from [(shown[1], paper)] if shown else []


def _paper_of(line: Line) -> str:
    """The paper whose heading or list item a line is."""
    return next((mark.cites[0].paper_id for _, mark in line.marks if mark.names_paper), "")


@dataclass
class _Reader:
    """What is known of the place that is read."""

    numbered: dict[str, str]
    """Ids of papers by their number in the digest."""
    paper: str = ""
    """The paper whose summary this is; empty in a digest."""
    accounts: bool = False
    entry: str = ""
    """The paper whose list item or block this is, in a digest or an issue."""
    part: str = ""
    """The part of a summary."""
    count: dict[str, int] = field(default_factory=dict)

    def pieces(self, line: Line) -> Iterator[Piece]:
        """Yields what a line says."""
        if line.tag.startswith("h") and line.tag != "html":
            self._enter(line)
        if paper := _paper_of(line):
            yield Heading(paper)
        # An account is a list; a paragraph below it is the writer's.
        if line.tag in ("h1", "h2") or (self.accounts and line.item):
            return
        yield from (Loose(line.number, "link", url) for _, url in line.links)
        self.entry = paper or self.entry
        if not self._is_ours(line):
            yield from self._said(line)

    def _enter(self, line: Line) -> None:
        """A heading: another paper, another topic, or the account of a digest."""
        if line.tag in ("h1", "h2"):
            self.accounts = bool(ACCOUNT.fullmatch(line.text.strip()))
            self.paper, self.entry, self.part, self.count = _paper_of(line), "", "tldr", {}

    def _is_ours(self, line: Line) -> bool:
        """Whether a line says nothing of any paper: it is as counted, only links, or tells what a summary is."""
        said = line.text.strip()
        if line.links and said == " · ".join(label for label, _ in line.links):
            return True
        if not self.paper:
            return False
        if line.strong and said == line.strong and (said in LABELS or said == "Results"):
            self.part = LABELS.get(said, "results")
            return True
        return said.endswith((f" · {self.paper}", " · [n] is sentence n of the abstract"))

    def _said(self, line: Line) -> Iterator[Piece]:
        if self.paper and line.strong in TERMS:
            yield self._terms(line)
        elif self.paper and self.part == "results" and line.item and (found := _REFERENCE.search(line.text)):
            yield self._result(line, found)
        else:
            for mark, said in _chunks(line):
                yield from self._sentences(line, said, mark)

    def _sentences(self, line: Line, chunk: str, mark: Mark | None) -> Iterator[Piece]:
        """Tells which sentences before a mark it is about; the others speak for themselves."""
        parts = texts.sentences(_BEHIND.sub(r" [\2]\1", " ".join(chunk.split())))
        said = [part for part in parts if any(map(str.isalnum, part))]
        last = self._last(said) if mark else -1
        first = last - (mark.sentences - 1 if mark else 0)
        for number, sentence in enumerate(said):
            if number == last:
                yield self._cited(line, " ".join(said[max(0, first) : last + 1]), mark)
            elif not first <= number < last:
                yield self._cited(line, sentence, None)

    def _last(self, said: Sequence[str]) -> int:
        referring = [number for number, sentence in enumerate(said) if self._seen(sentence)[1]]
        return referring[-1] if referring else len(said) - 1

    def _cited(self, line: Line, said: str, mark: Mark | None) -> Piece:
        bare, seen = self._seen(said)
        if mark and not seen:
            # The list that the number counts in is gone; the mark knows better.
            bare = _REFERENCE.sub("", said)
        cites = self._agreed(seen, mark.cites if mark else ())
        if not cites:
            return Loose(line.number, "sentence", said)
        return Cited(line.number, self._place(line, cites), bare, cites)

    def _seen(self, said: str) -> tuple[str, tuple[Citation, ...]]:
        """Returns a sentence without its references, and what a reader is told by these."""
        if self.paper:
            found = _REFERENCE.search(said)
            evidence = tuple(map(int, found[1].split(","))) if found else ()
            return _REFERENCE.sub("", said), (Citation(paper_id=self.paper, evidence=evidence),) if evidence else ()
        ids: dict[str, None] = {}
        for found in _INSIDE.finditer(said):
            numbers = [number.strip() for number in found[1].split(",")]
            if all(number in self.numbered for number in numbers):
                ids |= dict.fromkeys(self.numbered[number] for number in numbers)
                said = said.replace(found[0], "", 1)
        return said, tuple(Citation(paper_id=key, evidence=()) for key in ids)

    def _agreed(self, seen: Sequence[Citation], marked: Sequence[Citation]) -> tuple[Citation, ...]:
        """What is seen, with the sentences that a mark knows; without anything seen, what is marked."""
        known: dict[str, tuple[int, ...]] = {}
        for cite in marked:
            known[cite.paper_id] = (*known.get(cite.paper_id, ()), *cite.evidence)
        told = (cite.model_copy(update={"evidence": cite.evidence or known.get(cite.paper_id, ())}) for cite in seen)
        return tuple(told) or tuple(marked)

    def _place(self, line: Line, cites: Sequence[Citation]) -> str:
        if self.paper:
            return self._numbered(self.part)
        if line.slanted:
            return "headline"
        return "tldr" if [cite.paper_id for cite in cites] == [self.entry] else "overview"

    def _numbered(self, part: str) -> str:
        self.count[part] = self.count.get(part, 0) + 1
        return part if part == "tldr" else f"{part}.{self.count[part]}"

    def _terms(self, line: Line) -> Drafted:
        part = TERMS[line.strong]
        names = tuple(name for name in (raw.strip() for raw in line.text[len(line.strong) :].split(",")) if name)
        places = {f"{part}.{number}": (line.number, f"{part}.{number}") for number in range(1, len(names) + 1)}
        return self._fields(line, places, **{part: names})

    def _result(self, line: Line, found: re.Match[str]) -> Drafted:
        value, *facets = [part.strip() for part in line.text[: found.start()].split(" · ")]
        on = next((part for part in facets if part.startswith("on ")), None)
        versus = next((part for part in facets if part.startswith("vs. ")), None)
        metric = next((part for part in facets if part not in (on, versus)), None)
        result = Result(
            value=value,
            metric=metric,
            on=on and on.removeprefix("on "),
            versus=versus and versus.removeprefix("vs. "),
            evidence=tuple(map(int, found[1].split(","))),
        )
        return self._fields(line, {"results.1": (line.number, self._numbered("results"))}, results=(result,))

    def _fields(self, line: Line, places: dict[str, tuple[int, str]], **given: tuple[object, ...]) -> Drafted:
        """Some fields of a summary; what is not given is not there, so that nothing is said of it."""
        fields = SummaryFields.model_construct(tldr=None, contribution=None, **given)  # type: ignore[arg-type]
        return Drafted(self.paper, fields, {"": (line.number, "")} | places)


def _chunks(line: Line) -> Iterator[tuple[Mark | None, str]]:
    """The text before each mark, and that behind the last one."""
    at = 0
    for end, mark in line.marks:
        said = line.text[at:end].strip(" ·")
        at = end
        if mark.checksum == checksum(said) or mark.names_paper:
            # What code has counted is no statement, and nor is a title.
            continue
        yield mark if mark.cites else None, said
    yield None, line.text[at:]
