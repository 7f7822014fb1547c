"""The summary of one abstract, extracted from it by rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.grounding import check
from agent.models.embedded.abstract import Abstract, read
from agent.models.embedded.artifacts import artifacts
from agent.models.embedded.clues import clues
from agent.models.embedded.contribution import contribution
from agent.models.embedded.entities import entities
from agent.models.embedded.keywords import keywords
from agent.models.embedded.modalities import modalities
from agent.models.embedded.name import name
from agent.models.embedded.results import results
from agent.models.embedded.roles import chances, likeliest
from agent.models.embedded.statements import limitations, parts
from agent.models.embedded.tasks import tasks
from agent.models.embedded.tldr import tldr
from agent.schema import Statement, SummaryDraft


def summarize(title: str, sentences: Sequence[str]) -> SummaryDraft:
    """Returns the summary of a clean title and the clean sentences of its abstract.

    Every text is a sentence of the abstract or a part of one; every name, value and link is a piece of one.

    Raises `ValueError` when there is no sentence.
    """
    if not sentences:
        raise ValueError("an abstract without a sentence cannot be summarized")
    abstract = understand(title, sentences)
    told = parts(abstract)
    mentioned = entities(abstract, abstract.kind)

    def sound(statements: Sequence[Statement]) -> tuple[Statement, ...]:
        found = (_sound(statement, title, sentences) for statement in statements)
        return tuple(statement for statement in found if statement is not None)

    return SummaryDraft(
        tldr=tldr(abstract),
        contribution=abstract.kind,
        name=abstract.name,
        problem=sound(told.problem),
        approach=sound(told.approach),
        findings=sound(told.findings),
        results=abstract.results,
        benchmarks=mentioned.benchmarks,
        datasets=mentioned.datasets,
        models=mentioned.models,
        tasks=tasks(abstract),
        modalities=modalities(abstract),
        artifacts=artifacts(abstract),
        limitations=sound(limitations(abstract)),
        keywords=keywords(abstract),
        roles=abstract.roles,
    )


def understand(title: str, sentences: Sequence[str]) -> Abstract:
    """Returns the abstract with what is known of it: name, kind, roles, results and clues."""
    abstract = read(title, sentences)
    roles = chances(abstract.sentences)
    abstract = replace(abstract, name=name(abstract), chances=roles, roles=tuple(map(likeliest, roles)))
    abstract = replace(abstract, kind=contribution(abstract), results=results(abstract))
    return replace(abstract, clues=tuple(clues(abstract)))


def _sound(statement: Statement, title: str, sentences: Sequence[str]) -> Statement | None:
    """The statement, or its whole sentence where shortening it went wrong; None where that says nothing either."""
    whole = sentences[statement.evidence[0] - 1]
    kept = statement.text[1:].rstrip(".")
    if (len(kept.split()) > 3 and kept in whole) or not check(statement, sentences, title):
        return statement
    quoted = Statement(text=whole, evidence=statement.evidence)
    return None if check(quoted, sentences, title) else quoted
