"""A library as SQL sees it: asked, changed, brought up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agent.errors import StorageError
from agent.library import opening
from agent.library.tables import MIGRATIONS
from agent.library.trouble import PATIENCE, explained

CACHE = 32_000
"""KiB of the file that may be in memory; keys are scattered over it, and fetching them takes most of the time."""


class Database:
    """A connection to a library, on disk or in memory; whatever SQLite complains about is a `StorageError`."""

    def __init__(self, path: Path | None, *, scripts: tuple[str, ...] = MIGRATIONS) -> None:
        self.path = path
        if path is None:
            self._connection = sqlite3.connect(":memory:", isolation_level=None)
            self._connection.executescript("".join(scripts))
        else:
            if not os.path.lexists(path):
                opening.make(path, scripts)
            self._connection = opening.connect(path)
            try:
                self._migrate(path, scripts)
            except BaseException:
                self._connection.close()
                raise
        self.run(f"PRAGMA cache_size = {-CACHE}")
        if path is None:
            # Nothing is ever undone or shared here, and each statement in a transaction of its own takes twice as long.
            self.run("BEGIN")

    def rows(self, statement: str, values: Iterable[Any] = ()) -> list[Any]:
        """Returns the rows that a statement finds."""
        try:
            return self._connection.execute(statement, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def run(self, statement: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        """Runs a statement that changes something."""
        try:
            return self._connection.execute(statement, tuple(values))
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def run_each(self, statement: str, many: Iterable[tuple[Any, ...]]) -> int:
        """Runs a statement with each of many values; returns how many rows it changed in all."""
        try:
            return self._connection.executemany(statement, many).rowcount
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    @contextmanager
    def transaction(self, patience: float = PATIENCE) -> Iterator[None]:
        """Keeps all that is changed inside, or nothing; one inside another is a part of it.

        Waits so many seconds for another process that is at it. In memory it does nothing: whoever fails there has no
        library any more.
        """
        if self._connection.in_transaction:
            yield
            return
        self.run(f"PRAGMA busy_timeout = {1000 * patience:.0f}")
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            # On a full disk SQLite has rolled back by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def hold(self) -> None:
        """Reads from now on what is there now, whatever other processes add; nothing can be changed any more."""
        if self.path is None:
            return
        self.run("PRAGMA query_only = 1")
        self.run("BEGIN")
        self.rows("SELECT COUNT(*) FROM papers")

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def _migrate(self, path: Path, scripts: tuple[str, ...]) -> None:
        """Brings an older file up to date; several processes may want to at once."""
        if self._version() == len(scripts):
            return
        if self._version() > len(scripts):
            raise StorageError(
                f"{path}: the library was made by a newer digest (format {self._version()}; this one knows "
                f"{len(scripts)}).",
                "Update digest, or name another file with --library or DIGEST_LIBRARY.",
            )
        with self.transaction():
            for script in scripts[self._version() :]:
                opening.run_script(self.run, script)
            self.run(f"PRAGMA user_version = {len(scripts)}")

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])
