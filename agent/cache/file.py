"""The file of cached answers: how it is opened, what a row must be, and what its errors mean.

It is SQLite, and everything in it is text: `sqlite3 cache.db "select key, value from Cache"`. Reading goes past
diskcache, since that writes at every opening, and a full or read-only disk must not keep answers from being read.
"""

from __future__ import annotations

import json
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import diskcache  # type: ignore[import-untyped]

KEY = re.compile(r"[0-9a-f]{64}")
SOUND = (
    "(typeof(key) = 'text' AND length(key) = 64 AND key NOT GLOB '*[^0-9a-f]*' AND raw = 1 AND mode = 1"
    " AND filename IS NULL AND typeof(value) = 'text')"
)
"""What is true in SQL of the rows that the store writes: plain text under a plain key."""
TooLong = diskcache.Timeout
"""Raised when a lock stayed with another process."""
TROUBLE = (sqlite3.Error, TooLong, OSError)
"""What reading or writing a store may raise."""
APPLICATION = int.from_bytes(b"dig1", "big")
"""Stands in the header of every store of ours (https://www.sqlite.org/pragma.html#pragma_application_id)."""


class Foreign(sqlite3.DatabaseError):
    """What stands in the place of the store was not written by `digest`."""


class Connection(sqlite3.Connection):
    """A connection that gives up where diskcache would go on trying for 60 s."""

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """Runs one statement; raises `TooLong` when the file stayed locked."""
        if statement == "ROLLBACK" and not self.in_transaction:
            # On a full disk SQLite has rolled back by itself; a second time would hide the cause.
            statement = "SELECT 1"
        try:
            return super().execute(statement, *values)
        except sqlite3.OperationalError as error:
            if locked(error):
                raise TooLong(str(error)) from error
            raise


def connect(path: Path, wait: float, how: str = "mode=rw", *, lenient: bool = False) -> Connection:
    """Opens the store at a path, waiting at most so many seconds for a lock.

    `immutable=1` opens it where nothing can be written or locked; what is only in its log is not seen then. Lenient
    means that a file may be shorter than its header says.
    Raises `Foreign` for anything but a store of ours, `sqlite3.Error`, `TooLong` or `OSError`.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise Foreign("it is not a file")
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", timeout=wait, isolation_level=None, check_same_thread=False,
        factory=Connection, uri=True,
    )  # fmt: skip
    try:
        if lenient:
            connection.execute("PRAGMA writable_schema = ON")
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
            raise Foreign("it was not written by digest")
    except BaseException:
        connection.close()
        raise
    return connection


def reader(path: Path, wait: float, how: str = "mode=rw") -> Connection:
    """Opens the store for reading; text comes as bytes, since a planted row need not be UTF-8."""
    connection = connect(path, wait, how)
    try:
        connection.text_factory = bytes
        connection.execute("PRAGMA query_only = 1")
        connection.execute(f"SELECT {SOUND}, key, value FROM Cache LIMIT 1").fetchone()  # noqa: S608
        connection.execute("SELECT key, value FROM Settings LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def healthy(path: Path, wait: float) -> bool:
    """Tells whether the store at the path is whole; raises what keeps it from being looked at."""
    try:
        with closing(reader(path, wait)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchall() == [(b"ok",)])
    except sqlite3.Error as error:
        if damaged(error):
            return False
        raise


def text_of(sound: int, value: object) -> str | None:
    """Returns the text of an entry that was read, a JSON object with an `answer`; None where the row is not one."""
    try:
        text = value.decode() if sound and isinstance(value, bytes) else ""
        entry = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return text if isinstance(entry, dict) and "answer" in entry else None


def storable(key: str, text: str) -> tuple[str, str]:
    r"""Returns the row of an entry; a lone surrogate, which UTF-8 has no bytes for, becomes its JSON escape `\ud800`.

    Raises `ValueError` for what `text_of` would not take back.
    """
    text = text.encode("utf-8", "backslashreplace").decode()
    if not KEY.fullmatch(key) or text_of(1, text.encode()) is None:
        raise ValueError("an entry is a JSON object with an answer, under 64 hexadecimal digits")
    return key, text


def damaged(error: BaseException) -> bool:
    """Tells whether an error means that the file is broken or not ours, and not merely out of reach."""
    broken = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
    return isinstance(error, Foreign) or _code(error) in broken


def locked(error: BaseException) -> bool:
    """Tells whether an error means that another process keeps the file to itself."""
    busy = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
    return isinstance(error, TooLong) or _code(error) in busy


def reason(error: BaseException) -> str:
    """Says what went wrong in the user's words."""
    if locked(error):
        return "another process keeps it locked"
    told = {
        sqlite3.SQLITE_FULL: "the disk is full",
        sqlite3.SQLITE_READONLY: "it is read-only",
        sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
        sqlite3.SQLITE_IOERR: "the disk fails, or is full",
    }
    return told.get(_code(error)) or getattr(error, "strerror", None) or str(error)


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
