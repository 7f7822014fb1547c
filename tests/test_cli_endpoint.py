"""The commands about endpoints and their answers, as they are typed, over a real server.

What a run over an endpoint does is in `test_endpoint_cli`; here is what is said, and what is kept.
"""

from __future__ import annotations

import json
import re
import shutil
import signal

import pytest

from agent.cli.storing import CACHE
from tests.fakes import FakeServer, named, summarizing
from tests.faults.command import Run, papers, run
from tests.terminal import digest_on_a_terminal

pytestmark = pytest.mark.enable_socket

COUNT = 12
COMMANDS = ["doctor", "models", *(f"cache {name}" for name in "path stats verify export import prune clear".split())]


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """A folder with papers, and a cache with an answer about each, of a server that is gone."""
    folder = tmp_path_factory.mktemp("answered")
    (folder / "papers.jsonl").write_text(papers(COUNT))
    with FakeServer(summarizing) as server:
        (folder / "url").write_text(server.url)
        done = run(folder, *asking(folder), "--format", "jsonl")
    assert (done.code, len(done.out.splitlines())) == (0, COUNT)
    return folder


@pytest.fixture
def folder(answered, tmp_path):
    """A copy to do with as one likes."""
    return shutil.copytree(answered, tmp_path / "answered")


def asking(folder, command="summarize"):
    """A run over the papers, with the address of the server that answered."""
    base = f"{(folder / 'url').read_text()}/v1"
    return (command, "papers.jsonl", "--model", "openai/x", "--api-base", base, "--cache", "cache")


@pytest.fixture
def said(folder):
    """Runs a command on the cache and returns its exit code, its stdout and its stderr."""

    def command(*arguments, **variables):
        done = run(folder, *arguments, **{"DIGEST_CACHE": "cache"} | variables)
        assert "Traceback" not in done.err
        return done.code, done.out, done.err

    return command


# Help


def test_every_command_is_tried():
    """The list of this file is that of the program."""
    assert {f"cache {command.__name__.removeprefix('cache_').rstrip('_')}" for command, _ in CACHE} < {*COMMANDS}
    assert len(CACHE) == len(COMMANDS) - 2


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example(said, command):
    """Each command explains itself in a line of its own and ends with a line to paste."""
    name = command.split()
    code, text, _ = said(*name, "--help")
    _, overview, _ = said(*name[:-1], "--help")

    assert (code, text.splitlines()[-1].startswith(f"    digest {command}")) == (0, True)
    (line,) = re.findall(rf"^  {name[-1]} +(.*)$", overview, re.MULTILINE)
    assert line.endswith(".")
    assert "..." not in line


def test_examples_run(said):
    """The example of each command runs as it is pasted, one after another."""
    with FakeServer(summarizing) as server:
        for command in COMMANDS:
            example = said(*command.split(), "--help")[1].splitlines()[-1].split()[1:]
            code, _, err = said(*example, OLLAMA_HOST=server.url)

            assert (command, code, err.count("error")) == (command, 0, 0)


# The cache


def test_what_the_cache_holds(said, folder):
    """`path` and `stats` tell where the answers are, how many, and whose."""
    place = folder / "cache" / "v1" / "cache.db"
    assert said("cache", "path") == (0, f"{place}\n", "")

    code, text, _ = said("cache", "stats")
    assert (code, text.startswith(f"{COUNT} answers in ")) == (0, True)
    assert text.endswith(f"    {COUNT}  openai/x\n")
    held = json.loads(said("cache", "stats", "--format", "json")[1])
    assert (held["path"], held["entries"], held["by_model"]) == ("cache/v1/cache.db", COUNT, {"openai/x": COUNT})
    assert held["bytes"] >= place.stat().st_size


def test_verify(said, folder):
    """`verify` finds nothing in a sound cache; a damaged one is told, moved aside, and sound from then on."""
    assert said("cache", "verify") == (0, f"{COUNT} sound answers\n", "")

    (folder / "cache" / "v1" / "cache.db").write_bytes(b"no database at all" * 300)
    code, text, err = said("cache", "verify")
    assert (code, text) == (6, "0 sound answers\n")
    assert "it was moved to " in err
    assert said("cache", "verify") == (0, "0 sound answers\n", "")


def test_export_and_import(said, folder):
    """What is exported can be taken in elsewhere, once, and then serves a run without an endpoint."""
    assert said("cache", "export", "all.jsonl") == (0, "", f"{COUNT} answers written to all.jsonl\n")
    shutil.rmtree(folder / "cache")

    assert said("cache", "import", "all.jsonl") == (0, "", f"{COUNT} answers added, 0 known already\n")
    assert said("cache", "import", "all.jsonl") == (0, "", f"0 answers added, {COUNT} known already\n")
    assert said(*asking(folder), "-q", "--format", "jsonl")[0] == 0


def test_a_bad_import(said, folder):
    """Of a file that is no export ten lines are told, the good ones are taken in, and the exit code says so."""
    said("cache", "export", "all.jsonl")
    with (folder / "all.jsonl").open("a") as file:
        file.write("no line of an export\n" * 30)
    said("cache", "clear", "--yes")

    code, _, err = said("cache", "import", "all.jsonl")
    assert (code, len(err.splitlines())) == (3, 12)
    assert err.startswith(f"note: all.jsonl:{COUNT + 1}: ")
    assert err.endswith(f"note: and 20 more\n{COUNT} answers added, 0 known already, 30 lines left out\n")


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--before", "2025-01-01"], COUNT),
        (["--before", "2999-01-01"], 0),
        (["--model", "openai/y"], COUNT),
        (["--model", "openai/x"], 0),
        (["--model", "openai/x", "--before", "2025-01-01"], COUNT),
    ],
)
def test_prune(said, options, left):
    """`prune` deletes the answers of a model, those from before a day, or of a model those from before."""
    assert said("cache", "prune", *options, "--yes") == (0, "", f"{COUNT - left} answers deleted\n")
    assert json.loads(said("cache", "stats", "--format", "json")[1])["entries"] == left


def test_prune_knows_ollama_by_both_names(said, folder):
    """What was asked of ollama/x is kept, and deleted, as of ollama_chat/x."""
    with FakeServer(summarizing) as server:
        assert said("summarize", "papers.jsonl", "--model", "ollama/x", "--api-base", server.url)[0] == 0

    assert said("cache", "prune", "--model", "ollama/x", "--yes") == (0, "", f"{COUNT} answers deleted\n")


@pytest.mark.parametrize("command", [["clear"], ["prune", "--model", "openai/x"]])
@pytest.mark.parametrize(("typed", "left"), [("n", COUNT), ("", COUNT), ("y", 0)])
def test_deleting_is_asked_for(said, folder, command, typed, left):
    """On a terminal the question names the place, and only y deletes."""
    done = digest_on_a_terminal(folder, "cache", *command, typed=f"{typed}\n", columns=300, DIGEST_CACHE="cache")

    asked, told = done.screen
    assert f"{folder}/cache/v1/cache.db? They were paid for. [y/N]:" in asked
    assert (done.code, done.out.strip()) == (0, "")
    assert told == ("nothing was deleted" if left else f"{COUNT} answers deleted")
    assert json.loads(said("cache", "stats", "--format", "json")[1])["entries"] == left


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["clear"], 2, "error: Nothing was deleted, since nobody can be asked.\nhint: Give --yes.\n"),
        (["prune"], 2, "error: Nothing says which answers to delete.\nhint: Give --before, --model or both.\n"),
        (["prune", "--before", "soon"], 2, "error: --before soon: not a day.\nhint: Write it like 2025-03-01.\n"),
        (["import", "nowhere"], 6, "error: nowhere: cannot be read"),
        (["import", "."], 2, "file '.' is a directory"),
        (["export", "."], 2, "file '.' is a directory"),
        (["export", "nowhere/a"], 6, "error: nowhere/a: cannot be written"),
        (["clear", "--yes", "--cache", "papers.jsonl"], 6, "error: papers.jsonl/v1/cache.db: "),
        (["stats", "--cache", "papers.jsonl"], 0, "note: papers.jsonl/v1/cache.db: "),
    ],
)
def test_errors(said, arguments, code, told):
    """What cannot be done is told with what to do, and nothing is lost by it."""
    done, _, err = said("cache", *arguments)

    assert (done, told in err) == (code, True)
    assert said("cache", "verify")[1] == f"{COUNT} sound answers\n"


# Doctor and models


def test_doctor(said):
    """A line a thing, with what to do below it where it is wrong, and the exit code of the first such."""
    with FakeServer(summarizing) as server:
        good = said("doctor", "--model", "ollama/x", "--api-base", server.url, "--yes")
        unasked = said("doctor", "--model", "ollama/x", "--api-base", server.url)
        bad = said("doctor", "--model", "ollama/y", "--api-base", server.url, "--yes", "--cache", "papers.jsonl")

    assert (good[0], [line[:9] for line in good[1].splitlines()]) == (0, ["ok       "] * 6)
    assert unasked[1].endswith("skipped  structured answer: not asked; --yes sends one tiny request\n")
    assert (unasked[0], bad[0], bad[2]) == (0, 6, "")
    states = [line[:9].strip() for line in bad[1].splitlines()]
    assert states == ["ok", "ok", "ok", "wrong", "", "wrong", "", "skipped"]
    assert "\n         Run: ollama pull y\n" in bad[1]
    assert len(server.calls) == 1


def test_models(said):
    """Model and origin, what Ollama has, and the names of the keys; never a key, and nothing that steers a terminal."""
    with FakeServer([], models=("x", "\x1b[31mred")) as server:
        keys = {"OPENAI_API_KEY": "sk-canary", "DIGEST_MODEL": "openai/x"}
        code, text, err = said("models", OLLAMA_HOST=server.url, **keys)

    assert (code, err) == (0, "")
    assert text.splitlines() == [
        "configured  openai/x (DIGEST_MODEL)",
        "at hand     embedded",
        f"ollama      [31mred:latest, x:latest at {server.url}",
        "keys        OPENAI_API_KEY",
    ]


@pytest.mark.parametrize(
    ("host", "told"),
    [("http://127.0.0.1:9", "no connection to http://127.0.0.1:9: connection refused"), ("a:b", "not an address")],
)
def test_models_without_ollama(said, host, told):
    """Where there is no Ollama the rest is told all the same."""
    code, text, err = said("models", OLLAMA_HOST=host, OPENAI_API_KEY="")

    assert (code, err, len(text.splitlines())) == (0, "", 4)
    assert told in text
    assert text.endswith("keys        none in the environment\n")


# What a run says


def test_a_dry_run_of_what_is_cached(said, folder):
    """A dry run prints no result, not even where everything is known or the embedded model would answer."""
    assert said(*asking(folder), "--dry-run", "-o", "out.md") == (
        0,
        "",
        f"note: {COUNT} answers in all, {COUNT} of them from the cache; nothing was sent\n"
        "--dry-run: nothing would be sent.\n",
    )
    embedded = said("weekly", "papers.jsonl", "--dry-run")
    assert embedded == (0, "", "--dry-run: the embedded model sends nothing.\n")


@pytest.mark.parametrize("quiet", [[], ["-q"]])
def test_a_dry_run_says_what_would_be_sent(said, folder, quiet):
    """What would go where, and what is cached of it, is what a dry run is asked for: no quiet hides it."""
    (folder / "papers.jsonl").write_text(papers(COUNT + 3))
    code, out, err = said(*asking(folder), "--dry-run", *quiet)

    assert (code, out) == (0, "")
    assert re.match(r"note: sending 3 abstracts to openai/x at http://127\.0\.0\.1:\d+: about [\d,]+ tokens in", err)
    assert f"cost unknown; {COUNT} answers from the cache\n" in err
    assert err.endswith("--dry-run: nothing was sent.\n")


def test_a_run_tells_before_and_after(said, folder):
    """Before the first request is said what goes where, and after the last what it took."""
    with FakeServer(summarizing) as server:
        code, _, err = said("weekly", "papers.jsonl", "--model", "openai/x", "--api-base", f"{server.url}/v1")

    before, topics, after = err.splitlines()
    assert code == 0
    assert before.startswith(f"note: sending {COUNT} abstracts to openai/x at {server.url}: about ")
    assert topics.startswith("note: sending the summaries, to be grouped")
    assert f" · {COUNT + 1} requests · " in after
    assert said("weekly", "papers.jsonl", "--model", "openai/x", "--api-base", f"{server.url}/v1", "-q")[2] == ""


@pytest.mark.parametrize(
    ("options", "told"),
    [([], [*["by the embedded model"] * 10, "2 more; -v shows them all"]), (["-v"], ["by the embedded model"] * COUNT)],
)
def test_degraded_papers_are_told(said, folder, options, told):
    """Which papers the embedded model wrote instead is told, ten of them unless asked for all; the exit code is 3."""
    with FakeServer(named("refusal")) as server:
        where = ("--model", "openai/x", "--api-base", f"{server.url}/v1", "--cache", "new")
        code, _, err = said("summarize", "papers.jsonl", *where, *options)
        quiet = said("summarize", "papers.jsonl", *where, "-q")

    notes = err.splitlines()[2:]
    assert (code, len(notes)) == (3, len(told))
    assert [text for text, note in zip(told, notes, strict=True) if text not in note] == []
    assert (quiet[0], quiet[2]) == (3, "")


def test_an_interruption_says_how_to_go_on(folder):
    """Ctrl-C is answered by what became of the answers, and by what was spent."""
    with FakeServer(summarizing, latency=0.3) as server:
        where = ("--model", "openai/x", "--api-base", f"{server.url}/v1", "--cache", "new", "--concurrency", 2)
        running = Run(folder, "summarize", "papers.jsonl", *where)
        server.wait_for(4)
        running.send(signal.SIGINT)
        done = running.done()

    _, interrupted, spent = done.err.splitlines()
    assert interrupted.startswith("note: interrupted: the answers that have arrived are kept")
    assert (done.code, " requests · " in spent) == (130, True)


def test_results_stay_on_stdout(folder):
    """On a terminal with the bar shown, results go to the file that stdout is, and the screen holds only remarks."""
    arguments = (*asking(folder), "--format", "jsonl")
    done = digest_on_a_terminal(folder, *arguments, columns=120)

    assert (done.code, len(done.out.splitlines())) == (0, COUNT)
    assert any("starting" in line for line in done.frames)
    assert done.screen == [f"note: {COUNT} answers in all, {COUNT} of them from the cache; nothing was sent"]
