"""The commands that only look: papers, prompts, config."""

from __future__ import annotations

from typing import Annotated

import typer

from agent.cli.options import Library, Output, Paths, ReportFormat, Year
from agent.cli.talk import publish, read


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command(epilog="\b\nExample:\n  digest papers seeds/")(papers)
    app.command(epilog="\b\nExample:\n  digest prompts summarize --paper t:4e7f08 seeds/")(prompts)
    config = typer.Typer(help="The settings and where they come from.", no_args_is_help=True, rich_markup_mode=None)
    config.command("show", epilog="\b\nExample:\n  digest config show --origin")(config_show)
    app.add_typer(config, name="config")


def papers(
    paths: Paths = None,
    *,
    library: Library = None,
    year: Year = None,
    format: Annotated[ReportFormat, typer.Option(help="How to show it.")] = ReportFormat.TERMINAL,  # noqa: A002
    output: Output = None,
) -> None:
    """Tell what was read, file by file.

    Entries, distinct papers, dates, and every problem with its file and line.
    """
    from agent.render import reports

    reading = read(paths, year, output, library=library)
    publish([reports.reading(reading.report, format.value)], output)


def prompts(
    name: Annotated[str | None, typer.Argument(help="A prompt. Default: list them all.")] = None,
    paths: Paths = None,
    *,
    paper: Annotated[list[str] | None, typer.Option(metavar="ID", help="Print what would be sent for it.")] = None,
    question: Annotated[str, typer.Option(metavar="TEXT", help="What `compare` is to be asked, with --paper.")] = "",
    library: Library = None,
    year: Year = None,
    output: Output = None,
) -> None:
    """List the prompts, or print what would be sent.

    With a name, the prompt file; with --paper too, exactly what a model would be sent about that paper. For `compare`
    give --question as well, and --paper for each of several papers.
    """
    from agent.render import reports

    if not name:
        publish([reports.prompt_list()], output)
    elif not paper:
        publish([reports.prompt(name)], output)
    else:
        from agent import pipeline
        from agent.models.embedded import EmbeddedModel

        sent = pipeline.messages(read(paths, year, output, library=library), name, paper, EmbeddedModel(), question)
        publish([reports.messages(*sent)], output)


def config_show(
    *, origin: Annotated[bool, typer.Option("--origin", help="Say where each value comes from.")] = False
) -> None:
    """Print the settings in force."""
    from agent import settings
    from agent.render import reports

    publish([reports.settings(settings.load(), settings.origins() if origin else {})], None)
