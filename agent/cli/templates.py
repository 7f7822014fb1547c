"""The commands about the templates of a newsletter: where they are read from, and copies to change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.talk import publish, say

if TYPE_CHECKING:
    from agent.settings import Settings

DEFAULT = Path("templates")


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    group = typer.Typer(help="The templates of a newsletter.", no_args_is_help=True, rich_markup_mode=None)
    group.command("path", epilog="\b\nExample:\n  digest templates path")(templates_path)
    group.command("export", epilog="\b\nExample:\n  digest templates export templates/")(templates_export)
    app.add_typer(group, name="templates")


def templates_path() -> None:
    """Say where templates are read from.

    A file of yours goes before the package's of the same name.
    """
    from agent import settings

    publish([f"{line}\n" for line in _places(settings.load(), settings.origins()["templates"])], None)


def templates_export(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Where to. Default: the setting `templates`, or ./templates."),
    ] = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what you have changed there.")] = False,
) -> None:
    """Copy the package's templates, to change them.

    Keep those that you change, and delete the others: they would stay behind when the package's get better.
    """
    from agent import settings
    from agent.render.newsletter import templates

    knobs = settings.load()
    place = folder or knobs.templates or DEFAULT
    written = templates.copy(place, force=force)
    publish([f"{path}\n" for path in written], None)
    if knobs.quiet:
        return
    if not written:
        say(f"note: {place} has them already, as the package does")
    if not knobs.templates or knobs.templates.resolve() != place.resolve():
        say(f'note: to have them read, write templates = "{place}" into digest.toml')


def _places(knobs: Settings, origin: str) -> Iterator[str]:
    from agent.render.newsletter import templates

    known = templates.names()
    if not knobs.templates:
        yield "yours    none: the setting `templates` names no folder"
    elif not knobs.templates.is_dir():
        yield f"yours    {knobs.templates} ({origin}): there is no such folder"
    else:
        yield f"yours    {knobs.templates} ({origin})"
        for name in sorted(path.name for path in knobs.templates.glob(f"*{templates.SUFFIX}")):
            yield f"         {name}{'' if name in known else ': the package has none of this name'}"
    yield f"package  {templates.home()}"
    yield from (f"         {name}" for name in known)
