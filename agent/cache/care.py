"""Care of the cache: what is in it, whether it is sound, and taking answers out and in."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from agent.cache import Cache
from agent.cache import file as files
from agent.errors import StorageError
from agent.schema import Record

_BATCH = 500


class CacheStats(Record):
    """What a cache holds."""

    path: str
    entries: int
    bytes: int
    """Size of the database and of what SQLite keeps beside it."""
    oldest: str | None = None
    """When the endpoint gave the oldest answer, as the entry says it (ISO 8601, UTC)."""
    newest: str | None = None
    by_model: dict[str, int]
    """Entries a model, most first."""


class Imported(Record):
    """What became of the lines of an export."""

    added: int = 0
    known: int = 0
    """Entries that the cache already had, word for word."""
    refused: tuple[str, ...] = ()
    """Lines that were left out, with file, line and reason."""


def stats(cache: Cache) -> CacheStats:
    """Counts what the cache holds."""
    models: Counter[str] = Counter()
    dates = set()
    for _, text in _entries(cache):
        model, made_at = _origin(text)
        models[model or "unknown"] += 1
        dates.update([made_at] if made_at else [])
    beside = sorted(cache.path.parent.glob(f"{cache.path.name}*"))
    ranked = sorted(models.items(), key=lambda item: (-item[1], item[0]))
    return CacheStats(
        path=str(cache.path), entries=models.total(), bytes=sum(path.stat().st_size for path in beside),
        oldest=min(dates, default=None), newest=max(dates, default=None), by_model=dict(ranked),
    )  # fmt: skip


def verify(cache: Cache) -> list[str]:
    """Returns what is wrong with the database and with every row that is not an entry; empty when all is well.

    Begins with the remarks of the cache: a damaged store is replaced on the way, one that cannot be read has no rows.
    """
    found = [value.decode("utf-8", "replace") for (value,) in cache.select("PRAGMA integrity_check")]
    problems = [problem for problem in found if problem != "ok"]
    problems += [f"row {row}: {reason}" for row, reason in _unsound(cache)]
    return cache.remarks + [f"{cache.path}: {problem}" for problem in problems]


def export(cache: Cache, target: Path) -> int:
    """Writes every entry as a line `{"key": …, "entry": {…}}`, in order of keys, and returns their number.

    The file appears only when it is whole. Raises `StorageError` when it cannot be written.
    """
    partial = target.with_name(f".{target.name}.part")
    entries = 0
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            for key, text in _entries(cache):
                # Between the tokens of JSON a line break is as good as a space, and inside them there is none.
                file.write(f'{{"key": "{key}", "entry": {text.translate({10: " ", 13: " "})}}}\n')
                entries += 1
        partial.replace(target)
    except OSError as error:
        raise StorageError(f"{target}: cannot be written: {error.strerror}.", "Name another file.") from error
    finally:
        partial.unlink(missing_ok=True)
    return entries


def import_(cache: Cache, source: Path) -> Imported:
    """Takes in the entries of an export; one that the cache has with other words is never overwritten, but refused.

    Raises `StorageError` when the file cannot be read or the cache cannot be written; what came before is kept.
    """
    counts = Imported()
    try:
        with source.open("rb") as file:
            lines = enumerate(file, 1)
            while batch := list(islice(lines, _BATCH)):
                counts = _take_in(cache, source, batch, counts)
    except OSError as error:
        raise StorageError(f"{source}: cannot be read: {error.strerror}.", "Name an export of a cache.") from error
    return counts


def clear(cache: Cache) -> int:
    """Removes everything and returns how many rows there were."""
    return cache.change(lambda store: store.remove_all())


def prune(cache: Cache, *, model: str | None = None, before: datetime.date | None = None) -> int:
    """Removes the answers of a model, those from before a day (UTC), or of a model those before; returns how many.

    With neither, nothing is removed. An answer that does not say when it was made has no day.
    """
    if model is None and before is None:
        return 0
    doomed = [key for key, text in _entries(cache) if _matches(text, model, before)]
    return cache.change(lambda store: store.remove(doomed))


def _entries(cache: Cache) -> Iterator[tuple[str, str]]:
    """Yields keys and entries in order of keys, leaving out rows that are none."""
    query = f"SELECT key, value FROM Cache WHERE key > ? AND {files.SOUND} ORDER BY key LIMIT {_BATCH}"  # noqa: S608
    last = ""
    while rows := cache.select(query, last):
        for key, value in rows:
            last = key.decode()
            text = files.text_of(1, value)
            if text is not None:
                yield last, text


def _origin(text: str) -> tuple[str | None, str | None]:
    """Returns the model and the time that an entry gives for its answer."""
    provenance = json.loads(text).get("provenance")
    model, made_at = (provenance.get(name) for name in ("model", "made_at")) if isinstance(provenance, dict) else (0, 0)
    return model if isinstance(model, str) else None, made_at if isinstance(made_at, str) else None


def _matches(text: str, model: str | None, before: datetime.date | None) -> bool:
    origin, made_at = _origin(text)
    # ISO 8601 sorts as text.
    early = before is None or (made_at is not None and made_at < before.isoformat())
    return early and model in (None, origin)


def _unsound(cache: Cache) -> Iterator[tuple[int, str]]:
    query = f"SELECT rowid, {files.SOUND}, value FROM Cache WHERE rowid > ? ORDER BY rowid LIMIT {_BATCH}"  # noqa: S608
    last = -(2**63)
    while rows := cache.select(query, last):
        for last, sound, value in rows:
            if not sound:
                yield last, "it is not plain text under a key of 64 hexadecimal digits"
            elif files.text_of(sound, value) is None:
                yield last, "it is not a JSON object with an answer"


def _take_in(cache: Cache, source: Path, batch: list[tuple[int, bytes]], counts: Imported) -> Imported:
    fresh: dict[str, str] = {}
    known, refused = counts.known, list(counts.refused)
    for number, line in batch:
        try:
            key, text = _line(line)
        except (ValueError, RecursionError) as error:
            refused.append(f"{source}:{number}: {error if isinstance(error, _Broken) else 'not a line of an export'}")
            continue
        kept = fresh.get(key) or cache.get(key)
        if kept is None:
            fresh[key] = text
        elif json.loads(kept) == json.loads(text):
            known += 1
        else:
            refused.append(f"{source}:{number}: the cache has another answer under this key; it stays")
    cache.put(fresh)
    return Imported(added=counts.added + len(fresh), known=known, refused=tuple(refused))


class _Broken(ValueError):
    pass


def _line(line: bytes) -> tuple[str, str]:
    record: Any = json.loads(line.decode("utf-8-sig"))
    if not isinstance(record, dict) or not isinstance(record.get("key"), str):
        raise _Broken("there is no key")
    return files.storable(record["key"], json.dumps(record.get("entry"), ensure_ascii=False))
