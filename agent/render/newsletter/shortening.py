"""What is left out first where an issue is too long for its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.render.cited import Source
from agent.render.newsletter.blocks import Block, Further, Intro, Issue, Numbers, Paper, Pick, Section, Title
from agent.render.newsletter.order import below

METHOD = "method"
"""Key of the block that says how the issue was made."""
MARKUP, NAMED, LINKED = 450, 170, 60
"""About how many bytes the tags of a paper take as HTML, and those of one that is only named, and of a link."""


@dataclass(frozen=True)
class Part:
    """Something that can be left out: a block, or one paper of those that are only named."""

    block: int
    """Where it stands in the issue."""
    number: int | None = None
    """Of the paper, where it is one of several in its block."""
    size: int = MARKUP
    """About how many bytes it takes as HTML; rather too few."""


def parts(issue: Issue) -> tuple[Part, ...]:
    """Returns everything that can be left out, what is missed least first.

    That is papers from the ends of the sections, of each as large a share as of the others; then other blocks from the
    end of the issue, but for those that say what it holds; then these and what the writer wrote. The opening stays.
    """
    papers = tuple(_papers(issue.blocks))
    taken = {part.block for part in papers}
    others = [at for at, block in enumerate(issue.blocks) if at not in taken and not isinstance(block, Intro)]
    last = sorted(others, key=lambda at: (_leads(issue.blocks[at]), -at))
    return (*papers, *(Part(at, None, len(repr(issue.blocks[at]))) for at in last))


def without(issue: Issue, gone: Sequence[Part]) -> Issue:
    """Returns the issue without some of its parts."""
    named = defaultdict(set)
    for part in gone:
        named[part.block].add(part.number)
    kept = (_without(block, named[at]) if at in named else block for at, block in enumerate(issue.blocks))
    return replace(issue, blocks=tuple(block for block in kept if block))


def enough(parts: Sequence[Part], gone: int, over: int) -> int:
    """Returns how many parts to leave out, instead of `gone`, to save about `over` bytes."""
    while gone < len(parts) and over > 0:
        over -= parts[gone].size
        gone += 1
    return gone


def placed(issue: Issue) -> frozenset[int]:
    """Returns the numbers of the papers that the issue shows or names in its sections."""
    shown = {block.source.number for block in issue.blocks if isinstance(block, Paper)}
    named = {source.number for block in issue.blocks if isinstance(block, Further) for source in block.sources}
    return frozenset(shown | named)


def _papers(blocks: Sequence[Block]) -> Iterator[Part]:
    """The papers that nobody has written about, from the ends of the sections upwards."""
    sections: dict[int, list[Part]] = defaultdict(list)
    head = -1
    for at, block in enumerate(blocks):
        head = at if isinstance(block, Section | Title) else head
        if block.edited is None and not below(blocks, at):
            sections[head] += _of(block, at)
    depths = (
        (place / len(section), part.block, place, part)
        for section in sections.values()
        for place, part in enumerate(section)
    )
    for *_, part in sorted(depths, key=lambda depth: depth[:3], reverse=True):
        yield part


def _of(block: Block, at: int) -> Iterator[Part]:
    if isinstance(block, Paper):
        texts = (block.line.text, block.result.text if block.result else "", *block.marks)
        yield Part(at, None, MARKUP + _size(block.source) + sum(map(len, texts)))
    elif isinstance(block, Further):
        for source in block.sources:
            yield Part(at, source.number, NAMED + _size(source))


def _size(source: Source) -> int:
    return len(source.heading.whole) + sum(len(link.url) + LINKED for link in source.links)


def _leads(block: Block) -> bool:
    """Whether a block says what the issue holds, or is the writer's."""
    return isinstance(block, Title | Pick | Section | Numbers) or block.key == METHOD or block.edited is not None


def _without(block: Block, gone: set[int | None]) -> Block | None:
    """What is left of a block of which papers, or all, are gone."""
    if isinstance(block, Further) and None not in gone:
        left = tuple(source for source in block.sources if source.number not in gone)
        return replace(block, sources=left) if left else None
    return None
