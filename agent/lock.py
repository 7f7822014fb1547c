"""One run at a time in a folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.errors import StorageError

try:
    import fcntl
except ImportError:  # Windows has no flock(2).
    fcntl = None  # type: ignore[assignment]

PATIENCE = 10.0
"""Seconds for which a run waits for another, which writes for one or two."""
PAUSE = 0.05


@contextmanager
def alone(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keeps other runs from a folder until the block or the process ends, however that ends.

    By flock(2) on the folder itself, so that nothing is left behind in it. Where that is not to be had (Windows, some
    network drives) nobody is kept from it. Raises `StorageError` when another run has it for longer than `patience`.
    """
    descriptor = _opened(folder)
    try:
        until = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() > until:
                raise StorageError(
                    f"{folder}: another run of digest is writing there.",
                    "Run the same command again once it is done, or name another folder with -o.",
                )
            time.sleep(PAUSE)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _opened(folder: Path) -> int | None:
    """A descriptor of the folder; None where folders cannot be opened, or not this one."""
    try:
        return os.open(folder, os.O_RDONLY) if fcntl else None
    except OSError:
        return None


def _taken(descriptor: int | None) -> bool:
    """Whether no other run has the folder now; also where none can have it."""
    try:
        if descriptor is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # A file system without locks.
        return True
    return True
