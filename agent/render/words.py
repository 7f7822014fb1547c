"""Counts, lists and days in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Written out, because `calendar` and `strftime` speak the language of the machine."""

PLURALS = {"analysis": "analyses", "entry": "entries", "summary": "summaries", "theory": "theory papers"}
SINGULARS = {"theory": "theory paper"}


def counted(number: int, noun: str) -> str:
    """Returns a number with its noun: `1 model`, `3 analyses`."""
    if number == 1:
        return f"1 {SINGULARS.get(noun, noun)}"
    return f"{number} {PLURALS.get(noun, noun + 's')}"


def listed(parts: Sequence[str]) -> str:
    """Returns parts as an enumeration: `a`, `a and b`, `a, b and c`."""
    *first, last = parts or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def days(since: datetime.date | None, until: datetime.date | None) -> str:
    """Returns a span of days without repeating what both ends share: `17–23 March 2025`; no bounds, no words."""
    if since and until:
        return _between(since, until)
    if since:
        return f"since {_day(since)}"
    return f"until {_day(until)}" if until else ""


def _between(since: datetime.date, until: datetime.date) -> str:
    if since == until:
        return _day(since)
    if since.year != until.year:
        return f"{_day(since)} – {_day(until)}"
    if since.month != until.month:
        return f"{since.day} {MONTHS[since.month - 1]} – {_day(until)}"
    return f"{since.day}–{_day(until)}"


def _day(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
