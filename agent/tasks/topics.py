"""The topics of a window's papers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from agent import text
from agent.grounding import Abstract, abstract, check_cited
from agent.models.base import Model, Task, provenance
from agent.models.embedded import EmbeddedModel
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
from agent.sections import OTHER, Section
from agent.tasks import naming
from agent.tasks.doubts import lines
from agent.tasks.naming import UNSORTED

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
    told = []
    for number, topic in enumerate(draft.topics, 1):
        sources = _sources(topic.papers, papers)
        for place, sentence in enumerate(topic.overview, 1):
            cited = _cite(sentence, papers)
            field = f"topics.{number}.overview.{place}"
            told += [] if _within(cited, sources) else [f"{field}: it cites a paper that the topic does not have."]
            told += lines(check_cited(cited, sources, field)) if _within(cited, sources) else []
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
    source = completion.provenance.model_copy(update={"checks": Checks(**fates)})
    return _named(grounded if sections else sorted(grounded, key=_rank)), source


def _rank(topic: Topic) -> tuple[bool, int]:
    return topic.label == OTHER, -len(topic.paper_ids)


def inputs(papers: Papers) -> dict[str, Any]:
    """Returns what a model is told of the papers; numbers in its answer count them from 1.

    What speaks to a machine is withheld.
    """
    return {"papers": tuple(map(_shown, papers))}


def _shown(item: SummarizedPaper) -> SummarizedPaper:
    """The paper without its planted texts; nothing stands in their place, whose words would group such papers."""
    source = _source(item)
    texts = ["" if number in source.planted else told for number, told in enumerate((source.title, *source.sentences))]
    paper = item.paper.model_copy(update={"title": texts[0], "sentences": tuple(texts[1:])})
    return item.model_copy(update={"paper": paper})


def _source(item: SummarizedPaper) -> Abstract:
    return abstract(text.clean(item.paper.title), item.paper.sentences)


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
    keywords = told.keywords(draft.keywords)
    return Topic(
        id="",
        label=draft.label if draft.label in given else told.label(draft.label, keywords) or UNSORTED,
        overview=tuple(_overview([_cite(sentence, papers) for sentence in draft.overview], sources, fates)),
        keywords=keywords,
        paper_ids=tuple(papers[number - 1].paper.id for number in draft.papers),
    )


def _overview(
    drafted: Sequence[CitedSentence], sources: Mapping[str, Abstract], fates: Counter[str]
) -> Iterator[CitedSentence]:
    """Yields the sentences that may be shown, and counts what became of each."""
    said: set[str] = set()
    for sentence in drafted:
        found = check_cited(sentence, sources)
        sound = _within(sentence, sources) and not any(violation.blocks for violation in found)
        shown = sentence if sound else _quotation(sentence, sources)
        if shown is None or text.fold(shown.text) in said or len(said) == MOST_SENTENCES:
            fates["dropped"] += 1
            continue
        fates["kept" if sound else "repaired"] += 1
        fates["warned"] += bool(sound and found)
        said.add(text.fold(shown.text))
        yield shown


def _within(sentence: CitedSentence, sources: Mapping[str, Abstract]) -> bool:
    """Whether it cites papers of its topic only, and sentences of each."""
    return all(cite.paper_id in sources and cite.evidence for cite in sentence.cites)


def _quotation(sentence: CitedSentence, sources: Mapping[str, Abstract]) -> CitedSentence | None:
    """The first sentence that it cites, where that is all of one paper; None where nothing can stand for it."""
    (paper_id, *others) = {cite.paper_id for cite in sentence.cites} or {""}
    if others or paper_id not in sources:
        return None
    source = sources[paper_id]
    heard = [number for cite in sentence.cites for number in cite.evidence if source.is_heard(number)][:1]
    if not heard:
        return None
    cite = Citation(paper_id=paper_id, evidence=tuple(heard))
    return CitedSentence(text=source.sentences[heard[0] - 1], cites=(cite,), quoted=True)


def _cite(sentence: DraftSentence, papers: Papers) -> CitedSentence:
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
