"""What a writer wrote in Markdown, as clean HTML and as plain text.

It is as untrusted as an abstract: raw HTML is shown as the text that it is, an image becomes a link, and only
addresses of the web and of mail stay links. Comments, and with them the marks of `agent.marks`, vanish.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode
    from markupsafe import Markup

TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "s", "a", "blockquote", "code", "pre", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}


def as_html(markdown: str) -> Markup:
    """Returns the text as HTML of few tags, without styles, scripts, images or anything that is loaded."""
    import nh3
    from markupsafe import Markup

    made = _parser().render(_shown(markdown))
    clean = nh3.clean(
        made,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=lambda tag, name, value: value if name != "href" or _ADDRESS.match(value) else None,
        url_schemes=SCHEMES,
        link_rel="noreferrer",
    )
    return Markup(clean.strip())  # noqa: S704  nh3 cleaned it


def as_text(markdown: str) -> str:
    """Returns the text as one reads it, an address in brackets behind its link."""
    from markdown_it.tree import SyntaxTreeNode

    root = SyntaxTreeNode(_parser().parse(_shown(markdown)))
    return _parted(root.children)


_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e00ff]"
)
"""Controls, and signs that turn the direction of text; joiners stay, since scripts and emoji need them."""


def _shown(markdown: str) -> str:
    unix = markdown.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSHOWN.sub("", unix).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def _parser(*, html: bool = True) -> MarkdownIt:
    """Reads what a writer wrote; with `html`, comments can be told from tags, which are text either way."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"])
    parser.core.ruler.push("levels", _levels)
    parser.add_render_rule("html_inline", _html_inline)
    parser.add_render_rule("html_block", _html_block)
    parser.add_render_rule("image", _image)
    return parser


def _levels(state: Any) -> None:
    """Brings headings to where they stand in an issue, whose title is the one first heading."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1:]), 2), 4)}"
        if token.type == "inline":
            _unnest(token.children or ())


def _unnest(children: Sequence[Token]) -> None:
    """Leaves of an image in a link its text alone: a link cannot stand in another."""
    inside = 0
    for token in children:
        inside += token.nesting if token.type.startswith("link_") else 0
        if token.type == "image" and inside:
            token.attrs["src"] = ""


def _html_inline(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return escape(_COMMENT.sub("", tokens[index].content))


def _html_block(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """What stands between raw tags is Markdown to a writer."""
    return str(_parser(html=False).render(_COMMENT.sub("", tokens[index].content)))


def _image(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    label, address = _pictured(tokens[index])
    return f'<a href="{escape(address)}">{escape(label)}</a>' if address else escape(label)


def _pictured(image: Token) -> tuple[str, str]:
    """What an image shows in words, and where it is."""
    address = str(image.attrs.get("src", ""))
    label = "".join(child.content for child in image.children or ()).strip()
    return label or address, address


def _parted(nodes: Iterable[SyntaxTreeNode], gap: str = "\n\n") -> str:
    return gap.join(text for text in map(_block, nodes) if text)


def _block(node: SyntaxTreeNode) -> str:
    """A block and what it holds."""
    if node.type in ("bullet_list", "ordered_list"):
        return _items(node)
    if node.type == "blockquote":
        return _indented(_parted(node.children), "> ", "> ")
    if node.type in ("fence", "code_block"):
        return _indented(node.content.rstrip("\n"), "    ", "    ")
    if node.type == "hr":
        return "* * *"
    if node.type == "table":
        return "\n".join(" | ".join(map(_inline, row.children)) for part in node.children for row in part.children)
    if node.type == "html_block":
        return "\n".join(" ".join(line.split()) for line in _COMMENT.sub("", node.content).strip().split("\n"))
    return _inline(node)


def _items(node: SyntaxTreeNode) -> str:
    first = int(node.attrs.get("start", 1))
    bullets = [f"{first + number}. " if node.type == "ordered_list" else "- " for number in range(len(node.children))]
    tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
    gap = "\n" if tight else "\n\n"
    items = zip(bullets, (_parted(item.children, gap) for item in node.children), strict=True)
    return gap.join(_indented(text, bullet, " " * len(bullet)) or bullet.strip() for bullet, text in items)


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n") if text else []
    return "\n".join(f"{rest if number else first}{line}".rstrip() for number, line in enumerate(lines))


def _inline(node: SyntaxTreeNode) -> str:
    """The text of a paragraph, a heading or a cell."""
    shown = "".join(_said(child) for part in node.children for child in part.children)
    return "\n".join(" ".join(line.split()) for line in shown.strip().split("\n"))


def _said(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return " " if node.type == "softbreak" else "\n"
    if node.type == "html_inline":
        return _COMMENT.sub("", node.content)
    if node.type == "image":
        label, address = _pictured(node.token) if node.token else ("", "")
        return _linked(label, address)
    inside = "".join(map(_said, node.children)) if node.children else str(node.content)
    return _linked(inside, str(node.attrs.get("href", ""))) if node.type == "link" else inside


def _linked(label: str, address: str) -> str:
    if not _ADDRESS.match(address) or label == address or f"mailto:{label}" == address:
        return label
    return f"{label} ({address})" if label.strip() else address
