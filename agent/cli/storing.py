"""The commands about endpoints and what is kept of their answers: cache, doctor, models."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import ApiBase, Folder, Model, ReportFormat
from agent.cli.talk import PARTIAL, day, publish, say
from agent.errors import StorageError, UsageError

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
        publish([f"{finding.state:8}{finding.about}: {finding.told}\n"], None)
        if finding.error:
            code = code or finding.error.exit_code
            publish([f"        {finding.error.hint}\n"] if finding.error.hint else [], None)
    if code:
        raise typer.Exit(code)


def models(*, model: Model = None, api_base: ApiBase = None) -> None:
    """Say which model is configured, and which ones are at hand."""
    from agent import doctor as checks
    from agent import settings

    knobs = settings.load(model=model, api_base=api_base)
    where, pulled = checks.ollama_models(knobs)
    names = checks.keys()
    origin = f" ({settings.origins()['model']})" if model is None else ""
    told = "nothing answers" if pulled is None else ", ".join(pulled) or "no model yet (ollama pull qwen3:8b)"
    lines = [
        f"configured  {knobs.model}{origin}",
        "at hand     embedded",
        f"ollama      {told} at {where}",
        f"keys        {', '.join(names) if names else 'none in the environment'}",
    ]
    publish([f"{line}\n" for line in lines], None)


def cache_path(*, cache: Folder = None) -> None:
    """Print the file that holds the answers."""
    with _opened(cache) as store:
        publish([f"{store.path}\n"], None)


def cache_stats(
    *,
    cache: Folder = None,
    format: Annotated[ReportFormat, typer.Option(help="How to show it.")] = ReportFormat.TERMINAL,  # noqa: A002
) -> None:
    """Count the answers, by model, with the age of the oldest and the newest."""
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
    for problem in problems:
        say(f"note: {problem}")
    publish([f"{count} answers are sound\n"], None)
    if problems:
        raise typer.Exit(STORAGE)


def cache_export(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="A file of JSON Lines to write.")],
    *,
    cache: Folder = None,
) -> None:
    """Write every answer as a line of JSON, to keep or to share."""
    from agent.cache import care

    with _opened(cache) as store:
        count = care.export(store, target)
    say(f"{count} answers written to {target}")


def cache_import(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `digest cache export` wrote.")],
    *,
    cache: Folder = None,
) -> None:
    """Take in answers from an export; what is here already is never overwritten."""
    from agent.cache import care

    with _opened(cache) as store:
        done = care.import_(store, source)
    for line in done.refused:
        say(f"note: {line}")
    say(f"{done.added} answers added, {done.known} known already, {len(done.refused)} left out")
    if done.refused:
        raise typer.Exit(PARTIAL)


def cache_clear(*, cache: Folder = None, yes: Yes = False) -> None:
    """Delete all answers, after asking."""
    from agent.cache import care

    with _opened(cache) as store:
        _confirm(f"Delete all {care.stats(store).entries} answers in {store.path}? They were paid for.", yes)
        say(f"{care.clear(store)} answers deleted")


def cache_prune(
    *,
    before: Annotated[str | None, typer.Option(metavar="2025-01-01", help="Answers made before this day.")] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="M", help="Answers of this model.")] = None,
    cache: Folder = None,
    yes: Yes = False,
) -> None:
    """Delete the answers of a model, or those made before a day, after asking."""
    from agent.cache import care

    if not (before or model):
        raise UsageError("Nothing says which answers to delete.", "Give --before, --model or both.")
    with _opened(cache) as store:
        _confirm(f"Delete these answers from {store.path}? They were paid for.", yes)
        say(f"{care.prune(store, model=model, before=day('--before', before))} answers deleted")


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


def _confirm(question: str, yes: bool) -> None:
    if not yes and not (sys.stdin.isatty() and typer.confirm(question, err=True)):
        raise UsageError("Nothing was deleted.", "Answer y, or give --yes.")
