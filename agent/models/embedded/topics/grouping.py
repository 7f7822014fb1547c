"""Papers in groups: by known themes first, and by their own words where no theme is known or too few are met."""

from __future__ import annotations

from collections.abc import Sequence

from agent.models.embedded.topics.clustering import bounds, clusters
from agent.models.embedded.topics.evidence import Evidence
from agent.models.embedded.topics.likeness import Vectors
from agent.models.embedded.topics.sorting import Group, assign, sort
from agent.models.embedded.topics.themes import built_in, of_sections
from agent.schema import SummarizedPaper
from agent.sections import OTHER, UNASSIGNED, Section

_MANY = 0.25
"""A smaller share of papers of no known theme is not told apart by their words."""


def grouped(papers: Sequence[SummarizedPaper], sections: Sequence[Section] = ()) -> list[Group]:
    """Returns every paper in exactly one group, the largest first; how many there are is told by the papers.

    With an editor's sections these are the groups, in their order.
    """
    if not papers:
        return []
    if sections:
        themes = of_sections(sections)
        groups, left = assign(Evidence(papers, themes, loose=True), themes, Vectors([item.paper for item in papers]))
        return [*groups, *([Group(left, (UNASSIGNED,))] if left else [])]
    fewest, most = bounds(len(papers))
    themes = built_in()
    groups, unknown = sort(Evidence(papers, themes), themes, Vectors([item.paper for item in papers]), most)
    if len(unknown) > 1 and len(unknown) >= _MANY * len(papers):
        groups += _clustered(papers, unknown, max(1, most - len(groups)))
    elif unknown:
        groups.append(Group(unknown, (OTHER,)))
    if len(groups) < fewest:
        largest = max(groups, key=lambda group: len(group.members))
        parts = _clustered(papers, largest.members, most - len(groups) + 1)
        groups = [*(group for group in groups if group is not largest), *(parts if len(parts) > 1 else [largest])]
    return sorted(_gathered(groups), key=lambda group: (-len(group.members), min(group.members)))


def _clustered(papers: Sequence[SummarizedPaper], members: Sequence[int], most: int) -> list[Group]:
    found = clusters([papers[number].paper for number in members], most)
    return [Group([members[at] for at in cluster]) for cluster in found]


def _gathered(groups: Sequence[Group]) -> list[Group]:
    """Returns the groups with the papers that would be a group alone, for want of a theme, in one together."""
    alone = [group for group in groups if (len(group.members) < 2 and not group.labels) or group.labels == (OTHER,)]
    left = sorted(number for group in alone for number in group.members)
    return [*(group for group in groups if group not in alone), *([Group(left, (OTHER,))] if left else [])]
