"""What `digest` wrote into a folder, so that what somebody else wrote or changed there is told from it.

Beside the files stands `.digest.sha256`, as sha256sum(1) writes and checks it:

    86a37c…40d8a1  issue.html
    0e0f1b…c2f7b4  web/index.html

A draft, and feeds, are no concern of it: they tell themselves what in them is whose.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from agent.errors import StorageError
from agent.render.output import write

NAME = ".digest.sha256"

Files = Mapping[str, bytes]
"""Contents by name, with slashes, as they are to be."""


def strange(folder: Path, files: Files) -> list[str]:
    """Returns the names under which something is there that is neither known, nor what is going to be written.

    Raises `StorageError` for a file that cannot be read.
    """
    known = _read(folder)
    there = {name: content(folder / name) for name in files}
    return [
        name
        for name, found in there.items()
        if found is not None and found != files[name] and (name, _sum(found)) not in known
    ]


@contextmanager
def noting(folder: Path, files: Files) -> Iterator[None]:
    """Notes what is written in the meantime.

    Before that, too, so that after an interruption the old file is known, and so is the new one.
    """
    known = _read(folder)
    new = {(name, _sum(text)) for name, text in files.items()}
    _write(folder, known, known | new)
    yield
    _write(folder, known | new, {(name, sum_) for name, sum_ in known if name not in files} | new)


def content(path: Path) -> bytes | None:
    """Returns what is in a file; None where there is none, or a device. Raises `StorageError`, also for a folder."""
    try:
        return path.read_bytes() if path.is_file() or path.is_dir() else None
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be read: {error.strerror}.", "Move it away, or name another folder with -o."
        ) from error


_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def _read(folder: Path) -> set[tuple[str, str]]:
    """Names and sums; a name has several where a run was interrupted."""
    text = (content(folder / NAME) or b"").decode(errors="replace")
    return {(found[2], found[1]) for found in map(_LINE.fullmatch, text.splitlines()) if found}


def _write(folder: Path, before: set[tuple[str, str]], sums: Iterable[tuple[str, str]]) -> None:
    if sums != before:
        write([f"{sum_}  {name}\n" for name, sum_ in sorted(sums)], folder / NAME)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
