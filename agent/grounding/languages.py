"""What is known of other languages than English: numbers in letters, words for percent, praise and advice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from agent.grounding.scripts import scripts
from agent.grounding.words import FOREIGN, FUNCTION

_NOTHING = "(?!)"
_CAPITALIZING = frozenset("de lb gsw nds bar ksh pfl stq".split())
"""Languages in which all nouns have a capital."""
_ALIKE = {"nb": "no", "nn": "no", "lb": "de", "gsw": "de", "af": "nl"}
"""Languages whose words are mostly those of another."""


@dataclass(frozen=True, eq=False)
class Language:
    """What is known of a language; of one that is not in the data, that English words can stand in it."""

    tag: str
    numbers: Mapping[str, int]
    """Words for numbers of one word, in lower case, and English ones that mean nothing else here."""
    parts: Mapping[str, int]
    """Words of which a number of one word may consist, where the language writes them so."""
    joins: frozenset[str]
    doubtful: frozenset[str]
    """Numbers in letters that are other words as well, as they are written."""
    tails: re.Pattern[str]
    percent: re.Pattern[str]
    points: re.Pattern[str]
    praise: tuple[tuple[str, re.Pattern[str]], ...]
    """By the kinds of `agent.grounding.praise`."""
    advice: re.Pattern[str]
    denials: frozenset[str]
    capitals: frozenset[str]
    """Words with a capital that are nobody's names."""
    capitalizes: bool
    """Whether all nouns have a capital, so that it tells no name."""


def is_english(language: str) -> bool:
    """Returns whether a BCP 47 tag is of English, of whatever country."""
    return _base(language) in ("", "en")


def reads_english(text: str) -> bool:
    """Returns whether a text is an English sentence, whatever language it stands in.

    Only small words tell; where there are fewer than two, it may be anything.
    """
    if scripts(text):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    clear = sum(word in _CLEAR for word in words)
    small = sum(word in FUNCTION for word in words)
    return clear > sum(word in FOREIGN for word in words) and small >= max(2, 0.2 * len(words))


_CLEAR = frozenset("the and with this that these those which from their its into than between we our both".split())
"""Small words that are English only."""


@cache
def language(tag: str) -> Language:
    """Returns what is known of the language of a BCP 47 tag."""
    base = _base(tag)
    told, english = _data().get(_ALIKE.get(base, base), {}), _data()["en"]
    own, strange = _values(told.get("numbers", "")), set(told.get("not_english", "ten eleven dozen").split())
    shared = {word: value for word, value in _values(english["numbers"]).items() if word not in strange}
    return Language(
        tag=base,
        numbers=shared | own,
        parts=own if told.get("glued") else {},
        joins=_set(told, "joins") | _set(english, "joins"),
        doubtful=_set(told, "doubtful") | (_set(english, "doubtful") - own.keys()),
        tails=_pattern(f"(?:{told['tails']})\\Z" if "tails" in told else _NOTHING),
        percent=_words(told.get("percent")),
        points=_words(told.get("points")),
        praise=tuple((kind, _pattern(rf"\b(?:{said})(?!\w)")) for kind, said in told.get("praise", {}).items()),
        advice=_pattern(told.get("advice", _NOTHING)),
        denials=_set(told, "denials"),
        capitals=_set(told, "capitals"),
        capitalizes=base in _CAPITALIZING,
    )


@cache
def carrying() -> Mapping[str, int]:
    """Returns the English words that carry a number without being one: `both`, `twice`."""
    return _values(_data()["en"]["carrying"])


def _base(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].casefold()


@cache
def _data() -> dict[str, Any]:
    import tomllib

    return tomllib.loads((files("agent.grounding") / "data" / "languages.toml").read_text(encoding="utf-8"))


def _values(listed: str) -> dict[str, int]:
    """The values by the words of `zwei:2 drei:3`."""
    return {word: int(value) for word, _, value in (one.partition(":") for one in listed.split())}


def _set(told: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(told.get(key, "").split())


def _words(said: str | None) -> re.Pattern[str]:
    """Words for a unit, with the space before them."""
    return _pattern(rf"[\s-]*(?<!\w)(?:{said})(?!\w)" if said else _NOTHING)


def _pattern(said: str) -> re.Pattern[str]:
    return re.compile(said, re.IGNORECASE)
