"""Processes that the tests of the library start, stop and kill: `python -m tests.library.processes <command> ...`."""

import os
import resource
import signal
import sys
from pathlib import Path

from agent.errors import StorageError
from agent.library import Library
from agent.sources import adding
from tests.examples import paper


def add(library, *paths):
    """Adds files, as `digest add` does, once the one who started it says so."""
    tell("ready")
    sys.stdin.readline()
    adding.add(paths, Path(library))


def hang(library):
    """Adds papers and then waits, the transaction still open, for a line that never comes."""
    with Library(Path(library)) as kept, kept.transaction():
        for number in range(500):
            kept.add(paper(f"Half {number}", source=f"half.txt:{number}"))
        tell("half")
        sys.stdin.readline()


def stranger(library):
    """Does all there is to do as somebody without a right to write, which root never is."""
    if os.geteuid() == 0:
        os.setresuid(65534, 65534, 65534)
    with Library(Path(library)) as kept:
        (found, _), *_ = kept.search(["peat"])
        kinds = [one.title for one, _ in kept.of_kind(kept.search(["peat"]), "method", lambda one: "method", "me")]
        try:
            kept.add(paper("Another"))
        except StorageError as error:
            tell(f"{found.title}|{kinds[0]}|{len(kept)}|{error.message}")


def starve(library):
    """Adds papers where no file may grow any further."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    try:
        with Library(Path(library)) as kept, kept.transaction():
            for number in range(500):
                kept.add(paper(f"Paper {number}"))
    except StorageError as error:
        tell(error.message)


def tell(text):
    """Writes a line that is there at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
