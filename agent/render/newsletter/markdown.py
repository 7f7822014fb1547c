"""An issue as a draft in Markdown that a writer edits, and that `digest` reads back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from agent import ledger, marks
from agent.kept import Field, Kept
from agent.ledger import FRONT, ISSUE, PAPER, SECTION, Entry
from agent.render.cited import Said, Source
from agent.render.content import Sentence
from agent.render.markdown import escape, inline
from agent.render.newsletter import blocks
from agent.render.newsletter.blocks import Bar, Block, Issue
from agent.render.newsletter.merging import Draft
from agent.sections import RESIDUAL

NEW = Kept(parts=(), ledger=())
TAGS = 5
"""Topics that are named as tags."""


def issue(issue: Issue, folder: Path | None = None) -> str:
    """Returns the draft: front matter, each block behind a mark of its own, and the ledger.

    `folder` holds templates of the user's. In an issue that an edited draft was merged into, blocks that the writer
    changed are put back word by word, and so is the front matter; what was taken out is remembered.
    """
    kept = issue.kept if isinstance(issue, Draft) else NEW
    fresh = {field.name: field for field in _fields(issue)}
    fields = list(_front(fresh, kept))
    texts = [(block, text) for block, text in zip(issue.blocks, _texts(issue, folder), strict=True) if text]
    entries = (Entry(ISSUE + issue.identity), *_front_entries(fresh, kept), *_entries(issue, texts, kept))
    front = ["\n".join(("---", *(field.text for field in fields), "---"))] if fields else []
    shown = [f"{marks.of_block(block.key)}\n\n{text}" if block.key else text for block, text in texts]
    return "\n\n".join((*front, *shown, ledger.written(entries))) + "\n"


def _texts(issue: Issue, folder: Path | None) -> Iterator[str]:
    """What stands in each block; nothing for one in which nothing is said."""
    from agent.render.newsletter import templates

    words = {function.__name__: function for function in SAYING}
    for block in issue.blocks:
        if block.edited is not None:
            yield ledger.trimmed(block.edited)
        else:
            text = templates.render("issue.md.j2", folder, block=block, **words)
            yield ledger.trimmed(re.sub(r"\n{3,}", "\n\n", text))


# What a template says with.


def sentences(said: Iterable[Said]) -> str:
    """Returns sentences with the numbers of the papers that they cite."""
    return " ".join(map(_numbered, said))


def sentence(said: Said) -> str:
    """Returns a sentence that stands below its paper."""
    return _marked(escape(said.text), marks.of_statement(said.text, said.cites))


def reason(said: Said) -> str:
    """Returns why a paper leads, in words of code; they stand on the abstract where it has their numbers."""
    told = " ".join(quote for one in said.citations for _, quote in one.quotes)
    numbers = _NUMBER.findall(said.text)
    carried = said.cites if numbers and all(number in _NUMBER.findall(told) for number in numbers) else ()
    return _marked(inline(said.text), marks.of_count(said.text, carried))


def counted(text: str, label: str = "", *, strong: bool = False, sources: Sequence[Source] = ()) -> str:
    """Returns what code has counted, behind its label; the numbers of its papers follow."""
    said = f"**{inline(text)}**" if strong else inline(text) if label else escape(text)
    shown = f"**{inline(label)}** {said}" if label else said
    _, numbers, _ = Sentence("", tuple(sorted(source.number for source in sources))).parts
    return _marked(shown, f"{numbers}{marks.of_count(f'{label} {text}{numbers}')}")


def heading(source: Source, *, strong: bool = False) -> str:
    """Returns the number of a paper, its name and title, and its links."""
    head = source.heading
    page = next((link for link in source.links if "paper" in link.label.split(" + ")), None)
    lead = f"[{inline(head.lead)}]({_address(page.url)})" if page else inline(head.lead)
    named = f"**[{source.number}] {lead}**" if strong else f"[{source.number}] {lead}"
    links = [f"[{inline(link.label)}]({_address(link.url)})" for link in source.links if link.label != "paper"]
    return " · ".join((named + inline(head.joint + head.rest), *links)) + marks.of_paper(source.paper_id)


def bars(shown: Iterable[Bar]) -> str:
    """Returns parts of something with their sizes."""
    return ", ".join(f"{bar.label} ({bar.count})" for bar in shown)


SAYING: Sequence[Callable[..., str]] = (
    inline, escape, sentences, sentence, reason, counted, heading, bars,
)  # fmt: skip


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _marked(shown: str, mark: str) -> str:
    """A text and its mark; none without a text, for a mark that begins a line makes all of the line raw HTML."""
    return shown and shown + mark


def _address(url: str) -> str:
    """An address as Markdown reads it: percent-encoded already, but for what would be an entity there."""
    return re.sub(r"&(?=#?\w+;)", "&amp;", url)


def _numbered(said: Said) -> str:
    numbers = tuple(sorted({one.source.number for one in said.citations}))
    text, reference, stop = Sentence(said.text, numbers).parts
    return f"{escape(text)}{reference}{stop}{marks.of_statement(said.text, said.cites)}"


# Front matter.


def _front(fresh: Mapping[str, Field], kept: Kept) -> Iterator[Field]:
    """The writer's keys as they stand, ours renewed, and those that are new."""
    for field in kept.front:
        if kept.is_edited(FRONT + field.name, field.text):
            yield field
        elif field.name in fresh:
            yield fresh[field.name]
    there = {field.name for field in kept.front}
    yield from (field for name, field in fresh.items() if name not in there and FRONT + name not in kept.entries)


def _front_entries(fresh: Mapping[str, Field], kept: Kept) -> Iterator[Entry]:
    """What the ledger says of the front matter: a key that was written once is not written again."""
    theirs = {FRONT + field.name for field in kept.front if kept.is_edited(FRONT + field.name, field.text)}
    there = {FRONT + field.name for field in kept.front}
    for key, text in ((FRONT + name, field.text) for name, field in fresh.items()):
        known = kept.entries.get(key)
        if known and (key in theirs or key not in there):
            yield known
        elif key not in theirs:
            yield Entry(key, ledger.checksum(text))


def _fields(issue: Issue) -> Iterator[Field]:
    """Keys that Buttondown and Ghost know by these names; `description` is what mail programs show."""
    import yaml

    told = {block.topic_id for block in issue.blocks if isinstance(block, blocks.Paper)}
    sections = (block for block in issue.blocks if isinstance(block, blocks.Section))
    tags = [block.label for block in sections if block.topic_id in told and block.label not in RESIDUAL][:TAGS]
    values = {
        "title": issue.subject,
        "subject": issue.subject,
        "description": issue.preheader,
        "slug": issue.slug,
        "date": issue.day,
        "language": issue.language,
        "author": issue.author,
        "tags": tags,
        "status": "draft",
    }
    for name, value in values.items():
        if value:
            text = yaml.safe_dump({name: value}, allow_unicode=True, width=10**6, default_flow_style=False)
            yield Field(name, text.rstrip("\n"))


# The ledger.


def _entries(issue: Issue, texts: Iterable[tuple[Block, str]], kept: Kept) -> Iterator[Entry]:
    """Every block as it was written last, what was taken out, and the numbers of the papers."""
    entries = {block.key: _entry(block, text, kept) for block, text in texts}
    entries |= {one.key: one for one in kept.ledger if one.key in kept.deleted and one.key not in entries}
    numbers = {PAPER + paper_id: number for paper_id, number in kept.numbers.items()}
    numbers |= {PAPER + source.paper_id: source.number for source in issue.sources}
    for key in dict.fromkeys((*entries, *(one.key for one in kept.ledger), *numbers)):
        entry, number = entries.get(key) or Entry(key), numbers.get(key, 0)
        if entry.checksum or number:
            yield replace(entry, number=number)


def _entry(block: Block, text: str, kept: Kept) -> Entry:
    """A block of the writer's stays known by what `digest` wrote in its place, if it wrote anything."""
    before = kept.entries.get(block.key) or Entry(block.key)
    section = f"{SECTION}{block.topic_id}" if isinstance(block, blocks.Paper | blocks.Further) else before.section

    return Entry(block.key, before.checksum if block.edited is not None else ledger.checksum(text), section=section)
