"""Numbers of other languages as English writes them: `fünfzig Prozent` is `50%`, `3,5 Millionen` is `3.5 million`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from agent.grounding.claim import Claim
from agent.grounding.languages import Language, carrying, language
from agent.grounding.tokens import tokens

HUNDRED, THOUSAND = 100, 1000
LONGEST = 60
"""Letters of a number of one word."""
_SCALES = {1000: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}


class Spelled(NamedTuple):
    """A number in letters."""

    start: int
    end: int
    value: int


class Written(NamedTuple):
    """A text with the numbers of its language in digits."""

    text: str
    letters: Mapping[str, str]
    """How the numbers in letters were written, by their digits."""


def written(claim: Claim, spoken: Language) -> Written:
    """Returns the claim with its numbers as the cited sentences have them, where these have them in any way."""
    text = spoken.percent.sub("%", spoken.points.sub(" percentage points", claim.text))
    carried = frozenset(value for sentence in claim.support for value in values(sentence))
    text = _DIGITS.sub(lambda found: _digits(found, claim, spoken), text)
    pieces, letters, at = [], {}, 0
    for one in spelled(text, spoken):
        said = text[one.start : one.end]
        known = str(one.value) in claim.cited_keys
        # What the sentences have in letters only, the checks of English do not see as one number.
        shown = str(one.value) if known or one.value not in carried else "some"
        letters[str(one.value)] = said
        pieces += [text[at : one.start], shown]
        at = one.end
    return Written("".join([*pieces, text[at:]]), letters)


def values(sentence: str) -> Iterator[int]:
    """Yields the numbers that an English sentence has in letters, and those that its words carry."""
    english = language("en")
    yield from (one.value for one in spelled(sentence, english, doubtful=True))
    yield from (carrying()[word] for word in re.findall(r"[a-z]+", sentence.lower()) if word in carrying())


_DIGITS = re.compile(
    r"(?<![\w.,])(?P<digits>\d+(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+,\d+|\d+(?:\.\d+)?)"
    r"(?:[ \u00a0\u202f](?P<scale>[^\W\d_]+))?(?![\d])"
)


def _digits(found: re.Match[str], claim: Claim, spoken: Language) -> str:
    """A number in digits as English writes it: what a dot and a comma mean, the cited sentences tell."""
    digits, word = found["digits"], found["scale"]
    power = spoken.numbers.get(word.lower(), 0) if word else 0
    scale = f" {_SCALES[power]}" if power in _SCALES else ""
    rest = "" if scale else found[0][len(digits) :]
    bare = re.sub(r"['’\u00a0\u202f ]", "", digits)
    readings = dict.fromkeys((bare, bare.replace(".", "").replace(",", "."), bare.replace(",", "."), digits))
    for reading in readings:
        for behind in dict.fromkeys((scale, "")):
            first = next(iter(tokens(reading + behind)), None)
            if (
                first
                and first.kind == "number"
                and first.key in claim.cited_keys
                and (behind or not scale or _SCALES[power] in claim.cited_words)
            ):
                return reading + behind + rest
    return (_DECIMAL.sub(".", digits) if " " not in digits else digits) + scale + rest


_DECIMAL = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))|(?<=\b0),(?=\d)")


def spelled(text: str, spoken: Language, *, doubtful: bool = False) -> Iterator[Spelled]:
    """Yields the numbers in letters from 2 on; with `doubtful` also those that may be other words."""
    run: list[tuple[re.Match[str], tuple[int, ...]]] = []
    for word in _word(spoken).finditer(text):
        # Behind digits a scale belongs to these.
        parts = () if _BEHIND.search(text[max(0, word.start() - 2) : word.start()]) else _parts(word[0].lower(), spoken)
        if run and not parts and word[0].lower() in spoken.joins:
            continue
        if run and parts and _continues(text[run[-1][0].end() : word.start()], run, parts, spoken):
            run.append((word, parts))
            continue
        yield from _ended(run, spoken, doubtful=doubtful)
        run = [(word, parts)] if parts else []
    yield from _ended(run, spoken, doubtful=doubtful)


_BEHIND = re.compile(r"\d[ \u00a0\u202f]?\Z")


@lru_cache(maxsize=32)
def _word(spoken: Language) -> re.Pattern[str]:
    """Matches a word; some numbers are one with a hyphen inside."""
    hyphened = sorted((word for word in spoken.numbers if "-" in word), key=len, reverse=True)
    return re.compile("|".join([*(rf"(?<!\w){word}(?!\w)" for word in hyphened), r"[^\W\d_]+"]), re.IGNORECASE)


def _parts(word: str, spoken: Language) -> tuple[int, ...]:
    """The numbers of which a word consists; none where it is another word."""
    if word in spoken.numbers:
        return (spoken.numbers[word],)
    return _glued(spoken.tails.sub("", word), spoken) if spoken.parts and len(word) <= LONGEST else ()


@lru_cache(maxsize=4096)
def _glued(word: str, spoken: Language) -> tuple[int, ...]:
    for part in sorted(spoken.parts, key=len, reverse=True):
        if word == part:
            return (spoken.parts[part],)
        if word.startswith(part):
            rest = word[len(part) :]
            joined = (rest[len(join) :] for join in spoken.joins if rest.startswith(join))
            behind = next((parts for left in (rest, *joined) if (parts := _glued(left, spoken))), ())
            if behind:
                return (spoken.parts[part], *behind)
    return ()


def _continues(
    between: str, run: list[tuple[re.Match[str], tuple[int, ...]]], parts: tuple[int, ...], spoken: Language
) -> bool:
    """Whether a word belongs to the number before it: `quarante mille`, `treinta y cinco`."""
    joined = between.strip(" -\u00a0\u202f").lower()
    if joined and joined not in spoken.joins:
        return False
    before = tuple(value for _, values in run for value in values)
    if spoken.parts and not (parts[0] >= THOUSAND or before[-1] >= 10**6):
        return False
    if before[-1] < parts[0] < HUNDRED:
        return False
    if parts[0] == 1 and not joined and "-" not in between:
        return False
    return not (joined and parts[0] >= THOUSAND) and value_of((*before, *parts)) is not None


def _ended(run: list[tuple[re.Match[str], tuple[int, ...]]], spoken: Language, *, doubtful: bool) -> Iterator[Spelled]:
    if not run:
        return
    value = value_of(tuple(value for _, values in run for value in values))
    alone = run[0][0][0] if len(run) == 1 else ""
    if value is not None and value > 1 and (doubtful or alone not in spoken.doubtful):
        yield Spelled(run[0][0].start(), run[-1][0].end(), value)


def value_of(parts: Iterable[int]) -> int | None:
    """Returns the number that number words make together; None where they make none."""
    whole, small = 0, 0
    for part in parts:
        if part >= THOUSAND:
            if whole and whole >= part:
                whole += (small or 1) * part
            else:
                whole = (whole + small or 1) * part
            small = 0
        elif part == HUNDRED:
            if small > 99:
                return None
            small = (small or 1) * HUNDRED
        elif not small % HUNDRED or _fit(small % HUNDRED, part):
            small += part
        else:
            return None
    return whole + small


def _fit(before: int, part: int) -> bool:
    """Whether two numbers below a hundred are one: tens and ones in either order, sixty and ten."""
    tens, ones = max(before, part), min(before, part)
    return (tens >= 20 and tens % 10 == 0 and ones < 10) or (before in (60, 80) and part < 20)
