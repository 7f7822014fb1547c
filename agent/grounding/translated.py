"""What can be checked of a sentence in another language than its sources: what no translation changes, and praise.

Numbers in digits and in letters, their units, links and names stay what they are. Praise and advice are found by words
of the larger languages. What else a sentence says, and in what direction a number points, no rule here knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from agent.grounding import praise
from agent.grounding.cardinals import written
from agent.grounding.claim import Claim
from agent.grounding.fault import Fault, Rule
from agent.grounding.languages import Language, language
from agent.grounding.leftovers import leftovers, length
from agent.grounding.names import links
from agent.grounding.proper import capitalized, compared, names
from agent.grounding.quantities import listed
from agent.grounding.quantities import numbers as english_numbers


@cache
def rules(tag: str) -> tuple[Rule, ...]:
    """Returns the rules for a sentence in the language of a BCP 47 tag."""
    spoken = language(tag)
    own = (numbers, names, compared if spoken.capitalizes else capitalized, overclaims, recommendations)
    return (leftovers, length, links, *(partial(rule, spoken=spoken) for rule in own))


def numbers(claim: Claim, spoken: Language) -> Iterator[Fault]:
    """Finds numbers in digits or letters that no cited sentence has, or not with this unit; `34,2` is `34.2`."""
    told = written(claim, spoken)
    plain = Claim(told.text, claim.support, claim.about)
    letters = {token.text for token in plain.tokens if token.is_spelled}
    for fault in english_numbers(plain):
        digits = re.match(r"\d+", fault.found)
        said = told.letters.get(digits[0], "") if digits else ""
        if fault.kind == "direction" or fault.found in letters or " of " in fault.found:
            # These are read from English words.
            continue
        if fault.kind != "number" or not (said and digits and _may_be_counted(int(digits[0]), claim)):
            yield fault._replace(found=said or fault.found)


def _may_be_counted(value: int, claim: Claim) -> bool:
    """Whether a number in letters may be a count of what the cited sentences list, and these count nothing."""
    counted = any(token.is_spelled and token.key not in "01" for sentence in claim.cited for token in sentence)
    return not counted and value <= min(listed(claim), 5)


def overclaims(claim: Claim, spoken: Language) -> Iterator[Fault]:
    """Finds praise, superlatives and certainties that no cited sentence has, in the language and in English."""
    cited = " ".join(claim.support)
    for kind, said in (*spoken.praise, *_everywhere()):
        for match in said.finditer(claim.text):
            if not _is_denied(claim.text[: match.start()], spoken) and not _licensed(kind, cited):
                yield Fault("overclaim", match[0], "no cited sentence says so much")


@cache
def _everywhere() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """English praise that other languages have taken over."""
    return tuple((kind, re.compile(rf"\b(?:{said})\b", re.IGNORECASE)) for kind, said in _TAKEN_OVER)


_TAKEN_OVER = (
    ("best", r"state[- ]of[- ]the[- ]art|SOTA|cutting[- ]edge|best[- ]in[- ]class"),
    ("unheard", r"game[- ]?chang\w+|breakthrough"),
)


def _licensed(kind: str, cited: str) -> bool:
    return bool(re.search(praise.licence(kind), cited, re.IGNORECASE))


def _is_denied(before: str, spoken: Language) -> bool:
    words = re.findall(r"[^\W\d_]+", before.lower())[-3:]
    return any(word in spoken.denials for word in words)


def recommendations(claim: Claim, spoken: Language) -> Iterator[Fault]:
    """Finds advice that no cited sentence gives."""
    advised = spoken.advice.search(claim.text)
    if advised and not praise.recommendations().search(" ".join(claim.support)):
        yield Fault("recommendation", advised[0], "no cited sentence gives this advice")
