"""What an answer says, before any format: the same words and numbers for the terminal, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from agent import schema
from agent.render import names
from agent.render.account import tally
from agent.render.cited import Citation, Said, Source
from agent.render.entry import UNTITLED, Heading, heading, links
from agent.render.safe import printable, told
from agent.render.words import counted

UNANSWERED = "The abstracts do not answer this."
UNASKED = "The model did not answer this."
NOT_STATED = "not stated"
READING = (
    "[1:s3,4] is sentences 3 and 4 of the abstract of paper 1; “not stated” speaks of the abstract, not of the paper"
)

IN_PROSE = 3
"""Sentences that are read in a row; more are a list."""


@dataclass(frozen=True)
class Line:
    """A paper in the table."""

    source: Source
    cells: tuple[Said | None, ...]
    """One for each aspect; None where the abstract does not state it."""


@dataclass(frozen=True)
class Answer:
    """A comparison, ready to be laid out; every text is printable and on one line."""

    question: str
    unanswered: str
    """What is said instead of an answer; empty where there is one."""
    sentences: tuple[Said, ...]
    aspects: tuple[str, ...]
    lines: tuple[Line, ...]
    lacking: tuple[str, ...]
    """What is missing for an answer, where there is none."""
    missing: tuple[str, ...]
    """What is missing beside an answer."""
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    made: tuple[str, ...]
    instead: str
    """That the model that was asked did not write this, and why; empty where it did."""
    checks: str
    mended: bool
    """Whether a check changed or dropped something."""

    @property
    def reading(self) -> str:
        """How to read what it refers to; empty where that is nothing."""
        return READING if self.sentences or self.lines else ""

    @property
    def in_prose(self) -> bool:
        """Whether the sentences are few enough to be read in a row."""
        return len(self.sentences) <= IN_PROSE


def compose(comparison: schema.Comparison) -> Answer:
    """Returns what there is to say about a comparison."""
    sources = {source.paper_id: source for source in _sources(comparison)}
    maker = comparison.provenance
    return Answer(
        question=printable(comparison.question),
        unanswered="" if comparison.answered else UNASKED if _is_failure(maker) else UNANSWERED,
        sentences=tuple(_sentence(one, sources) for one in comparison.answer if printable(one.text)),
        aspects=tuple(map(printable, comparison.aspects)),
        lines=tuple(_lines(comparison, sources)),
        lacking=() if comparison.answered else _shown(comparison.missing),
        missing=_shown(comparison.missing) if comparison.answered else (),
        notes=_shown(comparison.notes),
        sources=tuple(sources.values()),
        made=tuple(_made(maker)),
        instead=_instead(maker),
        checks=_checks(maker),
        mended=bool(maker.checks.repaired or maker.checks.dropped or maker.checks.withheld),
    )


def _sources(comparison: schema.Comparison) -> Iterator[Source]:
    """The consulted papers, then any that is cited without having been."""
    cited = (cite.paper_id for sentence in comparison.answer for cite in sentence.cites)
    ids = list(dict.fromkeys((*comparison.consulted, *(row.paper_id for row in comparison.rows), *cited)))
    papers = {paper.id: paper for paper in comparison.papers}
    reasons = {one.paper_id: printable(one.why) for one in comparison.why}
    called = {one.paper_id: printable(one.name or "") for one in comparison.why}
    headings = [heading(papers[key], None) if key in papers else Heading(UNTITLED) for key in ids]
    short = names.short(headings, list(map(printable, ids)), [called.get(key, "") for key in ids])
    for number, (key, name, title) in enumerate(zip(ids, short, headings, strict=True), 1):
        paper = papers.get(key)
        yield Source(
            number=number,
            paper_id=key,
            name=name,
            heading=title,
            why=reasons.get(key, ""),
            links=links(paper, ()) if paper else (),
            sentences=tuple(map(printable, paper.sentences)) if paper else (),
        )


def _sentence(sentence: schema.CitedSentence, sources: Mapping[str, Source]) -> Said:
    return Said(told(sentence), tuple(Citation(sources[cite.paper_id], cite.evidence) for cite in sentence.cites))


def _lines(comparison: schema.Comparison, sources: Mapping[str, Source]) -> Iterator[Line]:
    """The rows, with as many cells as there are aspects."""
    for row in comparison.rows if comparison.aspects else ():
        source = sources[row.paper_id]
        cells = (*row.cells, *[schema.Cell()] * len(comparison.aspects))[: len(comparison.aspects)]
        yield Line(source, tuple(_cell(cell, source) for cell in cells))


def _cell(cell: schema.Cell, source: Source) -> Said | None:
    text = printable(cell.text or "")
    return Said(text, (Citation(source, cell.evidence),), in_cell=True) if text else None


def _shown(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(printable, texts)))


def _made(maker: schema.Provenance) -> Iterator[str]:
    """Who wrote it, and what that took where an endpoint did."""
    version, model, prompt = map(printable, (maker.engine_version, maker.model, maker.prompt))
    yield f"digest {version} · model {model} · prompt {prompt}"
    if maker.tokens_in or maker.tokens_out or maker.made_at:
        cost = "cost unknown" if maker.cost_usd is None else f"${maker.cost_usd:.2f}"
        tokens = f"{maker.tokens_in:,} tokens in · {maker.tokens_out:,} tokens out"
        yield f"{counted(maker.attempts, 'request')} · {tokens} · {cost} · {maker.seconds:.1f} s of the model's time"


def _instead(maker: schema.Provenance) -> str:
    who = "no model" if _is_failure(maker) else "the embedded model instead of the one that was asked"
    return f"by {who}: {printable(maker.degraded)}" if maker.degraded else ""


def _is_failure(maker: schema.Provenance) -> bool:
    """Whether no model answered at all."""
    return bool(maker.degraded) and maker.model != "embedded"


def _checks(maker: schema.Provenance) -> str:
    again = "; asked again for what was not carried" if maker.reasked else ""
    return f"Checks of sentences and cells: {tally(maker.checks)}{again}"
