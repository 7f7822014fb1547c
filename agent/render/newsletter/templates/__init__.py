"""The Jinja2 files of an issue, and how a user's own go before them."""

from __future__ import annotations

import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import ConfigError, StorageError, UsageError
from agent.render.output import write

if TYPE_CHECKING:
    from jinja2 import Environment

OWN = "agent.render.newsletter.templates"
SUFFIX = ".j2"


def names() -> list[str]:
    """Returns the names of the files: `mail.html.j2`."""
    return sorted(path.name for path in home().glob(f"*{SUFFIX}"))


def home() -> Path:
    """Returns where they are, in the package."""
    return Path(__file__).parent


def copy(place: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Writes them into a folder, which is made where it is missing, and returns the files that were written.

    Those that are there already as they are in the package are left alone. Raises `UsageError` before anything is
    written when one is there that differs, unless with `force`; `StorageError` when the folder cannot be written.
    """
    fresh = {place / name: (home() / name).read_text(encoding="utf-8") for name in names()}
    try:
        changed = [path for path, text in fresh.items() if not path.is_file() or path.read_bytes() != text.encode()]
        kept = [path.name for path in changed if path.exists()]
        if kept and not force:
            raise UsageError(
                f"{place}: it holds {', '.join(kept)}, changed.", "Name another folder, or overwrite with --force."
            )
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{place}: {error.strerror or error}.", "Name another folder.") from error
    for path in changed:
        write([fresh[path]], path)
    return tuple(changed)


def render(name: str, folder: Path | None = None, **values: Any) -> str:
    """Returns a file filled with values; one of the same name in `folder` goes before the package's.

    Raises `ConfigError` with file and line when a user's file is no valid template, uses a value that is not there, or
    fails in any other way. A failure of the package's own is a bug, and comes through as it is.
    """
    filled = environment(folder)
    try:
        return filled.get_template(name).render(values)
    except Exception as error:
        place = _place(error, folder / name) if folder else ""
        if not place:
            raise
        raise ConfigError(
            f"{place}: {_said(error)}.",
            f"Mend the file, or move it away; `digest templates export DIR` writes the package’s own {name}.",
        ) from error


@cache
def environment(folder: Path | None = None) -> Environment:
    """Returns what renders them; a file of the same name in `folder` goes before the package's.

    Files named `.html.j2` escape every value by themselves. Raises `ConfigError` when there is no such folder.
    """
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    if folder and not folder.is_dir():
        raise ConfigError(
            f"{folder}: there is no such folder of templates.",
            f"Make it with `digest templates export {folder}`, or change the setting `templates`.",
        )
    own = [FileSystemLoader(folder)] if folder else []
    # A user's files may be somebody else's; watching the package's own would take half of the time that they take.
    kind = SandboxedEnvironment if own else Environment
    return kind(
        loader=ChoiceLoader([*own, PackageLoader(OWN, "")]),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and ".html" in name),
        # Each file is filled a few times at most, which folding its constants would not pay for.
        optimized=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _place(error: Exception, own: Path) -> str:
    """The line of the user's file at which a failure came up, innermost first; empty where none of theirs took part."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if Path(frame.filename).parent == own.parent:
            return f"{frame.filename}:{frame.lineno}"
    # A file that is not UTF-8 fails before it is a template.
    return str(own) if isinstance(error, UnicodeDecodeError) and own.is_file() else ""


def _said(error: Exception) -> str:
    from jinja2 import TemplateNotFound

    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name!r}"
    text = (str(error).splitlines() or [""])[0].rstrip(".")
    return text if type(error).__module__.startswith("jinja2") else f"{type(error).__name__}: {text}"
