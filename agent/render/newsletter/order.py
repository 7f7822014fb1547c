"""Where the blocks of a new issue go in the order that a writer has given to its draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from agent.kept import Kept
from agent.ledger import PAPER, SECTION
from agent.render.newsletter import blocks
from agent.render.newsletter.blocks import Block

MORE = blocks.Title(key="more", label="Further papers")
"""Heading of the new papers whose topic the writer has taken out."""

PICKS, PICK = "picks", "pick:"


class Order:
    """The blocks of a draft, into which those of an issue are put."""

    def __init__(self, fresh: Sequence[Block], kept: Kept, there: Iterable[Block]) -> None:
        self.fresh = fresh
        self.kept = kept
        self.blocks = list(there)
        self.moved: dict[str, list[Block]] = {}
        """Papers on their way from one topic to another, each with what the writer put below it."""
        self.homeless: set[str] = set()
        """Keys of the papers whose topic the writer has taken out."""

    def move(self) -> None:
        """Takes out the papers that are of another topic now; not those that the writer has moved.

        What the writer has edited, or put a text below, goes along only where the topic that it stood in is gone.
        """
        stood = dict(_stood(part.key for part in self.kept.parts if part.text))
        there = {block.key for block in self.blocks}
        stay: list[Block] = []
        for block, notes in self._noted():
            known = self.kept.entries.get(block.key)
            left = known.section if known and isinstance(block, blocks.Paper) else ""
            ours = block.edited is None and not notes
            if left and stood.get(block.key) == left != _home(block) and (ours or left not in there):
                self.moved[block.key] = [block, *notes]
            else:
                stay += [block, *notes]
        self.blocks = stay

    def add(self) -> None:
        """Puts in what is new, and what was taken out to be moved."""
        for block in self.fresh:
            if self._is_wanted(block):
                self._put(block)
        self.blocks = list(self._named())

    def _is_wanted(self, block: Block) -> bool:
        """Whether a block of the issue is to be put in; what was taken out stays out, with all that belongs to it."""
        if block.key in self.kept.deleted or self._at(block.key) is not None:
            return False
        if isinstance(block, blocks.Section):
            return any(_home(one) == block.key and self._is_wanted(one) for one in self.fresh if _is_paper(one))
        if isinstance(block, blocks.Pick):
            return PAPER + block.source.paper_id not in self.kept.deleted and self._at(PICKS) is not None
        return not isinstance(block, blocks.Further) or self._at(_home(block)) is not None

    def _put(self, block: Block) -> None:
        if is_head(block.key):
            self.blocks.insert(self._behind_parts(block), block)
            return
        place = self._beside(block)
        if place is None:
            self.homeless.add(block.key)
            place = self._behind_all()
        self.blocks[place:place] = self.moved.get(block.key, [block])

    def _beside(self, block: Block) -> int | None:
        """The place behind the nearest block that goes before it; None where nothing of its topic is left."""
        siblings = [one.key for one in self.fresh if _home(one) == _home(block)]
        number = siblings.index(block.key)
        part = self._part(_home(block))
        known = {one.key: at for at, one in enumerate(self.blocks) if part is None or at in part}
        before = next((known[key] for key in reversed(siblings[:number]) if key in known), None)
        before = part.start if before is None and part else before
        if before is not None:
            return self._behind(before)
        return next((known[key] for key in siblings[number + 1 :] if key in known), None)

    def _behind_parts(self, head: Block) -> int:
        """The place behind the part that goes before this one; one of its own kind is looked for first."""
        heads = [one for one in self.fresh if is_head(one.key)]
        number = [one.key for one in heads].index(head.key)
        before, after = heads[:number][::-1], heads[number + 1 :]
        for alike in (True, False):
            for other in before:
                part = self._part(other.key) if not alike or other.kind == head.kind else None
                if part:
                    return part.stop
            for other in after:
                part = self._part(other.key) if not alike or other.kind == head.kind else None
                if part:
                    return part.start
        return len(self.blocks)

    def _behind_all(self) -> int:
        """The place behind the last topic, under a heading of its own unless the writer has taken that out."""
        part = self._part(MORE.key)
        if part:
            return self._behind(max(at for at in part if self.blocks[at].key))
        sections = [one.key for one in self.blocks if isinstance(one, blocks.Section) or one.key.startswith(SECTION)]
        heads = [*sections[-1:], PICKS, "intro"]
        place = next((found.stop for found in map(self._part, heads) if found), len(self.blocks))
        if MORE.key in self.kept.deleted:
            return place
        self.blocks.insert(place, MORE)
        return place + 1

    def _behind(self, at: int) -> int:
        return at + 1 + len(below(self.blocks, at))

    def _noted(self) -> Iterator[tuple[Block, list[Block]]]:
        """Each block with what the writer put below it."""
        held: list[list[Block]] = []
        for block in self.blocks:
            if block.key or not held:
                held.append([])
            held[-1].append(block)
        yield from ((first, notes) for first, *notes in held)

    def _part(self, key: str) -> range | None:
        """Where a heading stands, with all below it up to the next one."""
        start = self._at(key)
        if start is None:
            return None
        stop = start + 1
        while stop < len(self.blocks) and not is_head(self.blocks[stop].key):
            stop += 1
        return range(start, stop)

    def _at(self, key: str) -> int | None:
        return next((at for at, block in enumerate(self.blocks) if block.key == key), None)

    def _named(self) -> Iterator[Block]:
        """The blocks, with lists that name no paper that was taken out, nor one that is shown in full."""
        apart = self.kept.deleted | {block.key for block in self.blocks}
        for block in self.blocks:
            if isinstance(block, blocks.Further) and block.edited is None:
                sources = tuple(one for one in block.sources if PAPER + one.paper_id not in apart)
                if sources:
                    yield replace(block, sources=sources)
            elif block is not MORE or len(self._part(MORE.key) or ()) > 1:
                yield block


def is_head(key: str) -> bool:
    """Whether a block begins a part of the issue, which goes on to the next such block."""
    return key.startswith(SECTION) or (bool(key) and ":" not in key)


def below(shown: Sequence[Block], at: int) -> Sequence[Block]:
    """Returns what the writer put below a block; a text that ends a part belongs to all of the part."""
    stop = at + 1
    while stop < len(shown) and not shown[stop].key:
        stop += 1
    ends = stop == len(shown) or is_head(shown[stop].key)
    return () if ends and not is_head(shown[at].key) else shown[at + 1 : stop]


def _is_paper(block: Block) -> bool:
    return isinstance(block, blocks.Paper | blocks.Further)


def _home(block: Block) -> str:
    """The key of the heading under which a block goes; empty for a heading."""
    if isinstance(block, blocks.Paper | blocks.Further):
        return SECTION + block.topic_id
    return PICKS if isinstance(block, blocks.Pick) else ""


def _stood(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each block of a draft with the heading that stood over it."""
    head = ""
    for key in keys:
        head = key if is_head(key) else head
        yield key, head
