"""What the readers of a newsletter care for: `interests.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import Field

from agent import tables
from agent.errors import ConfigError
from agent.library import Library
from agent.schema import Paper, Record, Remark
from agent.tables import Keyword, Words
from agent.text import clean, fold, words

MOST = 500
"""Topics, keywords and papers each."""


class Interests(Record):
    """What papers are ranked and marked by."""

    topics: Annotated[tuple[Keyword, ...], Field(max_length=MOST)] = ()
    """What papers can be about, in a few words: labels of a digest, or others."""
    keywords: Annotated[tuple[Keyword, ...], Field(max_length=MOST)] = ()
    """Words and phrases of title or abstract; upper case and plurals do not matter."""
    liked: Annotated[tuple[Words, ...], Field(max_length=MOST)] = ()
    """Ids or titles of papers; others like them are marked."""


EXAMPLE = 'topics = ["Video understanding"]\nkeywords = ["token pruning"]\nliked = ["the title of a paper, or its id"]'
_STYLE = tables.Style(
    what="interests",
    hint="the interests of your readers",
    example=EXAMPLE,
    known=((99, ", ".join(Interests.model_fields)),),
)


def read(path: Path) -> Interests:
    """Returns the interests of a file.

    Raises `ConfigError` for a file that cannot be read or is too large, an unknown key, a wrong value, or nothing at
    all.
    """
    found = tables.read(path, Interests, _STYLE)
    if not (found.topics or found.keywords or found.liked):
        raise ConfigError(f"{path}: it has no interests.", f"An interests file looks like this:\n{EXAMPLE}")
    return found


def liked(interests: Interests, library: Library) -> tuple[Paper, ...]:
    """Returns the liked papers, as the library has them; a title that it does not have stands for itself.

    Raises `ConfigError` for an id that no paper has, or several.
    """
    return tuple(_liked(one, library) for one in dict.fromkeys(interests.liked))


def unknown(path: Path, interests: Interests, library: Library) -> Iterator[Remark]:
    """Yields where a file names a liked title that no paper has, and the title that is nearest to it."""
    text = path.read_text(encoding="utf-8-sig")
    begin = next((found.start() for found in [_LIKED.search(text)] if found), 0)
    for written, title in zip(tomllib.loads(text).get("liked", ()), interests.liked, strict=False):
        if not title.startswith(_SCHEMES) and not any(_of_title(title, library)):
            # One with an escape in it is not found, and stands somewhere below.
            line = text.count("\n", 0, max(text.find(written, begin), begin)) + 1
            near = _nearest(title, library)
            hint = f"; the nearest is “{near}”" if near else ""
            reason = f"liked: no paper read is called “{title}”, so only its words count{hint}"
            yield Remark(source=f"{path}:{line}", reason=reason)


def titled(title: str) -> Paper:
    """Returns a paper of which nothing but the title is known."""
    return Paper(id=f"title:{title}", title=title, abstract="")


def _liked(named: str, library: Library) -> Paper:
    if named.startswith(_SCHEMES):
        found = library.named(named)
        if len(found) != 1:
            many = f"{len(found)} papers have ids that begin so" if found else "no paper read has this id"
            raise ConfigError(f"interests: liked: {named}: {many}.", "Write its title instead.")
        return found[0]
    return next(_of_title(named, library), None) or titled(named)


_SCHEMES = ("t:", "arxiv:", "doi:")


_LIKED = re.compile(r"^[ \t]*[\"']?liked\b", re.MULTILINE)


def _nearest(title: str, library: Library) -> str:
    """The title that was perhaps meant; empty where none is like it."""
    titles = [clean(paper.title) for paper, _ in library.search(words(title), most=20)]
    forms = {fold(form): whole for whole in titles[::-1] for form in (whole.partition(":")[0], whole)}
    return next((forms[form] for form in get_close_matches(fold(title), forms, n=1)), "")


def _of_title(title: str, library: Library) -> Iterator[Paper]:
    """Yields the papers of a title, with or without its subtitle."""
    wanted = fold(title)
    for paper, _ in library.search([title], most=5):
        whole = clean(paper.title)
        if wanted in (fold(whole), fold(whole.partition(":")[0])):
            yield paper
