"""Kills a run at any moment, looks at what it left, and runs it again."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.request import urlopen

from tests.faults.command import Done, Run, papers

CONCURRENCY = 16
SHAPES = (
    ("summarize", "--format", "markdown", "-o", "result"),
    ("summarize", "--format", "jsonl"),
    ("weekly", "--format", "markdown", "-o", "result"),
    ("weekly", "--format", "json", "-o", "result"),
)
"""What is run in turn; without `-o` the lines go to stdout as they are made."""
_CLOCK = re.compile(r'"(?:made_at|seconds)": ?(?:"[^"]*"|[\d.]+)|[\d.]+ s of the model\'s time')
"""What tells when an answer was given, and how long that took."""
LATE = 0.15
"""Seconds that a kill may come after the request that was waited for: three times the server's latency."""


class Running(Protocol):
    """A run that can be killed."""

    began: float

    def send(self) -> None:
        """Kills it."""

    @property
    def code(self) -> int | None:
        """The exit code; None while it runs."""

    def done(self) -> Done:
        """Waits for its end."""


@dataclass(frozen=True)
class Killed:
    """What a killed run left, and what the run after it did."""

    shape: tuple[str, ...]
    known: dict[str, str]
    """Entries that could be read from the cache just before the kill."""
    kept: dict[str, str]
    """Entries that could be read after it."""
    printed: tuple[str, ...]
    """Whole lines on stdout."""
    result: str | None
    """The file of `-o` after the kill; None when there is none."""
    calls: int
    """Requests that reached the server before the second run."""
    again: Done
    called_again: int
    final: str
    """The result of the second run."""

    @property
    def lost(self) -> set[str]:
        """Answers that could be read before the kill and not, or not the same, after it."""
        return {key for key, entry in self.known.items() if self.kept.get(key) != entry}


class Lab:
    """Runs over the same papers, told apart at one server by their paths."""

    def __init__(self, folder: Path, url: str, log: Path, count: int = 60, start: type[Any] = Run) -> None:
        self.folder, self.url, self.log, self.count, self.start = folder, url, log, count, start
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "papers.jsonl").write_text(papers(count))
        self.clean: dict[tuple[str, ...], str] = {}
        for number, shape in enumerate(SHAPES):
            self._run_clean(f"clean-{number}", shape)

    def kill(self, number: int) -> Killed:
        """Kills a run at a random moment and runs it again."""
        shape, name = SHAPES[number % len(SHAPES)], f"kill-{number}"
        folder = self.folder / name
        first = self._start(name, shape)
        self._wait(name, shape, first, random.Random(f"kill {number}"))  # noqa: S311
        known = entries(folder)
        first.send()
        died = first.done()
        kept, half = entries(folder), _result(folder, shape, died)
        self._catch_up()
        second = self._start(name, shape)
        again = second.done()
        moments = self.calls(name)
        before = sum(moment < second.began for moment in moments)
        whole = died.out.count("\n")
        return Killed(
            shape, known, kept,
            printed=tuple(died.out.splitlines(keepends=True)[:whole]),
            result=half if "-o" in shape else None,
            calls=before,
            again=again,
            called_again=len(moments) - before,
            final=timeless(_result(folder, shape, again) or ""),
        )  # fmt: skip

    def asked(self, shape: tuple[str, ...]) -> int:
        """Requests of a clean run: one a paper, and one about the topics."""
        return self.count + (shape[0] == "weekly")

    def calls(self, name: str) -> list[float]:
        """Moments at which requests of a run arrived."""
        where = f'"/{self.folder.name}/{name}/'.encode()
        lines = [line for line in self.log.read_bytes().splitlines() if where in line]
        return [line["when"] for line in map(json.loads, lines) if line["event"] == "received"]

    def _wait(self, name: str, shape: tuple[str, ...], running: Running, chance: random.Random) -> None:
        """Waits for a random moment: the start, the arrival of any of the requests and a little more, or the end."""
        wanted = chance.randint(-1, self.asked(shape) + 1)
        while running.code is None and len(self.calls(name)) < wanted:
            time.sleep(0.02)
        time.sleep(chance.random() * LATE)

    def _catch_up(self) -> None:
        """Waits until the server has read all that the dead run had sent: it answers this after that."""
        with urlopen(f"{self.url}/api/version") as answer:  # noqa: S310  # our own server
            answer.read()

    def _start(self, name: str, shape: tuple[str, ...]) -> Running:
        base = (
            "--model",
            "openai/x",
            "--api-base",
            f"{self.url}/{self.folder.name}/{name}/v1",
            "--concurrency",
            str(CONCURRENCY),
        )
        command, *how = shape
        running: Running = self.start(self.folder / name, command, "../papers.jsonl", *how, *base, "--cache", "cache")
        return running

    def _run_clean(self, name: str, shape: tuple[str, ...]) -> None:
        done = self._start(name, shape).done()
        assert done.code == 0, done.err
        self.clean[shape] = timeless(_result(self.folder / name, shape, done) or "")


def entries(folder: Path) -> dict[str, str]:
    """All that can be read from the cache of a folder."""
    path = folder / "cache" / "v1" / "cache.db"
    if not path.exists():
        return {}
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        return dict(connection.execute("SELECT key, value FROM Cache"))


def timeless(text: str) -> str:
    """The text without what the clock put into it."""
    return _CLOCK.sub("", text)


def _result(folder: Path, shape: tuple[str, ...], done: Done) -> str | None:
    path = folder / "result"
    if "-o" not in shape:
        return done.out
    return path.read_text("utf-8") if path.exists() else None
