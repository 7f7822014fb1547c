"""Digests and summaries in Markdown: CommonMark that reads the same where its extensions are understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agent import marks
from agent.render.bars import picture
from agent.render.card import Card
from agent.render.content import Content, Section, Sentence
from agent.render.entry import Entry, Heading, Link
from agent.schema import Citation


def digest(content: Content) -> str:
    """Returns the digest; a paragraph is a line, for the reader's program to wrap.

    Comments that no reader sees say what each statement stands on, so that `digest check` finds it after an edit.
    """
    opening = escape(content.opening) + marks.of_count(content.opening)
    blocks = [f"# {inline(content.title)}", opening, *_bars(content.sections)]
    for section in content.sections:
        blocks += _section(section)
    blocks += _list(f"Seen before ({len(content.seen_before)})", content.seen_before)
    blocks += _list("Left out", content.left_out)
    made = (f"Coverage: {content.coverage}", *content.made, content.checks)
    blocks += _list("How it was made", made)
    return "\n\n".join(blocks) + "\n"


def summary(card: Card) -> str:
    """Returns a summary under a heading of its own."""
    facts = f"*{inline(card.kind)}* · {inline(card.paper_id)}"
    blocks = [f"## {inline(card.heading.whole)}{marks.of_paper(card.paper_id)}", facts, _cited(card.tldr)]
    blocks += [_labelled(label, map(_cited, sentences)) for label, sentences in card.statements]
    if card.results:
        blocks.append(_labelled("Results", (_facets(one.facets) + one.reference for one in card.results)))
    if card.limitations:
        blocks.append(_labelled("Limitations", map(_cited, card.limitations)))
    if card.terms:
        blocks.append("\\\n".join(f"**{label}:** {inline(shown)}" for label, shown in card.terms))
    blocks += [_links(card.links)] if card.links else []
    blocks.append(escape(card.made))
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    r"""Returns text that Markdown shows as it is, wherever in a line it is put.

    Signs that open or close something inside a line are escaped everywhere, those that make a line a heading, list,
    quote or rule only at the start (CommonMark 0.31, sections 2.4 and 4; the extensions of GitHub: tables,
    strikethrough, `$` mathematics, bare links).
    """
    return _LEADING.sub(r"\1\\", inline(text))


def inline(text: str) -> str:
    """Returns text that Markdown shows as it is behind other text on the line."""
    return _INLINE.sub(r"\\\g<0>", text)


def _heading(shown: Heading) -> str:
    """Returns a title, its lead in bold."""
    return f"**{inline(shown.lead)}**{inline(shown.joint + shown.rest)}"


def _cited(sentence: Sentence) -> str:
    """Returns a sentence with its numbers."""
    body, reference, stop = sentence.parts
    return f"{escape(body)}{reference}{stop}{marks.of_statement(sentence.text, sentence.cites)}"


def _links(shown: Iterable[Link]) -> str:
    """Returns links side by side; the addresses are percent-encoded already, but for what only Markdown reads."""
    return " · ".join(f"[{link.label}]({_ENTITY.sub('&amp;', link.url)})" for link in shown)


def _facets(headline: tuple[str, ...]) -> str:
    """Returns a result, its value set off from what is known about it."""
    value, *known = map(inline, headline)
    return " · ".join((f"**{value}**", *known))


_INLINE = re.compile(r"[\\`*_\[\]<|~#${}]|&(?=#?\w+;)|(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_LEADING = re.compile(r"\A(?:(\d{1,9})(?=[.)](?:\s|\Z))|(?=[-+=>:%]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def _bars(sections: Iterable[Section]) -> Iterator[str]:
    """The picture of the topics in a code block, the one place where columns stay columns."""
    bars = picture((section.label, len(section.entries)) for section in sections)
    lines = [f"{bar.label}  {bar.bar} {bar.count}" for bar in bars]
    if lines:
        longest = max(map(len, re.findall("`+", "".join(lines))), default=0)
        fence = "`" * max(3, longest + 1)
        yield "\n".join((f"{fence}text", *lines, fence))


def _section(section: Section) -> Iterator[str]:
    yield f"## {inline(section.label)} · {section.size}"
    if section.overview:
        yield " ".join(map(_cited, section.overview))
    for entry in section.entries:
        yield _entry(entry)


def _entry(entry: Entry) -> str:
    """An item of an ordered list; its own lines are parted by hard breaks, so that it stays compact."""
    marker = f"{entry.number}. "
    lines = [_heading(entry.heading) + marks.of_paper(entry.paper_id)]
    tldr, headline = (Citation(paper_id=entry.paper_id, evidence=evidence) for evidence in entry.evidence)
    if entry.tldr:
        lines.append(escape(entry.tldr) + marks.of_statement(entry.tldr, [tldr]))
    if entry.headline:
        lines.append(f"*{inline(entry.headline)}*{marks.of_statement(entry.headline, [headline])}")
    if entry.links:
        lines.append(_links(entry.links))
    return marker + ("\\\n" + " " * len(marker)).join(lines)


def _labelled(label: str, lines: Iterable[str]) -> str:
    return "\n".join((f"**{label}**\n", *(f"- {line}" for line in lines)))


def _list(label: str, lines: Iterable[str]) -> list[str]:
    items = "\n".join(f"- {escape(line)}" for line in lines)
    return [f"## {label}", items] if items else []
