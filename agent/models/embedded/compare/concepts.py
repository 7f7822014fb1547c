"""What a question speaks of: its phrases, each with those that stand for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.grounding.words import stems
from agent.models.embedded.compare.phrases import Phrase, joins, phrase, respelled, said
from agent.models.embedded.compare.thesaurus import thesaurus

APART = 0.7
"""How well the words of a phrase, or what stands for each, say it where they stand apart in one sentence."""


@dataclass(frozen=True)
class Concept:
    """Something that a question speaks of."""

    printed: str
    """In the question's words."""
    written: Mapping[str, float]
    """The phrases that stand for it, as they are written, and how well; its own come first."""
    is_term: bool
    """Whether it is a term of research rather than any word: the thesaurus has it, or it is more than one word."""
    parts: tuple[Concept, ...] = ()
    """The words of a phrase, each with those that stand for it."""
    choices: tuple[Concept, ...] = ()
    """What is joined by `or`."""

    @cached_property
    def forms(self) -> Mapping[Phrase, float]:
        """The same as stems."""
        found: dict[Phrase, float] = {}
        for text, worth in self.written.items():
            found[phrase(text)] = max(worth, found.get(phrase(text), 0.0))
        return found

    def told(self, text: Phrase) -> float:
        """Returns how well a text speaks of it; 0 where it does not."""
        whole = max((worth * said(form, text) for form, worth in self.forms.items()), default=0.0)
        whole = max([whole, *(choice.told(text) for choice in self.choices)])
        if whole >= APART or not self.parts:
            return whole
        return max(whole, APART * min(part.told(text) for part in self.parts))


@dataclass(frozen=True)
class _Text:
    """A text in pieces: words, commas and slashes."""

    text: str
    pieces: tuple[str, ...]
    roots: tuple[str, ...]
    """The stem of each piece."""
    places: tuple[tuple[int, int], ...]
    """Where each piece begins and ends."""

    @classmethod
    def of(cls, text: str) -> _Text:
        """Returns a text in pieces."""
        found = list(_PIECE.finditer(text))
        pieces = tuple(match[0] for match in found)
        roots = tuple(next(iter(phrase(piece)), piece) for piece in pieces)
        return cls(text, pieces, roots, tuple(match.span() for match in found))

    def printed(self, start: int, end: int) -> str:
        """Returns what stands from one piece to before another, as it is written."""
        return " ".join(self.text[self.places[start][0] : self.places[end - 1][1]].split())


@dataclass(frozen=True)
class _Span:
    """Words of a text, from one to before another."""

    start: int
    end: int
    concept: Concept


def concepts(text: str, together: Callable[[Phrase], bool]) -> list[Concept]:
    """Returns what a text speaks of, in its order; what is joined by `or` is one thing.

    `together` tells of two neighbouring words whether they are spoken of as one thing.
    """
    told = _Text.of(text)
    return _alternated(sorted(_spans(told, together), key=lambda span: span.start), told)


_PIECE = re.compile(r"[^\W_]+|[,/]")
_LONGEST = 4


def _spans(told: _Text, together: Callable[[Phrase], bool]) -> Iterator[_Span]:
    """Yields the phrases of a text: what it denies, what the thesaurus has, words that go together, and words."""
    pieces, roots = told.pieces, told.roots
    free = [True] * len(pieces)

    def take(start: int, end: int, concept: Concept) -> _Span:
        free[start:end] = [False] * (end - start)
        return _Span(start, end, concept)

    for start, end in _denied(pieces, roots):
        yield take(start, end, _lacking(told.printed(start, end)))
    for size in range(_LONGEST, 1, -1):
        for start in range(len(roots) - size + 1):
            wanted = roots[start : start + size]
            if all(free[start : start + size]) and wanted in thesaurus():
                yield take(start, start + size, _concept(told.printed(start, start + size), wanted))
    for start in range(len(roots) - 1):
        pair = roots[start : start + 2]
        if all(free[start : start + 2]) and all(map(_meant, pieces[start : start + 2], pair)) and together(pair):
            yield take(start, start + 2, _concept(told.printed(start, start + 2), pair))
    for start, (piece, root) in enumerate(zip(pieces, roots, strict=True)):
        if free[start] and _meant(piece, root):
            yield take(start, start + 1, _concept(piece, (root,)))


def _meant(piece: str, root: str) -> bool:
    """Whether a word says what is asked for."""
    return len(piece) > 1 and not joins(root) and not joins(piece.lower()) and root not in _GENERIC


def _concept(printed: str, wanted: Phrase) -> Concept:
    others = thesaurus().get(wanted, {})
    pieces = [piece for piece, root in zip(_PIECE.findall(printed), wanted, strict=False) if not joins(root)]
    parts = tuple(_concept(piece, phrase(piece)) for piece in pieces) if len(pieces) > 1 else ()
    # The full-text index knows nothing of spelling.
    own = dict.fromkeys((printed, respelled(printed), *_measured(printed)), 1.0)
    return Concept(printed, {**own, **others}, bool(others) or len(wanted) > 1, parts)


def _measured(printed: str) -> tuple[str, ...]:
    """What is measured, without the word for the measure: a `14% success` is a success rate."""
    what, _, last = printed.rpartition(" ")
    return (
        (what,) if what and last.lower().rstrip("s") in ("rate", "score", "figure", "value", "number", "count") else ()
    )


def _denied(pieces: Sequence[str], roots: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields where a text asks for something to be lacking: `without (any further) training`."""
    for start, piece in enumerate(pieces):
        if piece.lower() not in _LACKING:
            continue
        end = start + 1
        while end < min(len(pieces), start + 4) and (joins(roots[end]) or roots[end] in _FURTHER):
            end += 1
        if end < len(pieces) and pieces[end].isalnum():
            whole = end + 2 if end + 2 <= len(pieces) and tuple(roots[end : end + 2]) in thesaurus() else end + 1
            yield start, whole


_LACKING = ("without", "no")
_FURTHER = frozenset(stems("extra additional further human manual explicit more new using any paired".split()))


def _lacking(printed: str) -> Concept:
    """What lacks something: `training-free`, `requires no additional training`."""
    last = printed.split()[1:][-2:]
    what = " ".join(last) if phrase(" ".join(last)) in thesaurus() else last[-1]
    forms = {way.format(what): 1.0 for way in _WAYS_TO_LACK}
    for form in list(forms):
        others = thesaurus().get(phrase(form), {})
        forms |= {other: worth for other, worth in others.items() if other not in forms}
    return Concept(printed, forms, is_term=True)


_WAYS_TO_LACK = (
    "without {}", "{}-free", "no {}", "no additional {}", "without additional {}", "no extra {}", "without extra {}",
    "without any {}", "without further {}", "not require {}", "not require additional {}", "not need {}",
)  # fmt: skip


def _alternated(spans: Sequence[_Span], told: _Text) -> list[Concept]:
    """The concepts, those that `or` joins as one: `A or B`, `A, B or C`, `A/B`."""
    found: list[list[_Span]] = []
    for span in spans:
        between = [piece.lower() for piece in told.pieces[found[-1][-1].end : span.start]] if found else []
        plain = [piece for piece in between if piece not in ("or", "/", ",")]
        if found and len(plain) < 2 and ("or" in between or "/" in between):
            while len(found) > 1 and _listed(found[-2], found[-1], told.pieces):
                last = found.pop()
                found[-1] += last
            found[-1].append(span)
        else:
            found.append([span])
    return [_either([span.concept for span in one], told.printed(one[0].start, one[-1].end)) for one in found]


def _listed(one: Sequence[_Span], other: Sequence[_Span], pieces: Sequence[str]) -> bool:
    return list(pieces[one[-1].end : other[0].start]) == [","]


def _either(choices: Sequence[Concept], printed: str) -> Concept:
    if len(choices) == 1:
        return choices[0]
    forms: dict[str, float] = {}
    for choice in choices:
        forms |= {form: max(worth, forms.get(form, 0.0)) for form, worth in choice.written.items()}
    last = choices[-1].printed.split()
    if len(last) == 2:
        # `text or language priors` are priors of both kinds.
        forms |= {f"{choice.printed} {last[1]}": 1.0 for choice in choices[:-1] if " " not in choice.printed}
    return Concept(printed, forms, any(choice.is_term for choice in choices), choices=tuple(choices))


_GENERIC = frozenset(
    stems(
        (
            "paper papers work works study studies article use used using uses based approach approaches method methods"
            " model models kind kinds type types way ways thing things several many various try report give show claim"
            " propose introduce present exist current recent new different good best better well help make get do find"
            " build list name tell actually really exactly here there available include compare comparison contain deal"
            " address tackle about focus look research researcher technique idea author anyone anybody something week"
            " task system provide cover specifically specific instead rather come put offer apply handle target involve"
            " need one ever people say enable like know question answer mean see seem take turn go set part piece want"
            " interested happen pay try out please sort example speak known"
        ).split()
    )
)
"""Words that any question about papers may have and that tell none from another."""
