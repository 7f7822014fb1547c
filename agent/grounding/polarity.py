"""Directions and negations: what rises must not fall, what is denied must not be said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.line import Line, fit, likeness
from agent.grounding.opposites import Stems, against, along
from agent.grounding.tokens import Token, tokens
from agent.grounding.words import DENIALS, NEGATORS, PSEUDO_NEGATIONS, stem

SCOPE = 5
"""Words behind a negator that it may deny."""
LITTLE = 0.2
"""The same, where nothing else can be meant."""
CLOSE = 0.7
"""How close to the cited sentences a claim must be for the number of its denials to say something."""
FAINT = 0.15
"""The same, for a warning."""
ENOUGH = 0.3
"""What part of a perfect fit shows that two words speak of the same thing."""
_STOPS = frozenset((",", ";", ":", "but", "while", "whereas", "although", "and", "(", "which", "yet"))
_DIFFERENCE = frozenset(
    map(stem, "differ different difference change advantage effect gain worse better benefit".split())
)
_EQUALITY = frozenset(
    "similar similarly equal equally same identical comparable unchanged par indistinguishable constant stable".split()
)
"""Ways to say that there is no difference."""
_DENYING = re.compile(r"(?:un|in|im|ir|il|non)(?=[a-z]{5})")
_DENYING_WORDS = NEGATORS | DENIALS
_LESS = re.compile(r"[a-z]{3,}(?:less|free)\Z")


def directions(claim: Claim) -> Iterator[Fault]:
    """Finds words whose opposite the cited sentences say about the same thing."""
    mine, others = claim.line, claim.lines
    for at, token in enumerate(mine.tokens):
        turned = against(token.key) if token.kind in ("word", "name") else None
        if not turned or _is_bound(mine, at):
            continue
        opposite = _places(others, turned)
        if not opposite:
            continue
        same = _places(others, along(token.key))
        if (
            not same
            and token.key not in claim.own
            and not any(mine.where.keys() & along(o.tokens[i].key) for o, i in opposite)
        ):
            other, there = opposite[0]
            alike = likeness(mine, at, other, there)
            if alike > FAINT and _denied(mine, at) == _denied(other, there):
                found = f"the cited sentence says {other.tokens[there].text!r}"
                yield Fault("direction", token.text, found, sure=alike > 0.45)
            continue
        whole = fit(mine, at, mine, at)
        own = max((fit(mine, at, *place) for place in same), default=0.0)
        rival, where = max(((fit(mine, at, *place), place) for place in opposite), key=lambda pair: pair[0])
        needed = max(ENOUGH * whole, 1.4 * own + 0.1) if same else LITTLE * whole
        if where[0].keys[where[1]] in mine.where and any(mine.keys[at] in other.where for other in others):
            continue
        if rival > needed and not _explained(mine, at, where, rival) and _denied(mine, at) == _denied(*where):
            sure = rival > 0.45 * whole and rival > 1.8 * own
            yield Fault("direction", token.text, f"the cited sentence says {where[0].tokens[where[1]].text!r}", sure)


def _is_bound(mine: Line, at: int) -> bool:
    """Whether a word is part of `more than ten` or `less effective`, which say something else than by themselves."""
    before, after = (mine.tokens[i].low if 0 <= i < len(mine.tokens) else "" for i in (at - 1, at + 1))
    return (after == "than" and mine.tokens[at].low in ("more", "less", "fewer")) or before in (
        "less",
        "fewer",
        "least",
    )


def _explained(mine: Line, at: int, where: tuple[Line, int], fitting: float) -> bool:
    """Whether another word of the claim carries the direction of the opposite, and fits its place as well."""
    other, there = where
    senses = along(other.tokens[there].key)
    return any(
        i != at and fit(mine, i, other, there) >= 0.8 * fitting for key in senses for i in mine.where.get(key, ())
    )


def _places(others: Sequence[Line], keys: Stems) -> list[tuple[Line, int]]:
    # In the order of the sentence: that of a set differs from run to run.
    return [(other, at) for other in others for key, places in other.where.items() if key in keys for at in places]


def negations(claim: Claim) -> Iterator[Fault]:
    """Finds what is denied although the cited sentences say it, and said although they deny it."""
    here = _denials(claim.text)
    there = [token for sentence in claim.support for token in _denials(sentence)]
    if here or there:
        mine, others = claim.line, claim.lines
        yield from _added(claim, mine, others, {token.key for token in here if token.low not in NEGATORS})
        yield from _removed(claim, mine, others, {token.key for token in there if token.low not in NEGATORS})
    yield from _prefixed(claim)
    yield from _able(claim)
    if len(here) > len(there):
        yield from _uncounted(claim)


def _added(claim: Claim, mine: Line, others: Sequence[Line], taken: set[str]) -> Iterator[Fault]:
    """`taken` are denials that both have: they cannot stand for another negator."""
    for at in _negators(claim.text, mine.tokens):
        heads = _heads(mine.tokens, at)[:2]
        if not heads or _idle(mine.tokens, at):
            continue
        keys = {mine.keys[head] for head in heads}
        if keys & _DIFFERENCE and claim.cited_words & _EQUALITY:
            continue
        around = {mine.keys[i] for i in range(max(0, at - 6), min(len(mine.keys), at + 11)) if mine.tokens[i].means}
        loose = taken - {mine.tokens[at].key}
        cues = [(o, i) for o in others for i, t in enumerate(o.tokens) if _denying(t) and t.key not in loose]
        if mine.tokens[at].low in ("no", "none", "never", "neither", "nor", "without"):
            keys = around
        heard = any(key in o.where for o in others for key in keys)
        if not any(
            _around(o, i) & (keys if heard else around) or (not heard and not around & claim.cited_keys)
            for o, i in cues
        ):
            alike = max(
                (likeness(mine, heads[0], o, i) for o in others for i in o.where.get(mine.keys[heads[0]], ())),
                default=0.0,
            )
            found = _phrase(mine.tokens, at, heads[0])
            yield Fault("negation", found, "the cited sentence does not deny it", sure=alike > 0.25)


def _removed(claim: Claim, mine: Line, others: Sequence[Line], taken: set[str]) -> Iterator[Fault]:
    """`taken` are denials that both have: they cannot stand for a negator that is gone."""
    for sentence, other in zip(claim.support, others, strict=True):
        for at in _negators(sentence, other.tokens):
            loose = taken - {other.tokens[at].key}
            cues = {i for i, t in enumerate(mine.tokens) if _denying(t) and t.key not in loose}
            again = other.tokens[at].low not in NEGATORS and other.tokens[at].key in mine.where
            if again or sentence[: other.tokens[at].at].endswith(("with and ", "with or ")):
                continue
            for head in _heads(other.tokens, at)[:1]:
                places = mine.where.get(other.keys[head], [])
                bare = [p for p in places if not any(-8 <= i - p <= 5 for i in cues)]
                if not bare or len(bare) < len(places) or _said_plainly(other.keys[head], others):
                    continue
                if fit(mine, bare[0], other, head) > LITTLE * fit(mine, bare[0], mine, bare[0]):
                    denied = _phrase(other.tokens, at, head)
                    sure = likeness(mine, bare[0], other, head) > 0.3
                    yield Fault(
                        "negation", mine.tokens[bare[0]].text, f"the cited sentence denies it: {denied!r}", sure
                    )


def _said_plainly(key: str, others: Sequence[Line]) -> bool:
    return any(not _near_denial(other, i) for other in others for i in other.where.get(key, ()))


def _around(where: Line, at: int) -> set[str]:
    return {where.keys[i] for i in range(max(0, at - 8), min(len(where.keys), at + 11)) if where.tokens[i].means}


def _uncounted(claim: Claim) -> Iterator[Fault]:
    """Warns of a claim that denies more than the sentences that it repeats."""
    if claim.closeness < CLOSE or claim.cited_words & _EQUALITY:
        return
    negators = _negators(claim.text, claim.tokens)
    if negators and not _idle(claim.tokens, negators[-1]):
        yield Fault("negation", claim.tokens[negators[-1]].text, "the cited sentences deny less", sure=False)


def _is_form(one: str, other: str) -> bool:
    """Whether two words differ by a prefix, not by their endings."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) or long.removesuffix("ly").endswith(short.removesuffix("ly"))


def _able(claim: Claim) -> Iterator[Fault]:
    """Finds `can` for `cannot`."""
    words = [token.low for token in claim.tokens]
    if "can" not in words or "can" in claim.cited_words or any(_denying(token) for token in claim.tokens):
        return
    around = {token.key for token in claim.tokens[words.index("can") :] if token.means}
    for sentence in claim.cited:
        for at, token in enumerate(sentence):
            if token.low in ("cannot", "can't") and len({t.key for t in sentence[at:] if t.means} & around) >= 2:
                yield Fault("negation", "can", f"the cited sentence says {token.text!r}")
                return


def _prefixed(claim: Claim) -> Iterator[Fault]:
    """Finds `supervised` for `unsupervised` and the reverse."""
    for at, token in enumerate(claim.tokens):
        if token.kind != "word" or not token.means or len(token.low) < 5 or token.key in claim.cited_keys:
            continue
        bare = _DENYING.sub("", token.low, count=1)
        turned = {stem(bare)} if bare != token.low else set()
        turned |= {stem(prefix + token.low) for prefix in ("un", "in", "im", "ir", "il", "non")}
        near = [*claim.tokens[max(0, at - 5) : at], *claim.tokens[at + 1 : at + 5]]
        for line_ in claim.lines:
            sentence = line_.tokens
            for there, other in enumerate(sentence):
                if other.key not in turned or other.kind != "word" or not _is_form(token.low, other.low):
                    continue
                about = [*sentence[max(0, there - 5) : there], *sentence[there + 1 : there + 5]]
                if not any(_denying(t) for t in (*near, *about)):
                    sure = likeness(claim.line, at, line_, there) > 0.5
                    yield Fault("negation", token.text, f"the cited sentence says {other.text!r}", sure)
                    return


def _negators(text: str, tokens: Sequence[Token]) -> list[int]:
    """Positions of the words that deny what follows."""
    passed = [match.span() for match in PSEUDO_NEGATIONS.finditer(text.lower())]
    return [
        at
        for at, token in enumerate(tokens)
        if token.low in _DENIERS and not _idle(tokens, at) and not any(start <= token.at < end for start, end in passed)
    ]


_DENIERS = NEGATORS | frozenset("fail fails failed failing lack lacks lacked lacking unable incapable".split())
_IDLE = frozenset(
    "give giving need needs needing loss losing sacrificing compromising requiring hurting degrading affecting "
    "changing altering "
    "extra additional further us resorting relying having harming exceed more".split()
)
"""What stands behind `without` and `not` in phrases that only say how something is done."""


def _idle(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].low in _IDLE and tokens[at].low in ("without", "not", "no", "never")


def _heads(tokens: Sequence[Token], at: int) -> list[int]:
    """Positions of the words with a meaning that a negator may deny."""
    heads = []
    for i in range(at + 1, min(len(tokens), at + 1 + SCOPE)):
        if tokens[i].low in _STOPS:
            break
        if tokens[i].means:
            heads.append(i)
    return heads


@lru_cache(maxsize=2048)
def _denials(text: str) -> tuple[Token, ...]:
    return tuple(token for token in tokens(text) if _denying(token))


def _denying(token: Token) -> bool:
    return token.low in _DENYING_WORDS or (token.low.endswith(("less", "free")) and bool(_LESS.match(token.low)))


def _denied(where: Line, at: int) -> bool:
    """Whether a negator stands close before a word."""
    for i in range(at - 1, max(-1, at - SCOPE - 2), -1):
        token = where.tokens[i]
        if token.low in NEGATORS and where.tokens[i + 1].low not in ("only", "just", "merely"):
            return True
        if token.low in _STOPS:
            return False
    return False


def _near_denial(where: Line, at: int) -> bool:
    return any(_denying(token) for token in where.tokens[max(0, at - 7) : at + 5])


def _phrase(tokens: Sequence[Token], start: int, end: int) -> str:
    return " ".join(token.text for token in tokens[start : end + 1])
