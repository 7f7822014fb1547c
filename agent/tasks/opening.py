"""The opening of an issue: subject, preheader and intro, each checked against the papers that it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from agent.editorial.ranking import Ranking
from agent.errors import EndpointError
from agent.grounding import Abstract, check_cited
from agent.models.base import Completion, Model, Task
from agent.models.embedded import EmbeddedModel
from agent.schema import Checks, CitedSentence, DraftSentence, NewsletterDraft, Provenance, Topic
from agent.tasks import topics as grouping
from agent.tasks.citing import Sources, cite, mended, within
from agent.tasks.doubts import is_excuse, lines
from agent.tasks.telling import source

LONGEST_SUBJECT = 70
"""Characters; mail programs cut what is longer."""
SHORTEST_PREHEADER, LONGEST_PREHEADER = 20, 130
MOST_SENTENCES, MOST_READ = 5, 20
_OF_LARGE, _OF_SMALL = 5, 2
"""Papers of a large topic, and of a small one, that a model is told of."""
_LARGE = 4
"""So many topics, the largest, are."""


class Told(NamedTuple):
    """An opening that may be shown."""

    subject: str
    """Empty where nothing can be said."""
    preheader: str
    """Empty where nothing can be said."""
    named: int
    """How many papers the preheader is the names of; 0 where it is a sentence."""
    intro: tuple[CitedSentence, ...]
    provenance: Provenance


def _complaint(draft: NewsletterDraft, given: Mapping[str, Any]) -> str:
    """Says when nothing is told, or when an excuse or an error stands there."""
    ids, sources = _sources(given)
    if not draft.intro:
        return "intro: it has no sentence"
    for field, sentence in _fields(draft):
        cites = [(sources[one.paper_id], one.evidence) for one in cite(sentence, ids).cites if one.paper_id]
        everything = [(said, range(1, len(said.sentences) + 1)) for said in sources.values()]
        if is_excuse(sentence.text, cites or everything):
            return f"{field}: it does not say what the sentences say that it cites"
    return ""


def _doubts(draft: NewsletterDraft, given: Mapping[str, Any]) -> list[str]:
    """Says what is too long, and what the cited sentences do not carry."""
    ids, sources = _sources(given)
    told = [f"subject: {wrong}." for wrong in _badly_cut(draft.subject.text, 1, LONGEST_SUBJECT)]
    told += [
        f"preheader: {wrong}." for wrong in _badly_cut(draft.preheader.text, SHORTEST_PREHEADER, LONGEST_PREHEADER)
    ]
    for field, sentence in _fields(draft):
        cited = cite(sentence, ids)
        known = bool(cited.cites) and within(cited, sources)
        told += lines(check_cited(cited, sources, field, given["language"])) if known else [f"{field}: {_NOWHERE}"]
    return told


_NOWHERE = "it cites a paper that is not there, or no sentence of it."


def _fields(draft: NewsletterDraft) -> Iterator[tuple[str, DraftSentence]]:
    yield "subject", draft.subject
    yield "preheader", draft.preheader
    yield from ((f"intro.{place}", sentence) for place, sentence in enumerate(draft.intro[:MOST_READ], 1))


def _badly_cut(text: str, least: int, most: int) -> Iterator[str]:
    """Yields what is wrong with the form of a line."""
    if not least <= len(text.strip()) <= most:
        yield f"it has {len(text.strip())} characters; it must have {least} to {most}"
    if not text.isprintable() or "!" in text or "?" in text or text.count(":") > 1:
        yield "it must be one plain line, with neither ! nor ? nor several colons"


def _sources(given: Mapping[str, Any]) -> tuple[list[str], dict[str, Abstract]]:
    """What a model was told of the papers, by their numbers as text."""
    papers = {paper["number"]: paper["item"] for topic in given["topics"] for paper in topic["papers"]}
    ids = [str(number) for number in range(1, max(papers, default=0) + 1)]
    return ids, {str(n): source(item.paper.title, item.paper.sentences) for n, item in papers.items()}


TASK = Task("newsletter", NewsletterDraft, _complaint, _doubts)


def inputs(
    topics: Sequence[Topic],
    ranking: Ranking,
    leading: Sequence[str],
    language: str,
    tone: str,
) -> dict[str, Any]:
    """Returns what a model is told of the largest topics and some papers of each; numbers count the papers from 1.

    Papers that lead the issue, or that an overview tells of, come behind others of their topic, so that what opens the
    issue does not say the same again. What speaks to a machine is withheld.
    """
    chosen = [_chosen(topic, place, ranking, leading) for place, topic in enumerate(topics)]
    known = {key: place for place, key in enumerate(dict.fromkeys(key for keys in chosen for key in keys), 1)}
    shown = dict(zip(known, grouping.inputs([ranking.papers[key].item for key in known])["papers"], strict=True))
    return {
        "topics": tuple(
            {"label": topic.label, "papers": tuple({"number": known[key], "item": shown[key]} for key in keys)}
            for topic, keys in zip(topics, chosen, strict=True)
        ),
        "leading": tuple(known[key] for key in leading if key in known),
        "language": language,
        "tone": tone,
    }


def _chosen(topic: Topic, place: int, ranking: Ranking, leading: Sequence[str]) -> list[str]:
    """The papers of a topic that are told of: the best of the fresh ones first, and those that lead in any case."""
    told = {cited.paper_id for sentence in topic.overview for cited in sentence.cites}
    ranked = [one.key for one in ranking.best_first(topic.paper_ids)]
    fresh = sorted(ranked, key=lambda key: (key in leading) + (key in told))
    most = _OF_LARGE if place < _LARGE else _OF_SMALL
    kept = fresh[:most]
    return [*kept, *(key for key in topic.paper_ids if key in leading and key not in kept)]


def opening(given: Mapping[str, Any], ids: Sequence[str], model: Model) -> Told:
    """Returns what opens an issue; `ids` are those of the papers in the inputs, by their numbers.

    What the model cannot say, or says without support, the embedded model does; one failure never loses the issue.
    """
    completion = _completed(given, model)
    sources = {ids[int(number) - 1]: said for number, said in _sources(given)[1].items()}
    fates: Counter[str] = Counter()
    is_own = completion.provenance.model == EmbeddedModel.name
    draft, language = completion.answer, "en" if is_own else given["language"]
    own = draft if is_own else EmbeddedModel().complete(TASK, given).answer
    fates["dropped"] += max(0, len(draft.intro) - MOST_READ)
    intro = _intro(draft, ids, sources, fates, language)
    if not intro and not is_own:
        intro = _intro(own, ids, sources, Counter(), "en")
    preheader = _line(
        draft.preheader, own.preheader, ids, sources, fates, (SHORTEST_PREHEADER, LONGEST_PREHEADER), language
    )
    return Told(
        subject=_line(draft.subject, own.subject, ids, sources, fates, (1, LONGEST_SUBJECT), language),
        preheader=preheader,
        named=len(own.preheader.cites) if preheader == own.preheader.text else 0,
        intro=intro,
        provenance=completion.provenance.model_copy(update={"checks": Checks(**fates)}),
    )


def _completed(given: Mapping[str, Any], model: Model) -> Completion[NewsletterDraft]:
    try:
        return model.complete(TASK, given)
    except EndpointError as error:
        done = EmbeddedModel().complete(TASK, given)
        return Completion(
            done.answer,
            done.provenance.model_copy(
                update={"degraded": f"the opening by the embedded model instead: {error.message}"}
            ),
        )


def _intro(
    draft: NewsletterDraft, ids: Sequence[str], sources: Sources, fates: Counter[str], language: str
) -> tuple[CitedSentence, ...]:
    drafted = [cite(sentence, ids) for sentence in draft.intro[:MOST_READ]]
    judge = partial(check_cited, language=language)
    return tuple(mended(drafted, sources, MOST_SENTENCES, fates, judge))


def _line(
    drafted: DraftSentence, own: DraftSentence, ids: Sequence[str], sources: Sources, fates: Counter[str],
    size: tuple[int, int], language: str,
) -> str:  # fmt: skip
    """The line as drafted where it may stand, else the embedded model's; a line that praises may not."""
    cited = cite(drafted, ids)
    text = " ".join(drafted.text.split())
    found = check_cited(cited, sources, language=language)
    sound = bool(cited.cites) and within(cited, sources) and not any(one.blocks or one.kind in _HYPE for one in found)
    if sound and not any(_badly_cut(text, *size)):
        fates["kept"] += 1
        return text
    fates["dropped"] += bool(text)
    return own.text


_HYPE = ("overclaim", "recommendation")
