"""What no statement has: markup, remains of prompts, another language, endless text, too little in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.grounding.claim import Claim
from agent.grounding.fault import Fault
from agent.grounding.scripts import script_of, scripts
from agent.grounding.tokens import tokens
from agent.grounding.words import FOREIGN, FUNCTION

LONGEST = 80
"""Words of a statement; the abstracts' own sentences have 20 to 40."""
FLOOR = 0.25
"""The least share of a statement's words that its sentences must have; an honest paraphrase has more."""
FEW = 4
"""Words with a meaning, up to which a statement must share half of them."""
THIN = 0.36
"""The share below which an editor should look."""

_LEFTOVERS = (
    r"</?[a-z!][^<>]{0,200}>|\*\*|__|```|~~|^\s*(?:#{1,6}\s|[-*>|]\s|\d+\.\s)|!?\[[^\]]*\]\([^)]*\)|\{\{|\}\}|\{%|"
    r"%\}|<\|"
    r"|\|>|\[/?INST\]|<</?SYS>>|\\[a-z]{2,}\{|&[a-z]{2,6};|&#x?[0-9a-f]+;|\x1b|\"(?:text|tldr|evidence)\"\s*:|"
    r"[\x00-\x08]"
    r"|\b(?:BEGIN|END) PAPERS?\b|\[\d+\]\s|\[(?:title|sentences?)\b"
    r"|^(?:sure|certainly|okay|of course|here(?:'s| is| are)|as requested|note:|tl;?dr:?|summary:|answer:|output:|"
    r"response:|"
    r"finding:|problem:|approach:|let me|let's|wait,|hmm|so,? (?:the|i) (?:user|need)|the user|i (?:need|should|will|"
    r"would|"
    r"cannot|can't|am|think)|i'm|first,? i)\b"
    r"|\bas an? (?:ai|language model|assistant)\b|\b(?:i'm sorry|i apologi[sz]e|i cannot|i can't|unable to (?:comply|"
    r"assist))\b"
    r"|\b(?:json (?:object|schema|format)|system prompt|the (?:sentence|evidence)s? (?:above|below|numbered|\d)|"
    r"(?:sentence|evidence) \[?\d+\]?|the (?:provided|given) (?:abstract|text|sentences))\b"
)
"""Markup, prompt marks, an assistant's small talk, thoughts, names of fields."""
_MARKS = re.compile(r"[<>*_`~\[{}|\\&%\"\x00-\x1b]|\A\s*[#\d-]")
_BEGINNINGS = (
    "sure", "certainly", "okay", "of course", "here", "as requested", "note:", "tl", "summary:", "answer:", "output:",
    "response:", "finding:", "problem:", "approach:", "let", "wait,", "hmm", "so ", "so,", "the user", "i ", "i'",
    "first",
)  # fmt: skip
_PARTS = (
    "begin paper", "end paper", "as a", "sorry", "apolog", "i can", "unable", "json", "prompt", "the sentence",
    "the evidence", "sentence ", "evidence ", "provided", "given",
)  # fmt: skip
"""Without one of these there is none of those, and looking for these is much cheaper."""


def leftovers(claim: Claim) -> Iterator[Fault]:
    """Finds markup, prompt marks and an assistant's talk that no cited sentence has."""
    if not _may_have_leftovers(claim.text):
        return
    for match in re.finditer(_LEFTOVERS, claim.text, re.IGNORECASE):
        found = match[0].strip()
        if not any(found.lower() in sentence.lower() for sentence in claim.support):
            yield Fault("leftover", found, "this is no part of a statement")
            return


def _may_have_leftovers(text: str) -> bool:
    low = text.lower()
    return (
        not text.isascii()
        or bool(_MARKS.search(text))
        or low.startswith(_BEGINNINGS)
        or any(part in low for part in _PARTS)
    )


def language(claim: Claim) -> Iterator[Fault]:
    """Finds letters of a script, or the small words of a language, that the paper does not have."""
    mine = scripts(claim.text)
    if mine and (strange := mine.difference(*(scripts(text) for paper in claim.about for text in paper.heard))):
        character = next(character for character in claim.text if script_of(character) in strange)
        yield Fault("language", character, f"the paper has no {script_of(character).lower()} letters")
        return
    words = [t.low for t in claim.tokens if t.kind in ("word", "name")]
    foreign = [word for word in words if word in FOREIGN and word not in claim.cited_words]
    if len(foreign) >= 3 and len(foreign) > sum(word in FUNCTION for word in words):
        yield Fault("language", " ".join(foreign[:4]), "this is another language than the paper's")


def length(claim: Claim) -> Iterator[Fault]:
    """Finds statements that no sentence of an abstract is as long as."""
    words = sum(t.kind != "mark" for t in claim.tokens)
    if words > LONGEST and words > max((len(sentence) for sentence in claim.cited), default=0):
        yield Fault("length", f"{words} words", "a statement is one sentence")


def overlap(claim: Claim) -> Iterator[Fault]:
    """Finds statements, or sentences hung on them, that speak of something else than the cited sentences."""
    parts = _SENTENCE.split(claim.text)
    for part in parts:
        mine = {token.key for token in tokens(part) if token.means}
        if mine and mine <= claim.cited_keys:
            continue
        carried = mine & (claim.cited_keys | claim.own)
        if not mine:
            if len(parts) == 1:
                yield Fault("overlap", claim.text, "nothing is said")
        elif not mine & claim.cited_keys or len(carried) <= len(mine) * (FLOOR if len(mine) > FEW else 0.5):
            yield Fault("overlap", _strange(part, carried), "the cited sentences speak of something else")
        elif len(carried) < THIN * len(mine):
            yield Fault("support", _strange(part, carried), "the cited sentences say little of this")


_SENTENCE = re.compile(
    r"(?<=\w\w[.!?])(?<!\bal\.)(?<!\bvs\.)(?<!\bcf\.)(?<!\betc\.)(?<!\bca\.)(?<!\bSt\.)(?<!\bNo\.)\s+|(?<=[。！？])"
)


def _strange(part: str, carried: set[str]) -> str:
    """The first words of a text that the cited sentences do not have."""
    return " ".join([token.text for token in tokens(part) if token.means and token.key not in carried][:6])
