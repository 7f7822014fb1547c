"""A terminal to run a command on: what was drawn there, and what stands on it in the end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tests.faults.command import Run

ROOT = Path(__file__).parents[1]
TOKEN = re.compile(r"\x1b\[\??(\d*)[\d;]*([A-Za-z])|(.)", re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """What a command left behind."""

    code: int
    out: str
    """What came on stdout, which is a file."""
    drawn: str
    """All that was sent to the terminal, by stderr."""

    @property
    def frames(self) -> list[str]:
        """Each line that was ever drawn, without its escape sequences."""
        return re.split(r"[\r\n]+", re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", self.drawn))

    @property
    def screen(self) -> list[str]:
        """The lines that stand there in the end."""
        rows, row, column = [""], 0, 0
        for number, sequence, letter in TOKEN.findall(self.drawn):
            if sequence == "A":
                row -= int(number or 1)
            elif sequence == "K":
                rows[row] = ""
            elif letter == "\r":
                column = 0
            elif letter == "\n":
                row += 1
                rows += [""] * (row + 1 - len(rows))
            elif letter:
                rows[row] = rows[row].ljust(column)[:column] + letter + rows[row][column + 1 :]
                column += 1
        return [line.rstrip() for line in rows if line.strip()]


def on_a_terminal(
    command: Sequence[object], *, typed: str = "", columns: int = 80, cwd: Path = ROOT, **variables: str
) -> Shown:
    """Runs a command whose stdin and stderr are a terminal; something is typed there once it asks."""
    master, slave = _terminal(columns)
    with tempfile.TemporaryFile() as out, os.fdopen(master, "r+b", buffering=0) as terminal:
        child = subprocess.Popen(
            list(map(str, command)), stdin=slave, stdout=out, stderr=slave, cwd=cwd, env=_environment(variables)
        )
        os.close(slave)
        drawn = _drawn(terminal, typed)
        code = child.wait(timeout=60)
        out.seek(0)
        return Shown(code, out.read().decode(), drawn)


def digest_on_a_terminal(
    folder: Path, *arguments: object, typed: str = "", columns: int = 80, **variables: str
) -> Shown:
    """Runs `digest` so, in a process that is forked (see `tests.faults.command`)."""
    master, slave = _terminal(columns)
    with os.fdopen(master, "r+b", buffering=0) as terminal:
        child = Run(folder, *arguments, terminal=os.ttyname(slave), **_environment(variables))
        while not child.started and child.code is None:
            time.sleep(0.001)
        os.close(slave)
        drawn = _drawn(terminal, typed)
        done = child.done()
    return Shown(done.code, done.out, drawn)


def _terminal(columns: int) -> tuple[int, int]:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    return master, slave


def _drawn(terminal: BinaryIO, typed: str) -> str:
    """All that comes until nobody has the terminal open any more."""
    drawn = b""
    # Linux says EIO where others say end of file.
    with suppress(OSError):
        while data := terminal.read(65_536):
            drawn += data
            if typed and drawn.rstrip().endswith(b":"):
                terminal.write(typed.encode())
                typed = ""
    return drawn.decode()


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    plain = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return {**plain, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color", **variables}
