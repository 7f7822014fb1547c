"""An Atom feed is edited where it changes; whatever else it holds stays byte for byte. RFC 4287."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.feeds.entries import (
    Entry,
    Renewed,
    aged,
    author,
    language,
    legal,
    line_end,
    mint,
    moment,
    name_of,
    refused,
    rfc3339,
    site,
    title,
)
from agent.render.newsletter.feeds.parts import ATOM, SCHEME, Feed, Part, read

RENEWED = ("title", "author", "generator", "updated")
"""What is said of the whole feed anew with every run; its id, and all else that somebody put there, stays."""


def update(earlier: str | None, issue: Issue, entries: Sequence[Entry], place: str) -> Renewed:
    """Returns the feed with the entries in it, newest first; see `agent.render.newsletter.feeds.atom`."""
    data = _encoded(earlier or "", place) or _empty(issue)
    feed = read(data, place)
    there = [part for part in feed.parts if part.name == "entry"]
    others = [part for part in there if not _replaced(part, issue, entries)]
    old = aged(entries, ((name_of(part.id), part.moment) for part in others))
    kept = [part for part in others if name_of(part.id) not in old]
    new = [entry for entry in entries if entry.name not in old]
    ids = {name_of(part.id): part.id for part in there}
    made = [_entry(entry, issue, ids.get(entry.name) or mint(entry.name, issue)) for entry in new]
    gone = {part for part in feed.parts if _renewed(part)} | set(there) - set(kept)
    here = _place(data, feed, kept, new)
    end = line_end(earlier or "")
    edits = [
        *((_before(data, part.start), part.end, b"") for part in gone),
        (feed.inside, feed.inside, _written(_head(issue, kept, new), end)),
        (here, here, _written(made, end)),
    ]
    return Renewed(_edited(data, edits).decode(), len(old))


def check(earlier: str, place: str) -> None:
    """Raises `StorageError` where this is no feed of ours."""
    if data := _encoded(earlier, place):
        read(data, place)


_DECLARED = re.compile(r"\A\ufeff?\s*<\?xml\s[^>]*\?>")
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'


def _encoded(earlier: str, place: str) -> bytes:
    """What is there, declared as what it will be written in; nothing where there is nothing but white space."""
    if not earlier.strip("\ufeff \t\r\n"):
        return b""
    try:
        return _DECLARED.sub(_DECLARATION, earlier).encode()
    except UnicodeEncodeError:
        raise refused(place, "it is not UTF-8") from None


def _empty(issue: Issue) -> bytes:
    """A feed with nothing but an id."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language(issue)})
    SubElement(feed, "id").text = mint("feed", issue)
    indent(feed)
    return f"{_DECLARATION}\n{tostring(feed, encoding='unicode')}\n".encode()


def _renewed(part: Part) -> bool:
    return part.name in RENEWED or (part.name == "link" and part.rel in {None, "alternate", "self"})


def _replaced(part: Part, issue: Issue, entries: Iterable[Entry]) -> bool:
    """Whether it is an entry of this issue, or one of these."""
    return part.issue == legal(issue.identity) or name_of(part.id) in {entry.name for entry in entries}


def _head(issue: Issue, kept: Iterable[Part], entries: Iterable[Entry]) -> Iterator[Element]:
    known = [moment(part.texts.get("updated", "")) for part in kept]
    times = [one for one in (*known, *(entry.moment for entry in entries)) if one]
    yield _element("title", title(issue))
    yield _element("updated", rfc3339(max(times, default=_DAWN)))
    writer = Element("author")
    SubElement(writer, "name").text = author(issue)
    yield writer
    if site(issue):
        yield _element("link", rel="self", href=f"{site(issue)}/feed.xml", type="application/atom+xml")
        yield _element("link", rel="alternate", href=site(issue), type="text/html")
    yield _element("generator", "digest")


def _entry(entry: Entry, issue: Issue, key: str) -> Element:
    element = _element("entry", **{"xml:lang": language(issue)})
    element.append(_element("id", key))
    element.append(_element("title", entry.title))
    if entry.link:
        element.append(_element("link", rel="alternate", href=entry.link, type="text/html"))
    element.append(_element("published", rfc3339(entry.moment)))
    element.append(_element("updated", rfc3339(entry.moment)))
    element.append(_element("category", scheme=SCHEME, term=entry.issue))
    element.extend(_element("category", term=tag) for tag in entry.tags)
    element.append(_element("summary", entry.summary))
    element.append(_element("content", entry.content, type="html"))
    return element


def _element(tag: str, text: str | None = None, **attributes: str) -> Element:
    element = Element(tag, attributes)
    element.text = text
    return element


def _place(data: bytes, feed: Feed, kept: Iterable[Part], entries: Sequence[Entry]) -> int:
    """Where the entries go: before the first older one, else behind all others."""
    newest = max((entry.moment for entry in entries), default=_DAWN)
    for part in kept:
        if part.moment and part.moment < newest:
            return _before(data, part.start)
    return max((part.end for part in feed.parts), default=feed.inside)


def _before(data: bytes, start: int) -> int:
    """The place before an element and the white space that leads to it."""
    return len(data[:start].rstrip(b" \t\r\n"))


def _written(elements: Iterable[Element], end: str) -> bytes:
    """The elements, each on lines of its own, as they stand within the feed."""
    lines = []
    for element in elements:
        indent(element, level=1)
        lines.append(f"\n  {tostring(element, encoding='unicode').rstrip()}")
    # To who reads XML, every line end is LF (XML 1.0, section 2.11).
    return "".join(lines).replace("\n", end).encode()


def _edited(data: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with those from start to end of each edit replaced."""
    pieces, done = [], 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [data[done:start], text]
        done = max(done, end)
    return b"".join((*pieces, data[done:]))


_DAWN = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
