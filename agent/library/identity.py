"""Which records are of the same paper.

Two are when they share a DOI, an arXiv id (version stripped), or the folded title together with the first author or the
abstract's beginning. A name alone is never an identity: different papers share short names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

from agent.schema import Paper
from agent.text import fold

ABSTRACT_KEY = 200
"""Folded characters of an abstract that identify it; later edits of its end do not make it another paper."""


def paper_id(
    *, title: str, abstract: str, authors: Sequence[str] = (), arxiv_id: str | None = None, doi: str | None = None
) -> str:
    """Returns the id of a paper: its DOI, else its arXiv id, else a hash of title and first author or abstract."""
    if doi:
        return f"doi:{doi}"
    if arxiv_id:
        return f"arxiv:{arxiv_id}"
    return "t:" + _title_keys(title, abstract, _first_author(authors))[0].partition(":")[2]


def keys(paper: Paper) -> list[str]:
    """Returns the keys under which a paper is found again, strongest first."""
    found = [f"doi:{paper.doi}"] if paper.doi else []
    found += [f"arxiv:{paper.arxiv_id}"] if paper.arxiv_id else []
    return found + list(_title_keys(paper.title, paper.abstract, _first_author(paper.authors)))


def is_identifier(key: str) -> bool:
    """Returns whether a key alone says which paper it is; a title needs that nothing speaks against it."""
    return key.startswith(("doi:", "arxiv:"))


def contradicts(known: Mapping[str, object], paper: Paper) -> bool:
    """Returns whether both carry an identifier of the same kind and the two differ."""
    pairs = ((known.get("doi"), paper.doi), (known.get("arxiv_id"), paper.arxiv_id))
    return any(a and b and a != b for a, b in pairs)


@lru_cache(maxsize=16)
def _title_keys(title: str, abstract: str, author: str) -> tuple[str, ...]:
    """The keys that are made of texts; a paper needs them for its id and again when it is added."""
    folded = fold(title)
    # What is left of `C++` or of signs alone would be the title of many papers.
    name = folded if len(folded) > 3 else title.casefold()
    found = ["author:" + _hash("author", name, author)] if author else []
    return (*found, "abstract:" + _hash("abstract", name, _beginning(abstract)))


def _beginning(abstract: str) -> str:
    """The folded beginning of an abstract; folding all of it would take most of the time of reading."""
    return fold(abstract[: 2 * ABSTRACT_KEY])[:ABSTRACT_KEY]


def _first_author(authors: Sequence[str]) -> str:
    """The first author's folded surname and initial, from `Ada Lovelace`, `A. Lovelace` or `Lovelace, Ada`."""
    if not authors:
        return ""
    last, comma, first = authors[0].partition(",")
    if not comma:
        first, _, last = authors[0].strip().rpartition(" ")
    return fold(last) + fold(first)[:1]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
