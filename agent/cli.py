"""`digest`: arguments in, one call, print."""

from __future__ import annotations

import datetime
import gc
import io
import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from agent import __version__
from agent.errors import DigestError, UsageError

if TYPE_CHECKING:
    from agent.schema import LeftOut, SummarizedPaper
    from agent.sources.reading import Reading

REMARKS_SHOWN = 10
PARTIAL = 3

EPILOG = """\b
Exit codes:
  0  done
  1  failed: nothing could be read, or a bug
  2  the command line makes no sense
  3  partial: some papers failed or were degraded; the output says which
  4  a setting, key or prompt is wrong
  5  a model endpoint cannot be reached or answers nothing usable
  6  a cache, library or output cannot be read or written
  130  interrupted

\b
Example:
  digest weekly seeds/ --format markdown -o digest.md
"""


class _Group(TyperGroup):
    """Tells every failure of ours in one place: message and hint on stderr, and its exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except DigestError as error:
            if ctx.params.get("debug"):
                raise
            _say(f"error: {error.message}")
            if error.hint:
                _say(f"hint: {error.hint}")
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:
            # Whoever read us has read enough; the interpreter must not complain when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


app = typer.Typer(
    cls=_Group,
    name="digest",
    help="Reads paper abstracts; writes summaries and weekly digests that are checked against them.",
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
config = typer.Typer(help="The settings and where they come from.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(config, name="config")


class DigestFormat(StrEnum):
    """How a digest can be shown."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


class SummariesFormat(StrEnum):
    """How summaries can be shown."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSONL = "jsonl"


class ReportFormat(StrEnum):
    """How a report can be shown."""

    TERMINAL = "terminal"
    JSON = "json"


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH...", help="Files, folders or - for stdin. Default: the `sources` setting, ./seeds."),
]
Year = Annotated[
    int | None, typer.Option(metavar="Y", min=1900, max=2999, help="The year of date lines that name none.")
]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here instead of stdout.")]
Quiet = Annotated[bool | None, typer.Option("-q", "--quiet", help="No remarks on stderr.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="All remarks, not only the first ten.")]
Since = Annotated[str | None, typer.Option(metavar="2025-03-01", help="First day.")]
Until = Annotated[str | None, typer.Option(metavar="2025-03-07", help="Last day, included.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"digest {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@app.callback()
def digest(*, version: Version = False, debug: Debug = False) -> None:
    """Reads what holds for every command; `_Group` looks at it."""


@app.command(epilog="\b\nExample:\n  digest weekly seeds/ --week 2025-W11 --format markdown -o w11.md")
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
) -> None:
    """Write the digest of a week.

    Topics with cited overviews, a line a paper, headline results, what was seen before and what was left out. The
    week is the newest in which something was first seen, unless you name another.
    """
    from agent import pipeline, render
    from agent.models.embedded import EmbeddedModel
    from agent.window import Span

    reading = _read(paths, year, output, quiet=quiet, verbose=verbose)
    span = Span(week, _day("--since", since), _day("--until", until), everything, include_undated)
    made = pipeline.weekly(reading, span, EmbeddedModel())
    _publish([render.digest(made, format.value, **_look(output))], output)
    if made.coverage.failed:
        raise typer.Exit(PARTIAL)


@app.command(epilog="\b\nExample:\n  digest summarize papers.jsonl --format jsonl -o summaries.jsonl")
def summarize(
    paths: Paths = None,
    *,
    year: Year = None,
    format: Annotated[SummariesFormat, typer.Option(help="How to show it.")] = SummariesFormat.TERMINAL,  # noqa: A002
    output: Output = None,
    quiet: Quiet = None,
    verbose: Verbose = False,
) -> None:
    """Write a normalized summary of every paper."""
    from agent import pipeline, render
    from agent.models.embedded import EmbeddedModel
    from agent.tasks import summarize as summaries

    reading = _read(paths, year, output, quiet=quiet, verbose=verbose)
    failed: list[LeftOut] = []
    outcomes = summaries.summarize(reading.library.papers(pipeline.EVERYTHING), EmbeddedModel())
    _publish(render.summaries(_without_failures(outcomes, failed), format.value, **_look(output)), output)
    for item in failed:
        _say(f"{item.source}: {item.reason}")
    if failed:
        raise typer.Exit(PARTIAL)


@app.command(epilog="\b\nExample:\n  digest papers seeds/")
def papers(
    paths: Paths = None,
    *,
    year: Year = None,
    format: Annotated[ReportFormat, typer.Option(help="How to show it.")] = ReportFormat.TERMINAL,  # noqa: A002
    output: Output = None,
) -> None:
    """Tell what was read, file by file.

    Entries, distinct papers, dates, and every problem with its file and line.
    """
    from agent.render import reports

    reading = _read(paths, year, output)
    _publish([reports.reading(reading.report, format.value)], output)


@app.command(epilog="\b\nExample:\n  digest prompts summarize --paper t:4e7f08 seeds/")
def prompts(
    name: Annotated[str | None, typer.Argument(help="A prompt. Default: list them all.")] = None,
    paths: Paths = None,
    *,
    paper: Annotated[list[str] | None, typer.Option(metavar="ID", help="Print what would be sent for it.")] = None,
    year: Year = None,
    output: Output = None,
) -> None:
    """List the prompts, or print what would be sent.

    With a name, the prompt file; with --paper too, exactly what a model would be sent about that paper.
    """
    from agent.render import reports

    if not name:
        _publish([reports.prompt_list()], output)
    elif not paper:
        _publish([reports.prompt(name)], output)
    else:
        from agent import pipeline
        from agent.models.embedded import EmbeddedModel

        sent = pipeline.messages(_read(paths, year, output), name, paper, EmbeddedModel())
        _publish([reports.messages(name, sent)], output)


@config.command("show", epilog="\b\nExample:\n  digest config show --origin")
def config_show(
    *, origin: Annotated[bool, typer.Option("--origin", help="Say where each value comes from.")] = False
) -> None:
    """Print the settings in force."""
    from agent import settings
    from agent.render import reports

    _publish([reports.settings(settings.load(), settings.origins() if origin else {})], None)


def main() -> None:
    """Runs the command line; a bug of ours is told like any other error."""
    # Whatever else is installed beside us must not watch what is validated, and looking for it takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Records hold no cycles, and looking for some among tens of thousands of them takes a twentieth of the time.
    gc.set_threshold(50_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A stream that cannot carry a letter gets a question mark; that is no reason to stop.
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="digest")
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        _say(f"error: {type(error).__name__}: {error}")
        _say("hint: This is a bug of digest. Run it again as `digest --debug …` and report what it prints.")
        sys.exit(1)


def _read(
    paths: list[str] | None, year: int | None, output: Path | None, *, quiet: bool | None = True, verbose: bool = False
) -> Reading:
    from agent import settings
    from agent.sources import reading as readings

    knobs = settings.load(year=year, quiet=quiet or None)
    reading = readings.read(paths or knobs.sources, year=knobs.year)
    if output and any(os.path.realpath(source.source) == os.path.realpath(output) for source in reading.report.sources):
        raise UsageError(f"-o {output} is one of the files that are read.", "Name another file for the result.")
    if not knobs.quiet:
        remarks = reading.report.remarks
        shown = remarks if verbose else remarks[:REMARKS_SHOWN]
        for remark in shown:
            _say(f"note: {remark.source}: {remark.reason}")
        if len(remarks) > len(shown):
            _say(f"note: {len(remarks) - len(shown)} more; -v shows them all")
    return reading


def _day(option: str, text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} {text}: not a day.", "Write it like 2025-03-01.") from None


def _without_failures(
    outcomes: Iterable[SummarizedPaper | LeftOut], failed: list[LeftOut]
) -> Iterator[SummarizedPaper]:
    from agent.schema import SummarizedPaper

    for outcome in outcomes:
        if isinstance(outcome, SummarizedPaper):
            yield outcome
        else:
            failed.append(outcome)


def _publish(chunks: Iterable[str], output: Path | None) -> None:
    from agent.render.output import write

    write(chunks, output)


def _look(output: Path | None) -> dict[str, Any]:
    """Width and colour for where the text goes; a file or a pipe gets 80 plain columns."""
    if output or not sys.stdout or not sys.stdout.isatty():
        return {"width": 80, "color": False}
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return {"width": min(os.get_terminal_size().columns, 100), "color": not plain}


def _say(text: str) -> None:
    from agent.render.safe import printable

    for part in text.split("\n"):
        typer.echo("  " * part.startswith(" ") + printable(part), err=True)
