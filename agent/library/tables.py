"""The tables of a library, and how an older file comes to have those of today."""

from __future__ import annotations

TOKENS = "porter unicode61 remove_diacritics 2"
"""What makes words of texts: their forms, upper case and accents do not matter."""

MIGRATIONS = (
    f"""
    CREATE TABLE papers (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL, day TEXT, kind TEXT, kind_by TEXT
    );
    CREATE INDEX papers_of ON papers (day);
    CREATE TABLE sightings (paper INTEGER NOT NULL REFERENCES papers, source TEXT NOT NULL, seen TEXT);
    CREATE INDEX sightings_of ON sightings (paper);
    CREATE TABLE keys (
        key TEXT NOT NULL, paper INTEGER NOT NULL REFERENCES papers, PRIMARY KEY (key, paper)
    ) WITHOUT ROWID;
    CREATE INDEX keys_of ON keys (paper);
    CREATE VIRTUAL TABLE words USING fts5 (
        title, abstract, every, content = '', tokenize = '{TOKENS}'
    );
    """,
)
"""The scripts that make version 1, then each later version out of the one before; none is ever changed.

A paper's record is `Paper` as JSON without its sightings. Its number is its place in reading order. Its day
is that of its first dated sighting. Its kind is what a
model takes its contribution for, and `kind_by` which one did; both are empty until somebody asks.

`words` is the full-text index. It holds no text: titles and abstracts stand in the records, and never change there. In
`every` each paper has the same sign, so that a search can say of a word that it may be there or not.
"""

VERSION = len(MIGRATIONS)
"""Stands in the file as `PRAGMA user_version`."""
