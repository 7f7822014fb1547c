"""What an issue is about, counted: its largest topics, and the one whose share has changed most."""

from __future__ import annotations

from collections.abc import Iterator

from agent.grounding.languages import is_english
from agent.models.embedded.newsletter.phrasing import lowered
from agent.render.safe import printable
from agent.render.words import days
from agent.schema import Newsletter, Trend, Trends, Window
from agent.sections import RESIDUAL

_FEWEST_TOPICS, _FEWEST_PAPERS = 3, 3
"""Where there are fewer topics, or the largest has fewer papers, none of them outweighs the others."""


def weights(newsletter: Newsletter) -> Iterator[str]:
    """Yields a sentence on the largest topics, and one on the largest change; none in other languages than English."""
    if is_english(newsletter.language):
        yield from _largest(newsletter)
        yield from _changed(newsletter.trends, newsletter.digest.window) if newsletter.trends else ()


def since(before: Window, window: Window) -> str:
    """Returns how a window calls the one with which it is compared: `the week before`, else its days."""
    if _adjoin(before, window):
        return "the week before"
    return days(before.since, before.until) or printable(before.label)


def _adjoin(before: Window, window: Window) -> bool:
    """Whether both are weeks, one after the other."""
    bounds = [before.since, before.until, window.since, window.until]
    first, last, start, end = [day.toordinal() if day else 0 for day in bounds]
    return last - first == end - start == 6 and start == last + 1


def _largest(newsletter: Newsletter) -> Iterator[str]:
    named = [one for one in newsletter.sections if one.entries and one.label not in RESIDUAL]
    sizes = sorted(((len(one.entries) + len(one.further), one.label) for one in named), key=lambda one: -one[0])
    if len(sizes) >= _FEWEST_TOPICS and sizes[0][0] >= _FEWEST_PAPERS:
        (first, label), (second, other) = sizes[:2]
        label, other = printable(lowered(label)), printable(lowered(other))
        yield f"The largest topics are {label} ({first}) and {other} ({second})."


def _changed(trends: Trends, window: Window) -> Iterator[str]:
    ranked = sorted(trends.trends, key=lambda trend: -abs(_change(trend, trends)))
    for trend in ranked[:1]:
        verb = {"new": "is new", "growing": "has grown most", "fading": "has lost most"}[trend.kind]
        label = printable(trend.label)
        yield f"{label} {_plural(verb) if ' and ' in label else verb} since {since(trends.before, window)}."


def _change(trend: Trend, trends: Trends) -> float:
    return trend.now / max(1, trends.papers_now) - trend.before / max(1, trends.papers_before)


def _plural(verb: str) -> str:
    return verb.replace("has", "have").replace("is", "are")
