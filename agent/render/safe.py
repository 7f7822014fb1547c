"""Hostile text and links made fit to be shown."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

from agent.addresses import absolute

if TYPE_CHECKING:
    from agent.schema import CitedSentence, Statement


def printable(text: str) -> str:
    """Returns text on one line that cannot steer a terminal.

    Controls (escape sequences with them), bidirectional marks and zero-width characters go; line ends of any kind
    become spaces; a lone surrogate, which no encoding carries, becomes U+FFFD.
    """
    if not text.isprintable():
        text = "".join(map(_shown, text))
    return " ".join(text.split())


def told(statement: Statement | CitedSentence) -> str:
    """Returns what a statement says, fit to be shown; in quotation marks only where a check quoted it."""
    text = printable(statement.text)
    return f"“{text}”" if statement.quoted and text else text


def web(url: str) -> str | None:
    """Returns the link percent-encoded where a terminal or Markdown would stumble; None unless http or https.

    RFC 3986, section 2.
    """
    target = absolute(printable(url))
    return quote(target, safe="%/:?#[]@!$&'*+,;=~") if target else None


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category in {"Cc", "Cf"} else character
