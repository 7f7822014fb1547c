"""Numbers and their units: each must stand in a cited sentence, as the same kind of quantity, with the same bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.tokens import Token, unit_of

_JOINTS = frozenset("- – to and or , / ± ( ) by respectively & vs versus from".split())
_LISTING = frozenset((",", ";", "and", "or", "&", ")"))
_WORDS_FOR = {"ratio": "times", "factor": "times", "aged": "year", "age": "year", "ages": "year", "old": "year"}
_INTERVAL = frozenset(("ci", "cis", "confidence", "credible", "interval", "intervals", "prediction"))
_UNITS = {
    "%": "percent",
    "points": "percentage points",
    "times": "a multiple",
    "": "a plain number",
    "ci": "an interval",
}
_AT_LEAST = (
    ("at", "least"),
    ("more", "than"),
    ("over",),
    ("above",),
    ("exceeding",),
    ("exceeds",),
    ("exceed",),
    ("beyond",),
)
_AT_MOST = (
    ("up", "to"),
    ("at", "most"),
    ("less", "than"),
    ("fewer", "than"),
    ("under",),
    ("below",),
    ("as", "little", "as"),
)


class Quantity(NamedTuple):
    """A number as a sentence has it."""

    unit: str
    noun: str
    """The key of the word behind it."""
    bound: int
    """1 for at least, -1 for at most, 0 for neither."""
    step: str = ""
    """`by` or `to`, where one of them stands before it."""
    other_end: str = ""
    """Of a range such as `18-21%`, the value of its other end."""


def numbers(claim: Claim) -> Iterator[Fault]:
    """Finds numbers that no cited sentence has, and numbers with another unit or bound than there."""
    carried, values = _carried(claim), {token.key for token in claim.tokens}
    for at, token in enumerate(claim.tokens):
        if token.kind != "number" or (token.key == "1" and token.is_spelled):
            continue
        mine = _quantity(claim.tokens, at)
        if token.key not in carried:
            if not token.is_spelled or not _counted(claim, at):
                yield Fault("number", token.text, "no cited sentence has this number")
            continue
        same = carried[token.key]
        if mine.unit not in {one.unit for one in same} and (wrong := _unit(mine, {one.unit for one in same})):
            yield Fault("unit", token.text, wrong)
        elif mine.bound and all(one.bound == -mine.bound for one in same):
            yield Fault("direction", token.text, "the cited sentence has it as the other bound")
        elif mine.step and all(one.step and one.step != mine.step for one in same):
            yield Fault("unit", token.text, f"the cited sentence says {next(iter(same)).step!r}, not {mine.step!r}")
        elif not mine.bound and all(one.other_end and one.other_end not in values for one in same):
            yield Fault("number", token.text, "the cited sentence has it as the end of a range")
    yield from _parts(claim)


def _parts(claim: Claim) -> Iterator[Fault]:
    """Finds `9 of 7`, which nothing can be."""
    for one, of, *rest in zip(claim.tokens, claim.tokens[1:], claim.tokens[2:], claim.tokens[3:], strict=False):
        whole = rest[1] if rest[0].low == "the" else rest[0]
        if one.kind == whole.kind == "number" and of.low == "of" and not one.unit and float(one.key) > float(whole.key):
            yield Fault("number", f"{one.text} of {whole.text}", "the part is larger than the whole")


def _carried(claim: Claim) -> dict[str, set[Quantity]]:
    """The cited numbers by value; in `40-60%` and `3, 4 and 5%` all have the last one's unit."""
    carried: dict[str, set[Quantity]] = {}
    for sentence in claim.cited:
        unit, gap = "", 99
        # `aged 60`, `a ratio of 6.5`: said once for all numbers of the sentence.
        told = {_WORDS_FOR[token.low] for token in sentence if token.low in _WORDS_FOR}
        for at in range(len(sentence) - 1, -1, -1):
            if sentence[at].kind == "name" and sentence[at].text[-1:].isalnum():
                _within_name(sentence[at], carried)
            if sentence[at].kind != "number":
                gap = gap + 1 if sentence[at].low in _JOINTS else 99
                continue
            own = _quantity(sentence, at)
            known = carried.setdefault(sentence[at].key, set())
            known.add(own)
            if not own.unit:
                known.update(own._replace(unit=other) for other in (*_far_units(sentence, at), *told))
                if gap <= 3 and unit:
                    known.add(own._replace(unit=unit))
            unit, gap = own.unit or (unit if gap <= 3 else ""), 0
    return carried


def _within_name(name: Token, carried: dict[str, set[Quantity]]) -> None:
    """Takes `7B` from `Qwen2-VL-7B`."""
    for part in name.text.replace("–", "-").split("-"):
        for token in Token.of(part):
            if token.kind == "number":
                carried.setdefault(token.key, set()).add(Quantity(token.unit, "", 0))


def _quantity(sentence: Sequence[Token], at: int) -> Quantity:
    token = sentence[at]
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    unit = token.unit
    if after and after.low in _INTERVAL:
        unit = "ci"
    elif not unit and after and after.kind == "word":
        unit = unit_of(after.low)
    noun = after.key if after and after.means and after.kind != "number" else ""
    return Quantity(unit, noun, _bound(sentence, at), _step(sentence, at), _other_end(sentence, at))


def _step(sentence: Sequence[Token], at: int) -> str:
    for token in reversed(sentence[max(0, at - 5) : at]):
        if token.low in ("by", "to"):
            return token.low
        if token.low not in _APPROXIMATELY:
            return ""
    return ""


_APPROXIMATELY = frozenset(
    "a an the average of about roughly nearly only just around up over more than mean factor almost".split()
)


def _other_end(sentence: Sequence[Token], at: int) -> str:
    """The other number of `18-21%`; of `from 18 to 21` each end may be told alone."""
    for first, last in ((at, at + 2), (at - 2, at)):
        if first >= 0 and last < len(sentence) and sentence[first].kind == sentence[last].kind == "number":
            one, two = sentence[first], sentence[last]
            if sentence[first + 1].text in "-–—~" and not one.unit and two.unit:
                return two.key if first == at else one.key
    return ""


def _bound(sentence: Sequence[Token], at: int) -> int:
    before = tuple(token.low for token in sentence[max(0, at - 4) : at])
    before = before[:-1] if before[-1:] in (("a",), ("the",), ("an",)) else before
    if {"no", "not", "never"} & set(before):
        return 0
    for sign, phrases in ((1, _AT_LEAST), (-1, _AT_MOST)):
        if any(before[-len(phrase) :] == phrase for phrase in phrases):
            return sign
    return 0


def _far_units(sentence: Sequence[Token], at: int) -> Iterator[str]:
    """Units a few words behind a number: `1.4 training hours`."""
    for token in sentence[at + 1 : at + 4]:
        if token.kind == "word" and (unit := unit_of(token.low)):
            yield unit


def _unit(mine: Quantity, units: set[str]) -> str:
    """What is wrong with another unit than the carried ones; nothing where one was only left out."""
    if not mine.unit and "ci" not in units:
        return ""
    if units == {""} and mine.unit == "points":
        return ""
    had = " and ".join(sorted(_UNITS.get(unit, unit) for unit in units))
    return f"the cited sentence has it as {had}, not as {_UNITS.get(mine.unit, mine.unit)}"


def _counted(claim: Claim, at: int) -> bool:
    """Whether a spelled number may be a count of what the sentences list, and no other number stands there."""
    token, noun = claim.tokens[at], _quantity(claim.tokens, at).noun
    nouns = (
        _quantity(sentence, i).noun
        for sentence in claim.cited
        for i, other in enumerate(sentence)
        if other.kind == "number"
    )
    if noun and noun in nouns:
        return False
    if token.key == "2" and claim.cited_words & {
        "both",
        "either",
        "between",
        "dual",
        "pair",
        "pairs",
        "twin",
        "second",
    }:
        return True
    return int(token.key) <= min(listed(claim), 5)


def listed(claim: Claim) -> int:
    """Returns how many things a cited sentence lists at most."""
    return 1 + max((sum(word.low in _LISTING for word in sentence) for sentence in claim.cited), default=0)
