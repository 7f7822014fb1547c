"""The papers read so far, each once, in SQLite.

Two records are the same paper when they share a DOI, an arXiv id (version stripped), or the folded title together with
the first author or the abstract's beginning. A name alone is never an identity: different papers share short names.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache

from agent.schema import Paper, Sighting, Window
from agent.text import fold

ABSTRACT_KEY = 200
"""Folded characters of an abstract that identify it; later edits of its end do not make it another paper."""

TABLES = """
CREATE TABLE papers (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
CREATE TABLE sightings (paper INTEGER NOT NULL REFERENCES papers, source TEXT NOT NULL, seen TEXT);
CREATE INDEX sightings_of ON sightings (paper);
CREATE TABLE keys (key TEXT NOT NULL, paper INTEGER NOT NULL REFERENCES papers, PRIMARY KEY (key, paper)) WITHOUT ROWID;
CREATE TEMP VIEW first_seen AS SELECT paper, MIN(seen) AS day FROM sightings GROUP BY paper;
"""


def paper_id(
    *, title: str, abstract: str, authors: Sequence[str] = (), arxiv_id: str | None = None, doi: str | None = None
) -> str:
    """Returns the id of a paper: its DOI, else its arXiv id, else a hash of title and first author or abstract."""
    if doi:
        return f"doi:{doi}"
    if arxiv_id:
        return f"arxiv:{arxiv_id}"
    return "t:" + _title_keys(title, abstract, _first_author(authors))[0].partition(":")[2]


class Library:
    """Papers merged from their sightings."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.executescript(TABLES)

    def add(self, paper: Paper) -> int:
        """Adds a paper, or merges its sightings and missing fields into the one already there; returns its number."""
        keys = _keys(paper)
        known = self._find(paper, keys)
        number = known[0] if known else self._insert(paper)
        if known:
            self._complete(number, paper)
        for other in known[1:]:
            self._unite(number, other)
        self._db.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", [(key, number) for key in keys])
        rows = [(number, s.source, s.seen.isoformat() if s.seen else None) for s in paper.sightings]
        self._db.executemany("INSERT INTO sightings VALUES (?, ?, ?)", rows)
        return number

    def __len__(self) -> int:
        """Number of distinct papers."""
        return int(self._db.execute("SELECT COUNT(*) FROM papers").fetchone()[0])

    def papers(self, window: Window) -> Iterator[Paper]:
        """Yields the papers first seen inside the window, in reading order."""
        since, until = _bounds(window)
        query = """SELECT number FROM papers JOIN first_seen ON paper = number
                   WHERE (day BETWEEN ? AND ?) OR (day IS NULL AND ?) ORDER BY number"""
        yield from self._load(query, (since, until, window.undated))

    def seen_before(self, window: Window) -> Iterator[Paper]:
        """Yields the papers that were listed inside the window but first seen earlier, in reading order."""
        since, until = _bounds(window)
        query = """SELECT number FROM papers JOIN first_seen ON first_seen.paper = number WHERE day < ? AND EXISTS
                   (SELECT 1 FROM sightings s WHERE s.paper = number AND s.seen BETWEEN ? AND ?) ORDER BY number"""
        yield from self._load(query, (since, since, until))

    def undated(self) -> list[str]:
        """Returns the ids of the papers without a dated sighting, in reading order."""
        rows = self._db.execute(
            "SELECT id FROM papers JOIN first_seen ON paper = number WHERE day IS NULL ORDER BY number"
        )
        return [paper for (paper,) in rows]

    def out_of(self, window: Window) -> int:
        """Returns the number of dated papers first seen outside the window."""
        query = "SELECT COUNT(*) FROM first_seen WHERE day NOT BETWEEN ? AND ?"
        return int(self._db.execute(query, _bounds(window)).fetchone()[0])

    def find(self, start: str) -> list[Paper]:
        """Returns the papers whose id begins with the given text, in reading order."""
        query = "SELECT number FROM papers WHERE substr(id, 1, length(?1)) = ?1 ORDER BY number"
        return list(self._load(query, (start,)))

    def newest(self) -> datetime.date | None:
        """Returns the latest day on which some paper was first seen."""
        day = self._db.execute("SELECT MAX(day) FROM first_seen").fetchone()[0]
        return datetime.date.fromisoformat(day) if day else None

    def _find(self, paper: Paper, keys: Sequence[str]) -> list[int]:
        """The numbers of the papers that this one is, earliest first: all with its identifiers, else one by title."""
        query = "SELECT number, record FROM papers JOIN keys ON paper = number WHERE key = ? ORDER BY number"
        rows = [(key, *row) for key in keys for row in self._db.execute(query, (key,))]
        named = {number for key, number, _ in rows if key.startswith(("doi:", "arxiv:"))}
        if named:
            return sorted(named)
        return [number for _, number, record in rows if not _contradicts(json.loads(record), paper)][:1]

    def _unite(self, number: int, other: int) -> None:
        """Makes two papers one, after a record has the identifiers of both."""
        record = self._db.execute("SELECT record FROM papers WHERE number = ?", (other,)).fetchone()[0]
        self._complete(number, Paper.model_validate_json(record))
        self._db.execute("UPDATE sightings SET paper = ? WHERE paper = ?", (number, other))
        self._db.execute("UPDATE OR IGNORE keys SET paper = ? WHERE paper = ?", (number, other))
        self._db.execute("DELETE FROM keys WHERE paper = ?", (other,))
        self._db.execute("DELETE FROM papers WHERE number = ?", (other,))

    def _insert(self, paper: Paper) -> int:
        row = self._db.execute("INSERT INTO papers (id, record) VALUES (?, ?)", (paper.id, _record(paper)))
        return int(row.lastrowid or 0)

    def _complete(self, number: int, paper: Paper) -> None:
        known = self._db.execute("SELECT record FROM papers WHERE number = ?", (number,)).fetchone()[0]
        fresh = json.loads(_record(paper))
        merged = fresh | json.loads(known)
        if len(merged) > len(json.loads(known)):
            self._db.execute("UPDATE papers SET record = ? WHERE number = ?", (json.dumps(merged), number))

    def _load(self, numbers: str, values: tuple[object, ...]) -> Iterator[Paper]:
        for (number,) in self._db.execute(numbers, values).fetchall():
            record = json.loads(self._db.execute("SELECT record FROM papers WHERE number = ?", (number,)).fetchone()[0])
            rows = self._db.execute("SELECT source, seen FROM sightings WHERE paper = ? ORDER BY rowid", (number,))
            sightings = tuple(Sighting(source=source, seen=seen) for source, seen in rows)
            yield Paper.model_validate(record | {"sightings": sightings})


def _record(paper: Paper) -> str:
    return paper.model_dump_json(exclude={"sightings"}, exclude_defaults=True)


def _bounds(window: Window) -> tuple[str, str]:
    return (window.since or datetime.date.min).isoformat(), (window.until or datetime.date.max).isoformat()


def _keys(paper: Paper) -> list[str]:
    """The keys under which a paper is found again, strongest first."""
    keys = [f"doi:{paper.doi}"] if paper.doi else []
    keys += [f"arxiv:{paper.arxiv_id}"] if paper.arxiv_id else []
    return keys + list(_title_keys(paper.title, paper.abstract, _first_author(paper.authors)))


@lru_cache(maxsize=16)
def _title_keys(title: str, abstract: str, author: str) -> tuple[str, ...]:
    """The keys that are made of texts; a paper needs them for its id and again when it is added."""
    folded = fold(title)
    # What is left of `C++` or of signs alone would be the title of many papers.
    name = folded if len(folded) > 3 else title.casefold()
    keys = ["author:" + _hash("author", name, author)] if author else []
    return (*keys, "abstract:" + _hash("abstract", name, _beginning(abstract)))


def _contradicts(known: dict[str, object], paper: Paper) -> bool:
    """Whether both carry an identifier of the same kind and the two differ."""
    pairs = ((known.get("doi"), paper.doi), (known.get("arxiv_id"), paper.arxiv_id))
    return any(a and b and a != b for a, b in pairs)


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
