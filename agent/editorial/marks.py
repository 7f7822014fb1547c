"""What papers have of the readers' interests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from agent.editorial.interests import Interests, titled
from agent.grounding.words import stem
from agent.models.embedded.newsletter.phrasing import lowered
from agent.models.embedded.topics.evidence import Evidence
from agent.models.embedded.topics.themes import Theme, built_in, of_sections
from agent.models.embedded.topics.vectors import cosine, rarity, spread, terms, weighted
from agent.schema import Paper, SummarizedPaper, Topic
from agent.sections import Section
from agent.text import clean, fold, words

_ABOUT = 4.5
"""What must be said of a topic for a paper to be about it; a phrase in title or gist says so much."""
_STANDING = 3.0
"""What it counts to stand in a topic of that label."""
_LIKE = 0.22
"""The cosine of two papers above which one is like the other."""
_LIKENESS = 12.0
"""What being just like a liked paper counts beside a keyword in the title."""
_MOST_LIKE = 8
"""So many papers, the likest, are marked for one that is liked."""


class Mark(NamedTuple):
    """Something that a paper has of the readers' interests."""

    text: str
    """`mentions “token pruning”`."""
    weight: float
    """How much of it the paper has."""
    is_itself: bool = False
    """Whether the paper is one that the readers named."""


Marks = Mapping[str, Sequence[Mark]]
"""By the ids of the papers, the weightiest first; papers without are left out."""


def marks(
    papers: Sequence[SummarizedPaper], topics: Sequence[Topic], interests: Interests, liked: Sequence[Paper] = ()
) -> Marks:
    """Returns what each paper has of the interests; the same papers give the same marks in any order."""
    found: dict[str, list[Mark]] = defaultdict(list)
    every = (*_keywords(papers, interests), *_topics(papers, topics, interests), *_liked(papers, interests, liked))
    for paper_id, mark in every:
        found[paper_id].append(mark)
    return {key: sorted(own, key=lambda mark: (-mark.weight, mark.text)) for key, own in found.items()}


def _keywords(papers: Sequence[SummarizedPaper], interests: Interests) -> Iterator[tuple[str, Mark]]:
    themes = [Theme(keyword, keyword, ((keyword, 1.0),)) for keyword in interests.keywords]
    for paper_id, theme, weight in _said(papers, themes, 0.0):
        yield paper_id, Mark(f"mentions “{theme}”", weight)


def _topics(
    papers: Sequence[SummarizedPaper], topics: Sequence[Topic], interests: Interests
) -> Iterator[tuple[str, Mark]]:
    """Yields the papers that stand in a topic of that label, or that speak of it."""
    standing = {(paper_id, fold(topic.label)) for topic in topics for paper_id in topic.paper_ids}
    themes = {theme.label: theme for theme in _themes(interests)}
    weights = {(key, label): weight for key, label, weight in _said(papers, list(themes.values()), 0.0)}
    for item in papers:
        for label in interests.topics:
            stands = (item.paper.id, fold(label)) in standing
            weight = weights.get((item.paper.id, label), 0.0)
            if stands or (weight > _ABOUT and _is_about(item, themes[label])):
                weight += _STANDING * stands
                yield item.paper.id, Mark(f"on your topic {lowered(label)}", weight)


def _is_about(item: SummarizedPaper, theme: Theme) -> bool:
    """Whether its title or several of its sentences speak of a theme: one may do so in passing."""
    phrases = [_stems(keyword.removeprefix("=")) for keyword, weight in theme.keywords if weight >= 1.0]
    speaking = [any(phrase in _stems(said) for phrase in phrases) for said in item.paper.sentences]
    return sum(speaking) > 1 or any(phrase in _stems(clean(item.paper.title)) for phrase in phrases)


def _stems(text: str) -> str:
    """The stems of a text's words between spaces, compounds parted."""
    return f" {' '.join(stem(part) for word in words(text) for part in word.split('-'))} "


def _themes(interests: Interests) -> list[Theme]:
    """Themes that are known beforehand, where a topic is called as one of them, and such as an editor would bring."""
    known = {fold(theme.label): theme for theme in built_in()}
    return [
        Theme(label, label, known[fold(label)].keywords) if fold(label) in known else _own(label)
        for label in interests.topics
    ]


def _own(label: str) -> Theme:
    return of_sections([Section(label=label, keywords=(label,))])[0]


def _said(papers: Sequence[SummarizedPaper], themes: Sequence[Theme], least: float) -> Iterator[tuple[str, str, float]]:
    """Yields paper, theme and how much is said of it, where that is more than the least."""
    if not themes:
        return
    for item, row in zip(papers, Evidence(papers, themes).said, strict=True):
        for theme, weight in zip(themes, row, strict=True):
            if weight > least:
                yield item.paper.id, theme.label, weight


def _liked(
    papers: Sequence[SummarizedPaper], interests: Interests, liked: Sequence[Paper]
) -> Iterator[tuple[str, Mark]]:
    """Yields the papers that are like a liked one, which need not be of this window."""
    wanted = list(liked) or _among(papers, interests)
    own = {paper.id for paper in wanted}
    others = [item.paper for item in papers if item.paper.id not in own]
    documents = [terms(paper) for paper in (*others, *wanted)]
    weights = rarity(spread(documents), len(documents))
    vectors = [weighted(document, weights) for document in documents]
    for model, paper in zip(vectors[len(others) :], wanted, strict=True):
        near = [(cosine(vector, model), other.id) for vector, other in zip(vectors, others, strict=False)]
        for likeness, paper_id in sorted(near, key=lambda one: (-one[0], one[1]))[:_MOST_LIKE]:
            if likeness >= _LIKE:
                told = f"close to “{_shortened(clean(paper.title))}”, which you liked"
                yield paper_id, Mark(told, _LIKENESS * likeness)
    for item in papers:
        if item.paper.id in own:
            yield item.paper.id, Mark("liked by you", _LIKENESS, is_itself=True)


def _among(papers: Sequence[SummarizedPaper], interests: Interests) -> list[Paper]:
    """The liked papers, looked for in the window alone."""
    known = {fold(clean(item.paper.title)): item.paper for item in reversed(papers)}
    known |= {item.paper.id: item.paper for item in papers}
    return [known.get(one) or known.get(fold(one)) or titled(one) for one in dict.fromkeys(interests.liked)]


def _shortened(title: str) -> str:
    head = title.partition(": ")[0] if len(title) > _LONGEST else title
    return head if len(head) <= _LONGEST else f"{head[: _LONGEST - 1].rstrip()}…"


_LONGEST = 60
"""Characters of a title in a mark."""
