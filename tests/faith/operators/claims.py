"""Operators that claim more: overclaim, hedge, quantifier and recommendation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.faith.pairs import Pair

from .equivalent import mentions
from .figures import COUNTS
from .words import agreeing, capital, inflected, pick, plural, put, replaced, spots

STRONGER = {
    "shows": "proves", "show": "prove", "demonstrates": "proves", "demonstrate": "prove", "suggests": "proves",
    "suggest": "prove", "indicates": "proves", "indicate": "prove", "addresses": "solves", "address": "solve",
    "mitigates": "eliminates", "mitigate": "eliminate", "alleviates": "eliminates", "alleviate": "eliminate",
    "tackles": "solves", "tackle": "solve", "reduces": "eliminates", "reducing": "eliminating",
    "competitive": "state-of-the-art", "comparable": "superior", "promising": "perfect", "strong": "unmatched",
    "effective": "perfect", "good": "flawless",
}  # fmt: skip
RANKED = r"\b(?:a|an) (?=(?:[\w-]+ ){0,3}(?:method|model|framework|approach|algorithm|benchmark|dataset|system)\b)"
PRAISE = [
    ("state-of-the-art", "state[- ]of[- ]the[- ]art|sota|best"), ("the first", "first|novel|new"),
    ("best-performing", "best|outperform|state"), ("universally applicable", "universal|general"),
]  # fmt: skip
ALWAYS = ["always", "perfectly", "in all cases"]
HEDGED = (
    r"may|might|could|suggest|appear|seem|likely|potential|possibl|probabl|perhaps|tend|"
    r"hypothesi|indicat|aim|seek|attempt|expect|intend|believ"
)
MODAL = re.compile(r"\b(?:may|might|could)(?: (?:also|even|potentially|possibly|thus|still))? (not )?(be|[a-z]+)\b")
APPEARING = re.compile(
    r"\b(appears?|seems?|tends?|aims?|seeks?|attempts?|(?:is|are) (?:likely|expected|intended|believed))"
    r" to (be|[a-z]+)\b"
)
DOUBT = re.compile(
    r"(?<!more )(?<!most )(?<!less )(?<!not )(?<!as )"
    r"\b(?:potentially|possibly|probably|perhaps|presumably|likely(?! to))\b,? ?",
    re.IGNORECASE,
)
SURE = {
    "suggests": "shows", "suggest": "show", "suggested": "showed", "suggesting": "showing", "indicates": "proves",
    "indicate": "prove", "likely": "certain", "possible": "certain", "potential": "proven", "promising": "proven",
}  # fmt: skip
RAISED = {
    "some": "all", "many": "most", "several": "all", "most": "all", "a few": "most", "few": "many", "often": "always",
    "sometimes": "always", "usually": "always", "typically": "always", "generally": "always", "frequently": "always",
    "various": "all", "multiple": "all", "mostly": "entirely", "largely": "entirely", "partially": "fully",
    "partly": "fully", "a majority of": "all", "the majority of": "all", "nearly": "more than", "almost": "entirely",
    "numerous": "all", "a range of": "all", "rarely": "never", "certain": "all", "commonly": "always",
    "up to": "at least", "a variety of": "all", "widely": "universally", "at least one": "every", "half": "all",
    "diverse": "all",
}  # fmt: skip
ADVICE = [
    ", and it should be adopted in practice", ", so practitioners should use it",
    ", and is recommended for clinical use",
    ", which should become standard practice", ", and it should replace existing methods",
    "; practitioners are advised to adopt it", ", and we recommend it for deployment",
]  # fmt: skip


def overclaim(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """Praise or certainty is added that the abstract does not have."""
    table = {word: new for word, new in STRONGER.items() if not mentions(pair.abstract, new[:5])}
    stronger = replaced(pair.text, table, lambda spot: not nominal(pair.text, spot))
    return pick([*praised(pair), *stronger, *without_exception(pair)], pair)


def nominal(text: str, spot: re.Match[str]) -> bool:
    """Whether the word is a noun here: `address` is a verb only before a determiner."""
    before, behind = text[: spot.start()], text[spot.end() :]
    noun = spot[0].lower() in ("address", "addresses", "show", "shows")
    return noun and (not re.match(r" (?:th|a|an|its|such|both|key|how|our)", behind) or before.endswith("the "))


def praised(pair: Pair) -> Iterator[str]:
    """Writes `a state-of-the-art method` for `a method`, or `the first` for `a`."""
    for spot in re.finditer(RANKED, pair.text, re.IGNORECASE):
        for praise, said in PRAISE:
            if not mentions(pair.abstract, said):
                article = praise if praise == "the first" else f"a {praise}"
                yield put(pair.text, spot, f"{capital(article) if spot[0][0] == 'A' else article} ")


def without_exception(pair: Pair) -> Iterator[str]:
    """Puts `always` or `perfectly` to a verb of effect."""
    effects = (
        "improve",
        "outperform",
        "reduce",
        "enhance",
        "capture",
        "predict",
        "generalize",
        "achieve",
        "preserve",
        "detect",
    )
    for spot in spots(pair.text, [form for form, base in inflected(1).items() if base in effects]):
        if not re.search(r"(?:ly|also|,|not) $", pair.text[: spot.start()]) and not mentions(
            pair.abstract, "always|perfect"
        ):
            yield put(pair.text, (spot.start(), spot.start()), "always ")


def hedge(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A hedge that a cited sentence has is taken out."""
    if not mentions(pair.source, HEDGED):
        return []
    return pick([*unmodal(pair.text), *unhedged(pair.text), *appeared(pair.text)], pair)


def unmodal(text: str) -> Iterator[str]:
    """Turns `may improve` into `improves`."""
    for spot in MODAL.finditer(text):
        if not spot[1]:
            yield put(text, spot, agreeing(spot[2], text[: spot.start()].rstrip()))
        elif spot[2] == "be":
            yield put(text, spot, ("are" if plural(text[: spot.start()].rstrip()) else "is") + " not")


def unhedged(text: str) -> Iterator[str]:
    """Makes `suggests that` certain and drops adverbs of doubt."""
    that = r" (?:that|the|a|its|to)\b"
    certain = {word: new for word, new in SURE.items() if new not in ("proven", "certain")}
    yield from replaced(text, certain, lambda spot: bool(re.match(that, text[spot.end() :])))
    for spot in DOUBT.finditer(text):
        yield put(text, spot, "")
    yield from replaced(
        text, {"is likely to be": "is", "are likely to be": "are", "it is likely that": "", "promising": "proven"}
    )


def appeared(text: str) -> Iterator[str]:
    """Turns `appears to improve` into `improves`."""
    for spot in APPEARING.finditer(text):
        many = spot[1].split()[0] in ("appear", "seem", "tend", "are", "aim", "seek", "attempt")
        be = "are" if many else "is"
        yield put(text, spot, be if spot[2] == "be" else agreeing(spot[2], "they" if many else "it"))


def quantifier(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A quantifier is raised, such as `some` to `all`, and `three of five` to `all five`."""
    table = {word: new for word, new in RAISED.items() if not mentions(pair.source, rf"{new}\b|every|each\b")}
    made = [*replaced(pair.text, table, lambda spot: raisable(pair.text, spot)), *whole(pair.text)]
    return pick(made, pair)


def raisable(text: str, spot: re.Match[str]) -> bool:
    """Whether the quantifier counts things: not `most accurate`, `a certain`, `half of` a number or `nearly a`."""
    word, before, behind = spot[0].lower(), text[: spot.start()], text[spot.end() :]
    if word in ("most", "certain", "various", "multiple", "several", "many", "some", "few", "numerous", "diverse"):
        plural_noun = re.match(
            r" (?:of (?:the|these|our) )?(?:[\w-]+ ){0,2}?[\w-]+[^s\W]s\b|(?: other)? people", behind
        )
        return bool(plural_noun) and not re.search(
            r"\b(?:the|an?|as|how|too|so|at|its|our|these|more|than|and) $", before
        )
    if re.search(r"\b(?:less|more|as|how|most|not|so|too|very) $", before):
        return False
    return word not in ("up to", "nearly", "half", "almost") or bool(re.match(r" (?:\d|all|of the|the|half)", behind))


def whole(text: str) -> Iterator[str]:
    """Writes `all five` for `three of five`."""
    number = rf"(?:\d+|{'|'.join(COUNTS)})"
    for spot in re.finditer(rf"\b{number} (?:out )?of (?:the )?({number})\b", text, re.IGNORECASE):
        yield put(text, spot, f"{'All' if spot.start() == 0 else 'all'} {spot[1]}")


def recommendation(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """Advice is added that the abstract does not give."""
    if mentions(pair.abstract, "recommend|should|advis|practitioner") or not re.search(r"[\w%)]\.$", pair.text):
        return []
    return pick((f"{pair.text[:-1]}{advice}." for advice in ADVICE), pair, 1)
