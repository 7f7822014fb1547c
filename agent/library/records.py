"""Papers as they stand in a library: the record without its sightings, and the sightings."""

from __future__ import annotations

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from agent.errors import StorageError
from agent.library.database import Database
from agent.library.trouble import DAMAGED
from agent.schema import Paper, Sighting

_BATCH = 200
"""Papers that are fetched at once: few enough for any SQLite's limit of values, and for the memory."""


def sound(text: str) -> str:
    """Returns a text that UTF-8 can carry: half a character becomes U+FFFD, as it does where files are read."""
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


def storable(paper: Paper) -> Paper:
    """Returns a paper of sound texts."""
    try:
        paper.model_dump_json()
    except PydanticSerializationError:
        whole = json.dumps(paper.model_dump(mode="json"), ensure_ascii=False)
        return Paper.model_validate_json(sound(whole))
    return paper


def record(paper: Paper) -> str:
    """Returns the record of a paper."""
    return paper.model_dump_json(exclude={"sightings"}, exclude_defaults=True)


def parsed(database: Database, record: str) -> dict[str, Any]:
    """Returns the fields of a record; raises `StorageError` when it is none."""
    try:
        fields: dict[str, Any] = json.loads(record)
        return fields | {"title": str(fields["title"]), "abstract": str(fields["abstract"])}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _unreadable(database, f"a record is none: {str(record)[:60]!r}") from error


def day(database: Database, text: str | None) -> datetime.date | None:
    """Returns a day of a sighting; raises `StorageError` when it is none."""
    try:
        return datetime.date.fromisoformat(text) if text else None
    except (ValueError, TypeError) as error:
        raise _unreadable(database, f"{text!r} is no day") from error


def load(database: Database, numbers: Iterable[int]) -> Iterator[tuple[int, Paper]]:
    """Yields numbers with their papers, in their order; a paper that is gone meanwhile is left out."""
    ordered = iter(numbers)
    while batch := list(islice(ordered, _BATCH)):
        yield from _load(database, batch)


def _load(database: Database, batch: list[int]) -> Iterator[tuple[int, Paper]]:
    marks = ",".join("?" * len(batch))
    records = dict(database.rows(f"SELECT number, record FROM papers WHERE number IN ({marks})", batch))  # noqa: S608
    sightings = defaultdict(list)
    statement = f"SELECT paper, source, seen FROM sightings WHERE paper IN ({marks}) ORDER BY rowid"  # noqa: S608
    for number, *sighting in database.rows(statement, batch):
        sightings[number].append(sighting)
    for number in batch:
        if number in records:
            yield number, _paper(database, number, records[number], sightings[number])


def _paper(database: Database, number: int, record: str, sightings: list[Any]) -> Paper:
    try:
        found = tuple(Sighting(source=source, seen=seen) for source, seen in sightings)
        return Paper.model_validate(parsed(database, record) | {"sightings": found})
    except ValidationError as error:
        raise _unreadable(database, f"paper {number} cannot be read") from error


def _unreadable(database: Database, what: str) -> StorageError:
    return StorageError(f"{database.path}: the library is damaged: {what}. It was not changed.", DAMAGED)
