"""Operators on what points where: negation, direction, and who is better than whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tests.faith.pairs import Pair

from .words import forms, inflected, pick, put, replaced, spots

VERB_PAIRS = """increase/decrease improve/degrade outperform/underperform rise/fall accelerate/slow enhance/impair
boost/reduce strengthen/weaken maximize/minimize grow/shrink alleviate/aggravate mitigate/exacerbate
simplify/complicate facilitate/hinder help/harm raise/lower gain/lose encourage/discourage
enable/prevent widen/narrow exceed/trail surpass/trail support/contradict confirm/refute
preserve/destroy lengthen/shorten promote/inhibit extend/limit overestimate/underestimate succeed/fail
add/remove activate/suppress stabilize/destabilize""".split()
ONE_WAY = """reduce/increase benefit/harm lower/raise diminish/increase relieve/worsen speed/slow elevate/lower
worsen/improve degrade/improve hinder/facilitate impair/enhance""".split()
WORD_PAIRS = """faster/slower higher/lower more/fewer better/worse larger/smaller greater/smaller stronger/weaker
positive/negative positively/negatively best/worst longer/shorter deeper/shallower easier/harder
cheaper/costlier superior/inferior above/below high/low strong/weak faster/slower easy/hard
efficient/inefficient effective/ineffective robust/fragile accurate/inaccurate sufficient/insufficient
reliable/unreliable similar/different before/after small/large dense/sparse early/late
simple/complex short/long linear/nonlinear supervised/unsupervised maximum/minimum most/least
advantage/disadvantage improvement/deterioration improvements/losses gain/loss gains/losses
rise/drop success/failure benefits/harms strengths/weaknesses
richer/poorer lighter/heavier efficiently/inefficiently effectively/poorly consistently/inconsistently
competitive/uncompetitive""".split()
LESSER = re.compile(r"\bfewer (?=\w+(?:ed|ive|ate|ent|ly|ble|al|ful|ous|ant)\b)")
FIXED = [
    "large lang",
    "large mult",
    "large visi",
    "high-level",
    "large-scale",
    "more than",
    "least",
    "before",
    "less than",
    "at least",
    "state of the art",
]
FINITE = "is are was were can has does do will could should".split()


def negation(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A negation is taken out or, where there is none, put to a verb."""
    affirmed = list(affirm(pair.text))
    return pick(affirmed, pair) if affirmed else pick(deny(pair.text), pair)


def affirm(text: str) -> Iterator[str]:
    """Takes out `not`, `no`, `without`, `fails to` and their like."""
    yield from replaced(text, {"cannot": "can", "without": "with", "can not": "can", "unable to": "able to"})
    for spot in re.finditer(r"\b(?:does|do|did) not (\w+)", text):
        verb = forms(spot[1])[{"does": 1, "do": 0, "did": 2}[spot[0].split()[0]]]
        yield put(text, spot, verb)
    for spot in re.finditer(r"\b(?:fails?|failed|struggles?) to (\w+)", text):
        first = spot[0].split()[0]
        yield put(text, spot, forms(spot[1])[2 if first == "failed" else 1 if first.endswith("s") else 0])
    for spot in re.finditer(r"(?<=\b(?:is|as)) not (?=[a-z])|(?<=\bare) not |(?<=\bhave) not |(?<=\bwere) not ", text):
        yield put(text, spot, " ")


def deny(text: str) -> Iterator[str]:
    """Puts `not` to a finite verb of a finding."""
    for spot in spots(text, inflected(1)):
        if not re.search(r"(?:\bwe|\bnot|,|\b(?:and|or|the|an?|its|their|of|in|on)) $", text[: spot.start()], re.I):
            yield put(text, spot, f"does not {inflected(1)[spot[0].lower()]}")
    for spot in spots(text, FINITE):
        if plain_finite(text, spot):
            yield put(text, spot, "cannot" if spot[0] == "can" else f"{spot[0]} not")


def plain_finite(text: str, spot: re.Match[str]) -> bool:
    """Whether `not` may follow an auxiliary here."""
    behind = text[spot.end() :]
    able = spot[0] not in ("has", "does", "do") or re.match(r" (?:been|\w+ed)\b", behind)
    negative = re.search(r"\b(?:no|none|neither|never|nor|few)\b[^,;]*$", text[: spot.start()], re.IGNORECASE)
    return (
        bool(able) and not negative and spot.start() > 0 and not re.match(r",|\.| (?:not|no|never|only|also) ", behind)
    )


@cache
def turns() -> dict[str, str]:
    """Maps words to what points the other way, verbs in each of their forms."""
    both = [pair.split("/") for pair in VERB_PAIRS]
    pairs = [*([b, a] for a, b in both), *both, *(pair.split("/") for pair in ONE_WAY)]
    slow = {"slow": "slow down"}
    table = {
        form: turned
        for a, b in pairs
        for form, turned in zip(forms(a), forms(slow.get(b, b)), strict=True)
        if a not in ("narrow", "slow", "complicate", "limit", "trail")
    }
    words = [pair.split("/") for pair in WORD_PAIRS]
    nouns = {"reduction": "increase", "reductions": "increases", "fewer": "more", "less": "more"}
    return {**table, **{b: a for a, b in words}, **dict(words), **nouns}


def direction(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A word of direction points the other way."""
    made = replaced(pair.text, turns(), lambda spot: turnable(pair.text, spot))
    return pick((LESSER.sub("less ", text) for text in made), pair)


def turnable(text: str, spot: re.Match[str]) -> bool:
    """Whether the word is free: not part of a fixed phrase, a compound or a mere sequence."""
    around = text[max(0, spot.start() - 9) : spot.end() + 6].lower()
    fixed = any(phrase in around for phrase in FIXED) and spot[0].lower() in ("high", "large", "more", "before", "less")
    endings = {"more": "s|ed|ive|ate|ent|ly|ble|al|ful", "most": "ive|ate|ent|ble|al|ful|ing"}
    wanted = endings["most" if spot[0].lower() in ("most", "least") else "more"]
    compared = spot[0].lower() in ("more", "most", "less", "least", "fewer")
    adverb = compared and not re.match(rf" \w+(?:{wanted})\b", text[spot.end() :])
    uncounted = spot[0].lower() == "more" and re.search(r"\d|once|much|any|even|no $", around.split("more")[0])
    named = spot[0][0].isupper() and spot.start() > 0
    verbal = spot[0] in ("lower", "gain", "gains") and re.search(r"\b(?:to|can|could|may|will) $", text[: spot.start()])
    failing = spot[0].lower().startswith("fail") and text[spot.end() :].startswith(" to ")
    graded = re.search(r"\b(?:more|less|most|least) $", text[: spot.start()])
    return not (
        graded or verbal or failing or fixed or adverb or uncounted or named or text[spot.end() : spot.end() + 1] == "-"
    )
