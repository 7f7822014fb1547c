"""The file of a library: made whole, and opened without a trace in one that is none."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from agent.errors import StorageError
from agent.library.trouble import OTHER, PATIENCE, explained

APPLICATION = int.from_bytes(b"digL", "big")
"""Stands in the header of every library (https://www.sqlite.org/pragma.html#pragma_application_id)."""

_HEADER = 100
"""Bytes at the beginning of every SQLite file, https://www.sqlite.org/fileformat2.html#the_database_header."""


def make(path: Path, scripts: Sequence[str]) -> None:
    """Makes a whole library beside the path and links it there, so that nobody ever meets half of one.

    Raises `StorageError` when it cannot be made.
    """
    # Only the first add of a user makes a library.
    import tempfile

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Readable by its owner alone, and so is what SQLite makes beside it.
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        os.close(descriptor)
        fresh = Path(name)
        try:
            _fill(fresh, scripts)
            _settle(fresh, path)
        finally:
            for left in (fresh, *(fresh.with_name(fresh.name + end) for end in ("-wal", "-shm"))):
                left.unlink(missing_ok=True)
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except (OSError, ValueError) as error:
        raise StorageError(
            f"{path}: the library cannot be made: {getattr(error, 'strerror', None) or error}.",
            "Name another file with --library or DIGEST_LIBRARY.",
        ) from error


def _fill(fresh: Path, scripts: Sequence[str]) -> None:
    """Makes the tables; all of it is in the one file when the connection is closed."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN")
        for script in scripts:
            run_script(connection.execute, script)
        connection.execute(f"PRAGMA user_version = {len(scripts)}")
        connection.execute("COMMIT")


def _settle(fresh: Path, path: Path) -> None:
    """Puts the file into its place, unless another process has put one there meanwhile."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems know no links.
        if not path.exists():
            fresh.rename(path)


def connect(path: Path) -> sqlite3.Connection:
    """Opens a file that is a library, without a trace in one that is not.

    Raises `StorageError` for anything else, and when it cannot be read.
    """
    _refuse_foreign(path)
    try:
        if os.access(path, os.W_OK):
            connection = _connection(path, "mode=rw")
            connection.execute("PRAGMA journal_mode")
            return connection
        return _reader(path)
    except sqlite3.Error as error:
        raise explained(error, path) from error


def _reader(path: Path) -> sqlite3.Connection:
    """Opens a library that may only be read; where its folder may not be written, SQLite needs to know that."""
    connection = _connection(path, "mode=ro")
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        if os.path.exists(f"{path}-wal"):
            raise
        connection = _connection(path, "immutable=1")
    return connection


def _connection(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", timeout=PATIENCE, isolation_level=None, uri=True)


def _refuse_foreign(path: Path) -> None:
    """Looks at the header before SQLite does, which would play a log into a file that is not ours."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise StorageError(f"{path}: this is not a file, so it is no library of digest.", OTHER)
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise StorageError(f"{path}: the library cannot be read: {error.strerror}.", OTHER) from error
    if len(header) < _HEADER or not header.startswith(b"SQLite format 3\0"):
        what = "it is empty" if not header else "it is not an SQLite file"
        raise StorageError(f"{path}: this is no library of digest: {what}. It was not changed.", OTHER)
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        raise StorageError(
            f"{path}: this is no library of digest: another program made this SQLite file. It was not changed.",
            OTHER,
        )


def run_script(run: Callable[[str], Any], script: str) -> None:
    """Runs the statements one by one: `executescript` would end the transaction first."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                run(statement)
            statement = ""
