"""Digests and summaries in a terminal; plain text without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from agent.render.bars import picture
from agent.render.card import Card, Measured
from agent.render.content import Content, Section, Sentence
from agent.render.entry import Entry, Heading, Link
from agent.render.layout import Page, linked

GUTTER = 13
"""Cells for the labels of a card."""


def digest(content: Content, *, width: int, color: bool) -> str:
    """Returns the digest as lines of at most `width` cells; only addresses may be longer."""
    page = Page(width, color=color)
    page.add(Text(content.title, "bold"))
    page.gap()
    page.add(Text(content.opening))
    _bars(page, content.sections)
    for section in content.sections:
        _section(page, section)
    _closing(page, _seen_before(content), map(Text, content.seen_before), bullet="– ")
    _closing(page, "Left out", map(Text, content.left_out), bullet="– ")
    _closing(page, "Coverage", [Text(content.coverage)])
    checks = Text(content.checks, "yellow" if content.degraded else "")
    _closing(page, "How it was made", [*map(Text, content.made), checks])
    return page.text()


def summary(card: Card, *, width: int, color: bool) -> str:
    """Returns a summary as a card of lines of at most `width` cells; only addresses may be longer."""
    page = Page(width, color=color)
    page.rule(Text(card.kind, "cyan"), Text(card.paper_id, "dim"))
    page.gap()
    page.add(_heading(card.heading))
    page.gap()
    page.add(_cited(card.tldr))
    page.gap()
    for label, sentences in card.statements:
        _labelled(page, label, map(_cited, sentences))
    _labelled(page, "Results", _table(card.results))
    _labelled(page, "Limitations", map(_cited, card.limitations))
    for label, terms in card.terms:
        _labelled(page, label, [Text(terms)])
    _links(page, card.links, GUTTER, first="Links")
    page.gap()
    page.add(Text(card.made, "yellow" if card.degraded else "dim"))
    return page.text()


def _bars(page: Page, sections: Iterable[Section]) -> None:
    bars = picture((section.label, len(section.entries)) for section in sections)
    if bars:
        page.gap()
    for bar in bars:
        page.add_whole([Text.assemble(bar.label, "  ", (bar.bar, "cyan"), " ", (bar.count, "dim"))], indent=2)


def _section(page: Page, section: Section) -> None:
    page.gap(2)
    page.rule(Text(section.label, "bold cyan"), Text(section.size, "dim"))
    if section.overview:
        page.gap()
        page.add(Text(" ").join(map(_cited, section.overview)))
    for entry in section.entries:
        page.gap()
        _entry(page, entry)


def _entry(page: Page, entry: Entry) -> None:
    page.add(_heading(entry.heading), indent=5, first=Text(f"{entry.number:>3}", "dim"))
    if entry.tldr:
        page.add(Text(entry.tldr), indent=7)
    if entry.headline:
        page.add(Text(entry.headline), indent=9, first=Text("       → ", "green"))
    _links(page, entry.links, indent=7)


def _heading(shown: Heading) -> Text:
    return Text.assemble((shown.lead, "bold"), shown.joint, shown.rest)


def _cited(sentence: Sentence) -> Text:
    body, reference, stop = sentence.parts
    return Text.assemble(body, (reference, "dim"), stop)


def _links(page: Page, links: Iterable[Link], indent: int, first: str = "") -> None:
    parts = [linked(link.label, link.url) for link in links]
    if parts:
        page.add_whole(parts, indent, Text(first, "dim"))


def _seen_before(content: Content) -> str:
    return f"Seen before ({len(content.seen_before)})"


def _closing(page: Page, label: str, lines: Iterable[Text], bullet: str = "") -> None:
    """A part at the end of a digest: its label, then its lines; left out when it has none."""
    rows = list(lines)
    if not rows:
        return
    page.gap(2)
    page.add(Text(label, "bold"))
    page.gap()
    for line in rows:
        page.add(line, indent=2 + len(bullet), first=Text(f"  {bullet}"))


def _labelled(page: Page, label: str, lines: Iterable[Text]) -> None:
    """Lines of a card, the first behind its label."""
    for number, line in enumerate(lines):
        page.add(line, GUTTER, Text("" if number else label, "dim"))


def _table(results: tuple[Measured, ...]) -> Iterator[Text]:
    """Results with their values in a column, as long as none of them is a phrase."""
    column = max((cell_len(result.facets[0]) for result in results), default=0)
    for result in results:
        value, *known = result.facets
        padded = set_cell_size(value, column) if column <= GUTTER and known else value
        yield Text.assemble((padded, "green"), "  " if known else "", " · ".join(known), (result.reference, "dim"))
