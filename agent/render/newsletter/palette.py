"""The colours of an issue, by what they are for; every text stands out from its ground by 4.5 to 1 or more.

WCAG 2.2, success criterion 1.4.3.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One colour each, as `#rrggbb`."""

    page: str
    """Around the card."""
    card: str
    """What the text stands on."""
    text: str
    dim: str
    """Text that is read second."""
    line: str
    """Rules between parts; no text has it."""
    track: str
    """What a bar lies on."""
    accent: str
    """Links and bars."""


LIGHT = Palette(
    page="#f4f5f7", card="#ffffff", text="#1b1b1d", dim="#5c5f66", line="#d5d8dd", track="#eceef1", accent="#0b57a4"
)
DARK = Palette(
    page="#0f1114", card="#16181c", text="#e7e8ea", dim="#a3a8b1", line="#3a3f47", track="#2a2e35", accent="#8ab9f5"
)
