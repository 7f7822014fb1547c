"""Answers of endpoints, kept as readable text and never lost once `put` has returned."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from agent.cache import file as files
from agent.cache import store as stores
from agent.cache.claims import FORMAT, Claims, private_folder
from agent.errors import StorageError

_Done = TypeVar("_Done")


class Cache:
    """Answers of endpoints as readable text in SQLite, one entry a key.

    The file is `<folder>/v1/cache.db`. Nothing expires, nothing is dropped. Threads and processes may share a folder.
    A broken store never spoils a run: it is moved aside, what can be read of it is carried over, `remarks` says so.
    """

    def __init__(self, folder: Path, *, max_size: int | None = None, patience: float = 8.0) -> None:
        """Opens nothing yet.

        `max_size` is the largest size of the file in bytes, `patience` the seconds that may be spent, in all, on
        waiting for a lock that never opens.
        """
        self.path = folder / FORMAT / "cache.db"
        """The database; what SQLite keeps beside it is part of it while it is open."""
        self.remarks: list[str] = []
        """What there is to tell the user, each once."""
        self._max_size = max_size
        self._patience = self._wait = patience
        self._claims = Claims(folder)
        # Always taken in this order.
        self._writing, self._reading = threading.RLock(), threading.RLock()
        self._store: stores.Store | None = None
        self._reader: sqlite3.Connection | None = None
        self._frozen = self._blind = False

    def get(self, key: str) -> str | None:
        """Returns the entry of a key, a JSON object with an `answer`; None, and perhaps a remark, where there is none.

        Never raises for what it finds on the disk.
        """
        rows = self.select(f"SELECT {files.SOUND}, value FROM Cache WHERE key = ?", key)  # noqa: S608
        for row in rows:
            text = files.text_of(*row)
            if text is not None:
                return text
        if rows:
            self._say(f"{self.path}: rows that are no answers are passed over; `digest cache verify` lists them.")
        return None

    def put(self, entries: Mapping[str, str]) -> None:
        """Keeps entries in one durable transaction: after it returns neither `kill -9` nor a loss of power loses one.

        No entries at all is a cheap way to ask whether anything could be kept. Raises `StorageError` when nothing can,
        or when the file would outgrow its limit, and `ValueError` for what `get` would not give back.
        """
        rows = [files.storable(key, text) for key, text in entries.items()]
        if not self.change(lambda store: store.write(rows, self._max_size)):
            raise StorageError(
                f"{self.path}: the cache would grow over its limit of {self._max_size:,} bytes; nothing was dropped.",
                "Raise --max-cache-size, or make room with `digest cache prune`.",
            )

    def close(self) -> None:
        """Closes the file; it is opened again when it is needed."""
        with self._writing:
            self._close_store()
            with self._reading:
                self._close_reader()

    def select(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Returns the rows of a query, text as bytes; none, and a remark, where the store cannot be read."""
        try:
            return self._mended(lambda: self._select(query, values), "cached answers cannot be read")
        except StorageError as error:
            self._blind = True
            self._say(error.message)
            return []

    def change(self, action: Callable[[stores.Store], _Done]) -> _Done:
        """Does something to the store, which is made where there is none; raises `StorageError` when it cannot."""
        with self._writing:
            done = self._mended(lambda: self._change(action), "answers cannot be kept")
        self._wait = self._patience
        return done

    def _mended(self, action: Callable[[], _Done], failing: str) -> _Done:
        """Does it; if the store turns out to be damaged, replaces that and does it once more."""
        try:
            try:
                return action()
            except files.TROUBLE as error:
                if self._frozen or not files.damaged(error):
                    raise
                self._replace(error)
            return action()
        except files.TROUBLE as error:
            if files.locked(error):
                # The patience is spent; from now on a lock is only tried.
                self._wait = 0
            raise StorageError(
                f"{self.path}: {failing}: {files.reason(error)}.",
                "See `digest cache path`, or name another folder with --cache.",
            ) from error

    def _select(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._reading:
            if self._reader is None and not self._blind:
                with suppress(FileNotFoundError):
                    self._reader = self._open_reader()
            return self._reader.execute(query, values).fetchall() if self._reader else []

    def _open_reader(self) -> sqlite3.Connection:
        try:
            return files.reader(self.path, self._wait)
        except files.TROUBLE as error:
            if isinstance(error, OSError) or files.damaged(error):
                raise
            reader = files.reader(self.path, 0, "immutable=1")
            self._frozen = True
            self._wait = 0 if files.locked(error) else self._wait
            obstacle = files.reason(error) if files.locked(error) else "it cannot be written"
            self._say(f"{self.path}: {obstacle}; the answers in it are read, but none can be kept.")
            return reader

    def _change(self, action: Callable[[stores.Store], _Done]) -> _Done:
        try:
            self._store = self._open_store()
            return action(self._store)
        except BaseException:
            # Whatever a failure, or Ctrl-C, left open here must not reach the next answer.
            self._close_store()
            raise

    def _open_store(self) -> stores.Store:
        with suppress(FileNotFoundError):
            if self._store is not None and self._store.inode == self.path.stat().st_ino:
                return self._store
        # Another process has moved the store aside, or there was none.
        self.close()
        if not self.path.exists():
            with self._alone():
                if not self.path.exists():
                    stores.settle(stores.begin(self.path), self.path)
        _make_private(self.path)
        # diskcache would quietly make anew what is missing in a damaged one.
        files.reader(self.path, self._wait).close()
        return stores.Store(self.path, self._wait)

    def _replace(self, error: BaseException) -> None:
        with self._writing, self._alone(), self._reading:
            self.close()
            if not self.path.exists() or files.healthy(self.path, self._wait):
                # Another process was quicker.
                return
            rescued = stores.rescue(self.path, self._wait)
            fresh = stores.begin(self.path, rescued.items())
            aside = stores.set_aside(self.path)
            stores.settle(fresh, self.path)
            self._say(
                f"{self.path}: the cache was damaged or not ours ({files.reason(error)}); it was moved to {aside}, and "
                f"{len(rescued):,} answers were carried over."
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps other processes from making or replacing the store at the same time."""
        private_folder(self.path.parent)
        end = time.monotonic() + self._wait
        while (claim := self._claims.take("store")) is None:
            if time.monotonic() > end:
                raise files.TooLong
            time.sleep(0.005)
        try:
            yield
        finally:
            claim.release()

    def _close_store(self) -> None:
        # diskcache calls an empty store false.
        if self._store is not None:
            self._store.close()
        self._store = None

    def _close_reader(self) -> None:
        if self._reader:
            self._reader.close()
        self._reader, self._frozen, self._blind = None, False, False

    def _say(self, remark: str) -> None:
        if remark not in self.remarks:
            self.remarks.append(remark)


def _make_private(path: Path) -> None:
    """Takes the rights of others from a store that somebody copied here; not ours to change, it stays as it is."""
    for place, rights in ((path.parent, 0o700), *((beside, 0o600) for beside in path.parent.glob(f"{path.name}*"))):
        with suppress(OSError):
            if place.stat().st_mode & 0o777 & ~rights:
                place.chmod(rights)
