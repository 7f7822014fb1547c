"""Adds the papers of files and folders to a library on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from agent import sources
from agent.library import Added, Library
from agent.library.report import AddReport
from agent.schema import Paper, Remark
from agent.sources.reading import REMARKS_PER_FILE, nothing


def add(paths: Sequence[str], library: Path, *, year: int | None = None) -> AddReport:
    """Adds what can be read, all of it or, whatever happens, nothing.

    A bad record or file is a remark. Places are kept as absolute paths, so that adding them again from another folder
    changes nothing. The library is made where there is none, and not opened before the first paper has been read.

    Raises `SourceError` when not a single paper could be read, `StorageError` when the library cannot be written.
    """
    files, problems = sources.find(paths)
    account = _Account([Remark(source=problem.source, reason=problem.reason) for problem in problems])
    items = account.papers(chain.from_iterable(sources.read(_absolute(file), year=year) for file in files))
    first = next(items, None)
    if not first:
        raise nothing(paths, account.remarks)
    with Library(library) as kept:
        with kept.transaction():
            for paper in chain([first], items):
                account.enter(kept.enter(paper))
        return account.report(library, len(kept))


def _absolute(file: str) -> str:
    return file if file == "-" else os.path.abspath(file)


class _Account:
    """What is to be told of a run; one byte a paper of the library, so that millions can be added."""

    def __init__(self, remarks: list[Remark]) -> None:
        self.remarks = remarks
        self._entries = self._unreadable = self._united = 0
        self._fates = bytearray()

    def papers(self, items: Iterator[Paper | sources.Problem]) -> Iterator[Paper]:
        """Yields the papers, and notes what is wrong with the rest."""
        for item in items:
            if isinstance(item, Paper):
                self._entries += 1
                yield item
            else:
                self._note(item)

    def enter(self, added: Added) -> None:
        """Notes what became of a paper; what was new or completed before in this run stays so."""
        if added.number >= len(self._fates):
            self._fates.extend(bytes(added.number + 1 - len(self._fates)))
        before = self._fates[added.number]
        fate = _NEW if added.new else _COMPLETED if added.changed else _KNOWN
        self._fates[added.number] = before if before in (_NEW, _COMPLETED) else fate
        for gone in added.united:
            # A paper that came in this run was never one of the library.
            self._united += self._fates[gone : gone + 1] != bytes([_NEW])
            self._fates[gone : gone + 1] = bytes(1)

    def report(self, library: Path, papers: int) -> AddReport:
        """Returns what there is to tell."""
        completed = self._fates.count(_COMPLETED)
        new, known = self._fates.count(_NEW), self._fates.count(_KNOWN) + completed
        return AddReport(
            library=str(library),
            entries=self._entries + self._unreadable,
            new=new,
            known=known,
            completed=completed,
            duplicates=self._entries - new - known,
            united=self._united,
            unreadable=self._unreadable,
            papers=papers,
            remarks=tuple(dict.fromkeys(self.remarks)),
        )

    def _note(self, problem: sources.Problem) -> None:
        self._unreadable += problem.entry
        if len(self.remarks) < REMARKS_PER_FILE:
            self.remarks.append(Remark(source=problem.source, reason=problem.reason))


_NEW, _KNOWN, _COMPLETED = 1, 2, 3
