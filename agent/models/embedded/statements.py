"""Which sentences tell the problem, the approach, the findings and the limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.models.embedded.abstract import Abstract, Sentence
from agent.models.embedded.leads import without_lead
from agent.models.embedded.linear import scores, weights
from agent.schema import Statement

_ALONE = -1.2
"""Weight that a part's best sentence must have; below, the abstract does not tell it."""
_SECOND = 0.0
"""Weight that a second one must have: more likely than not."""


@dataclass(frozen=True)
class Parts:
    """What an abstract tells, up to two statements each, in its order."""

    problem: tuple[Statement, ...]
    """What is missing or hard before the paper."""
    approach: tuple[Statement, ...]
    """What was done or built."""
    findings: tuple[Statement, ...]
    """What came out."""


def parts(abstract: Abstract) -> Parts:
    """Returns the sentences that tell each part best; a linear model weighs them, see `tests/bench/train`.

    No sentence stands in two parts: the best three are shared out first, then each further one where it weighs most.
    """
    weighed = [scores(weights("parts"), (), clues) for clues in abstract.clues]
    chosen = _firsts(weighed)
    for part, index in enumerate(_seconds(weighed, chosen)):
        chosen[part] += [index] if index is not None else []
    return Parts(*(tuple(_statement(abstract.sentences[index]) for index in sorted(part)) for part in chosen))


def _firsts(weighed: Sequence[Sequence[float]]) -> list[list[int]]:
    """Returns for each part its best sentence, the surest first; none where nothing comes near."""
    chosen: list[list[int]] = [[], [], []]
    taken: set[int] = set()
    for weight, part, index in sorted(
        ((weight, part, index) for index, row in enumerate(weighed) for part, weight in enumerate(row)),
        key=lambda entry: (-entry[0], entry[1:]),
    ):
        if weight > _ALONE and not chosen[part] and index not in taken:
            chosen[part].append(index)
            taken.add(index)
    return chosen


def _seconds(weighed: Sequence[Sequence[float]], chosen: Sequence[Sequence[int]]) -> list[int | None]:
    """Returns for each part the best of the sentences that are left and weigh most in it."""
    taken = {index for part in chosen for index in part}
    best: list[int | None] = [None, None, None]
    for index, row in enumerate(weighed):
        part = row.index(max(row))
        before = best[part]
        if index not in taken and row[part] > max(_SECOND, weighed[before][part] if before is not None else _SECOND):
            best[part] = index
    return best


def _statement(sentence: Sentence) -> Statement:
    return Statement(text=without_lead(sentence.text), evidence=(sentence.number,))


def limitations(abstract: Abstract) -> tuple[Statement, ...]:
    """Returns up to two sentences in which the authors say what their own work does not do."""
    own = [sentence.cues["own"] or sentence.cues["proposing"] for sentence in abstract.sentences]
    told = [
        sentence
        for index, sentence in enumerate(abstract.sentences)
        if any(own[:index]) and sentence.cues["admitting"] and not _OTHERS.search(sentence.text)
    ]
    return tuple(map(_statement, told[:2]))


_OTHERS = re.compile(
    r"\b(?:existing|previous|prior|current|recent|state-of-the-art|overcom\w*|address\w*|mitigat\w*"
    r"|alleviat\w*|without)\b",
    re.I,
)
