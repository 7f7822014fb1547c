"""What is known about the days of a file beside what it says itself."""

from __future__ import annotations

import datetime
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.sources.dates import Day, date_in, date_of
from agent.sources.decoding import clean
from agent.sources.problem import Problem

NAME = "sources.toml"
STDIN = "stdin"
"""What stands in front of the line numbers of standard input."""


@dataclass(frozen=True)
class Calendar:
    """The year of a file's date lines and the day of its entries without a date line."""

    path: str
    """The file, as it stands in front of line numbers."""
    year: int | None = None
    day: datetime.date | None = None

    def date(self, day: Day, text: str, line: int) -> datetime.date | Problem:
        """Returns the date of a date line, or what is missing to know it."""
        place = f"{self.path}:{line}"
        year = day.year or self.year
        if year is None:
            folder = os.path.dirname(self.path) or "."
            advice = "" if self.path == STDIN else f", or write e.g. `year = 2025` into {folder}/{NAME}"
            return Problem(
                place,
                f"the date line “{text}” names no year, so its papers stay undated; say e.g. --year 2025{advice}",
                False,
            )
        date = date_in(day, year)
        return date or Problem(
            place, f"“{text}” is not a day of {year}; its papers stay undated, check the year", False
        )


def calendar(path: str, year: int | None) -> tuple[Calendar, list[Problem]]:
    """Returns what the caller and the `sources.toml` beside a file say about the file's days, and what is wrong there.

        year = 2025                       # of every date line without a year in this folder
        [files."page.txt"]                # about one file: either or both
        year = 2024
        date = 2025-03-12                 # the day of the entries that stand under no date line

    The year of the caller counts first, then that of the file, of the file's date, of the folder.
    """
    source = STDIN if path == "-" else clean(path)
    notes, problems = ({}, []) if path == "-" else _notes(os.path.join(os.path.dirname(path), NAME))
    files = notes.get("files")
    about = files.get(os.path.basename(path)) if isinstance(files, dict) else None
    about = about if isinstance(about, dict) else {}
    day = date_of(about.get("date"))
    years = (year, _year(about), day.year if day else None, _year(notes))
    return Calendar(source, next((known for known in years if known is not None), None), day), problems


def _notes(path: str) -> tuple[dict[str, Any], list[Problem]]:
    """Returns the content of a `sources.toml` and its faults; what is right in it still counts."""
    if not os.path.isfile(path):  # a pipe could wait for ever
        return {}, []
    try:
        with open(path, "rb") as stream:
            notes = tomllib.load(stream)
    except (OSError, ValueError, RecursionError) as error:
        return {}, [Problem(clean(path), f"cannot be used: {clean(str(error))}; mend it or remove it", entry=False)]
    return notes, [Problem(clean(path), fault, entry=False) for fault in _faults(notes)]


def _faults(notes: Mapping[str, Any]) -> list[str]:
    files = notes.get("files", {})
    if not isinstance(files, dict):
        return ['`files` must be tables, such as [files."page.txt"]']
    faults = _table_faults("", {key: value for key, value in notes.items() if key != "files"}, ("year",))
    for name, about in files.items():
        table = about if isinstance(about, dict) else {"": about}
        faults += _table_faults(f"files.{clean(name)}: ", table, ("year", "date"))
    return faults


def _table_faults(where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> list[str]:
    faults = [f"{where}`{clean(key)}` is not known here; use {' or '.join(known)}" for key in table if key not in known]
    if "year" in table and _year(table) is None:
        faults.append(f"{where}`year` must be a number such as 2025")
    if "date" in known and "date" in table and date_of(table["date"]) is None:
        faults.append(f"{where}`date` must be a day such as 2025-03-12")
    return faults


def _year(table: Mapping[str, Any]) -> int | None:
    year = table.get("year")
    right = isinstance(year, int) and not isinstance(year, bool) and datetime.MINYEAR <= year <= datetime.MAXYEAR
    return year if right else None
