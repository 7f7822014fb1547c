"""How well groups agree with labelled groups, and how steady they are."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from agent.models.base import Model
from agent.schema import SummarizedPaper
from agent.tasks import topics
from agent.text import fold

Groups = Mapping[str, int]
"""The number of the group by the key of a paper."""
LEFT_OUT = 0.1
TRIES = 5


def groups(papers: Sequence[SummarizedPaper], model: Model) -> dict[str, int]:
    """Returns the topic of each paper, by its folded title."""
    titles = {item.paper.id: fold(item.paper.title) for item in papers}
    found, _ = topics.group(papers, model)
    return {titles[paper]: number for number, topic in enumerate(found) for paper in topic.paper_ids}


def harmonic_purity(found: Groups, wanted: Mapping[str, str]) -> float:
    """Returns the harmonic mean of purity and inverse purity, from 0 to 1, over the labelled papers.

    Y. Zhao and G. Karypis, 2001, for purity; E. Amigó et al., Information Retrieval 12, 2009, for the inverse.
    """
    pairs = [(found[paper], label) for paper, label in wanted.items() if paper in found]
    purity, inverse = _purity(pairs), _purity([(label, group) for group, label in pairs])
    return 2 * purity * inverse / (purity + inverse) if pairs else 0.0


def _purity(pairs: Sequence[tuple[object, object]]) -> float:
    """Returns the share of the papers that bear the most common label of their group."""
    best: Counter[object] = Counter()
    for (group, _), often in Counter(pairs).items():
        best[group] = max(best[group], often)
    return sum(best.values()) / len(pairs) if pairs else 0.0


def moved(papers: Sequence[SummarizedPaper], model: Model) -> float:
    """Returns the mean share of papers that change their group when a tenth of all is left out, groups matched best."""
    whole, shares = groups(papers, model), []
    for seed in range(TRIES):
        kept = random.Random(seed).sample(papers, round(len(papers) * (1 - LEFT_OUT)))
        again = groups(kept, model)
        shares.append(1 - _matched(Counter((whole[paper], again[paper]) for paper in again)) / len(again))
    return sum(shares) / len(shares)


def _matched(both: Counter[tuple[int, int]]) -> int:
    """Returns the papers in common when every group is matched with at most one other, the greatest overlap first."""
    total, left, right = 0, set(), set()
    for (one, other), often in sorted(both.items(), key=lambda pair: (-pair[1], pair[0])):
        if one not in left and other not in right:
            left.add(one)
            right.add(other)
            total += often
    return total
