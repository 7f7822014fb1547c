"""Days as people and programs write them. Nothing here knows what day it is."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NAME = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_SHAPES = tuple(
    re.compile(_WEEKDAY + shape, re.IGNORECASE | re.ASCII)
    for shape in (
        rf"{_NAME}\s+{_DAY}(?:\s*,?\s+{_YEAR})?",
        rf"{_DAY}\s+{_NAME}(?:\s*,?\s+{_YEAR})?",
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign){_DAY}",
    )
)
_LONGEST = 40
"""Characters of the longest line that can be a date line."""


class Day(NamedTuple):
    """A day as written; it need not exist."""

    year: int | None
    month: int
    day: int


def parse_day(text: str) -> Day | None:
    """Returns the day a text consists of, such as `Mar 13`, `March 13, 2025`, `13 Mar 2025` or `2025-03-13`."""
    if not text or len(text) > _LONGEST:
        return None
    for shape in _SHAPES:
        if found := shape.fullmatch(text.strip()):
            month = _month(found["month"])
            return Day(int(found["year"]) if found["year"] else None, month, int(found["day"])) if month else None
    return None


def date_in(day: Day, year: int | None) -> datetime.date | None:
    """Returns the date of a day, in `year` where the day names none; None when there is no such date."""
    # The year comes before any parsing: `strptime("Feb 29", "%b %d")` raises.
    try:
        return datetime.date(day.year or year or 0, day.month, day.day)
    except (ValueError, OverflowError):
        return None


def date_of(value: object) -> datetime.date | None:
    """Returns the date that a field of a record states, None when it states no full date.

    Reads ISO 8601 dates and date-times, and the forms of `parse_day` with a year, also before a time (RFC 2822). The
    day is taken as written; no time zone moves it.
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return datetime.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        day = parse_day(re.sub(r"[\sT]+\d{1,2}:\d{2}.*", "", value[: 2 * _LONGEST], flags=re.DOTALL))
        return date_in(day, None) if day else None


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    names = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(text.lower())]
    return names[0] if names else 9 if text.lower() == "sept" else None
