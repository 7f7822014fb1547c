"""Words around a value that say whole what was reached: by how much, of what, and in the good direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Unit = Literal["% more", "% less", "points", "times", "score"]


class Stated(NamedTuple):
    """What a sentence says of a value."""

    text: str
    """Its words: `12% improvement in recall`, or with a verb `Reduces latency by 45%`."""
    unit: Unit
    size: float
    on: str = ""
    """On what it was measured, where the sentence begins with that."""


def stated(value: str, sentence: str, name: str | None) -> Stated | None:
    """Returns the words around a value, where they are of a form that says all; one that stands twice says nothing."""
    if not says(sentence, value) or sentence.count(value) > 1 or _LISTING.search(sentence):
        return None
    at = sentence.index(value)
    before, after = sentence[:at], sentence[at + len(value) :]
    if _DENYING.search(before[-60:]) or _OTHERS.search(_clause(before)):
        return None
    unit, size = _measure(value)
    for words in (*_gains(before, value, after, unit), *_scores(before, value, after, name)):
        aim, words = _aim(words, unit), _UNDETERMINED.sub(r"\g<0>the ", words.replace("↑", ""))
        if aim and _SHORTEST <= len(words.split()) <= _LONGEST and not _POINTS.search(words):
            on = _AHEAD.match(before)
            return Stated(words + (f" {on[1].lower()} {on[2]}" if on else ""), aim, size, on[2] if on else "")
    return None


def says(sentence: str, value: str) -> bool:
    """Returns whether a sentence states a value: as it is written, not as a part of another number."""
    return bool(re.search(rf"(?<![\w.]){re.escape(value)}(?!\w)", sentence))


_UNDETERMINED = re.compile(r"\b(?:on|in|over) (?=[A-Z][\w-]* (?:benchmark|dataset|test set)\b)")
"""Where authors leave an article out."""
_AHEAD = re.compile(r"(On|In) (?:the )?([A-Z]\S*[A-Z0-9]\w*(?: (?:benchmark|dataset))?), (?=we\b|our\b)")
_SHORTEST, _LONGEST = 3, 16
"""Words that say what a value is of, and that can be told in one breath."""
_LISTING = re.compile(r"\brespective(?:ly)?\b|\(1\)|\bi\)|\b1\)")
_DENYING = re.compile(
    r"\b(?:not|no|none|neither|never|cannot|fails?|unable|below|less than|fewer than|only|merely|minimal|minor|drop\w*|"
    r"degrad\w*|declin\w*|los[es]\w*|worse|suffer\w*|struggl\w*|from|using) ?(?:by |of |a |an |about |around |~)*$|"
    r"\b(?:not|none|neither|never|cannot|fails?|unable|drop\w*|degrad\w*|declin\w*|suffer\w*|struggl\w*)\b[^,;]*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:humans?|baselines?|existing|previous|prior|attack\w*|clinicians?|experts?|GPT-\w+|(?:most )?advanced|even "
    r"the|best model|current|popular|state-of-the-art|MLLMs|LLMs|VLMs|models)\b"
    r"(?! (?:\w+ )?(?:trained|fine-?tuned|equipped|by|in)\b)[^,;]*"
    r"\b(?:exhibit|show|achiev|reach|attain|obtain|scor|averag|peak|perform|correct)\w*[^,;]*$"
)
"""Others than the paper's own work, that reach something."""
_POINTS = re.compile(
    r"\b(?:this|these|those|that|its|their|it|they|such|former|latter|above|our|we|respectively|e\.g|i\.e)\b", re.I
)


def _clause(before: str) -> str:
    """The words of the clause in which the value stands."""
    return re.split(r"[;:]|, (?:and|while|whereas|but|which)\b|\b(?:while|whereas)\b", before)[-1]


_VALUE = re.compile(
    r"[+~≈ ]*(\d+(?:,\d{3})*(?:\.\d+)?) ?-?"
    r"(%|percent\b|points?\b|pp\b|percentage points?\b|%p\b|[x×]|times\b|fold\b)?$"
)


def _measure(value: str) -> tuple[Unit | None, float]:
    """The unit of a value and its size; none for ranges, losses and what has another unit."""
    found = _VALUE.match(value)
    if not found:
        return None, 0.0
    size, unit = float(found[1].replace(",", "")), found[2] or ""
    if unit in ("%", "percent"):
        return "% more", size
    if unit in ("x", "×", "times", "fold"):
        return "times", size
    return ("points" if unit else "score"), size


_UP = r"improvements?|gains?|boosts?|increases?|uplift|speed-?ups?|accelerations?"
_DOWN = r"reductions?|decreases?|savings?|cuts?"
_KIND = (
    r"(?:(?:absolute|relative|average|overall|mean|further|performance|accuracy|F1|BLEU|mAP|error rate|error|training|"
    r"inference|memory|time|speed|cost|token|compute|computation|latency|parameter) )"
)
_THING = (
    r"(?:improve[sd]?|improving|increas(?:es?|ed|ing)|boost(?:s|ed|ing)?|rais(?:es?|ed|ing)|enhanc(?:es?|ed|ing)|"
    r"outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|reduc(?:es?|ed|ing)|lower(?:s|ed|ing)?|"
    r"cut(?:s|ting)?|decreas(?:es?|ed|ing)|accelerat(?:es?|ed|ing)|sav(?:es?|ed|ing)|compress(?:es|ed|ing)?|"
    r"shrink(?:s|ing)?)"
)
_ABOUT = (
    r"(?:an? |the )?(?:average |mean |margin |absolute |relative |overall |of |up to |about |around |approximately |"
    r"nearly |over |more than |at least |as much as |~|≈)*"
)
_VERB_BEFORE = re.compile(rf"\b({_THING}) ((?:[\w'’/.+^-]+ ){{1,9}}?)(by {_ABOUT})$")
_NOUN_BEFORE = re.compile(rf"\b({_KIND}{{0,3}}(?:{_UP}|{_DOWN}) of {_ABOUT})$")
_SAVES_BEFORE = re.compile(rf"\b(sav(?:es|ing)) ({_ABOUT})$")
_NOUN_AFTER = re.compile(rf"↑? {_KIND}{{0,3}}(?:{_UP}|{_DOWN})\b")
_COMPARED_AFTER = re.compile(
    r" (?:faster|higher|better|lower|smaller|fewer|less|cheaper|more (?:accurate|efficient))\b"
)


def _gains(before: str, value: str, after: str, unit: Unit | None) -> Iterator[str]:
    """Yields the words of a gain."""
    if unit is None or unit == "score":
        return
    signed = _SIGN_BEFORE.search(before)
    if noun := _NOUN_AFTER.match(after):
        yield f"{_hedged(before)}{value}{noun[0]}{_rest(after[noun.end() :])}"
    if compared := _COMPARED_AFTER.match(after):
        yield f"{_hedged(before)}{value}{compared[0]}{_rest(after[compared.end() :])}"
    if verb := _VERB_BEFORE.search(before):
        yield f"{_third(verb[1])} {verb[2]}{verb[3]}{value}{_rest(after)}"
    if noun := _NOUN_BEFORE.search(before):
        yield f"{noun[1]}{value}{_rest(after)}"
    if (saves := _SAVES_BEFORE.search(before)) and _COST.match(after.strip()):
        yield f"Saves {saves[2]}{value}{_rest(after)}"
    if (signed or value.startswith("+")) and re.match(r" (?:on|in|over) ", after):
        yield f"{value}{_rest(after)}"


_SIGN_BEFORE = re.compile(r"\+$")
_HEDGE = re.compile(
    r"(?:up to |over |more than |at least |about |around |approximately |nearly |almost |~|≈)+(?:an? )?$"
)


def _hedged(before: str) -> str:
    """What limits the value: without `up to` it would say more."""
    found = _HEDGE.search(before)
    return found[0] if found else ""


def _scores(before: str, value: str, after: str, name: str | None) -> Iterator[str]:
    """Yields the words of a score of the paper's own work, with its metric where that stands behind it."""
    clause = _clause(before)
    found = _REACHES.search(clause)
    own = OWN.search(clause) or (name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", clause))
    on = _ON.match(after)
    if found and own and on:
        yield f"{_hedged(before)}{value}{on['metric'] or ''} {on['on'].rstrip('.')}"


OWN = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Tt]he proposed)\b")
"""Who speaks of what the paper itself reaches."""
_REACHES = re.compile(r"\b(?:achiev|reach|attain|obtain|scor|yield)\w* (?:an? )?(?:up to |over |about )?$")
_ON = re.compile(
    r"(?P<metric>(?: (?!on\b|in\b|and\b|with\b|for\b)[\w@-]+){0,4})?(?: \([A-Za-z@\d-]+\))? "
    r"(?P<on>(?:on|in|across) (?:the )?[A-Z][\w@^*+'’&/.-]*(?: [A-Z\d][\w-]*| (?:benchmark|dataset|test set)\b)*)"
    r"(?=[,;.)]|$| (?:and|with|while|using|which|under|when|without)\b)"
)


_ENDS = re.compile(
    r"[,;:()]|\.(?!\d)|[–—]|\s\b(?:while|which|that|with|without|when|using|whereas|but|as|thus|thereby|making|showing|"
    r"under|because|via|by|where|including|such|highlighting|demonstrating|through|during|outperforming|surpassing|"
    r"to|is|are|was|were|can|even|after|before)\b"
)
_JOINS = re.compile(r" (?:and|or) ")
_JOINED = re.compile(r"(?:[A-Z]\S*(?: [\w-]+){0,3}|[a-z-]+(?: [a-z-]+)?)\s*$")
_WEAK = frozenset(
    "a an the of in on over across for and or to than its by at from more most other both all compared relative "
    "average".split()
)


def _rest(after: str) -> str:
    """The words that go with the value: up to the end of the clause, and not into the next one."""
    end = _ENDS.search(after)
    text = after[: end.start()] if end else after
    joint = _JOINS.search(text)
    if joint and (not joint.start() or not _JOINED.match(text[joint.end() :])):
        text = text[: joint.start()]
    words = text.split()
    while words and words[-1].lower() in _WEAK:
        words.pop()
    return f" {' '.join(words)}" if words else ""


_FORMS = {
    "improv": "Improves", "increas": "Increases", "boost": "Boosts", "rais": "Raises", "enhanc": "Enhances",
    "outperform": "Outperforms", "surpass": "Surpasses", "exceed": "Exceeds", "reduc": "Reduces", "lower": "Lowers",
    "cut": "Cuts", "decreas": "Decreases", "accelerat": "Accelerates", "sav": "Saves", "compress": "Compresses",
    "shrink": "Shrinks",
}  # fmt: skip


def _third(verb: str) -> str:
    return next(form for stem, form in _FORMS.items() if verb.lower().startswith(stem))


_COST = re.compile(
    r".*\b(?:errors?|hallucinations?|latenc\w+|time|memory|FLOPs|comput\w*|costs?|tokens?|parameters?|params|energy|"
    r"size|data|WER|perplexity|bias\w*|toxicity|forgetting|complexity|overhead|consumption|budget|storage|footprint|"
    r"length|training|inference|calls|queries|redundancy|failures?|loss)\b"
)
_LESS = re.compile(
    rf"\b(?:{_DOWN}|[Rr]educ\w+|[Ll]ower\w*|[Cc]uts?|[Dd]ecreas\w+|[Ss]av\w+|[Cc]ompress\w*|[Ss]hrink\w*|smaller|fewer|less|cheaper)\b"
)
_NEUTRAL = re.compile(r"\b(?:increases?|raises|higher|more|larger)\b", re.IGNORECASE)
_BAD = re.compile(
    r"\b(?:errors?|hallucinat\w+|latenc\w+|memory|costs?|perplexity|WER|bias\w*|toxicity|FLOPs|overhead|loss|parameters|"
    r"time|forgetting|failures?|attack\w*)\b"
)


def _aim(words: str, unit: Unit | None) -> Unit | None:
    """With what a gain can be compared; None where it is none, or one in the bad direction."""
    if unit is None or unit == "score":
        return "score" if unit else None
    if not re.search(
        rf"\b(?:{_UP}|{_DOWN}|{_THING}|faster|higher|better|lower|smaller|fewer|less|cheaper|more)\b|^\+", words, re.I
    ):
        return "score"
    if _LESS.search(words):
        if not _COST.match(words):
            return None
        return "% less" if unit == "% more" else unit
    return None if _NEUTRAL.search(words) and _BAD.search(words) else unit
