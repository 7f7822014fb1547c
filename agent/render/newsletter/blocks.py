"""What an issue is made of, before any format: blocks in the order in which they are read.

A block is what a writer can edit, move or delete as one; its key stays the same from run to run.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from agent.render.cited import Said, Source
from agent.render.words import counted


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of an issue; every text of it is printable and on one line."""

    kind: ClassVar[str] = ""
    key: str
    """Unique in its issue: `intro`, `section:token-pruning`, `paper:t:4e7f08c1`."""
    edited: str | None = None
    """The writer's Markdown that stands in the place of everything else here; None where nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Intro(Block):
    """What the window was about."""

    kind: ClassVar[str] = "intro"
    sentences: tuple[Said, ...]
    counted: str
    """How many papers of which kinds, counted by code."""
    dateline: str = ""
    """The days that the issue is about, where nothing above says so."""


@dataclass(frozen=True, kw_only=True)
class Title(Block):
    """The heading of a part that is no topic, such as the picks."""

    kind: ClassVar[str] = "title"
    label: str


@dataclass(frozen=True, kw_only=True)
class Pick(Block):
    """A paper that leads the issue."""

    kind: ClassVar[str] = "pick"
    source: Source
    line: Said
    result: Said | None
    reasons: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class Section(Block):
    """The heading of a topic, and what its papers are about."""

    kind: ClassVar[str] = "section"
    topic_id: str
    label: str
    overview: tuple[Said, ...]
    size: int
    """Its papers, those that are only named included."""
    tally: str = ""
    """What code has counted of them, in a sentence."""

    @property
    def counted(self) -> str:
        """How many papers it has."""
        return counted(self.size, "paper")


def pick_key(paper_id: str) -> str:
    """Returns the key of the block in which a paper leads the issue."""
    return f"pick:{paper_id}"


@dataclass(frozen=True, kw_only=True)
class Paper(Block):
    """A paper in its section."""

    kind: ClassVar[str] = "paper"
    source: Source
    topic_id: str
    topic: str
    contribution: str
    has_code: bool
    line: Said
    result: Said | None
    marks: tuple[str, ...] = ()
    """What it has of the reader's interests."""
    picked: bool = False
    """Whether it is one of the picks, and told of there."""


@dataclass(frozen=True, kw_only=True)
class Further(Block):
    """The papers of a section that are only named."""

    kind: ClassVar[str] = "further"
    topic_id: str
    sources: tuple[Source, ...]
    label: str = ""
    """What stands above them; empty where their section has no other papers."""
    contributions: Mapping[str, str] = field(default_factory=dict)
    """The kind of contribution of each paper, by its id."""
    coded: frozenset[str] = frozenset()
    """Ids of those that come with code."""
    told: Mapping[str, Said] = field(default_factory=dict)
    """What each paper is about, by its id; none in other languages than English, in which nobody has told it."""


@dataclass(frozen=True)
class Bar:
    """One part of something counted."""

    label: str
    count: int
    share: float
    """Of the longest, from 0 to 1."""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Figure:
    """Something counted."""

    kind: str
    label: str
    value: str
    """`11 of 36`; empty where the bars say it all."""
    bars: tuple[Bar, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class Numbers(Block):
    """What was counted, with its heading."""

    kind: ClassVar[str] = "numbers"
    label: str
    topics: tuple[Bar, ...]
    """How large the topics are."""
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Change:
    """A topic against the window before."""

    kind: str
    """`new`, `growing` or `fading`."""
    label: str
    figures: str
    """Its share of the papers and their number, then those of the window before."""
    examples: tuple[str, ...]
    """Names of papers, or their titles."""


@dataclass(frozen=True, kw_only=True)
class Changes(Block):
    """What has changed since the window before, with its heading."""

    kind: ClassVar[str] = "changes"
    label: str
    compared: str
    """With what, in a sentence with both counts."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Listing(Block):
    """A heading and plain lines: what was seen before, what was left out, how the issue was made."""

    kind: ClassVar[str] = "listing"
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Closing(Block):
    """The last words."""

    kind: ClassVar[str] = "closing"
    text: str


@dataclass(frozen=True)
class Issue:
    """An issue, ready to be laid out in any format."""

    slug: str
    """Lower case, fit for file names and addresses: `2025-w12`."""
    subject: str
    """Also the one first heading."""
    preheader: str
    span: str
    """`17–23 March 2025`; the window's label where it has no days."""
    day: datetime.date | None
    """The last day of the window; no output knows another date."""
    language: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...] = ()
    """Every paper that is shown or cited, by number."""
    publication: str = "Digest"
    """The newsletter's own title."""
    site: str = ""
    """Where its issues are published, without a slash at its end; empty where that is not known."""
    author: str = ""
    fresh: bool = field(default=True, compare=False)
    """Whether no edited draft went into it."""
    key: str = ""
    """What it is known by from run to run, the slug that `digest` gave it; empty where it still has that."""

    @property
    def identity(self) -> str:
        """What it is known by, whatever the writer has made of its address."""
        return self.key or self.slug
