"""The sections of an issue: which topics have one, and which papers are shown in full."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from agent.editorial.headlines import headline
from agent.editorial.ranking import Ranked, Ranking
from agent.editorial.voice import reported
from agent.schema import NewsletterEntry, NewsletterSection, Topic
from agent.sections import OTHER, UNASSIGNED

ALSO = "Also this week"
"""Label of the last section, with the papers of topics that have none."""
_MANY = 40
"""Papers that a reader of one issue looks at."""
_LAST = (OTHER, UNASSIGNED)


def shown(topics: Sequence[Topic], ranking: Ranking, most: int | None) -> list[Topic]:
    """Returns the topics that have a section, those of interest first; papers of no known theme come last."""
    known = [topic for topic in topics if all(key in ranking.papers for key in topic.paper_ids)]
    interest = {topic.id: sum(ranking.papers[key].interest for key in topic.paper_ids) for topic in known}
    ranked = sorted(known, key=lambda topic: (topic.label in _LAST, -interest[topic.id]))
    return ranked if most is None else ranked[:most]


def sections(
    topics: Sequence[Topic], chosen: Sequence[Topic], ranking: Ranking, top: int | None, leading: Collection[str]
) -> tuple[NewsletterSection, ...]:
    """Returns the sections of the chosen topics, and a last one that names the papers of all others.

    Every paper stands in one of them. `leading` are ids of papers that are shown in full in any case.
    """
    full = _full(chosen, ranking, top, leading)
    made = [_section(topic, ranking, full, leading) for topic in chosen]
    left = [key for topic in topics if topic not in chosen for key in topic.paper_ids]
    if left:
        further = tuple(one.key for one in ranking.best_first(left))
        made.append(NewsletterSection(topic_id=_free("also-this-week", topics), label=ALSO, further=further))
    return tuple(made)


def _section(topic: Topic, ranking: Ranking, full: Collection[str], leading: Collection[str]) -> NewsletterSection:
    ranked = ranking.best_first(topic.paper_ids)
    # What leads the issue has been told of before its section begins.
    fresh = [sentence for sentence in topic.overview if any(cite.paper_id not in leading for cite in sentence.cites)]
    return NewsletterSection(
        topic_id=topic.id,
        label=topic.label,
        overview=tuple(fresh) or topic.overview,
        entries=tuple(_entry(one) for one in ranked if one.key in full),
        further=tuple(one.key for one in ranked if one.key not in full),
    )


def _entry(one: Ranked) -> NewsletterEntry:
    result = headline(one.item.paper, one.item.summary)
    return NewsletterEntry(
        paper_id=one.key,
        line=reported(one.item.summary.tldr, one.item.paper),
        result=result and reported(result, one.item.paper),
        marks=tuple(mark.text for mark in one.marks),
    )


def _full(chosen: Sequence[Topic], ranking: Ranking, top: int | None, leading: Collection[str]) -> set[str]:
    """The papers shown in full: the best of each section and those that lead, then those of interest, then by size."""
    count = sum(len(topic.paper_ids) for topic in chosen)
    most = (count if count <= _MANY else _MANY) if top is None else top
    queues = [ranking.best_first(topic.paper_ids) for topic in chosen]
    full = {queue[0].key for queue in queues if queue} | set(leading)
    for one in (*sorted(_of_interest(queues), key=lambda one: -one.interest), *_in_turn(queues, full)):
        if len(full) >= most:
            break
        full.add(one.key)
    return full


def _of_interest(queues: Sequence[Sequence[Ranked]]) -> Iterator[Ranked]:
    return (one for queue in queues for one in queue if one.interest)


def _in_turn(queues: Sequence[Sequence[Ranked]], full: Collection[str]) -> Iterator[Ranked]:
    """Yields the papers that are left, so that larger topics have more of them (Sainte-Laguë)."""
    left = [[one for one in queue if one.key not in full] for queue in queues]
    had = [len(queue) - len(rest) for queue, rest in zip(queues, left, strict=True)]
    while any(left):
        at = max(range(len(left)), key=lambda n: (bool(left[n]), len(queues[n]) / (2 * had[n] + 1), -n))
        had[at] += 1
        yield left[at].pop(0)


def _free(name: str, topics: Sequence[Topic]) -> str:
    taken = {topic.id for topic in topics}
    return (
        name
        if name not in taken
        else next(f"{name}-{n}" for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)
    )
