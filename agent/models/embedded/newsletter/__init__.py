"""The opening of an issue, extracted from what the summaries of its papers say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.models.embedded.newsletter.intro import intro
from agent.models.embedded.newsletter.material import Issue
from agent.models.embedded.newsletter.subject import preheader, subject
from agent.models.embedded.topics.overviews import overview
from agent.schema import LineDraft, NewsletterDraft, SectionDraft


def draft(inputs: Mapping[str, Any]) -> NewsletterDraft:
    """Returns subject, preheader and intro; in English, and in no other tone than the papers' own."""
    issue = Issue.of(inputs)
    return NewsletterDraft(subject=subject(issue), preheader=preheader(issue), intro=intro(issue))


def retell(inputs: Mapping[str, Any]) -> SectionDraft:
    """Returns the section in the words that are there, in English."""
    papers = [(paper["number"], paper["item"]) for paper in inputs["papers"]]
    lines = (
        LineDraft(paper=number, text=item.summary.tldr.text, evidence=item.summary.tldr.evidence)
        for number, item in papers
    )
    return SectionDraft(overview=overview(papers), lines=tuple(lines))
