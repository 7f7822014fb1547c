"""How words are put together: lists, articles, beginnings and ends."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence


def lowered(label: str) -> str:
    """Returns a label as it stands within a sentence."""
    first, space, rest = label.partition(" ")
    return (first.lower() if first[1:].islower() or len(first) == 1 else first) + space + rest


def capital(text: str) -> str:
    """Returns the text with a capital at its start, where it does not begin with a name that is written otherwise."""
    return text if re.match(r"[a-z]+[A-Z\d]", text) else text[:1].upper() + text[1:]


def finished(text: str) -> str:
    """Returns the text with a full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def listed(parts: Sequence[str]) -> str:
    """Returns `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def with_article(words: str) -> str:
    """Returns the words with `a` or `an` before them, as they are spoken."""
    return f"{'an' if _SOUNDS_OPEN.match(words) else 'a'} {words}"


# Letters are spelt where no vowel follows: an LLM, but a RAG system.
_SOUNDS_OPEN = re.compile(
    r"8|11\b|18\b|(?![A-Za-z]*[aeiouy])[FHLMNRSX](?:[B-DF-HJ-NP-TV-Z\d]|-|\b)|[AEIO][A-Z\d]|[AEIOaeio](?!ne\b|nce\b|uro)"
    r"|un(?!i)|u[^ns]|hour|honest"
)


def unpraised(text: str) -> str:
    """Returns the text without adjectives of praise behind an article."""
    return _PRAISED.sub(lambda found: with_article(found["noun"]), text)


_PRAISED = re.compile(
    r"\ban? (?:(?:comprehensive|high-quality|powerful|advanced|effective|impressive|remarkable|superior),?"
    r" (?:and |yet )?)+(?P<noun>[\w-]+)"
)


def uncapped(text: str, plain: Container[str], kept: str) -> str:
    """Returns the text without capitals within it that only explain an abbreviation.

    `plain` words are written without elsewhere; a word beside one that never is belongs to a name, as does one of
    `kept`.
    """
    first, space, rest = text.partition(" ")

    def told(found: re.Match[str]) -> str:
        are_plain = all(word.lower() in plain and word not in kept for word in found[0].split())
        return found[0].lower() if are_plain else found[0]

    return first + space + _CAPPED.sub(told, rest)


_WORD = r"(?:[A-Z][a-z]+)+(?:-[A-Za-z]+)*(?![\w-])"
_CAPPED = re.compile(rf"(?<![\w-]){_WORD}(?: {_WORD})*")


def modest(text: str, cited: Sequence[str]) -> str:
    """Returns the text without `first`, where the cited sentences say that only as far as their authors know."""
    if any(map(_AS_KNOWN.search, cited)) and not _AS_KNOWN.search(text):
        return _THE_FIRST.sub(lambda found: with_article(found["noun"]), text)
    return text


_AS_KNOWN = re.compile(
    r"\b(?:(?:our|their|authors[’']) (?:\w+ )?knowledge|(?:we|they|authors) (?:know|are aware))\b", re.IGNORECASE
)
_THE_FIRST = re.compile(r"\bthe (?:very )?first (?!to\b|of\b|time\b|and\b)(?P<noun>[\w-]+)")
