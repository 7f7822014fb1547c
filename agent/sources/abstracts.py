"""Puts labelled lines together to titles and abstracts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from agent.sources.labels import BODY, TITLE
from agent.sources.shape import ends_sentence, goes_on, starts_lower
from agent.sources.wrapping import WRAPPED, Break, Row
from agent.text import fold

SHORT = 350
"""Characters below which a further paragraph of a page with long abstracts is a part of the one before."""
_TYPICAL = 1250
"""Characters of a typical abstract, until the page has shown its own; arXiv allows 1920."""
_MEMORY = 40
"""Abstracts whose lengths tell what is typical on the page."""


class Entry(NamedTuple):
    """A title and its abstract as found on a page; one of them may be missing."""

    title: Row | None
    abstract: Row | None
    """The whole abstract at the place of its first line."""


def entries(rows: Sequence[Row], kinds: Sequence[Break], labels: Sequence[int], lengths: list[int]) -> Iterator[Entry]:
    """Yields the entries of labelled rows in order.

    `lengths` are those of the page's abstracts so far; they grow here.
    """
    alone: Row | None = None
    for title, body in _parts(rows, kinds, labels):
        if alone and not (title and fold(title.text) == fold(alone.text)):
            yield Entry(alone, None)
        alone = None if body else title
        for abstract in _abstracts(body, lengths):
            yield Entry(title, abstract)
            title = None
    if alone:
        yield Entry(alone, None)


def _parts(
    rows: Sequence[Row], kinds: Sequence[Break], labels: Sequence[int]
) -> Iterator[tuple[Row | None, list[Row]]]:
    """Yields each title with the paragraphs behind it; a title printed again at once is one title."""
    title: Row | None = None
    body: list[Row] = []
    for row, kind, label in zip(rows, kinds, labels, strict=True):
        if label == TITLE:
            if title or body:
                yield title, body
            title, body = row, []
        elif label == BODY and (not body or _is_paragraph(body[-1].text, row.text, kind)):
            body.append(row)
        elif label == BODY:
            body[-1] = _joined(body[-1], row, kind)
        elif title:
            title = _joined(title, row, kind)
    if title or body:
        yield title, body


def _is_paragraph(before: str, after: str, kind: Break) -> bool:
    if kind in WRAPPED:
        return False
    return kind is Break.GAP or (ends_sentence(before) and not starts_lower(after))


def _joined(first: Row, second: Row, kind: Break) -> Row:
    """Returns two rows as one; a word wrapped behind its hyphen is whole again, `pre- and post-` stays as it is."""
    hyphen = re.fullmatch(r"\w-", first.text[-2:]) and not re.match(r"(?:and|or|to|nor|vs)\b|\W", second.text)
    glued = hyphen or kind is Break.TORN
    return first._replace(text=first.text + ("" if glued else " ") + second.text)


def _abstracts(paragraphs: Iterable[Row], lengths: list[int]) -> Iterator[Row]:
    """Yields the abstracts that paragraphs in a row make up; a paragraph printed again is one paragraph."""
    whole: Row | None = None
    last = ""
    for paragraph in paragraphs:
        if whole and paragraph.text == last:
            continue
        last = paragraph.text
        if whole and _continues(whole.text, paragraph.text, lengths):
            whole = whole._replace(text=f"{whole.text} {paragraph.text}")
        else:
            yield from _counted(whole, lengths)
            whole = paragraph
    yield from _counted(whole, lengths)


def _counted(whole: Row | None, lengths: list[int]) -> Iterator[Row]:
    if whole:
        lengths.append(len(whole.text))
        del lengths[:-_MEMORY]
        yield whole


def _continues(whole: str, paragraph: str, lengths: Sequence[int]) -> bool:
    """Tells whether a paragraph belongs to the abstract before it, or is the abstract of a title that is missing.

    It belongs if a sentence goes on, if one of the two is short, or if the two together are no longer than abstracts of
    this page are; a paragraph that begins like a second one may make it somewhat longer.
    """
    if starts_lower(paragraph) or not ends_sentence(whole):
        return True
    typical = sorted(lengths)[len(lengths) // 2] if len(lengths) >= 5 else _TYPICAL
    if min(len(whole), len(paragraph)) < min(SHORT, typical / 2):
        return True
    return len(whole) + len(paragraph) <= (1.8 if goes_on(paragraph) else 1.5) * typical
