"""What a writer's edit means for the rest of an issue: nothing refers to what was taken out, or by a name it lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from agent.render.cited import Said
from agent.render.newsletter import blocks
from agent.render.newsletter.blocks import Block, Issue
from agent.render.newsletter.edited import as_text


def settled(issue: Issue) -> Issue:
    """Returns the issue in which blocks that nobody edited follow those that somebody did.

    Sentences about papers that were all taken out go, and so does what was counted of a section that has others now. A
    section that was renamed has its new name everywhere.
    """
    if issue.fresh:
        return issue
    there, labels, sizes = _papers(issue.blocks), _labels(issue.blocks), _sizes(issue.blocks)
    return replace(issue, blocks=tuple(_settled(block, there, labels, sizes) for block in issue.blocks))


def _settled(block: Block, there: Container[str], labels: Mapping[str, str], sizes: Mapping[str, int]) -> Block:
    if isinstance(block, blocks.Intro) and block.edited is None:
        return replace(block, sentences=_carried(block.sentences, there))
    if isinstance(block, blocks.Section):
        return replace(
            block,
            label=labels.get(block.label, block.label),
            tally=block.tally if sizes[block.topic_id] == block.size else "",
            overview=_carried(block.overview, there),
        )
    if isinstance(block, blocks.Paper):
        return replace(block, topic=labels.get(block.topic, block.topic))
    if isinstance(block, blocks.Numbers):
        return replace(
            block, topics=tuple(replace(bar, label=labels.get(bar.label, bar.label)) for bar in block.topics)
        )
    return block


def _papers(shown: Iterable[Block]) -> set[str]:
    """Ids of the papers that have a place in the issue."""
    there: set[str] = set()
    for block in shown:
        if isinstance(block, blocks.Paper | blocks.Pick):
            there.add(block.source.paper_id)
        elif isinstance(block, blocks.Further):
            there |= {source.paper_id for source in block.sources}
    return there


def _sizes(shown: Iterable[Block]) -> Mapping[str, int]:
    """How many papers have a place in each section."""
    sizes: Counter[str] = Counter()
    for block in shown:
        if isinstance(block, blocks.Paper | blocks.Further):
            sizes[block.topic_id] += len(block.sources) if isinstance(block, blocks.Further) else 1
    return sizes


def _labels(shown: Iterable[Block]) -> dict[str, str]:
    """The names that a writer has given to sections, by those that they had."""
    sections = (block for block in shown if isinstance(block, blocks.Section) and block.edited is not None)
    named = ((block.label, _HEADING.match(block.edited or "")) for block in sections)
    return {label: as_text(found["label"]).strip() for label, found in named if found and found["label"].strip()}


_HEADING = re.compile(r"\s*#{1,6}[ \t]+(?P<label>.+?)(?: · \d+ papers?)?[ \t#]*(?:\n|\Z)")


def _carried(sentences: Sequence[Said], there: Container[str]) -> tuple[Said, ...]:
    return tuple(one for one in sentences if any(cite.source.paper_id in there for cite in one.citations))
