"""How a digest or a summary is shown: terminal, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from agent import schema

# Each format is imported where it is asked for: the terminal needs rich, JSON needs neither it nor any layout.


def digest(
    digest: schema.Digest,
    format: Literal["terminal", "markdown", "json"],  # noqa: A002  named as the option is
    *,
    width: int = 80,
    color: bool = False,
) -> str:
    """Returns the digest of a window, ended by a newline; width and colour are the terminal's."""
    if format == "json":
        from agent.render import json

        return json.pretty(digest)
    from agent.render.content import compose

    if format == "markdown":
        from agent.render import markdown

        return markdown.digest(compose(digest))
    from agent.render import terminal

    return terminal.digest(compose(digest), width=width, color=color)


def summaries(
    items: Iterable[schema.SummarizedPaper],
    format: Literal["terminal", "markdown", "jsonl"],  # noqa: A002  named as the option is
    *,
    width: int = 80,
    color: bool = False,
) -> Iterator[str]:
    """Yields one piece of text a paper, as soon as its summary is there."""
    if format == "jsonl":
        from agent.render import json

        yield from map(json.line, items)
        return
    from agent.render.card import compose

    for number, item in enumerate(items):
        gap = "\n" if number else ""
        if format == "markdown":
            from agent.render import markdown

            yield gap + markdown.summary(compose(item))
        else:
            from agent.render import terminal

            yield gap + terminal.summary(compose(item), width=width, color=color)
