import json
import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from agent import __version__
from agent.schema import Digest, SummarizedPaper
from tests.conftest import ROOT, started
from tests.examples import ABSTRACT

RECORD = json.dumps({"title": "Mireflux: Measuring Peat", "abstract": ABSTRACT, "seen": "2025-03-11"}) + "\n"
COMMANDS = ["weekly", "summarize", "check", "eval faithfulness", "papers", "prompts", "config show"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_an_example(digest, command):
    """Each command explains itself and ends with a line to paste."""
    for option in ("-h", "--help"):
        done = digest(*command.split(), option)

        assert done.returncode == 0
        assert done.stdout.splitlines()[-1].startswith(f"    digest {command}")


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_run(digest, tmp_path, seeds, command):
    """The example of each command runs as it is pasted."""
    example = digest(*command.split(), "--help").stdout.splitlines()[-1].split()[1:]
    (tmp_path / "seeds").symlink_to(seeds)
    (tmp_path / "papers.jsonl").write_text(RECORD)
    if command == "check":
        assert digest("weekly", "seeds/", "--format", "markdown", "-o", "w11.md").returncode == 0

    assert digest(*example).returncode == 0


def test_help_lists_exit_codes(digest):
    """The main help lists every exit code."""
    text = digest("--help").stdout

    assert [f"    {code}  " in text for code in (0, 1, 2, 3, 4, 5, 6, 130)] == [True] * 8


def test_version(interpreter):
    """The version is one line."""
    assert interpreter("--version").stdout == f"digest {__version__}\n"


ALONE = """
import sys
from agent.__main__ import run
for arguments in (
    "weekly seeds/",
    "weekly seeds/001_257d46a8a29a7bec.txt --all --include-undated --format json",
    "--help",
):
    sys.argv[1:] = arguments.split()
    try:
        run()
    except SystemExit as done:
        assert not done.code, (arguments, done.code)
heavy = {"litellm", "instructor", "openai", "numpy", "jinja2", "httpx"} & set(sys.modules)
sys.exit(f"imported: {heavy}" if heavy else 0)
"""


@pytest.fixture(scope="module")
def refusing(tmp_path_factory):
    """Variables of an interpreter in which no socket can be opened."""
    folder = tmp_path_factory.mktemp("refusing")
    (folder / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*_, **__): raise SystemExit('a socket was opened')\n"
        "socket.socket.__init__ = socket.create_connection = socket.getaddrinfo = refuse\n"
    )
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}


@pytest.fixture(scope="module")
def alone(tmp_path_factory, refusing):
    """Digests of the newest week and of all papers of a page, dated or not, and help, by two interpreters.

    Each has a hash seed of its own, and the second can open no socket.
    """

    def runs(variables):
        return started(tmp_path_factory.mktemp("alone"), program=("-c", ALONE), cwd=ROOT, **variables)

    with ThreadPoolExecutor() as side_by_side:
        return list(side_by_side.map(runs, [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"} | refusing]))


def test_same_input_same_bytes(alone):
    """Two runs print the same bytes, whatever the hash seed."""
    one, other = alone

    assert one.stdout == other.stdout
    assert [part for part in ("Digest of 2025-W12", '"label": "all"', "Exit codes:") if part not in one.stdout] == []


def test_json_is_the_public_shape(digest, seeds):
    """`--format json` prints one object of the documented shape, and nothing else on stdout."""
    made = Digest.model_validate_json(digest("weekly", seeds, "--format", "json").stdout)

    assert (made.schema_version, made.coverage.summarized) == (1, 36)


def test_summaries_are_lines(digest):
    """`summarize --format jsonl` prints one object a paper, read from stdin."""
    done = digest("summarize", "-", "--format", "jsonl", stdin=RECORD * 2)

    (line,) = done.stdout.splitlines()
    assert SummarizedPaper.model_validate_json(line).summary.name == "Mireflux"


def test_papers_tells_what_was_read(digest, tmp_path):
    """`papers` gives counts a file and each problem with file and line."""
    (tmp_path / "a.jsonl").write_text(RECORD + "{broken\n")

    assert "a.jsonl:2" in digest("papers", "a.jsonl").stdout
    report = json.loads(digest("papers", "a.jsonl", "--format", "json").stdout)
    assert (report["entries"], report["distinct"], report["sources"][0]["since"]) == (2, 1, "2025-03-11")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["weekly"], 1, ["./seeds", "hint: Name files"]),
        (["weekly", "nowhere"], 1, ["nowhere"]),
        (["weekly", "--week", "soon", "-"], 2, ["not an ISO week", "hint: Write it like 2025-W11"]),
        (["weekly", "--since", "soon", "-"], 2, ["--since soon: not a day", "hint: Write it like 2025-03-01"]),
        (["weekly", "--year", "20", "-"], 2, ["--year"]),
        (["weekly", "--format", "pdf", "-"], 2, ["--format"]),
        (["prompts", "nope"], 4, ["no prompt named 'nope'"]),
        (["weekly", "-", "-o", "nowhere/a.md"], 6, ["nowhere/a.md: there is no folder nowhere", "hint: Make it first"]),
        (["weekly", "-", "-o", "."], 6, ["folder"]),
    ],
)
def test_errors(digest, arguments, code, told):
    """An error is a message and a hint on stderr with its own exit code: no traceback, nothing on stdout."""
    done = digest(*arguments, stdin=RECORD)

    assert (done.returncode, done.stdout) == (code, "")
    assert [text for text in [*told] if text not in done.stderr] == []
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("arguments", "code"), [(["weekly", "nowhere"], 1), (["weekly", "--week", "soon", "-"], 2)])
def test_an_error_of_the_installed_command(interpreter, arguments, code):
    """The command as it is started says the same, and the shell gets the exit code."""
    done = interpreter(*arguments, stdin=RECORD)

    assert (done.returncode, done.stdout, done.stderr.count("\nhint: ")) == (code, "", 1)


def test_debug_shows_the_traceback(digest):
    """`--debug` shows where an error came from."""
    assert "Traceback" in digest("--debug", "weekly", "nowhere").stderr


def test_wrong_settings(digest, tmp_path):
    """A wrong setting exits with 4 and names its file and line."""
    (tmp_path / "digest.toml").write_text("yaer = 2025\n")

    done = digest("config", "show")
    assert (done.returncode, done.stderr) == (
        4,
        "error: digest.toml:1: unknown setting 'yaer'.\nhint: Did you mean 'year'?\n",
    )


def test_sources_of_the_settings_are_the_default(digest, tmp_path):
    """Without paths, the `sources` setting is read."""
    (tmp_path / "mine.jsonl").write_text(RECORD)

    assert "Mireflux" in digest("weekly", DIGEST_SOURCES="mine.jsonl").stdout


def test_remarks_can_be_silenced(digest, tmp_path):
    """Remarks go to stderr, ten of them unless asked for all, and none when quiet."""
    (tmp_path / "a.jsonl").write_text(RECORD + "broken\n" * 12)

    assert [digest("weekly", "a.jsonl", *options).stderr.count("\n") for options in ([], ["-v"], ["-q"])] == [11, 12, 0]


def test_output_is_whole_or_absent(digest, tmp_path):
    """`-o` writes the whole file, leaves an older one when it fails, and no scraps."""
    target = tmp_path / "out.md"
    assert digest("weekly", "-", "--format", "markdown", "-o", target, stdin=RECORD).stdout == ""
    whole = target.read_text()
    assert "Mireflux" in whole

    assert digest("weekly", "nowhere", "-o", target).returncode == 1
    assert target.read_text() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["out.md"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~_umask()


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_closed_pipe_is_quiet(seeds):
    """A reader who has read enough hears no complaint."""
    command = f"{sys.executable} -m agent summarize {seeds} --format jsonl -q | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)

    assert (len(done.stdout), done.stderr) == (10, "")


def test_interrupted(seeds):
    """Ctrl-C exits with 130 and without a traceback."""
    command = [sys.executable, "-m", "agent", "summarize", str(seeds), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as child:
        child.stdout.readline()
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=60)

    assert child.returncode == 130
    assert "Traceback" not in errors


def test_killed_output_is_not_half_written(seeds, tmp_path):
    """A run killed while it writes leaves the older output as it was."""
    target = tmp_path / "out.jsonl"
    target.write_text("older\n")
    command = [sys.executable, "-m", "agent", "summarize", str(seeds), "--format", "jsonl", "-o", str(target)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as child:
        while child.poll() is None and not list(tmp_path.glob(".*.part")):
            time.sleep(0.01)
        child.kill()

    assert child.returncode == -signal.SIGKILL
    assert target.read_text() == "older\n"


def test_nothing_heavy_is_imported(alone):
    """Digests with the embedded model, and help, import neither LiteLLM nor Instructor."""
    assert [(done.returncode, done.stderr) for done in alone] == [(0, "")] * 2


def test_no_socket_is_opened(alone, refusing):
    """The embedded model and its commands open no socket: a run in which none can be opened gives the same bytes."""
    printed, closed = alone
    assert (closed.returncode, closed.stdout) == (0, printed.stdout)

    control = [sys.executable, "-c", "import socket; socket.socket()"]
    refused = subprocess.run(
        control, capture_output=True, text=True, env=os.environ | refusing, timeout=60, check=False
    )
    assert "a socket was opened" in refused.stderr


def test_hostile_names_do_not_steer_the_terminal(digest, tmp_path):
    """A file name with control characters is shown without them."""
    (tmp_path / "a\x1b[31m.jsonl").write_text("broken\n")

    assert "\x1b" not in digest("weekly", tmp_path).stderr
    (tmp_path / "b\x1b[31m.jsonl").write_text(RECORD)
    assert "\x1b" not in digest("papers", tmp_path).stdout


def test_an_input_is_never_overwritten(digest, tmp_path):
    """`-o` refuses a file that is being read, whatever way it is named."""
    (tmp_path / "a.jsonl").write_text(RECORD)
    (tmp_path / "link.jsonl").symlink_to("a.jsonl")

    for target in ("a.jsonl", tmp_path / "link.jsonl"):
        assert digest("weekly", "a.jsonl", "-o", target).returncode == 2
    assert (tmp_path / "a.jsonl").read_text() == RECORD


def test_names_that_are_not_unicode(digest, tmp_path):
    """A file whose name is not UTF-8 is read and reported like any other."""
    with open(os.fsencode(tmp_path) + b"/\xff.jsonl", "w") as file:
        file.write(RECORD)

    for options in ([], ["--format", "json"]):
        assert digest("papers", tmp_path, *options).returncode == 0


def test_narrow_encodings(interpreter):
    """A stream that cannot carry a letter gets a question mark instead of an error."""
    done = interpreter("weekly", "-", stdin=RECORD, PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert "Mireflux" in done.stdout
