"""What a run may not pass, at full size and with the command itself."""

from __future__ import annotations

import signal
import time

import pytest

from tests.fakes import FakeServer
from tests.faults.command import nobody, papers, run
from tests.faults.killing import entries
from tests.faults.spoiled import spoiled
from tests.faults.test_kill import Command

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

COUNT = 100


@pytest.fixture
def folder(tmp_path):
    """A folder with 100 papers in it."""
    (tmp_path / "papers.jsonl").write_text(papers(COUNT))
    return tmp_path


def asking(url):
    """The arguments of a run in a folder below that of the papers."""
    where = ("--model", "openai/x", "--api-base", f"{url}/v1", "--cache", "../cache")
    return ("summarize", "../papers.jsonl", "--format", "jsonl", *where)


@pytest.mark.parametrize("fault", ["reset", "close", "500", "429-none", "huge", "empty-body", "400"])
def test_dead_server(folder, fault):
    """A hundred papers and a server that never answers are at most 12 requests."""
    with FakeServer(spoiled(fault, "always")) as server:
        done = run(folder / "run", *asking(server.url))

    assert (done.code, done.out) == (5, "")
    assert len(server.calls) <= 12


@pytest.mark.parametrize("fault", ["reset", "500", "hang"])
def test_server_that_dies(folder, fault):
    """A server that dies in the middle costs few requests more, and what it has answered is kept."""

    def dying(call):
        return (alive if call.number < 40 else dead)(call)

    alive, dead = spoiled("good", "always"), spoiled(fault, "always")
    with FakeServer(dying) as server:
        done = run(folder / "run", *asking(server.url), "--timeout", "1")

    assert (done.code, len(done.out.splitlines())) == (3, COUNT)
    assert len(server.calls) <= 40 + 16 + 12
    assert len(entries(folder)) == 40


def test_nothing_listens(folder):
    """The command itself ends soon where nothing listens; nearly all of the time is LiteLLM's import."""
    done = Command(folder / "run", *asking(nobody())).done()

    assert done.code == 5
    assert done.seconds < 12


def test_interruption(folder):
    """Ctrl-C ends the command itself within 2 s: exit 130, no traceback, and what has arrived is kept."""
    with FakeServer(spoiled("good", "always"), latency=0.5) as server:
        running = Command(folder / "run", *asking(server.url), "--concurrency", "4")
        server.wait_for(11, 30)
        began = time.monotonic()
        running.send(signal.SIGINT)
        done = running.done()
        seconds = time.monotonic() - began

    assert (done.code, "Traceback" in done.err) == (130, False)
    assert seconds < 2
    assert len(entries(folder)) >= len(server.calls) - 4


def test_interruption_while_importing(folder):
    """Ctrl-C at any moment of the start, once Python itself has started, is as quiet."""
    with FakeServer(spoiled("good", "always")) as server:
        for wait in (0.6, 1.2, 1.8, 2.4, 3.0):
            running = Command(folder / "run", *asking(server.url))
            time.sleep(wait)
            running.send(signal.SIGINT)
            done = running.done()
            assert (done.code in (130, -signal.SIGINT), "Traceback" in done.err) == (True, False), (wait, done.err)
