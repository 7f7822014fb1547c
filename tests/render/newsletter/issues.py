"""An issue made by hand, with every kind of block."""

import datetime
from dataclasses import replace

from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.content import Masthead, compose
from agent.schema import (
    CitedSentence,
    Digest,
    Figure,
    Newsletter,
    NewsletterEntry,
    NewsletterSection,
    Pick,
    Reason,
    Share,
    Statement,
    Trend,
    Trends,
    Window,
)
from tests.render import samples

MASTHEAD = Masthead("Soil Weekly")
BEFORE = Window(label="2025-W11", since=datetime.date(2025, 3, 10), until=datetime.date(2025, 3, 16))


def newsletter(digest: Digest | None = None, **fields) -> Newsletter:
    digest = digest or samples.digest()
    known = {
        "subject": "Fungal networks from one soil core, and four more papers",
        "preheader": "What lives in the soil, and where its carbon and nitrogen go.",
        "intro": tuple(sentence for topic in digest.topics for sentence in topic.overview),
        "picks": tuple(
            Pick(
                paper_id=one.paper_id,
                reasons=(Reason(kind="code", text="has code"), Reason(kind="result", text="a result", evidence=(2,))),
            )
            for one in digest.summaries[:2]
        ),
        "sections": tuple(_section(topic, digest) for topic in digest.topics),
        "by_the_numbers": (
            Figure(
                kind="released",
                label="Papers with code",
                count=1,
                of=5,
                shares=(Share(label="code", count=1, paper_ids=digest.topics[0].paper_ids[:1]),),
                note="Counted by what the abstracts link to.",
            ),
        ),
        "trends": Trends(
            before=BEFORE,
            papers_now=5,
            papers_before=2,
            trends=tuple(
                Trend(kind=kind, label=topic.label, now=3, before=1, paper_ids=topic.paper_ids[:1])
                for kind, topic in zip(("new", "growing", "fading"), digest.topics, strict=False)
            ),
        ),
        "closing": "Until next week.",
        "digest": digest,
        "provenance": samples.provenance("newsletter@1"),
    }
    return Newsletter(**known | fields)


def issue(made: Newsletter | None = None, masthead: Masthead = MASTHEAD, **fields) -> Issue:
    return replace(compose(made or newsletter(), masthead), **fields)


def earlier(**fields) -> Issue:
    """The issue of the week before."""
    return issue(slug="2025-w11", subject="Peat, mostly", day=BEFORE.until, **fields)


def _section(topic, digest):
    said = {one.paper_id: one.tldr for one in digest.summaries}
    shown, named = topic.paper_ids[:2], topic.paper_ids[2:]
    overview = tuple(CitedSentence.model_validate(one) for one in topic.overview)
    return NewsletterSection(
        topic_id=topic.id,
        label=topic.label,
        overview=overview,
        entries=tuple(
            NewsletterEntry(
                paper_id=key,
                line=said[key],
                result=Statement(text="It is 12.5% better.", evidence=(2,)),
                marks=("keyword “soil”",),
            )
            for key in shown
            if key in said
        ),
        further=named,
    )
