"""Runs that are killed, interrupted or side by side: nothing is lost, nothing is half, nothing is paid for twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fakes import fake_process
from tests.faults.command import Done, environment, papers, run
from tests.faults.killing import CONCURRENCY, Killed, Lab, timeless

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

KILLS = 200
LANES = 3
LATENCY = 0.05
PROCESSES, KEYS = 8, 200


class Command:
    """The command itself, with its imports."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.began = folder, time.monotonic()
        with open(folder / "out", "w") as out, open(folder / "err", "w") as err:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "agent", *arguments], cwd=folder, stdout=out, stderr=err,
                env=environment(folder, PYTHONPATH=str(ROOT)),
            )  # fmt: skip

    def send(self, number: int = signal.SIGKILL) -> None:
        """Sends a signal."""
        self._process.send_signal(number)

    @property
    def code(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.poll()

    def done(self, seconds: float = 60.0) -> Done:
        """Waits for the end."""
        code = self._process.wait(seconds)
        out, err = ((self.folder / name).read_text("utf-8") for name in ("out", "err"))
        return Done(code, out, err, time.monotonic() - self.began)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that takes its time, and its log."""
    log = tmp_path_factory.mktemp("server") / "log"
    with fake_process("--script", "tests.faults.spoiled:unquoting", "--latency", LATENCY, "--log", log) as url:
        yield url, log


@pytest.fixture(scope="module", params=["forked", "the command itself"])
def killed(request, server, tmp_path_factory):
    """The laboratory and what came of all its kills."""
    forked = request.param == "forked"
    folder = tmp_path_factory.mktemp("kills")
    lab = Lab(folder, *server) if forked else Lab(folder, *server, start=Command)
    with ThreadPoolExecutor(LANES if forked else 2) as lanes:
        return lab, list(lanes.map(lab.kill, range(KILLS if forked else 10)))


Kills = tuple[Lab, list[Killed]]


def test_kills_hit(killed: Kills):
    """The kills fall before, among and after the answers, so that what follows says something."""
    lab, kills = killed
    hit = [kill for kill in kills if 0 < len(kill.kept) < lab.asked(kill.shape)]

    assert len(hit) > len(kills) / 6


def test_no_answer_is_lost(killed: Kills):
    """Whatever stood in the cache, or was printed, before the kill is there after it, and not asked for again."""
    lab, kills = killed

    assert [kill.lost for kill in kills if kill.lost] == []
    assert [kill for kill in kills if kill.called_again != lab.asked(kill.shape) - len(kill.kept)] == []
    assert [kill for kill in kills if kill.printed and not kill.again.out.startswith("".join(kill.printed))] == []


def test_no_output_is_half_written(killed: Kills):
    """The file of `-o` is the whole result, or is not there."""
    lab, kills = killed

    assert [kill for kill in kills if kill.result is not None and timeless(kill.result) != lab.clean[kill.shape]] == []


def test_rerun_equals_a_clean_run(killed: Kills):
    """The run after the kill ends as one that was never killed, byte for byte but for the time of the answers."""
    lab, kills = killed

    assert Counter(kill.again.code for kill in kills) == {0: len(kills)}
    assert [kill.shape for kill in kills if kill.final != lab.clean[kill.shape]] == []


def test_only_what_was_under_way_is_asked_again(killed: Kills):
    """A kill costs no more requests than were under way."""
    lab, kills = killed
    extra = [kill.calls + kill.called_again - lab.asked(kill.shape) for kill in kills]

    assert max(extra) <= CONCURRENCY
    assert extra == [max(kill.calls - len(kill.kept), 0) for kill in kills]


def test_eight_processes_pay_once(server, tmp_path):
    """Eight runs over the same 200 papers and one cache send 200 requests, and all say the same."""
    url, log = server
    (tmp_path / "papers.jsonl").write_text(papers(KEYS))
    arguments = ("summarize", "../papers.jsonl", "--format", "jsonl", "--model", "openai/x")
    arguments += ("--api-base", f"{url}/eight/v1", "--cache", "../cache")

    with ThreadPoolExecutor(PROCESSES) as side_by_side:
        runs = list(side_by_side.map(lambda number: run(tmp_path / str(number), *arguments), range(PROCESSES)))

    received = [line for line in log.read_text().splitlines() if "/eight/" in line and '"received"' in line]
    assert len(received) == KEYS
    assert {done.code for done in runs} == {0}
    assert len({done.out for done in runs}) == 1
    assert os.listdir(tmp_path / "cache" / "v1" / "claims") == []
