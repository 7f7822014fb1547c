"""What a paper reached, as an issue tells it: whose it is, against what and under which condition, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agent.grounding import Abstract, abstract, examine
from agent.models.embedded.newsletter.conditions import condition
from agent.models.embedded.newsletter.owners import credited, reaches, subjects, work
from agent.models.embedded.newsletter.phrasing import capital
from agent.models.embedded.outcomes import Outcome, outcomes
from agent.schema import SummarizedPaper
from agent.text import clean


class Claim(NamedTuple):
    """An outcome with its subject and what holds it."""

    outcome: Outcome
    who: str | None
    """The subject in the sentence, such as a variant of the named work; None where it has no name."""
    name: str | None
    """Of the paper's work."""
    versus: str = ""
    """` compared to BogNet`; empty where the outcome says it itself, or nothing does."""
    condition: str = ""
    """` when trained on BogSet`; empty where the sentence names none."""

    @property
    def evidence(self) -> int:
        """Number of the sentence."""
        return self.outcome.evidence

    @property
    def is_compared(self) -> bool:
        """Whether it says against what."""
        return bool(_COMPARED.search(self.told))

    @property
    def alone(self) -> str:
        """A line of its own beneath the paper's name: `Reports a 12% gain in …`."""
        if self.who and self.who != self.name:
            return self.told
        return self.outcome.alone + self._held

    @property
    def told(self) -> str:
        """A clause with its subject: `BogNet reports a 12% gain in …`; of unnamed work `One paper …`."""
        who = self.who or "One paper"
        text = self.outcome.text
        if _COMPARING.search(text) and not _IS.search(text):
            return f"{who} reports {text[:1].lower()}{text[1:]}{self._held}"
        return self.outcome.of(who) + self._held

    @property
    def listed(self) -> str:
        """An item of a list: `BogNet: 12% gain in …`."""
        text = self.outcome.text + self._held
        return f"{self.who}: {text[:1].lower()}{text[1:]}" if self.who else text[:1].upper() + text[1:]

    @property
    def _held(self) -> str:
        return self.versus + self.condition


LONGEST = 28
"""Words of a result that is told in a sentence."""
_COMPARED = re.compile(r" (?:than|over|compared to|compared with|outperforms|surpasses) (?!\d)")
_COMPARING = re.compile(r"\b(?:faster|higher|better|lower|smaller|fewer|less|cheaper|more)\b")
_IS = re.compile(
    r"\b(?:faster|higher|better|lower|smaller|cheaper|more \w+)(?:$| (?:than|in|on|across|at|for|when)\b)"
    r"|^[A-Z][a-z]+s\b"
)


def claims(item: SummarizedPaper) -> list[Claim]:
    """Returns what the paper states of its own that can be told whole, gains first.

    One that would be too long with what holds it, or is then not carried, is left out, never trimmed; so is a best case
    whose sentence has a mean.
    """
    source = abstract(clean(item.paper.title), item.paper.sentences)
    found = [
        claim
        for outcome in outcomes(item)
        for claim in _claimed(outcome, item)
        if len(claim.told.split()) <= LONGEST and _is_carried(claim, source)
    ]
    means = {claim.evidence for claim in found if _MEAN.search(claim.outcome.text)}
    return [claim for claim in found if claim.evidence not in means or _MEAN.search(claim.outcome.text)]


_MEAN = re.compile(r"\b(?:averaged?|mean|overall)\b")


def _claimed(outcome: Outcome, item: SummarizedPaper) -> Iterator[Claim]:
    """Yields the claim with its owner, what it was compared with and its condition, where an owner is known."""
    sentence = item.paper.sentences[outcome.evidence - 1]
    if _is_bare(outcome) or _is_cut(outcome, sentence) or _is_of_a_part(outcome, sentence):
        return
    before, _, after = sentence.partition(_tail(outcome, sentence))
    doing = subjects(before)
    who = credited(doing[-1], item) if doing else work(item)
    if who or (not doing and reaches(item)):
        versus = "" if _AGAINST.search(outcome.text) else _versus(sentence, after)
        yield Claim(outcome, who and capital(who), work(item), versus, condition(before, after))


def _is_carried(claim: Claim, source: Abstract) -> bool:
    return not any(one.blocks for one in examine(claim.told, [(source, (claim.evidence,))]))


def _tail(outcome: Outcome, sentence: str) -> str:
    """The longest end of the outcome's words that stands in the sentence; its verb may have another form."""
    words = outcome.text.split()
    ends = (" ".join(words[start:]) for start in range(len(words)))
    return next((end for end in ends if end in sentence), words[-1])


def _is_cut(outcome: Outcome, sentence: str) -> bool:
    """Whether the words go on behind a bracket at which they were cut."""
    return bool(_GOES_ON.match(sentence.partition(_tail(outcome, sentence))[2]))


def _is_of_a_part(outcome: Outcome, sentence: str) -> bool:
    """Whether the words are said of something in a relative clause: `an encoder that is 3 times smaller`."""
    return bool(_RELATIVE.search(sentence.partition(_tail(outcome, sentence))[0]))


_RELATIVE = re.compile(r"\b(?:that|which) (?:is|are|was|were) (?:up to |over |about |nearly )?$")
_GOES_ON = re.compile(r"\s?\([^()]*\) (?!(?:and|on|in|over|with|while|for|by|at|when|compared)\b)[A-Za-z]")


def _is_bare(outcome: Outcome) -> bool:
    """Whether the words do not say of what a share is."""
    return outcome.unit != "times" and not re.sub(_EMPTY, "", outcome.text, flags=re.IGNORECASE).strip()


_EMPTY = (
    r"[\d.,~≈+%↑-]+|\bfor [A-Z]\S*"
    r"|\b(?:an?|the|of|by|up to|over|about|around|nearly|more than|at least|percent|points?|absolute"
    r"|relative|average|overall|further|performance|improvements?|gains?|boosts?|increases?|reductions?|decreases?|savings?)\b"
)


_AGAINST = re.compile(r"\b(?:over|than|versus|outperforms?|surpass(?:es)?|exceeds?)\b", re.IGNORECASE)


def _versus(sentence: str, after: str) -> str:
    """What the sentence compares with: behind the value, with nothing but further values between, or at its start."""
    behind = _BEHIND.match(after)
    ahead = None if behind else _AHEAD.match(sentence)
    found = behind or ahead
    if not found:
        return ""
    other = re.sub(r"\s*\([^()]*\)", "", found["versus"]).rstrip(" .")
    return f" compared {found['with']} {other}" if 0 < len(other.split()) <= _LONGEST else ""


_LONGEST = 9
_OTHER = r"compared (?P<with>to|with) (?P<versus>[^,;:.]+?(?:\.\d[^,;:.]*)*)"
_BEHIND = re.compile(
    r"(?:,? and (?:an? )?[\d.]+ ?(?:%|x|×|times|points)?↑? "
    r"(?:(?!while|when|which|that|with\b)(?!\w+ing\b)[\w-]+ ){0,8}?|,? )?"
    rf" ?{_OTHER}(?=[,;:]|\.?$|\. | (?:while|when|without|with|under)\b)"
)
_AHEAD = re.compile(r"(?:[A-Z]\w+, )?(?i:compared) (?P<with>to|with) (?P<versus>[^,;:]+), ")
