"""What was found against an answer, told to whoever gave it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from agent.grounding import Abstract, Violation, examine

MOST_FOUND = 3
"""Faults that are told of one item."""
LONGEST_FOUND = 80
LONGEST_SUPPORT = 300
"""Characters."""
EXCUSE = re.compile(
    r"\b(sorry|apologi[sz]e|cannot|can't|unable|as an ai|language model|rate limit|error)\b", re.IGNORECASE
)


def is_excuse(text: str, cites: Sequence[tuple[Abstract, Sequence[int]]]) -> bool:
    """Returns whether an excuse or an error stands where something should be told of what is cited."""
    return bool(EXCUSE.search(text)) and any(violation.kind == "overlap" for violation in examine(text, cites))


def lines(violations: Iterable[Violation]) -> list[str]:
    """Returns a line for each item that must not be shown: where it stands, why, and what the cited sentences say."""
    blocking = [violation for violation in violations if violation.blocks]
    return [_line(list(found)) for _, found in groupby(blocking, key=lambda violation: violation.field)]


def _line(found: Sequence[Violation]) -> str:
    faults = "; ".join(dict.fromkeys(map(_fault, found[:MOST_FOUND])))
    return f"{found[0].field}: {faults}.{_support(found[0])}"


def _fault(violation: Violation) -> str:
    found = f'"{_short(violation.found, LONGEST_FOUND)}": ' if violation.found else ""
    return f"{found}{_short(violation.reason, LONGEST_FOUND)}"


def _support(violation: Violation) -> str:
    """The cited sentences, where there are any that carry something."""
    if not violation.support:
        return ""
    numbers = ", ".join(map(str, violation.evidence))
    sentences = "Sentence" if len(violation.evidence) == 1 else "Sentences"
    return f' {sentences} {_short(numbers, LONGEST_FOUND)}: "{_short(violation.support, LONGEST_SUPPORT)}"'


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
