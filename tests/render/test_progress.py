import sys
from functools import cache

import pytest

from agent.models.budget import Receipt
from agent.render.progress import facts
from tests.terminal import on_a_terminal

RUN = """
import sys, time
from agent.models.budget import Receipt
from agent.render.progress import Progress

with Progress(shown=sys.argv[1] == "shown") as progress:
    progress.say("sending 3 abstracts to \\x1b[31mopenai/x")
    for answers in (1, 2, 3):
        progress.update(Receipt(answers, 1, answers, 0, 0, 1, 12_000, 3_000, 0.25, 2.0), 3)
        print("result", answers)
        time.sleep(0.15)
    progress.say("3 answers")
"""


@cache
def shown(*arguments, **options):
    """What is drawn, once for all that look at the same."""
    return on_a_terminal([sys.executable, "-c", RUN, *(arguments or ["shown"])], **options)


@pytest.mark.parametrize(
    ("receipt", "text"),
    [
        (Receipt(), "0/2,000"),
        (Receipt(answers=1), "1/2,000"),
        (Receipt(answers=1500, cached=1000, seconds=100.0), "1,500/2,000 · 1,000 cached · 5.0/s"),
        # In the first second a rate would only jump about.
        (Receipt(answers=3, degraded=2, seconds=0.5), "3/2,000 · 2 failed"),
        (Receipt(answers=1, tokens_in=1000, tokens_out=200, cost=0.0), "1/2,000 · 1,200 tokens"),
        (Receipt(answers=1, cost=None), "1/2,000"),
        (Receipt(answers=1, cost=1.239), "1/2,000 · $1.24"),
        (Receipt(answers=1, cost=0.00051), "1/2,000 · $0.0005"),
    ],
)
def test_facts(receipt, text):
    """Done, cached, failed, rate, tokens and cost are told; what is zero or unknown is not."""
    assert facts(receipt, 2000) == text


def test_the_bar_shows_and_vanishes():
    """A bar stands below the remarks while the run lasts, and not after it."""
    done = shown()

    assert any(
        "━" in line and "2/3 · 1 cached · 1 failed · 0.5/s · 15,000 tokens · $0.25" in line for line in done.frames
    )
    assert any("━" in line and "starting" in line for line in done.frames)
    assert done.screen == ["note: sending 3 abstracts to [31mopenai/x", "note: 3 answers"]
    assert (done.code, done.drawn.count("\x1b[?25l"), done.drawn.count("\x1b[?25h")) == (0, 1, 1)


def test_results_stay_on_stdout():
    """What is written to stdout while the bar is shown goes where stdout goes, not to the terminal."""
    done = shown()

    assert done.out == "result 1\nresult 2\nresult 3\n"
    assert "result" not in done.drawn


@pytest.mark.parametrize("columns", [20, 40, 60])
def test_the_bar_fits(columns):
    """On a narrow terminal the bar keeps to one line."""
    bars = [line for line in shown(columns=columns).frames if "note:" not in line]

    assert max(map(len, bars)) <= columns
    assert any("2/3" in line for line in bars)


def test_no_color():
    """With NO_COLOR no colour is sent."""
    assert "\x1b[36m" not in shown(NO_COLOR="1").drawn
    assert "\x1b[36m" in shown().drawn


@pytest.mark.parametrize(("arguments", "variables"), [(["hidden"], {}), (["shown"], {"TERM": "dumb"})])
def test_without_a_bar(arguments, variables):
    """Where no bar can or shall be shown, only the remarks are."""
    done = shown(*arguments, **variables)

    assert done.drawn == "note: sending 3 abstracts to [31mopenai/x\r\nnote: 3 answers\r\n"
    assert done.out == "result 1\nresult 2\nresult 3\n"
