"""The folder of a newsletter: the newest issue lies on top, earlier ones are put away in folders of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from agent.errors import StorageError, UsageError
from agent.render.newsletter.formats import EXPORTS, FEEDS, NAMES, Format
from agent.sources import kept as drafts

DRAFT = NAMES[Format.MARKDOWN]


def home(out: Path, slug: str) -> Path:
    """Returns where the files of an issue are, or will be: on top, unless it was put away before."""
    away = out / slug
    return away if (away / DRAFT).exists() else out


def in_the_way(out: Path, slug: str, *, force: bool = False) -> str:
    """Returns the slug of another issue that lies on top; empty where there is none.

    Raises `UsageError` when it cannot be put away, and what reading its draft raises; with `force` a file that is no
    draft is in nobody's way.
    """
    if home(out, slug) != out:
        return ""
    try:
        kept = drafts.read(out / DRAFT)
    except StorageError:
        if force:
            return ""
        raise
    if not kept or kept.slug == slug:
        return ""
    if (out / kept.slug / DRAFT).exists():
        raise UsageError(
            f"{out}: it holds a draft of {kept.slug}, and so does {out / kept.slug}.", "Move one of them away."
        )
    return kept.slug


def put_away(out: Path, slug: str) -> Path:
    """Moves the files of an issue into a folder of its own; feeds stay where their readers know them.

    The draft goes last: who is interrupted goes on with the rest the next time.
    """
    folder = out / slug
    for name in _names():
        make((folder / name).parent)
        try:
            (out / name).rename(folder / name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(f"{out / name}: cannot be moved: {error.strerror}.", "Name another folder.") from error
    return folder


def make(folder: Path) -> None:
    """Makes a folder with those above it; raises `StorageError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{folder}: the folder cannot be made: {error.strerror or error}.", "Name another with -o."
        ) from error


def _names() -> Iterator[str]:
    yield from (name for one, name in NAMES.items() if one not in FEEDS and one is not Format.MARKDOWN)
    yield from EXPORTS.values()
    yield DRAFT
