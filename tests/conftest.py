import gc
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import hypothesis
import pytest
import typer

ROOT = Path(__file__).parents[1]

# Modules and tests hold few cycles, and looking for some among all of them takes a tenth of the time.
gc.set_threshold(50_000, 20, 20)

# A busy machine is no failure; what must be fast says so itself.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

# Whoever runs one command only builds all of them once; a process that runs hundreds need not build them again.
typer.main.get_command = cache(typer.main.get_command)


def pytest_addoption(parser):
    parser.addoption("--live", action="store_true", help="ask the endpoint that DIGEST_MODEL names")
    parser.addoption("--record", action="store_true", help="with --live: write its answers into the fixtures")


def pytest_configure(config):
    if config.getoption("--record") and not config.getoption("--live"):
        raise pytest.UsageError("--record writes what an endpoint answers: give --live as well")
    # Whatever process a test starts: it never meets the library of whoever runs the tests.
    os.environ["XDG_DATA_HOME"] = os.path.join(tempfile.gettempdir(), f"digest-tests-{os.getpid()}")
    if config.getoption("--record"):
        from tests.completions import RECORD

        os.environ[RECORD] = "1"
        config.option.disable_socket = False


def pytest_collection_modifyitems(items):
    """Puts first what runs the command, then what opens sockets: one worker gets these, and only it imports LiteLLM."""
    heavy = {item.path for item in items if "digest" in item.fixturenames or item.get_closest_marker("enable_socket")}
    turns = {path: int(path.parent != ROOT / "tests") for path in heavy}
    items.sort(key=lambda item: turns.get(item.path, 2))


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five sample pages."""
    return ROOT / "seeds"


def homes(folder: Path) -> dict[str, str]:
    """Variables of a user without settings and without a library."""
    return {"XDG_CONFIG_HOME": str(folder / "user"), "XDG_DATA_HOME": str(folder / "user" / "data")}


@pytest.fixture
def digest(tmp_path, tmp_path_factory):
    """Runs the command in a folder of its own, as a user without settings would, without importing it each time."""
    # What a broken module breaks is then only what needs it.
    from tests.faults.command import run as forked

    def run(*arguments, cwd=tmp_path, **more):
        done = forked(tmp_path_factory.mktemp("run"), *arguments, cwd=cwd, **homes(tmp_path) | more)
        return subprocess.CompletedProcess(arguments, done.code, done.out, done.err)

    return run


@pytest.fixture
def interpreter(tmp_path):
    """Does the same with a Python that is started for it, whose own variables can be set."""

    return lambda *arguments, **more: started(tmp_path, *arguments, **more)


def started(folder, *arguments, program=("-m", "agent"), stdin=None, cwd=None, **variables):
    """Runs the command, or another program, as a user would whose home is a folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_")}
    environment = clean | homes(folder) | {"PYTHONPATH": str(ROOT)} | variables
    return subprocess.run(
        [sys.executable, *program, *map(str, arguments)],
        input=stdin, capture_output=True, text=True, encoding="utf-8", cwd=cwd or folder, env=environment, timeout=60,
        check=False,
    )  # fmt: skip
