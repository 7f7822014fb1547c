"""The folder of a newsletter: the newest issue lies on top, earlier ones are put away in folders of their own."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent import sums
from agent.errors import StorageError, UsageError
from agent.render.newsletter.formats import EXPORTS, FEEDS, NAMES, Format
from agent.sources import kept as drafts

DRAFT = NAMES[Format.MARKDOWN]


@dataclass(frozen=True)
class Place:
    """Where an issue goes."""

    out: Path
    """The folder of the newsletter, with its feeds."""
    home: Path
    """The folder of the issue; mostly the same."""
    seen: str | None = None
    """The draft there as it was read; None where there was none."""
    before: str = ""
    """The slug of the issue that is in the way."""
    force: bool = False

    def of(self, format: Format) -> Path:  # noqa: A002
        """Returns the file of a format."""
        return (self.out if format in FEEDS else self.home) / NAMES[format]

    def replaces(self, path: Path) -> bool:
        """Whether a file takes the place of the one that is there; others go on with what is in it."""
        return self.force if path.name == DRAFT else path not in map(self.of, FEEDS)


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
    if not kept or kept.slug in {"", slug}:
        return ""
    if (out / kept.slug / DRAFT).exists():
        raise UsageError(
            f"{out}: it holds a draft of {kept.slug}, and so does {out / kept.slug}.", "Move one of them away."
        )
    return kept.slug


def put_away(out: Path, slug: str) -> list[Path]:
    """Moves the files of an issue into a folder of its own; feeds stay where their readers know them.

    The draft goes last: who is interrupted goes on with the rest the next time. Returns where that is now what was in
    their places.
    """
    saved = []
    for name in _names():
        old, new = out / name, out / slug / name
        if os.path.lexists(old):
            make(new.parent)
            saved += [aside(new)] if os.path.lexists(new) else []
            _move(old, new)
    return saved


def aside(path: Path) -> Path:
    """Returns where a file that was in the way of a new one is now: `issue.md.bak`, or the next name that is free.

    One that is there already, byte by byte, is not kept twice. Raises `StorageError`.
    """
    names = itertools.chain([f"{path.name}.bak"], (f"{path.name}.{number}.bak" for number in itertools.count(2)))
    for kept in map(path.with_name, names):
        if not os.path.lexists(kept):
            _move(path, kept)
            break
        if kept.is_file() and sums.content(kept) == sums.content(path):
            break
    return kept


def make(folder: Path) -> None:
    """Makes a folder with those above it; raises `StorageError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{folder}: the folder cannot be made: {error.strerror or error}.", "Name another with -o."
        ) from error


def _move(old: Path, new: Path) -> None:
    try:
        if old.is_symlink():
            # What it points to from here is somewhere else from there.
            new.symlink_to(old.resolve())
            old.unlink()
        else:
            old.replace(new)
    except OSError as error:
        raise StorageError(f"{old}: cannot be moved: {error.strerror}.", "Name another folder.") from error


def _names() -> Iterator[str]:
    yield from (name for one, name in NAMES.items() if one not in FEEDS and one is not Format.MARKDOWN)
    yield from EXPORTS.values()
    yield sums.NAME
    yield DRAFT
