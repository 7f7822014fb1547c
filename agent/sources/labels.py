"""Tells the titles of a page from its abstracts, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.sources.shape import (
    LOOK,
    capitals,
    ends_sentence,
    goes_on,
    has_address,
    has_two_sentences,
    speaks,
    starts_lower,
)
from agent.sources.wrapping import WRAPPED, Break, Row

TITLE, MORE, BODY = range(3)
"""Labels of a line: it begins a title, continues one, or belongs to an abstract."""

_IMPOSSIBLE = 1000.0
_LONGEST_TITLE = 300
_LONG_ENTRY = 2200
"""Characters from which an entry is suspected to hold the next one as well; arXiv allows 1920 for an abstract."""

_GAP, _SOFT, _TORN, _HARD, _PLAIN, _STUCK = Break
_NEW_TITLE = {_GAP: 3.0, _SOFT: 8.0, _TORN: 8.0, _HARD: 3.0, _PLAIN: 3.0, _STUCK: 6.0}
"""What it costs that a title without an abstract stands before another title."""
_MORE_TITLE = {_GAP: 15.0, _SOFT: 1.0, _TORN: 1.0, _HARD: 7.0, _PLAIN: 6.0, _STUCK: 1.5}
"""What it costs that a title goes on."""
_TO_TITLE = {_GAP: 0.0, _SOFT: 3.0, _TORN: 9.0, _HARD: 0.3, _PLAIN: 0.3, _STUCK: 1.5}
"""What it costs that an abstract is followed by a title."""
_MORE_BODY = {_GAP: 3.0, _SOFT: 0.0, _TORN: 0.0, _HARD: 3.0, _PLAIN: 3.0, _STUCK: 1.0}
"""What it costs that an abstract goes on: where the line end is no accident, in another paragraph."""


def label(rows: Sequence[Row], kinds: Sequence[Break]) -> list[int]:
    """Returns the likeliest label of each row (Viterbi, 1967; the costs are set by hand).

    Titles and abstracts alternate; titles are short, capitalised and end without a full stop; abstracts are long or
    consist of sentences. Each departure from this costs something, and the cheapest reading of all rows wins.
    """
    labels = _cheapest(rows, kinds)
    for begin, end in _too_long(rows, labels):
        # Where a title fills its line and the abstract before it does too, only the length shows that two entries met.
        labels[begin:end] = _cheapest(rows[begin:end], kinds[begin:end], eagerness=4.0)
    return labels


def _cheapest(rows: Sequence[Row], kinds: Sequence[Break], eagerness: float = 0.0) -> list[int]:
    if not rows:
        return []
    here = _line_costs(rows, kinds)
    costs = [here[0][TITLE], _IMPOSSIBLE, here[0][BODY] + 4]
    back: list[list[int]] = []
    for place in range(1, len(rows)):
        steps = _steps(rows[place - 1].text, rows[place].text, kinds[place], eagerness)
        ways = [[costs[old] + steps[old][new] for old in range(3)] for new in range(3)]
        back.append([way.index(min(way)) for way in ways])
        costs = [min(way) + cost for way, cost in zip(ways, here[place], strict=True)]
    end = (4.0, 4.0, 0.0)
    labels = [min(range(3), key=lambda last: costs[last] + end[last])]
    for origins in reversed(back):
        labels.append(origins[labels[-1]])
    return labels[::-1]


def _too_long(rows: Sequence[Row], labels: Sequence[int]) -> list[tuple[int, int]]:
    """Returns the beginnings and ends of the entries that are longer than abstracts are."""
    cuts = [0, *(place for place, one in enumerate(labels) if one == TITLE and place), len(rows)]
    lengths = [sum(len(row.text) for row in rows[begin:end]) for begin, end in pairwise(cuts)]
    limit = min(_LONG_ENTRY, 1.7 * sorted(lengths)[len(lengths) // 2]) if len(lengths) >= 5 else _LONG_ENTRY
    return [span for span, length in zip(pairwise(cuts), lengths, strict=True) if length > limit]


def _line_costs(rows: Sequence[Row], kinds: Sequence[Break]) -> list[tuple[float, float, float]]:
    """Returns what each label costs for each row alone, and for the lines wrapped behind it."""
    costs = []
    length, ended = 0, False
    for place in range(len(rows) - 1, -1, -1):
        text = rows[place].text
        if place + 1 == len(rows) or kinds[place + 1] not in WRAPPED:
            length, ended = 0, ends_sentence(text) and not text.endswith("?")
        length += len(text)
        title, body = _title_cost(text), _body_cost(text)
        if length > _LONGEST_TITLE:
            body /= 2
        elif kinds[place] not in WRAPPED:
            body += 2.5 * (not ended)
        costs.append((title + 4 * starts_lower(text), title, body))
    return costs[::-1]


def _title_cost(text: str) -> float:
    if len(text) > _LONGEST_TITLE:
        return 22.0
    cost = 3.0 if len(text) > 200 else 0.0
    look = text[:LOOK]
    plain = capitals(look) < 0.35
    if look.endswith(".") and not look.endswith("..."):
        cost += 6.0 if speaks(look) else 4.0 if plain else 2.5
    cost += 6.0 * has_address(look) + 3.0 * has_two_sentences(look) + 1.0 * look.endswith((",", ";"))
    return cost + 1.5 * plain


def _body_cost(text: str) -> float:
    if len(text) > _LONGEST_TITLE:
        return 0.0
    share = capitals(text)
    cost = 3.0 if share > 0.7 else 1.5 if share > 0.5 else 0.0
    return cost + 0.5 * (not ends_sentence(text)) - 0.5 * starts_lower(text)


def _steps(before: str, after: str, kind: Break, eagerness: float) -> tuple[tuple[float, ...], ...]:
    """Returns the costs of going from each label (rows) to each label (columns) over a line end."""
    lower = starts_lower(after)
    inside = kind in (Break.GAP, Break.PLAIN) and goes_on(after)
    new_title = _NEW_TITLE[kind]
    more_title = _MORE_TITLE[kind]
    if kind is Break.PLAIN and len(before) >= 50 and len(after) <= 32 and ":" not in after:
        more_title = 2.0
    to_body = 2.5 * (kind in (Break.SOFT, Break.TORN)) + 3.0 * (lower and kind is not Break.GAP) + 2.0 * inside
    from_title = (new_title, more_title, to_body)
    if ends_sentence(before):
        to_title = _TO_TITLE[kind] - eagerness * (kind is Break.SOFT)
        more_body = _MORE_BODY[kind]
    else:
        to_title = _TO_TITLE[kind] + 4.0
        alike = lower or len(after) < 2 * len(before)
        more_body = _MORE_BODY[kind] + 2.0 * (kind is Break.HARD) - 2.5 * (kind is Break.PLAIN and alike)
    return from_title, from_title, (to_title, _IMPOSSIBLE, more_body - 2.0 * (inside or (lower and kind is Break.GAP)))
