"""The scripts that letters belong to."""

from __future__ import annotations

import unicodedata

_SIGNS = frozenset(
    "LATIN GREEK MICRO MATHEMATICAL DOUBLE-STRUCK SCRIPT MODIFIER FEMININE MASCULINE SUPERSCRIPT BLACK-LETTER ALEF "
    "FULLWIDTH "
    "ANGSTROM KELVIN OHM PLANCK".split()
)
"""First words of the Unicode names of letters that English texts have as letters or signs."""


def scripts(text: str) -> set[str]:
    """Returns the foreign scripts of a text's letters, by their Unicode names."""
    return set() if text.isascii() else {script for character in text if (script := script_of(character))}


def script_of(character: str) -> str:
    """Returns the script of a letter, where English texts have none of it."""
    if character.isascii() or not character.isalpha():
        return ""
    script = unicodedata.name(character, "").split(" ", 1)[0]
    return "" if script in _SIGNS else script


def mixed(text: str) -> bool:
    """Returns whether a word of the text mixes Latin letters with others that look like them."""
    if text.isascii():
        return False
    words = "".join(character if character.isalpha() else " " for character in text).split()
    return any(
        word[0:].isalpha() and {"CYRILLIC", "ARMENIAN", "CHEROKEE"} & scripts(word) and _has_latin(word)
        for word in words
    )


def _has_latin(word: str) -> bool:
    return any(unicodedata.name(character, "").startswith("LATIN") for character in word)
