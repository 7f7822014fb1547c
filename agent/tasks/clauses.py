"""The clauses of a sentence about several papers, and which of the papers each of them names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from agent.grounding import Abstract
from agent.grounding.tokens import Token, keys, tokens
from agent.tasks.citing import Sources

_JOINT = re.compile(
    r";\s*|(?:,\s*|\s+|\A)(?:whereas|while|whilst|but|although|though)\s+|,\s+and\s+|(?<=\w[.!?])\s+(?=[A-Z])", re.I
)
_LED = re.compile(r"(?:,|,?\s+and|\A\s*and)\s+(?:the\s+|that of\s+)?\Z", re.IGNORECASE)
"""What stands before a name that begins a clause."""
_OTHER = re.compile(r"\bthe (?:other|others|latter|former)\b", re.IGNORECASE)


class Clause(NamedTuple):
    """A part of a sentence that can be carried by itself."""

    text: str
    mentions: tuple[frozenset[str], ...]
    """For each name of a paper in it, the ids of the papers that it may be; several, where it does not tell them."""
    refers: bool
    """Whether it speaks of the other, the latter, the former."""

    @property
    def names(self) -> frozenset[str]:
        """Ids of the papers that it may speak of."""
        return frozenset[str]().union(*self.mentions)

    @property
    def paper(self) -> str:
        """The id of the one paper that it names; empty where it names none, or more."""
        (one, *more) = self.names or {""}
        return "" if more or self.refers else one

    @property
    def relates(self) -> bool:
        """Whether it sets one paper beside another."""
        return len(self.mentions) + self.refers > 1 and (len(self.names) > 1 or self.refers)


def clauses(text: str, sources: Sources, cited: Container[str] = ()) -> tuple[Clause, ...]:
    """Returns the clauses of a text; one begins at `whereas`, `while`, `;` and the like, and where a paper is named.

    Of several papers of one name those are meant that are cited.
    """
    text = unicodedata.normalize("NFKC", text)
    names = [token for token in tokens(text) if _may_name(token)]
    cuts = {match.span() for match in _JOINT.finditer(text)}
    for token in names:
        led = _LED.search(text[: token.at])
        if led and any(token.key in source.main for source in sources.values()):
            cuts.add((led.start(), token.at))
    pieces, at = [], 0
    for begin, end in sorted(cuts):
        pieces.append(text[at:begin])
        at = max(at, end)
    return tuple(_clause(piece, sources, cited) for piece in [*pieces, text[at:]] if piece.strip())


def _clause(piece: str, sources: Sources, cited: Container[str]) -> Clause:
    said = tokens(piece)
    mentions = tuple(_mentions(said, sources, cited))
    return Clause(piece.strip(), mentions, bool(_OTHER.search(piece)))


def _mentions(said: tuple[Token, ...], sources: Sources, cited: Container[str]) -> Iterator[frozenset[str]]:
    """Yields whom each name means: all that are called so, or the one of them that the words around it tell."""
    named = {token.key for token in said if _may_name(token)}
    known = {key: source for key, source in sources.items() if source.main and source.main <= named}
    seen: set[frozenset[str]] = set()
    for at, token in enumerate(said):
        meant = frozenset(key for key, source in known.items() if token.key in source.main and _may_name(token))
        meant = frozenset(key for key in meant if key in cited) or meant
        told = _told_apart(said, at, {key: known[key] for key in meant}) if len(meant) > 1 else meant
        if told and told not in seen:
            seen.add(told)
            yield told


def _told_apart(said: tuple[Token, ...], at: int, alike: Mapping[str, Abstract]) -> frozenset[str]:
    """Which of several papers of one name is meant: the one whose title has the nearest word that no other's has."""
    titles = {key: keys(source.title) for key, source in alike.items()}
    for near in sorted(range(len(said)), key=lambda i: (abs(i - at), i < at)):
        having = frozenset(key for key, title in titles.items() if said[near].key in title)
        if said[near].means and len(having) == 1:
            return having
    return frozenset(alike)


def _may_name(token: Token) -> bool:
    """Whether a word is written as names are."""
    return token.means and token.text.lower() != token.text and token.kind in ("name", "word")
