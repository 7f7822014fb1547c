"""Digests over a server that nobody wrote for these tests, by a model whose answers nobody wrote.

`make test-llamacpp` builds the server, which takes minutes and a C++ compiler, and runs this.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.command import Done, papers, run
from tests.faults.killing import entries
from tests.faults.table import DONE, PARTIAL

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

PYTHON = ROOT / ".venv" / "llamacpp" / "bin" / "python"
COUNT = 2


@dataclass(frozen=True)
class Server:
    """A server that runs, and what it says it did."""

    url: str
    log: Path

    @property
    def statuses(self) -> list[str]:
        """The HTTP status of every answer so far."""
        return re.findall(r'"POST /v1/chat/completions HTTP/1\.1" (\d+)', self.log.read_text("utf-8"))


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """The model, made anew."""
    if not PYTHON.exists():
        pytest.skip("llama-cpp-python is missing: `make test-llamacpp` builds it, where there is a C++ compiler")
    path = tmp_path_factory.mktemp("model") / "random.gguf"
    subprocess.run([PYTHON, "-m", "tests.llamacpp.model", path], cwd=ROOT, check=True, timeout=60)
    return path


@pytest.fixture
def folder(tmp_path):
    """A folder with two papers in it."""
    (tmp_path / "papers.jsonl").write_text(papers(COUNT))
    return tmp_path


@pytest.mark.parametrize("options", [(), ("--schemas",)], ids=["as-it-is", "schemas"])
def test_two_papers(model, folder, options):
    """Whatever such a model says, each paper comes out, answered or degraded, and no answer is asked for twice."""
    with _serving(model, folder / "server.log", *options) as server:
        first = _digest(server, folder, "summarize", "jsonl")
        kept, asked = entries(folder), _asked(folder)
        again = _digest(server, folder, "summarize", "jsonl")
        weekly = _digest(server, folder, "weekly", "json")

    degraded = [json.loads(line)["summary"]["provenance"]["degraded"] for line in first.out.splitlines()]
    assert (len(degraded), first.code) == (COUNT, PARTIAL if any(degraded) else DONE)
    coverage = json.loads(weekly.out)["coverage"]
    assert coverage["entries"] == coverage["summarized"] == COUNT
    assert len(kept) == degraded.count(None)
    assert [_asked(folder)[key] - asked[key] for key in kept] == [0] * len(kept)
    assert sum(_asked(folder).values()) == len(server.statuses)
    assert again.out == first.out or any(degraded)
    assert "Traceback" not in first.err + again.err + weekly.err
    # By either way of asking some requests end in an answer; held to the schema, some of these are good.
    assert "200" in server.statuses
    assert kept or not options


def _digest(server: Server, folder: Path, command: str, form: str) -> Done:
    """A run in a folder below that of the papers; the cache is the same for all."""
    where = ("--model", "openai/x", "--api-base", f"{server.url}/v1", "--cache", "../cache")
    return run(folder / command, command, "../papers.jsonl", "--format", form, *where, seconds=300)


def _asked(folder: Path) -> Counter[str]:
    """How many requests were made so far about each key."""
    logs = "".join(path.read_text("utf-8") for path in (folder / "cache" / "runs").glob("*.jsonl"))
    return Counter(line["digest.key"] for line in map(json.loads, logs.splitlines()) if "digest.key" in line)


@contextmanager
def _serving(model: Path, log: Path, *options: str) -> Iterator[Server]:
    """Runs a server; who comes before it has loaded the model waits at its socket."""
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as output:
        url, number = f"http://127.0.0.1:{listener.getsockname()[1]}", listener.fileno()
        process = subprocess.Popen(
            [PYTHON, "-m", "tests.llamacpp.serve", model, str(number), *options],
            cwd=ROOT, env={}, stdout=output, stderr=subprocess.STDOUT, pass_fds=[number],
        )  # fmt: skip
    try:
        yield Server(url, log)
        assert process.poll() is None, log.read_text("utf-8", errors="replace")
    finally:
        process.terminate()
        process.wait(timeout=20)
