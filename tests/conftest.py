import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five sample pages."""
    return ROOT / "seeds"


@pytest.fixture
def digest(tmp_path):
    """Runs the command in a folder of its own, as a user without settings would."""

    def run(*arguments, stdin=None, cwd=tmp_path, **variables):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_")}
        environment = clean | {"XDG_CONFIG_HOME": str(tmp_path / "user"), "PYTHONPATH": str(ROOT)} | variables
        return subprocess.run(
            [sys.executable, "-m", "agent", *map(str, arguments)],
            input=stdin, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=environment, timeout=60,
            check=False,
        )  # fmt: skip

    return run
