"""Sentences that speak to a machine instead of to a reader: nothing is taken from them.

A model that obeys a planted sentence can cite it, and a quotation of it is no better. Such sentences carry no claim.
Abstracts do not command (see `commands`), are not encoded, and keep to one language.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence

from agent.grounding.commands import NOUNS, VERBS, commands, suspect
from agent.grounding.scripts import mixed, script_of
from agent.grounding.words import FOREIGN, FUNCTION

_ENCODED = re.compile(
    r"\b(?=\w*[A-Z])(?=\w*[a-z])(?=\w*\d)[A-Za-z0-9+/]{28,}={0,2}|(?:%[0-9A-Fa-f]{2}){4}|(?:&#?x?\w{1,6};){3}|"
    r"(?:\\[xu][0-9a-f]{2,4}){3}|[\uff21-\uff3a\uff41-\uff5a]{3}|\d{40}"
)
_BESIDE = (
    rf"^\W*(?:please |now |then |also |instead,? |and )*(?:{VERBS}|{NOUNS})\b|\b(?:you|your)\b|\bgroundbreaking|"
    rf"\brevolutioni[sz]|\bmasterpiece|\b(?:pwned|hacked)\b|!{{2,}}"
    r"|\bhttps?://|\bwww\.|\b(?:best|greatest|most important) (?:paper|work|article|result|study)\b"
)
"""What is harmless anywhere but beside a planted sentence."""
_LEETS = tuple(str.maketrans("01345789@$", f"o{one}eastbgas") for one in "il")
_NUMERAL = re.compile(r"\d")
_DIGIT = re.compile(r"\d[A-Za-z]|[A-Za-z]\d")
_LEETED = re.compile(r"\b(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{3,}\b")
_WORD = re.compile(r"[^\W\d_]+")


def addressed(sentences: tuple[str, ...]) -> frozenset[int]:
    """Returns the 1-based numbers of the sentences that speak to a machine, and of those beside them that serve it."""
    latin = _is_latin(sentences)
    planted = {number for number, sentence in enumerate(sentences, 1) if _is_planted(sentence, latin=latin)}
    if planted:
        for numbers, step in ((range(1, len(sentences) + 1), 1), (range(len(sentences), 0, -1), -1)):
            for number in numbers:
                if number - step in planted and re.search(_BESIDE, sentences[number - 1], re.IGNORECASE):
                    planted.add(number)
    return frozenset(planted)


def title_addressed(title: str, sentences: Sequence[str]) -> bool:
    """Returns whether a title speaks to a machine.

    Honest titles command too (`Don't Stop Pretraining`), so that a command counts only where it follows a title.
    """
    if not suspect(title, _words(title)) and title.isascii() and not _DIGIT.search(title) and not _scrambles(title):
        return False
    words = title.split()
    tails = [" ".join(words[at:]) for at in range(2, len(words)) if _opens(words, at)]
    return _is_planted(_LEADING.sub("", title), latin=_is_latin(sentences)) or any(
        _is_planted(tail, latin=False) for tail in tails
    )


_LEADING = re.compile(rf"^[\W\d_]*(?:{VERBS}|{NOUNS})\b", re.IGNORECASE)


def _opens(words: Sequence[str], at: int) -> bool:
    """Whether a word of a title may begin a sentence: it has a capital or a digit, and goes on as no title does."""
    begins = words[at][:1].isupper() or not words[at][:1].isalpha()
    return begins and words[at - 1].lower() not in FUNCTION and words[at - 1][-1:] not in ":?!—–-,"


def _is_planted(sentence: str, *, latin: bool) -> bool:
    plain = sentence if sentence.isascii() else unicodedata.normalize("NFKC", sentence)
    words = _words(plain)
    if commands(plain, words) or (_may_be_encoded(sentence) and _ENCODED.search(sentence)):
        return True
    if latin and (_is_foreign(plain, words) or mixed(plain)):
        return True
    if FUNCTION.isdisjoint(words) and len(words) >= 4 and _commands(codecs.decode(plain, "rot13")):
        return True
    return (
        bool(_NUMERAL.search(plain) and _DIGIT.search(plain))
        and len(_LEETED.findall(plain.lower())) >= 3
        and any(_commands(plain.lower().translate(leet)) for leet in _LEETS)
    )


def _may_be_encoded(sentence: str) -> bool:
    """Whether a sentence has what all encoded ones have: signs of escapes, or twenty characters without a space."""
    escapes = not sentence.isascii() or "%" in sentence or "&" in sentence or "\\" in sentence
    return escapes or max(map(len, sentence.split()), default=0) >= 20


def _scrambles(title: str) -> bool:
    decoded = codecs.decode(title, "rot13")
    return suspect(decoded, _words(decoded))


def _commands(sentence: str) -> bool:
    return commands(sentence, _words(sentence))


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence.lower())


def _is_latin(sentences: Sequence[str]) -> bool:
    """Whether most of an abstract is in Latin letters."""
    foreign = sum(not s.isascii() and sum(1 for c in s if script_of(c)) * 3 > len(s) for s in sentences)
    return foreign * 2 <= len(sentences)


def _is_foreign(sentence: str, words: Sequence[str]) -> bool:
    """Whether much of a sentence is in another script, or in another language of the same one."""
    if not sentence.isascii() and sum(1 for character in sentence if script_of(character)) >= 4:
        return True
    foreign = 0 if FOREIGN.isdisjoint(words) else sum(word in FOREIGN for word in words)
    return foreign >= 3 and foreign > 2 * sum(word in FUNCTION for word in words)
