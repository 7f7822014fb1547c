"""The commands that a model answers: weekly, summarize."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.options import (
    DigestFormat,
    Everything,
    IncludeUndated,
    Library,
    Output,
    Paths,
    Quiet,
    Since,
    SummariesFormat,
    Topics,
    Until,
    Verbose,
    Week,
    Year,
    asks,
)
from agent.cli.talk import PARTIAL, day, look, note, publish, read
from agent.errors import NothingSent

if TYPE_CHECKING:
    from agent.models.base import Model
    from agent.schema import LeftOut, SummarizedPaper
    from agent.settings import Settings


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command(epilog="\b\nExample:\n  digest weekly seeds/ --week 2025-W11 --format markdown -o w11.md")(weekly)
    app.command(epilog="\b\nExample:\n  digest summarize papers.jsonl --format jsonl -o summaries.jsonl")(summarize)


@asks
def weekly(
    paths: Paths = None,
    *,
    week: Week = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
    include_undated: IncludeUndated = False,
    topics: Topics = None,
    library: Library = None,
    year: Year = None,
    format: Annotated[DigestFormat, typer.Option(help="How to show it.")] = DigestFormat.TERMINAL,  # noqa: A002
    output: Output = None,
    quiet: Quiet = None,
    verbose: Verbose = False,
    endpoint: dict[str, Any],
) -> None:
    """Write the digest of a week.

    Topics with cited overviews, a line a paper, headline results, what was seen before and what was left out. The
    week is the newest in which something was first seen, unless you name another.
    """
    from agent import pipeline, render, sections
    from agent.window import Span

    span = Span(week, day("--since", since), day("--until", until), everything, include_undated)
    knobs, dry_run = settings_of(endpoint | {"topics": topics}, quiet)
    wanted = sections.read(knobs.topics) if knobs.topics else ()
    reading = read(paths, year, output, quiet=quiet, verbose=verbose, library=library)
    with model_of(knobs, dry_run) as model:
        made = pipeline.weekly(reading, span, model, wanted)
    publish([render.digest(made, format.value, **look(output))], output)
    if made.partial:
        raise typer.Exit(PARTIAL)


@asks
def summarize(
    paths: Paths = None,
    *,
    library: Library = None,
    year: Year = None,
    format: Annotated[SummariesFormat, typer.Option(help="How to show it.")] = SummariesFormat.TERMINAL,  # noqa: A002
    output: Output = None,
    quiet: Quiet = None,
    verbose: Verbose = False,
    endpoint: dict[str, Any],
) -> None:
    """Write a normalized summary of every paper."""
    from agent import pipeline, render
    from agent.tasks import summarize as summaries

    knobs, dry_run = settings_of(endpoint, quiet)
    reading = read(paths, year, output, quiet=quiet, verbose=verbose, library=library)
    failed: list[str] = []
    degraded: list[str] = []
    with model_of(knobs, dry_run) as model:
        outcomes = summaries.summarize(reading.library.papers(pipeline.EVERYTHING), model)
        shown = render.summaries(_whole(outcomes, failed, degraded), format.value, **look(output))
        publish((chunk for chunk in shown if not dry_run), output)
    note(failed, verbose=verbose)
    if not knobs.quiet:
        # Quiet or not, the output says so too.
        note(degraded, verbose=verbose)
    if failed or degraded:
        raise typer.Exit(PARTIAL)


def settings_of(given: dict[str, Any], quiet: bool | None) -> tuple[Settings, bool]:
    """Returns the settings with what the command line gave, and whether the run is a dry one."""
    from agent import settings

    flags = {name: value for name, value in given.items() if name != "dry_run"}
    return settings.load(**flags, quiet=quiet or None), given["dry_run"]


@contextmanager
def model_of(knobs: Settings, dry_run: bool) -> Iterator[Model]:
    """The model that the settings name; at the end is told what it took.

    Raises `NothingSent` where the run is a dry one.
    """
    from agent.models.choose import choose

    if knobs.model == "embedded":
        if dry_run:
            raise NothingSent("--dry-run: the embedded model sends nothing.")
        yield choose(knobs)
        return
    from agent.render.progress import Progress

    with Progress(shown=not knobs.quiet and sys.stderr.isatty()) as progress:
        # What a dry run would send is no remark: it is what was asked for.
        tell = progress.say if dry_run or not knobs.quiet else lambda _: None
        model = choose(knobs, dry_run=dry_run, say=tell, watch=progress.update)
        try:
            yield model
        except KeyboardInterrupt:
            tell("interrupted: the answers that have arrived are kept, and the same command goes on from there")
            raise
        finally:
            model.close()
    if dry_run:
        raise NothingSent("--dry-run: nothing would be sent.")


def _whole(
    outcomes: Iterable[SummarizedPaper | LeftOut], failed: list[str], degraded: list[str]
) -> Iterator[SummarizedPaper]:
    """The papers that have a summary; what is the matter with any is noted."""
    from agent.schema import SummarizedPaper

    for outcome in outcomes:
        if isinstance(outcome, SummarizedPaper):
            if outcome.summary.provenance.degraded:
                where = outcome.paper.sightings[0].source
                degraded.append(f"{where}: by the embedded model: {outcome.summary.provenance.degraded}")
            yield outcome
        else:
            failed.append(f"{outcome.source}: {outcome.reason}")
