"""What a paper's work is called, and how spellings of one name are brought together."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.models.embedded.abstract import read
from agent.models.embedded.name import name as proposed


def key(name: str) -> str:
    """Returns what spellings of one name share: letters, digits, `*` and `+`; `α-X` is `Alpha X`."""
    plain = "".join(_GREEK.get(sign, sign) for sign in name.lower())
    return _SIGNS.sub("", _POINT.sub("_", plain))


def greek(name: str) -> str:
    """Returns a name with a Greek letter for the letter's name at its beginning: `Alpha-X` as `α-X`."""
    for sign, spelt in _GREEK.items():
        if name.lower().startswith((f"{spelt}-", f"{spelt} ")):
            return sign + name[len(spelt) :]
    return name


_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "λ": "lambda", "μ": "mu", "µ": "mu", "π": "pi"}
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_SIGNS = re.compile(r"[^\w*+]+")


@lru_cache(maxsize=4096)
def called(title: str, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Returns what a paper calls its work: what stands before the title's colon, and the name in the abstract."""
    head, colon, _ = title.partition(":")
    short = _HEAD if colon else _WHOLE
    heads = [head, *(_AND.split(head) if colon else ())] if len(head.split()) <= short else []
    names = [one for one in (*heads, proposed(read(title, sentences))) if one]
    return tuple(dict.fromkeys([*names, *(_SIZE.sub("", one) for one in names)]))


_SIZE = re.compile(r"(?<=\w{3}) \d+(?:\.\d+)?[BM]$")
"""How large a model is, which people leave out."""
_AND = re.compile(r"\s+(?:and|&)\s+")
_HEAD, _WHOLE = 12, 2
"""Words of a title before its colon, and of a whole title, by which a paper may be called."""
