"""One paper with its whole summary, before any format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agent.render.account import tally
from agent.render.content import Sentence, reference
from agent.render.entry import Heading, Link, facets, heading, links
from agent.render.safe import printable, told
from agent.schema import Provenance, Statement, SummarizedPaper, Summary


@dataclass(frozen=True)
class Measured:
    """A quantitative result and the sentences that state it."""

    facets: tuple[str, ...]
    reference: str


@dataclass(frozen=True)
class Card:
    """A summary, ready to be laid out; every number counts the sentences of the abstract from 1."""

    heading: Heading
    kind: str
    """Contribution and modalities."""
    paper_id: str
    tldr: Sentence
    statements: tuple[tuple[str, tuple[Sentence, ...]], ...]
    """Problem, approach and findings, those that there are."""
    results: tuple[Measured, ...]
    limitations: tuple[Sentence, ...]
    terms: tuple[tuple[str, str], ...]
    """Benchmarks, datasets, models, tasks and keywords, those that there are."""
    links: tuple[Link, ...]
    made: str
    degraded: bool
    """Whether a check changed or dropped something, or the embedded model stood in for another."""


def compose(item: SummarizedPaper) -> Card:
    """Returns what there is to say about a summarized paper."""
    paper, summary = item.paper, item.summary
    checks = summary.provenance.checks
    kind = (summary.contribution, ", ".join(summary.modalities))
    return Card(
        heading=heading(paper, summary.name),
        kind=" · ".join(filter(None, kind)),
        paper_id=printable(paper.id),
        tldr=_sentence(summary.tldr),
        statements=tuple(_statements(summary)),
        results=tuple(
            Measured(shown, reference(result.evidence)) for result in summary.results if (shown := facets(result))
        ),
        limitations=tuple(map(_sentence, summary.limitations)),
        terms=tuple(_terms(summary)),
        links=links(paper, summary.artifacts),
        made=_made(summary.provenance),
        degraded=bool(checks.repaired or checks.dropped or checks.withheld or summary.provenance.degraded),
    )


def _statements(summary: Summary) -> Iterable[tuple[str, tuple[Sentence, ...]]]:
    parts = {"Problem": summary.problem, "Approach": summary.approach, "Findings": summary.findings}
    return ((label, tuple(map(_sentence, part))) for label, part in parts.items() if part)


def _terms(summary: Summary) -> Iterable[tuple[str, str]]:
    parts = {
        "Benchmarks": summary.benchmarks,
        "Datasets": summary.datasets,
        "Models": summary.models,
        "Tasks": summary.tasks,
        "Keywords": summary.keywords,
    }
    return ((label, printable(", ".join(part))) for label, part in parts.items() if any(map(printable, part)))


def _sentence(statement: Statement) -> Sentence:
    return Sentence(told(statement), statement.evidence)


def _made(maker: Provenance) -> str:
    who = f"{printable(maker.model)} · {printable(maker.prompt)} · {tally(maker.checks)}"
    again = " · asked again for what was not carried" if maker.reasked else ""
    instead = f" · instead of the model that was asked: {printable(maker.degraded)}" if maker.degraded else ""
    return f"{who}{again}{instead} · [n] is sentence n of the abstract"
