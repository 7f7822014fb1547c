"""`digest`: arguments in, one call, print."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from agent import __version__
from agent.cli import asking, checking, comparing, keeping, looking, newsletter, storing, templates
from agent.cli.talk import say
from agent.errors import DigestError, NothingSent

EPILOG = f"""\b
Exit codes:
  0  done
  1  failed: nothing could be read, or a bug
  2  the command line makes no sense
  3  partial: some papers failed or were degraded, or a check blocks; the output says which
  4  a setting, key or prompt is wrong
  5  a model endpoint or a mail server cannot be reached or gives nothing usable
  6  a cache, library or output cannot be read or written
  130  interrupted

\b
Examples:
  digest weekly seeds/ --format markdown -o digest.md
  digest newsletter seeds/ --week 2025-W12 -o out/
  {comparing.EXAMPLE}
"""


class _Group(TyperGroup):
    """Tells every failure of ours in one place: message and hint on stderr, and its exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except DigestError as error:
            if ctx.params.get("debug"):
                raise
            say(error.message if isinstance(error, NothingSent) else f"error: {error.message}")
            if error.hint:
                say(f"hint: {error.hint}")
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:
            # Whoever read us has read enough; the interpreter must not complain when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


app = typer.Typer(
    cls=_Group,
    name="digest",
    help="Reads paper abstracts; writes summaries, answers and weekly digests that are checked against them.",
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"digest {__version__}")
        raise typer.Exit


@app.callback()
def digest(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Reads what holds for every command; `_Group` looks at it."""


asking.register(app)
newsletter.register(app)
templates.register(app)
comparing.register(app)
checking.register(app)
looking.register(app)
keeping.register(app)
storing.register(app)


def main() -> None:
    """Runs the command line; a bug of ours is told like any other error."""
    # Whatever else is installed beside us must not watch what is validated, and looking for it takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A stream that cannot carry a letter gets a question mark; that is no reason to stop.
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="digest")
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        if "KeyboardInterrupt" in str(error):
            # Who is interrupted while pydantic builds its records is told of a wrong record.
            sys.exit(130)
        say(f"error: {type(error).__name__}: {error}")
        say("hint: This is a bug of digest. Run it again as `digest --debug …` and report what it prints.")
        sys.exit(1)
