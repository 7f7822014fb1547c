"""What a line of text looks like."""

from __future__ import annotations

import re
from functools import lru_cache

LOOK = 400
"""Characters at the ends of a line that are looked at."""
ENDS = (".", "!", "?", ".)", '."', ".”", ".''")
"""Ends of a sentence."""

_SPEAKS = re.compile(r"\b(?:we|our|us|this|these|it|they|such|also|further|however)\b", re.IGNORECASE)
"""Words with which abstracts speak; together with a full stop they make a title unlikely."""
_GOES_ON = re.compile(
    r"(?:To|Our|However|Specifically|Additionally|Extensive|Experiments?|Experimental|Empirical|These|It|They|Moreover|"
    r"Furthermore|Further|Through|On|Finally|Therefore|Thus|Hence|Notably|Based|First|Firstly|Second|Secondly|Third|"
    r"Thirdly|Then|Next|Instead|Consequently|Subsequently|Meanwhile|Besides|Surprisingly|Similarly|Such|Yet|Without|"
    r"Unlike|Using|By|Comprehensive|Results?|Project|Github|Keywords|Here|Upon|After|For|As a result|"
    r"(?:Codes?|Data|Datasets?|Models?|Demos?)(?:[,:]| and| is| are| will)|"
    r"We (?:also|further|then|first|show|find|found|evaluate|hope|conduct|demonstrate|observe|believe|release|will|"
    r"validate|compare|apply|test|additionally)|"
    r"The (?:results?|codes?|models?|data|datasets?|proposed|resulting|source|first|second|project)|"
    r"In (?:particular|addition|contrast|our|experiments))\b"
)
"""Beginnings of second paragraphs that (almost) no abstract begins with."""


@lru_cache(maxsize=16)
def ends_sentence(text: str) -> bool:
    """Tells whether a text ends like a sentence, or with an address, before which many abstracts end."""
    end = text[-LOOK:].rstrip()
    if end.endswith(ENDS):
        return True
    last = end.rpartition(" ")[2]
    return bool(last) and not last.endswith("-") and _is_address(last)


def starts_lower(text: str) -> bool:
    """Tells whether a text begins in the middle of a sentence; `mNet` and `flock-v4` are names, not such words."""
    return bool(_LOWER.match(text))


_LOWER = re.compile(r"[a-z]+(?:[-'][a-z]+)*[,;:.]?(?:\s|$)|[,;)]")


def first_word(text: str) -> str:
    """Returns the first word of a text."""
    return next(iter(text[:LOOK].split(maxsplit=1)), "")


def goes_on(text: str) -> bool:
    """Tells whether a text begins like a second paragraph."""
    return bool(_GOES_ON.match(text))


def speaks(text: str) -> bool:
    """Tells whether a text holds words with which abstracts speak."""
    return bool(_SPEAKS.search(text[:LOOK]))


def has_two_sentences(text: str) -> bool:
    """Tells whether a sentence ends inside a text; `Who? A Study` and `J. Smith` are not taken for two."""
    return bool(re.search(r"[a-z)][.;] [A-Z]", text[:LOOK]))


@lru_cache(maxsize=16)
def capitals(text: str) -> float:
    """Returns the share of longer words that begin with a capital or hold one; a half where there is no such word."""
    words = re.findall(r"[^\W\d_]{4,}[\w-]*", text)
    return sum(word != word.lower() for word in words) / len(words) if words else 0.5


def has_address(text: str) -> bool:
    return "://" in text or "www." in text


def _is_address(word: str) -> bool:
    return has_address(word) or bool(re.fullmatch(r"[\w.-]+\.(?:com|org|io|ai|net|edu|dev)(?:/\S*)?", word))
