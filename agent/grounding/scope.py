"""Phrases of scope that a claim must not drop, and roles that it must not exchange."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.line import OWN, Line, fit
from agent.grounding.tokens import tokens
from agent.grounding.words import PRIOR, stem

_LIMITS = (
    r"\b(?:(?:in|on|for|among|within|under|at|across|during|with|using|from|over|of) (?:(?:the|a|an|our|only|just|"
    r"all|both|"
    r"these|those|healthy|young|older|adult|female|male|wild|captive|small|short|large|\w+ly|\w+ed|\w+al|\w+ic|"
    r"\w+-\w+|\d[\w.,]*|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|twelve) ){0,4}"
    r"(?:mice|mouse|rats?|rodents?|zebrafish|drosophila|flies|monkeys|primates|yeast|bacteria|cells?|tissues?|"
    r"organoids?|vitro|vivo|silico|"
    r"patients?|adults?|children|infants|men|women|students|participants|volunteers|workers|farmers|households|nurses|"
    r"speakers|users|people|adolescents|teenagers|seniors|undergraduates|"
    r"datasets?|benchmarks?|tasks?|corpora|corpus|domains?|languages?|settings?|setups?|scenarios?|conditions?|"
    r"simulations?|simulators?|"
    r"regimes?|environments?|trials?|cohorts?|samples?|subgroups?|subsets?|subsamples?|sites?|counties|county|"
    r"districts?|countries|cities|villages?|hospitals?|"
    r"clinics?|schools?|regions?|lakes?|forests?|streams?|soils?|plots?|islands?|rivers?|reefs?|catchments?|basins?|"
    r"temperatures?|pressures?|resolutions?|lengths?|budgets?|models?|images?|videos?|queries|questions|texts?|"
    r"graphs?|matrices|networks?|clusters?|workloads?|traces?|machines?|devices?|servers?|hardware|experiments?|"
    r"studies|study|cases?|seasons?|summers?|winters?|years?|months?|weeks?|days?|nights?|decades?|stages?|phases?|"
    r"supervision|data))\b"
    r"|\bin (?:simulation|vitro|vivo|silico|practice|mice|rats|theory|the lab(?:oratory)?|rural \w+|urban \w+)\b"
    r"|\b(?:only|solely) (?:if|when|for|in|on|with|under)\b|\b(?:at least|at most|up to|on average|across (?:\w+ "
    r"){0,3}?(?:datasets|benchmarks|tasks|settings|scenarios|domains|languages|models))\b"
    r"|\b(?:zero|few|one)-shot\b|\blow-resource\b|\b(?:when|if|provided|unless|whenever|as long as|assuming) \w+"
    r"|\b(?:among|amongst) \w+"
)
"""Phrases that say for whom, where, when and under what conditions."""
_EMPTY = frozenset(
    map(
        stem,
        "which that this these the it them particular practice addition contrast general fact turn order task tasks "
        "case cases data study studies experiment experiments work way comparison model models first second".split(),
    )
)
CLOSE = 0.75
"""How close to the cited sentences a claim must be for a missing phrase to say something."""
REACH = 9


def scopes(claim: Claim) -> Iterator[Fault]:
    """Finds phrases of scope beside what a claim says, where the claim has none in their place."""
    if claim.closeness < CLOSE:
        return
    mine = {t.key for t in claim.tokens}
    for sentence in claim.support:
        for match in _phrases(sentence):
            keys = {t.key for t in tokens(match[0]) if t.means}
            aside = sentence.rfind("(", 0, match.start()) > sentence.rfind(")", 0, match.start())
            if not keys or keys & mine or keys <= _EMPTY or aside or match[0].lower().startswith("of "):
                continue
            kept = [phrase[0] for phrase in _phrases(claim.text)]
            if len(kept) <= _common(kept, sentence) and _beside(sentence, match.start(), match.end(), mine):
                yield Fault("scope", match[0], f"the cited sentence says it {match[0]!r} only")
                return


@lru_cache(maxsize=1024)
def _phrases(text: str) -> tuple[re.Match[str], ...]:
    return (*re.finditer(_LIMITS, text, re.IGNORECASE), *_NAMED.finditer(text))


def _common(kept: list[str], sentence: str) -> int:
    """How many of the claim's phrases of scope the sentence has as well: the others may stand for one of its own."""
    there = {t.key for t in tokens(sentence)}
    return sum(all(t.key in there for t in tokens(phrase) if t.means) for phrase in kept)


_NAMED = re.compile(
    r"\b(?:on|in|across|over|for) (?:the |an? )?(?:\w+ ){0,2}?(?-i:[A-Z][\w.-]*[A-Z0-9][\w.-]*|[A-Z][a-z]{3,})(?: "
    r"benchmark| dataset)?s?\b"
)
"""A dataset, platform or country by its name."""


def _beside(sentence: str, start: int, end: int, mine: set[str]) -> bool:
    """Whether a claim says most of what stands around a phrase."""
    before = [t.key for t in tokens(sentence[:start]) if t.means][-5:]
    behind = [t.key for t in tokens(sentence[end:]) if t.means][:5]
    best = max(before, behind, (before[-3:] + behind[:3]), key=lambda keys: _share(keys, mine))
    return _share(best, mine) >= 0.8


def _share(keys: list[str], mine: set[str]) -> float:
    return sum(key in mine for key in keys) / len(keys) if len(keys) >= 3 else 0.0


def roles(claim: Claim) -> Iterator[Fault]:
    """Finds two things that changed places: who does it and whom it is done to, or earlier work and this one."""
    mine, others = claim.line, claim.lines
    yield from _credit(claim)
    yield from _ways(claim)
    for other in others:
        pairs = _turned(mine, other)
        if pairs:
            first, second = pairs
            yield Fault(
                "roles",
                f"{mine.tokens[first].text} … {mine.tokens[second].text}",
                "the cited sentence has them the other way round",
            )
            return


_WAY = re.compile(r"\b([A-Za-z]+)[- ]to[- ]([A-Za-z]+)\b|\bfrom ((?:[\w-]+ ){1,3})to ((?:[\w-]+ ?){1,3})")


def _ways(claim: Claim) -> Iterator[Fault]:
    """Finds `speech-to-text` for `text-to-speech`, and `from B to A` for `from A to B`."""
    theirs = {way for sentence in claim.support for way, _ in _each_way(sentence)}
    for (start, end), text in _each_way(claim.text):
        if (end, start) in theirs and (start, end) not in theirs and start != end:
            yield Fault("roles", text, "the cited sentence has it the other way round")


def _each_way(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    for match in _WAY.finditer(text):
        start, end = (match[1], match[2]) if match[1] else (match[3].split()[0], match[4].split()[0])
        yield (stem(start.lower()), stem(end.lower())), match[0]


def _turned(mine: Line, other: Line) -> tuple[int, int] | None:
    """Two words of a claim, close together, that stand in the other order there, and would fit better so."""
    matched = [
        (at, other.where[key][0])
        for at, key in enumerate(mine.keys)
        if key != OWN
        and mine.tokens[at].means
        and len(other.where.get(key, ())) == 1
        and len(mine.where.get(key, ())) == 1
    ]
    for first, there in matched:
        for second, their in matched:
            if (
                first < second <= first + REACH
                and their < there <= their + REACH + 3
                and not _passive(mine, first, second, other, their, there)
            ):
                skip = frozenset((first, second))
                kept = fit(mine, first, other, there, skip) + fit(mine, second, other, their, skip)
                turned = fit(mine, first, other, their, skip) + fit(mine, second, other, there, skip)
                if turned > 1.5 * kept + 0.6:
                    return first, second
    return None


def _passive(mine: Line, first: int, second: int, other: Line, their: int, there: int) -> bool:
    """Whether exactly one of the two says it in the passive, or lists them."""
    here = {t.low for t in mine.tokens[first : second + 1]}
    yonder = {t.low for t in other.tokens[their : there + 1]}
    return ("by" in here) != ("by" in yonder) or not (
        here - {"and", "or", ","} - {mine.tokens[first].low, mine.tokens[second].low}
    )


_OURS = frozenset("we our us ours i this proposed here new novel introduce propose present".split())
_AUTHORS = re.compile(r"^(?:The (?:authors|study|paper|work|method|approach|model|framework|proposed \w+)|It|They)\b")
_FOUND = re.compile(
    r"\b(?:finding|findings|finds?|found|shows?|showed|reveals?|revealed|experiments?|evaluation|results?|"
    r"demonstrates?|"
    r"demonstrated|concludes?|observed?s?)\b",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"find|found|show|reveal|experiment|result|evaluat|demonstrat|observ|analy|indicat|suggest|confirm|prov|study|"
    r"studies|"
    r"achiev|outperform|surpass|reach|attain|measur|test|\d|conclu|detect|identif|report|discover|estimat|compar|"
    r"examin|"
    r"highlight|underscore|illustrat|uncover|notice|establish|provide|insight|validat|verif",
    re.IGNORECASE,
)


def _credit(claim: Claim) -> Iterator[Fault]:
    """Finds what earlier work does, or what is only known to be hard, told as this paper's own doing or finding."""
    cited = " ".join(claim.support)
    if _FOUND.search(claim.text) and not _FINDING.search(cited) and not claim.cited_words & {"we", "our"}:
        yield Fault("roles", _FOUND.search(claim.text)[0], "the cited sentence reports no finding")  # type: ignore[index]
    if not PRIOR.search(cited) or PRIOR.search(claim.text) or claim.cited_words & _OURS or claim.own & claim.cited_keys:
        return
    first = claim.tokens[0]
    if (first.key in claim.own and first.means) or _AUTHORS.search(claim.text):
        yield Fault("roles", first.text, "the cited sentence speaks of earlier work")
