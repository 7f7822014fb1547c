"""Names and links: each must stand in the paper, character by character where it is a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.grounding.claim import Abstract, Claim, abstract
from agent.grounding.fault import Fault
from agent.grounding.tokens import LINK, Token
from agent.grounding.words import FUNCTION, stem
from agent.text import fold

_COMMON = frozenset(
    "ai ml nlp cv llm llms lm lms ok usa us uk eu pdf cpu gpu cpus gpus api apis url 2d 3d 1d 4d vs id ids tldr tl "
    "dr".split()
)
"""Names of nothing in particular."""
_PARTS = re.compile(r"[-–_./+&\s]+")


def links(claim: Claim) -> Iterator[Fault]:
    """Finds links, DOIs and addresses that no cited sentence has as they are written."""
    for match in LINK.finditer(claim.text):
        link = match[0].rstrip(".,;:)]}'\"")
        if len(link) > 3 and not any(stands(link, sentence) for sentence in claim.support):
            yield Fault("link", link, "no cited sentence has this link")


def names(claim: Claim) -> Iterator[Fault]:
    """Finds names that the paper does not have, or no cited sentence, where none of them speaks of it as `it`."""
    for token in claim.tokens:
        if not _may_be_name(token, claim):
            continue
        if token.key not in claim.cited_keys and not any(known(token, paper) for paper in claim.about):
            yield Fault("name", token.text, "the paper does not have this name")
        elif token.kind == "name" and not _is_subject(token, claim):
            titled = any(known(token, abstract("", (paper.title,))) for paper in claim.about)
            if not titled or _has_rival(claim):
                yield Fault(
                    "name", token.text, "no cited sentence has this name", sure=not titled and _has_rival(claim)
                )


def _has_rival(claim: Claim) -> bool:
    """Whether a cited sentence has a name that the claim does not, so that one may stand for the other."""
    mine = {token.key for token in claim.tokens}
    return any(t.kind == "name" and t.key not in mine | claim.own for sentence in claim.cited for t in sentence)


def _is_subject(token: Token, claim: Claim) -> bool:
    """Whether a name needs no sentence of its own: what the paper proposes, or a cited sentence names or refers to."""
    if known(token, claim.cited_alone) or token.key in claim.own:
        return True
    if any(word.low in _REFERRING for sentence in claim.cited for word in sentence[:6]):
        return True
    titled = any(0 not in paper.planted and known(token, abstract("", (paper.title,))) for paper in claim.about)
    return titled and not any(word.kind == "name" for sentence in claim.cited for word in sentence)


_REFERRING = frozenset("it they these this its their those such them both former latter".split())


def spelt(token: Token, paper: Abstract) -> bool:
    """Whether the letters of a word stand in a paper, and are so many that they mean it."""
    return len(token.key) > 3 and token.key in paper.folded


def known(token: Token, paper: Abstract) -> bool:
    """Whether a paper has a name: as it is, in its parts, short for its words, or as words in lower case."""
    if spelt(token, paper) or paper.has(token.key):
        return True
    if token.low.isalpha() and token.text[1:].islower() and len(token.low) > 5:
        # `Austrian` for Austria, `Bayesian` for Bayes.
        return any(key.startswith(token.low[:-2][:6]) and len(key) > 3 for key in paper.keys)
    parts = [part for part in _PARTS.split(token.text) if part]
    if len(parts) > 1 and all(
        _piece_known(before, part, paper) for before, part in zip(["", *parts], parts, strict=False)
    ):
        return True
    return _part_known(token.text, paper)


def _piece_known(before: str, part: str, paper: Abstract) -> bool:
    """Whether a paper has a piece of a name; digits only behind the piece they belong to."""
    if any(map(str.isdigit, part)):
        return fold(before + part) in paper.folded
    return _part_known(part, paper) or (len(part) > 2 and fold(part) in paper.folded)


def _part_known(part: str, paper: Abstract) -> bool:
    low = part.lower()
    if low in FUNCTION or low in _COMMON or paper.has(stem(low)) or paper.has(fold(part)):
        return True
    return len(part) > 1 and part.rstrip("s").isupper() and _initials(part.rstrip("s").lower(), paper)


def _initials(short: str, paper: Abstract) -> bool:
    """Whether an acronym is made from the first letters of neighbouring words."""
    letters = "".join(t.low[0] for t in paper.tokens if t.kind in ("word", "name") and t.low not in FUNCTION)
    every = "".join(t.low[0] for t in paper.tokens if t.kind in ("word", "name"))
    return short in letters or short in every


def _may_be_name(token: Token, claim: Claim) -> bool:
    if token.kind == "name":
        return token.low not in _COMMON
    return token.opens and token.text[:1].isupper() and token.means and _stands_alone(token, claim)


_NO_NAME = re.compile(
    r"(?:ing|tion|sion|ness|ity|ment|ance|ence|ism|ics|cy|ship|age|ly|s|ed|al|ive|ous|ful|ic|able|ible|er|or|ure|th|"
    r"ist|"
    r"ant|ent|ary|ory|ar|ist)\Z"
)
_AFTER = re.compile(r"\w+s\Z|was\Z|has\Z|can\Z|may\Z|could\Z|will\Z|outperformed\Z|achieved\Z|reached\Z|and\Z|'s\Z|,\Z")


def _stands_alone(token: Token, claim: Claim) -> bool:
    """Whether a capitalized first word is the subject by itself, as names are and few other words."""
    after = claim.tokens[1].low if len(claim.tokens) > 1 else ""
    return not _NO_NAME.search(token.low) and bool(_AFTER.match(after)) and token.low not in _SUBJECTS


_SUBJECTS = frozenset(
    "work research evidence performance people code data training speech text music software hardware noise heat light "
    "water soil air food health growth loss risk cost age sleep stress pain weight time space energy power mass speed "
    "progress access trust bias success failure depth width scale size length today recently here there it this that "
    "nothing everything something everyone someone diet exercise rain temperature pressure demand supply income "
    "memory attention language vision knowledge feedback context input output search control graph image video "
    "audio".split()
)


def stands(link: str, sentence: str) -> bool:
    """Returns whether a link stands in a sentence with nothing of the link's own kind behind it."""
    at = sentence.find(link)
    while at >= 0:
        rest = sentence[at + len(link) :].lstrip(".,;:)]}'\"")
        before = sentence[at - 1 : at]
        if (not rest or rest[0].isspace() or sentence[at + len(link)] in ",;)]}'\"") and not (
            before and (before.isalnum() or before in "-@")
        ):
            return True
        at = sentence.find(link, at + 1)
    return False
