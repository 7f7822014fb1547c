"""Puts results where they belong: stdout, or a file that is never half written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from agent.errors import StorageError


def write(chunks: Iterable[str], path: Path | None) -> None:
    """Writes the chunks to stdout as they come, or to a file through a temporary one and a rename.

    Raises `StorageError` when the place cannot be written, `BrokenPipeError` when the reader of stdout has gone.
    """
    try:
        if path is None:
            _stream(chunks)
        elif not path.parent.is_dir():
            raise StorageError(f"{path}: there is no folder {path.parent}.", "Make it first, or name another with -o.")
        elif path.exists() and not path.is_file() and not path.is_dir():
            # A pipe or a device such as /dev/null must stay what it is.
            path.write_text("".join(chunks), encoding="utf-8")
        else:
            _replace(chunks, path.resolve())
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(
            f"{path or 'stdout'}: cannot be written: {error.strerror or error}.", "Name another place with -o."
        ) from error


def _stream(chunks: Iterable[str]) -> None:
    if sys.stdout is None:
        raise StorageError("stdout is closed.", "Open it, or name a file with -o.")
    for chunk in chunks:
        sys.stdout.write(chunk)
    sys.stdout.flush()


def _replace(chunks: Iterable[str], path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("x", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
