"""The papers that lead an issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agent.editorial.ranking import Ranked, Ranking
from agent.editorial.reasons import ANNOUNCED
from agent.schema import Pick, Reason, Topic
from agent.sections import RESIDUAL

MOST, FEWEST = 5, 3
_FOR_EACH = 7
"""One more pick for so many papers."""
_AGAIN = 0.7
"""What is taken from a paper for each pick before it that is of its kind, or has the same strongest reason."""
_ENOUGH = 1.5
"""Beyond the fewest picks, only papers for which so much speaks."""
_ALONE = ("result", "code", "breadth", "interest")
"""Kinds of reasons for which a paper can lead; what it is, and that no other is on its subject, only go with them."""
_MOST_REASONS = 3


def picks(topics: Sequence[Topic], ranking: Ranking) -> tuple[Pick, ...]:
    """Returns three to five papers with the reasons, fewer where fewer have any that lets a paper lead.

    No two are of one topic while there are topics left, and a kind of contribution that leads already counts less. The
    last goes to the largest topic, where that has none yet but a paper for which enough speaks. A paper that the
    readers named themselves is none: they know it.
    """
    topic_of = {key: topic.id for topic in topics for key in topic.paper_ids if key in ranking.papers}
    left = [one for one in ranking.best_first(list(topic_of)) if _may_lead(one)]
    wanted = min(MOST, max(FEWEST, len(topic_of) // _FOR_EACH))
    largest = _largest(topics)
    chosen: list[Ranked] = []
    while left and len(chosen) < wanted:
        taken = {topic_of[one.key] for one in chosen}
        free = [one for one in left if topic_of[one.key] not in taken] or left
        if len(chosen) == wanted - 1 and largest not in taken:
            free = [one for one in free if topic_of[one.key] == largest and one.weight >= _ENOUGH] or free
        best = max(free, key=lambda one: (one.interest > 0, _worth(one, chosen)))
        if len(chosen) >= FEWEST and _worth(best, chosen) < _ENOUGH:
            break
        chosen.append(best)
        left.remove(best)
    return tuple(Pick(paper_id=one.key, reasons=_told(one)) for one in chosen)


def _may_lead(one: Ranked) -> bool:
    alone = (weighed.weight > ANNOUNCED for weighed in one.reasons if weighed.reason.kind in _ALONE)
    return not one.is_known and any(alone)


def _largest(topics: Sequence[Topic]) -> str:
    """The id of the topic with the most papers, the first of several; what is nowhere else is none."""
    sizes = {topic.id: len(topic.paper_ids) for topic in topics if topic.label not in RESIDUAL}
    return max(sizes, key=lambda key: sizes[key], default="")


def _worth(one: Ranked, chosen: Sequence[Ranked]) -> float:
    kinds = Counter(other.item.summary.contribution for other in chosen)
    firsts = Counter(other.reasons[0].reason.kind for other in chosen)
    return one.weight - _AGAIN * (kinds[one.item.summary.contribution] + 0.5 * firsts[one.reasons[0].reason.kind])


def _told(one: Ranked) -> tuple[Reason, ...]:
    return tuple(weighed.reason for weighed in one.reasons[:_MOST_REASONS])
