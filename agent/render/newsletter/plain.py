"""An issue as plain text, for mail programs that show no HTML and for readers who want none."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from agent.render.cited import Said
from agent.render.newsletter import edited
from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.mail import written
from agent.render.newsletter.templates import render

WIDTH = 72
"""Characters of a line, so that a quoted one still fits into 80. RFC 3676, section 4.2, has 78 for the longest."""


def text(issue: Issue, folder: Path | None = None) -> str:
    """Returns the text, ended by a newline: no line ends in a space, and no address is broken.

    `folder` may hold an `issue.txt.j2` of the user's own. Raises `ConfigError` when that fails.
    """
    own = written(issue, edited.as_text)
    filled = render("issue.txt.j2", folder, issue=issue, written=own, said=_said, wrapped=wrapped, width=WIDTH)
    lines = "\n".join(line.rstrip() for line in filled.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def wrapped(text: str) -> str:
    """Returns text in lines of `WIDTH`, words longer than that left whole.

    Lines stay lines, and what follows a bullet or a number stands below its text; code is left as it is.
    """
    return "\n".join(map(_line, text.split("\n")))


_BULLETS = re.compile(r" *(?:(?:>|-|\d+\.|\[\d+\]) +)*")


def _said(*sentences: Said) -> str:
    """Sentences with the numbers of the papers that carry them: `It is so [2] [7].`."""
    return " ".join(map(_cited, sentences))


def _cited(one: Said) -> str:
    if one.in_cell:
        return one.text
    body, _, stop = one.parts
    return f"{body}{''.join(f' [{citation.source.number}]' for citation in one.citations)}{stop}"


def _line(line: str) -> str:
    if line.startswith("    "):
        return line
    found = _BULLETS.match(line)
    start = found[0] if found else ""
    return textwrap.fill(
        line[len(start) :],
        WIDTH,
        initial_indent=start,
        subsequent_indent=re.sub("[^>]", " ", start),
        break_long_words=False,
        break_on_hyphens=False,
    )
