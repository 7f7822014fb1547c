"""The commands about endpoints and what is kept of their answers: cache, doctor, models."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import ApiBase, Folder, Model, ReportFormat
from agent.cli.talk import PARTIAL, REMARKS_SHOWN, day, publish, say
from agent.errors import DigestError, StorageError, UsageError
from agent.render.safe import printable
from agent.render.words import counted

if TYPE_CHECKING:
    from agent.cache import Cache

STORAGE = StorageError.exit_code
Yes = Annotated[bool, typer.Option("-y", "--yes", help="Do not ask first.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command(epilog="\b\nExample:\n  digest doctor --model ollama_chat/qwen3:8b")(doctor)
    app.command(epilog="\b\nExample:\n  digest models")(models)
    cache = typer.Typer(help="What endpoints answered, kept on disk.", no_args_is_help=True, rich_markup_mode=None)
    for command, example in CACHE:
        name = command.__name__.removeprefix("cache_").rstrip("_")
        cache.command(name, epilog=f"\b\nExample:\n  digest cache {name}{example}")(command)
    app.add_typer(cache, name="cache")


def doctor(*, model: Model = None, api_base: ApiBase = None, cache: Folder = None, yes: Yes = False) -> None:
    """Look whether everything is there that a run needs.

    Python, packages, cache, endpoint, model and context size; and, after asking, one tiny request that shows whether
    the model gives structured answers.
    """
    from agent import doctor as checks
    from agent import settings

    def may_ask(question: str) -> bool:
        return yes or (sys.stdin.isatty() and typer.confirm(question, err=True))

    code = 0
    for finding in checks.examine(settings.load(model=model, api_base=api_base, cache=cache), may_ask):
        publish([f"{finding.state:9}{finding.about}: {printable(finding.told)}\n"], None)
        if finding.error:
            code = code or finding.error.exit_code
            publish([f"{'':9}{printable(finding.error.hint)}\n"] if finding.error.hint else [], None)
    if code:
        raise typer.Exit(code)


def models(*, model: Model = None, api_base: ApiBase = None) -> None:
    """Say which model is configured, and which ones are at hand."""
    from agent import doctor as checks
    from agent import settings

    knobs = settings.load(model=model, api_base=api_base)
    origin = "--model" if model else settings.origins()["model"]
    try:
        where, names = checks.ollama_models(knobs)
        pulled = f"{', '.join(names) or 'no model yet (ollama pull qwen3:8b)'} at {where}"
    except DigestError as error:
        pulled = error.message
    lines = [
        ("configured", f"{knobs.model} ({origin})"),
        ("at hand", "embedded"),
        ("ollama", pulled),
        ("keys", ", ".join(checks.keys()) or "none in the environment"),
    ]
    publish([f"{what:12}{printable(told)}\n" for what, told in lines], None)


def cache_path(*, cache: Folder = None) -> None:
    """Print the file that holds the answers."""
    with _opened(cache) as store:
        publish([f"{store.path.resolve()}\n"], None)


def cache_stats(
    *,
    cache: Folder = None,
    format: Annotated[ReportFormat, typer.Option(help="How to show it.")] = ReportFormat.TERMINAL,  # noqa: A002
) -> None:
    """Count the answers, by model.

    And tell on which days the oldest and the newest were made.
    """
    from agent.cache import care
    from agent.render import reports

    with _opened(cache) as store:
        publish([reports.cache(care.stats(store), format.value)], None)


def cache_verify(*, cache: Folder = None) -> None:
    """Look through every answer for damage."""
    from agent.cache import care

    with _opened(cache) as store:
        problems = care.verify(store)
        store.remarks.clear()
        count = care.stats(store).entries
    _note(problems)
    publish([f"{counted(count, 'sound answer')}\n"], None)
    if problems:
        raise typer.Exit(STORAGE)


def cache_export(
    target: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="A file of JSON Lines to write.")],
    *,
    cache: Folder = None,
) -> None:
    """Write every answer as a line of JSON."""
    from agent.cache import care

    with _opened(cache) as store:
        count = care.export(store, target)
    say(f"{counted(count, 'answer')} written to {target}")


def cache_import(
    source: Annotated[
        Path, typer.Argument(metavar="FILE", dir_okay=False, help="A file that `digest cache export` wrote.")
    ],
    *,
    cache: Folder = None,
) -> None:
    """Take in the answers of an export.

    An answer that is here already is never overwritten.
    """
    from agent.cache import care

    with _opened(cache) as store:
        done = care.import_(store, source)
    _note(done.refused)
    left_out = f", {counted(len(done.refused), 'line')} left out" if done.refused else ""
    say(f"{counted(done.added, 'answer')} added, {done.known} known already{left_out}")
    if done.refused:
        raise typer.Exit(PARTIAL)


def cache_clear(*, cache: Folder = None, yes: Yes = False) -> None:
    """Delete all answers, after asking."""
    from agent.cache import care

    with _opened(cache) as store:
        _confirm(f"Delete {counted(care.stats(store).entries, 'answer')} in {store.path.resolve()}?", yes)
        say(f"{counted(care.clear(store), 'answer')} deleted")


def cache_prune(
    *,
    before: Annotated[str | None, typer.Option(metavar="2025-01-01", help="Answers made before this day.")] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="M", help="Answers of this model.")] = None,
    cache: Folder = None,
    yes: Yes = False,
) -> None:
    """Delete old answers, or those of a model, after asking."""
    from agent.cache import care
    from agent.models import ollama

    if not (before or model):
        raise UsageError("Nothing says which answers to delete.", "Give --before, --model or both.")
    limit, whose = day("--before", before), ollama.normalized(model) if model else None
    which = f"{f' of {whose}' if whose else ''}{f' from before {limit}' if limit else ''}"
    with _opened(cache) as store:
        _confirm(f"Delete the answers{which} in {store.path.resolve()}?", yes)
        say(f"{counted(care.prune(store, model=whose, before=limit), 'answer')} deleted")


CACHE: tuple[tuple[Callable[..., None], str], ...] = (
    (cache_path, ""),
    (cache_stats, ""),
    (cache_verify, ""),
    (cache_export, " answers.jsonl"),
    (cache_import, " answers.jsonl"),
    (cache_clear, " --yes"),
    (cache_prune, " --before 2025-01-01 --yes"),
)
"""The commands under `digest cache`, and how the example of each goes on."""


@contextmanager
def _opened(folder: Path | None) -> Iterator[Cache]:
    """The cache that the settings name; what it has to remark is told at the end."""
    from agent import settings
    from agent.cache import Cache
    from agent.models.choose import cache_folder

    knobs = settings.load(cache=folder)
    store = Cache(cache_folder(knobs), max_size=knobs.max_cache_size)
    try:
        yield store
    finally:
        store.close()
        for remark in store.remarks:
            say(f"note: {remark}")


def _note(problems: Sequence[str]) -> None:
    for problem in problems[:REMARKS_SHOWN]:
        say(f"note: {problem}")
    if len(problems) > REMARKS_SHOWN:
        say(f"note: and {len(problems) - REMARKS_SHOWN} more")


def _confirm(question: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("Nothing was deleted, since nobody can be asked.", "Give --yes.")
    if not typer.confirm(f"{question} They were paid for.", err=True):
        say("nothing was deleted")
        raise typer.Exit
