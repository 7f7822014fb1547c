"""Checks what was written before, by whomever: each statement against the sentences that it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from functools import cached_property
from urllib.parse import unquote

from agent import text
from agent.checkup import CheckReport, PlacedViolation, Yours
from agent.errors import SourceError
from agent.grounding import Abstract, Violation, abstract, examine
from agent.grounding.fields import carried, judge
from agent.grounding.names import stands
from agent.schema import Citation, Paper, Remark
from agent.sources.drafts import HINT, Cited, Draft, Drafted, Heading, Label, Loose, Piece
from agent.sources.problem import Problem
from agent.tasks.naming import is_heading

Find = Callable[[str], Paper | None]
"""Finds the paper that has an id."""


def proofread(draft: Draft, find: Find = lambda _: None, sections: Container[str] = ()) -> CheckReport:
    """Returns what is wrong with a draft; papers that it does not hold itself are found elsewhere.

    Labels of an editor's `sections` are the editor's own, and not checked against the papers.
    Raises `SourceError` when there is nothing in it that could be checked.
    """
    desk = _Desk(draft, find, sections)
    for piece in draft.pieces:
        desk.take(piece)
    # A question may have no answer; that is told without a statement.
    if not desk.checked and (draft.form != "comparison" or desk.unreadable):
        raise _nothing(draft, desk)
    return CheckReport(
        source=draft.source,
        form=draft.form,
        papers=len(desk.sources),
        checked=desk.checked,
        sound=desk.checked - desk.warned - desk.blocked,
        warned=desk.warned,
        blocked=desk.blocked,
        violations=tuple(desk.violations),
        yours=tuple(desk.yours()),
        unreadable=tuple(desk.unreadable),
    )


_TERSE = {"picks": {"overlap", "scope"}, "by_the_numbers": {"overlap", "scope", "swap"}}
"""What is no fault in the few words that code has for a pick or a gain: `Introduces a benchmark` is no sentence of the
abstract, and a gain has its paper's name before it and all of the abstract behind it."""


class _Source:
    """What a paper says, and where it is found."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    @cached_property
    def said(self) -> Abstract:
        """Title and numbered sentences."""
        sentences = self.paper.sentences or tuple(text.sentences(text.clean(self.paper.abstract)))
        return abstract(text.clean(self.paper.title), sentences)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What may hold an address: the sentences, and the addresses of its page."""
        paper = self.paper
        pages = (paper.url, paper.arxiv_id and f"arxiv.org/abs/{paper.arxiv_id}", paper.doi and f"doi.org/{paper.doi}")
        return (*map(unquote, self.said.sentences), *(_bare(page) for page in pages if page))

    @cached_property
    def whole(self) -> str:
        """All of it, to look through at once."""
        return " ".join(self.told)

    def has(self, url: str) -> bool:
        """Whether an address is the paper's page, or stands in its abstract."""
        bare = _bare(url)
        forms = {bare, bare.rstrip("/"), f"{bare}/"} - {"", "/"}
        return any(stands(form, one) for form in forms if form in self.whole for one in self.told)


class _Desk:
    """What was found so far."""

    def __init__(self, draft: Draft, find: Find, sections: Container[str]) -> None:
        own = {paper.id: paper for paper in draft.papers}
        self.source = draft.source
        self.form = draft.form
        self.language = draft.language
        self.sections = sections
        self.find: Find = lambda key: own.get(key) or find(key)
        self.sources: dict[str, _Source] = {}
        self.checked = self.warned = self.blocked = 0
        self.violations: list[PlacedViolation] = []
        self.unreadable: list[Remark] = []
        self.loose: list[Loose] = []

    def take(self, piece: Piece) -> None:
        """Checks a piece of the draft."""
        if isinstance(piece, Problem):
            self.unreadable.append(Remark(source=piece.source, reason=piece.reason))
        elif isinstance(piece, Loose):
            self.loose.append(piece)
        elif isinstance(piece, Cited):
            self._cited(piece)
        elif isinstance(piece, Label):
            self._label(piece)
        elif isinstance(piece, Heading):
            # One that is not found is told where something is said of it.
            self.sources |= {paper.id: self._source(paper) for paper in [self.find(piece.paper_id)] if paper}
        else:
            self._drafted(piece)

    def yours(self) -> Iterable[Yours]:
        """What cites nothing; a link of one of the papers is theirs."""
        for one in self.loose:
            if one.kind == "sentence" or not any(source.has(one.text) for source in self.sources.values()):
                yield Yours(source=f"{self.source}:{one.line}", kind=one.kind, text=one.text)

    def _cited(self, piece: Cited) -> None:
        sources = self._open(piece.line, [cite.paper_id for cite in piece.cites])
        if sources:
            cites = [(one.said, _evidence(cite, one)) for cite, one in zip(piece.cites, sources, strict=True)]
            found = examine(_unquoted(piece.text), cites, piece.field, self.language)
            passed = _TERSE.get(piece.field.split(".")[0], ())
            self._note(piece.line, [one for one in found if one.kind not in passed], sources)
        elif self.form != "markdown":
            # Such a file holds its papers itself: what is of none of them is nobody's but the writer's.
            self.loose.append(Loose(piece.line, "sentence", piece.text))

    def _label(self, piece: Label) -> None:
        sources = self._open(piece.line, piece.paper_ids)
        if sources:
            told = tuple(source.said for source in sources)
            sound = piece.text in self.sections or is_heading(piece.text, told) or carried(piece.text, told)
            self._note(piece.line, [] if sound else [_strange(piece, self.sections)], sources)

    def _drafted(self, piece: Drafted) -> None:
        line, _ = piece.places[""]
        sources = self._open(line, [piece.paper])
        for field, number, found in _judged(piece, sources):
            place, name = piece.places.get(f"{field}.{number}") or piece.places.get(field) or (line, "")
            named = [one.model_copy(update={"field": name or one.field}) for one in found]
            self._note(place, named, sources)

    def _open(self, line: int, papers: Sequence[Paper | str]) -> list[_Source]:
        """What the papers say; empty, and a remark, where one of them cannot be found."""
        found = [paper if isinstance(paper, Paper) else self.find(paper) for paper in papers]
        missing = [paper for paper, one in zip(papers, found, strict=True) if one is None]
        if missing or not found:
            reason = f"no paper {missing[0]} was found" if missing else "it is of no paper"
            self.unreadable.append(Remark(source=f"{self.source}:{line}", reason=reason))
            return []
        return [self._source(paper) for paper in found if paper]

    def _source(self, paper: Paper) -> _Source:
        known = self.sources.get(paper.id)
        if known is None or (known.paper is not paper and known.paper != paper):
            known = self.sources[paper.id] = _Source(paper)
        return known

    def _note(self, line: int, found: Sequence[Violation], sources: Sequence[_Source]) -> None:
        """Counts one statement and keeps what is wrong with it."""
        self.checked += 1
        self.blocked += any(one.blocks for one in found)
        self.warned += bool(found) and not any(one.blocks for one in found)
        about = {
            "source": f"{self.source}:{line}",
            "paper_ids": tuple(source.paper.id for source in sources),
            "titles": tuple(source.said.title for source in sources),
        }
        self.violations += [PlacedViolation(**one.model_dump(), **about) for one in found]


def _judged(piece: Drafted, sources: Sequence[_Source]) -> Iterable[tuple[str, int, list[Violation]]]:
    """Each item of each field with its number and what is wrong with it."""
    numbers: dict[str, int] = {}
    for field, _, found in judge(piece.fields, sources[0].said) if sources else ():
        numbers[field] = numbers.get(field, 0) + 1
        yield field, numbers[field], found


def _evidence(cite: Citation, source: _Source) -> tuple[int, ...]:
    """The sentences that are cited; all of those that are heard where only the paper is."""
    said = source.said
    return cite.evidence or tuple(number for number in range(1, len(said.sentences) + 1) if said.is_heard(number))


def _unquoted(said: str) -> str:
    """A text without the quotation marks around all of it: what is said word for word is carried whatever it says."""
    return re.sub(r"\A“([^“”]*)”\Z", r"\1", said)


def _strange(label: Label, sections: Container[str]) -> Violation:
    reason = "the papers of the topic do not have these words"
    if not sections:
        reason += "; where the label is an editor's own, name the file of the sections with --topics"
    return Violation(kind="name", blocks=True, field=label.field, text=label.text, found=label.text, reason=reason)


def _bare(url: str) -> str:
    """An address as it may stand in an abstract: without its scheme and percent-encoding."""
    return re.sub(r"\Ahttps?://(?:www\.)?", "", unquote(url), flags=re.IGNORECASE)


def _nothing(draft: Draft, desk: _Desk) -> SourceError:
    why = "".join(f"\n  {remark.source}: {remark.reason}" for remark in desk.unreadable[:10])
    if desk.unreadable and draft.form == "markdown":
        return SourceError(
            f"{draft.source}: no statement could be checked.{why}", "Name the papers that it is about with --papers."
        )
    told = "no sentence in it cites a paper" if draft.form == "markdown" else "there is no summary in it"
    return SourceError(f"{draft.source}: {told}.{why}", HINT)
