"""Simple clauses: a short subject, a verb and a short object that may change places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import PREPOSITIONS, VERBS, capital, forms, small

OPENERS = re.compile(r"(?:.*(?:\bthat|\bwhile|\bwhere|\bwhereas|\bbut|;|:|,) |)(?=\S)", re.DOTALL)
ENDS = re.compile(
    r"(?=[,;:.)](?:\s|$)|\s\(|\s(?:by|on|in|across|with|while|at|for|under|when|and|using|without|over|from|during|because|"
    r"to|through|via|as|even|despite|than|that|which|where|after|before|within|between|both|especially|only|is|are)\b)"
)
BARRED = set(
    """we which who it this they these that to not can may and or there despite although because if when as since
unlike alongside together how what more one both either""".split()
)
UNENDING = set(
    "the a an its their our all most such well other only first prompted trained used based being just".split()
)
FINITE = {form for base in VERBS for form in forms(base)[1:3]} | {"is", "are", "was", "were", "has", "have"}


@dataclass(frozen=True)
class Clause:
    """Where subject, verb and object of a clause stand."""

    start: int
    a: str
    between: str
    """What stands between subject and verb: an adverb or nothing."""
    b: str
    end: int


def clause(text: str, verb: re.Match[str], adverb: str = "") -> Clause | None:
    """Finds the short phrases on both sides of a verb; None where they are not plain noun phrases."""
    opener = OPENERS.match(text[: verb.start()])
    start = opener.end() if opener else 0
    before = re.fullmatch(rf"(.*?) ({adverb})", text[start : verb.start()], re.DOTALL)
    rest = text[verb.end() :]
    stop = ENDS.search(rest, 2)
    if not before or not stop or not rest.startswith(" "):
        return None
    a, b = before[1], rest[1 : stop.start()]
    fits = noun_phrase(a) and noun_phrase(b) and a.lower() != b.lower()
    return Clause(start, a, before[2] or "", b, verb.end() + stop.start()) if fits else None


def noun_phrase(phrase: str) -> bool:
    """Whether a phrase of at most eight words has neither verb nor pronoun and ends with its noun."""
    words = phrase.lower().split()
    clean = not set(words) & (BARRED | FINITE) and not re.search(r"[,;:()]", phrase)
    return 0 < len(words) <= 8 and clean and words[0] not in PREPOSITIONS and not ends_open(words[-1])


def ends_open(word: str) -> bool:
    """Whether a phrase cannot end with the word."""
    return word in UNENDING or word in PREPOSITIONS or word.endswith(("ly", "-"))


def swap_ends(text: str, parts: Clause, verb: str) -> str:
    """Writes the clause with subject and object exchanged."""
    made = f"{parts.b} {parts.between}{verb} {small(parts.a)}"
    return text[: parts.start] + (capital(made) if parts.start == 0 else made) + text[parts.end :]
