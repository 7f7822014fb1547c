"""What an issue is about, counted: its largest topics, and the one whose share has changed most."""

from __future__ import annotations

from collections.abc import Iterator

from agent.grounding.languages import is_english
from agent.models.embedded.newsletter.phrasing import lowered
from agent.render.safe import printable
from agent.schema import Newsletter, Trend, Trends
from agent.sections import RESIDUAL

_FEWEST_TOPICS, _FEWEST_PAPERS = 3, 3
"""Where there are fewer topics, or the largest has fewer papers, none of them outweighs the others."""


def weights(newsletter: Newsletter) -> Iterator[str]:
    """Yields a sentence on the largest topics, and one on the largest change; none in other languages than English."""
    if is_english(newsletter.language):
        yield from _largest(newsletter)
        yield from _changed(newsletter.trends) if newsletter.trends else ()


def _largest(newsletter: Newsletter) -> Iterator[str]:
    named = [one for one in newsletter.sections if one.entries and one.label not in RESIDUAL]
    sizes = sorted(((len(one.entries) + len(one.further), one.label) for one in named), key=lambda one: -one[0])
    if len(sizes) >= _FEWEST_TOPICS and sizes[0][0] >= _FEWEST_PAPERS:
        (first, label), (second, other) = sizes[:2]
        label, other = printable(lowered(label)), printable(lowered(other))
        yield f"The largest topics are {label} ({first}) and {other} ({second})."


def _changed(trends: Trends) -> Iterator[str]:
    """Yields no figures: the papers of both windows were sorted anew, so that these differ a little from the sizes."""
    ranked = sorted(trends.trends, key=lambda trend: -abs(_change(trend, trends)))
    for trend in ranked[:1]:
        verb = {"new": "is new", "growing": "has grown most", "fading": "has lost most"}[trend.kind]
        label = printable(trend.label)
        yield f"{label} {_plural(verb) if ' and ' in label else verb} since {printable(trends.before.label)}."


def _change(trend: Trend, trends: Trends) -> float:
    return trend.now / max(1, trends.papers_now) - trend.before / max(1, trends.papers_before)


def _plural(verb: str) -> str:
    return verb.replace("has", "have").replace("is", "are")
