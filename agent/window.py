"""Which days a digest covers."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from agent.errors import UsageError
from agent.library import Library
from agent.schema import Window


@dataclass(frozen=True)
class Span:
    """The days a user asks for; nothing given means the newest week in which something was first seen."""

    week: str | None = None
    """ISO week: `2025-W11`."""
    since: datetime.date | None = None
    until: datetime.date | None = None
    everything: bool = False
    undated: bool = False
    """Whether papers without a date are wanted as well."""


def pick(span: Span, library: Library) -> Window:
    """Returns the window that a span means for these papers.

    Where nothing has a date there is no newest week, and the window is everything.
    Raises `UsageError` when the span is not one.
    """
    if sum((bool(span.week), bool(span.since or span.until), span.everything)) > 1:
        raise UsageError("Give one of --week, --since/--until or --all.")
    if span.since or span.until:
        return _between(span)
    if span.week:
        return _week(_day_of(span.week), undated=span.undated)
    newest = library.newest()
    if span.everything or not newest:
        return Window(label="all", undated=span.undated or not newest)
    return _week(newest, undated=span.undated)


def _between(span: Span) -> Window:
    since, until = span.since, span.until
    if since and until and since > until:
        raise UsageError(f"--since {since} is later than --until {until}.")
    label = f"{since} to {until}" if since and until else f"since {since}" if since else f"until {until}"
    return Window(label=label, since=since, until=until, undated=span.undated)


def _day_of(week: str) -> datetime.date:
    """The Monday of an ISO week (ISO 8601)."""
    found = re.fullmatch(r"(\d{4})-?W(\d{1,2})", week.strip(), re.IGNORECASE | re.ASCII)
    try:
        if found:
            return datetime.date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        pass
    raise UsageError(f"--week {week}: not an ISO week.", "Write it like 2025-W11; a year has 52 or 53.")


def _week(day: datetime.date, *, undated: bool) -> Window:
    """The ISO week of a day, Monday to Sunday."""
    year, week, _ = day.isocalendar()
    monday = datetime.date.fromisocalendar(year, week, 1)
    # The calendar ends within the last week of 9999.
    sunday = min(monday, datetime.date.max - datetime.timedelta(6)) + datetime.timedelta(6)
    return Window(label=f"{year}-W{week:02}", since=monday, until=sunday, undated=undated)
