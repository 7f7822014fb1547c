"""What somebody looks for in a library, as it is typed: words, and phrases in quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from agent import text
from agent.library import index
from agent.library.store import Library, Ranked
from agent.schema import Contribution, Paper, Record, Window

MOST_JUDGED = 1000
"""Papers that are looked at for one kind of contribution; each takes some milliseconds, the first time."""


class Hit(Record):
    """A paper that was found."""

    paper: Paper
    has: Literal["all", "some"]
    """Whether it has all the words, or some of them."""
    score: float
    """BM25; larger is better, and only hits with the same `has` can be compared."""
    sentence: str
    """The sentence of the abstract that fits best."""


@dataclass(frozen=True)
class Wanted:
    """What else a hit must be."""

    window: Window | None = None
    """When it was first seen."""
    kind: Contribution | None = None
    """Its kind of contribution, as `judge` sees it."""
    judge: Callable[[Paper], str] = lambda paper: ""
    by: str = ""
    """Names the judge."""


def look_up(library: Library, words: Sequence[str], most: int, wanted: Wanted) -> Iterator[Hit]:
    """Yields the papers with all the words; where they are fewer than asked, then those with some of them.

    Words given together (`"visual tokens"` in one argument) are first looked for side by side, then apart; those that
    have quotation marks around them in the text itself are only ever looked for side by side.
    """
    met: set[str] = set()
    for has, phrases in _stages(words):
        for paper, score in _matches(library, phrases, has == "all", most, wanted, met):
            met.add(paper.id)
            yield Hit(paper=paper, has=has, score=score, sentence=_sentence(paper, phrases))
        if len(met) >= most:
            return


def _stages(words: Sequence[str]) -> list[tuple[Literal["all", "some"], list[str]]]:
    """What is looked for, one after the other."""
    together, apart = [], []
    for word in words:
        pieces = word.split('"')
        quoted, plain = pieces[1::2], " ".join(pieces[::2]).split()
        together += [*quoted, *(plain if quoted else [word])]
        apart += [*quoted, *plain]
    stages: list[tuple[Literal["all", "some"], list[str]]] = [("all", together), ("all", apart), ("some", apart)]
    return stages if apart != together else stages[1:]


def _matches(
    library: Library, phrases: Sequence[str], every: bool, most: int, wanted: Wanted, met: set[str]
) -> list[Ranked]:
    pool = MOST_JUDGED if wanted.kind else most + len(met)
    found = library.search(phrases, pool, every=every, window=wanted.window)
    fresh = (ranked for ranked in found if ranked[0].id not in met)
    if wanted.kind:
        fresh = library.of_kind(fresh, wanted.kind, wanted.judge, wanted.by)
    first = list(islice(fresh, most - len(met)))
    # What was judged is kept now, not when the garbage is collected.
    fresh.close()
    return first


def _sentence(paper: Paper, phrases: Sequence[str]) -> str:
    found = text.sentences(text.clean(paper.abstract))
    return found[index.closest(phrases, found)] if found else ""
