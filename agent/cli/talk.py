"""What commands share: papers in, results out, remarks on stderr."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from agent.errors import UsageError

if TYPE_CHECKING:
    from agent.schema import Remark
    from agent.sources.reading import Reading

REMARKS_SHOWN = 10
PARTIAL = 3
"""The exit code of a run in which something failed or was degraded."""


def read(
    paths: list[str] | None,
    year: int | None,
    output: Path | None,
    *,
    quiet: bool | None = True,
    verbose: bool = False,
    library: Path | None = None,
) -> Reading:
    """Reads the papers, and tells on stderr what there is to remark on them.

    `library` is the one that the command line names; `agent.sources.reading.choose` says what goes before what.
    """
    from agent import settings
    from agent.sources import reading as readings

    knobs = settings.load(year=year, quiet=quiet or None)
    if paths and library and not knobs.quiet:
        say(f"note: paths are given, so --library {library} is not read")
    reading = readings.choose(
        paths or (), named=library, setting=knobs.sources, library=settings.library_file(knobs), year=knobs.year
    )
    if reading.library.path and not library and not knobs.quiet:
        say(f"note: no paths are given: these are the papers of {reading.library.path}")
    if output and any(os.path.realpath(source.source) == os.path.realpath(output) for source in reading.report.sources):
        raise UsageError(f"-o {output} is one of the files that are read.", "Name another file for the result.")
    if not knobs.quiet:
        remark(reading.report.remarks, verbose=verbose)
    return reading


def remark(remarks: Sequence[Remark], *, verbose: bool) -> None:
    """Tells the remarks on what was read, or the first of them."""
    note([f"{one.source}: {one.reason}" for one in remarks], verbose=verbose)


def note(notes: Sequence[str], *, verbose: bool) -> None:
    """Tells the notes, or the first of them."""
    shown = notes if verbose else notes[:REMARKS_SHOWN]
    for one in shown:
        say(f"note: {one}")
    if len(notes) > len(shown):
        say(f"note: {len(notes) - len(shown)} more; -v shows them all")


def publish(chunks: Iterable[str], output: Path | None) -> None:
    """Writes the result to where it belongs."""
    from agent.render.output import write

    write(chunks, output)


def look(output: Path | None) -> dict[str, Any]:
    """Returns width and colour for where the text goes; a file or a pipe gets 80 plain columns."""
    if output or not sys.stdout or not sys.stdout.isatty():
        return {"width": 80, "color": False}
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return {"width": min(os.get_terminal_size().columns, 100), "color": not plain}


def say(text: str) -> None:
    """Prints a line on stderr that cannot steer a terminal."""
    from agent.render.safe import printable

    for part in text.split("\n"):
        typer.echo("  " * part.startswith(" ") + printable(part), err=True)


def day(option: str, text: str | None) -> datetime.date | None:
    """Returns the day that an option names.

    Raises `UsageError` when it names none.
    """
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} {text}: not a day.", "Write it like 2025-03-01.") from None
