"""Where in the bytes of an Atom feed its parts stand. RFC 4287.

Document types are refused, and with them every entity that could fetch or grow.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from agent.render.newsletter.feeds.entries import moment, name_of, refused

ATOM = "http://www.w3.org/2005/Atom"
SCHEME = "tag:digest.invalid,2025:digest/issue"
"""Of the category that tells from which issue an entry comes."""


@dataclass(eq=False)
class Part:
    """An element right beneath the feed."""

    name: str
    """Empty where it is not one of Atom's."""
    rel: str | None
    """Of a link."""
    start: int
    end: int = 0
    issue: str = ""
    """Of an entry of ours."""
    texts: dict[str, str] = field(default_factory=dict)
    """Its id and dates; for the feed's own id, under the same name."""

    @property
    def id(self) -> str:
        """Empty where it has none."""
        return self.texts.get("id", "").strip()

    @property
    def moment(self) -> datetime.datetime | None:
        """When it was published, or else last changed."""
        return moment(self.texts.get("published", "")) or moment(self.texts.get("updated", ""))


@dataclass(eq=False)
class Feed:
    """Where in the bytes of a feed its parts stand."""

    inside: int = 0
    """Right behind the tag that opens it."""
    parts: list[Part] = field(default_factory=list)


def read(data: bytes, place: str) -> Feed:
    """Returns the parts of a feed; raises `StorageError` where this is none of ours."""
    return _Reader(data, place).read()


class _Reader:
    """Notes where the parts of a feed begin and end."""

    def __init__(self, data: bytes, place: str) -> None:
        self.data, self.place = data, place
        self.feed, self.path = Feed(), list[str]()
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._text

    def read(self) -> Feed:
        """Returns the parts; raises `StorageError` where this is no feed of ours."""
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code) if error.code else str(error)
            raise refused(self.place, f"line {error.lineno}: {said}") from None
        if not any(part.name == "id" and name_of(part.id) for part in self.feed.parts):
            raise refused(self.place, "this feed is not one of digest")
        return self.feed

    def _doctype(self, *_: object) -> None:
        raise refused(self.place, "it has a document type, which could name other files; a feed has none")

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        start, local = self.parser.CurrentByteIndex, _local(name)
        if not self.path:
            self._root(local, start)
        elif len(self.path) == 1:
            self.feed.parts.append(Part(local, attributes.get("rel"), start))
        elif len(self.path) == 2 and local == "category" and attributes.get("scheme") == SCHEME:
            self.feed.parts[-1].issue = attributes.get("term", "")
        self.path.append(local)

    def _root(self, local: str, start: int) -> None:
        if local != "feed":
            raise refused(self.place, "it is not an Atom feed")
        if not self.data.startswith(b"<feed", start):
            raise refused(self.place, "its elements carry a prefix, so another program has written it")
        self.feed.inside = self._end_of_tag(start)

    def _close(self, _: str) -> None:
        self.path.pop()
        if len(self.path) == 1:
            part = self.feed.parts[-1]
            opened = self._end_of_tag(part.start)
            empty = self.data.endswith(b"/>", 0, opened)
            part.end = opened if empty else self.data.index(b">", self.parser.CurrentByteIndex) + 1

    def _text(self, text: str) -> None:
        if len(self.path) > 1 and len(self.path) < 4 and self.path[-1] in {"id", "published", "updated"}:
            texts = self.feed.parts[-1].texts
            texts[self.path[-1]] = texts.get(self.path[-1], "") + text

    def _end_of_tag(self, start: int) -> int:
        found = _TAG.match(self.data, start)
        return found.end() if found else start


_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")


def _local(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if space == ATOM else ""
