"""The real command line in a process of its own, forked from one that has imported everything.

The process is as real as any: it can be killed, and holds no lock, file or thread of its parent. What it leaves out
is the import of LiteLLM, so whatever is about start-up is tested with the command itself.
"""

from __future__ import annotations

import gc
import itertools
import json
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from agent import pipeline
from agent.sources.reading import read
from tests.conftest import ROOT

SEEN = "2025-03-11"
_SERVER: Any = multiprocessing.get_context("forkserver")
# Whether a child has ended is read from a pipe that can be read once; multiprocessing looks at all children at times.
_TURN = threading.Lock()


@dataclass(frozen=True)
class Done:
    """What a run left behind."""

    code: int
    out: str
    err: str
    seconds: float


class Run:
    """A run under way; `folder` is its own, and where it runs unless that is somewhere else.

    What `terminal` names is its stdin and its stderr.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: object,
        cwd: Path | None = None,
        stdin: str | None = None,
        terminal: str | None = None,
        **variables: str,
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if stdin is not None:
            (folder / "in").write_text(stdin, "utf-8")
        for old in ("out", "err", "began"):
            (folder / old).unlink(missing_ok=True)
        self.began = time.monotonic()
        streams = (terminal or _stdin(folder), folder / "out", terminal or folder / "err")
        self._process = _SERVER.Process(
            target=_main,
            args=(streams, folder / "began", cwd or folder, [*map(str, arguments)], environment(folder, **variables)),
        )
        with _TURN, chdir(ROOT):
            # A forked server imports what it is told to, once, before the first child.
            _SERVER.set_forkserver_preload(["tests.faults.warm"])
            self._process.start()

    @property
    def started(self) -> bool:
        """Whether the run has opened its streams."""
        return bool(self._said("began"))

    @property
    def code(self) -> int | None:
        """The exit code; negative after a signal, None while it runs."""
        with _TURN:
            return self._process.exitcode

    def send(self, number: int = signal.SIGKILL) -> None:
        """Sends a signal, unless the run has ended."""
        with _TURN:
            if self._process.exitcode is None:
                os.kill(self._process.pid, number)

    def done(self, seconds: float = 60.0) -> Done:
        """Waits for the end; a run that does not come to one is killed, and fails the test."""
        end = time.monotonic() + seconds
        while (code := self.code) is None:
            if time.monotonic() > end:
                self.send()
                raise TimeoutError(f"still running after {seconds} s: {self._said('err')[-500:]}")
            time.sleep(0.005)
        # The first child waits for its parent's imports.
        began = float(self._said("began") or self.began)
        return Done(code, self._said("out"), self._said("err"), time.monotonic() - began)

    def _said(self, stream: str) -> str:
        path = self.folder / stream
        return path.read_text("utf-8", errors="replace") if path.exists() else ""


def run(
    folder: Path,
    *arguments: object,
    cwd: Path | None = None,
    stdin: str | None = None,
    seconds: float = 60.0,
    **variables: str,
) -> Done:
    """Runs the command to its end."""
    return Run(folder, *arguments, cwd=cwd, stdin=stdin, **variables).done(seconds)


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """A user without settings, whose only key is the one that is given."""
    plain = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return plain | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "OPENAI_API_KEY": "sk-none"} | variables


@cache
def papers(count: int) -> str:
    """The first papers of the seeds as JSON lines, all of one week."""
    found = itertools.islice(read([str(ROOT / "seeds")]).library.papers(pipeline.EVERYTHING), count)
    records = ({"title": paper.title, "abstract": paper.abstract, "seen": SEEN} for paper in found)
    return "".join(json.dumps(record) + "\n" for record in records)


def nobody() -> str:
    """An address on this machine where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        return f"http://127.0.0.1:{place.getsockname()[1]}"


def content(folder: Path) -> dict[Path, bytes]:
    """All files below a folder."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _stdin(folder: Path) -> Path:
    given = folder / "in"
    return given if given.exists() else Path(os.devnull)


def _main(
    streams: tuple[Path | str, ...], began: Path, cwd: Path, arguments: list[str], variables: Mapping[str, str]
) -> None:
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(cwd)
    for number, path in enumerate(streams):
        writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY
        os.dup2(os.open(path, writing | os.O_NOCTTY, 0o600), number)
    # Those of the parent know whether they are a terminal.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    began.write_text(str(time.monotonic()))
    sys.argv = ["digest", *arguments]
    from agent.__main__ import run

    try:
        run()
    finally:
        # Tasks and connections that were left open complain when they are collected.
        gc.collect()
