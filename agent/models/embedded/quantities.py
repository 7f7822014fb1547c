"""Numbers in sentences, with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Unit = Literal["share", "measure", "none", "worded"]
"""A share, factor or gain (`4%`, `3x`, `2 points`); a unit of measurement; no unit; a factor or count in words."""
Quantity = tuple[int, int, Unit]
"""Where it begins and ends, and its kind of unit."""


@dataclass(frozen=True)
class Value:
    """A number with its unit, and where it stands in its sentence."""

    text: str
    begin: int
    end: int


@dataclass(frozen=True)
class Telling:
    """How far the numbers of a sentence can be taken for outcomes."""

    reported: bool
    """Whether it reports; else only a number right beside the words for an outcome is one."""
    measuring: bool
    """Whether the paper is of a science that measures: its outcomes have units, and a share needs no other sign."""


def quantities(text: str) -> list[Quantity]:
    """Returns every number with its unit, and every factor or count in words, in the order of the text.

    A range is one quantity, a change (`from 4% to 9%`) is two.
    """
    return sorted([*_numbers(text), *_worded(text)])


NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_START = re.compile(rf"(?<![\w.,^√])(?<!\w[-–−])(?:(?<![%)])[+−-])?(?:{NUMBER}|\.\d+)")
_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_WORDED = re.compile(
    r"\b(?:(?:tens|hundreds|thousands|dozens) of times|(?:an|one|two|three|four|several"
    r"|\d+)(?: \w+)? orders? of magnitude"
    rf"|(?<![.,]){_COUNT} out of (?:the )?{_COUNT}|\d+ of the \d+(?! \w+ (?:models|languages))|factors? of (?:about "
    rf"|~)?\d+(?:\.\d+)?|{_COUNT}(?:[- ]times|-?fold)|1/\d{{1,4}}(?= of\b| the\b)|half (?:of )?(?:the|its)"
    r"|twice(?! (?:a|an|per|daily|each)\b)"
    rf"|double[sd]|halve[sd]|doubling|halving"
    r"|tripling)\b"
)
_WORDS = ("times", "magnitude", " of ", "twice", "doubl", "halv", "half", "fold", "tripling", "factor")
_SPREAD = re.compile(rf"\s?±\s?{NUMBER}|\s?[×x·]\s?10\^?[−-]?\d{{1,3}}(?!\d)")
_SHARE = re.compile(
    r"\s?(?:%|percent(?:age points?)?\b|pp\b|(?:absolute |accuracy |F1 |BLEU )?points?\b|-?fold\b|-?times\b|σ(?!\w)"
    r"|sigma\b|standard deviations?\b"
    r"|(?:frames|tokens|images|samples|queries|requests)(?: per second|/s(?:ec)?)\b|dB\b|FPS\b|fps\b|ms\b)(?!\w)"
    r"|\s?[xX×](?![\w×]|\s?\d)"
)
_ONE = (
    r"(?:mm ?Hg|[kMGTmµμn]?(?:eV|Hz|W|V|J|T|Pa|N|g|m|s|L|A)|mmol/L|mg/dL|[kMm]?K|°C|Å|cm|min|h|hours?|minutes?"
    r"|(?:milli)?seconds?|[MGT]B"
    r"|days?|weeks?|months?|years?|yr|[kMG]b|ka|Ma|[MG]yr|[kMG]?pc|mag|dex|pp[mb]|kJ|mol)"
)
_MEASURE = re.compile(
    rf"\s?{_ONE}[23²³]?(?!\w)(?:[ /·](?:{_ONE}|arcsec)[−-]\d|[−-]\d| per [a-z]+)*| per [a-z]+| \w+ levels\b"
)
RANGE = re.compile(rf"\s?(?:[-–—~]|to)\s?({NUMBER})")


def _numbers(text: str) -> Iterator[Quantity]:
    for match in _START.finditer(text):
        end, unit = _unit(text, match.end())
        if to := RANGE.match(text, end):
            last_end, last_unit = _unit(text, to.end())
            if unit == "none" and began_at(text, match.start(), end):
                unit = last_unit
            elif last_unit != "none" and unit in ("none", last_unit) and not began_at(text, match.start(), end):
                end, unit = last_end, last_unit
        yield match.start(), end, unit


def _unit(text: str, end: int) -> tuple[int, Unit]:
    """Returns where a number ends with what belongs to it, and of what kind its unit is."""
    spread = _SPREAD.match(text, end)
    end = spread.end() if spread else end
    if unit := _SHARE.match(text, end):
        return unit.end(), "share"
    if unit := _MEASURE.match(text, end):
        return unit.end(), "measure"
    return end, "measure" if spread else "none"


def _worded(text: str) -> Iterator[Quantity]:
    """Yields factors and counts in words: `twice`, `nine out of ten`."""
    if any(word in text for word in _WORDS):
        for match in _WORDED.finditer(text):
            yield match.start(), match.end(), "worded"


def began_at(text: str, begin: int, end: int) -> bool:
    """Whether a number is where a change began: `fell from 9%`."""
    before = text[max(0, begin - 90) : begin]
    if not before.endswith("from ") or _SPANNING.search(before):
        return False
    return text.startswith(" to ", end) and CHANGE.occur(before)


_SPANNING = re.compile(r"(?:ging|ying|ning|improvements|gains|reductions|speedups|savings|differences) from $")


class Stems:
    """Beginnings of words, found faster than by a pattern of as many alternatives."""

    def __init__(self, stems: str) -> None:
        """Takes the stems in lower case, parted by spaces."""
        self._stems = tuple(stems.split())

    def occur(self, text: str) -> bool:
        """Whether any word of the text begins with one of them."""
        return any(word.startswith(self._stems) for word in _WORD.findall(text.lower()))


_WORD = re.compile(r"[^\W\d_]+")
CHANGE = Stems(
    "improv increas decreas reduc drop declin fall fell ris rose rais grow grew boost shrink cut lower jump climb chang"
    " advanc expand delay preced follow shorten prolong persist surviv extend decay shift accelerat slow"
)
"""Verbs after which `from` and `to` tell one change, and `by` its size."""
