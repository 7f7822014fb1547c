"""The sections that an editor brings: `topics.toml`."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

from agent.errors import ConfigError
from agent.schema import Record
from agent.text import clean, words

UNASSIGNED = "Unassigned"
"""Label of the papers that fit no section."""

OTHER = "Other papers"
"""Label of the papers for which too little speaks for any known theme, where these are few."""

MOST_BYTES = 1_000_000
MOST_SECTIONS, MOST_KEYWORDS, MOST_IN_ALL = 500, 200, 20_000
"""Sections, keywords of one, keywords of all: far more than a reader of a digest can bear."""

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


class Section(Record):
    """A section of the digest that an editor wants."""

    label: Words
    """Stands over the section as written, but for white space, unseen characters and TeX, which are resolved."""
    description: Annotated[str, Field(max_length=2000)] = ""
    """What belongs here; its words count, less than keywords."""
    keywords: Annotated[tuple[Annotated[Words, AfterValidator(_that_tells)], ...], Field(max_length=MOST_KEYWORDS)] = ()
    """Words and phrases that speak for the section; upper case and plurals do not matter."""


class _File(Record):
    topic: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_SECTIONS)]


EXAMPLE = '[[topic]]\nlabel = "Speech and audio"\ndescription = "..."   # optional\nkeywords = ["speech"]  # optional'


def read(path: Path) -> tuple[Section, ...]:
    """Returns the sections of a file, in its order.

    Raises `ConfigError` for a file that cannot be read or is too large, an unknown key, a wrong value, or two labels
    alike.
    """
    text = _text(path)
    try:
        found = _File.model_validate(tomllib.loads(text)).topic
    except ValidationError as error:
        raise _explained(path, error) from None
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is told by Python itself, in words for programmers.
        reason = (
            error if isinstance(error, tomllib.TOMLDecodeError) else "it is nested too deeply or has too long a number"
        )
        raise ConfigError(f"{path}: not TOML: {reason}.", f"A topics file looks like this:\n{EXAMPLE}") from None
    if sum(len(section.keywords) for section in found) > MOST_IN_ALL:
        raise ConfigError(f"{path}: it has more than {MOST_IN_ALL:,} keywords.", "Keep those that tell most.")
    _refuse_alike(path, found)
    return found


def _text(path: Path) -> str:
    """The text of the file; a pipe or a device could keep us waiting, or never end."""
    try:
        if path.exists() and not path.is_file():
            raise ConfigError(f"{path}: the topics cannot be read: it is no regular file.", "Name a TOML file.")
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ConfigError(
                f"{path}: the topics cannot be read: it is larger than {MOST_BYTES:,} bytes.",
                "Name a file with the sections of a digest.",
            )
        return content.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        wrong = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else "no file can have this name"
        reason = getattr(error, "strerror", None) or wrong
        raise ConfigError(f"{clean(str(path))}: the topics cannot be read: {reason}.", "Name a TOML file.") from None


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


def _explained(path: Path, error: ValidationError) -> ConfigError:
    # A key that is spelt wrongly is missing too; what it is instead says more.
    first: Any = sorted(error.errors(), key=lambda found: found["type"] != "extra_forbidden")[0]
    place = _place(first["loc"])
    if first["type"] == "extra_forbidden":
        inside = len(first["loc"]) > 1
        known = ", ".join(Section.model_fields) if inside else "[[topic]]"
        key = first["loc"][-1][:_SHOWN]
        return ConfigError(f"{path}: {place}: unknown key {key!r}.", f"Known here: {known}.")
    if first["loc"] == ("topic",) and first["type"] != "too_long":
        return ConfigError(f"{path}: it has no topics.", f"A topics file looks like this:\n{EXAMPLE}")
    reason = _REASONS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    if first["type"] == "too_long":
        reason = f"more than {first['ctx']['max_length']} are too many"
    return ConfigError(f"{path}: {place}: {reason[:1].lower()}{reason[1:]}.", f"For example:\n{EXAMPLE}")


_REASONS = {"tuple_type": "a list of strings is wanted", "model_type": "a table is wanted"}


def _place(steps: tuple[int | str, ...]) -> str:
    """Returns where a value stands, topics and keywords counted from 1."""
    told = [clean(step[:_SHOWN]) if isinstance(step, str) else f"{step + 1}" for step in steps]
    return " ".join(told)


_SHOWN = 60
"""Characters of a wrong key that are enough to find it again."""
