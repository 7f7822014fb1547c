"""Short names of papers for the heads of a table, no two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agent.render.entry import Heading

LONGEST = 28
"""Cells of a terminal that a name may take, what tells it from a namesake not counted."""

LOOSE = frozenset("a an and as at by for from in into of on or the to towards via with".split())
"""Words that no name ends with."""


def short(headings: Sequence[Heading], ids: Sequence[str], called: Sequence[str] = ()) -> list[str]:
    """Returns a name for each title: what the question calls it, else what stands before its colon, or its first words.

    Papers of one name are told apart by what their titles say next, and where that is the same too, by their ids.
    """
    asked = called or [""] * len(headings)
    names = [_beginning(name) if name else _lead(heading) for name, heading in zip(asked, headings, strict=True)]
    told = [_told_apart(name, heading) for name, heading in zip(names, headings, strict=True)]
    names = _where_shared(names, told)
    return _where_shared(names, [f"{name} ({paper_id})" for name, paper_id in zip(names, ids, strict=True)])


def _lead(heading: Heading) -> str:
    return _beginning(heading.lead)


def _told_apart(name: str, heading: Heading) -> str:
    return f"{name} ({_beginning(heading.rest)})" if heading.rest else name


def _where_shared(names: Sequence[str], others: Sequence[str]) -> list[str]:
    """The names, but the other one for those that several have."""
    count = Counter(map(str.casefold, names))
    return [other if count[name.casefold()] > 1 else name for name, other in zip(names, others, strict=True)]


def _beginning(title: str) -> str:
    """The title if it is short, else as many of its first words as are."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(title) <= LONGEST:
        return title
    words = title.split()
    while len(words) > 1 and (cell_len(" ".join(words)) >= LONGEST or words[-1].casefold() in LOOSE):
        words.pop()
    return set_cell_size(" ".join(words), min(cell_len(" ".join(words)), LONGEST - 1)).rstrip(" ,;:–-") + "…"
