"""Figures of several papers beside each other: whether they were measured on the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from agent.grounding.tokens import tokens
from agent.schema import CitedSentence, Row
from agent.tasks.citing import Sources
from agent.text import fold

APART = "The figures come from different benchmarks or settings and cannot be compared directly."

Told = tuple[str, str, Sequence[int]]
"""A text, the id of the paper that it tells of, and the sentences of it that carry the text."""


def notes(answer: Sequence[CitedSentence], rows: Sequence[Row], sources: Sources) -> tuple[str, ...]:
    """Returns what a reader must know who sees the figures of several papers side by side.

    That is in the answer, or in one column of the table.
    """
    said = [(sentence.text, cite.paper_id, cite.evidence) for sentence in answer for cite in sentence.cites]
    width = max((len(row.cells) for row in rows), default=0)
    columns = [
        [(row.cells[at].text or "", row.paper_id, row.cells[at].evidence) for row in rows] for at in range(width)
    ]
    return (APART,) if any(_differ(told, sources) for told in (said, *columns)) else ()


def _differ(told: Iterable[Told], sources: Sources) -> bool:
    """Whether two papers have figures in some texts, and no benchmark or dataset that both were measured on."""
    measured: dict[str, set[str]] = {}
    for text, key, evidence in told:
        support = sources[key].carrying(evidence)
        if any(_outcomes(sentence) & _numbers(text) for sentence in support):
            measured.setdefault(key, set()).update(_measured_on(support))
    return any(not one & other for one, other in combinations(measured.values(), 2))


def _numbers(text: str) -> set[str]:
    return {token.key for token in tokens(text) if token.kind == "number"}


def _outcomes(sentence: str) -> set[str]:
    """The numbers of a sentence that report a result: no sizes, no settings."""
    from agent.models.embedded.quantities import Telling
    from agent.models.embedded.values import values

    telling = Telling(reported=True, measuring=True)
    return {number for value in values(sentence, telling) for number in _numbers(value.text)}


def _measured_on(sentences: Iterable[str]) -> set[str]:
    """The benchmarks and datasets that are named."""
    from agent.models.embedded.mentions import mentioned

    return {fold(name) for sentence in sentences for name, kind in mentioned(sentence) if kind != "model"}
