"""What a digest says, before any format: the same words and numbers for the terminal and for Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agent import schema
from agent.editorial.numbers import in_topics
from agent.editorial.releases import released
from agent.render import account
from agent.render.entry import Entry, entry, title
from agent.render.safe import printable, told
from agent.render.words import counted, days, listed

UNGROUPED = "Further papers"
"""Label of the window's papers that stand in no topic."""

RELEASES: Mapping[schema.ArtifactKind, str] = {"code": "code", "data": "data", "model": "models"}
"""Kinds of artifact that the opening counts, and how it calls them."""


@dataclass(frozen=True)
class Sentence:
    """A sentence and the numbers that it cites."""

    text: str
    numbers: tuple[int, ...] = ()
    """Of papers in a digest, of the abstract's sentences in a summary."""
    cites: tuple[schema.Citation, ...] = ()
    """The sentences behind the numbers, where these are of papers."""

    @property
    def parts(self) -> tuple[str, str, str]:
        """The text, the reference, and the full stop that goes behind it."""
        stop = "." if self.numbers and self.text.endswith(".") and not self.text.endswith("..") else ""
        return self.text.removesuffix(stop), reference(self.numbers), stop


def reference(numbers: tuple[int, ...]) -> str:
    """Returns numbers as they stand behind what they carry: ` [1,4]`, or nothing."""
    return f" [{','.join(map(str, numbers))}]" if numbers else ""


@dataclass(frozen=True)
class Section:
    """A topic with its papers."""

    label: str
    overview: tuple[Sentence, ...]
    entries: tuple[Entry, ...]

    @property
    def size(self) -> str:
        """How many papers it has."""
        return counted(len(self.entries), "paper")


@dataclass(frozen=True)
class Content:
    """A digest, ready to be laid out; every text is printable and on one line."""

    title: str
    opening: str
    """The numbers of the week."""
    sections: tuple[Section, ...]
    seen_before: tuple[str, ...]
    """Titles."""
    left_out: tuple[str, ...]
    """Counts by reason, then the places that could not be read or summarized."""
    coverage: str
    made: tuple[str, ...]
    checks: str
    degraded: bool
    """Whether a check changed or dropped something, or the counts do not close."""


def compose(digest: schema.Digest) -> Content:
    """Returns what there is to say about a digest."""
    sections = _sections(digest)
    papers = {paper.id: paper for paper in digest.papers}
    return Content(
        title=_title(digest.window),
        opening=_opening(digest, sections),
        sections=sections,
        seen_before=tuple(title(papers[seen]) for seen in digest.seen_before if seen in papers),
        left_out=account.left_out(digest),
        coverage=account.coverage(digest.coverage),
        made=account.made(digest),
        checks=account.checks(digest),
        degraded=account.degraded(digest),
    )


def _title(window: schema.Window) -> str:
    span, label = days(window.since, window.until), printable(window.label)
    if not span:
        name = "all papers" if label == "all" else label
    elif label.startswith((str(window.since), str(window.until), "since ", "until ")):
        name = f"the papers {span}" if span.startswith(("since", "until")) else span
    else:
        name = f"{label} · {span}"
    if not window.undated:
        return f"Digest of {name}"
    return f"Digest of {name}, dated or not" if not span else f"Digest of {name} · with undated papers"


def _opening(digest: schema.Digest, sections: tuple[Section, ...]) -> str:
    number = sum(len(section.entries) for section in sections)
    if not number:
        return "No new papers in this window. The coverage below says where the entries went."
    kinds = Counter(summary.contribution for summary in digest.summaries)
    ranked = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    contributions = f": {listed([counted(count, kind) for kind, count in ranked])}" if ranked else ""
    return f"{counted(number, 'paper')}{in_topics(digest.topics)}{contributions}.{_released(digest)}"


def _released(digest: schema.Digest) -> str:
    """How many papers come with code, data or models, as far as their abstracts link to it; promises do not count."""
    papers = {paper.id: paper for paper in digest.papers}
    there = (released(one, papers[one.paper_id]) for one in digest.summaries if one.paper_id in papers)
    kinds = Counter(kind for kinds in there for kind in kinds)
    counts = [(kinds[kind], name) for kind, name in RELEASES.items() if kinds[kind]]
    if not counts:
        return ""
    (number, name), *others = counts
    first = f"{counted(number, 'paper')} {'comes' if number == 1 else 'come'} with {name}"
    return f" {listed([first, *(f'{number} with {name}' for number, name in others)])}."


def _sections(digest: schema.Digest) -> tuple[Section, ...]:
    """The topics with their papers numbered in the order in which they are read."""
    papers = {paper.id: paper for paper in digest.papers}
    summaries = {summary.paper_id: summary for summary in digest.summaries}
    groups = list(_groups(digest, papers))
    order = [paper_id for _, ids in groups for paper_id in ids]
    numbers = {paper_id: number for number, paper_id in enumerate(order, 1)}
    return tuple(
        Section(
            label=printable(topic.label) or UNGROUPED if topic else UNGROUPED if len(groups) > 1 else "Papers",
            overview=tuple(_cited(sentence, numbers) for sentence in (topic.overview if topic else ())),
            entries=tuple(entry(numbers[key], papers[key], summaries.get(key)) for key in ids),
        )
        for topic, ids in groups
    )


def _groups(
    digest: schema.Digest, papers: Mapping[str, schema.Paper]
) -> Iterable[tuple[schema.Topic | None, list[str]]]:
    """The topics and their papers, then the window's papers that stand in none; each paper once."""
    left = dict.fromkeys(papers)
    for seen in digest.seen_before:
        left.pop(seen, None)
    for topic in digest.topics:
        ids = [key for key in dict.fromkeys(topic.paper_ids) if key in left]
        for key in ids:
            del left[key]
        if ids:
            yield topic, ids
    for item in digest.left_out:
        left.pop(item.paper_id or "", None)
    if left:
        yield None, list(left)


def _cited(sentence: schema.CitedSentence, numbers: Mapping[str, int]) -> Sentence:
    cited = {numbers[cite.paper_id] for cite in sentence.cites if cite.paper_id in numbers}
    return Sentence(told(sentence), tuple(sorted(cited)), sentence.cites)
