"""Where each paper of an issue stands in its web page, and which of its sentences are shown there.

A writer may have moved, deleted or repeated blocks: whatever is left, each paper that is shown or cited has one place
to link to, and each sentence that carries something stands in it once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.render.cited import Said, Source
from agent.render.newsletter.blocks import (
    Block,
    Changes,
    Closing,
    Further,
    Intro,
    Issue,
    Listing,
    Numbers,
    Paper,
    Pick,
    Section,
    Title,
)

ALONE = (Intro, Numbers, Changes, Listing, Closing)
"""Blocks that no other one belongs to."""
HEADS = (*ALONE, Section, Title)
"""Blocks that end what stands before them."""

HOMES = (Paper, Further, Pick)
"""Blocks where a paper can have its place, the fittest first."""


@dataclass(frozen=True)
class Quote:
    """A sentence of an abstract that carries something."""

    anchor: str
    number: int
    text: str


@dataclass(frozen=True)
class Seat:
    """A paper where it is shown."""

    source: Source
    anchor: str = ""
    """Empty where the paper has its place elsewhere."""
    quotes: tuple[Quote, ...] = ()
    """What is cited of it; only in its place."""


@dataclass(frozen=True)
class Shown:
    """A block and its papers."""

    at: int
    """Counts the blocks of the issue from 0."""
    block: Block
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True)
class Group:
    """Blocks under one heading."""

    kind: str
    """Of the block with the heading, or of the only block; empty where the heading is gone."""
    anchor: str
    """Only of a topic, where it stands first."""
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Seats:
    """An issue with every paper in its place."""

    groups: tuple[Group, ...]
    anchors: Mapping[str, str]
    """Of each paper that is shown or cited, by its id."""
    rest: tuple[Seat, ...]
    """Papers that are cited but have no place in any block."""
    slugs: Mapping[str, str]
    """Of each topic, by its id."""
    listed: Mapping[str, tuple[str, str]]
    """The papers that can be searched, by id, with slug and label of their topic."""

    def carrying(self, said: Said) -> str:
        """Returns the anchors of the sentences that carry something, parted by blanks."""
        return " ".join(
            quote.anchor for one in said.citations for quote in _quotes(self.anchors, one.source, one.evidence)
        )

    def cited(self, said: Said) -> tuple[tuple[int, str], ...]:
        """Returns number and anchor of the papers that stand behind a sentence, each once."""
        sources = {} if said.in_cell else {one.source.paper_id: one.source for one in said.citations}
        return tuple((one.number, self.anchors[one.paper_id]) for one in sources.values())


def taken(issue: Issue) -> Seats:
    """Returns the issue with every paper in its place."""
    cited, slugs = _cited(issue.blocks), _slugs(issue.blocks)
    homes = _homes(issue.blocks)
    sources = {one.paper_id: one for one in _everyone(issue.blocks)}
    anchors = _anchors(sources.values())

    def seat(source: Source, at_home: bool) -> Seat:
        if not at_home:
            return Seat(source)
        return Seat(
            source, anchors[source.paper_id], tuple(_quotes(anchors, source, sorted(cited.get(source.paper_id, ()))))
        )

    shown = [
        Shown(
            at, block, tuple(seat(one, homes[one.paper_id] == (at, place)) for place, one in enumerate(_papers(block)))
        )
        for at, block in enumerate(issue.blocks)
    ]
    return Seats(
        groups=tuple(_groups(shown, slugs)),
        anchors=anchors,
        rest=tuple(seat(one, True) for key, one in sources.items() if key not in homes),
        slugs=slugs,
        listed=_listed(issue.blocks, slugs),
    )


def _papers(block: Block) -> Sequence[Source]:
    """The papers that a block can be the place of; what a writer has written anew is none but for a paper's own."""
    if isinstance(block, Paper) or (isinstance(block, Pick) and block.edited is None):
        return (block.source,)
    return block.sources if isinstance(block, Further) and block.edited is None else ()


def _homes(blocks: Sequence[Block]) -> dict[str, tuple[int, int]]:
    """Block and place in it where each paper is at home."""
    found = sorted(
        (next(rank for rank, kind in enumerate(HOMES) if isinstance(block, kind)), at, place, source.paper_id)
        for at, block in enumerate(blocks)
        for place, source in enumerate(_papers(block))
    )
    homes: dict[str, tuple[int, int]] = {}
    for _, at, place, paper_id in found:
        homes.setdefault(paper_id, (at, place))
    return homes


def _said(block: Block) -> Iterator[Said]:
    """Every sentence of a block that is shown."""
    if block.edited is not None:
        return
    if isinstance(block, Intro):
        yield from block.sentences
    elif isinstance(block, Section):
        yield from block.overview
    elif isinstance(block, (Pick, Paper)):
        yield from (one for one in (block.line, block.result) if one)
        yield from block.reasons if isinstance(block, Pick) else ()


def _cited(blocks: Iterable[Block]) -> dict[str, set[int]]:
    """The sentences of each paper that carry something."""
    found: dict[str, set[int]] = {}
    for block in blocks:
        for said in _said(block):
            for one in said.citations:
                found.setdefault(one.source.paper_id, set()).update(one.evidence)
    return found


def _everyone(blocks: Iterable[Block]) -> Iterator[Source]:
    """The papers that are shown or cited."""
    for block in blocks:
        yield from _papers(block)
        for said in _said(block):
            yield from (one.source for one in said.citations)


def _anchors(sources: Iterable[Source]) -> dict[str, str]:
    """An anchor for each paper: `p12`; where a writer has given a number twice, `p12-2` for the next one."""
    times: Counter[int] = Counter()
    anchors: dict[str, str] = {}
    for source in sources:
        times[source.number] += 1
        again = times[source.number]
        anchors[source.paper_id] = f"p{source.number}" + (f"-{again}" if again > 1 else "")
    return anchors


def _quotes(anchors: Mapping[str, str], source: Source, numbers: Iterable[int]) -> Iterator[Quote]:
    for number in numbers:
        if 0 < number <= len(source.sentences):
            yield Quote(f"{anchors[source.paper_id]}s{number}", number, source.sentences[number - 1])


def _groups(shown: Iterable[Shown], slugs: Mapping[str, str]) -> Iterator[Group]:
    """Blocks in their order, each paper under the heading that it follows."""
    groups: list[list[Shown]] = []
    for one in shown:
        begins = isinstance(one.block, HEADS) or not groups or isinstance(groups[-1][0].block, ALONE)
        if begins:
            groups.append([])
        groups[-1].append(one)
    free = {topic: f"topic-{slug}" for topic, slug in slugs.items()}
    for group in groups:
        first = group[0].block
        anchor = free.pop(first.topic_id, "") if isinstance(first, Section) else ""
        yield Group(first.kind if isinstance(first, HEADS) else "", anchor, tuple(group))


def _slugs(blocks: Iterable[Block]) -> dict[str, str]:
    """A name for each topic that fits into an address, whatever its id is made of; no two are alike."""
    slugs: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, (Section, Paper, Further)) and block.topic_id not in slugs:
            words = "".join(c if c.isascii() and c.isalnum() else " " for c in block.topic_id.lower()).split()
            slug = "-".join(words) or "topic"
            again = sum(one.partition(".")[0] == slug for one in slugs.values())
            slugs[block.topic_id] = f"{slug}.{again + 1}" if again else slug
    return slugs


def _listed(blocks: Iterable[Block], slugs: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The papers of the topics; those that lead the issue stand in their topics too."""
    labels = {block.topic_id: block.label for block in blocks if isinstance(block, Section)}
    found: dict[str, tuple[str, str]] = {}
    for block in blocks:
        if isinstance(block, (Paper, Further)):
            topic = block.topic if isinstance(block, Paper) else labels.get(block.topic_id, "")
            for source in _papers(block):
                found.setdefault(source.paper_id, (slugs[block.topic_id], topic))
    return found
