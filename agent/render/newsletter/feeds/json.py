"""A JSON Feed is read, changed in what is ours, and written again; see https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

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

VERSION = "https://jsonfeed.org/version/1.1"
OURS = "_digest"
"""The extension by which a feed and its items are known for ours; the specification keeps such names free."""

ADDRESSES = ("home_page_url", "feed_url")
"""Gone when it is no longer known where the issues are published."""

Item = dict[str, Any]


def update(earlier: str | None, issue: Issue, entries: Sequence[Entry], place: str) -> Renewed:
    """Returns the feed with the entries in it, newest first; see `agent.render.newsletter.feeds.json_feed`."""
    feed = _read(earlier, place)
    items: list[Item] = feed.get("items", [])
    ids = {_name(item): str(item.get("id")) for item in items}
    others = [item for item in items if not _replaced(item, issue, entries)]
    old = aged(entries, ((_name(item), _moment(item)) for item in others))
    kept = [item for item in others if _name(item) not in old]
    new = [entry for entry in entries if entry.name not in old]
    made = [_item(entry, issue, ids.get(entry.name) or mint(entry.name, issue)) for entry in new]
    head = dict(_head(issue))
    more = {key: value for key, value in feed.items() if key not in {*head, *ADDRESSES, "items"}}
    text = _written(head | more | {"items": _placed(kept, made, new)})
    return Renewed(text.replace("\n", line_end(earlier or "")), len(old))


def check(earlier: str, place: str) -> None:
    """Raises `StorageError` where this is no feed of ours."""
    _read(earlier, place)


def _read(earlier: str | None, place: str) -> dict[str, Any]:
    if not earlier or not (text := earlier.strip("\ufeff \t\r\n")):
        return {}
    try:
        text.encode()
        feed = json.loads(text, parse_constant=_no_number, parse_float=_number)
    except UnicodeEncodeError:
        raise refused(place, "it is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise refused(place, f"it cannot be read as JSON: {str(error).rstrip('.')}") from None
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/1"):
        raise refused(place, "it is not a JSON Feed")
    items = feed.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise refused(place, "its items are no list of objects")
    if OURS not in feed:
        raise refused(place, "this feed is not one of digest")
    return feed


def _written(feed: dict[str, Any]) -> str:
    text = json.dumps(feed, ensure_ascii=False, indent=2)
    if not text.isascii() and _SURROGATE.search(text):
        # Somebody's item holds half a character, which only an escape can carry.
        text = json.dumps(feed, indent=2)
    return f"{text}\n"


_SURROGATE = re.compile("[\ud800-\udfff]")


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _number(text: str) -> float:
    number = float(text)
    return number if abs(number) != float("inf") else _no_number(text)


def _head(issue: Issue) -> Iterator[tuple[str, Any]]:
    yield "version", VERSION
    yield "title", title(issue)
    if site(issue):
        yield "home_page_url", site(issue)
        yield "feed_url", f"{site(issue)}/feed.json"
    yield "language", language(issue)
    yield "authors", [{"name": author(issue)}]
    yield OURS, {"generator": "digest"}


def _item(entry: Entry, issue: Issue, key: str) -> Item:
    item = {
        "id": key,
        "url": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": rfc3339(entry.moment) if entry.dated else "",
        "language": language(issue),
        "tags": list(entry.tags),
        OURS: {"issue": entry.issue},
    }
    # An issue may have nothing in it any more, but an item has content.
    return {name: value for name, value in item.items() if value or name == "content_html"}


def _replaced(item: Item, issue: Issue, entries: Sequence[Entry]) -> bool:
    """Whether it is an item of this issue, or one of these."""
    mark = item.get(OURS)
    ours = isinstance(mark, dict) and mark.get("issue") == legal(issue.identity)
    return ours or _name(item) in {entry.name for entry in entries}


def _name(item: Item) -> str:
    return name_of(str(item.get("id", "")))


def _placed(kept: list[Item], made: list[Item], entries: Sequence[Entry]) -> list[Item]:
    """The new items before the first older one, else behind all others."""
    newest = max((entry.moment for entry in entries), default=None)
    for place, item in enumerate(kept):
        when = _moment(item)
        if when and newest and when < newest:
            return [*kept[:place], *made, *kept[place:]]
    return [*kept, *made]


def _moment(item: Item) -> datetime.datetime | None:
    """When it was published, or else last changed; ours without a date are behind all others."""
    known = moment(item.get("date_published")) or moment(item.get("date_modified"))
    return known or (datetime.datetime.min.replace(tzinfo=datetime.UTC) if OURS in item else None)
