"""Markdown as lines of plain text, with the marks and links in them (CommonMark 0.31, read by markdown-it)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent import marks
from agent.marks import Mark

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass
class Line:
    """What stands between two breaks that the writer meant: a soft break is a space."""

    number: int
    """Of the file."""
    tag: str
    """Of the block: `p`, `h2`, and `html` for HTML."""
    item: str = ""
    """The number or the bullet of the list item that it begins, as written."""
    text: str = ""
    """Without markup; escapes resolved."""
    strong: str = ""
    """The part in bold at its beginning."""
    slanted: bool = False
    """Whether all of it is in italics."""
    marks: list[tuple[int, Mark]] = field(default_factory=list)
    """Each with the length of the text before it."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Text and address."""


def lines(markdown: str) -> Iterator[Line]:
    """Yields the lines of a text; code blocks are passed over."""
    from markdown_it import MarkdownIt

    tag, item = "p", ""
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "list_item_open":
            item = token.info or token.markup
        elif token.type.endswith("_open") and token.tag[:1] in ("p", "h"):
            tag = token.tag
        elif token.type == "inline":
            yield from _lines(token.children or (), (token.map or [0])[0] + 1, tag, item)
            item = ""
        elif token.type == "html_block":
            yield from _html(token)


def _lines(children: Sequence[Token], number: int, tag: str, item: str) -> Iterator[Line]:
    line = Line(number, tag, item)
    opened: list[str] = []
    slanted = 0
    for token in children:
        if token.type == "hardbreak":
            yield _ended(line, slanted)
            number += 1
            line, slanted = Line(number, tag), 0
        elif token.type == "softbreak":
            number += 1
            line.text += " "
            # What follows stands there, and nothing before it.
            line.number = line.number if line.text.strip() else number
        elif token.type == "html_inline":
            _comment(line, token.content)
        elif token.type.endswith("_open"):
            opened.append(token.type)
            if token.type == "link_open":
                line.links.append(("", str(token.attrs.get("href", ""))))
        elif token.type.endswith("_close"):
            opened = opened[:-1]
        else:
            _say(line, token, opened)
            slanted += len(token.content) if "em_open" in opened else 0
    yield _ended(line, slanted)


def _say(line: Line, token: Token, opened: Iterable[str]) -> None:
    """Adds the text of a token to what it stands in."""
    if "strong_open" in opened and line.text == line.strong:
        line.strong += token.content
    line.text += token.content
    if "link_open" in opened:
        said, address = line.links.pop()
        line.links.append((said + token.content, address))


def _comment(line: Line, html: str) -> None:
    if mark := marks.read(html):
        line.marks.append((len(line.text), mark))


def _html(token: Token) -> Iterator[Line]:
    """A block of HTML: its own text is the writer's; marks that begin a line are not behind anything."""
    text = " ".join(re.sub(r"<!--.*?(?:-->|\Z)|<[^>]*>", " ", token.content, flags=re.DOTALL).split())
    if text:
        yield Line((token.map or [0])[0] + 1, "html", text=text)


def _ended(line: Line, slanted: int) -> Line:
    line.slanted = bool(line.text) and slanted == len(line.text.strip())
    return line
