"""An issue as one web page that needs nothing else: no other file, no network, and no script that it cannot do without.

Where scripts run, papers can be searched and filtered, and each sentence shows what carries it.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from agent.render.newsletter import charts, edited, palette, seats, templates
from agent.render.newsletter.blocks import Further, Issue, Paper
from agent.render.newsletter.seats import Seats
from agent.render.words import counted
from agent.text import LANGUAGE

if TYPE_CHECKING:
    from markupsafe import Markup

PAGE, STYLE, SCRIPT = "web.html.j2", "web.css.j2", "web.js.j2"


def page(issue: Issue, folder: Path | None = None) -> str:
    """Returns the page, made by the templates of `folder` where it has some."""
    style, script = _inline(STYLE, folder), _inline(SCRIPT, folder)
    taken = seats.taken(issue)
    return templates.render(
        PAGE,
        folder,
        issue=issue,
        language=issue.language if LANGUAGE.fullmatch(issue.language) else "en",
        style=style,
        script=script,
        policy=_policy(style, script),
        groups=taken.groups,
        seats=taken,
        total=counted(len(taken.listed), "paper"),
        topics=_topics(taken),
        kinds=_kinds(issue),
        chart=charts.chart,
        written=edited.as_html,
    )


def _inline(name: str, folder: Path | None) -> Markup:
    """A style or script as it stands in the page; no text of an issue ever enters it."""
    from markupsafe import Markup

    made = templates.render(name, folder, light=palette.LIGHT, dark=palette.DARK)
    return Markup(made.strip())  # noqa: S704 - made of files of ours or of the user's only


def _policy(style: str, script: str) -> str:
    """What the page may load and run: this one style and this one script, and pictures that it holds itself.

    Content Security Policy Level 3, section 8.4 on hashes.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _topics(taken: Seats) -> list[tuple[str, str, int]]:
    """The topics that papers can be filtered by, in reading order: id, label and number of papers."""
    labels: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    for topic, label in taken.listed.values():
        if topic:
            labels[topic] = labels.get(topic) or label
            sizes[topic] += 1
    return [(topic, label or topic, sizes[topic]) for topic, label in labels.items()]


def _kinds(issue: Issue) -> list[tuple[str, int]]:
    """The contributions that papers can be filtered by, the most frequent first."""
    kinds: dict[str, str] = {}
    for block in issue.blocks:
        if isinstance(block, Paper):
            kinds[block.source.paper_id] = block.contribution
        elif isinstance(block, Further):
            kinds |= block.contributions
    return sorted(Counter(kinds.values()).items(), key=lambda item: (-item[1], item[0]))
