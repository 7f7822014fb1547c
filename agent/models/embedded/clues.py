"""What speaks for a sentence, whatever becomes of it: place, roles, cues, shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from agent.models.embedded.abstract import Abstract, Clues
from agent.models.embedded.roles import ROLES


def clues(abstract: Abstract) -> Iterator[Clues]:
    """Yields for each sentence what speaks for it, whatever its form: place, roles, cues."""
    count = len(abstract.sentences)
    own = [bool(sentence.cues["own"] or sentence.cues["proposing"]) for sentence in abstract.sentences]
    first = own.index(True) if any(own) else -2
    reporting = {number for result in abstract.results for number in result.evidence}
    for index, sentence in enumerate(abstract.sentences):
        found: Clues = [(f"at {min(index, 9)}", 1), (f"left {min(count - 1 - index, 6)}", 1), ("place", index / count)]
        found += zip(ROLES, abstract.chances[index], strict=True)
        found += [(f"cue {group}", min(often, 2)) for group, often in sentence.cues.items()]
        found += [(f"is {shape}", 1) for shape, matches in _SHAPES.items() if matches(sentence.text)]
        found += [("reports", sentence.number in reporting), ("quantified", sentence.quantified)]
        found += [("first own", index == first), ("after own", index == first + 1)]
        found += [("named", abstract.name is not None and abstract.name in sentence.text)]
        if abstract.kind in ("analysis", "theory"):
            # What was found says more than that something was looked into.
            result = abstract.chances[index][ROLES.index("result")]
            found += [("found", result), ("found out", sentence.cues["finding"])]
        if abstract.kind == "survey":
            found += [("surveying", bool(sentence.cues["studying"] or sentence.cues["is survey"]))]
        yield found


_MAIN = re.compile(
    r"\b(?:[Ww]e (?:\w+ ){0,2}?(?:propose|introduce|present|develop|design|describe|construct|build|create|release)|"
    r"(?:paper|work|study|report|survey) (?:\w+ )?(?:proposes|introduces|presents|represents|develops"
    r"|describes|offers|provides)|[Ii]n this (?:survey|review|tutorial), we)"
)
_HERE = re.compile(
    r"\b(?:[Tt]his|[Tt]he present|[Ii]n our) (?:paper|work|study|survey|article|report|review)\b|\b[Hh]ere,? we\b"
)


def _is_here(text: str) -> bool:
    # Each pattern stands behind what it has in any case, for which a sentence is searched many times as fast.
    likely = "his " in text or "present " in text or "n our " in text or "ere we" in text or "ere, we" in text
    return likely and _HERE.search(text) is not None


_GENERIC = re.compile(
    r"\b(?:novel techniques|several|various|two key|three key|as follows|in this (?:context|regard)"
    r"|two-fold|to address the (?:issue|problem)s?)\b"
)


def _is_generic(text: str) -> bool:
    likely = "several" in text or "novel t" in text or "various" in text or " key" in text or "o-fold" in text
    likely = likely or "in this con" in text or "in this reg" in text or "as foll" in text or "address the " in text
    return likely and _GENERIC.search(text) is not None


_LATER = re.compile(
    r"(?:Additionally|Moreover|Furthermore|Also|Besides|Second|Secondly|Third|Finally|In addition"
    r"|Lastly|Notably)\b|\(?[2-9]\)|.{0,40}\b[Ww]e (?:also|further)\b"
)
CONCLUDES = re.compile(
    r"(?:Conclusions?|CONCLUSIONS?|Interpretation|INTERPRETATION)(?::| (?=[A-Z]))|We conclude\b|In conclusion\b"
)
_SHAPES: dict[str, Callable[[str], object]] = {
    "main": _MAIN.search,
    "here": _is_here,
    "generic": _is_generic,
    "later": _LATER.match,
    "concludes": CONCLUDES.match,
}
