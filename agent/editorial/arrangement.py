"""The sections of an issue: which topics have one, and which papers are shown in full."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from agent.editorial.lines import line, result
from agent.editorial.overviews import Part, overviews, tally
from agent.editorial.ranking import Ranked, Ranking
from agent.grounding.tokens import keys
from agent.schema import CitedSentence, NewsletterEntry, NewsletterSection, Topic
from agent.sections import RESIDUAL

ALSO = "More papers"
"""Label of the last section, with the papers of topics that have none."""
_MANY = 40
"""Papers that a reader of one issue looks at."""


def shown(topics: Sequence[Topic], ranking: Ranking, most: int | None) -> list[Topic]:
    """Returns the topics that have a section, those of interest first; papers of no known theme come last."""
    known = [topic for topic in topics if topic.paper_ids and all(key in ranking.papers for key in topic.paper_ids)]
    interest = {topic.id: sum(ranking.papers[key].interest for key in topic.paper_ids) for topic in known}
    ranked = sorted(known, key=lambda topic: (topic.label in RESIDUAL, -interest[topic.id]))
    return ranked if most is None else ranked[:most]


def sections(
    topics: Sequence[Topic],
    chosen: Sequence[Topic],
    ranking: Ranking,
    top: int | None,
    leading: Collection[str],
    *,
    extracted: bool = True,
) -> tuple[NewsletterSection, ...]:
    """Returns the sections of the chosen topics, and a last one that names the papers of all others.

    Every paper stands in one of them. `leading` are ids of papers that are shown in full in any case. Overviews that
    are `extracted` tell of one paper after another; then the section says what its papers have in common.
    """
    full = _full(chosen, ranking, top, leading)
    ranked = [ranking.best_first(topic.paper_ids) for topic in chosen]
    told = overviews(_parts(chosen, ranked, full)) if extracted else [topic.overview for topic in chosen]
    made = [
        _section(topic, papers, full, overview) for topic, papers, overview in zip(chosen, ranked, told, strict=True)
    ]
    told_of = {key for topic in chosen for key in topic.paper_ids}
    left = [key for key in ranking.papers if key not in told_of]
    if left:
        further = tuple(one.key for one in ranking.best_first(left))
        made.append(NewsletterSection(topic_id=_free("more-papers", topics), label=ALSO, further=further))
    return tuple(made)


def _parts(chosen: Sequence[Topic], ranked: Sequence[Sequence[Ranked]], full: Collection[str]) -> list[Part]:
    return [
        Part(topic.label, papers, [one for one in papers if one.key not in full])
        for topic, papers in zip(chosen, ranked, strict=True)
    ]


def _section(
    topic: Topic, ranked: Sequence[Ranked], full: Collection[str], overview: Sequence[CitedSentence]
) -> NewsletterSection:  # fmt: skip
    entries = tuple(_entry(one) for one in ranked if one.key in full)
    return NewsletterSection(
        topic_id=topic.id,
        label=topic.label,
        tally=tally(topic.label, [one.item for one in ranked]),
        overview=tuple(one for one in overview if not _is_told(one, entries)),
        entries=entries,
        further=tuple(one.key for one in ranked if one.key not in full),
    )


def _is_told(sentence: CitedSentence, entries: Sequence[NewsletterEntry]) -> bool:
    """Whether an overview says of one paper what the line or the result beneath says of it, in nearly the same words.

    A sentence about several papers is never said by the line of one.
    """
    about = {cite.paper_id for cite in sentence.cites}
    words = keys(sentence.text)
    shown = [one for entry in entries if {entry.paper_id} == about for one in (entry.line, entry.result) if one]
    return any(len(words - keys(one.text)) <= _NEWLY_SAID * len(words) for one in shown)


_NEWLY_SAID = 0.3
"""The share of an overview's words that may be new in it without its saying anything new."""


def _entry(one: Ranked) -> NewsletterEntry:
    gist = line(one.item)
    measured = result(one.item, one.claims)
    return NewsletterEntry(
        paper_id=one.key,
        line=gist,
        result=measured if measured and measured.text != gist.text else None,
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
