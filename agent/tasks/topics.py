"""The topics of a window's papers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from agent.grounding import akin, supported, unsupported
from agent.models.base import Model, Task, provenance
from agent.schema import (
    Checks,
    Citation,
    CitedSentence,
    DraftSentence,
    Provenance,
    SummarizedPaper,
    Topic,
    TopicDraft,
    TopicsDraft,
)

MOST_WORDS = 8


def _complaint(draft: TopicsDraft, given: Mapping[str, Any]) -> str:
    """Says when the answer groups nothing, or when a label is a speech."""
    count = len(given["papers"])
    if count and not any(0 < number <= count for topic in draft.topics for number in topic.papers):
        return "topics: no paper stands in any of them"
    long = any(not 0 < len(topic.label.split()) <= MOST_WORDS for topic in draft.topics)
    return "label: it must have two to five words" if long else ""


def _texts(item: SummarizedPaper) -> tuple[str, ...]:
    return item.paper.title, *item.paper.sentences


TASK = Task("topics", TopicsDraft, _complaint)
UNSORTED = "Unsorted papers"
"""Label of the papers that a model left out of its answer; none is ever lost."""


def group(papers: Sequence[SummarizedPaper], model: Model) -> tuple[tuple[Topic, ...], Provenance]:
    """Returns the topics in order of size and where they come from.

    Every paper ends in exactly one topic: a second mention is ignored, papers the model forgot become a topic of their
    own. Overview sentences that the cited sentences do not carry are dropped and counted.
    Raises `EndpointError` when the model gives no usable answer.
    """
    if not papers:
        return (), provenance(TASK.name, model.name)
    completion = model.complete(TASK, inputs(papers))
    topics = _partition(completion.answer.topics, len(papers))
    grounded = [_ground(draft, papers) for draft in topics]
    kept = sum(len(topic.overview) for topic in grounded)
    drafted = sum(len(draft.overview) for draft in topics)
    source = completion.provenance.model_copy(update={"checks": Checks(kept=kept, dropped=drafted - kept)})
    return _named(sorted(grounded, key=lambda topic: -len(topic.paper_ids))), source


def inputs(papers: Sequence[SummarizedPaper]) -> dict[str, Sequence[SummarizedPaper]]:
    """Returns what a model is told of the papers; numbers in its answer count them from 1."""
    return {"papers": papers}


def _partition(drafts: Sequence[TopicDraft], count: int) -> list[TopicDraft]:
    left = dict.fromkeys(range(1, count + 1))
    topics = []
    for draft in drafts:
        mine = tuple(number for number in dict.fromkeys(draft.papers) if number in left)
        for number in mine:
            del left[number]
        topics += [draft.model_copy(update={"papers": mine})] if mine else []
    return topics + ([TopicDraft(label=UNSORTED, papers=tuple(left))] if left else [])


def _ground(draft: TopicDraft, papers: Sequence[SummarizedPaper]) -> Topic:
    sentences_of = {papers[number - 1].paper.id: papers[number - 1].paper.sentences for number in draft.papers}
    overview = [_cite(sentence, papers) for sentence in draft.overview]
    told = [text for number in draft.papers for text in _texts(papers[number - 1])]
    return Topic(
        id="",
        label=_carried(draft.label, told),
        overview=tuple(sentence for sentence in overview if supported(sentence, sentences_of)),
        keywords=tuple(word for word in draft.keywords if akin(word, told) and not unsupported(word, told)),
        paper_ids=tuple(papers[number - 1].paper.id for number in draft.papers),
    )


def _carried(label: str, told: Sequence[str]) -> str:
    """The label without the numbers and links that no paper of the topic has."""
    strange = unsupported(label, told)
    kept = " ".join(word for word in label.split() if not any(part in word for part in strange))
    return kept if _slug(kept) != "topic" else UNSORTED


def _cite(sentence: DraftSentence, papers: Sequence[SummarizedPaper]) -> CitedSentence:
    """The sentence with ids for numbers; a number that points nowhere becomes an id that no paper has."""
    cites = tuple(
        Citation(paper_id=papers[c.paper - 1].paper.id if 0 < c.paper <= len(papers) else "", evidence=c.evidence)
        for c in sentence.cites
    )
    return CitedSentence(text=sentence.text, cites=cites)


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
