"""Which words look like names, and what an abbreviation stands for."""

from __future__ import annotations

import re
from functools import lru_cache

NAME = r"(?:[A-Z0-9Α-Ω][\w^*+.'’-]*[\w*+]|[A-Z]\b|[a-z]{1,2}[A-Z][\w^*+-]*|[α-ω]-?[A-Z][\w^*+-]*)"
"""One word of a name: it starts with a capital or a digit, or has a capital behind a letter or two."""

_INSIDE = re.compile(r"[a-z0-9α-ω][A-Z]|[A-Z]{2}|[A-Z][^\W\d]*[\d^*+]|^\d[\w-]*[A-Z]|[A-Za-z]-\d")


@lru_cache(maxsize=20_000)
def coined(word: str) -> bool:
    """Whether a word is spelt as only names and abbreviations are: `FooNet`, `FOO-2`, `fooBar`, `F^2oo`."""
    return bool(_INSIDE.search(word))


def expansion(before: str, short: str) -> str | None:
    """Returns the words before a bracket that the short form in it abbreviates.

    A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", Pacific
    Symposium on Biocomputing, 2003. The published package prints and configures logging when it is imported.
    """
    letters = [character.lower() for character in short if character.isalnum()]
    words = before[-_REACH:].split()
    most = min(len(letters) + 5, 2 * len(letters)) + 1
    text = " ".join(words[-most:])
    at = len(text)
    for left, letter in zip(range(len(letters) - 1, -1, -1), reversed(letters), strict=True):
        at = _last(text, letter, at, starts_word=left == 0)
        if at < 0:
            return None
    found = text[at:].strip(" \"'(,")
    return found if found and not _NO_FORM.intersection(found) else None


_REACH = 300
"""Characters before a short form in which its long form is looked for."""


_NO_FORM = frozenset("();:")


def _last(text: str, letter: str, end: int, *, starts_word: bool) -> int:
    """Returns where the letter last occurs before `end`, at a word's start if it must be; -1 where it does not."""
    at = text.lower().rfind(letter, 0, end)
    while starts_word and at > 0 and text[at - 1].isalnum():
        at = text.lower().rfind(letter, 0, at)
    return at
