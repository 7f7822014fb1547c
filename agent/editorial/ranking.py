"""The papers of a window, ranked by what speaks for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from agent.editorial.marks import Mark
from agent.editorial.novelty import Corpus
from agent.editorial.reasons import Weighed, reasons
from agent.editorial.spelling import spelled_out
from agent.models.embedded.newsletter.claims import Claim, claims
from agent.models.embedded.topics.clauses import deed
from agent.schema import Statement, SummarizedPaper

_LATER = 0.6
"""What each further reason counts of what the one before it does."""
_TOLD_WELL, _TOLD_BADLY = 0.5, -2.0
"""What it counts whether the gist of a paper can be told of it by name, or not without its authors' context."""
_LONGEST = 40


@dataclass(frozen=True)
class Ranked:
    """A paper and what speaks for it."""

    item: SummarizedPaper
    reasons: tuple[Weighed, ...]
    claims: tuple[Claim, ...] = ()
    """What it states that it reached."""
    marks: tuple[Mark, ...] = ()

    @property
    def key(self) -> str:
        """The paper's id."""
        return self.item.paper.id

    @property
    def is_known(self) -> bool:
        """Whether the readers named the paper themselves."""
        return any(mark.is_itself for mark in self.marks)

    @cached_property
    def interest(self) -> float:
        """How much of the readers' interests it has."""
        return sum(mark.weight for mark in self.marks)

    @cached_property
    def weight(self) -> float:
        """How much speaks for it: the strongest reason most, and whether its gist can be told of it by name."""
        summary = self.item.summary
        told = deed(summary.tldr.text, summary.name, _LONGEST)
        well = _TOLD_BADLY if told is None else _TOLD_WELL * bool(summary.name and summary.name in told)
        return sum(one.weight * _LATER**place for place, one in enumerate(self.reasons)) + well


@dataclass(frozen=True)
class Ranking:
    """The papers of a window by their ids."""

    papers: Mapping[str, Ranked] = field(default_factory=dict)

    def best_first(self, ids: Sequence[str]) -> list[Ranked]:
        """Returns some papers, those of interest first, then by what speaks for them, then as they came."""
        return sorted((self.papers[key] for key in ids), key=lambda one: (-one.interest, -one.weight))


def rank(items: Sequence[SummarizedPaper], marks: Mapping[str, Sequence[Mark]], *, of_a_week: bool) -> Ranking:
    """Returns the ranking; it takes no account of how often a paper is cited or shared, which no abstract tells."""
    corpus = Corpus(items, of_a_week=of_a_week)
    return Ranking({item.paper.id: _ranked(item, corpus, tuple(marks.get(item.paper.id, ()))) for item in items})


def _ranked(item: SummarizedPaper, corpus: Corpus, marks: tuple[Mark, ...]) -> Ranked:
    reached = tuple(_spelled(claim, item) for claim in claims(item))
    return Ranked(item, tuple(reasons(item, corpus, reached, marks)), reached, marks)


def _spelled(claim: Claim, item: SummarizedPaper) -> Claim:
    """The claim with the long forms of what its sentence abbreviates."""
    text = spelled_out(Statement(text=claim.outcome.text, evidence=(claim.evidence,)), item).text
    return claim._replace(outcome=claim.outcome._replace(text=text))
