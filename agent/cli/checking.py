"""The commands that judge what was written: check, and eval."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.asking import model_of, settings_of
from agent.cli.options import (
    Everything,
    IncludeUndated,
    Library,
    Output,
    Paths,
    Quiet,
    ReportFormat,
    Topics,
    Verbose,
    Week,
    Year,
    asks,
)
from agent.cli.talk import PARTIAL, look, publish, read, say
from agent.errors import SourceError, UsageError

if TYPE_CHECKING:
    from agent.checkup import CheckReport
    from agent.sources.drafts import Draft

File = Annotated[str | None, typer.Argument(metavar="FILE", help="What digest wrote, edited or not; - for stdin.")]
Papers = Annotated[
    list[str] | None,
    typer.Option("--papers", metavar="PATH", help="Where its papers are. Default: `sources`, your library, ./seeds."),
]


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command(epilog="\b\nExample:\n  digest check w11.md --papers seeds/")(check)
    trials = typer.Typer(help="How well a model does.", no_args_is_help=True, rich_markup_mode=None)
    trials.callback()(_trials)
    trials.command("faithfulness", epilog="\b\nExample:\n  digest eval faithfulness seeds/ --top 20")(faithfulness)
    app.add_typer(trials, name="eval")


def check(
    file: File = None,
    *,
    papers: Papers = None,
    library: Library = None,
    topics: Topics = None,
    year: Year = None,
    format: Annotated[ReportFormat, typer.Option(help="How to show it.")] = ReportFormat.TERMINAL,  # noqa: A002
    output: Output = None,
    quiet: Quiet = None,
    verbose: Verbose = False,
) -> None:
    """Check a digest, a newsletter, an answer, summaries or an edited draft.

    Reads the JSON of digests, newsletters and answers, summaries in JSON Lines, and drafts in Markdown that `digest`
    wrote and somebody edited. Each statement is checked against the sentences that it cites; a sentence without
    citation is the writer's own. Exits with 3 where something must not be sent.
    """
    from agent.render import checks
    from agent.sources import drafts

    path = _named(file, papers, output)
    draft = drafts.read(path)
    report = _proofread(draft, papers, _labels(topics), year, output, quiet=quiet, verbose=verbose, library=library)
    publish([checks.check(report, format.value, **look(output))], output)
    if report.blocked:
        raise typer.Exit(PARTIAL)


@asks
def faithfulness(
    paths: Paths = None,
    *,
    top: Annotated[int | None, typer.Option(metavar="N", min=1, help="Only the first N papers.")] = None,
    week: Week = None,
    everything: Everything = False,
    include_undated: IncludeUndated = False,
    library: Library = None,
    year: Year = None,
    format: Annotated[ReportFormat, typer.Option(help="How to show it.")] = ReportFormat.TERMINAL,  # noqa: A002
    output: Output = None,
    quiet: Quiet = None,
    verbose: Verbose = False,
    endpoint: dict[str, Any],
) -> None:
    """Measure how faithful a model is to its abstracts.

    Runs it over the papers of a week and counts what its own drafts say without support, before anything is mended.
    What is cached is not asked again.
    """
    from agent import pipeline
    from agent.render import faithfulness as shown
    from agent.window import Span

    span = Span(week, everything=everything, undated=include_undated)
    knobs, dry_run = settings_of(endpoint, quiet)
    reading = read(paths, year, output, quiet=quiet, verbose=verbose, library=library)
    with model_of(knobs, dry_run) as model:
        report = pipeline.faithfulness(reading, span, model, top)
    publish([shown.faithfulness(report, format.value, **look(output))], output)
    if report.failed or report.degraded:
        raise typer.Exit(PARTIAL)


def _trials() -> None:
    """Keeps `eval` a group while it has one command."""


def _named(file: str | None, papers: list[str] | None, output: Path | None) -> str:
    """The file that is to be checked; stdin is not waited for on a terminal."""
    if file is None and sys.stdin and sys.stdin.isatty():
        raise UsageError("Nothing was given to check.", "Name a file: digest check w11.md")
    path = file or "-"
    if path == "-" and "-" in (papers or ()):
        raise UsageError("Draft and papers cannot both come from stdin.", "Name a file for one of them.")
    if output and path != "-" and os.path.realpath(path) == os.path.realpath(output):
        raise UsageError(f"-o {output} is the file that is checked.", "Name another file for the result.")
    return path


def _labels(topics: Path | None) -> frozenset[str]:
    """The labels of the editor's sections, where the option or the setting names any."""
    from agent import sections, settings

    file = settings.load(topics=topics).topics
    return frozenset(section.label for section in sections.read(file)) if file else frozenset()


def _proofread(
    draft: Draft,
    papers: list[str] | None,
    labels: frozenset[str],
    *where: Any,
    quiet: bool | None,
    verbose: bool,
    library: Path | None,
) -> CheckReport:
    """Checks the draft; other papers are read only where it does not hold its own."""
    from agent.proofread import proofread

    if draft.form != "markdown":
        if papers and not quiet:
            say(f"note: {draft.source} holds its papers itself; --papers is not read")
        return proofread(draft, sections=labels)
    try:
        kept = read(papers, *where, quiet=quiet, verbose=verbose, library=library).library
    except SourceError as error:
        raise SourceError(error.message, "Name the papers that the draft is about with --papers.") from None
    return proofread(draft, lambda key: next((paper for paper in kept.find(key) if paper.id == key), None), labels)
