"""An issue of a newsletter, drafted from a digest: code ranks, counts and compares, a model opens it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from agent.editorial import arrangement, numbers, trends
from agent.editorial.marks import marks
from agent.editorial.picks import picks
from agent.editorial.ranking import Ranking, rank
from agent.editorial.releases import released
from agent.editorial.weeks import Earlier, is_week
from agent.editorial.wishes import Wishes
from agent.errors import UsageError
from agent.grounding.languages import is_english
from agent.models.base import Model, Task, provenance
from agent.models.embedded import EmbeddedModel
from agent.schema import (
    Checks,
    CitedSentence,
    Digest,
    Newsletter,
    NewsletterSection,
    Pick,
    Provenance,
    SummarizedPaper,
    Topic,
)
from agent.sections import RESIDUAL, Section
from agent.tasks import opening, retelling
from agent.tasks import topics as grouping
from agent.text import LANGUAGE

_NOTHING = Wishes()
SHORTEST_PREHEADER = 40
"""Characters; mail programs fill a shorter one with the beginning of the text."""


def newsletter(
    digest: Digest,
    model: Model,
    wishes: Wishes = _NOTHING,
    earlier: Earlier | None = None,
    sections: Sequence[Section] = (),
) -> Newsletter:
    """Returns the draft of an issue; `sections` are those into which an editor had the digest sorted.

    Whatever a model cannot do, or says without support, is made by the embedded model or left out, and counted.
    Raises `UsageError` for a language that is none, or that the embedded model does not write.
    """
    language = written_in(model, wishes)
    items = _items(digest)
    found = marks(tuple(items.values()), digest.topics, wishes.interests, wishes.liked) if wishes.interests else {}
    ranking = rank(tuple(items.values()), found, of_a_week=is_week(digest.window))
    chosen = arrangement.shown(digest.topics, ranking, wishes.sections)
    leading = picks(chosen, ranking)
    ids = [pick.paper_id for pick in leading]
    is_extracted = digest.provenance.model == EmbeddedModel.name or bool(digest.provenance.degraded)
    arranged = arrangement.sections(digest.topics, chosen, ranking, wishes.top, ids, extracted=is_extracted)
    told = _opened(ranking, chosen, ids, model, language, wishes.tone or "")
    arranged, origin = _retold(arranged, items, model, language, wishes.tone or "", told.provenance)
    return Newsletter(
        subject=told.subject or _subject(digest),
        preheader=_preheader(told, digest, language),
        intro=told.intro,
        picks=leading,
        sections=arranged,
        by_the_numbers=numbers.by_the_numbers(
            ranking, digest.seen_before, digest.coverage.failed, list(_said(told.intro, leading, arranged))
        ),
        trends=trends.trends(_shown(items.values()), _withheld(earlier), digest.topics, sections)
        if earlier and items
        else None,
        language=language,
        tone=wishes.tone,
        digest=digest,
        provenance=origin,
    )


def asked(prompt: str, papers: Sequence[SummarizedPaper], model: Model) -> tuple[Task[Any], dict[str, Any]]:
    """Returns the task of a prompt about some papers, and what a model would be told of them; of the first section."""
    topics, _ = grouping.group(papers, model)
    ranking = rank(papers, {}, of_a_week=False)
    if prompt == opening.TASK.name:
        return opening.TASK, opening.inputs(topics, ranking, (), "en", "")
    first, *_ = arrangement.sections(topics, topics, ranking, None, ())
    return retelling.TASK, retelling.inputs(first, {key: one.item for key, one in ranking.papers.items()}, "en", "")


def written_in(model: Model, wishes: Wishes) -> str:
    """Returns the language of an issue; raises `UsageError` for one that is none, or that the model does not write."""
    language = (wishes.language or "en").strip().replace("_", "-")
    if not LANGUAGE.fullmatch(language):
        raise UsageError(f"--language {language}: not a language tag.", "Write it like de, pt-BR or zh-Hans (BCP 47).")
    if model.name == EmbeddedModel.name and not is_english(language):
        raise UsageError(
            f"--language {language}: the embedded model only writes English.",
            "Name an endpoint with --model, such as ollama_chat/qwen3:8b.",
        )
    return language


def _items(digest: Digest) -> dict[str, SummarizedPaper]:
    """The summarized papers by their ids, in reading order."""
    papers = {paper.id: paper for paper in digest.papers}
    return {
        summary.paper_id: SummarizedPaper(paper=papers[summary.paper_id], summary=summary)
        for summary in digest.summaries
    }


def _shown(items: Iterable[SummarizedPaper]) -> tuple[SummarizedPaper, ...]:
    """The papers without what speaks to a machine, whose words would sort them."""
    shown: tuple[SummarizedPaper, ...] = grouping.inputs(tuple(items))["papers"]
    return shown


def _withheld(earlier: Earlier) -> Earlier:
    return Earlier(earlier.window, _shown(earlier.papers))


def _opened(
    ranking: Ranking, chosen: Sequence[Topic], leading: Sequence[str], model: Model, language: str, tone: str
) -> opening.Told:  # fmt: skip
    """What opens the issue; a model is asked where there are papers."""
    if not ranking.papers:
        return opening.Told("", "", 0, (), provenance(opening.TASK.name, model.name))
    named = [topic for topic in chosen if topic.label not in RESIDUAL]
    # What is nowhere else has no name that could be told.
    named = named or [topic.model_copy(update={"label": ""}) for topic in chosen]
    given = opening.inputs(named, ranking, leading, language, tone)
    numbered = {paper["number"]: paper["item"].paper.id for topic in given["topics"] for paper in topic["papers"]}
    return opening.opening(given, [numbered[number] for number in sorted(numbered)], model)


def _said(
    intro: Sequence[CitedSentence], leading: Sequence[Pick], arranged: Sequence[NewsletterSection]
) -> Iterator[tuple[str, str]]:
    """Yields what the issue says of which paper."""
    for sentence in (*intro, *(one for section in arranged for one in section.overview)):
        yield from ((cite.paper_id, sentence.text) for cite in sentence.cites)
    for pick in leading:
        yield from ((pick.paper_id, reason.text) for reason in pick.reasons)
    for entry in (entry for section in arranged for entry in section.entries):
        yield from ((entry.paper_id, one.text) for one in (entry.line, entry.result) if one)


def _retold(
    arranged: Sequence[NewsletterSection], items: Mapping[str, SummarizedPaper], model: Model, language: str,
    tone: str, origin: Provenance,
) -> tuple[tuple[NewsletterSection, ...], Provenance]:  # fmt: skip
    """The sections in the language and tone that are wished for, and where they and the opening come from."""
    if model.name == EmbeddedModel.name or (is_english(language) and not tone):
        return tuple(arranged), origin
    told = list(retelling.retell(arranged, items, model, language, tone))
    sources = [source for _, source in told if source]
    return tuple(section for section, _ in told), _together(origin, sources)


def _together(first: Provenance, others: Sequence[Provenance]) -> Provenance:
    """The provenance of several answers: what they cost and how they fared together."""
    every = (first, *others)
    costs = [one.cost_usd for one in every]
    return first.model_copy(
        update={
            "cached": all(one.cached for one in every),
            "attempts": sum(one.attempts for one in every),
            "tokens_in": sum(one.tokens_in for one in every),
            "tokens_out": sum(one.tokens_out for one in every),
            "cost_usd": None if None in costs else sum(cost for cost in costs if cost),
            "seconds": round(sum(one.seconds for one in every), 3),
            "reasked": any(one.reasked for one in every),
            "degraded": "; ".join(filter(None, (first.degraded, retelling.left(others)))) or None,
            "checks": Checks(
                **{field: sum(getattr(one.checks, field) for one in every) for field in Checks.model_fields}
            ),
        }
    )


def _subject(digest: Digest) -> str:
    """What can be said where no sentence about the papers can."""
    count = len(digest.summaries)
    papers = "No new papers" if not count else "One new paper" if count == 1 else f"{count} new papers"
    window = digest.window
    span = f", {window.label}" if window.since or window.until else ""
    return f"{papers}{span}"[: opening.LONGEST_SUBJECT]


def _preheader(told: opening.Told, digest: Digest, language: str) -> str:
    """The preheader with what code has counted behind it; in another language than English, without."""
    if not is_english(language) and len(told.preheader) >= SHORTEST_PREHEADER:
        return told.preheader
    whole = _names(told, digest) if told.named else f"{told.preheader} {_counts(digest)}".strip()
    if SHORTEST_PREHEADER <= len(whole) <= opening.LONGEST_PREHEADER:
        return whole
    if len(told.preheader) >= SHORTEST_PREHEADER:
        return told.preheader
    counts = _counts(digest)
    return counts if len(counts) >= SHORTEST_PREHEADER else f"{counts} {_CHECKED}"


_CHECKED = "Each sentence is checked against the abstracts."


def _names(told: opening.Told, digest: Digest) -> str:
    """Names and how many more there are: `A, B and C, and 33 more papers in 7 topics; 11 link code`."""
    more, coded = len(digest.summaries) - told.named, _coded(digest)
    topics = numbers.in_topics(digest.topics)
    others = f", and {more} more paper{'s' * (more != 1)}{topics}" if more > 0 else topics
    code = f"; {coded} of {len(digest.summaries)} link code" if coded else ""
    return f"{told.preheader.rstrip('.')}{others}{code}"


def _counts(digest: Digest) -> str:
    """Counts in a sentence: `36 papers in 7 topics, 11 of them with code`."""
    papers = len(digest.summaries)
    coded = _coded(digest)
    code = f", {coded} of them with code" if coded else ""
    return f"{papers} paper{'s' * (papers != 1)}{numbers.in_topics(digest.topics)}{code}."


def _coded(digest: Digest) -> int:
    """Papers whose code is out, as far as they say."""
    papers = {paper.id: paper for paper in digest.papers}
    return sum("code" in released(summary, papers[summary.paper_id]) for summary in digest.summaries)
