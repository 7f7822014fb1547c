"""Bars drawn from counts, as numbers that an SVG is made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.render.newsletter.blocks import Bar

CELLS = 42
"""How much of a label stands on one line: at 13 px that is less than 300 px, which any telephone has."""
LINES = 2
"""A longer label is cut; beside the picture it stands in full."""
LINE, BAR, GAP = 17, 10, 12
"""Heights in px: a line of a label, a bar, and what is between two of them."""
WIDEST = 88
"""Per cent of the width that the longest bar has; its count stands behind it."""


@dataclass(frozen=True)
class Row:
    """One bar with its label."""

    lines: tuple[tuple[int, str], ...]
    """Where each line of the label stands, from the top in px."""
    top: int
    """Where the bar begins, in px."""
    width: str
    """Of the bar, in per cent."""
    count: int


@dataclass(frozen=True)
class Chart:
    """Bars below each other."""

    rows: tuple[Row, ...]
    height: int
    told: str
    """All of it in words."""


def chart(bars: Sequence[Bar]) -> Chart:
    """Returns the chart of some bars."""
    rows: list[Row] = []
    top = 0
    for bar in bars:
        lines = tuple(_lines(bar.label))
        begin = top + len(lines) * LINE + 2
        share = min(max(bar.share, 0.0), 1.0)
        places = tuple((top + LINE * number - 4, line) for number, line in enumerate(lines, 1))
        rows.append(Row(places, begin, f"{share * WIDEST:.1f}", bar.count))
        top = begin + BAR + GAP
    told = "; ".join(f"{bar.label}: {bar.count}" for bar in bars)
    return Chart(tuple(rows), max(top - GAP + 2, 0), told)


def _lines(label: str) -> Iterator[str]:
    """The label on as many lines as there are, cut where it is longer."""
    rest = label
    for number in range(1, LINES + 1):
        line = _fitting(rest)
        rest = rest[len(line) :].lstrip()
        yield f"{line.rstrip()}…" if rest and number == LINES else line.rstrip()
        if not rest:
            return


def _fitting(text: str) -> str:
    """The beginning of a text that fits on a line, parted between words where that is possible."""
    room, end = CELLS, 0
    for character in text:
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room < 0:
            break
        end += 1
    if end == len(text):
        return text
    blank = text.rfind(" ", 1, end + 1)
    return text[: blank if blank > 0 else end]
