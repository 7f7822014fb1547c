"""The YAML front matter of a draft, in pieces that can be put together again as they were."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from agent.kept import Field
from agent.text import LANGUAGE


@dataclass(frozen=True)
class Front:
    """What stands between two lines of dashes at the beginning of a draft."""

    fields: tuple[Field, ...] = ()
    lines: tuple[int, ...] = ()
    """The line of each field, in the file."""
    end: int = 0
    """Characters up to the text of the draft; 0 where there is no front matter."""
    open: bool = False
    """Whether the line that ends it is missing."""


def split(markdown: str) -> Front:
    """Returns the front matter of a draft whose lines end with LF; nothing is looked at but the keys."""
    begun = _BEGIN.match(markdown)
    if not begun:
        return Front()
    ended = _END.search(markdown, begun.end() - 1)
    if not ended:
        return Front(open=True)
    body = markdown[begun.end() : max(begun.end(), ended.start())]
    starts = [found.start() for found in _KEY.finditer(body)]
    cuts = [0, *starts, len(body)] if not starts or body[: starts[0]].strip() else [*starts, len(body)]
    pieces = [(at, body[at:until].rstrip()) for at, until in pairwise(cuts)]
    found = [(at, text) for at, text in pieces if text.strip()]
    return Front(
        fields=tuple(Field(_name(text), text) for _, text in found),
        lines=tuple(markdown.count("\n", 0, begun.end() + at) + 1 for at, _ in found),
        end=ended.end(),
    )


def values(fields: tuple[Field, ...]) -> dict[str, str]:
    """Returns the values that are plain text.

    Raises `yaml.YAMLError` for what is no YAML, and `ValueError` for what is no list of keys with values.
    """
    import yaml

    try:
        # Everything stays text: neither dates nor numbers are wanted, nor anything else made.
        read = yaml.load("\n".join(field.text for field in fields), Loader=yaml.BaseLoader)  # noqa: S506
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if read is not None and not isinstance(read, dict):
        raise ValueError("its lines are not of the form `key: value`")
    return {name: value for name, value in (read or {}).items() if isinstance(name, str) and isinstance(value, str)}


def language(values: Mapping[str, str]) -> str:
    """Returns the language that front matter names, BCP 47; English where it names none, or what is no tag."""
    named = values.get("language", "").strip()
    return named if LANGUAGE.fullmatch(named) else "en"


_BEGIN = re.compile(r"---[^\S\n]*\n")
_END = re.compile(r"\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)")
_KEY = re.compile(r"^(?:[A-Za-z_][\w.-]*|\"[^\"\n]+\"|'[^'\n]+')[^\S\n]*:(?=\s|\Z)", re.MULTILINE)


def _name(text: str) -> str:
    key = _KEY.match(text)
    return key[0].rstrip()[:-1].strip().strip("\"'") if key else ""
