"""Finds the figures of a text: what counts as a number, and not as part of a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = re.compile(r"(?<![\w.,/:=-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?=(?:[KMBkxX]|ms|GB|TB)?(?:%|×|[\s,.;:)\]-]|$))")
COUNTS = "two three four five six seven eight nine ten eleven twelve".split()
SPELLED = re.compile(rf"\b({'|'.join(COUNTS)})\b(?!-(?:shot|way|player))", re.IGNORECASE)
NOT_FIGURES = re.compile(r"(?:[A-Z][\w-]*|top|vs\.?|version|v) $")


@dataclass(frozen=True)
class Figure:
    """A number in a text."""

    start: int
    end: int
    written: str
    sort: str
    """What stands behind it where that is a sign or a letter, or `word` for a spelled one."""
    after: str
    """The next word."""

    @property
    def value(self) -> float:
        """Its size, without the sign behind it."""
        spelled = self.written.lower() in COUNTS
        return COUNTS.index(self.written.lower()) + 2 if spelled else float(self.written.replace(",", ""))


def figures(text: str) -> list[Figure]:
    """Finds the numbers of a text; digits within names and versions are none."""
    found = [spot for spot in DIGITS.finditer(text) if not named(text[: spot.start()])]
    return [figure(text, spot) for spot in (*found, *SPELLED.finditer(text))]


def named(before: str) -> bool:
    """Whether the number belongs to a name, as in `Gemini 1.5`."""
    return bool(NOT_FIGURES.search(before)) and not re.fullmatch(r"\w+ ", before)


def figure(text: str, spot: re.Match[str]) -> Figure:
    rest = text[spot.end() :]
    sign = re.match(r"%|×|[KMBkxX]\b|ms|GB|TB", rest)
    sort = "word" if spot[0].isalpha() else sign[0] if sign else ""
    after = re.match(r"[^\w]*([A-Za-z]+)", rest[len(sign[0]) if sign else 0 :])
    return Figure(*spot.span(), spot[0], sort, after[1].lower() if after else "")
