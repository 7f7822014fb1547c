"""The topics of a week: known themes of research, and groups found in the papers where no theme is known."""

from __future__ import annotations

from collections.abc import Sequence

from agent.models.embedded.topics.grouping import grouped
from agent.models.embedded.topics.labels import name_topics
from agent.models.embedded.topics.overviews import overview
from agent.schema import SummarizedPaper, TopicDraft, TopicsDraft
from agent.sections import OTHER, UNASSIGNED, Section
from agent.text import fold


def group(papers: Sequence[SummarizedPaper], sections: Sequence[Section] = ()) -> TopicsDraft:
    """Returns the papers in topics with label, keywords and overview, the largest topic first.

    With an editor's sections these are the topics, in their order; what fits none comes last, without an overview.

    Papers of no known theme, where these are few, stand together, without an overview too.

    Every paper stands in exactly one topic; the order in which they are given does not matter. About 0.2 s for a
    week of 230 papers.
    """
    order = sorted(range(len(papers)), key=lambda place: _identity(papers[place]))
    groups = [
        found._replace(members=[order[number] for number in found.members])
        for found in grouped([papers[at] for at in order], sections)
    ]
    topics = [([papers[place] for place in found.members], found.labels, found.keywords) for found in groups]
    return TopicsDraft(
        topics=tuple(
            TopicDraft(
                label=name.label,
                keywords=name.keywords,
                papers=tuple(place + 1 for place in found.members),
                overview=()
                if name.label in (OTHER, UNASSIGNED)
                else overview([(place + 1, papers[place]) for place in found.members]),
            )
            for found, name in zip(groups, name_topics(topics), strict=True)
        )
    )


def _identity(item: SummarizedPaper) -> tuple[str, str, str]:
    return (fold(item.paper.title), item.paper.abstract, item.paper.id)
