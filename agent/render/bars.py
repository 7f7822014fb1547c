"""A small picture of how large the topics are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

CELLS = 24
"""Length of the longest bar."""

LABEL_CELLS = 40
"""Labels longer than this are cut."""

EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True)
class Bar:
    """One line of the picture; labels and bars of a picture line up in a fixed-width font."""

    label: str
    bar: str
    count: str


def picture(sizes: Iterable[tuple[str, int]]) -> list[Bar]:
    """Returns a bar for each label and size; a single one has nothing to be compared with and gives none."""
    from rich.cells import cell_len, set_cell_size

    pairs = list(sizes)
    if len(pairs) < 2:
        return []
    labels = [label if cell_len(label) <= LABEL_CELLS else _cut(label) for label, _ in pairs]
    width = max(map(cell_len, labels))
    most = max(size for _, size in pairs)
    return [
        Bar(set_cell_size(label, width), _bar(size, most), str(size))
        for label, (_, size) in zip(labels, pairs, strict=True)
    ]


def _cut(label: str) -> str:
    from rich.cells import set_cell_size

    return set_cell_size(label, LABEL_CELLS - 1).rstrip() + "…"


def _bar(size: int, most: int) -> str:
    """A bar exact to an eighth of a cell, and never nothing."""
    full, eighths = divmod(round(CELLS * 8 * size / max(most, 1)), 8)
    return ("█" * full + EIGHTHS[eighths].strip()) or EIGHTHS[1]
