"""What a paper says it reached, in its own words: only where a sentence says what, on what, and that it is its own.

The fields of a result are wrong too often to be printed in a headline; here the words around the value decide, and
what they leave open is left out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agent.grounding import abstract, examine
from agent.models.embedded.gains import OWN, Unit, stated
from agent.schema import SummarizedPaper
from agent.text import clean


class Outcome(NamedTuple):
    """A quantitative result that a sentence states whole."""

    text: str
    """Words of the sentence: `12% improvement in recall`, `Reduces latency by 45%`."""
    unit: Unit
    """What it can be compared with: a share more or less, points, a factor, or nothing."""
    size: float
    evidence: int
    """Number of the sentence."""
    on: str = ""
    """`BogBench`, where the sentence begins with it."""
    value: str = ""
    """The figure alone: `45%`."""

    @property
    def is_gain(self) -> bool:
        """Whether it is better than something by so much."""
        return self.unit != "score"

    @property
    def alone(self) -> str:
        """A line of its own: `Reports a 12% improvement in …`."""
        if self.text[0].isupper() or self._compares:
            return self.text[:1].upper() + self.text[1:]
        return f"Reports {self._article}{self.text}"

    def of(self, name: str) -> str:
        """Returns the words said of a paper by its name."""
        if self._compares:
            return f"{name} is {self.text}"
        if self.text[0].isupper():
            return f"{name} {self.text[:1].lower()}{self.text[1:]}"
        return f"{name} reports {self._article}{self.text}"

    @property
    def _compares(self) -> bool:
        return bool(_COMPARES.search(self.text))

    @property
    def _article(self) -> str:
        if not _COUNTABLE.search(self.text):
            return ""
        return "an " if re.match(r"(?:8|11|18)(?!\d)|8\d|[aeiou]", self.text) else "a "

    @property
    def is_measured_on_something(self) -> bool:
        """Whether the words say on what."""
        return bool(self.on or _MEASURED_ON.search(self.text))


_MEASURED_ON = re.compile(
    r"\b(?:on|across) (?:[\w-]+ ){0,4}?\S*[A-Z]\S*|\b(?:on|across|in) (?:[\w-]+ ){0,2}?(?:\d+|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve) (?:[\w-]+ ){0,4}?(?:benchmarks|datasets|tasks|languages)\b"
    r"|\b[A-Z]\S*[A-Z]\S* (?:[\w-]+ )?accuracy\b"
)


_GAINS = r"(?:improvement|gain|boost|increase|reduction|decrease|speed-?up|acceleration|saving|cut)"
_COMPARES = re.compile(
    r"^[^a-z]*(?:(?:up to|over|about|times|x|percent|fold) ?[^a-z]*)*"
    r"(?:faster|higher|better|lower|smaller|fewer|less|cheaper|more)\b"
)
_COUNTABLE = re.compile(rf"^(?:\d\S*(?: times|[- ]fold)? (?:[\w-]+ ){{0,3}})?{_GAINS}\b|^(?:\w+ ){{0,3}}{_GAINS} of\b")


def outcomes(item: SummarizedPaper) -> list[Outcome]:
    """Returns what the paper states of its own, gains first, then scores, each in the order of the abstract."""
    found: dict[tuple[int, str], Outcome] = {}
    for result in item.summary.results:
        for number in result.evidence[:1]:
            if 0 < number <= len(item.paper.sentences) and not is_background(item, number):
                said = stated(result.value, item.paper.sentences[number - 1], item.summary.name)
                outcome = said and Outcome(said.text, said.unit, said.size, number, said.on, result.value)
                if outcome and _carries(item, outcome):
                    found.setdefault((number, outcome.text), outcome)
    return sorted(found.values(), key=lambda outcome: not outcome.is_gain)


def _carries(item: SummarizedPaper, outcome: Outcome) -> bool:
    """Whether the sentence says so, and speaks to a reader."""
    source = abstract(clean(item.paper.title), item.paper.sentences)
    return not any(one.blocks for one in examine(outcome.text, [(source, (outcome.evidence,))]))


def is_background(item: SummarizedPaper, number: int) -> bool:
    """Returns whether a sentence tells of the world before the paper, as far as its role and its words say so."""
    roles, sentence = item.paper.roles, item.paper.sentences[number - 1]
    if not roles or roles[number - 1] != "background":
        return False
    return not (OWN.search(sentence) or (item.summary.name and item.summary.name in sentence))
