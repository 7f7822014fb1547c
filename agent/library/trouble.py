"""What can go wrong with a library on disk, said in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from agent.errors import StorageError

PATIENCE = 120.0
"""Seconds to wait for another process that is adding; 100,000 papers take it less than one minute."""
OTHER = "Name another file with --library or DIGEST_LIBRARY."
DAMAGED = f"Restore it from a backup, or move it away and add your papers again. To go on without it: {OTHER}"
"""What to try when a library is damaged."""


def explained(error: sqlite3.Error, path: Path | None) -> StorageError:
    """Returns what an error of SQLite means to the user."""
    name, code = path or "the library in memory", getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        what = f"another process has been writing to the library for more than {PATIENCE:.0f} s"
        return StorageError(f"{name}: {what}.", "Try again when it is done.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        rights = f"Check the permissions of the file and its folder. {OTHER}"
        return StorageError(f"{name}: the library cannot be written: {error}.", rights)
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        what = f"the disk is full or fails ({error}); the library is as it was before"
        return StorageError(f"{name}: {what}.", "Make room and try again.")
    if "no such module" in str(error):
        return StorageError("This Python has an SQLite without full-text search (FTS5).", "Install another Python.")
    return StorageError(f"{name}: the library is damaged: {error}. It was not changed.", DAMAGED)
