"""The window before a window, with which it is compared."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from agent.library import Library
from agent.schema import SummarizedPaper, Window

_WEEK = re.compile(r"\d{4}-W\d\d")
_DAY = datetime.timedelta(1)


@dataclass(frozen=True)
class Earlier:
    """An earlier window and its papers, however they were summarized."""

    window: Window
    papers: tuple[SummarizedPaper, ...]


def is_week(window: Window) -> bool:
    """Returns whether a window is an ISO week."""
    return bool(_WEEK.fullmatch(window.label))


def before(window: Window, library: Library) -> Window | None:
    """Returns the nearest earlier ISO week in which papers were first seen, or the days before of an equal number.

    None where there are no such papers, and where the window has no first or no last day.
    """
    if not window.since or not window.until:
        return None
    if is_week(window):
        day = library.newest(before=window.since)
        return _week(day) if day else None
    length = window.until - window.since
    if window.since - datetime.date.min <= length:
        return None
    since, until = window.since - length - _DAY, window.since - _DAY
    span = Window(label=f"{since} to {until}", since=since, until=until)
    return span if next(iter(library.papers(span)), None) else None


def _week(day: datetime.date) -> Window:
    year, week, weekday = day.isocalendar()
    monday = day - (weekday - 1) * _DAY
    return Window(label=f"{year}-W{week:02}", since=monday, until=monday + 6 * _DAY)
