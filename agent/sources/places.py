"""Names the files to read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from agent.sources.decoding import clean
from agent.sources.problem import Problem

NOT_PAPERS = ("readme", "license", "sources.toml", "digest.toml")
"""Files that describe a folder instead of holding papers, whole names or names without their ending."""


def find(paths: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """Returns the files that the paths name, each once, and the paths that name none.

    A folder is walked in the order of its names; links to folders, hidden files and the files that describe a folder
    (`README.*`, `LICENSE.*`, `sources.toml`, `digest.toml`) are left out. A file that is named twice is read once. `-`
    stands for standard input and is kept as it is.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        if os.path.isdir(path):
            below = list(_walk(path, problems))
            if not below:
                problems.append(Problem(clean(path), "the folder holds no files to read", entry=False))
            for file in below:
                found.setdefault(os.path.realpath(file), file)
        elif path == "-" or os.path.lexists(path):
            found.setdefault(path if path == "-" else os.path.realpath(path), path)
        else:
            problems.append(Problem(clean(path), "there is no such file or folder; check the spelling", entry=False))
    return list(found.values()), problems


def _walk(folder: str, problems: list[Problem]) -> Iterator[str]:
    """Yields the regular files below a folder and notes the folders that cannot be listed."""

    def note(error: OSError) -> None:
        place = clean(str(error.filename or folder))
        problems.append(Problem(place, f"the folder cannot be listed: {error.strerror}; check its permissions", False))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (os.path.join(root, name) for name in sorted(names) if _may_hold_papers(name))
        # A pipe or a device inside a folder could wait for ever; named on the command line it is meant.
        yield from (path for path in paths if os.path.isfile(path))


def _may_hold_papers(name: str) -> bool:
    known = {name.casefold(), os.path.splitext(name.casefold())[0]}
    return not name.startswith(".") and known.isdisjoint(NOT_PAPERS)
