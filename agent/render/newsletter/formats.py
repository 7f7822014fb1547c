"""The files of an issue: what they are and where they are written.

The command line reads this whenever it starts, so it imports nothing.
"""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """The files of an issue, by what they are."""

    MARKDOWN = "markdown"
    HTML = "html"
    EML = "eml"
    TEXT = "text"
    WEB = "web"
    ATOM = "atom"
    JSONFEED = "jsonfeed"
    JSON = "json"


NAMES = {
    Format.MARKDOWN: "issue.md",
    Format.HTML: "issue.html",
    Format.EML: "issue.eml",
    Format.TEXT: "issue.txt",
    Format.WEB: "web/index.html",
    Format.ATOM: "feed.xml",
    Format.JSONFEED: "feed.json",
    Format.JSON: "issue.json",
}
"""Where each is written, below the folder of the newsletter."""

FEEDS = (Format.ATOM, Format.JSONFEED)
"""They go on from issue to issue; all others are of one."""


class Feed(StrEnum):
    """What an entry of the feeds is."""

    ISSUES = "issues"
    PAPERS = "papers"


class Target(StrEnum):
    """Whose import rules a further file follows."""

    PLAIN = "plain"
    BUTTONDOWN = "buttondown"
    GHOST = "ghost"
    LISTMONK = "listmonk"


EXPORTS = {Target.BUTTONDOWN: "buttondown.md", Target.GHOST: "ghost.json", Target.LISTMONK: "listmonk.json"}
"""The file that each imports."""
