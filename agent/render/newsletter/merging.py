"""A new issue and the draft that a writer has edited become one: the writer's words and order, our news.

What counts is the file: blocks stay in the order in which they stand there, in the writer's words where there are any.
Others are renewed, what was taken out stays out, and what is new goes where it stands in the new issue.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar

from agent.kept import Kept, Part
from agent.ledger import FRONT, PAPER
from agent.render.newsletter import blocks
from agent.render.newsletter.blocks import Block, Issue
from agent.render.newsletter.order import MORE, Order
from agent.render.newsletter.renaming import renamed
from agent.render.safe import printable
from agent.render.words import counted, listed


@dataclass(frozen=True, kw_only=True)
class Note(Block):
    """Something that is the writer's alone: a copy, a paper that is in the window no more.

    One with an empty key has no mark: it stands in front of all, or goes on below the block before it.
    """

    kind: ClassVar[str] = "note"


@dataclass(frozen=True, kw_only=True)
class Draft(Issue):
    """An issue with what its writer did to it."""

    kept: Kept
    """The draft as it was; its sections have the keys of this issue."""


@dataclass(frozen=True)
class Counts:
    """What became of a draft."""

    edits: int
    """Blocks in the writer's words, and keys of the front matter that the writer changed or added."""
    deleted: int
    """Blocks that the writer took out."""
    renewed: int
    """Blocks that nobody had touched."""
    gone: int
    """Papers that the draft had, and the issue has no more."""
    added: int
    """Papers that the draft had not, or not any more, in full or by name."""
    homeless: int
    """Of these, those whose topic the writer had taken out; they stand under a heading of their own."""
    unshown: int
    """New papers that would be named in a list which the writer has changed or taken out."""

    def __str__(self) -> str:
        """What the writer is told."""
        kept = [counted(number, noun) for number, noun in ((self.edits, "edit"), (self.deleted, "deletion")) if number]
        told = [f"kept {listed(kept)}"] if kept else ["nothing was edited"]
        told += [f"added {counted(self.added, 'paper')}"] if self.added else []
        are = "is" if self.gone == 1 else "are"
        told += [f"{counted(self.gone, 'paper')} {are} no longer in the window"] if self.gone else []
        told += [f"{self.homeless} of topics that you took out stand under “{MORE.label}”"] if self.homeless else []
        told += [f"{counted(self.unshown, 'new paper')} not named, since you changed the list"] if self.unshown else []
        return "; ".join(told)


def merge(issue: Issue, kept: Kept) -> tuple[Draft, Counts]:
    """Returns the issue with everything that the writer did to its draft, and what that was."""
    kept = renamed(issue, kept)
    fresh = {block.key: block for block in issue.blocks}
    there = list(_there(kept, fresh))
    order = Order(issue.blocks, kept, there)
    order.move()
    order.add()
    merged = tuple(_led(order.blocks))
    draft = Draft(**_fields(issue) | _front(kept) | {"blocks": merged, "fresh": False, "key": kept.slug}, kept=kept)
    return draft, _counts(issue, kept, order, there)


def _led(merged: Sequence[Block]) -> Iterator[Block]:
    """Yields the blocks; a paper whose pick the writer took out is told of in its section again."""
    there = {block.key for block in merged}
    for block in merged:
        if isinstance(block, blocks.Paper) and block.picked and blocks.pick_key(block.source.paper_id) not in there:
            yield replace(block, picked=False)
        else:
            yield block


def _there(kept: Kept, fresh: Mapping[str, Block]) -> Iterator[Block]:
    """The blocks of the file that stay, in its order."""
    if kept.opening:
        yield Note(key="", edited=kept.opening)
    for part in _told_apart(kept):
        known = fresh.get(part.key) or (MORE if part.key == MORE.key else None)
        # Words below a block that is gone would be taken for those of the block before.
        written, below = kept.apart(part) if known else (part, "")
        if kept.is_edited(written.key, written.text):
            yield replace(known, edited=part.text) if known else Note(key=part.key, edited=part.text)
        elif known:
            yield known
        if below:
            yield Note(key="", edited=below)


def _told_apart(kept: Kept) -> Iterator[Part]:
    """The blocks of the file with a text, no two of one key: an item that was copied is a block of the writer's.

    The one that nobody changed stays what it is, so that the writer's goes on being the writer's.
    """
    parts = [part for part in kept.parts if part.text]
    first: dict[str, Part] = {}
    for part in parts:
        known = first.setdefault(part.key, part)
        if kept.is_edited(known.key, known.text) and not kept.is_edited(part.key, part.text):
            first[part.key] = part
    keys = set(first)
    for part in parts:
        yield part if first[part.key] is part else replace(part, key=_copied(part.key, keys))


def _copied(key: str, keys: set[str]) -> str:
    key = re.sub(r"\Acopy:\d+:", "", key)
    number = 2
    while f"copy:{number}:{key}" in keys:
        number += 1
    keys.add(f"copy:{number}:{key}")
    return f"copy:{number}:{key}"


def _fields(issue: Issue) -> dict[str, Any]:
    return {field.name: getattr(issue, field.name) for field in fields(Issue)}


def _front(kept: Kept) -> dict[str, Any]:
    """What the writer's front matter says of the issue; a title that alone was changed is the subject too."""
    given = {
        "subject": kept.own("subject") or kept.own("title"),
        "preheader": kept.own("description"),
        "slug": _slug(kept.own("slug")),
        "day": _day(kept.own("date")),
        "language": kept.own("language"),
        "author": kept.own("author"),
    }
    told = {name: printable(value) if isinstance(value, str) else value for name, value in given.items() if value}
    return {name: value for name, value in told.items() if value}


def _slug(value: str | None) -> str | None:
    """The writer's, where it is fit for an address."""
    return value if value and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value) and len(value) <= 100 else None


def _day(value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def _counts(issue: Issue, kept: Kept, order: Order, there: Sequence[Block]) -> Counts:
    fields_edited = sum(kept.is_edited(FRONT + field.name, field.text) for field in kept.front)
    there_now = {source.paper_id for source in issue.sources}
    new = {PAPER + paper_id for paper_id in there_now - kept.shown}
    unknown = {PAPER + paper_id for paper_id in there_now - kept.numbers.keys()}
    full = {block.key for block in order.blocks if isinstance(block, blocks.Paper)}
    return Counts(
        edits=fields_edited + sum(block.edited is not None for block in order.blocks),
        deleted=len(kept.deleted),
        renewed=sum(block.edited is None for block in there),
        gone=len(kept.shown - there_now),
        added=len(new & (full | _named(order.blocks))),
        homeless=len(new & order.homeless),
        unshown=len(unknown & _named(issue.blocks) - full - _named(order.blocks)),
    )


def _named(shown: Iterable[Block]) -> set[str]:
    """The papers that lists name, where these are as `digest` writes them."""
    lists = (block.sources for block in shown if isinstance(block, blocks.Further) and block.edited is None)
    return {PAPER + source.paper_id for sources in lists for source in sources}
