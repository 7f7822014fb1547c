"""Papers that a question calls by their names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from agent import text
from agent.library import Library
from agent.models.embedded import concepts as generic
from agent.models.embedded.compare.called import called, greek, key
from agent.models.embedded.compare.phrases import joins, phrase, stands
from agent.models.embedded.compare.thesaurus import thesaurus
from agent.models.embedded.shape import expansion
from agent.schema import Paper


@dataclass(frozen=True)
class Called:
    """A name in a question, and the papers that call what they propose so; two papers may share a name."""

    name: str
    papers: tuple[Paper, ...]
    in_passing: bool = False
    """Whether it is not what they are known by, but the name of something in them."""


@dataclass(frozen=True)
class Names:
    """The names in a question."""

    called: tuple[Called, ...]
    """Those of papers, in the question's order."""
    others: tuple[str, ...]
    """What is spelt as only names are, but is no paper's name."""


def names(question: str, library: Library) -> Names:
    """Returns the names in a question; a name is compared without regard to case, spaces and hyphens."""
    pieces = [piece for word in _PARTED.split(question) if (piece := _piece(word))]
    taken: dict[int, tuple[int, Called]] = {}
    for start, end in _spans(pieces):
        free = not any(start < other_end and other < end for other, (other_end, _) in taken.items())
        written = " ".join(pieces[start:end])
        if free and (found := _called(written, library)):
            taken[start] = (end, Called(written, tuple(found)))
    for start in _plain(pieces, taken, library):
        if found := _called(pieces[start], library):
            taken[start] = (start + 1, Called(pieces[start], tuple(found)))
    inside = {number for start, (end, _) in taken.items() for number in range(start, end)}
    strange = dict.fromkeys(
        piece
        for number, piece in enumerate(pieces)
        if number not in inside and (is_name(piece) or (number and _is_unknown(piece, library)))
    )
    given = [Called(name, papers, in_passing=True) for name in strange if (papers := _given(name, library))]
    known = {one.name for one in given}
    return Names(
        (*(one for _, (_, one) in sorted(taken.items())), *given),
        tuple(name for name in strange if name not in known),
    )


_PARTED = re.compile(r"\s+|(?<=\w)[/→](?=\w)|[—–]")


def titled(question: str, library: Library) -> list[Called]:
    """Returns the papers that a question calls by words of their titles, which hardly any other paper has."""
    words = _WORD.findall(question)
    found = []
    for pair in pairwise(words):
        wanted, written = phrase(" ".join(pair)), " ".join(pair)
        if any(map(joins, wanted)) or min(map(len, pair)) < _SHORT or not 0 < library.count(written) <= _HARDLY_ANY:
            continue
        papers = [paper for paper, _ in library.search([written], most=1) if stands(wanted, phrase(paper.title))]
        found += [Called(written, tuple(papers))] if papers else []
    return found


_HARDLY_ANY = 2
_SHORT = 3


def is_name(word: str) -> bool:
    """Returns whether a word is spelt as only names are, and names no kind of thing."""
    plain = word.rstrip("s") if word[:-1].isupper() else word
    if plain.lower() in generic.GENERIC or phrase(word) in thesaurus() or phrase(plain) in thesaurus():
        return False
    return bool(_NAMELIKE.fullmatch(word)) and any(map(str.isalpha, word)) and not _LIKE.search(word)


def _is_unknown(word: str, library: Library) -> bool:
    """Whether a word with a capital amid a question is no word of any paper, so that it can only be a name."""
    return word.istitle() and len(word) > _SHORT and phrase(word) not in thesaurus() and not library.count(word)


_NAMELIKE = re.compile(
    r"[A-Za-z]*[a-z][A-Z]\S*|[A-Z]{2,}[a-z]?\S*|[A-Z][A-Za-z]*-?\d[\w.-]*\S*|[A-Z]\w*-[A-Z]\S*|[A-Z]\w*-[a-z]{1,2}"
    r"|\w*\d[A-Z]\w*|[A-Z]\*"
)


_LIKE = re.compile(r"-[a-z]{3,}$")
"""`BERT-style` and `GPT-based` are kinds of things."""


def _piece(word: str) -> str:
    """A word of a question without the signs around it."""
    bare = word.strip(".,;:?!()[]{}\"“”‘’'…→")
    return _POSSESSIVE.sub("", bare)


_POSSESSIVE = re.compile(r"['’]s?$")
_LONGEST = 8


def _spans(pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields where names may stand, longer ones first: each has a capital or a digit in it."""
    for size in range(_LONGEST, 0, -1):
        for start in range(len(pieces) - size + 1):
            span = pieces[start : start + size]
            edges = (span[0], span[-1])
            if all(any(c.isupper() or c.isdigit() or c in "*γμα" for c in edge) for edge in edges) and (
                size > 1 or len(key(span[0])) > 1
            ):
                yield start, start + size


def _plain(pieces: Sequence[str], taken: Container[int], library: Library) -> Iterator[int]:
    """Yields where names may stand that are typed without a capital: words that hardly any paper has.

    Where other names were found, only a word that is joined to one of them can be one.
    """
    named = bool(taken)
    for place, piece in enumerate(pieces):
        joined = place > 1 and pieces[place - 1] in _JOINING and place - 2 in taken
        joined = joined or (place + 1 < len(pieces) and pieces[place + 1] in _JOINING and place + 2 in taken)
        unknown = piece.islower() and len(piece) > _SHORT and phrase(piece) not in thesaurus()
        if place not in taken and unknown and (joined or not named) and 0 < library.count(piece) <= _LOOKED_AT:
            yield place


_JOINING = ("and", "or", "vs", "versus", "from", "than", "with", "to")


def _called(written: str, library: Library) -> list[Paper]:
    wanted = key(written)
    if len(wanted) < 2 or wanted.isdigit() or wanted in generic.GENERIC:
        return []
    return [paper for paper, _ in library.search(_spelt(written), most=_LOOKED_AT) if wanted in _own(paper)]


def _spelt(name: str) -> tuple[str, ...]:
    """A name as papers may spell it: in one word or several, with a Greek letter or its name."""
    joined = "".join(_WORD.findall(name))
    ways = [name, joined, _CAMEL.sub(" ", name), _NUMBERED.sub(" ", name), greek(name)]
    return tuple(dict.fromkeys(ways))


_WORD = re.compile(r"\w+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)")
_NUMBERED = re.compile(r"(?<=[A-Za-z])(?=\d)")
_LOOKED_AT = 60


def _given(name: str, library: Library) -> tuple[Paper, ...]:
    """The papers that give this name to something of theirs, where few speak of it."""
    found = [paper for paper, _ in library.search(_spelt(name), most=_LOOKED_AT)]
    speaking = [paper for paper in found if key(name) in key(paper.abstract)]
    if len(speaking) > _FEW:
        return ()
    if len(speaking) == 1 and _acts(name, text.clean(speaking[0].abstract)):
        # What no other abstract speaks of, and what a sentence of this one is about, is its own.
        return tuple(speaking)
    return tuple(paper for paper in speaking if key(name) in map(key, _names_given(paper)))


def _acts(name: str, abstract: str) -> bool:
    """Whether a sentence begins with a name, or something is said to be its."""
    told = re.escape(name)
    return bool(re.search(rf"(?:^|[.!?] ){told}\b|\b{told}['’]s\b", abstract))


_FEW = 5


def _names_given(paper: Paper) -> Iterator[str]:
    """Yields what an abstract calls something of its authors."""
    told = text.clean(paper.abstract)
    for short in _SHORT_FORM.finditer(told):
        before = told[: short.start()]
        if expansion(before, _TWICE.sub(_repeated, short[1])) or _BEFORE.search(before):
            yield short[1]
    yield from (found[1] for pattern in _GIVING for found in pattern.finditer(told))


_NAME = r"([A-Za-z0-9α-ω][\w.+*^-]*[\w+*])"
_SHORT_FORM = re.compile(rf"\({_NAME}\)")


def _repeated(found: re.Match[str]) -> str:
    return found[1] * int(found[2])


_TWICE = re.compile(r"([A-Z])([2-4])")
"""`C3D2` is short for three words with C and two with D."""
_BEFORE = re.compile(
    r"(?:propos|introduc|present|develop|design|buil[dt]|releas|creat|construct|term|call|dub)\w*[^.()]{0,120}$"
)
_MADE = (
    r"\b(?:[Ww]e|paper|work) (?:\w+ )?(?:propose|introduce|present|launch|build|train|release|offer|unveil|create"
    r"|design|develop|describe)s? (?:(?:an?|the|our) )?"
)
_GIVING = (
    *(re.compile(rf"{_MADE}(?:[\w-]+ ){{{words}}}{_NAME}") for words in range(3)),
    re.compile(rf"\b(?:our|resulting in|namely|called|dubbed|named|termed|denoted|name it|call it) (?:the )?{_NAME}"),
    re.compile(rf"\b(?:term|denot|call|nam|dub|refer)\w*\b[^.]{{0,80}}? as {_NAME}"),
    re.compile(
        rf"{_NAME},? (?:that |which )?(?:achieves|outperforms|sets|reaches|attains|is an?|consists|employs|surpasses"
        r"|enables|obtains)\b"
    ),
)
"""Ways in which authors give a name to something of theirs, or speak of it as what acts."""


def _own(paper: Paper) -> frozenset[str]:
    """The names of what a paper proposes, as keys."""
    return _keys(paper.title, paper.abstract)


@lru_cache(maxsize=4096)
def _keys(title: str, abstract: str) -> frozenset[str]:
    return frozenset(map(key, called(text.clean(title), tuple(text.sentences(text.clean(abstract))))))
