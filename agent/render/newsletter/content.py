"""What an issue says, before any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent import schema
from agent.editorial.lines import line
from agent.editorial.releases import released
from agent.editorial.trends import FEWEST, MARKED
from agent.grounding.languages import is_english
from agent.render import account, names
from agent.render.account import tally
from agent.render.cited import Citation, Said, Source
from agent.render.content import Content
from agent.render.content import compose as compose_digest
from agent.render.entry import heading, links
from agent.render.newsletter import blocks
from agent.render.newsletter.blocks import Block, Issue
from agent.render.newsletter.weights import since, weights
from agent.render.safe import printable, told
from agent.render.words import counted, days

PICKS, ALSO, NUMBERS, SEEN, LEFT_OUT, METHOD = (
    "Editor’s picks", "Also in this topic", "By the numbers", "Seen before", "Left out", "About this issue",
)  # fmt: skip
CHECKED = (
    "A program has checked each sentence against those of the abstracts that it stands on, and made all counts; [n] is "
    "paper n."
)
SEEN_SHOWN = 10
"""Titles of papers seen before; the others are counted."""


@dataclass(frozen=True)
class Masthead:
    """What every issue of a newsletter has in common."""

    publication: str = "Digest"
    site: str = ""
    author: str = ""


def compose(
    newsletter: schema.Newsletter, masthead: Masthead = Masthead(), numbers: Mapping[str, int] | None = None
) -> Issue:
    """Returns what there is to say in an issue.

    `numbers` are those that papers have in an earlier draft of it; they keep them, and others get the next ones.
    """
    window = newsletter.digest.window
    sources = _sources(newsletter, numbers or {})
    content = compose_digest(newsletter.digest)
    return Issue(
        slug=slug(window),
        subject=printable(newsletter.subject),
        preheader=printable(newsletter.preheader),
        span=days(window.since, window.until) or printable(window.label),
        day=window.until or window.since,
        language=printable(newsletter.language),
        blocks=tuple(_blocks(newsletter, content, sources)),
        sources=tuple(sorted(sources.values(), key=lambda source: source.number)),
        publication=printable(masthead.publication),
        site=masthead.site.rstrip("/"),
        author=printable(masthead.author),
    )


def slug(window: schema.Window) -> str:
    """Returns what tells the issue about a window from others, in file names and addresses: `2025-w12`."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in window.label.lower())
    return "-".join(plain.split()) or "issue"


def _sources(newsletter: schema.Newsletter, kept: Mapping[str, int]) -> dict[str, Source]:
    """Every paper of the issue with its number, in the order in which they are read."""
    digest = newsletter.digest
    papers = {paper.id: paper for paper in digest.papers}
    summaries = {summary.paper_id: summary for summary in digest.summaries}
    shown = [
        key for section in newsletter.sections for key in (*(e.paper_id for e in section.entries), *section.further)
    ]
    ids = [key for key in dict.fromkeys((*shown, *summaries)) if key in papers]
    numbers = {key: number for key, number in kept.items() if key in papers}
    # A paper that has gone keeps its number: the writer's words may still refer to it.
    fresh = max(kept.values(), default=0)
    for key in ids:
        if key not in numbers:
            fresh += 1
            numbers[key] = fresh
    headings = [heading(papers[key], summaries[key].name if key in summaries else None) for key in ids]
    short = names.short(headings, list(map(printable, ids)))
    return {
        key: Source(
            number=numbers[key],
            paper_id=key,
            name=name,
            heading=head,
            why="",
            links=links(papers[key], summaries[key].artifacts if key in summaries else ()),
            sentences=tuple(map(printable, papers[key].sentences)),
        )
        for key, name, head in zip(ids, short, headings, strict=True)
    }


def _blocks(newsletter: schema.Newsletter, content: Content, sources: Mapping[str, Source]) -> Iterator[Block]:
    yield _intro(newsletter, content, sources)
    yield from _picks(newsletter, sources)
    for section in newsletter.sections:
        yield from _section(newsletter, section, sources)
    yield _numbers(newsletter, sources)
    yield from _changes(newsletter)
    yield from _listings(newsletter, content)
    if newsletter.closing:
        yield blocks.Closing(key="closing", text=printable(newsletter.closing))


def _intro(newsletter: schema.Newsletter, content: Content, sources: Mapping[str, Source]) -> Block:
    window = newsletter.digest.window
    return blocks.Intro(
        key="intro",
        sentences=tuple(_cited(newsletter.intro, sources)),
        counted=" ".join((content.opening, *weights(newsletter))),
        dateline=days(window.since, window.until),
    )


def _picks(newsletter: schema.Newsletter, sources: Mapping[str, Source]) -> Iterator[Block]:
    entries = {entry.paper_id: entry for section in newsletter.sections for entry in section.entries}
    picks = [pick for pick in newsletter.picks if pick.paper_id in sources and pick.paper_id in entries]
    if picks:
        yield blocks.Title(key="picks", label=PICKS)
    for pick in picks:
        source = sources[pick.paper_id]
        yield blocks.Pick(
            key=blocks.pick_key(pick.paper_id),
            source=source,
            line=_said(entries[pick.paper_id].line, source),
            result=_result(entries[pick.paper_id], source),
            reasons=tuple(Said(printable(one.text), (Citation(source, one.evidence),), True) for one in pick.reasons),
        )


def _section(
    newsletter: schema.Newsletter, section: schema.NewsletterSection, sources: Mapping[str, Source]
) -> Iterator[Block]:
    summaries = {summary.paper_id: summary for summary in newsletter.digest.summaries}
    papers = {paper.id: paper for paper in newsletter.digest.papers}
    picked = {pick.paper_id for pick in newsletter.picks}
    label = printable(section.label)
    yield blocks.Section(
        key=f"section:{section.topic_id}",
        topic_id=section.topic_id,
        label=label,
        tally=printable(section.tally) if is_english(newsletter.language) else "",
        overview=tuple(_cited(section.overview, sources)),
        size=len(section.entries) + len(section.further),
    )
    for entry in section.entries:
        source, summary = sources[entry.paper_id], summaries[entry.paper_id]
        yield blocks.Paper(
            key=f"paper:{entry.paper_id}",
            source=source,
            topic_id=section.topic_id,
            topic=label,
            contribution=summary.contribution,
            has_code="code" in released(summary, papers[entry.paper_id]),
            line=_said(entry.line, source),
            result=_result(entry, source),
            marks=tuple(map(printable, entry.marks)),
            picked=entry.paper_id in picked,
        )
    if section.further:
        further = [key for key in section.further if key in sources and key in summaries]
        yield blocks.Further(
            key=f"further:{section.topic_id}",
            topic_id=section.topic_id,
            label=ALSO if section.entries else "",
            sources=tuple(sources[key] for key in further),
            contributions={key: summaries[key].contribution for key in further},
            coded=frozenset(key for key in further if "code" in released(summaries[key], papers[key])),
            told={
                key: _said(line(schema.SummarizedPaper(paper=papers[key], summary=summaries[key])), sources[key])
                for key in further
                if is_english(newsletter.language)
            },
        )


def _numbers(newsletter: schema.Newsletter, sources: Mapping[str, Source]) -> Block:
    topics = [one for one in newsletter.sections if one.entries]
    sizes = [(printable(one.label), len(one.entries) + len(one.further)) for one in topics]
    return blocks.Numbers(
        key="numbers",
        label=NUMBERS,
        topics=tuple(_bars((schema.Share(label=label, count=size) for label, size in sizes), sources)),
        figures=tuple(
            blocks.Figure(
                kind=figure.kind,
                label=printable(figure.label),
                value=_value(figure),
                bars=tuple(_bars(figure.shares, sources)),
                note=printable(figure.note),
            )
            for figure in newsletter.by_the_numbers
        ),
    )


def _value(figure: schema.Figure) -> str:
    """The count and of how many; empty where its parts say it all."""
    if figure.count != figure.of:
        return f"{figure.count} of {figure.of}"
    return "" if figure.shares else str(figure.count)


def _bars(shares: Iterable[schema.Share], sources: Mapping[str, Source]) -> Iterator[blocks.Bar]:
    known = list(shares)
    most = max((share.count for share in known), default=1) or 1
    for share in known:
        among = tuple(sources[key] for key in share.paper_ids if key in sources)
        yield blocks.Bar(printable(share.label), share.count, share.count / most, among)


def _changes(newsletter: schema.Newsletter) -> Iterator[Block]:
    trends, window = newsletter.trends, newsletter.digest.window
    if not trends or not trends.trends:
        return
    papers = {paper.id: paper for paper in (*newsletter.digest.papers, *trends.papers)}
    called = {summary.paper_id: summary.name for summary in newsletter.digest.summaries}
    yield blocks.Changes(
        key="changes",
        label=f"Since {since(trends.before, window)}",
        compared=_compared(trends, window),
        changes=tuple(
            blocks.Change(
                kind=trend.kind,
                label=printable(trend.label),
                figures=_shares(trend, trends),
                examples=tuple(heading(papers[key], called.get(key)).lead for key in trend.paper_ids if key in papers),
            )
            for trend in trends.trends
        ),
    )


def _compared(trends: schema.Trends, window: schema.Window) -> str:
    """How many papers there are, and which topics are told."""
    now, before = counted(trends.papers_now, "paper"), counted(trends.papers_before, "paper")
    first = days(trends.before.since, trends.before.until)
    when = since(trends.before, window)
    span = f"{when} ({first})" if first and first != when else when
    fewest = counted(min(trends.papers_now, trends.papers_before), "paper")
    return (
        f"{now} now, {before} in {span}, sorted into the same topics. What papers are about is listed if its share is "
        f"at least {MARKED:g} times what it was, or the reverse, and if the difference comes to {FEWEST} of {fewest}."
    )


def _shares(trend: schema.Trend, trends: schema.Trends) -> str:
    before = _share(trend.before, trends.papers_before)
    if not trend.now:
        return f"no section now, {before} of the papers before"
    return f"{_share(trend.now, trends.papers_now)} of the papers, {before} before"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if part else "none"


def _listings(newsletter: schema.Newsletter, content: Content) -> Iterator[Block]:
    seen, troubles = content.seen_before, account.troubles(newsletter.digest)
    if seen:
        more = (f"and {len(seen) - SEEN_SHOWN} more",) if len(seen) > SEEN_SHOWN else ()
        yield blocks.Listing(key="seen", label=f"{SEEN} ({len(seen)})", lines=(*seen[:SEEN_SHOWN], *more))
    if troubles:
        yield blocks.Listing(key="left-out", label=LEFT_OUT, lines=troubles)
    *made, _ = content.made
    # That nothing failed is what a reader expects; what did is told.
    checks = (content.checks,) if content.degraded else ()
    covered = account.covered(newsletter.digest.coverage)
    lines = (covered, CHECKED, *made, *_opened(newsletter.provenance), *checks)
    yield blocks.Listing(key="method", label=METHOD, lines=lines)


def _opened(maker: schema.Provenance) -> Iterator[str]:
    """Who wrote what only an issue has, and how that fared."""
    model, prompt = printable(maker.model), printable(maker.prompt)
    checks = maker.checks
    mended = f" · {tally(checks)}" if checks.repaired or checks.dropped or checks.withheld else ""
    yield f"Opening: model {model} · prompt {prompt}{mended}"
    yield from account.spent([maker])
    if maker.degraded:
        yield printable(maker.degraded)


def _cited(sentences: Sequence[schema.CitedSentence], sources: Mapping[str, Source]) -> Iterator[Said]:
    for sentence in sentences:
        cites = (Citation(sources[cite.paper_id], cite.evidence) for cite in sentence.cites if cite.paper_id in sources)
        yield Said(told(sentence), tuple(cites))


def _said(statement: schema.Statement, source: Source) -> Said:
    return Said(told(statement), (Citation(source, statement.evidence),), in_cell=True)


def _result(entry: schema.NewsletterEntry, source: Source) -> Said | None:
    return _said(entry.result, source) if entry.result and printable(entry.result.text) else None
