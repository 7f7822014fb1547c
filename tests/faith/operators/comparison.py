"""The operator on who is better than whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.faith.pairs import Pair

from .clauses import Clause, clause, swap_ends
from .figures import COUNTS
from .words import agreeing, base_of, forms, inflected, pick, plural, put, replaced, small, spots

COMPARING = "outperform surpass exceed beat underperform outrank dominate".split()
ADVERB = r"(?:(?:significantly|consistently|substantially|also|clearly|far|greatly|even|largely|generally) )?"
BE = dict.fromkeys(("is", "are", "was", "were"), "be")
COMPARATIVE = r"(?:[a-z]+er|more|less|fewer|better|worse)"
LINK = re.compile(
    rf"(?P<verb>[a-z]+)(?P<rest> (?:[\w.%×-]+ ){{0,5}}?"
    rf"(?:{COMPARATIVE} (?:[\w-]+ ){{0,4}}?than|superior to|preferable to)"
    r"|(?: [\w.%×-]+){1,6}?,? (?:compared (?:with|to)|relative to)|(?<=improves)(?: [\w-]+){0,4}? over)(?= )"
)
EQUAL = re.compile(r"competitive|comparable|similar|same|equal|no more|not |rather")
PLACED = re.compile(
    rf"\b{COMPARATIVE}\b[^,;()]{{0,40}}? (in|under|with|for|on|among|at|by) (?P<a>[^,;()]{{3,50}}?) than \1 "
    r"(?P<b>(?!th(?:e one|os|at))[^,;()]{3,50}?)(?=[.,;]|$| (?:and|on|in|by|while|when|with|at|after)\b)"
)
AT_LEAST = re.compile(r"\b(?:match|equal)(s|es|) or (?:exceed|surpass|beat|outperform)s?(?:es)?\b")


def comparison_reversed(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """The better one and the worse one of a comparison change places."""
    made = [
        *reversed_verb(pair.text),
        *reversed_beside(pair.text),
        *reversed_than(pair.text),
        *reversed_places(pair.text),
    ]
    return pick(made, pair)


def reversed_verb(text: str) -> Iterator[str]:
    """Turns `A outperforms B` into `B outperforms A`, or into the passive where A is no short phrase."""
    compared = {form: base for base in COMPARING for form in forms(base)[:3]}
    for spot in spots(text, compared):
        base, past = compared[spot[0].lower()], spot[0].endswith("ed")
        if parts := clause(text, spot, ADVERB):
            verb = spot[0] if past else agreeing(base, parts.b)
            yield swap_ends(text, parts, verb)
        elif passable(text, spot):
            yield put(text, spot, f"{being(text[: spot.start()], spot[0], base)} {forms(base)[3]} by")
    for spot in AT_LEAST.finditer(text):
        yield put(text, spot, "falls short of" if spot[1] else "fall short of")


def passable(text: str, spot: re.Match[str]) -> bool:
    """Whether the verb can be put in the passive where it stands."""
    before = text[: spot.start()]
    joined = re.search(r"(?:\bnot|\bor) $", before) or (
        re.search(r"(?:and|but) $", before) and not spot[0].endswith("s")
    )
    return bool(re.match(r" (?!by\b|\d)[\w-]", text[spot.end() :])) and not joined


def being(before: str, verb: str, base: str) -> str:
    """The form of `be` that puts a verb in the passive."""
    if re.search(r"\b(?:to|can|could|may|might|will)(?: \w+ly)? $", before):
        return "be"
    if verb in forms(base)[2] and verb != base:
        return "were" if plural(before.rstrip()) else "was"
    return "are" if verb == base and plural(before.rstrip()) else "is"


def reversed_beside(text: str) -> Iterator[str]:
    """Turns `, outperforming B` into `, outperformed by B`."""
    table = {forms(base)[4]: f"{forms(base)[3]} by" for base in COMPARING}
    yield from replaced(text, table, lambda spot: not re.search(r"\b(?:of|by|for|in|the) $", text[: spot.start()]))


def reversed_than(text: str) -> Iterator[str]:
    """Turns `A is faster than B` into `B is faster than A`, and so with `compared with` and `superior to`."""
    for word in re.finditer(r"\b[a-z]+", text):
        base = BE.get(word[0]) or base_of(word[0]) or (word[0] if word[0].endswith("ed") else None)
        spot = LINK.match(text, word.start()) if base else None
        if spot and not EQUAL.search(spot["rest"]) and (parts := clause(text, spot, ADVERB)) and things(parts):
            past = word[0] in inflected(2) or base == word[0]
            yield swap_ends(text, parts, (word[0] if past else linked(word[0], base, parts.b)) + spot["rest"])


def things(parts: Clause) -> bool:
    """Whether two things are compared, and not one with a number."""
    number = rf"(?:\d|{'|'.join(COUNTS)}|expected|ever|usual|before)"
    return not re.match(rf"{number}|those |that ", parts.b) and not re.match(r"(?i)none|no ", parts.a)


def reversed_places(text: str) -> Iterator[str]:
    """Turns `higher in A than in B` into `higher in B than in A`."""
    for spot in PLACED.finditer(text):
        middle = text[spot.end("a") : spot.start("b")]
        if not re.match(r".*\bones?$", spot["b"]):
            yield put(text, (spot.start("a"), spot.end("b")), f"{spot['b']}{middle}{spot['a']}")


def linked(verb: str, base: str, subject: str) -> str:
    """The verb in the form that the new subject asks for."""
    if verb in ("was", "were"):
        return "were" if plural(subject) else "was"
    return agreeing(base, small(subject))
