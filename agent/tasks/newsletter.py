"""An issue of a newsletter, drafted from a digest."""

from __future__ import annotations

from agent.models.base import Model, provenance
from agent.schema import Digest, Newsletter, NewsletterEntry, NewsletterSection, Pick, Reason


def newsletter(digest: Digest, model: Model) -> Newsletter:
    """Returns the draft of an issue."""
    summaries = {one.paper_id: one for one in digest.summaries}
    sections = tuple(
        NewsletterSection(
            topic_id=topic.id,
            label=topic.label,
            overview=topic.overview,
            entries=tuple(NewsletterEntry(paper_id=key, line=summaries[key].tldr) for key in topic.paper_ids),
        )
        for topic in digest.topics
    )
    picks = [Pick(paper_id=one.paper_id, reasons=(Reason(kind="code", text="has code"),)) for one in digest.summaries]
    return Newsletter(
        subject="What the week was about",
        preheader=f"{len(digest.summaries)} papers in {len(digest.topics)} topics.",
        intro=tuple(topic.overview[0] for topic in digest.topics[:4] if topic.overview),
        picks=tuple(picks[:4]),
        sections=sections,
        digest=digest,
        provenance=provenance("summarize", model.name),
    )
