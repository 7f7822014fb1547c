"""The papers that lead an issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agent.editorial.ranking import Ranked, Ranking
from agent.schema import Pick, Reason, Topic

MOST, FEWEST = 5, 3
_FOR_EACH = 7
"""One more pick for so many papers."""
_AGAIN = 0.7
"""What is taken from a paper for each pick before it that is of its kind, or has the same strongest reason."""
_ENOUGH = 1.5
"""Beyond the fewest picks, only papers for which so much speaks."""
_MOST_REASONS = 3


def picks(topics: Sequence[Topic], ranking: Ranking) -> tuple[Pick, ...]:
    """Returns three to five papers with the reasons, fewer where fewer have any.

    No two are of one topic while there are topics left, and a kind of contribution that leads already counts less. A
    paper that the readers named themselves is none: they know it.
    """
    topic_of = {key: topic.id for topic in topics for key in topic.paper_ids if key in ranking.papers}
    left = [one for one in ranking.best_first(list(topic_of)) if one.reasons and not one.is_known]
    wanted = min(MOST, max(FEWEST, len(topic_of) // _FOR_EACH))
    chosen: list[Ranked] = []
    while left and len(chosen) < wanted:
        taken = {topic_of[one.key] for one in chosen}
        free = [one for one in left if topic_of[one.key] not in taken] or left
        best = max(free, key=lambda one: (one.interest > 0, _worth(one, chosen)))
        if len(chosen) >= FEWEST and _worth(best, chosen) < _ENOUGH:
            break
        chosen.append(best)
        left.remove(best)
    return tuple(Pick(paper_id=one.key, reasons=_told(one)) for one in chosen)


def _worth(one: Ranked, chosen: Sequence[Ranked]) -> float:
    kinds = Counter(other.item.summary.contribution for other in chosen)
    firsts = Counter(other.reasons[0].reason.kind for other in chosen)
    return one.weight - _AGAIN * (kinds[one.item.summary.contribution] + 0.5 * firsts[one.reasons[0].reason.kind])


def _told(one: Ranked) -> tuple[Reason, ...]:
    return tuple(weighed.reason for weighed in one.reasons[:_MOST_REASONS])
