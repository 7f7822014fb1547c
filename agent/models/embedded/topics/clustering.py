"""Papers in clusters: communities of similar papers, drawn tight around their centres."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from agent.models.embedded.topics.communities import communities, neighbours
from agent.models.embedded.topics.vectors import Vector, centroid, cosine, rarity, spread, terms, weighted
from agent.schema import Paper

Cluster = list[int]
"""Positions of papers, most typical first."""

_SAMPLE = 1000
"""So many papers are compared with each other; further ones join the cluster that is nearest."""


def clusters(papers: Sequence[Paper], most: int = 20) -> list[Cluster]:
    """Returns every paper in exactly one cluster, the largest first; how many there are is told by the papers."""
    if not papers:
        return []
    documents = [terms(papers[position]) for position in _evenly(len(papers), _SAMPLE)]
    weights = rarity(spread(documents), len(documents))
    vectors = [weighted(document, weights) for document in documents]
    groups = _bounded(vectors, most)
    for _ in range(2):
        groups = _tightened(vectors, groups)
        weights = _telling(documents, groups)
        vectors = [weighted(document, weights) for document in documents]
    centres = [centroid([vectors[number] for number in group]) for group in groups]
    if len(papers) > len(vectors):
        return _assigned((weighted(terms(paper), weights) for paper in papers), centres)
    return _assigned(vectors, centres)


def bounds(size: int) -> tuple[int, int]:
    """Returns the fewest and the most topics into which a reader would part so many papers."""
    middle = 1.8 * math.cbrt(size)
    most = max(1, min(20, size // 2, round(1.4 * middle)))
    return min(most, 12, max(1, round(0.6 * middle))), most


def _evenly(size: int, most: int) -> list[int]:
    """Returns at most `most` positions, evenly spaced."""
    if size <= most:
        return list(range(size))
    return [number * size // most for number in range(most)]


def _bounded(vectors: Sequence[Vector], limit: int) -> list[Cluster]:
    """Returns communities, not too few and not too many, none of a single paper where that can be."""
    size = len(vectors)
    fewest, most = (min(limit, bound) for bound in bounds(size))
    graph = neighbours(vectors, max(3, round(0.45 * math.sqrt(size))))
    resolution = 1.2
    groups = communities(graph, resolution)
    while sum(len(group) > 1 for group in groups) < fewest and resolution < 4.0:
        resolution *= 1.25
        groups = communities(graph, resolution)
    return _merged(vectors, groups, most)


def _merged(vectors: Sequence[Vector], groups: list[Cluster], most: int) -> list[Cluster]:
    """Merges the smallest group into the one most like it until none is alone and there are at most `most`."""
    groups = sorted(groups, key=len, reverse=True)
    centres = [centroid([vectors[number] for number in group]) for group in groups]
    while len(groups) > 1 and (len(groups) > most or len(groups[-1]) == 1):
        last, lost = groups.pop(), centres.pop()
        nearest = max(range(len(groups)), key=lambda number: (cosine(lost, centres[number]), -len(groups[number])))
        groups[nearest] = groups[nearest] + last
        centres[nearest] = centroid([vectors[number] for number in groups[nearest]])
    return groups


def _tightened(vectors: Sequence[Vector], groups: list[Cluster]) -> list[Cluster]:
    """Moves each paper to the nearest centre, as one step of spherical k-means does; further steps gain nothing."""
    centres = [centroid([vectors[number] for number in group]) for group in groups]
    moved: list[Cluster] = [[] for _ in groups]
    for number, (centre, _) in enumerate(_nearest(vectors, centres)):
        moved[centre].append(number)
    return [group for group in moved if group]


def _nearest(vectors: Iterable[Vector], centres: Sequence[Vector]) -> list[tuple[int, float]]:
    """Returns for each vector the number of the nearest centre and the cosine to it."""
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, centre in enumerate(centres):
        for term, weight in centre.items():
            postings[term].append((number, weight))
    found = []
    for vector in vectors:
        scores = [0.0] * len(centres)
        for term, weight in vector.items():
            for number, its_weight in postings.get(term, ()):
                scores[number] += weight * its_weight
        best = max(scores)
        found.append((scores.index(best), best))
    return found


def _telling(documents: Sequence[Vector], groups: Sequence[Cluster]) -> dict[str, float]:
    """Returns for each term how much it tells about the group of a paper, and leaves out those that tell nothing.

    The square root of the divergence between the groups of the papers with the term and of all papers, less what
    chance gives to a term in so few papers.
    """
    total = sum(len(group) for group in groups)
    frequency = spread(documents)
    divergence: Counter[str] = Counter()
    for group in groups:
        share = len(group) / total
        for term, times in spread(documents[number] for number in group).items():
            part = times / frequency[term]
            divergence[term] += part * math.log(part / share)  # type: ignore[assignment]
    least = 3 if total > 60 else 2
    excess = {
        term: divergence[term] - (len(groups) - 1) / (2 * times)
        for term, times in frequency.items()
        if least <= times <= total / 2
    }
    return {term: math.sqrt(value) for term, value in excess.items() if value > 0.0}


def _assigned(vectors: Iterable[Vector], centres: Sequence[Vector]) -> list[Cluster]:
    """Gives each vector to the nearest centre; one at a time, so that memory does not grow with them."""
    members: list[list[tuple[float, int]]] = [[] for _ in centres]
    for position, (centre, near) in enumerate(_nearest(vectors, centres)):
        members[centre].append((-near, position))
    found = [[position for _, position in sorted(group)] for group in members if group]
    return sorted(found, key=lambda cluster: (-len(cluster), min(cluster)))
