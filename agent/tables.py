"""Files that an editor writes in TOML, read strictly: sections of a digest, interests of readers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from agent.errors import ConfigError
from agent.text import clean, words

MOST_BYTES = 1_000_000

_SILENT = frozenset(
    "a an the this that these those it its they their we our i my you your who which what when where how and or but "
    "nor so if then than as of in on at by for from to into with within without via per is are was were be been can "
    "may will do does has have not no all any some most more other such both each also only".split()
)
"""Words of which every paper has some; a keyword of nothing else would gather all of them."""


def _with_words(text: str) -> str:
    seen = clean(text)
    if not any(map(str.isalnum, seen)):
        raise ValueError("it has no letter and no digit")
    return seen


def _that_tells(text: str) -> str:
    if _SILENT.issuperset(words(text)):
        raise ValueError(f"{text!r} stands in every paper and tells nothing")
    return text


Words = Annotated[str, Field(max_length=200), AfterValidator(_with_words)]
"""A text with a letter or a digit; white space, unseen characters and TeX are resolved."""
Keyword = Annotated[Words, AfterValidator(_that_tells)]
"""Words that not every paper has."""
Table = TypeVar("Table", bound=BaseModel)


@dataclass(frozen=True)
class Style:
    """How a kind of file is told of, and what one looks like."""

    what: str
    """`topics`: what stands in it."""
    hint: str
    """`the sections of a digest`."""
    example: str
    known: tuple[tuple[int, str], ...]
    """The keys by how deep they stand, from 1."""
    empty: dict[str, str] = field(default_factory=dict)
    """What is said where a key is missing or of the wrong type."""


def read(path: Path, table: type[Table], style: Style) -> Table:
    """Returns the content of a file.

    Raises `ConfigError` for a file that cannot be read or is too large, an unknown key, or a wrong value.
    """
    text = _text(path, style)
    try:
        return table.model_validate(tomllib.loads(text))
    except ValidationError as error:
        raise _explained(path, error, style) from None
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is told by Python itself, in words for programmers.
        reason = (
            error if isinstance(error, tomllib.TOMLDecodeError) else "it is nested too deeply or has too long a number"
        )
        raise ConfigError(
            f"{path}: not TOML: {reason}.", f"A {style.what} file looks like this:\n{style.example}"
        ) from None


def _text(path: Path, style: Style) -> str:
    """The text of the file; a pipe or a device could keep us waiting, or never end."""
    lost = f"the {style.what} cannot be read"
    try:
        if path.exists() and not path.is_file():
            raise ConfigError(f"{path}: {lost}: it is no regular file.", "Name a TOML file.")
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ConfigError(
                f"{path}: {lost}: it is larger than {MOST_BYTES:,} bytes.", f"Name a file with {style.hint}."
            )
        return content.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        wrong = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else "no file can have this name"
        reason = getattr(error, "strerror", None) or wrong
        raise ConfigError(f"{clean(str(path))}: {lost}: {reason}.", "Name a TOML file.") from None


def _explained(path: Path, error: ValidationError, style: Style) -> ConfigError:
    # A key that is spelt wrongly is missing too; what it is instead says more.
    first: Any = sorted(error.errors(), key=lambda found: found["type"] != "extra_forbidden")[0]
    place = _place(first["loc"])
    if first["type"] == "extra_forbidden":
        known = next(keys for depth, keys in style.known if len(first["loc"]) <= depth)
        key = first["loc"][-1][:_SHOWN]
        return ConfigError(f"{path}: {place}: unknown key {key!r}.", f"Known here: {known}.")
    if first["type"] != "too_long" and (missing := style.empty.get(".".join(map(str, first["loc"])))):
        return ConfigError(f"{path}: {missing}.", f"A {style.what} file looks like this:\n{style.example}")
    reason = _REASONS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    if first["type"] == "too_long":
        reason = f"more than {first['ctx']['max_length']} are too many"
    return ConfigError(f"{path}: {place}: {reason[:1].lower()}{reason[1:]}.", f"For example:\n{style.example}")


_REASONS = {"tuple_type": "a list of strings is wanted", "model_type": "a table is wanted"}


def _place(steps: tuple[int | str, ...]) -> str:
    """Returns where a value stands, topics and keywords counted from 1."""
    told = [clean(step[:_SHOWN]) if isinstance(step, str) else f"{step + 1}" for step in steps]
    return " ".join(told)


_SHOWN = 60
"""Characters of a wrong key that are enough to find it again."""
