"""Text of abstracts: cleaned for reading, folded for comparing, split into sentences."""

from __future__ import annotations

import re
import unicodedata


def clean(text: str) -> str:
    """Returns text fit to show: NFC, no control characters, white space folded, remains of LaTeX resolved."""
    raise NotImplementedError


def fold(text: str) -> str:
    """Returns the form in which texts are compared: letters and digits only, compatibility forms, lower case."""
    decomposed = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", decomposed)


def sentences(text: str) -> list[str]:
    """Splits a cleaned abstract into its sentences."""
    raise NotImplementedError
