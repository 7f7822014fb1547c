"""Full-text search: which papers have some phrases, best first (BM25 as FTS5 computes it).

SQLite needs about a microsecond to score a paper, and a word may stand in every one of 100,000. So no more than
`MOST_SCORED` are scored at a time, and the phrases that tell most choose them.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import accumulate

from agent.library.database import Database
from agent.library.tables import TOKENS

TITLE, ABSTRACT = 4, 1
"""What a word counts in a title and in an abstract."""
MOST_SCORED = 5_000
MOST_PHRASES = 64
"""Phrases of one search; FTS5 takes no more than some hundred, and nobody means so many."""

EVERY = "\ue000"
"""The sign that each paper has in the column `every`; it is for private use, so that no text has it (Unicode, 23.5)."""

Hit = tuple[int, float]
"""A paper's number and its score; larger is better."""


def enter(database: Database, number: int, title: str, abstract: str) -> None:
    """Adds a paper to the index."""
    statement = "INSERT INTO words (rowid, title, abstract, every) VALUES (?, ?, ?, ?)"
    database.run(statement, (number, title, abstract, EVERY))


def remove(database: Database, number: int, title: str, abstract: str) -> None:
    """Takes a paper out; the texts must be those with which it was entered (https://sqlite.org/fts5.html, 4.4.3).

    From 3.43 on SQLite can do without them; many systems have an older one.
    """
    statement = "INSERT INTO words (words, rowid, title, abstract, every) VALUES ('delete', ?, ?, ?, ?)"
    database.run(statement, (number, title, abstract, EVERY))


def count(database: Database, phrase: str) -> int:
    """Returns the number of papers that have a phrase."""
    quoted = _quoted([phrase])
    return int(database.rows("SELECT COUNT(*) FROM words WHERE words MATCH ?", quoted)[0][0]) if quoted else 0


def ranked(database: Database, phrases: Sequence[str], most: int, *, every: bool = False, among: str = "") -> list[Hit]:
    """Returns the papers that have any of the phrases, or every one of them, best first, ties in reading order.

    `among` is a query for the numbers of those that are wanted.
    """
    quoted = _quoted(phrases)
    if not quoted:
        return []
    wanted = (_all if every else _any)(quoted)
    must, others = _must(database, quoted, wanted, every=every)
    hits = _scored(database, f"({must}) AND ({_any([*others, _EACH])})" if others else must, most, among)
    if len(hits) < most and must != wanted:
        found = dict(hits)
        further = _scored(database, wanted, most, among)
        hits = [*hits, *(hit for hit in further if hit[0] not in found)][:most]
    return sorted(hits, key=lambda hit: (-hit[1], hit[0]))


def closest(phrases: Sequence[str], texts: Sequence[str]) -> int:
    """Returns the place of the text that the phrases fit best; the first where they fit none."""
    quoted = _quoted(phrases)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = '{TOKENS}')")
        connection.executemany("INSERT INTO texts VALUES (?)", [(text,) for text in texts])
        statement = "SELECT rowid - 1 FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), rowid LIMIT 1"
        best = connection.execute(statement, (_any(quoted),)).fetchone() if quoted else None
    return int(best[0]) if best else 0


def _quoted(phrases: Iterable[str]) -> list[str]:
    """The phrases as FTS5 strings, each once; what has neither letter nor digit has no word that could be found."""
    sound = (phrase[:_LONGEST].encode("utf-8", "replace").decode() for phrase in phrases)
    plain = (" ".join(phrase.translate(_STEERING).split()) for phrase in sound)
    return list(dict.fromkeys(f'"{phrase}"' for phrase in plain if any(map(str.isalnum, phrase))))[:MOST_PHRASES]


_LONGEST = 1_000
"""Characters of a phrase."""
_STEERING = str.maketrans(dict.fromkeys(('"', "\0", EVERY), " "))
"""What ends a string, or a query, or is not meant."""
_EACH = f'every : "{EVERY}"'


def _must(database: Database, quoted: Sequence[str], wanted: str, *, every: bool) -> tuple[str, Sequence[str]]:
    """What a paper must have to be scored first, and the phrases that only add to its score."""
    if _few(database, wanted):
        return wanted, ()
    together = _all(quoted)
    if not _few(database, together):
        # Such words tell little wherever they stand; in a title they tell most.
        return f"title : ({together})", ()
    return (together, ()) if every else _telling(database, quoted)


def _telling(database: Database, quoted: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Any of the rare phrases; where all are common, as many of them together as it takes to be rare."""
    counts = {phrase: _up_to(database, phrase) for phrase in quoted}
    ranked = sorted(quoted, key=counts.__getitem__)
    rare = bisect_right(list(accumulate(counts[phrase] for phrase in ranked)), MOST_SCORED)
    if rare:
        return _any(ranked[:rare]), ranked[rare:]
    together = 2
    while not _few(database, _all(ranked[:together])):
        together += 1
    return _all(ranked[:together]), ranked[together:]


def _few(database: Database, expression: str) -> bool:
    return _up_to(database, expression) <= MOST_SCORED


def _up_to(database: Database, expression: str) -> int:
    """Counts the papers that an expression finds, but no more than are needed to know that they are many."""
    statement = "SELECT COUNT(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    return int(database.rows(statement, (expression, MOST_SCORED + 1))[0][0])


def _scored(database: Database, expression: str, most: int, among: str) -> list[Hit]:
    # Without the sign SQLite would look each wanted paper up in the index, one after the other.
    wanted = f"AND +rowid IN ({among})" if among else ""
    statement = f"""
        SELECT rowid, -score FROM (
            SELECT rowid, bm25(words, {TITLE}, {ABSTRACT}, 0) AS score FROM words WHERE words MATCH ? {wanted} LIMIT ?
        ) ORDER BY score, rowid LIMIT ?
    """  # noqa: S608
    return database.rows(statement, (expression, MOST_SCORED, most))


def _any(expressions: Sequence[str]) -> str:
    return " OR ".join(expressions)


def _all(expressions: Sequence[str]) -> str:
    return " AND ".join(expressions)
