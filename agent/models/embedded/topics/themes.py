"""Themes of research that are known beforehand, and what speaks for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from agent.models.embedded.topics.words import FUNCTION, SCHOLARLY, VAGUE, singular
from agent.sections import Section
from agent.text import words

Keyword = tuple[str, float]
"""A word or phrase and how strongly it speaks for its theme."""


@dataclass(frozen=True)
class Theme:
    """What papers can be about."""

    label: str
    family: str
    """Label of the group that it shares with themes near it."""
    keywords: tuple[Keyword, ...]
    contribution: str = ""
    """The kind of contribution that speaks for it by itself, or nothing."""


# Read once a process: the file is part of the program.
@lru_cache(maxsize=1)
def built_in() -> tuple[Theme, ...]:
    """Returns the themes of the program; those of a family stand together."""
    text = (Path(__file__).parent / "data" / "themes.txt").read_text(encoding="utf-8")
    found: list[Theme] = []
    family = ""
    for line in text.replace("\n ", " ").splitlines():
        label, colon, keywords = line.partition(":")
        if line.startswith("== "):
            family = line.removeprefix("== ")
        elif colon and not line.startswith("#"):
            found.append(_theme(label, family, [keyword.strip() for keyword in keywords.split(",")]))
    return tuple(found)


def of_sections(sections: Sequence[Section]) -> tuple[Theme, ...]:
    """Returns an editor's sections as themes, each a family of its own."""
    return tuple(
        Theme(section.label, section.label, tuple(_said(section)), _kind(section.label)) for section in sections
    )


_STRENGTH = {"!": 2.0, "?": 0.3}


def _theme(label: str, family: str, listed: Sequence[str]) -> Theme:
    kind = "".join(keyword.removeprefix("@") for keyword in listed if keyword.startswith("@"))
    keywords = [
        (keyword.rstrip("!?"), _STRENGTH.get(keyword[-1], 1.0))
        for keyword in listed
        if keyword and not keyword.startswith("@")
    ]
    return Theme(label, family, tuple(keywords), kind)


_KINDS = ("survey", "benchmark", "dataset")


def _kind(label: str) -> str:
    """Returns the kind of contribution that a label names, or nothing."""
    named = set(map(singular, words(label)))
    return next((kind for kind in _KINDS if kind in named), "")


_OF_LABEL, _OF_DESCRIPTION = 0.4, 0.3
"""How strongly a single word of a section's label or description speaks for it."""

_PARTS = re.compile(r"\s+(?:and|or|und|et|y)\s+|[,;:/&+|()<>]")
"""What stands between the parts of a label such as `Speech and audio`, each of which is a keyword."""


_EXACT = 0.6
"""The share of a word's strength that needs the word itself; the rest is for all forms that share its stem."""


def _said(section: Section) -> list[Keyword]:
    parts = [part for part in _PARTS.split(section.label) if not FUNCTION.issuperset(words(part))]
    keywords = [found for text in (*parts, *section.keywords) for found in _spoken(text)]
    silent = FUNCTION | SCHOLARLY | VAGUE
    for text, strength in ((section.label, _OF_LABEL), (section.description, _OF_DESCRIPTION)):
        keywords += [(word, strength) for word in words(text) if len(word) > 1 and word not in silent]
    return keywords


def _spoken(text: str) -> list[Keyword]:
    """Returns a keyword; a single word speaks less where another form of it stands: `aligned` is not `alignment`."""
    strength = _STRENGTH["!"]
    if len(words(text.replace("-", " "))) != 1:
        return [(text, strength)]
    return [(f"={text}", _EXACT * strength), (text, (1 - _EXACT) * strength)]
