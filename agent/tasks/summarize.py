"""One normalized summary of one abstract."""

from __future__ import annotations

from typing import TypedDict

from agent import text
from agent.errors import DigestError
from agent.grounding import ground
from agent.models.base import Model, Task
from agent.schema import Paper, SummarizedPaper, Summary, SummaryDraft, SummaryFields


class Inputs(TypedDict):
    """The inputs of the prompt."""

    title: str
    sentences: tuple[str, ...]


TASK = Task("summarize", SummaryDraft)


def summarize(paper: Paper, model: Model) -> SummarizedPaper:
    """Returns the paper with its numbered sentences and the checked summary.

    Raises `EndpointError` when the model gives no usable answer, `DigestError` when the abstract is empty.
    """
    given = inputs(paper)
    sentences = given["sentences"]
    completion = model.complete(TASK, given)
    draft, checks = ground(completion.answer, given["title"], sentences)
    roles = draft.roles if len(draft.roles) == len(sentences) else None
    fields = {name: getattr(draft, name) for name in SummaryFields.model_fields}
    provenance = completion.provenance.model_copy(update={"checks": checks})
    return SummarizedPaper(
        paper=paper.model_copy(update={"sentences": sentences, "roles": roles}),
        summary=Summary(paper_id=paper.id, provenance=provenance, **fields),
    )


def inputs(paper: Paper) -> Inputs:
    """Returns what a model is told of a paper: clean title and numbered sentences, nothing else.

    Raises `DigestError` when nothing is left of the abstract.
    """
    sentences = tuple(text.sentences(text.clean(paper.abstract)))
    if not sentences:
        raise DigestError("the abstract has no text left once it is cleaned")
    return {"title": text.clean(paper.title), "sentences": sentences}
