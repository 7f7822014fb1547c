"""What a library was given, what was found in it, and a paper with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from agent import text
from agent.library.lookup import Hit
from agent.library.report import AddReport
from agent.render.card import Card, compose
from agent.render.entry import heading, links, title
from agent.render.json import line, pretty
from agent.render.safe import printable
from agent.render.words import counted, listed
from agent.schema import SCHEMA_VERSION, Paper, Record, SummarizedPaper, Summary


class Found(Record):
    """What a search found."""

    schema_version: int = SCHEMA_VERSION
    hits: tuple[Hit, ...]


class Kept(Record):
    """A paper of a library."""

    paper: Paper
    summary: Summary | None
    """By the embedded model; None where nothing in the abstract speaks to a reader."""


class KeptPapers(Record):
    """Papers of a library."""

    schema_version: int = SCHEMA_VERSION
    papers: tuple[Kept, ...]


def added(report: AddReport, format: str) -> str:  # noqa: A002
    """Returns what became of the entries that were added."""
    if format == "json":
        return pretty(report)
    completed = f" ({report.completed} of them completed)" if report.completed else ""
    parts = [counted(report.new, "new paper"), f"{report.known} known already{completed}"]
    parts += [counted(report.duplicates, "duplicate")] if report.duplicates else []
    parts += [f"{report.united} turned out to be others"] if report.united else []
    parts += [f"{report.unreadable} unreadable"] if report.unreadable else []
    told = f"{counted(report.entries, 'entry')} read: {listed(parts)}.\n"
    return told + f"{printable(report.library)} holds {counted(report.papers, 'paper')} now.\n"


def found(
    hits: Iterable[Hit],
    format: str,  # noqa: A002
    ids: Mapping[str, str],
    *,
    width: int = 80,
    color: bool = False,
) -> Iterator[str]:
    """Yields what was found, best first; `ids` are those to show, which may be shortened."""
    if format == "json":
        yield pretty(Found(hits=tuple(hits)))
    elif format == "jsonl":
        yield from map(line, hits)
    else:
        yield _hits(list(hits), ids, width, color=color)


def papers(kept: Sequence[Kept], format: str, *, width: int = 80, color: bool = False) -> Iterator[str]:  # noqa: A002
    """Yields each paper with authors, days, links, the sentences of its abstract, its summary and its sightings."""
    if format == "json":
        yield pretty(KeptPapers(papers=tuple(kept)))
        return
    for number, one in enumerate(kept):
        if format == "jsonl":
            yield line(one)
        elif format == "markdown":
            yield "\n" * bool(number) + _markdown(one)
        else:
            yield "\n" * bool(number) + _terminal(one, width, color=color)


def _hits(hits: Sequence[Hit], ids: Mapping[str, str], width: int, *, color: bool) -> str:
    from rich.text import Text

    from agent.render.layout import Page

    page = Page(width, color=color)
    for number, hit in enumerate(hits, 1):
        page.gap()
        if hit.has == "some" and (number == 1 or hits[number - 2].has == "all"):
            page.rule(Text("with some of the words", "cyan"), Text(""))
            page.gap()
        page.add(Text(title(hit.paper), "bold"), indent=5, first=Text(f"{number:>3}", "dim"))
        page.add(Text(f"{_first_seen(hit.paper)} · {printable(ids[hit.paper.id])}", "dim"), indent=7)
        sentence = Text(printable(hit.sentence))
        sentence.truncate(page.width - 7, overflow="ellipsis")
        page.add(sentence, indent=7)
    return page.text()


def _first_seen(paper: Paper) -> str:
    return str(min((sighting.seen for sighting in paper.sightings if sighting.seen), default="undated"))


def _facts(paper: Paper) -> list[tuple[str, list[str]]]:
    """What is known of a paper beside its abstract, those that there are."""
    facts = {
        "Authors": [printable(", ".join(paper.authors))],
        "Published": [str(paper.published or "")],
        "First seen": [_first_seen(paper)],
        "Seen at": [printable(f"{one.source}{f' on {one.seen}' if one.seen else ''}") for one in paper.sightings],
    }
    return [(label, told) for label, told in facts.items() if any(told)]


def _sentences(paper: Paper) -> list[str]:
    """The abstract, numbered as summaries cite it."""
    found = paper.sentences or text.sentences(text.clean(paper.abstract))
    return [f"[{number}] {printable(sentence)}" for number, sentence in enumerate(found, 1)]


def _card(one: Kept) -> Card | None:
    return compose(SummarizedPaper(paper=one.paper, summary=one.summary)) if one.summary else None


def _terminal(one: Kept, width: int, *, color: bool) -> str:
    from rich.text import Text

    from agent.render import terminal
    from agent.render.layout import Page, linked

    page = Page(width, color=color)
    card = _card(one)
    if not card:
        page.rule(Text(heading(one.paper, None).whole, "bold"), Text(printable(one.paper.id), "dim"))
        for link in links(one.paper, ()):
            page.add_whole([linked(link.label, link.url)], indent=0)
    page.gap()
    for label, told in [*_facts(one.paper), ("Abstract", _sentences(one.paper))]:
        for number, each in enumerate(told):
            page.add(Text(each), terminal.GUTTER, Text("" if number else label, "dim"))
    shown = page.text()
    return terminal.summary(card, width=width, color=color) + "\n" + shown if card else shown


def _markdown(one: Kept) -> str:
    from agent.render import markdown

    card = _card(one)
    identity = markdown.inline(printable(one.paper.id))
    blocks = [] if card else [f"## {markdown.inline(title(one.paper))}", identity]
    facts = [f"**{label}:** {markdown.inline('; '.join(told))}" for label, told in _facts(one.paper)]
    blocks += ["\\\n".join(facts), "**Abstract**", "\n".join(f"- {markdown.inline(s)}" for s in _sentences(one.paper))]
    shown = "\n\n".join(blocks) + "\n"
    return f"{markdown.summary(card)}\n{shown}" if card else shown
