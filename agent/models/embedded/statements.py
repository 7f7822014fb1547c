"""Which sentences tell the problem, the approach, the findings and the limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from agent.models.embedded.abstract import Abstract, Sentence
from agent.models.embedded.compress import without_lead
from agent.schema import Statement


def problem(abstract: Abstract) -> tuple[Statement, ...]:
    """Returns up to two sentences that say what is missing or hard before the paper."""
    turn = _turn(abstract)
    candidates = [s for s in abstract.of("background", "objective") if s.number <= turn + 2]

    def weigh(sentence: Sentence) -> float:
        lacks = min(3, sentence.cues["failing"]) + 0.6 * min(2, sentence.cues["contrast"])
        # The gap is told last before the authors turn to their own work.
        near = 1.2 if sentence.number == turn - 1 else 0.6 if sentence.number == turn - 2 else 0.0
        return lacks + near + (0.5 if sentence.cues["studying"] or sentence.cues["aiming"] else 0.0)

    return _best(candidates, weigh, enough=1.5)


def approach(abstract: Abstract) -> tuple[Statement, ...]:
    """Returns up to two sentences that say what was done or built."""
    methods = abstract.of("method") or abstract.of("objective")
    first = next((s.number for s in methods if s.cues["proposing"]), 0)

    def weigh(sentence: Sentence) -> float:
        weight = 2.5 * bool(sentence.cues["proposing"]) + 0.8 * bool(sentence.cues["studying"])
        weight += 0.5 * min(2, sentence.cues["doing"]) + 1.5 * (sentence.number == first)
        weight += 0.8 * (sentence.number == first + 1) + 0.7 * bool(_PARTS.search(sentence.text))
        weight -= 1.2 * bool(sentence.cues["studying"] and _EVALUATES.search(sentence.text)) + 0.7 * bool(
            _RUNS_ON.match(sentence.text)
        )
        return weight + 0.5 * bool(abstract.name and sentence.text.startswith(abstract.name))

    return _best(methods, weigh, enough=1.0)


def findings(abstract: Abstract) -> tuple[Statement, ...]:
    """Returns up to two sentences that say what came out."""

    def weigh(sentence: Sentence) -> float:
        weight = 1.5 * sentence.quantified + 1.2 * bool(sentence.cues["finding"])
        weight += 0.4 * min(3, sentence.cues["proving"]) + 0.4 * bool(sentence.cues["own"])
        weight -= 1.5 * bool(sentence.cues["studying"] and _TOLD.search(sentence.text) is None)
        weight -= 0.8 * bool(_RUNS_ON.match(sentence.text)) + 0.8 * min(2, sentence.cues["hoping"])
        return weight + 0.3 * bool(abstract.name and abstract.name in sentence.text)

    return _best(abstract.of("result"), weigh, enough=0.3)


def limitations(abstract: Abstract) -> tuple[Statement, ...]:
    """Returns up to two sentences in which the authors say what their own work does not do."""
    turn = _turn(abstract)
    own = [s for s in abstract.sentences if s.number > turn and s.cues["admitting"] and not _OTHERS.search(s.text)]
    return tuple(Statement(text=without_lead(s.text), evidence=(s.number,)) for s in own[:2])


_PARTS = re.compile(
    r"\b(?:consists? of|comprises?|composed of|features|leverag|employ|constructed|collect|curat|based on|integrat"
    r"|contain|module|stage|encoder|mechanism|strategy|we (?:also |further |then )?(?:propose"
    r"|introduce|develop|design))"
)
_EVALUATES = re.compile(
    r"\b(?:we (?:further |also |then )?(?:evaluate|conduct|assess|test|validate|experiment))\b", re.I
)
_TOLD = re.compile(r"\b(?:show|demonstrat|reveal|indicat|find|found|achiev|outperform|surpass|observ|improv|suggest)")
_RUNS_ON = re.compile(
    r"(?:This|These|Such|It|Additionally|Moreover|Furthermore|In addition|Also|Besides|Notably|Finally|Further)\b"
)
_OTHERS = re.compile(
    r"\b(?:existing|previous|prior|current|recent|state-of-the-art|overcom\w*|address\w*|mitigat\w*"
    r"|alleviat\w*|without)\b",
    re.I,
)


def _turn(abstract: Abstract) -> int:
    """Returns the number of the sentence in which the authors first speak of their own work."""
    return next(
        (s.number for s in abstract.of("method", "objective", "result") if s.cues["own"] or s.cues["proposing"]), 1
    )


def _best(candidates: Sequence[Sentence], weigh: Callable[[Sentence], float], enough: float) -> tuple[Statement, ...]:
    """Returns the best candidate, and the second best where it weighs enough, in the order of the abstract."""
    ranked = sorted(candidates, key=lambda sentence: (-weigh(sentence), sentence.number))
    chosen = [sentence for sentence in ranked[:1] if weigh(sentence) > 0] + [
        sentence for sentence in ranked[1:2] if weigh(sentence) >= enough
    ]
    ordered = sorted(chosen, key=lambda sentence: sentence.number)
    return tuple(Statement(text=without_lead(s.text), evidence=(s.number,)) for s in ordered)
