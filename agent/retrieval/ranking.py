"""How well papers fit what a question speaks of."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from agent import text
from agent.library import Library
from agent.models.embedded.compare.concepts import Concept
from agent.models.embedded.compare.phrases import Phrase, joins, phrase, stands
from agent.retrieval.likeness import likeness
from agent.schema import Contribution, Paper

Kinds = frozenset[Contribution]
Weighed = tuple[Concept, float]
"""Something that is asked for, and how much it tells."""


@dataclass(frozen=True)
class Seen:
    """A paper as the ranking sees it."""

    paper: Paper

    @cached_property
    def title(self) -> Phrase:
        """As stems."""
        return phrase(text.clean(self.paper.title))

    @cached_property
    def rows(self) -> tuple[tuple[float, Phrase], ...]:
        """The sentences as stems, each with what it counts: most where the authors say what is new."""
        # Where exactly a sentence ends does not matter here, and syntok would take most of the time.
        told = _END.split(text.clean(self.paper.abstract))
        first = next((number for number, sentence in enumerate(told) if _OWN.search(sentence)), 0)
        places = (
            BEFORE if number < first else NEW if _NEW.search(sentence) else AFTER
            for number, sentence in enumerate(told)
        )
        return tuple(zip(places, map(phrase, told), strict=True))

    @cached_property
    def parts(self) -> tuple[Phrase, ...]:
        """Title and sentences."""
        return (self.title, *(row for _, row in self.rows))

    @cached_property
    def words(self) -> frozenset[str]:
        """Of title and sentences."""
        return frozenset[str]().union(*self.parts)

    def says(self, forms: Iterable[Phrase], parts: Iterable[Phrase]) -> bool:
        """Whether one of some phrases stands in one of its parts."""
        possible = [form for form in forms if self.words.issuperset(form)]
        return bool(possible) and any(stands(form, part) for part in parts for form in possible)


@dataclass(frozen=True)
class Fit:
    """How well one paper fits."""

    seen: Seen
    score: float
    """0 to about 1; 1 where all that is asked for is what the paper is about."""
    told: tuple[float, ...]
    """How well it speaks of each concept."""
    own: float = 0.0
    """The score before it was compared with the papers that fit best."""


TITLE, NEW, AFTER, BEFORE = 1.15, 1.0, 0.8, 0.65
"""What counts where a paper speaks of something: in its title, where it says what is new, after that, before that."""
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(])")
_OWN = re.compile(
    r"\b(?:we|our|this (?:paper|work|study|survey|article|report|thesis)|(?:propos|introduc|present|develop)\w*)\b",
    re.I,
)
_NEW = re.compile(
    r"\b(?:we|this (?:paper|work|study)|our \w+) (?:\w+ ){0,3}?(?:propos|introduc|present|develop|creat|build|built"
    r"|construct|release|curat|collect|design|explor|investigat|stud|analy|evaluat|survey|review|show|find|demonstrat)"
    r"|\bis proposed\b|\b(?:called|named|termed|dubbed)\b",
    re.I,
)
_ONCE = (0.0, 0.8, 0.9, 0.95)
"""What is left of a mention where a concept comes once, twice or three times."""
_FLAT = 0.7
"""The power of that; a little of everything counts more than all of one thing."""
_OTHER_KIND, _THAT_KIND = 0.5, 1.0
"""What is left of the score where benchmarks, say, are asked for, and a paper is something else, or is one."""
_TOGETHER = 0.45
"""What part of the score is for speaking of everything in one sentence."""
_ASIDE = 0.9
"""What that counts where it is background."""
_PARTLY = 0.4
"""What the words of a phrase count where they stand apart."""
_ALIKE = 0.3
"""What part of it is for being like the papers that fit best."""


def ranked(
    wanted: Sequence[Weighed], papers: Sequence[Seen], kinds: Kinds, kind_of: Callable[[Paper], Contribution]
) -> list[Fit]:
    """Returns the papers by how well they fit, best first.

    `kinds` are those of contribution that are asked for, if any; `kind_of` is asked only about papers that fit well.
    """
    if not sum(weight for _, weight in wanted):
        return []
    fits = [_fit(seen, wanted) for seen in papers]
    if kinds:
        fits = [_of_kind(fit, kinds, kind_of) for fit in sorted(fits, key=_best_first)[:_READ]]
    alike = likeness([(fit.seen.title, fit.seen.rows) for fit in fits], [fit.score for fit in fits])
    fits = [
        replace(fit, own=fit.score, score=(1 - _ALIKE) * fit.score + _ALIKE * 2 * like * math.sqrt(fit.score))
        for fit, like in zip(fits, alike, strict=True)
    ]
    return sorted(fits, key=_best_first)


def weighed(concepts: Sequence[Concept], papers: Sequence[Seen], library: Library) -> list[Weighed]:
    """Returns the concepts with how much each tells: the rarer the more, and more where papers are about it.

    Rarity is the inverse document frequency (Robertson 2004).
    """
    return [_weigh(concept, papers, library) for concept in concepts]


def _weigh(concept: Concept, papers: Sequence[Seen], library: Library) -> Weighed:
    titled = sum(seen.says(concept.forms, (seen.title,)) for seen in papers)
    having = sum(seen.says(concept.forms, seen.parts) for seen in papers)
    if not having:
        # Where nobody says `sign language`, papers that have both words speak of something else.
        return replace(concept, written={}, parts=(), choices=()), _HEAVIEST if concept.is_term else 0.0
    spread = max(having, *(library.count(written) for written in list(concept.written)[:_COUNTED]))
    rarity = min(_HEAVIEST, math.log1p((len(library) + 0.5) / (spread + 0.5)))
    about = _HARDLY + (1 - _HARDLY) * min(1.0, titled / having / _OFTEN)
    plain = (1.0 if concept.is_term else _PLAIN) * (_OF_WORDS if " " in concept.printed else 1.0)
    return concept, rarity * about * plain


_HEAVIEST, _PLAIN, _OF_WORDS = 5.0, 0.4, 1.7
"""What the rarest concept weighs, and what any word and a phrase weigh against a term."""
_HARDLY, _OFTEN = 0.6, 0.2
"""What is left of the weight where no paper that has a concept has it in its title, and from which part on all is."""
_COUNTED = 8


_READ = 80
"""Papers whose kind is looked at."""


def _best_first(fit: Fit) -> tuple[float, str]:
    return -fit.score, fit.seen.paper.id


def _fit(seen: Seen, wanted: Sequence[Weighed]) -> Fit:
    titled = [concept.told(seen.title) for concept, _ in wanted]
    rows = [(place, [concept.told(row) for concept, _ in wanted]) for place, row in seen.rows]
    told = tuple(
        (_prominence(title, [(place, row[number]) for place, row in rows]) or _PARTLY * _share(concept, seen)) ** _FLAT
        for number, (title, (concept, _)) in enumerate(zip(titled, wanted, strict=True))
    )
    weights = [weight for _, weight in wanted]
    together = max(_mean(weights, row) * (_ASIDE if place == BEFORE else 1) for place, row in [(NEW, titled), *rows])
    return Fit(seen, _mean(weights, told) * (1 - _TOGETHER + _TOGETHER * together), told)


def _mean(weights: Sequence[float], told: Sequence[float]) -> float:
    return sum(weight * one for weight, one in zip(weights, told, strict=True)) / sum(weights)


def _prominence(title: float, rows: Sequence[tuple[float, float]]) -> float:
    """How much of a paper is about something: where it is said, and how often."""
    best = max([TITLE * title, *(place * one for place, one in rows)])
    times = sum(one > 0 for _, one in rows) + (title > 0)
    return best * (_ONCE[times] if times < len(_ONCE) else 1.0)


def _share(concept: Concept, seen: Seen) -> float:
    """What part of a phrase's words a paper has, wherever they stand."""
    words = [word for word in phrase(concept.printed) if not joins(word)] if concept.forms else []
    return sum(word in seen.words for word in words) / len(words) if len(words) > 1 else 0.0


def _of_kind(fit: Fit, kinds: Kinds, kind_of: Callable[[Paper], Contribution]) -> Fit:
    worth = _THAT_KIND if kind_of(fit.seen.paper) in kinds else _OTHER_KIND
    return replace(fit, score=fit.score * worth)
