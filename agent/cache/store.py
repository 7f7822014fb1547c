"""The store of answers: diskcache, cut down to text over one connection, and what can be done with it as a file.

diskcache unpickles what a planted row tells it to (CVE-2025-69872), waits 60 s for a lock and opens a connection a
thread. So its `Disk` here knows text alone, and its `Cache` runs over one connection whose patience is ours.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import NoReturn

import diskcache  # type: ignore[import-untyped]

from agent.cache.claims import private_folder
from agent.cache.file import APPLICATION, KEY, SOUND, TROUBLE, Connection, connect, text_of

_NEVER = 2**62
_SETTINGS = {
    "statistics": 0,
    "tag_index": 0,
    "eviction_policy": "none",
    "cull_limit": 0,
    "size_limit": _NEVER,
    "sqlite_auto_vacuum": 1,
    "sqlite_cache_size": 2**9,
    "sqlite_journal_mode": "wal",
    # A mapped file that somebody cuts short kills the process (SIGBUS).
    "sqlite_mmap_size": 0,
    # NORMAL, for the thirty commits of diskcache's constructor, none of which matters.
    "sqlite_synchronous": 1,
    "disk_min_file_size": _NEVER,
    "disk_pickle_protocol": 0,
}
_COUNTERS = {"count", "size", "hits", "misses"}


class TextDisk(diskcache.Disk):  # type: ignore[misc]
    """Stores and fetches text under hexadecimal keys, and nothing else: no pickle, no files beside the database."""

    def put(self, key: object) -> tuple[str, bool]:
        """Returns the key as it stands in the table."""
        if not isinstance(key, str) or not KEY.fullmatch(key):
            raise ValueError("a key is 64 hexadecimal digits")
        return key, True

    def get(self, key: object, raw: object) -> str:
        """Returns the key of a row; `OSError`, which diskcache takes for a miss, where it is none of ours."""
        return key if isinstance(key, str) and raw == 1 else _refuse()

    def store(self, value: object, read: bool, key: object = None) -> tuple[int, int, None, str]:
        """Returns size beside the database, mode, file name and value as they stand in the table."""
        if not isinstance(value, str):
            raise TypeError("a value is text")
        return 0, 1, None, value

    def fetch(self, mode: object, filename: object, value: object, read: bool) -> str:
        """Returns the text of a row; `OSError`, which diskcache takes for a miss, where it is none of ours."""
        return value if isinstance(value, str) and mode == 1 and filename is None and not read else _refuse()


class Store(diskcache.Cache):  # type: ignore[misc]
    """diskcache over one connection that all threads share; whoever writes sees to it that they take turns."""

    def __init__(self, path: Path, wait: float) -> None:
        self._ready = False
        self._shared = connect(path, wait)
        try:
            self.inode = path.stat().st_ino
            self._remove_planted_settings()
            super().__init__(str(path.parent), timeout=wait, disk=TextDisk, **_SETTINGS)
            # What is committed outlives a loss of power (https://www.sqlite.org/pragma.html#pragma_synchronous).
            self._shared.execute("PRAGMA synchronous = FULL")
        except BaseException:
            self._shared.close()
            raise
        self._ready = True

    def write(self, rows: Iterable[tuple[str, str]], largest: int | None = None) -> bool:
        """Keeps all rows in one durable transaction; False, and nothing kept, when the file would outgrow `largest`."""
        with suppress(_TooLarge), self.transact():
            for key, text in rows:
                self.set(key, text)
            (pages,) = self._shared.execute("PRAGMA page_count").fetchone()
            if largest is not None and pages * self._page_size > largest:
                raise _TooLarge
            return True
        return False

    def remove(self, keys: Iterable[str]) -> int:
        """Removes the entries in one transaction; returns how many there were."""
        with self.transact():
            return sum(self.delete(key) for key in keys)

    def remove_all(self) -> int:
        """Removes every row, also those of others, in one transaction; returns how many there were."""
        with self.transact():
            return int(self.clear())

    def close(self) -> None:
        """Closes the connection; not in the middle of diskcache's constructor, which would open another."""
        if self._ready:
            self._shared.close()

    def _remove_planted_settings(self) -> None:
        """Removes settings that diskcache would set as attributes of itself, or run as pragmas, unseen."""
        with suppress(sqlite3.OperationalError):
            # A store in the making has none.
            names = {name for (name,) in self._shared.execute("SELECT key FROM Settings")}
            for name in names - _SETTINGS.keys() - _COUNTERS:
                self._shared.execute("DELETE FROM Settings WHERE key IS ?", (name,))

    @property
    def _con(self) -> Connection:
        return self._shared


class _TooLarge(Exception):
    pass


def begin(path: Path, rows: Iterable[tuple[str, str]] = ()) -> Path:
    """Makes a whole store in a folder beside the path and returns its file, to be renamed into place by `settle`."""
    folder = path.parent / ".new"
    shutil.rmtree(folder, ignore_errors=True)
    private_folder(folder)
    fresh = folder / path.name
    # SQLite gives the files it makes beside this one the same rights.
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(fresh)) as connection:
        # The store that follows syncs the file when it is closed.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA auto_vacuum = 1")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    with closing(Store(fresh, 0)) as store:
        store.write(rows)
    if fresh.with_name(f"{path.name}-wal").exists():
        raise OSError("the disk fails, or is full")
    return fresh


def settle(fresh: Path, path: Path) -> None:
    """Renames a store into its place, so that nobody ever meets half of one, and makes that durable."""
    for orphan in (f"{path.name}-wal", f"{path.name}-shm"):
        # SQLite would play the log of a store that is gone into this one.
        path.with_name(orphan).unlink(missing_ok=True)
    fresh.rename(path)
    fresh.parent.rmdir()
    for folder in (path.parent, path.parent.parent):
        # A folder cannot be opened everywhere (Windows).
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def rescue(path: Path, wait: float) -> dict[str, str]:
    """Returns what can still be read of a damaged store, from both ends of the table towards the damage."""
    found: dict[str, str] = {}
    for order in ("ASC", "DESC"):
        with suppress(*TROUBLE), closing(connect(path, wait, lenient=True)) as connection:
            connection.text_factory = bytes
            rows = connection.execute(f"SELECT {SOUND}, key, value FROM Cache ORDER BY rowid {order}")  # noqa: S608
            for sound, key, value in rows:
                text = text_of(sound, value)
                if text is not None:
                    found.setdefault(key.decode(), text)
            break
    return found


def set_aside(path: Path) -> Path:
    """Moves a store into a new folder `v1.damaged-<n>` and returns that; claims stay where they are."""
    for number in count(1):
        aside = path.parent.with_name(f"{path.parent.name}.damaged-{number}")
        with suppress(FileExistsError):
            aside.mkdir(0o700)
            break
    # The log first: left alone, SQLite would play it into the next store of that name.
    for name in (f"{path.name}-wal", f"{path.name}-shm", path.name):
        with suppress(FileNotFoundError):
            path.with_name(name).rename(aside / name)
    return aside


def _refuse() -> NoReturn:
    raise OSError("not a row of ours")
