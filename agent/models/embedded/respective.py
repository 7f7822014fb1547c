"""Lists told side by side: `by 31% and 53% on Foo and Bar, respectively`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from agent.models.embedded.quantities import Value

Slot = Literal["metric", "on", "versus"]


def shared_out(text: str, group: Sequence[Value]) -> list[dict[Slot, str]] | None:
    """Returns what each value of a list has that the others have not, in their order; None where nothing is told so.

    Where `respectively` says that there is such a list and none of the right length is found, all is left out that
    could belong to another value.
    """
    respective = "respectively" in text
    behind = text[group[-1].end : group[-1].end + _NEAR]
    for slot, items in [
        *_lists(behind, len(group), 0),
        *(_before(text[: group[0].begin], len(group)) if respective else ()),
    ]:
        if (respective or slot == "on") and all(item in text for item in items):
            return [{slot: item} for item in items]
    return None


def _before(text: str, count: int) -> list[tuple[Slot, list[str]]]:
    """Returns the lists before the values, the nearest first."""
    return list(_lists(text, count, max(0, len(text) - _FAR)))[::-1]


_NEAR = 300
"""Characters behind the values in which their list is looked for."""
_FAR = 160


def _lists(text: str, count: int, start: int) -> Iterator[tuple[Slot, list[str]]]:
    """Yields each list of so many things, and which slot the word before it says that it fills."""
    clause = _STOP.split(text[start:], maxsplit=1)[0] if start == 0 else text[start:]
    for joint in _AND.finditer(clause):
        last = _RIGHT.match(clause, joint.end())
        parts = clause[: joint.start()].split(", ")
        if last is None or len(parts) < count - 1:
            continue
        *first, beside = parts[-(count - 1) :] if count > 1 else parts
        pieces = [*first, beside]
        lead, opening = _opened(pieces[0])
        items = [opening, *(piece.strip() for piece in pieces[1:]), last[0].strip()]
        if lead in _SLOTS and all(0 < len(item.split()) <= _LONGEST and not item[0].isdigit() for item in items):
            yield _SLOTS[lead], items


_STOP = re.compile(r"[;.](?: |$)|, (?:which|while|whereas)\b")
_AND = re.compile(r",? and (?:the )?")
_LONGEST = 5
_EDGE = (
    r"(?:on|in|for|at|over|than|across|with|of|from|by|against|to|both|under|versus|the|a|an|our|its|their"
    r"|outperform\w*"
    r"|surpass\w*|exceed\w*|achiev\w*|reduc\w*|improv\w*|increas\w*|boost\w*|lower\w*|rais\w*|cut\w*|sav\w*|is|are"
    r"|was|were|that|as|respectively|compared)"
)
_RIGHT = re.compile(rf"(?:(?!{_EDGE}\b)[\w@^*+'’&/.-]*[\w@^*+'’&/-](?: |(?=[,;:.)]|$)))+")
_SLOTS: dict[str, Slot] = {
    "on": "on", "in": "on", "for": "on", "at": "on", "across": "on", "under": "on", "over": "versus", "than": "versus",
    "against": "versus", "versus": "versus", "of": "metric", "change": "metric",
}  # fmt: skip


def _opened(piece: str) -> tuple[str, str]:
    """Returns the word that leads a list, and its first thing."""
    words = piece.split()
    at = next((at for at in range(len(words) - 1, -1, -1) if re.fullmatch(_EDGE, words[at], re.I)), -1)
    lead = words[at].lower() if at >= 0 else ""
    if lead in ("the", "a", "an", "our", "its", "their", "both") and at > 0:
        lead = words[at - 1].lower()
    if lead.startswith(("outperform", "surpass", "exceed")) or (
        lead in ("to", "with") and words[at - 1][:6] == "compar"
    ):
        return "than", " ".join(words[at + 1 :])
    if lead.startswith(("reduc", "improv", "increas", "boost", "lower", "rais", "cut", "sav")):
        return "change", " ".join(words[at + 1 :])
    return lead, " ".join(words[at + 1 :])
