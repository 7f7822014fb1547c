"""The server as a process of its own, for kill tests and benchmarks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def fake_process(*arguments: object) -> Iterator[str]:
    """Runs `python -m tests.fakes` with these arguments and gives its URL; fails when the server had problems."""
    command = [sys.executable, "-m", "tests.fakes", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            ending = process.wait(timeout=10)
    assert ending == 0, f"the fake server ended with {ending}"
