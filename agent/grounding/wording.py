"""How strongly a claim speaks: hedges, quantifiers, praise and advice, against what it cites.

These warn: an editor may have good reasons for a plainer word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.grounding import praise
from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.tokens import Token
from agent.grounding.words import ASSOCIATION, CAUSATION, HEDGES, QUANTIFIERS, STRONG_HEDGES, stem


def hedges(claim: Claim) -> Iterator[Fault]:
    """Finds what is certain in the claim and hedged where the cited sentences say it."""
    if STRONG_HEDGES.isdisjoint(claim.cited_words):
        return
    places: dict[str, list[int]] = {}
    for at, token in enumerate(claim.tokens):
        if token.means:
            places.setdefault(token.key, []).append(at)
    softened = [at for at, token in enumerate(claim.tokens) if token.low in STRONG_HEDGES or token.low in _SOFT]
    for sentence in claim.cited:
        for at in range(len(sentence)):
            if not _hedges(sentence, at):
                continue
            near = _near(sentence, at)
            told = [place for key in near for place in places.get(key, ())]
            if near and len(set(near) & places.keys()) >= len(near) / 3 and not _softened(told, softened):
                yield Fault("hedge", sentence[at].text, f"the cited sentence says it with {sentence[at].text!r}")
                return


def _hedges(sentence: Sequence[Token], at: int) -> bool:
    token = sentence[at]
    if token.low not in STRONG_HEDGES or (token.text == "May" and not token.opens):
        return False
    before = sentence[at - 1].low if at else ""
    return not (token.low in ("likely", "possible", "potential", "estimates") and before in _NO_HEDGE)


_SOFT = frozenset(
    "can aim aims aimed hypothesis believe believed consider considered promising possibility whether if unclear "
    "expected".split()
)
_NO_HEDGE = frozenset("more less times most least the great its their of full huge large as if".split())
_CLAUSE = frozenset((",", ";", ":", "but", "and", "because", "although", "while", "whereas"))


def _near(sentence: Sequence[Token], at: int) -> list[str]:
    """Keys of what is hedged: the words around, in the clause."""
    near = []
    for step, most in ((1, 4), (-1, 3)):
        found: list[str] = []
        place = at + step * (1 + (0 <= at + step < len(sentence) and sentence[at + step].low in _CLAUSE))
        while 0 <= place < len(sentence) and len(found) < most and sentence[place].low not in _CLAUSE:
            if sentence[place].means and sentence[place].low not in HEDGES:
                found.append(sentence[place].key)
            place += step
        near += found
    return near


def _softened(told: Sequence[int], softened: Sequence[int]) -> bool:
    """Whether a hedge of the claim stands near what is hedged in the sentence."""
    return any(min(told) - 9 <= at <= max(told) + 4 for at in softened) if told else bool(softened)


def causes(claim: Claim) -> Iterator[Fault]:
    """Finds an effect where the cited sentences know an association."""
    if any(t.low in ASSOCIATION for t in claim.tokens) or not any(t.low in CAUSATION for t in claim.tokens):
        return
    cited = claim.cited_words
    if cited & ASSOCIATION and not cited & CAUSATION:
        word = next(t.text for t in claim.tokens if t.low in CAUSATION)
        yield Fault("hedge", word, "the cited sentence knows an association, not an effect")


def quantifiers(claim: Claim) -> Iterator[Fault]:
    """Finds words for more of a whole than the cited sentences speak of."""
    if not any(QUANTIFIERS.get(token.low, 0) >= 3 for token in claim.tokens):
        return
    ranks = [
        (QUANTIFIERS[t.low], t, _behind(sentence, at))
        for sentence in claim.cited
        for at, t in enumerate(sentence)
        if t.low in QUANTIFIERS
    ]
    shares = any(t.unit == "%" for sentence in claim.cited for t in sentence)
    parts = _parts(claim)
    for at, token in enumerate(claim.tokens):
        rank = QUANTIFIERS.get(token.low, 0)
        if rank < 3 or token.low in _ALONE or _is_idiom(claim.tokens, at):
            continue
        about = _behind(claim.tokens, at)
        whole = claim.tokens[at + 1].key if at + 1 < len(claim.tokens) else ""
        if rank == 5 and whole in parts:
            yield Fault("quantifier", token.text, f"the cited sentence says {parts[whole]!r}")
        elif not any(r >= rank and (about & them or _licenses(t, token)) for r, t, them in ranks):
            lower = [t for r, t, them in ranks if 0 < r < rank and (about & them or (rank >= 4 and not _is_count(t)))]
            counted = rank >= 4 and not (rank == 4 and shares) and about & claim.cited_keys
            if lower or counted:
                said = f"says {lower[0].text!r}" if lower else "does not speak of so many"
                yield Fault("quantifier", token.text, f"the cited sentence {said}")


_ALONE = frozenset("each both any whole diverse multiple various half mainly primarily".split())
"""Words that license others, but raise nothing by themselves."""
_ADVERBS = frozenset(
    "always entirely universally everywhere invariably completely consistently mostly largely usually typically "
    "often generally".split()
)


def _licenses(cited: Token, token: Token) -> bool:
    """Whether a word may stand for another that need not be about the same."""
    return cited.low == token.low or cited.low in _ADVERBS or token.low in _ADVERBS


def _is_count(token: Token) -> bool:
    return token.kind == "number"


def _parts(claim: Claim) -> dict[str, str]:
    """The wholes of which the cited sentences count a part: `3 of 5` says nothing of all 5."""
    return {
        of[-1].key: f"{part.text} of {of[-1].text}"
        for sentence in claim.cited
        for part, *of in zip(sentence, sentence[1:], sentence[2:], sentence[3:], strict=False)
        for of in ([*of[:2]], [*of] if of[1].low == "the" else [])
        if of and of[0].low == "of" and part.kind == "number" and of[-1].kind == "number"
    }


def _is_idiom(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word belongs to `at most`, `above all`, `the most useful`, `not all`."""
    before = tokens[at - 1].low if at else ""
    return tokens[at].low in ("most", "all", "always", "every") and before in _BEFORE_IDIOMS


_BEFORE_IDIOMS = frozenset("at above the not after overall of".split())


def _behind(tokens: Sequence[Token], at: int) -> set[str]:
    return {t.key for t in tokens[at + 1 : at + 5] if t.means and t.kind != "number"}


def overclaims(claim: Claim) -> Iterator[Fault]:
    """Finds praise, superlatives and certainties that no cited sentence has."""
    cited = " ".join(claim.support)
    for said, licence in praise.overclaims():
        for match in said.finditer(claim.text):
            if not _DENIED.search(claim.text[: match.start()]) and not re.search(licence, cited, re.IGNORECASE):
                yield Fault("overclaim", match[0], "no cited sentence says so much")


_DENIED = re.compile(r"\b(?:not|no|nor|without|never|cannot)\b(?: \w+){0,2} $", re.IGNORECASE)


def recommendations(claim: Claim) -> Iterator[Fault]:
    """Finds advice that no cited sentence gives."""
    cited = " ".join(claim.support)
    advice = praise.recommendations()
    for match in advice.finditer(claim.text):
        if not advice.search(cited) and stem(match[0].lower().split()[-1]) not in claim.cited_keys:
            yield Fault("recommendation", match[0], "no cited sentence gives this advice")
