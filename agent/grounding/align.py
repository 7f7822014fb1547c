"""Where a claim's words stand in what it cites: aligned windows, and what fits them better.

A number, name or direction is compared by the words around it. When another one of the cited sentence fits these words
clearly better, the two were exchanged, although both stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.line import OWN, SELVES, Line, fit, likeness
from agent.grounding.tokens import Token, abbreviates

CLEARLY = 1.3
"""How many times better another word must fit."""
SURE = 0.5
"""What part of a perfect fit leaves no doubt."""
LEAST = 0.4
"""What part of a perfect fit another word must reach."""
_LIST = frozenset(", ; and or & / ( ) as well both with the to respectively vs versus".split())
_TEXTS = frozenset(("paper", "work", "study", "benchmark", "dataset"))
_STRONG = re.compile(r"\d|[a-z][A-Z]|[A-Z]{2}")
"""What a name has that no capitalized word has."""


def swaps(claim: Claim) -> Iterator[Fault]:
    """Finds numbers and names that stand where the cited sentences have another one."""
    mine, others = claim.line, claim.lines
    told = set()
    for at in range(len(mine.tokens)):
        if slot := _slot(mine, at):
            rival = _rival(mine, at, others, slot)
            if rival and rival[0].key not in told:
                told.add(mine.keys[at])
                sure = max(likeness(mine, at, o, i) for o in others for i in o.where.get(rival[1], ())) > SURE
                yield Fault("swap", mine.tokens[at].text, f"here the cited sentence has {rival[0].text!r}", sure)


def pairings(claim: Claim) -> Iterator[Fault]:
    """Finds a number told with a name that the cited sentence tells another number with."""
    mine, others = claim.line, claim.lines
    told = _told_with(mine)
    for other in others:
        theirs = _told_with(other)
        for name, number in told.items():
            actual = theirs.get(name)
            if actual and actual != number and number in theirs.values() and actual not in mine.where and name != OWN:
                instead = [key for key, value in theirs.items() if value == number and key not in mine.where]
                if instead:
                    found = f"{mine.tokens[mine.where[number][0]].text} … {mine.tokens[mine.where[name][0]].text}"
                    yield Fault("swap", found, "the cited sentence tells another number with this name", sure=False)


def _told_with(where: Line) -> dict[str, str]:
    """Keys of names to those of the number before them, up to the next number or clause."""
    told: dict[str, str] = {}
    number, gap = "", 0
    for at, token in enumerate(where.tokens):
        gap += 1
        if token.kind == "number" and not token.is_spelled:
            number, gap = token.key, 0
        elif token.kind == "name" and number and gap <= 9:
            told.setdefault(where.keys[at], number)
        elif token.text in ";:." or token.low in ("while", "whereas", "respectively", "but"):
            number = ""
    return {} if any(token.low == "respectively" for token in where.tokens) else told


def _slot(where: Line, at: int) -> str:
    """What can stand in the place of a word: names and the paper's own method, or quantities of a kind."""
    token = where.tokens[at]
    if token.kind == "number":
        if token.is_spelled and token.key == "1":
            return ""
        return f"number {token.unit}{token.is_spelled}"
    if where.keys[at] == OWN:
        return "" if token.low in SELVES or token.low in _TEXTS else "name"
    return "name" if token.kind == "name" and not _is_word_of_title(where, at) else ""


@lru_cache(maxsize=2048)
def _slots(where: Line) -> dict[str, list[int]]:
    """The positions of what can stand in each kind of place."""
    found: dict[str, list[int]] = {}
    for at in range(len(where.tokens)):
        if slot := _slot(where, at):
            found.setdefault(slot, []).append(at)
    return found


def _is_word_of_title(where: Line, at: int) -> bool:
    """Whether a capitalized word is one of several in a row, as in `Large Language Model (LLM)`."""
    plain = [
        0 <= i < len(where.tokens) and where.tokens[i].kind == "name" and where.tokens[i].text[1:].islower()
        for i in (at - 1, at, at + 1)
    ]
    return plain[1] and (plain[0] or plain[2])


def _rival(mine: Line, at: int, others: Sequence[Line], slot: str) -> tuple[Token, str] | None:
    """The word of the cited sentences that fits clearly better than the claim's own, and its key."""
    key = mine.keys[at]
    same = [(other, there) for other in others for there in other.where.get(key, ())]
    own = max((fit(mine, at, *place) for place in same), default=0.0)
    if own > 0.8 * fit(mine, at, mine, at):
        return None
    repeated = len(mine.where[key]) > len(same)
    for other in others:
        for there in _slots(other).get(slot, ()):
            if other.keys[there] == key:
                continue
            if slot == "name" and _STRONG.search(mine.tokens[at].text) and not _STRONG.search(other.tokens[there].text):
                continue
            if slot == "name" and abbreviates(other.tokens[there].text, mine.words):
                continue
            if _same_name(mine.tokens[at], other.tokens[there]) or (not repeated and _listed(other, there, same)):
                continue
            if _fits_better(mine, at, others, (other, there), own):
                return other.tokens[there], other.keys[there]
    return None


def _fits_better(mine: Line, at: int, others: Sequence[Line], place: tuple[Line, int], own: float) -> bool:
    other, there = place
    rival = other.keys[there]
    elsewhere = [i for i in mine.where.get(rival, ()) if i != at]
    if elsewhere:
        return _exchanged(mine, at, elsewhere[0], others)
    gained, perfect = fit(mine, at, other, there), fit(mine, at, mine, at)
    if OWN in (mine.keys[at], rival):
        return rival != OWN and gained > 0.5 * perfect and gained > 2 * own + 0.3
    if gained > (LEAST if own else 0.5 * LEAST) * perfect:
        return gained > CLEARLY * own + 0.15
    return gained > 0.55 * LEAST * perfect and gained > 2.5 * own + 0.3


def _exchanged(mine: Line, one: int, two: int, others: Sequence[Line]) -> bool:
    """Whether two words of the claim would fit better in each other's place."""
    pair = frozenset((one, two))
    kept = _best(mine, one, others, pair, one) + _best(mine, two, others, pair, two)
    turned = _best(mine, one, others, pair, two) + _best(mine, two, others, pair, one)
    perfect = fit(mine, one, mine, one, pair) + fit(mine, two, mine, two, pair)
    return turned > max(0.7 * LEAST * perfect, CLEARLY * kept + 0.15)


def _same_name(one: Token, other: Token) -> bool:
    """Whether one name is a part of the other, or short for it."""
    if one.kind != "name" or other.kind != "name":
        return False
    short, long = sorted((one, other), key=lambda token: len(token.key))
    initials = "".join(part[0] for part in re.split(r"[^a-z0-9]+", long.low) if part)
    return short.key in long.key or (len(short.key) > 1 and short.key in initials)


def _best(mine: Line, at: int, others: Sequence[Line], skip: frozenset[int], named: int) -> float:
    """How well the surroundings of one word fit those of the cited occurrences of another."""
    places = [(other, there) for other in others for there in other.where.get(mine.keys[named], ())]
    return max((fit(mine, at, other, there, skip) for other, there in places), default=0.0)


def _listed(other: Line, there: int, same: Sequence[tuple[Line, int]]) -> bool:
    """Whether a word stands in one list with the claim's own, where order tells nothing."""
    for line, own in same:
        low, high = sorted((own, there))
        if line is other and high - low < 24:
            between = other.tokens[low + 1 : high]
            if all(t.kind in ("name", "number") or t.low in _LIST for t in between):
                return True
    return False
