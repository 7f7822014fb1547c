"""One normalized summary of one abstract."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypedDict

from agent import text
from agent.errors import DigestError
from agent.grounding import akin, cited, ground
from agent.models.base import Completion, Model, Task
from agent.schema import LeftOut, Paper, SummarizedPaper, Summary, SummaryDraft, SummaryFields


class Inputs(TypedDict):
    """The inputs of the prompt."""

    title: str
    sentences: tuple[str, ...]


EXCUSE = re.compile(
    r"\b(sorry|apologi[sz]e|cannot|can't|unable|as an ai|language model|rate limit|error)\b", re.IGNORECASE
)


def _complaint(draft: SummaryDraft, given: Mapping[str, Any]) -> str:
    """Says when an excuse or an error stands where the summary should; other strange statements are mended later."""
    support = cited(draft.tldr.evidence, given["sentences"])
    if akin(draft.tldr.text, support) or not EXCUSE.search(draft.tldr.text):
        return ""
    return "tldr: it does not say what the sentences say that it cites"


TASK = Task("summarize", SummaryDraft, _complaint, unasked=("roles",))
Waiting = deque[tuple[Paper, Inputs] | LeftOut]
"""Whose turn is still to come, in order: a paper and what was asked about it, or one about which nothing can be."""


def summarize(papers: Iterable[Paper], model: Model) -> Iterator[SummarizedPaper | LeftOut]:
    """Yields each paper with its numbered sentences and the checked summary, or the reason why there is none.

    One failure never stops the rest: the model gives no usable answer, or nothing is left of the abstract.
    """
    waiting: Waiting = deque()
    for answer in model.complete_each(TASK, _asked(papers, waiting)):
        while isinstance(turn := waiting.popleft(), LeftOut):
            yield turn
        yield _checked(*turn, answer)
    yield from (turn for turn in waiting if isinstance(turn, LeftOut))


def inputs(paper: Paper) -> Inputs:
    """Returns what a model is told of a paper: clean title and numbered sentences, nothing else.

    Raises `DigestError` when nothing is left of the abstract.
    """
    sentences = tuple(text.sentences(text.clean(paper.abstract)))
    if not sentences:
        raise DigestError("the abstract has no text left once it is cleaned")
    return {"title": text.clean(paper.title), "sentences": sentences}


def _asked(papers: Iterable[Paper], waiting: Waiting) -> Iterator[Inputs]:
    """Yields what is asked, and notes who waits for an answer."""
    for paper in papers:
        try:
            given = inputs(paper)
        except DigestError as error:
            waiting.append(_left_out(paper, error))
        else:
            waiting.append((paper, given))
            yield given


def _checked(paper: Paper, given: Inputs, answer: Completion[SummaryDraft] | DigestError) -> SummarizedPaper | LeftOut:
    if isinstance(answer, DigestError):
        return _left_out(paper, answer)
    sentences = given["sentences"]
    draft, checks = ground(answer.answer, given["title"], sentences)
    roles = draft.roles if len(draft.roles) == len(sentences) else None
    fields = {name: getattr(draft, name) for name in SummaryFields.model_fields}
    provenance = answer.provenance.model_copy(update={"checks": checks})
    return SummarizedPaper(
        paper=paper.model_copy(update={"sentences": sentences, "roles": roles}),
        summary=Summary(paper_id=paper.id, provenance=provenance, **fields),
    )


def _left_out(paper: Paper, error: DigestError) -> LeftOut:
    return LeftOut(paper_id=paper.id, source=paper.sightings[0].source, reason=f"failed: {error.message}")
