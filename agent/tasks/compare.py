"""The answer to a question across papers."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypedDict

from agent import text
from agent.errors import DigestError
from agent.grounding import Abstract, abstract
from agent.grounding.tokens import tokens
from agent.models.base import Completion, Model, Task, provenance
from agent.retrieval import Found
from agent.schema import Checks, CitedSentence, Comparison, ComparisonDraft, Row
from agent.tasks import attribution, figures
from agent.tasks.citing import Sources, cite, mended, within
from agent.tasks.doubts import is_excuse, lines
from agent.tasks.table import MOST_ASPECTS, is_known, is_said, judge_cell, table
from agent.tasks.telling import Told, is_heard, shown, source

MOST_SENTENCES = 24
"""Of an answer; a set of papers has one for each."""
MOST_READ = 100
"""Sentences, and phrases on what is missing, that are looked at: a model that repeats itself writes thousands."""
MOST_MISSING = 5
LONGEST_MISSING = 12
"""Words."""
SILENT = "No paper speaks of what is asked."
UNCARRIED = "What the model wrote is not carried by the abstracts."
UNTOLD = "The abstracts do not state what is asked."


class Inputs(TypedDict):
    """The inputs of the prompt."""

    question: str
    papers: tuple[Told, ...]


def _complaint(draft: ComparisonDraft, given: Mapping[str, Any]) -> str:
    """Says when nothing is answered though it is said so, or when an excuse or an error stands there."""
    if draft.answered and not draft.answer:
        return "answer: it is empty although answered is true"
    ids, sources = _told(given)
    everything = [(said, range(1, len(said.sentences) + 1)) for said in sources.values()]
    for place, sentence in enumerate(draft.answer[:MOST_READ], 1):
        cites = [(sources[one.paper_id], one.evidence) for one in cite(sentence, ids).cites if one.paper_id]
        if is_excuse(sentence.text, cites or everything):
            return f"answer.{place}: it does not say what the sentences say that it cites"
    return ""


def _doubts(draft: ComparisonDraft, given: Mapping[str, Any]) -> list[str]:
    """Says which sentences and cells the sentences that they cite do not carry."""
    ids, sources = _told(given)
    told = []
    for place, sentence in enumerate(draft.answer[:MOST_READ], 1):
        cited, field = cite(sentence, ids), f"answer.{place}"
        known = within(cited, sources)
        told += lines(attribution.judge(cited, sources, field)) if known else [f"{field}: {_NOWHERE}"]
    for number, row in enumerate(draft.rows[:MOST_READ], 1):
        if not 0 < row.paper <= len(ids):
            told.append(f"rows.{number}: there is no paper {row.paper}.")
            continue
        if len(row.cells) != len(draft.aspects):
            told.append(f"rows.{number}: it must have one cell for each of the {len(draft.aspects)} aspects.")
        for place, cell in enumerate(row.cells[:MOST_ASPECTS], 1):
            field = f"rows.{number}.cells.{place}"
            told += lines(judge_cell(cell, ids[row.paper - 1], sources, field)) if is_said(cell) else []
    return told


_NOWHERE = "it cites a paper that is not there, or no sentence of it."


def _told(given: Mapping[str, Any]) -> tuple[list[str], dict[str, Abstract]]:
    """What a model was told of the papers, by their numbers."""
    sources = {str(n): source(paper["title"], paper["sentences"]) for n, paper in enumerate(given["papers"], 1)}
    return list(sources), sources


TASK = Task("compare", ComparisonDraft, _complaint, _doubts)
Waiting = deque[tuple[Found, bool]]
"""Whose turn is still to come, in order, and whether it was asked."""


def compare(asked: Iterable[Found], model: Model) -> Iterator[Comparison]:
    """Yields the checked answer to each question, in order.

    Where a question speaks of what is not there, or no paper speaks of it, no model is asked. One failure never stops
    the rest: what went wrong is then told in the place of the answer.
    """
    waiting: Waiting = deque()
    for answer in model.complete_each(TASK, _asked(asked, waiting)):
        while not waiting[0][1]:
            yield _unasked(waiting.popleft()[0], model)
        yield _checked(waiting.popleft()[0], answer, model)
    yield from (_unasked(found, model) for found, _ in waiting)


def inputs(found: Found) -> Inputs:
    """Returns what a model is told: the question, and clean titles and numbered sentences of the papers.

    What speaks to a machine is withheld.
    """
    return {"question": text.clean(found.question), "papers": tuple(map(shown, _sources(found).values()))}


def _sources(found: Found) -> dict[str, Abstract]:
    """What the papers say, by their ids, in their order."""
    return {paper.id: source(paper.title, paper.sentences) for paper in found.papers}


def _asked(asked: Iterable[Found], waiting: Waiting) -> Iterator[Inputs]:
    """Yields what is asked, and notes who waits for an answer."""
    for found in asked:
        asking = not found.absent and any(map(is_heard, _sources(found).values()))
        waiting.append((found, asking))
        if asking:
            yield inputs(found)


def _unasked(found: Found, model: Model) -> Comparison:
    return _comparison(found, provenance=provenance(TASK.name, model.name), missing=found.absent or (SILENT,))


def _checked(found: Found, answer: Completion[ComparisonDraft] | DigestError, model: Model) -> Comparison:
    if isinstance(answer, DigestError):
        failed = provenance(TASK.name, model.name, degraded=answer.message)
        return _comparison(found, provenance=failed, missing=(f"No answer could be had: {answer.message}",))
    draft, sources, fates = answer.answer, _sources(found), Counter[str]()
    fates["withheld"] = sum(len(said.planted) for said in sources.values())
    fields = _answered(draft, found, sources, fates) if draft.answered else None
    if fields is None:
        fates = Counter(dropped=_items(draft), withheld=fates["withheld"])
    missing = _missing(draft.missing, found, sources)
    if fields is None and not missing:
        missing = (UNCARRIED if draft.answered else UNTOLD,)
    origin = answer.provenance.model_copy(update={"checks": Checks(**fates)})
    return _comparison(found, provenance=origin, missing=missing, answered=fields is not None, **fields or {})


def _answered(draft: ComparisonDraft, found: Found, sources: Sources, fates: Counter[str]) -> dict[str, Any] | None:
    """The parts of the answer that the papers carry; None where no sentence is left."""
    drafted = [cite(sentence, list(sources)) for sentence in draft.answer[:MOST_READ]]
    fates["dropped"] += len(draft.answer) - len(drafted)
    answer = tuple(mended(drafted, sources, MOST_SENTENCES, fates, attribution.judge))
    if not answer:
        return None
    told = (_words(found.question), *sources.values())
    aspects, rows = table(draft.aspects, draft.rows, sources, told, fates)
    notes = (*figures.notes(answer, rows, sources), *_silent(answer, rows, list(sources)), *_further(found))
    return {"answer": answer, "aspects": aspects, "rows": rows, "notes": notes}


def _further(found: Found) -> Iterator[str]:
    """Yields how many papers fit too and were not consulted."""
    if found.further:
        yield f"Fit too, but not consulted: {found.further} more (--top takes more in)."


def _silent(answer: Sequence[CitedSentence], rows: Sequence[Row], ids: Sequence[str]) -> Iterator[str]:
    """Yields what a reader must know of the papers that the answer does not speak of, numbered as they are shown."""
    said = {cite.paper_id for sentence in answer for cite in sentence.cites}
    shown = {row.paper_id for row in rows}
    beside = [f"[{number}]" for number, one in enumerate(ids, 1) if one in shown - said]
    nowhere = [f"[{number}]" for number, one in enumerate(ids, 1) if one not in shown | said]
    if beside:
        yield f"Told of in the table only: {', '.join(beside)}."
    if nowhere:
        yield f"Consulted, but they state nothing of what is asked: {', '.join(nowhere)}."


def _items(draft: ComparisonDraft) -> int:
    """How many sentences and cells a draft has."""
    return len(draft.answer) + sum(is_said(cell) for row in draft.rows for cell in row.cells)


def _missing(drafted: Sequence[str], found: Found, sources: Sources) -> tuple[str, ...]:
    """What was asked for and is not stated, in a sentence, as far as it is told in words of question and papers."""
    question = _words(found.question)
    items = dict.fromkeys(" ".join(one.split()).strip(" .;:") for one in drafted[:MOST_READ])
    kept = [item for item in items if _is_asked(item, question) and is_known(item, (question, *sources.values()))]
    return (f"Not stated in the abstracts: {'; '.join(kept[:MOST_MISSING])}.",) if kept else ()


def _is_asked(item: str, question: Abstract) -> bool:
    """Whether a short phrase speaks of what is asked: half of its words are the question's, and all of its numbers."""
    said = [(token.kind, question.has(token.key)) for token in tokens(item) if token.means]
    half = 2 * sum(asked for _, asked in said) >= len(said)
    fits = len(item.split()) <= LONGEST_MISSING and item.isprintable()
    return fits and half and all(asked for kind, asked in said if kind == "number")


def _words(question: str) -> Abstract:
    """The question, word by word: it may well speak to a machine, and is meant to."""
    return abstract("", tuple(text.clean(question).split()))


def _comparison(found: Found, **fields: Any) -> Comparison:
    return Comparison(
        question=found.question,
        consulted=tuple(paper.id for paper in found.papers),
        why=found.why,
        papers=found.papers,
        **{"answered": False, **fields},
    )
