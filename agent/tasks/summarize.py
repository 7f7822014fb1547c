"""One normalized summary of one abstract."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from agent import text
from agent.errors import DigestError
from agent.grounding import Abstract, abstract, check, ground
from agent.models.base import Completion, Model, Task
from agent.schema import LeftOut, Paper, SummarizedPaper, Summary, SummaryDraft, SummaryFields
from agent.tasks.doubts import is_excuse, lines
from agent.tasks.telling import Told, is_heard, shown, source

SMALL = ("keywords", "tasks")
"""Fields whose items are left out without a loss; for them alone no model is asked again."""


def _complaint(draft: SummaryDraft, given: Mapping[str, Any]) -> str:
    """Says when an excuse or an error stands where the summary should; other strange statements are doubts."""
    told = _told(given)
    numbers = [number for number in draft.tldr.evidence if told.is_heard(number)] or range(1, len(told.sentences) + 1)
    strange = is_excuse(draft.tldr.text, [(told, numbers)])
    return "tldr: it does not say what the sentences say that it cites" if strange else ""


def _doubts(draft: SummaryDraft, given: Mapping[str, Any]) -> list[str]:
    """Says what the sentences that it cites do not carry, item by item."""
    told = _told(given)
    found = check(draft, told.sentences, told.title)
    worth = any(one.blocks and not one.field.startswith(SMALL) for one in found)
    return lines(found) if worth else []


def _told(given: Mapping[str, Any]) -> Abstract:
    """What a model was told of the paper."""
    return abstract(given["title"], tuple(given["sentences"]))


TASK = Task("summarize", SummaryDraft, _complaint, _doubts, unasked=("roles", "quoted"))
Waiting = deque[tuple[Paper, Abstract] | LeftOut]
"""Whose turn is still to come, in order: a paper and what it says, or one about which nothing can be asked."""


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


def inputs(paper: Paper) -> Told:
    """Returns what a model is told of a paper: clean title and numbered sentences, nothing else.

    What speaks to a machine is withheld. Raises `DigestError` when nothing is left of the abstract.
    """
    return _shown(_source(paper))


def _source(paper: Paper) -> Abstract:
    """What the paper says, whomever it speaks to."""
    return source(paper.title, text.sentences(text.clean(paper.abstract)))


def _shown(said: Abstract) -> Told:
    if not said.sentences:
        raise DigestError("the abstract has no text left once it is cleaned")
    if not is_heard(said):
        raise DigestError("the abstract speaks to a machine only")
    return shown(said)


def _asked(papers: Iterable[Paper], waiting: Waiting) -> Iterator[Told]:
    """Yields what is asked, and notes who waits for an answer."""
    for paper in papers:
        said = _source(paper)
        try:
            given = _shown(said)
        except DigestError as error:
            waiting.append(_left_out(paper, error))
        else:
            waiting.append((paper, said))
            yield given


def _checked(paper: Paper, said: Abstract, answer: Completion[SummaryDraft] | DigestError) -> SummarizedPaper | LeftOut:
    if isinstance(answer, DigestError):
        return _left_out(paper, answer)
    draft, checks = ground(answer.answer, said.title, said.sentences)
    roles = draft.roles if len(draft.roles) == len(said.sentences) else None
    fields = {name: getattr(draft, name) for name in SummaryFields.model_fields}
    provenance = answer.provenance.model_copy(update={"checks": checks})
    return SummarizedPaper(
        paper=paper.model_copy(update={"sentences": said.sentences, "roles": roles}),
        summary=Summary(paper_id=paper.id, provenance=provenance, **fields),
    )


def _left_out(paper: Paper, error: DigestError) -> LeftOut:
    return LeftOut(paper_id=paper.id, source=paper.sightings[0].source, reason=f"failed: {error.message}")
