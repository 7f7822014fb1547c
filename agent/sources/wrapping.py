"""Tells how the lines of a page are set: wrapped at a width, or each a whole."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from agent.sources.shape import first_word

_WINDOW = 15
"""Lines before and after a line that show how the page is set there."""
_WIDEST = 400
"""Characters of the longest line of wrapped text."""


class Row(NamedTuple):
    """A line of a page that holds text."""

    number: int
    text: str
    gap: bool
    """Whether anything stands between it and the row before: a blank line, navigation, a date."""
    seen: datetime.date | None


class Break(Enum):
    """What the end of the line before a row means."""

    GAP = "a blank line"
    SOFT = "the row's first word did not fit on the line before"
    TORN = "a word longer than the line goes on"
    HARD = "the first word would have fitted, so the line was ended on purpose"
    PLAIN = "the page is not wrapped here; without blank lines each line is a whole title or paragraph"
    STUCK = "the page is not wrapped here and sets its parts apart by blank lines, but there is none"


WRAPPED = (Break.SOFT, Break.TORN, Break.STUCK)
"""Line ends within a title or paragraph."""


def breaks(rows: Sequence[Row]) -> list[Break]:
    """Returns for each row what stands between it and the row before."""
    lengths = [len(row.text) for row in rows]
    return [Break.GAP, *(_break(rows, lengths, place) for place in range(1, len(rows)))] if rows else []


def _break(rows: Sequence[Row], lengths: Sequence[int], place: int) -> Break:
    if rows[place].gap:
        return Break.GAP
    if max(lengths[place - 1], lengths[place]) > _WIDEST:
        return Break.PLAIN
    before, word = rows[place - 1].text, first_word(rows[place].text)
    if width := _width(rows, lengths, place):
        if lengths[place - 1] == width and len(before) - before.rfind(" ") - 1 + len(word) > width:
            return Break.TORN
        space = not before.endswith("-")
        return Break.HARD if lengths[place - 1] + space + len(word) <= width else Break.SOFT
    window = rows[max(0, place - _WINDOW) : place + _WINDOW]
    return Break.STUCK if sum(row.gap for row in window) * 4 > len(window) else Break.PLAIN


def _width(rows: Sequence[Row], lengths: Sequence[int], place: int) -> int:
    """Returns the width at which the text around a line end is wrapped, 0 where it is not."""
    begin, end = _block(rows, place)
    if end - begin < 5:
        begin, end = max(0, place - _WINDOW), min(len(rows), place + _WINDOW)
    while begin < end and max(lengths[begin:place], default=0) > _WIDEST:
        begin += 1
    while end > begin and max(lengths[place:end], default=0) > _WIDEST:
        end -= 1
    # An address longer than the width stands alone on its line.
    found = [lengths[line] for line in range(begin, end) if " " in rows[line].text]
    width = max(found, default=0)
    full = sum(length > width - 16 for length in found)
    # Most lines of wrapped text are nearly as long as the longest; those of unwrapped text differ.
    return width if begin < place < end and full >= 4 and full * 5 >= 2 * len(found) else 0


def _block(rows: Sequence[Row], place: int) -> tuple[int, int]:
    """Returns where the rows without a gap around a line end begin and end, as far as they are looked at."""
    begin, end = place - 1, place + 1
    while begin > max(0, place - _WINDOW) and not rows[begin].gap:
        begin -= 1
    while end < min(len(rows), place + _WINDOW) and not rows[end].gap:
        end += 1
    return begin, end
