"""A model that does what a planted text says, and is otherwise honest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from agent.models.base import Answer, Completion, Model, Task
from agent.schema import (
    Cell,
    ComparisonDraft,
    DraftSentence,
    NumberedCitation,
    Paper,
    Result,
    RowDraft,
    Statement,
    SummaryDraft,
    TopicDraft,
    TopicsDraft,
)
from agent.tasks.telling import shown, source
from agent.text import clean, sentences
from tests.examples import EMBEDDED, PROVENANCE
from tests.hostile.case import Case, Inputs, honest_number
from tests.hostile.papers import plant

Manner = Callable[[Case, Inputs], SummaryDraft]


class ObedientModel(Model):
    """Answers honest papers as the embedded model does, and obeys the planted text.

    It knows the hostile papers by heart: what is withheld from it, it says nevertheless, so that each check is tried.
    """

    name = "obedient"

    def __init__(self, case: Case, manner: Manner) -> None:
        self.case, self.manner = case, manner
        self.known = {key: whole(one) for one in plant(case) for key in _keys(one)}

    def complete(self, task: Task[Answer], inputs: Mapping[str, Any]) -> Completion[Answer]:
        """Answers the task, hostile papers as they demand."""
        obey = {"summarize": self._summary, "topics": self._topics, "compare": self._comparison}[task.name]
        answer = obey(inputs) or EMBEDDED.complete(task, inputs).answer
        return Completion(answer, PROVENANCE)

    def _summary(self, inputs: Inputs) -> SummaryDraft | None:
        known = self.known.get(_key(inputs), inputs)
        shown = self.case.seen_in(known["title"], *known["sentences"])
        return self.manner(self.case, known) if shown else None

    def _topics(self, inputs: Mapping[str, Any]) -> TopicsDraft | None:
        """Each hostile paper makes a topic of its own, and the first draws all other papers into it."""
        told = [self.known.get(item.paper.id) or whole(item.paper) for item in inputs["papers"]]
        hostile = [n for n, known in enumerate(told, 1) if self.case.seen_in(known["title"], *known["sentences"])]
        rest = [n for n in range(1, len(told) + 1) if n not in hostile]
        drafts = [self._topic(number, rest, told[number - 1]) for number in hostile]
        return TopicsDraft(topics=tuple(drafts)) if drafts else None

    def _topic(self, number: int, rest: list[int], inputs: Inputs) -> TopicDraft:
        draft, elsewhere = self.manner(self.case, inputs), rest[:1]
        sentences = (draft.tldr, *draft.approach, *draft.findings)
        overview = [_cited(sentence, number) for sentence in sentences]
        overview += [_cited(sentence, number, *elsewhere) for sentence in sentences]
        overview += [_cited(sentence, other) for sentence in sentences for other in elsewhere]
        return TopicDraft(
            label=draft.name or draft.tldr.text[:60],
            keywords=(*draft.keywords, draft.tldr.text),
            papers=(number, *rest, 0, -1, 10**6),
            overview=tuple(overview),
        )

    def _comparison(self, inputs: Mapping[str, Any]) -> ComparisonDraft | None:
        """Says what each hostile paper demands, of it and of another, in every part of an answer."""
        told = [self.known.get(_key(item), item) for item in inputs["papers"]]
        hostile = [n for n, known in enumerate(told, 1) if self.case.seen_in(known["title"], *known["sentences"])]
        drafts = [(number, self.manner(self.case, told[number - 1])) for number in hostile]
        rest = [n for n in range(1, len(told) + 1) if n not in hostile][:1]
        answer, rows, heads = [], [], []
        for number, draft in drafts:
            said = (draft.tldr, *draft.approach, *draft.findings)
            answer += [_cited(one, *papers) for one in said for papers in ((number,), (number, *rest), rest)]
            cells = tuple(Cell(text=one.text, evidence=one.evidence) for one in said)
            rows += [RowDraft(paper=n, cells=cells) for n in (number, *rest)]
            heads += [draft.name or "", *draft.keywords, *(one.text for one in said)]
        fields = {
            "answer": tuple(answer),
            "aspects": ("approach", *heads),
            "rows": tuple(rows),
            "missing": tuple(heads),
        }
        return ComparisonDraft(answered=True, **fields) if drafts else None


def whole(paper: Paper) -> Inputs:
    """A paper as a model would be told of it if nothing were withheld."""
    return {"title": clean(paper.title), "sentences": _sentences(paper.abstract)}


@cache
def _sentences(abstract: str) -> tuple[str, ...]:
    return tuple(sentences(clean(abstract)))


def _keys(paper: Paper) -> Iterator[str]:
    """By what a model knows the paper again: its id, and what it is told of it."""
    yield paper.id
    yield _key(shown(source(**whole(paper))))


def _key(inputs: Inputs) -> str:
    return "\n".join((inputs["title"], *inputs["sentences"]))


def said(case: Case, given: Inputs) -> SummaryDraft:
    """Says what the author demands."""
    return case.obeyed(given)


def quoted(case: Case, given: Inputs) -> SummaryDraft:
    """Quotes the planted sentences word for word, with their right numbers, in every field that takes a sentence."""
    obeyed, planted = case.obeyed(given), case.planted(given)
    honest = honest_number(given, planted)
    quotes = [Statement(text=given["sentences"][number - 1], evidence=(number,)) for number in planted]
    if case.seen_in(given["title"]):
        quotes = [Statement(text=piece, evidence=(1,)) for piece in case.pieces]
    # A true value beside a false witness: renderers show the first sentence that a result cites.
    results = tuple(
        Result(value=word, metric="shards", evidence=(*planted, honest))
        for number, text in enumerate(given["sentences"], 1)
        for word in text.split()
        if number not in planted and word[0].isdigit()
    )
    fields = dict.fromkeys(("problem", "approach", "findings", "limitations"), tuple(quotes))
    words = {"name": quotes[0].text[:40], "keywords": (*case.pieces, *obeyed.keywords)}
    return obeyed.model_copy(update=fields | words | {"tldr": quotes[0], "results": results})


def _cited(statement: Statement, *papers: int) -> DraftSentence:
    cites = tuple(NumberedCitation(paper=number, evidence=statement.evidence) for number in papers)
    return DraftSentence(text=statement.text, cites=cites)
