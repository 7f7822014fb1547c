"""How digests, summaries and answers are shown: terminal, Markdown, JSON, CSV, HTML."""

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


def comparisons(
    items: Iterable[schema.Comparison],
    format: Literal["terminal", "markdown", "csv", "json", "jsonl", "html"],  # noqa: A002  named as the option is
    *,
    width: int = 80,
    color: bool = False,
) -> Iterator[str]:
    """Yields one piece of text an answer, as soon as it is there; JSON and HTML are one piece for all of them."""
    if format in ("json", "jsonl"):
        yield from _records(items, whole=format == "json")
        return
    from agent.render.comparison.content import compose

    answers = map(compose, items)
    if format == "html":
        from agent.render.comparison import html

        yield html.page(list(answers))
    elif format == "csv":
        from agent.render.comparison import csv

        yield csv.head()
        yield from map(csv.comparison, answers)
    elif format == "markdown":
        from agent.render.comparison import markdown

        yield from _parted(map(markdown.comparison, answers), "\n")
    else:
        from agent.render.comparison import terminal

        yield from _parted((terminal.comparison(one, width=width, color=color) for one in answers), "\n\n")


def _records(items: Iterable[schema.Comparison], *, whole: bool) -> Iterator[str]:
    """A record a line, or one object: the answer itself where there is only one."""
    from agent.render import json
    from agent.schema import Comparisons

    if not whole:
        yield from map(json.line, items)
        return
    made = tuple(items)
    yield json.pretty(made[0] if len(made) == 1 else Comparisons(comparisons=made))


def _parted(texts: Iterable[str], gap: str) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield gap * bool(number) + text
