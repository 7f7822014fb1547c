"""What a reader's program makes of a page, a draft, a mail or a feed: its structure, without the text in it.

Where two texts of the same shape give the same structure, neither of them did anything but stand there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from agent import marks

Structure = list[Any]

ADDRESSES = {"action", "background", "cite", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"}
COMPARED = {"charset", "class", "dir", "http-equiv", "name", "rel", "role", "style", "type", "xmlns"}
"""Attributes whose values no text may change; in `content` that holds for what the browser acts on."""
SCHEMES = {"", "cid", "http", "https", "mailto"}
LOADING = re.compile(r"url|expression|image|javascript|[@\\]", re.IGNORECASE)
"""What in a style would load or run something."""
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would steer a terminal, turn the direction of text, or cannot be written; a mail has line ends of its own."""


def of_html(html: str) -> Structure:
    """Elements with their attributes, comments, styles and scripts, as a browser reads them."""
    assert not STEERING.search(html)
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(html)
    # A character that Unicode keeps for no use at all is an error, and shown as any that a font does not have.
    return [*_nodes(root), sorted({code for _, code, _ in parser.errors} - {"invalid-codepoint"})]


def of_markdown(text: str) -> Structure:
    """Tokens of the Markdown behind the front matter, and the keys and types of that."""
    assert not STEERING.search(text)
    _, front, body = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    fields = yaml.safe_load(front)
    assert isinstance(fields, dict)
    return [{key: type(value).__name__ for key, value in fields.items()}, *_tokens(GFM.parse(body))]


def of_text(text: str) -> Structure:
    """Plain text has no structure; it must not steer what shows it."""
    assert not STEERING.search(text)
    text.encode()
    return []


def of_eml(data: bytes) -> tuple[Structure, list[str]]:
    """Headers by name and parts with their types; and the HTML among them."""
    message = message_from_bytes(data, policy=policy.default)
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert not any(part.defects for part in message.walk())
    texts = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in message.walk()
             if part.get_content_maintype() == "text"}  # fmt: skip
    of_text(texts["text/plain"])
    return [(part.get_content_type(), sorted(part.keys())) for part in message.walk()], [texts["text/html"]]


def of_atom(text: str) -> tuple[Structure, list[str]]:
    """Elements with their attributes; and the HTML in them."""
    assert not STEERING.search(text)
    assert "<!DOCTYPE" not in text
    elements = list(ElementTree.fromstring(text).iter())  # noqa: S314  no document type, so no entities
    found = [(one.tag, sorted(one.attrib), _scheme(one.get("href", ""))) for one in elements]
    return found, [one.text or "" for one in elements if one.get("type") == "html"]


def of_json_feed(text: str) -> tuple[Structure, list[str]]:
    """Fields by name; and the HTML in them."""
    feed = json.loads(text)
    assert not STEERING.search(json.dumps(feed, ensure_ascii=False))
    return [_shape(feed)], [item["content_html"] for item in feed["items"]]


def of_json(text: str) -> Structure:
    """Fields by name and type."""
    text.encode()
    return [_shape(json.loads(text))]


GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# With it, what stands behind a backslash could not be told from what does not.
GFM.core.ruler.disable(["text_join"])
LINKED = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)


def _nodes(root: Any) -> Iterator[Any]:
    before = None
    for one in root.iter():
        if not isinstance(one.tag, str):
            yield "comment", one.text
            continue
        inner = one.text if one.tag in {"script", "style"} else None
        node = one.tag, inner, tuple(sorted(_attributes(one)))
        # A label in a picture has as many lines as it needs.
        if node != before or not one.tag.endswith("svg}text"):
            yield node
        before = node


def _attributes(element: Any) -> Iterator[tuple[str, str]]:
    acted_on = "http-equiv" in element.attrib
    for name, value in element.attrib.items():
        if name in ADDRESSES:
            assert element.tag != "img" or value.startswith("cid:"), value
            yield name, _scheme(value)
        else:
            assert name != "style" or not LOADING.search(value), value
            yield name, value if name in COMPARED or acted_on else ""


def _scheme(address: str) -> str:
    """The scheme of an address; where it leads inside the page, a hash."""
    scheme = urlsplit(address).scheme
    assert scheme in SCHEMES or address.startswith("data:image/svg+xml,%3Csvg"), address
    return scheme or address[:1]


def _tokens(tokens: list[Token]) -> Iterator[Any]:
    for token in tokens:
        if token.type in {"text", "text_special"}:
            assert token.type != "text" or not LINKED.search(token.content), token.content
        elif token.type in {"html_inline", "html_block"}:
            assert token.content.strip().startswith("<!-- digest "), token.content
            yield token.type, bool(marks.read(token.content))
        else:
            yield token.type, token.tag, _scheme(str(token.attrs.get("href", "")))
        yield from _tokens(token.children or [])


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shape(one) for key, one in value.items()}
    return [_shape(one) for one in value] if isinstance(value, list) else type(value).__name__
