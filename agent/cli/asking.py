"""The commands that a model answers: weekly, summarize."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.options import DigestFormat, Output, Paths, Quiet, Since, SummariesFormat, Until, Verbose, Year, asks
from agent.cli.talk import PARTIAL, day, look, publish, read, say

if TYPE_CHECKING:
    from agent.models.base import Model
    from agent.schema import LeftOut, SummarizedPaper


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command(epilog="\b\nExample:\n  digest weekly seeds/ --week 2025-W11 --format markdown -o w11.md")(weekly)
    app.command(epilog="\b\nExample:\n  digest summarize papers.jsonl --format jsonl -o summaries.jsonl")(summarize)


@asks
def weekly(
    paths: Paths = None,
    *,
    week: Annotated[str | None, typer.Option(metavar="2025-W11", help="An ISO week. Default: the newest.")] = None,
    since: Since = None,
    until: Until = None,
    everything: Annotated[bool, typer.Option("--all", help="Every dated paper, whatever its week.")] = False,
    include_undated: Annotated[bool, typer.Option("--include-undated", help="Papers without a date as well.")] = False,
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
    from agent import pipeline, render
    from agent.window import Span

    span = Span(week, day("--since", since), day("--until", until), everything, include_undated)
    reading = read(paths, year, output, quiet=quiet, verbose=verbose)
    with _model(endpoint, quiet) as model:
        made = pipeline.weekly(reading, span, model)
    publish([render.digest(made, format.value, **look(output))], output)
    if made.partial:
        raise typer.Exit(PARTIAL)


@asks
def summarize(
    paths: Paths = None,
    *,
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

    reading = read(paths, year, output, quiet=quiet, verbose=verbose)
    trouble: list[str] = []
    with _model(endpoint, quiet) as model:
        outcomes = summaries.summarize(reading.library.papers(pipeline.EVERYTHING), model)
        publish(render.summaries(_whole(outcomes, trouble), format.value, **look(output)), output)
    for line in trouble:
        say(line)
    if trouble:
        raise typer.Exit(PARTIAL)


@contextmanager
def _model(given: dict[str, Any], quiet: bool | None) -> Iterator[Model]:
    """The model that the settings name; at the end is told what it took."""
    from agent import settings
    from agent.models.choose import choose

    dry_run = given.pop("dry_run")
    knobs = settings.load(**given, quiet=quiet or None)
    if knobs.model == "embedded":
        yield choose(knobs)
        return
    from agent.render.progress import Progress

    with Progress(shown=not knobs.quiet and sys.stderr.isatty()) as progress:
        model = choose(
            knobs, dry_run=dry_run, say=(lambda _: None) if knobs.quiet else progress.say, watch=progress.update
        )
        try:
            yield model
        finally:
            model.close()


def _whole(outcomes: Iterable[SummarizedPaper | LeftOut], trouble: list[str]) -> Iterator[SummarizedPaper]:
    """The papers that have a summary; what is the matter with any is noted."""
    from agent.schema import SummarizedPaper

    for outcome in outcomes:
        if isinstance(outcome, SummarizedPaper):
            if outcome.summary.provenance.degraded:
                where = outcome.paper.sightings[0].source
                trouble.append(f"{where}: by the embedded model: {outcome.summary.provenance.degraded}")
            yield outcome
        else:
            trouble.append(f"{outcome.source}: {outcome.reason}")
