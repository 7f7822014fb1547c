"""The library: papers in, papers found."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from agent.library import index, kinds, merging
from agent.library.database import Database
from agent.library.merging import Added
from agent.library.records import day, load, parsed, sound, storable
from agent.schema import Contribution, Paper, Window

Ranked = tuple[Paper, float]
"""A paper that was found, and how well it fits; larger is better."""


SHORTEST = 8
"""Characters of a shortened id."""


class Library:
    """Papers merged from their sightings; in memory, or on disk where a path is given.

    On disk an add is whole or nothing, whatever happens to the process, and several processes may add and read at the
    same time. What goes wrong with the file is a `StorageError`; a damaged or foreign file is never changed.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        """The file; None in memory."""
        self._database = Database(path)
        # Most runs over files search nothing, and should not pay for an index.
        self._indexed = path is not None

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; a library in memory is gone then."""
        self._database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Keeps everything that is added or removed inside, or nothing; for others it appears at the end."""
        return self._database.transaction()

    def hold(self) -> None:
        """Shows from now on the papers that are there now, whatever other processes add; nothing can be added then."""
        self._database.hold()

    def add(self, paper: Paper) -> int:
        """Adds a paper, or merges its sightings and missing fields into the one already there; returns its number."""
        return self.enter(paper).number

    def enter(self, paper: Paper) -> Added:
        """Adds a paper like `add`, and returns what became of it.

        On disk what was seen at the same place on the same day is kept once, so that adding again changes nothing.
        """
        with self._database.transaction():
            return merging.add(self._database, storable(paper), indexed=self._indexed, once=self.path is not None)

    def remove(self, ids: Sequence[str]) -> None:
        """Takes the papers with these ids out, all of them or, where one is not there, none; raises `KeyError`."""
        with self._database.transaction():
            for number in self._numbers(dict.fromkeys(ids), strict=True):
                merging.remove(self._database, number, indexed=self._indexed)

    def __len__(self) -> int:
        """Number of distinct papers."""
        return int(self._database.rows("SELECT COUNT(*) FROM papers")[0][0])

    @property
    def sightings(self) -> int:
        """Number of times that papers were seen."""
        return int(self._database.rows("SELECT COUNT(*) FROM sightings")[0][0])

    def all(self) -> Iterator[Paper]:
        """Yields all papers in reading order, a few hundred in memory at a time."""
        last = 0
        statement = "SELECT number FROM papers WHERE number > ? ORDER BY number LIMIT 1000"
        while numbers := [number for (number,) in self._database.rows(statement, (last,))]:
            yield from (paper for _, paper in load(self._database, numbers))
            last = numbers[-1]

    def papers(self, window: Window) -> Iterator[Paper]:
        """Yields the papers first seen inside the window, in reading order."""
        since, until = _bounds(window)
        query = "SELECT number FROM papers WHERE (day BETWEEN ? AND ?) OR (day IS NULL AND ?) ORDER BY number"
        yield from self._load(query, (since, until, window.undated))

    def seen_before(self, window: Window) -> Iterator[Paper]:
        """Yields the papers that were listed inside the window but first seen earlier, in reading order."""
        since, until = _bounds(window)
        query = """SELECT number FROM papers WHERE day < ? AND EXISTS
                   (SELECT 1 FROM sightings s WHERE s.paper = number AND s.seen BETWEEN ? AND ?) ORDER BY number"""
        yield from self._load(query, (since, since, until))

    def undated(self) -> list[str]:
        """Returns the ids of the papers without a dated sighting, in reading order."""
        statement = "SELECT id FROM papers WHERE day IS NULL ORDER BY number"
        return [paper for (paper,) in self._database.rows(statement)]

    def out_of(self, window: Window) -> int:
        """Returns the number of dated papers first seen outside the window."""
        query = "SELECT COUNT(*) FROM papers WHERE day NOT BETWEEN ? AND ?"
        return int(self._database.rows(query, _bounds(window))[0][0])

    def newest(self, before: datetime.date | None = None) -> datetime.date | None:
        """Returns the latest day, of those before another, on which some paper was first seen."""
        query = "SELECT MAX(day) FROM papers WHERE day < ?" if before else "SELECT MAX(day) FROM papers"
        return day(self._database, self._database.rows(query, (before.isoformat(),) if before else ())[0][0])

    def days(self) -> tuple[datetime.date | None, datetime.date | None]:
        """Returns the first and the last day on which any paper was seen."""
        first, last = self._database.rows("SELECT MIN(seen), MAX(seen) FROM sightings")[0]
        return day(self._database, first), day(self._database, last)

    def find(self, start: str) -> list[Paper]:
        """Returns the papers whose id begins with the given text, in reading order."""
        return [paper for _, paper in load(self._database, self._begun(sound(start)))]

    def named(self, start: str) -> list[Paper]:
        """Returns the papers that an id means: the one with it, with it as a DOI or arXiv id, or all that begin so."""
        if not start:
            return []
        bare = self.known_as(f"arxiv:{start}") or self.known_as(f"doi:{start.lower()}")
        return self.get([start]) or self.known_as(start) or self.find(start) or bare

    def get(self, ids: Sequence[str]) -> list[Paper]:
        """Returns the papers with these ids, in their order; an id that no paper has is left out."""
        return [paper for _, paper in load(self._database, self._numbers(ids))]

    def known_as(self, identifier: str) -> list[Paper]:
        """Returns the papers with this `doi:…` or `arxiv:…`, which need not be their id: it may have come later."""
        numbers = self._database.rows("SELECT paper FROM keys WHERE key = ? ORDER BY paper", (sound(identifier),))
        return [paper for _, paper in load(self._database, (number for (number,) in numbers))]

    def shortened(self, paper_id: str) -> str:
        """Returns the beginning of an id that no other paper's id has; identifiers of others are left whole."""
        if not paper_id.startswith("t:"):
            return paper_id
        lengths = range(SHORTEST, len(paper_id))
        return next((paper_id[:length] for length in lengths if len(self._begun(paper_id[:length])) == 1), paper_id)

    def count(self, phrase: str) -> int:
        """Returns the number of papers that have a phrase in title or abstract, its words side by side."""
        self._index()
        return index.count(self._database, phrase)

    def search(
        self, phrases: Sequence[str], most: int = 200, *, every: bool = False, window: Window | None = None
    ) -> list[Ranked]:
        """Returns the papers that have any of the phrases in title or abstract, or every one, best first (BM25).

        The words of a phrase stand side by side; their forms, upper case and accents do not matter. A window keeps to
        what was first seen in it. Any text can be a phrase. Papers that fit alike are in reading order.
        Where thousands have them, only so many are scored, chosen by the phrases that tell most.
        """
        self._index()
        among = _among(window) if window else ""
        hits = index.ranked(self._database, phrases, most, every=every, among=among)
        scores = dict(hits)
        return [(paper, scores[number]) for number, paper in load(self._database, scores)]

    def of_kind(
        self, found: Iterable[Ranked], kind: Contribution, judge: Callable[[Paper], str], by: str
    ) -> Generator[Ranked]:
        """Yields those of the papers found whose kind of contribution is this one, as `judge` sees it.

        `by` names the judge; what it said of a paper once is kept, where the library can be written.
        """
        return kinds.of_kind(self._database, found, kind, judge, by)

    def _begun(self, start: str) -> list[int]:
        """The numbers of the papers whose id begins so; the bounds let SQLite look into its index."""
        statement = """SELECT number FROM papers WHERE id BETWEEN ?1 AND ?1 || char(1114111)
                       AND substr(id, 1, length(?1)) = ?1 ORDER BY number"""
        return [number for (number,) in self._database.rows(statement, (start,))]

    def _index(self) -> None:
        """Fills the full-text index of a library in memory, when it is first asked for."""
        if self._indexed:
            return
        self._indexed = True
        for number, record in self._database.rows("SELECT number, record FROM papers ORDER BY number"):
            fields = parsed(self._database, record)
            index.enter(self._database, number, fields["title"], fields["abstract"])

    def _numbers(self, ids: Iterable[str], *, strict: bool = False) -> Iterator[int]:
        for one in ids:
            rows = self._database.rows("SELECT number FROM papers WHERE id = ?", (sound(one),))
            if strict and not rows:
                raise KeyError(one)
            yield from (number for (number,) in rows)

    def _load(self, query: str, values: tuple[object, ...]) -> Iterator[Paper]:
        numbers = (number for (number,) in self._database.rows(query, values))
        return (paper for _, paper in load(self._database, numbers))


def _bounds(window: Window) -> tuple[str, str]:
    return (window.since or datetime.date.min).isoformat(), (window.until or datetime.date.max).isoformat()


def _among(window: Window) -> str:
    since, until = _bounds(window)
    undated = "OR day IS NULL" if window.undated else ""
    return f"SELECT number FROM papers WHERE day BETWEEN '{since}' AND '{until}' {undated}"  # noqa: S608
