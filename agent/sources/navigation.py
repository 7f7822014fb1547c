"""Lines of a saved page that belong to the site and not to its papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from agent.sources.decoding import Line
from agent.sources.shape import ENDS
from agent.text import fold

_PHRASES = (
    "Get trending papers in your email inbox!", "Get trending papers in your email inbox once a day!",
    "byAK and the research community", "Subscribe", "new", "Trending Papers", "Daily Papers", "Papers", "Upvote",
    "Read more", "Show more", "Load more", "View arXiv page", "View PDF", "arXiv page", "Project page", "GitHub",
    "Sign up", "Log in", "Previous", "Next", "Today", "Yesterday", "Follow", "Share",
)  # fmt: skip
_FOLDED = tuple(fold(phrase) for phrase in _PHRASES)
_BEGINNINGS = frozenset(phrase[:end] for phrase in _FOLDED for end in range(1, len(phrase) + 1))
_DISTINCT = 20
"""Folded characters from which a phrase is navigation wherever it stands; a shorter one may be torn off a sentence."""
_COUNTS = re.compile(r"[·•\s]*\d[\d.,]*k?(?:\s+(?:authors?|upvotes?|comments?|likes?|stars?|votes?))?", re.IGNORECASE)
_GLUED = re.compile(
    r"(?:new\s*(?=Get trending))?Get trending papers in your email inbox(?: once a day)?!\s*"
    r"|byAK and the research community\s*"
    r"|Subscribe(?=[^\W_a-z]|[a-z]+[A-Z0-9])"
)
_LONGEST = 60


def without_navigation(found: Iterable[Line]) -> Iterator[Line]:
    """Yields the lines of a page, those of the site as blank lines.

    A phrase of the site is known also where it is wrapped over several lines or glued to the text that follows it. A
    short one, or a count, counts only where no sentence goes on, so that a word torn off an abstract is never lost.
    """
    held: list[Line] = []
    before = ""
    for line in found:
        if not held and not line.text.strip():
            before = ""
            yield line
            continue
        line = line._replace(text=_unglued(line.text))
        if held and not _begins_phrase([*held, line]):
            settled = _settled(held, before)
            before, held = settled[-1].text, []
            yield from settled
        if _begins_phrase([line] if not held else [*held, line]):
            held.append(line)
        else:
            before = line.text
            yield line
    if held:
        yield from _settled(held, before)


def is_navigation(text: str) -> bool:
    """Tells whether a line, alone, is or begins with a phrase of the site."""
    return _unglued(text) != text or _key(text) in _FOLDED


def _unglued(text: str) -> str:
    while found := _GLUED.match(text):
        text = text[found.end() :]
    return text


def _begins_phrase(held: Sequence[Line]) -> bool:
    """Tells whether lines in a row are a count, or the beginning of a phrase of the site."""
    keys = [_key(line.text) for line in held]
    count = len(held) == 1 and _COUNTS.fullmatch(held[0].text)
    return all(keys) and (bool(count) or "".join(keys) in _BEGINNINGS)


def _settled(held: Sequence[Line], before: str) -> list[Line]:
    """Returns lines that stand after the line `before`, blank if they are a phrase of the site or a count."""
    key = "".join(_key(line.text) for line in held)
    known = key in _FOLDED or bool(_COUNTS.fullmatch(held[0].text))
    free = len(key) >= _DISTINCT or not before.strip() or before.rstrip().endswith(ENDS)
    return [line._replace(text="") for line in held] if known and free else list(held)


def _key(text: str) -> str:
    """Returns what a line is compared by, empty for a blank line and for one that is too long for a phrase."""
    return fold(text) if len(text) <= _LONGEST else ""
