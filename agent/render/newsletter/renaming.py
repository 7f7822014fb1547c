"""Topics that go by another name since more papers were read: what a writer did to one holds for it still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from agent.kept import Kept
from agent.ledger import PAPER, SECTION
from agent.render.newsletter import blocks
from agent.render.newsletter.blocks import Issue

FURTHER = "further:"


def renamed(issue: Issue, kept: Kept) -> Kept:
    """Returns the draft with its sections under the keys that they have in the issue.

    A section is taken for one that is gone if it has at least half of the papers that this one had.
    """
    keys = dict(_pairs(_sections_of(issue), _sections_in(kept)))
    if not keys:
        return kept
    keys |= {FURTHER + old.removeprefix(SECTION): FURTHER + new.removeprefix(SECTION) for old, new in keys.items()}
    parts = (replace(part, key=keys.get(part.key, part.key)) for part in kept.parts)
    ledger = (
        replace(entry, key=keys.get(entry.key, entry.key), section=keys.get(entry.section, entry.section))
        for entry in kept.ledger
    )
    return replace(kept, parts=tuple(parts), ledger=tuple(ledger))


def _sections_of(issue: Issue) -> dict[str, set[str]]:
    """The papers of each section, those that are only named too."""
    sections: dict[str, set[str]] = {block.key: set() for block in issue.blocks if isinstance(block, blocks.Section)}
    for block in issue.blocks:
        if isinstance(block, blocks.Paper):
            sections.setdefault(SECTION + block.topic_id, set()).add(block.key)
        elif isinstance(block, blocks.Further):
            named = (PAPER + source.paper_id for source in block.sources)
            sections.setdefault(SECTION + block.topic_id, set()).update(named)
    return sections


def _sections_in(kept: Kept) -> dict[str, set[str]]:
    sections: dict[str, set[str]] = {}
    for entry in kept.ledger:
        if entry.key.startswith(SECTION):
            sections.setdefault(entry.key, set())
        elif entry.key.startswith(PAPER) and entry.section:
            sections.setdefault(entry.section, set()).add(entry.key)
    return sections


def _pairs(fresh: Mapping[str, set[str]], old: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Each section that is gone with the new one that has most of its papers; none is taken twice."""
    shared = (
        (len(papers & fresh[new]), gone, new)
        for gone, papers in old.items() if gone not in fresh
        for new in fresh if new not in old
    )  # fmt: skip
    taken: set[str] = set()
    for count, gone, new in sorted(shared, key=lambda pair: -pair[0]):
        if count and 2 * count >= len(old[gone]) and not taken & {gone, new}:
            taken |= {gone, new}
            yield gone, new
