"""Papers put into a library and taken out of it, each once however often it was seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from agent.library import index
from agent.library.database import Database
from agent.library.identity import contradicts, is_identifier, keys
from agent.library.records import parsed, record
from agent.schema import Paper


@dataclass(frozen=True)
class Added:
    """What became of a paper that was added."""

    number: int
    """Of the paper that it is now."""
    new: bool
    """Whether nothing was known of it."""
    changed: bool
    """Whether the library holds more than before: a paper, a field or a sighting."""
    united: tuple[int, ...] = ()
    """Numbers of papers that turned out to be this one; they are no longer there."""


def add(database: Database, paper: Paper, *, indexed: bool, once: bool) -> Added:
    """Adds a paper, or merges its sightings and missing fields into the one already there.

    `once` keeps what was seen at the same place on the same day once.
    """
    found = keys(paper)
    known = _find(database, paper, found, once=once)
    number = known[0] if known else _insert(database, paper, indexed=indexed)
    completed = bool(known) and _complete(database, number, record(paper))
    for other in known[1:]:
        _unite(database, number, other, indexed=indexed)
    if len(known) > 1 and once:
        database.run(_SAME, (number, number))
    database.run_each("INSERT OR IGNORE INTO keys VALUES (?, ?)", [(key, number) for key in found])
    seen = _see(database, number, paper, once=once)
    return Added(number, not known, not known or completed or seen or len(known) > 1, tuple(known[1:]))


def remove(database: Database, number: int, *, indexed: bool) -> None:
    """Takes a paper out, with all that is known of it."""
    _take_out(database, number, indexed=indexed)
    database.run("DELETE FROM sightings WHERE paper = ?", (number,))


_SAME = """DELETE FROM sightings WHERE paper = ? AND rowid NOT IN
           (SELECT MIN(rowid) FROM sightings WHERE paper = ? GROUP BY source, seen)"""


def _find(database: Database, paper: Paper, found: Sequence[str], *, once: bool) -> list[int]:
    """The numbers of the papers that this one is, earliest first: all with its identifiers, else one by title."""
    statement = "SELECT number, record FROM papers JOIN keys ON paper = number WHERE key = ? ORDER BY number"
    rows = [(key, *row) for key in found for row in database.rows(statement, (key,))]
    named = {number for key, number, _ in rows if is_identifier(key)}
    if named:
        return sorted(named)
    alike = list(dict.fromkeys(number for _, number, known in rows if not contradicts(parsed(database, known), paper)))
    if once and len(alike) > 1:
        return [_seen_there(database, alike, paper) or alike[0]]
    return alike[:1]


def _seen_there(database: Database, numbers: Sequence[int], paper: Paper) -> int | None:
    """The one of several papers that was seen where this one is seen: it is what was made of it the last time."""
    there = (number for number in numbers for place in _places(paper) if _is_seen(database, number, *place))
    return next(there, None)


def _insert(database: Database, paper: Paper, *, indexed: bool) -> int:
    statement = "INSERT INTO papers (id, record, day) VALUES (?, ?, ?)"
    number = database.run(statement, (paper.id, record(paper), _first_day(paper))).lastrowid or 0
    if indexed:
        index.enter(database, number, paper.title, paper.abstract)
    return number


def _complete(database: Database, number: int, fresh: str) -> bool:
    """Fills the fields that the paper has not yet; changes none."""
    known = parsed(database, database.rows("SELECT record FROM papers WHERE number = ?", (number,))[0][0])
    merged = json.loads(fresh) | known
    if len(merged) == len(known):
        return False
    database.run("UPDATE papers SET record = ? WHERE number = ?", (json.dumps(merged, ensure_ascii=False), number))
    return True


def _unite(database: Database, number: int, other: int, *, indexed: bool) -> None:
    """Makes two papers one, after a record has the identifiers of both."""
    database.run("UPDATE sightings SET paper = ? WHERE paper = ?", (number, other))
    day = "UPDATE papers SET day = (SELECT MIN(seen) FROM sightings WHERE paper = ?1) WHERE number = ?1"
    database.run(day, (number,))
    database.run("UPDATE OR IGNORE keys SET paper = ? WHERE paper = ?", (number, other))
    _complete(database, number, _take_out(database, other, indexed=indexed))


def _take_out(database: Database, number: int, *, indexed: bool) -> str:
    """Deletes a paper, its keys and its words; returns its record."""
    known = str(database.rows("SELECT record FROM papers WHERE number = ?", (number,))[0][0])
    if indexed:
        fields = parsed(database, known)
        index.remove(database, number, fields["title"], fields["abstract"])
    database.run("DELETE FROM keys WHERE paper = ?", (number,))
    database.run("DELETE FROM papers WHERE number = ?", (number,))
    return known


def _see(database: Database, number: int, paper: Paper, *, once: bool) -> bool:
    """Notes where the paper was seen; returns whether any of it is news."""
    if day := _first_day(paper):
        earlier = "UPDATE papers SET day = ?2 WHERE number = ?1 AND (day IS NULL OR day > ?2)"
        database.run(earlier, (number, day))
    places = _places(paper)
    if once:
        places = [place for place in dict.fromkeys(places) if not _is_seen(database, number, *place)]
    rows = [(number, *place) for place in places]
    return database.run_each("INSERT INTO sightings VALUES (?, ?, ?)", rows) > 0


def _is_seen(database: Database, number: int, source: str, day: str | None) -> bool:
    """Whether the paper is known to have been seen there.

    An `INSERT ... SELECT` that asks for itself makes FTS5 write what it has, and adding takes twice as long.
    """
    statement = "SELECT 1 FROM sightings WHERE paper = ? AND source = ? AND seen IS ?"
    return bool(database.rows(statement, (number, source, day)))


def _places(paper: Paper) -> list[tuple[str, str | None]]:
    return [(one.source, one.seen.isoformat() if one.seen else None) for one in paper.sightings]


def _first_day(paper: Paper) -> str | None:
    return min((seen for _, seen in _places(paper) if seen), default=None)
