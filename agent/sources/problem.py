"""What could not be read, told in one line."""

from __future__ import annotations

from dataclasses import dataclass

EXCERPT = 60
"""Characters of a record that are enough to find it again."""


@dataclass(frozen=True)
class Problem:
    """A record that could not be read, or a remark about a file."""

    source: str
    """File, or file and line: `seeds/x.txt:41`."""
    reason: str
    """What is wrong and what to try, in one printable line."""
    entry: bool
    """True for a record that is lost and counted as unreadable; False for a remark that costs no record."""


def excerpt(text: str) -> str:
    """Returns the beginning of a text between quotes, short enough for one line and fit to print."""
    begin = "".join(character if character.isprintable() else "�" for character in text[:EXCERPT])
    return f"“{begin.rstrip()}…”" if len(text) > EXCERPT else f"“{begin}”"
