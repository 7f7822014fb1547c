"""The terminal: plain where it must be, never wider than asked, never steered by what it shows."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from agent import render
from agent.schema import SummarizedPaper
from tests.render import hostile, samples

OURS = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;;[!-~]*\x1b\\")
"""Colours and hyperlinks to printable ASCII addresses."""


def shown(made, **look):
    items = [SummarizedPaper(paper=made.papers[0], summary=made.summaries[0])]
    return render.digest(made, "terminal", **look) + "".join(render.summaries(items, "terminal", **look))


@settings(deadline=None)
@given(hostile.texts)
def test_no_text_steers_the_terminal(text):
    """Whatever the papers say, plain output is printable lines without trailing spaces."""
    lines = shown(hostile.digest(text)).split("\n")

    assert not [line for line in lines if any(map(_unseen, line))]
    assert not [line for line in lines if line != line.rstrip()]


@settings(deadline=None)
@given(hostile.texts)
def test_colour_adds_nothing_but_colour(text):
    """Without our own colours and hyperlinks, coloured output is the plain output."""
    made = hostile.digest(text)

    assert OURS.sub("", shown(made, color=True)) == shown(made)


@settings(deadline=None)
@given(hostile.texts, st.integers(40, 130))
def test_lines_keep_to_the_width(text, width):
    """No line is wider than the terminal, except for an address, which must stay in one piece."""
    lines = shown(hostile.digest(text), width=width).split("\n")

    assert not [line for line in lines if cell_len(line) > width and "https://" not in line and "http://" not in line]


def test_markup_in_a_title_is_text():
    """The markup of the library that draws is not obeyed in titles."""
    made = samples.digest(papers=(samples.paper(1, "[bold]Peat[/bold] [link=https://x.org]here[/link] :smile:"),))

    assert "[bold]Peat[/bold] [link=https://x.org]here[/link] :smile:" in shown_digest(made)


def test_coloured_output_has_hyperlinks_and_plain_output_has_none():
    """Addresses can be followed in colour, and are written out in both."""
    made = samples.digest()

    assert "\x1b]8;;https://example.org/rootlight\x1b\\" in shown_digest(made, color=True)
    assert "\x1b" not in shown_digest(made)
    assert "code + data https://example.org/rootlight" in shown_digest(made)


def test_colour_ends_where_it_should():
    """The dim number of an entry and the bold lead of its title colour nothing else."""
    lines = shown_digest(samples.digest(), color=True).split("\n")

    assert (
        "\x1b[2m  1\x1b[0m  \x1b[1mRootlight\x1b[0m: Mapping Fungal Networks in Forest Soil from a Single Core" in lines
    )
    assert any(line.startswith("\x1b[1;36mLife in the soil\x1b[0m\x1b[2m ──") for line in lines)


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TERM", "COLORTERM"])
@pytest.mark.parametrize("color", [True, False])
def test_the_environment_changes_nothing(monkeypatch, variable, color):
    """Width and colour are what the caller says, whatever the variables say."""
    before = shown_digest(samples.digest(), color=color)
    monkeypatch.setenv(variable, "1")

    assert shown_digest(samples.digest(), color=color) == before


def test_a_long_address_is_never_broken():
    """An address longer than the line stands alone and whole."""
    address = "https://example.org/" + "a" * 200
    made = samples.digest(papers=(samples.paper(1, "Peat", url=address),))

    assert f"       paper {address}" in shown_digest(made).split("\n")


def shown_digest(made, **look):
    return render.digest(made, "terminal", **look)


def _unseen(character):
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
