"""The sections that an editor brings: `topics.toml`."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Annotated

from pydantic import Field

from agent import tables
from agent.errors import ConfigError
from agent.schema import Record
from agent.tables import Keyword, Words

UNASSIGNED = "Unassigned"
"""Label of the papers that fit no section."""

UNSORTED = "Unsorted papers"
"""Label of the papers that a model left out of its answer; none is ever lost."""

OTHER = "Other papers"
"""Label of the papers for which too little speaks for any known theme, where these are few."""

RESIDUAL = (UNASSIGNED, UNSORTED, OTHER)
"""Labels that say of what is under them only that it is nowhere else."""

MOST_SECTIONS, MOST_KEYWORDS, MOST_IN_ALL = 500, 200, 20_000
"""Sections, keywords of one, keywords of all: far more than a reader of a digest can bear."""


class Section(Record):
    """A section of the digest that an editor wants."""

    label: Words
    """Stands over the section as written, but for white space, unseen characters and TeX, which are resolved."""
    description: Annotated[str, Field(max_length=2000)] = ""
    """What belongs here; its words count, less than keywords."""
    keywords: Annotated[tuple[Keyword, ...], Field(max_length=MOST_KEYWORDS)] = ()
    """Words and phrases that speak for the section; upper case and plurals do not matter."""


class _File(Record):
    topic: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_SECTIONS)]


EXAMPLE = '[[topic]]\nlabel = "Speech and audio"\ndescription = "..."   # optional\nkeywords = ["speech"]  # optional'
_STYLE = tables.Style(
    what="topics",
    hint="the sections of a digest",
    example=EXAMPLE,
    known=((1, "[[topic]]"), (99, ", ".join(Section.model_fields))),
    empty={"topic": "it has no topics"},
)


def read(path: Path) -> tuple[Section, ...]:
    """Returns the sections of a file, in its order.

    Raises `ConfigError` for a file that cannot be read or is too large, an unknown key, a wrong value, or two labels
    alike.
    """
    found = tables.read(path, _File, _STYLE).topic
    if sum(len(section.keywords) for section in found) > MOST_IN_ALL:
        raise ConfigError(f"{path}: it has more than {MOST_IN_ALL:,} keywords.", "Keep those that tell most.")
    _refuse_alike(path, found)
    return found


def _refuse_alike(path: Path, found: tuple[Section, ...]) -> None:
    labels = {_folded(UNASSIGNED): 0, _folded(OTHER): 0}
    for number, section in enumerate(found, 1):
        before = labels.setdefault(_folded(section.label), number)
        if before == 0:
            raise ConfigError(
                f"{path}: topic {number}: {section.label!r} is what papers are called that fit no topic.", "Rename it."
            )
        if before != number:
            raise ConfigError(
                f"{path}: topics {before} and {number} have the same label, {section.label!r}.", "Rename or join them."
            )


def _folded(label: str) -> str:
    """The form in which labels are compared; signs count, since `C` and `C++` are two."""
    return unicodedata.normalize("NFKC", label).casefold()
