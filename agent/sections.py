"""The sections that an editor brings: `topics.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from agent.errors import ConfigError
from agent.schema import Record

UNASSIGNED = "Unassigned"
"""Label of the papers that fit no section."""


def _with_words(text: str) -> str:
    if not any(map(str.isalnum, text)):
        raise ValueError("it has no letter and no digit")
    return text.strip()


Words = Annotated[str, Field(max_length=200), AfterValidator(_with_words)]


class Section(Record):
    """A section of the digest that an editor wants."""

    label: Words
    """Stands over the section as it is."""
    description: Annotated[str, Field(max_length=2000)] = ""
    """What belongs here; its words count, less than keywords."""
    keywords: tuple[Words, ...] = ()
    """Words and phrases that speak for the section; upper case and plurals do not matter."""


class _File(Record):
    topic: Annotated[tuple[Section, ...], Field(min_length=1)]


EXAMPLE = '[[topic]]\nlabel = "Speech and audio"\ndescription = "..."   # optional\nkeywords = ["speech"]  # optional'


def read(path: Path) -> tuple[Section, ...]:
    """Returns the sections of a file, in its order.

    Raises `ConfigError` for a file that cannot be read, an unknown key, a wrong value, or two labels alike.
    """
    try:
        sections = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).topic
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ConfigError(f"{path}: the topics cannot be read: {reason}.", "Name a TOML file.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}.", f"A topics file looks like this:\n{EXAMPLE}") from None
    except ValidationError as error:
        raise _explained(path, error) from None
    labels = {UNASSIGNED.casefold(): 0}
    for number, section in enumerate(sections, 1):
        before = labels.setdefault(section.label.casefold(), number)
        if before == 0:
            raise ConfigError(
                f"{path}: topic {number}: {section.label!r} is what papers are called that fit no topic.", "Rename it."
            )
        if before != number:
            raise ConfigError(
                f"{path}: topics {before} and {number} have the same label, {section.label!r}.", "Rename or join them."
            )
    return sections


def _explained(path: Path, error: ValidationError) -> ConfigError:
    # A key that is spelt wrongly is missing too; what it is instead says more.
    first: Any = sorted(error.errors(), key=lambda found: found["type"] != "extra_forbidden")[0]
    place = _place(first["loc"])
    if first["type"] == "extra_forbidden":
        inside = len(first["loc"]) > 1
        known = ", ".join(Section.model_fields) if inside else "[[topic]]"
        key = first["loc"][-1]
        return ConfigError(f"{path}: {place}: unknown key {key!r}.", f"Known here: {known}.")
    if first["loc"] == ("topic",):
        return ConfigError(f"{path}: it has no topics.", f"A topics file looks like this:\n{EXAMPLE}")
    reason = first["msg"].removeprefix("Value error, ")
    return ConfigError(f"{path}: {place}: {reason[:1].lower()}{reason[1:]}.", f"For example:\n{EXAMPLE}")


def _place(steps: tuple[int | str, ...]) -> str:
    """Returns where a value stands, topics and keywords counted from 1."""
    told = [f"{step}" if isinstance(step, str) else f"{step + 1}" for step in steps]
    return " ".join(told)
