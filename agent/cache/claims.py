"""One lock a key over all processes that share a cache, so that nothing is paid for twice."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no flock(2).
    fcntl = None  # type: ignore[assignment]

FORMAT = "v1"
"""The folder, inside the cache's own, that holds what this version writes."""


class Claims:
    """One lock a key over all processes that share a cache, by flock(2).

    Not lockf: POSIX locks of a file fall when the process closes *any* descriptor of it. Where flock is not to be had
    (Windows, a read-only folder, some network drives) a claim does nothing, and a remark says so once.
    """

    def __init__(self, folder: Path) -> None:
        self.remarks: list[str] = []
        """What there is to tell the user, each once."""
        self._folder = folder / FORMAT / "claims"

    def take(self, key: str) -> Claim | None:
        """Returns the claim, or None at once when another process, or another claim of this one, holds it."""
        try:
            descriptor = self._lock(self._folder / key)
        except BlockingIOError:
            return None
        except OSError as error:
            self._say(error)
            return Claim(None, self._folder / key, self._say)
        return Claim(descriptor, self._folder / key, self._say)

    def _lock(self, path: Path) -> int:
        if fcntl is None:
            raise OSError("this system has no flock")
        while True:
            descriptor = self._open(path)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BaseException:
                os.close(descriptor)
                raise
            if _stands_at(path, descriptor):
                return descriptor
            # The holder before removed the file between our open and our lock: ours is no longer in the folder.
            os.close(descriptor)

    def _open(self, path: Path) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            return os.open(path, flags, 0o600)
        except FileNotFoundError:
            private_folder(self._folder)
            return os.open(path, flags, 0o600)

    def _say(self, error: OSError) -> None:
        reason = error.strerror or str(error)
        remark = f"{self._folder}: calls cannot be claimed ({reason}), so two runs at once may pay for the same answer."
        if remark not in self.remarks:
            self.remarks.append(remark)


class Claim:
    """The sole right to pay for one answer, until `release` or the end of the process."""

    __slots__ = ("_descriptor", "_path", "_say", "_sent", "unfinished")

    def __init__(self, descriptor: int | None, path: Path, say: Callable[[OSError], None]) -> None:
        self.unfinished = descriptor is not None and os.fstat(descriptor).st_size > 0
        """An earlier holder died, or gave up, after `mark`: its call may have been paid for."""
        self._sent = self.unfinished
        self._descriptor, self._path, self._say = descriptor, path, say

    def mark(self) -> None:
        """Notes that the call is about to be sent; the note outlives `kill -9`, though not a loss of power."""
        if self._descriptor is not None:
            try:
                os.pwrite(self._descriptor, b"sent\n", 0)
                self._sent = True
            except OSError as error:
                self._say(error)

    def release(self, *, finished: bool = True) -> None:
        """Gives the key free; a second release does nothing.

        Finished means answered and kept, or failed for good: the file goes away. Not finished leaves the mark, where
        there is one, for the next holder.
        """
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        try:
            if finished or not self._sent:
                # Removed while it is locked: whoever opened it meanwhile finds that it no longer stands there.
                self._path.unlink(missing_ok=True)
            # A forked child that still has the descriptor would otherwise keep the lock.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        except OSError as error:
            self._say(error)
        finally:
            os.close(descriptor)


def private_folder(path: Path) -> None:
    """Makes a folder, and those above it that are missing, for this user alone (0700, whatever the umask)."""
    for folder in reversed((path, *path.parents)):
        if not folder.exists():
            folder.mkdir(0o700, exist_ok=True)


def _stands_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False
