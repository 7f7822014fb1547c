"""Feeds: an entry an issue, or an entry a paper. What a feed already holds of other issues stays in it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.feeds import json
from agent.render.newsletter.feeds import xml as atom_feed
from agent.render.newsletter.feeds.entries import Of, Renewed, entries


def atom(
    issue: Issue,
    earlier: str | None = None,
    of: Of = "issues",
    *,
    folder: Path | None = None,
    place: str = "feed.xml",
) -> Renewed:
    """Returns the Atom feed (RFC 4287): the one that is already there with this issue in it, or a new one.

    `earlier` is the text of the feed that is already there, `place` what it is called in errors, and `folder` holds
    the user's own templates. Entries of this issue are replaced; entries of other issues, those of other programs and
    what else the feed holds stay byte for byte. Of ours it keeps the newest, see `entries.MOST`, and counts the others.

    Raises `StorageError` when `earlier` is damaged, of another format, or not a feed of `digest`.
    """
    return atom_feed.update(earlier, issue, entries(issue, of, folder), place)


def json_feed(
    issue: Issue,
    earlier: str | None = None,
    of: Of = "issues",
    *,
    folder: Path | None = None,
    place: str = "feed.json",
) -> Renewed:
    """Returns the JSON Feed (version 1.1): the one that is already there with this issue in it, or a new one.

    As with `atom`; items of others keep every field, also those that the specification does not know.
    """
    return json.update(earlier, issue, entries(issue, of, folder), place)


def check(earlier: str, kind: Literal["atom", "jsonfeed"], place: str) -> None:
    """Raises `StorageError` when a feed that is already there cannot be updated."""
    (atom_feed if kind == "atom" else json).check(earlier, place)
