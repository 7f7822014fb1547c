"""A sentence laid out, so that the surroundings of its words can be compared with those of another's."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from agent.grounding.tokens import Token, tokens

OWN = "\N{SECTION SIGN}own"
"""The key of a paper's own method, whatever it is called: its name, `we`, `our approach`, `the proposed model`."""
WINDOW = 9
"""Words to either side that count as the surroundings of a word."""
OTHER_SIDE = 0.45
"""What a landmark counts that stands before a word here and behind it there."""

SELVES = frozenset(("we", "our", "ours", "us"))
_THINGS = frozenset(
    "method approach model framework system algorithm technique pipeline architecture strategy work paper study "
    "proposal "
    "benchmark dataset solution tool agent network module mechanism scheme procedure design".split()
)
_BREAKS = frozenset(",;:()[]—")


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence's tokens, with one key for all that is the paper's own method."""

    tokens: tuple[Token, ...]
    own: frozenset[str]
    """Keys of the paper's own names."""
    _kernels: dict[int, dict[str, tuple[float, float]]] = field(default_factory=dict)
    _landmarks: dict[int, list[tuple[int, str, bool, float]]] = field(default_factory=dict)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the tokens."""
        return tuple(OWN if self._is_own(at) else token.key for at, token in enumerate(self.tokens))

    @cached_property
    def places(self) -> tuple[int, ...]:
        """How far along each token stands; a mark between words sets them one further apart."""
        places, at = [], 0
        for token in self.tokens:
            at += token.kind != "mark" or token.text in _BREAKS
            places.append(at)
        return tuple(places)

    @cached_property
    def where(self) -> dict[str, list[int]]:
        """The positions of each key."""
        where: dict[str, list[int]] = {}
        for at, (token, key) in enumerate(zip(self.tokens, self.keys, strict=True)):
            if token.kind != "mark":
                where.setdefault(key, []).append(at)
        return where

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words and names in lower case."""
        return tuple(token.low for token in self.tokens if token.kind in ("word", "name"))

    def landmarks(self, at: int) -> list[tuple[int, str, bool, float]]:
        """The words around a position: where, which, whether behind it, and how much each tells; the near tell more."""
        if at not in self._landmarks:
            found = []
            for near in range(max(0, at - 2 * WINDOW), min(len(self.tokens), at + 2 * WINDOW)):
                gap = self.places[near] - self.places[at]
                if near != at and abs(gap) <= WINDOW and (weight := self._weight(near)):
                    found.append((near, self.keys[near], gap > 0, weight * 2 / (1 + abs(gap))))
            self._landmarks[at] = found
        return self._landmarks[at]

    def kernel(self, at: int) -> dict[str, tuple[float, float]]:
        """How near each key stands before and behind a position: 1 beside it, 0 out of reach."""
        if at not in self._kernels:
            found: dict[str, tuple[float, float]] = {}
            for near in range(max(0, at - 2 * WINDOW), min(len(self.tokens), at + 2 * WINDOW)):
                gap = self.places[near] - self.places[at]
                if near != at and abs(gap) <= WINDOW + 4 and self.tokens[near].kind != "mark":
                    before, behind = found.get(self.keys[near], (0.0, 0.0))
                    nearness = 2 / (1 + abs(gap))
                    found[self.keys[near]] = (
                        (before, max(behind, nearness)) if gap > 0 else (max(before, nearness), behind)
                    )
            self._kernels[at] = found
        return self._kernels[at]

    def _weight(self, at: int) -> float:
        """How much a word tells of where we are."""
        if self.tokens[at].kind == "mark":
            return 0.0
        if self.keys[at] == OWN:
            return 0.5
        return 1.0 if self.tokens[at].means else 0.3

    def _is_own(self, at: int) -> bool:
        token = self.tokens[at]
        if token.low in SELVES or (token.key in self.own and token.kind in ("name", "word") and token.means):
            return True
        return token.low in _THINGS and at > 0 and self.tokens[at - 1].low in ("the", "this", "proposed", "our")


@lru_cache(maxsize=2048)
def line(text: str, own: frozenset[str]) -> Line:
    """Returns a sentence laid out; `own` are the keys of the papers' own names."""
    return Line(tokens(text), own)


def fit(mine: Line, at: int, other: Line, there: int, skip: frozenset[int] = frozenset()) -> float:
    """Returns how well the surroundings of a word resemble those of another; positions in `skip` are passed over."""
    kernel, total = other.kernel(there), 0.0
    for near, key, behind, weight in mine.landmarks(at):
        if key in kernel and near not in skip:
            before_it, behind_it = kernel[key]
            same, turned = (behind_it, before_it) if behind else (before_it, behind_it)
            total += weight * max(same, OTHER_SIDE * turned)
    return total


def likeness(mine: Line, at: int, other: Line, there: int) -> float:
    """Returns the fit as a part of a perfect one."""
    perfect = fit(mine, at, mine, at)
    return fit(mine, at, other, there) / perfect if perfect else 0.0
