"""The small digest of `samples.py` in every format, as files that a person has looked at.

`UPDATE_GOLDEN=1 pytest tests/render/test_golden.py` writes them anew; look at the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from agent import render
from tests.render import samples

GOLDEN = Path(__file__).parents[1] / "fixtures" / "golden"


@pytest.mark.parametrize(
    ("name", "form", "look"),
    [
        ("digest.txt", "terminal", {}),
        ("digest.120.txt", "terminal", {"width": 120}),
        ("digest.ansi", "terminal", {"color": True}),
        ("digest.md", "markdown", {}),
        ("digest.json", "json", {}),
    ],
)
def test_a_digest_looks_as_it_did(name, form, look):
    """A digest is the same bytes as when somebody last looked at it."""
    assert_golden(name, render.digest(samples.digest(), form, **look))


@pytest.mark.parametrize(
    ("name", "form", "look"),
    [
        ("summaries.txt", "terminal", {}),
        ("summaries.ansi", "terminal", {"color": True}),
        ("summaries.md", "markdown", {}),
        ("summaries.jsonl", "jsonl", {}),
    ],
)
def test_summaries_look_as_they_did(name, form, look):
    """Summaries are the same bytes as when somebody last looked at them."""
    assert_golden(name, "".join(render.summaries(samples.summarized(), form, **look)))


def assert_golden(name, shown):
    path = GOLDEN / f"render_{name}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(shown.encode())
    assert shown == path.read_bytes().decode()
