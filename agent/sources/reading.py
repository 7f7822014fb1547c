"""Reads files and folders into a library and keeps account of every entry; or takes a library as it stands on disk."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agent import sources
from agent.errors import SourceError, StorageError
from agent.library import Library
from agent.schema import Paper, ReadingReport, Remark, SourceReport

DEFAULT_SOURCE = "seeds"
REMARKS_PER_FILE = 1000
"""Remarks kept of one file; the counts go on, but a file of garbage must not fill the memory."""


@dataclass(frozen=True)
class Reading:
    """The papers of some files, merged, and what there is to say about the files."""

    library: Library
    report: ReadingReport
    lost: tuple[Remark, ...]
    """Those remarks of the report that stand for an unreadable entry."""

    @property
    def unreadable(self) -> int:
        """Number of entries that could not be read."""
        return sum(source.unreadable for source in self.report.sources)


def choose(
    paths: Sequence[str], *, named: Path | None, setting: Sequence[str], library: Path, year: int | None = None
) -> Reading:
    """Reads the papers that a command is about: its paths, else the library that it names, else the `sources` setting.

    Else the user's `library`, where it holds papers; else ./seeds. Raises what `read` and `open_library` raise.
    """
    if paths:
        return read(paths, year=year)
    if named:
        return open_library(named)
    if not setting and os.path.lexists(library):
        kept = existing(library)
        if len(kept):
            return _of(kept, library)
        kept.close()
    return read(setting, year=year)


def open_library(path: Path) -> Reading:
    """Returns the papers of a library on disk as they are now; what is added meanwhile is not seen.

    Every sighting in it is an entry. Raises `StorageError` when there is no library, `SourceError` when it is empty.
    """
    kept = existing(path)
    if not len(kept):
        raise SourceError(f"{path}: the library holds no papers.", "Add some with `digest add PATH`.")
    return _of(kept, path)


def existing(path: Path) -> Library:
    """Opens a library on disk; raises `StorageError` when there is none, or when it cannot be read."""
    if not os.path.lexists(path):
        raise StorageError(f"{path}: there is no library.", "Make one with `digest add PATH`, or name another.")
    return Library(path)


def read(paths: Sequence[str], *, year: int | None = None) -> Reading:
    """Reads files and folders, ./seeds where none are given, and merges the sightings of each paper.

    A bad record or file is a remark. Raises `SourceError` when not a single paper could be read.
    """
    places = _places(paths)
    files, problems = sources.find(places)
    library, met = Library(), set[int]()
    ledgers = [_read_file(file, year, library, met) for file in files]
    remarks = [Remark(source=problem.source, reason=problem.reason) for problem in problems]
    # What is wrong with a `sources.toml` is told by every file beside it.
    remarks = list(dict.fromkeys([*remarks, *(remark for ledger in ledgers for remark in ledger.remarks)]))
    if not met:
        raise nothing(places, remarks)
    report = ReadingReport(
        entries=sum(ledger.entries for ledger in ledgers),
        distinct=len(library),
        sources=tuple(ledger.report() for ledger in ledgers),
        remarks=tuple(remarks),
    )
    return Reading(library, report, tuple(remark for ledger in ledgers for remark in ledger.lost))


def _of(kept: Library, path: Path) -> Reading:
    kept.hold()
    (since, until), papers = kept.days(), len(kept)
    source = SourceReport(
        source=str(path), entries=kept.sightings, distinct=papers, new=papers, unreadable=0, since=since, until=until
    )
    return Reading(kept, ReadingReport(entries=source.entries, distinct=papers, sources=(source,)), ())


class _Ledger:
    """The account of one file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found = self.unreadable = self.new = 0
        self.papers: set[int] = set()
        self.since: datetime.date | None = None
        self.until: datetime.date | None = None
        self.remarks: list[Remark] = []
        self.lost: list[Remark] = []

    @property
    def entries(self) -> int:
        return self.found + self.unreadable

    def enter(self, paper: Paper, number: int) -> None:
        self.found += 1
        self.papers.add(number)
        for day in (sighting.seen for sighting in paper.sightings):
            self.since = min(self.since or day, day) if day else self.since
            self.until = max(self.until or day, day) if day else self.until

    def note(self, problem: sources.Problem) -> None:
        self.unreadable += problem.entry
        if len(self.remarks) < REMARKS_PER_FILE:
            remark = Remark(source=problem.source, reason=problem.reason)
            self.remarks.append(remark)
            self.lost += [remark] if problem.entry else []

    def report(self) -> SourceReport:
        return SourceReport(
            source=self.source,
            entries=self.entries,
            distinct=len(self.papers),
            new=self.new,
            unreadable=self.unreadable,
            since=self.since,
            until=self.until,
        )


def _read_file(file: str, year: int | None, library: Library, met: set[int]) -> _Ledger:
    ledger = _Ledger(file)
    for item in sources.read(file, year=year):
        if isinstance(item, Paper):
            ledger.enter(item, library.add(item))
        else:
            ledger.note(item)
    ledger.new = len(ledger.papers - met)
    met |= ledger.papers
    return ledger


def _places(paths: Sequence[str]) -> list[str]:
    if paths:
        return list(paths)
    if Path(DEFAULT_SOURCE).exists():
        return [DEFAULT_SOURCE]
    raise SourceError(
        f"No files were given, and there is no ./{DEFAULT_SOURCE} in {Path.cwd()}.",
        "Name files or folders (digest weekly PATH), add them to your library with `digest add PATH`, or set "
        "`sources` in digest.toml or DIGEST_SOURCES.",
    )


def nothing(places: Sequence[str], remarks: Sequence[Remark]) -> SourceError:
    """Returns the error that not a single paper could be read, and why not."""
    why = "".join(f"\n  {remark.source}: {remark.reason}" for remark in remarks[:10])
    return SourceError(
        f"No paper could be read from {', '.join(places)}.{why}",
        "digest reads saved trending-papers pages, JSON Lines and CSV.",
    )
