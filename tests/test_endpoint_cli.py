"""The command line with an endpoint, over a real server: what it prints, asks, keeps and obeys.

A slice of `make test-faults`, which tries every fault and hundreds of kills.
"""

from __future__ import annotations

import json
import re
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import ROOT
from tests.fakes import FakeServer, answer, fake_process
from tests.faults.command import Run, nobody, papers, run
from tests.faults.killing import CONCURRENCY, Lab, entries, timeless
from tests.faults.matrix import Case, titles
from tests.faults.spoiled import spoiled, unquoted
from tests.faults.table import DONE, PARTIAL, REFUSED, UNREACHABLE, expected

pytestmark = pytest.mark.enable_socket

COUNT = 12
SLICE = [
    Case("good", "weekly", "always", "ollama_chat"),
    Case("429-milliseconds", "weekly", "every-5"),
    Case("400", "summarize", "first"),
    Case("401-echo", "summarize", "always"),
    Case("reset", "summarize", "every-5"),
    Case("cut-stop", "weekly", "first"),
    Case("redirect-307", "weekly", "always"),
    Case("refusal", "summarize", "only"),
]


@pytest.fixture
def folder(tmp_path):
    """A folder with some papers in it."""
    (tmp_path / "papers.jsonl").write_text(papers(COUNT))
    return tmp_path


def asking(url, command="summarize", form="jsonl"):
    """The arguments of a run in a folder below that of the papers."""
    where = ("--model", "openai/x", "--api-base", f"{url}/v1", "--cache", "../cache")
    return (command, "../papers.jsonl", "--format", form, *where)


@pytest.mark.parametrize("case", SLICE, ids=str)
def test_matrix(tmp_path, case):
    """However the endpoint fails: the right exit code, every paper or none, few requests, and nothing leaks."""
    outcome = case.run(tmp_path / "case")

    assert outcome.done.code == expected(case)
    assert outcome.degraded == (outcome.done.code == PARTIAL)
    assert len(outcome.summaries) == (COUNT if outcome.done.code in (DONE, PARTIAL) else 0)
    assert (outcome.most_for_a_key <= 4, outcome.retries <= 11) == (True, True)
    assert (outcome.leaks(), outcome.quotes(), outcome.strangers()) == ([], [], [])


def test_five_kills(tmp_path):
    """Killed at any moment, a run loses no answer, leaves no half output, and is ended by the next as if unharmed."""
    with fake_process(
        "--script", "tests.faults.spoiled:unquoting", "--latency", 0.05, "--log", tmp_path / "log"
    ) as url:
        lab = Lab(tmp_path / "lab", url, tmp_path / "log", count=12)
        with ThreadPoolExecutor(2) as lanes:
            kills = list(lanes.map(lab.kill, range(5)))

    for kill in kills:
        assert kill.lost == set()
        assert kill.called_again == lab.asked(kill.shape) - len(kill.kept)
        assert kill.calls - len(kill.kept) <= CONCURRENCY
        assert kill.result is None or timeless(kill.result) == lab.clean[kill.shape]
        assert (kill.again.code, kill.final) == (0, lab.clean[kill.shape])


@pytest.mark.parametrize("command", ["summarize", "weekly"])
def test_second_run(interpreter, folder, command):
    """A second run asks nothing, says the same bytes in every format, and never imports LiteLLM."""
    forms = ("terminal", "markdown", "jsonl" if command == "summarize" else "json")
    with FakeServer(spoiled("good", "always")) as server:
        first = [run(folder / form, *asking(server.url, command, form)) for form in forms]
        asked = len(server.calls)
        second = [run(folder / form, *asking(server.url, command, form)) for form in forms]
        (folder / "alone").mkdir()
        alone = interpreter(
            *asking(server.url, command, forms[0]), cwd=folder / "alone",
            OPENAI_API_KEY="sk-none", PYTHONPROFILEIMPORTTIME="1",
        )  # fmt: skip

    assert asked == len(server.calls) == COUNT + (command == "weekly")
    assert [done.out for done in first] == [done.out for done in second]
    assert alone.stdout == first[0].out
    assert Counter(done.code for done in first + second) == {0: 6}
    assert "pydantic" in alone.stderr
    assert "litellm" not in alone.stderr
    assert "instructor" not in alone.stderr


def test_interruption(folder):
    """Ctrl-C ends a run within 2 s: exit 130, no traceback, and the answers that have arrived are kept."""
    with FakeServer(spoiled("good", "always"), latency=0.5) as server:
        running = Run(folder / "run", *asking(server.url), "--concurrency", 4)
        server.wait_for(9)
        began = running.began
        running.send(signal.SIGINT)
        done = running.done()
        answered = len(entries(folder))
        again = run(folder / "run", *asking(server.url))

    assert done.seconds - (server.calls[8].when - began) < 2
    assert (done.code, "Traceback" in done.err) == (130, False)
    assert answered >= 5
    assert len(server.calls) <= COUNT + 4
    assert (again.code, len(again.out.splitlines())) == (0, COUNT)


@pytest.mark.parametrize(
    ("options", "most", "code"),
    [
        (["--max-calls", 5], 5, PARTIAL),
        (["--max-calls", 0], 0, PARTIAL),
        # Each call is billed 2,300 tokens.
        (["--max-tokens", 20_000], 8, PARTIAL),
        (["--max-time", 1], COUNT, UNREACHABLE),
        (["--max-cost", 1], 0, REFUSED),
        (["--dry-run"], 0, DONE),
    ],
    ids=str,
)
def test_limits(folder, options, most, code):
    """No limit of a run is passed, whatever fails; where nothing may be sent nothing is."""
    fault = spoiled(
        "hang" if options[0] == "--max-time" else "500", "always" if options[0] == "--max-time" else "every-5"
    )

    def billed(call):
        return answer(unquoted(call), usage=(2000, 300)) if call.number % 5 != 4 else fault(call)

    with FakeServer(fault if options[0] == "--max-time" else billed) as server:
        done = run(folder / "run", *asking(server.url), *options)

    assert len(server.calls) <= most
    assert (done.code, len(done.out.splitlines())) == (code, COUNT if code == PARTIAL else 0)
    assert done.seconds < 5
    if options == ["--max-calls", 5]:
        assert len(server.calls) == 5


def test_nothing_listens(folder):
    """Where nothing listens a run ends within 2 s and says what to try."""
    done = run(folder / "run", *asking(nobody()))

    assert (done.code, done.out) == (UNREACHABLE, "")
    assert done.seconds < 2
    assert "--api-base" in done.err


def test_proxies_are_passed_by(folder):
    """A proxy of the environment is not asked for what is on this machine."""
    dead = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    with FakeServer(spoiled("good", "always")) as server:
        done = run(folder / "run", *asking(server.url), **dead)

    assert (done.code, len(server.calls)) == (0, COUNT)


@pytest.mark.parametrize("asked_once", [False, True])
def test_unfinished_calls(folder, asked_once):
    """What a killed run may have sent is sent once more and reported, or with `--at-most-once` marked and not sent."""
    with FakeServer(spoiled("good", "always"), latency=0.4) as server:
        running = Run(folder / "run", *asking(server.url), "--concurrency", 4)
        server.wait_for(7)
        running.send()
        running.done()
        kept, before = entries(folder), len(server.calls)
        marks = [path for path in (folder / "cache" / "v1" / "claims").iterdir() if path.stat().st_size]
        unknown = len({path.name for path in marks} - kept.keys())
        again = run(folder / "run", *asking(server.url), *["--at-most-once"] * asked_once)

    degraded = [json.loads(line)["summary"]["provenance"]["degraded"] for line in again.out.splitlines()]
    assert 0 < before - len(kept) <= unknown
    assert len(server.calls) - before == COUNT - len(kept) - unknown * asked_once
    assert sum(map(bool, degraded)) == unknown * asked_once
    assert again.code == (PARTIAL if asked_once else DONE)
    told = "killed" if asked_once else rf"\b{unknown}\b.*killed.*once more"
    assert re.search(told, again.err)


def test_log_content(folder):
    """The run log holds a line a request, without abstracts, unless the user wants them in it."""
    with FakeServer(spoiled("good", "always")) as server:
        for name, options in (("quiet", ()), ("full", ("--log-content", "--cache", "../other"))):
            run(folder / name, *asking(server.url), *options)
    logs = [next((folder / name / "runs").glob("*.jsonl")).read_text() for name in ("cache", "other")]

    assert [log.count('"gen_ai.operation.name": "chat"') for log in logs] == [COUNT, COUNT]
    assert [titles()[0] in log for log in logs] == [False, True]


def test_seeds(tmp_path):
    """The pages the project came with become a digest over OpenAI's way of asking and Ollama's."""
    with FakeServer(spoiled("good", "always")) as server:
        for model, base in (("openai/x", f"{server.url}/v1"), ("ollama_chat/x", server.url)):
            where = ("--model", model, "--api-base", base, "--cache", "cache")
            first, second = (run(tmp_path / model, "weekly", ROOT / "seeds", *where) for _ in range(2))
            assert (first.code, first.out) == (0, second.out)
    assert len(server.calls) == len({call.sha256 for call in server.calls})
