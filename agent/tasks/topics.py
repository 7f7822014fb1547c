"""The topics of a window's papers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Any

from agent.grounding import Abstract, check_cited
from agent.models.base import Model, Task, provenance
from agent.models.embedded import EmbeddedModel
from agent.schema import (
    Checks,
    Provenance,
    SummarizedPaper,
    Topic,
    TopicDraft,
    TopicsDraft,
)
from agent.sections import OTHER, UNSORTED, Section
from agent.tasks import naming
from agent.tasks.citing import cite, mended, within
from agent.tasks.doubts import lines
from agent.tasks.telling import source

MOST_WORDS = 8
MOST_SENTENCES = 5
"""Of an overview."""
Papers = Sequence[SummarizedPaper]


def _complaint(draft: TopicsDraft, given: Mapping[str, Any]) -> str:
    """Says when the answer groups nothing, or when a label is a speech."""
    count = len(given["papers"])
    if count and not any(0 < number <= count for topic in draft.topics for number in topic.papers):
        return "topics: no paper stands in any of them"
    long = any(not 0 < len(topic.label.split()) <= MOST_WORDS for topic in draft.topics)
    return "label: it must have two to five words" if long else ""


def _doubts(draft: TopicsDraft, given: Mapping[str, Any]) -> list[str]:
    """Says which sentences the sentences that they cite do not carry."""
    papers: Papers = given["papers"]
    ids, told = _ids(papers), []
    for number, topic in enumerate(draft.topics, 1):
        sources = _sources(topic.papers, papers)
        for place, sentence in enumerate(topic.overview, 1):
            cited = cite(sentence, ids)
            field = f"topics.{number}.overview.{place}"
            told += [] if within(cited, sources) else [f"{field}: it cites a paper that the topic does not have."]
            told += lines(check_cited(cited, sources, field)) if within(cited, sources) else []
    return told


TASK = Task("topics", TopicsDraft, _complaint, _doubts)


def group(papers: Papers, model: Model, sections: Sequence[Section] = ()) -> tuple[tuple[Topic, ...], Provenance]:
    """Returns the topics in order of size, papers of no known theme last, and where they come from.

    With an editor's sections the topics are these, in their order and with their labels; one without papers is left
    out, and papers that fit none come last. The embedded model then sorts them, whoever summarized them: that sends
    nothing and costs nothing.

    Every paper ends in exactly one topic: a second mention is ignored, papers the model forgot become a topic of their
    own. Overview sentences that the cited sentences do not carry are quoted or dropped, and counted.
    Raises `EndpointError` when the model gives no usable answer.
    """
    if not papers:
        return (), provenance(TASK.name, model.name)
    if sections:
        completion = EmbeddedModel().complete(TASK, inputs(papers) | {"sections": sections})
    else:
        completion = model.complete(TASK, inputs(papers))
    fates: Counter[str] = Counter()
    given = frozenset(section.label for section in sections)
    grounded = [_ground(draft, papers, given, fates) for draft in _partition(completion.answer.topics, len(papers))]
    origin = completion.provenance.model_copy(update={"checks": Checks(**fates)})
    return _named(grounded if sections else sorted(grounded, key=_rank)), origin


def _rank(topic: Topic) -> tuple[bool, int]:
    return topic.label == OTHER, -len(topic.paper_ids)


def inputs(papers: Papers) -> dict[str, Any]:
    """Returns what a model is told of the papers; numbers in its answer count them from 1.

    What speaks to a machine is withheld.
    """
    return {"papers": tuple(map(_shown, papers))}


def _shown(item: SummarizedPaper) -> SummarizedPaper:
    """The paper without its planted texts; nothing stands in their place, whose words would group such papers."""
    said = _source(item)
    texts = ["" if number in said.planted else told for number, told in enumerate((said.title, *said.sentences))]
    paper = item.paper.model_copy(update={"title": texts[0], "sentences": tuple(texts[1:])})
    return item.model_copy(update={"paper": paper})


def _source(item: SummarizedPaper) -> Abstract:
    return source(item.paper.title, item.paper.sentences)


def _ids(papers: Papers) -> list[str]:
    return [item.paper.id for item in papers]


def _sources(numbers: Sequence[int], papers: Papers) -> dict[str, Abstract]:
    """What the papers of a topic say, by their ids."""
    own = [papers[number - 1] for number in numbers if 0 < number <= len(papers)]
    return {item.paper.id: _source(item) for item in own}


def _partition(drafts: Sequence[TopicDraft], count: int) -> list[TopicDraft]:
    left = dict.fromkeys(range(1, count + 1))
    topics = []
    for draft in drafts:
        mine = tuple(number for number in dict.fromkeys(draft.papers) if number in left)
        for number in mine:
            del left[number]
        topics += [draft.model_copy(update={"papers": mine})] if mine else []
    return topics + ([TopicDraft(label=UNSORTED, papers=tuple(left))] if left else [])


def _ground(draft: TopicDraft, papers: Papers, given: Container[str], fates: Counter[str]) -> Topic:
    """The topic with what its papers carry; labels that are given stand as they are."""
    sources = _sources(draft.papers, papers)
    told = naming.Words(sources.values())
    ids = _ids(papers)
    keywords = told.keywords(draft.keywords)
    return Topic(
        id="",
        label=draft.label if draft.label in given else told.label(draft.label, keywords) or UNSORTED,
        overview=tuple(mended([cite(sentence, ids) for sentence in draft.overview], sources, MOST_SENTENCES, fates)),
        keywords=keywords,
        paper_ids=tuple(papers[number - 1].paper.id for number in draft.papers),
    )


def _named(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Gives each topic its id: the label's slug, with a number where two labels make the same slug."""
    taken: dict[str, int] = {}
    named = []
    for topic in topics:
        slug = _slug(topic.label)
        taken[slug] = taken.get(slug, 0) + 1
        suffix = f"-{taken[slug]}" if taken[slug] > 1 else ""
        named.append(topic.model_copy(update={"id": slug + suffix}))
    return tuple(named)


def _slug(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "topic"
