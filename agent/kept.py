"""A draft of an issue as the writer left it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from agent import marks
from agent.ledger import FRONT, ISSUE, PAPER, Entry, begun, checksum, trimmed


@dataclass(frozen=True)
class Part:
    """What stands between the mark of a block and the next one."""

    key: str
    text: str
    """Word by word, without the empty lines around it; empty where the writer left only the mark."""


@dataclass(frozen=True)
class Field:
    """A key of the front matter with all that stands below it up to the next one."""

    name: str
    text: str
    """As it stands, without the last line end."""


@dataclass(frozen=True)
class Kept:
    """A draft that `digest` wrote, and whatever became of it since."""

    parts: tuple[Part, ...]
    """In the order of the file; a key stands here twice where the writer copied a block."""
    ledger: tuple[Entry, ...]
    opening: str = ""
    """What stands in front of the first block; all of it is the writer's."""
    front: tuple[Field, ...] = ()
    """What stands in front of the first key has an empty name."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Of the front matter, as far as they are plain text."""

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of every paper that ever had one in this issue, by its id."""
        return {one.key.removeprefix(PAPER): one.number for one in self.ledger if one.number}

    @cached_property
    def slug(self) -> str:
        """The issue of which this is a draft, whatever the writer has made of its address; empty for none."""
        named = (one.key.removeprefix(ISSUE) for one in self.ledger if one.key.startswith(ISSUE))
        # It becomes the name of a folder.
        return next((slug for slug in named if re.fullmatch("[a-z0-9-]+", slug)), "")

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What the ledger knows of each key."""
        return {one.key: one for one in self.ledger}

    @cached_property
    def shown(self) -> frozenset[str]:
        """The ids of the papers that have a block or a line of a list."""
        own = {part.key.removeprefix(PAPER) for part in self.parts if part.text and part.key.startswith(PAPER)}
        return frozenset(own.union(*(marks.papers(part.text) for part in self.parts)))

    @cached_property
    def deleted(self) -> frozenset[str]:
        """The keys of the blocks that were written, and that the writer took out."""
        there = {part.key for part in self.parts if part.text}
        return frozenset(
            one.key for one in self.ledger if one.checksum and one.key not in there and not one.key.startswith(FRONT)
        )

    def is_edited(self, key: str, text: str) -> bool:
        """Whether the text of a block, or of a key of the front matter, is the writer's."""
        entry = self.entries.get(key)
        return not entry or entry.checksum != checksum(text)

    def apart(self, part: Part) -> tuple[Part, str]:
        """Returns a block as it was written, and what the writer put below it; nothing where they are not told apart.

        What is indented goes on with a list above it.
        """
        entry = self.entries.get(part.key)
        end = begun(part.text, entry.checksum) if entry and entry.checksum else 0
        below = trimmed(part.text[end:]) if end else ""
        return (part, "") if not below or below[0].isspace() else (replace(part, text=part.text[:end]), below)

    def own(self, name: str) -> str | None:
        """Returns a value of the front matter if the writer gave it; None for one that is as it was written."""
        changed = any(self.is_edited(FRONT + one.name, one.text) for one in self.front if one.name == name)
        return re.sub(r"\s+", " ", self.values[name]).strip() if changed and name in self.values else None
