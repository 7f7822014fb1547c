"""Groups in a graph of similar papers, as many as the papers themselves suggest."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest

from agent.models.embedded.topics.vectors import Vector

Graph = list[dict[int, float]]
"""For each node its neighbours and the weight of the edge to them."""


def neighbours(vectors: Sequence[Vector], count: int) -> Graph:
    """Links each paper with the `count` most similar to it; needs n² time and four n² bytes."""
    graph: Graph = [{} for _ in vectors]
    similar = _similarities(vectors)
    for node in range(len(vectors)):
        row = [*similar[node], 0.0, *(later[node] for later in similar[node + 1 :])]
        for other in nlargest(count, range(len(row)), key=row.__getitem__):
            if row[other] > 0.0:
                graph[node][other] = graph[other][node] = row[other]
    return graph


def communities(graph: Graph, resolution: float) -> list[list[int]]:
    """Returns the nodes in groups that link more within than chance would, greater `resolution` giving more groups.

    V. Blondel et al., "Fast unfolding of communities in large networks", 2008; the resolution is that of J. Reichardt
    and S. Bornholdt, 2006. Nodes are visited in order, so the same graph gives the same groups.
    """
    groups = [[node] for node in range(len(graph))]
    loops = [0.0] * len(graph)
    while True:
        found = _moved(graph, loops, resolution)
        if len(found) == len(groups):
            return groups
        groups = [[node for part in parts for node in groups[part]] for parts in found]
        graph, loops = _folded(graph, loops, found)


def _similarities(vectors: Sequence[Vector]) -> list[array[float]]:
    """Returns for each vector the cosine to every one before it."""
    rows = []
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for node, vector in enumerate(vectors):
        row = [0.0] * node
        for term, weight in vector.items():
            posting = postings[term]
            for other, its_weight in posting:
                row[other] += weight * its_weight
            posting.append((node, weight))
        rows.append(array("d", row))
    return rows


def _moved(graph: Graph, loops: Sequence[float], resolution: float) -> list[list[int]]:
    """Moves nodes to the neighbouring group that gains most until none moves; returns the groups."""
    degrees = [sum(edges.values()) + loop for edges, loop in zip(graph, loops, strict=True)]
    pull = resolution / (sum(degrees) or 1.0)
    group_of, totals = list(range(len(graph))), list(degrees)
    for _ in range(20):
        before = list(group_of)
        for node, edges in enumerate(graph):
            home, degree = group_of[node], degrees[node]
            totals[home] -= degree
            links = _links(edges, group_of)
            best = max(
                sorted(links),
                key=lambda group: (links[group] - pull * totals[group] * degree, group == home),
                default=home,
            )
            if (
                links.get(best, 0.0) - pull * totals[best] * degree
                <= links.get(home, 0.0) - pull * totals[home] * degree
            ):
                best = home
            group_of[node] = best
            totals[best] += degree
        if group_of == before:
            break
    return _gathered(group_of)


def _links(edges: Mapping[int, float], group_of: Sequence[int]) -> dict[int, float]:
    links: dict[int, float] = {}
    for other, weight in edges.items():
        group = group_of[other]
        links[group] = links.get(group, 0.0) + weight
    return links


def _gathered(group_of: Sequence[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for node, group in enumerate(group_of):
        groups.setdefault(group, []).append(node)
    return list(groups.values())


def _folded(graph: Graph, loops: Sequence[float], groups: Sequence[Sequence[int]]) -> tuple[Graph, list[float]]:
    """Makes each group one node, its inner edges a loop."""
    group_of = {node: number for number, group in enumerate(groups) for node in group}
    folded: Graph = [{} for _ in groups]
    inner = [0.0] * len(groups)
    for node, edges in enumerate(graph):
        home = group_of[node]
        inner[home] += loops[node]
        for other, weight in edges.items():
            there = group_of[other]
            if there == home:
                inner[home] += weight
            else:
                folded[home][there] = folded[home].get(there, 0.0) + weight
    return folded, inner
