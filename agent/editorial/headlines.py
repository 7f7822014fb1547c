"""The headline result of a paper: the sentence that states its first value with what was measured."""

from __future__ import annotations

from collections.abc import Iterator

from agent import text
from agent.grounding import abstract
from agent.models.embedded.gains import says
from agent.schema import Paper, Result, Statement, Summary


def headline(paper: Paper, summary: Summary) -> Statement | None:
    """Returns the finding that states the first result of which it is known what was measured.

    A value with its metric alone would not say whether it rose or fell, nor whose it is; the sentence does. None where
    there is no such result, or the TL;DR says it already.
    """
    result = next((result for result in summary.results if result.metric or result.on), None)
    if not result or says(summary.tldr.text, result.value):
        return None
    found = (finding for finding in summary.findings if says(finding.text, result.value))
    return next(found, None) or next(_stating(result, paper), None)


def _stating(result: Result, paper: Paper) -> Iterator[Statement]:
    """The cited sentences that have the value, but for those that speak to a machine."""
    source = abstract(text.clean(paper.title), paper.sentences)
    for number in result.evidence:
        if source.is_heard(number) and says(source.sentences[number - 1], result.value):
            yield Statement(text=source.sentences[number - 1], evidence=(number,))
