"""Tense: what one study found must not become a law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.tokens import Token
from agent.grounding.words import stem

_PAST = frozenset(
    "was were had did found fell rose grew led made showed ran lost won kept held took gave saw became began drove "
    "shrank "
    "went came got put sold bought told wrote built brought met sent spent".split()
)
_NO_PAST = frozenset(
    "speed need seed feed embed exceed proceed succeed indeed hundred shed red bed breed weed steed related based "
    "detailed trained annotated limited integrated "
    "improved advanced unified proposed supervised automated fixed combined shared aligned pretrained tuned grounded "
    "embedded "
    "driven informed oriented centered specialized generated estimated".split()
)
_NO_SUBJECT = frozenset(
    "is are be been being a an the of by with for in on to from and its has have our when as than using or more most "
    "less "
    "their this that these those each all at highly well newly previously very".split()
)
_AUXILIARY = frozenset("is are has have does do".split())
_FINDING = frozenset(
    "achieve achieves reach reaches attain attains obtain obtains show shows reveal reveals find finds demonstrate "
    "demonstrates "
    "indicate indicates suggest suggests increase increases decrease decreases reduce reduces lower lowers raise "
    "raises improve "
    "improves worsen worsens outperform outperforms surpass surpasses exceed exceeds beat beats lead leads give "
    "gives yield yields "
    "produce produces cause causes prevent prevents delay delays predict predicts face faces retain retains keep "
    "keeps lose loses "
    "recover recovers decline declines fall falls rise rises drop drops grow grows shrink shrinks double doubles "
    "halve halves cut "
    "cuts affect affects remain remains perform performs carry carries need needs require requires make makes take "
    "takes boost "
    "boosts bring brings sell sells score scores detect detects identify identifies respond responds develop "
    "develops happen "
    "happens occur occurs receive receives report reports experience experiences convert converts hold holds attack "
    "attacks miss "
    "misses differ differs earn earns spend spends inhibit inhibits bind binds trigger triggers save saves win wins "
    "gain gains "
    "suppress suppresses activate activates shorten shortens extend extends protect protects slow slows speed speeds "
    "kill kills "
    "allow allows enable enables help helps explain explains account accounts vary varies change changes choose "
    "chooses spread "
    "introduce introduces propose proposes present presents provide provides offer offers use uses employ employs "
    "consist consists "
    "contain contains include includes support supports build builds combine combines integrate integrates address "
    "addresses rely "
    "relies interpret interprets eliminate eliminates encompass encompasses review reviews design designs leverage "
    "leverages study "
    "investigate investigates explore explores perform enable focus focuses aim aims describe describes evaluate "
    "evaluates match "
    "matches operate operates follow follows lie lies depend depends appear appears seem seems exhibit exhibits "
    "maintain maintains "
    "spreads become becomes go goes come comes let lets run runs answer answers move moves turn turns put puts "
    "benefit benefits correlate correlates vanish vanishes disappear disappears suffer suffers defeat defeats lift "
    "lifts degrade degrades "
    "fail fails reflect reflects capture captures convey conveys overcome overcomes resolve resolves separate "
    "separates estimate estimates "
    "agree agrees adapt adapts explain confirm confirms imply implies correspond corresponds contribute "
    "contributes".split()
)
"""Verbs in the present by which findings are told."""


CLOSE = 0.75
"""How close to the cited sentences a claim must be for its tense to say something: a paraphrase chooses its own."""


def tenses(claim: Claim) -> Iterator[Fault]:
    """Finds a verb in the present where the cited sentence that says it tells everything in the past."""
    if claim.coverage < CLOSE or not any(
        _is_past(sentence, at) for sentence in claim.cited for at in range(len(sentence))
    ):
        return
    for at, token in enumerate(claim.tokens):
        if _is_present(claim.tokens, at) and (token.low in _AUXILIARY or token.low.endswith("s")):
            around = {t.key for t in claim.tokens[max(0, at - 7) : at + 8] if t.means}
            said = max(claim.cited, key=lambda sentence: len(around & {t.key for t in sentence}))
            past = [t for i, t in enumerate(said) if _is_past(said, i) and t.low not in _OWN_WORK]
            if past and not any(_is_present(said, i) for i in range(len(said))):
                yield Fault("tense", token.text, f"the cited sentence tells it in the past ({past[0].text!r})")
                return


_TO_COME = frozenset(
    map(
        stem,
        (
            "release publish open available provide extend add explore investigate include help improve support "
            "address continue"
        ).split(),
    )
)
"""What is announced."""
_OWN_WORK = frozenset(
    "developed introduced proposed presented designed built created constructed collected curated released "
    "implemented used".split()
)
"""What was done to make a thing that still is."""
_ANNOUNCING = frozenset("will shall plan plans intend".split())
_FUTURE = frozenset("will shall plan plans planned planning future upcoming soon intend intends ongoing".split())


def futures(claim: Claim) -> Iterator[Fault]:
    """Finds what is still to come told as done."""
    if _ANNOUNCING.isdisjoint(claim.cited_words) or any(token.low in _FUTURE for token in claim.tokens):
        return
    mine = {token.key for token in claim.tokens if token.means}
    for sentence in claim.cited:
        for at, token in enumerate(sentence):
            if token.low in _ANNOUNCING:
                if not any(t.key in _TO_COME for t in sentence[at + 1 : at + 6]):
                    continue
                behind = [t.key for t in sentence[at + 1 : at + 12] if t.means and t.low not in _FUTURE][:4]
                before = [t.key for t in sentence[:at] if t.means][-4:]
                if sum(key in mine for key in behind) >= 0.5 * len(behind) and set(before + behind) & mine and behind:
                    yield Fault("tense", token.text, f"the cited sentence says it with {token.text!r}")
                    return


def _is_past(sentence: Sequence[Token], at: int) -> bool:
    """Whether a word is a verb in the past, and no participle."""
    low = sentence[at].low
    if low in _PAST:
        return True
    if not low.endswith("ed") or low in _NO_PAST or sentence[at].kind != "word" or len(low) < 4:
        return False
    before = sentence[at - 1].low if at else ""
    after = sentence[at + 1].low if at + 1 < len(sentence) else ""
    return bool(before) and after != "by" and not before.endswith("ing") and before not in _NO_SUBJECT


def _is_present(sentence: Sequence[Token], at: int) -> bool:
    token = sentence[at]
    if token.low in _AUXILIARY:
        return True
    if (
        at
        and sentence[at - 1].low == "we"
        and token.kind == "word"
        and not token.low.endswith(("ed", "ly"))
        and token.low not in _PAST
    ):
        return True
    if token.low not in _FINDING or not at:
        return False
    before = sentence[at - 1]
    if before.low in ("we", "they"):
        return True
    if token.low.endswith("s"):
        return before.low not in _NO_SUBJECT | {"other", "many", "several", "few"} and before.kind != "number"
    return (before.low.endswith("s") and before.means) or before.low in (
        "they",
        "we",
        "always",
        "which",
        "that",
        "also",
    )
