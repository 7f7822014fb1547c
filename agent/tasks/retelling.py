"""Sections told in another language or tone: what a check does not carry is shown as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from agent.errors import EndpointError
from agent.grounding import Abstract, check_cited
from agent.models.base import Completion, Model, Task
from agent.models.embedded import EmbeddedModel
from agent.schema import (
    Checks,
    Citation,
    CitedSentence,
    LineDraft,
    NewsletterEntry,
    NewsletterSection,
    Provenance,
    SectionDraft,
    Statement,
    SummarizedPaper,
)
from agent.tasks import topics as grouping
from agent.tasks.citing import Sources, cite, mended, within
from agent.tasks.doubts import is_excuse, lines
from agent.tasks.telling import source

MOST_SENTENCES, MOST_READ = 5, 200


def _complaint(draft: SectionDraft, given: Mapping[str, Any]) -> str:
    """Says when no paper is told of, or when an excuse stands there."""
    ids, sources = _sources(given)
    if not any(0 < line.paper <= len(ids) for line in draft.lines):
        return "lines: no paper is told of"
    for place, line in enumerate(draft.lines[:MOST_READ], 1):
        said = sources.get(str(line.paper))
        if said and is_excuse(line.text, [(said, line.evidence)]):
            return f"lines.{place}: it does not say what the sentences say that it cites"
    return ""


def _doubts(draft: SectionDraft, given: Mapping[str, Any]) -> list[str]:
    """Says what the cited sentences do not carry."""
    ids, sources = _sources(given)
    told = []
    for place, sentence in enumerate(draft.overview[:MOST_READ], 1):
        told += _doubted(cite(sentence, ids), sources, f"overview.{place}", given["language"])
    for place, line in enumerate(draft.lines[:MOST_READ], 1):
        told += _doubted(_cited(line, ids), sources, f"lines.{place}", given["language"])
    return told


def _doubted(cited: CitedSentence, sources: Sources, field: str, language: str) -> list[str]:
    if not cited.cites or not within(cited, sources):
        return [f"{field}: it cites a paper that is not there, or no sentence of it."]
    return lines(check_cited(cited, sources, field, language))


def _cited(line: LineDraft, ids: Sequence[str]) -> CitedSentence:
    """A line as a sentence that cites its paper."""
    key = ids[line.paper - 1] if 0 < line.paper <= len(ids) else ""
    return CitedSentence(text=line.text, cites=(Citation(paper_id=key, evidence=tuple(dict.fromkeys(line.evidence))),))


def _sources(given: Mapping[str, Any]) -> tuple[list[str], dict[str, Abstract]]:
    """What a model was told of the papers, by their numbers as text."""
    papers = {str(paper["number"]): paper["item"].paper for paper in given["papers"]}
    return list(papers), {number: source(paper.title, paper.sentences) for number, paper in papers.items()}


TASK = Task("section", SectionDraft, _complaint, _doubts)


def inputs(
    section: NewsletterSection, items: Mapping[str, SummarizedPaper], language: str, tone: str
) -> dict[str, Any]:
    """Returns what a model is told of the papers of a section that are shown; what speaks to a machine is withheld."""
    shown = grouping.inputs([items[entry.paper_id] for entry in section.entries])["papers"]
    papers = tuple({"number": number, "item": item} for number, item in enumerate(shown, 1))
    return {"label": section.label, "papers": papers, "language": language, "tone": tone}


def retell(
    sections: Sequence[NewsletterSection],
    items: Mapping[str, SummarizedPaper],
    model: Model,
    language: str,
    tone: str,
) -> Iterator[tuple[NewsletterSection, Provenance | None]]:
    """Yields each section as the model tells it, and where that comes from; one without papers in full as it is."""
    given = [inputs(section, items, language, tone) for section in sections if section.entries]
    answered = iter(zip(given, _answers(given, model), strict=True))
    for section in sections:
        if section.entries:
            asked, completion = next(answered)
            yield _checked(section, items, asked, completion)
        else:
            yield section, None


def left(sources: Sequence[Provenance]) -> str | None:
    """Returns how many sections stay as the digest has them, and why the first of these does; None where none does."""
    reasons = [source.degraded for source in sources if source.degraded]
    if not reasons:
        return None
    return f"{len(reasons)} of {len(sources)} section{'s' * (len(sources) != 1)} as the digest has them: {reasons[0]}"


def _answers(given: Sequence[Mapping[str, Any]], model: Model) -> Iterator[Completion[SectionDraft]]:
    """Yields an answer about each section; the embedded model stands in for an endpoint that gives none, or no more."""
    answered = 0
    try:
        for asked, answer in zip(given, model.complete_each(TASK, given), strict=True):
            yield _completed(asked, answer)
            answered += 1
    except EndpointError as error:
        yield from (_completed(asked, error) for asked in given[answered:])


def _completed(given: Mapping[str, Any], answer: Completion[SectionDraft] | Exception) -> Completion[SectionDraft]:
    if isinstance(answer, Completion):
        return answer
    if not isinstance(answer, EndpointError):
        raise answer
    done = EmbeddedModel().complete(TASK, given)
    return Completion(done.answer, done.provenance.model_copy(update={"degraded": answer.message}))


def _checked(
    section: NewsletterSection,
    items: Mapping[str, SummarizedPaper],
    given: Mapping[str, Any],
    completion: Completion[SectionDraft],
) -> tuple[NewsletterSection, Provenance]:
    if completion.provenance.degraded:
        # The digest's own words are better than those of the model that stands in.
        return section, completion.provenance
    draft, fates = completion.answer, Counter[str]()
    ids = [entry.paper_id for entry in section.entries]
    sources = {key: source(items[key].paper.title, items[key].paper.sentences) for key in ids}
    judge = partial(check_cited, language=given["language"])
    overview = tuple(
        mended([cite(one, ids) for one in draft.overview[:MOST_READ]], sources, MOST_SENTENCES, fates, judge)
    )
    drafted = {line.paper: line for line in reversed(draft.lines[:MOST_READ])}
    entries = []
    for number, entry in enumerate(section.entries, 1):
        line = _line(_cited(drafted[number], ids), sources, fates, judge) if number in drafted else None
        entries.append(entry.model_copy(update={"line": line}) if line else entry)
    update = {"overview": overview or section.overview, "entries": tuple(map(_unrepeated, entries))}
    origin = completion.provenance.model_copy(update={"checks": Checks(**fates)})
    return section.model_copy(update=update), origin


def _line(cited: CitedSentence, sources: Sources, fates: Counter[str], judge: Any) -> Statement | None:
    """The line, or the sentence that it cites; None where that cannot be shown either."""
    shown = next(mended([cited], sources, 1, fates, judge), None)
    return Statement(text=shown.text, evidence=shown.cites[0].evidence, quoted=shown.quoted) if shown else None


def _unrepeated(entry: NewsletterEntry) -> NewsletterEntry:
    """The entry without its result where the line is the same sentence."""
    same = entry.result is not None and entry.result.text == entry.line.text
    return entry.model_copy(update={"result": None}) if same else entry
