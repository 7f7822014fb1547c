"""Writes answers into the cache as they arrive, those together that arrive together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from agent.errors import StorageError


class Keeper:
    """Makes answers durable without holding up the event loop: a disk is waited for in a thread, once for many."""

    def __init__(self, put: Callable[[Mapping[str, str]], None], say: Callable[[str], None]) -> None:
        self._put, self._say = put, say
        self._new: list[tuple[str, str, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._told: set[str] = set()

    async def keep(self, key: str, entry: str) -> bool:
        """Returns once the entry is durable, or False when it cannot be kept, which is said."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._new.append((key, entry, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await done

    def is_writing(self, task: asyncio.Task[Any]) -> bool:
        """Tells whether the task is the one that writes, and so must not be cancelled."""
        return task is self._writing

    async def finish(self) -> None:
        """Waits until all that has arrived is written, also for those who no longer wait for it."""
        if self._writing:
            await self._writing

    async def _write(self) -> None:
        while self._new:
            batch, self._new = self._new, []
            kept = await asyncio.to_thread(self._stored, {key: entry for key, entry, _ in batch})
            for _, _, done in batch:
                if not done.cancelled():
                    done.set_result(kept)

    def _stored(self, entries: Mapping[str, str]) -> bool:
        try:
            self._put(entries)
        except StorageError as error:
            if error.message not in self._told:
                self._told.add(error.message)
                self._say(f"{error.message} {error.hint}")
            return False
        return True
