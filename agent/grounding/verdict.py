"""What the rules say of one text and the sentences it cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from agent.grounding import languages, translated
from agent.grounding.align import pairings, swaps
from agent.grounding.claim import Abstract, Claim
from agent.grounding.comparison import reversals, strengthened
from agent.grounding.fault import Fault, Rule, Violation
from agent.grounding.leftovers import language, leftovers, length, overlap
from agent.grounding.names import links, names
from agent.grounding.polarity import directions, negations
from agent.grounding.quantities import numbers
from agent.grounding.respectively import respective
from agent.grounding.scope import roles, scopes
from agent.grounding.tense import futures, tenses
from agent.grounding.wording import causes, hedges, overclaims, quantifiers, recommendations

RULES: tuple[Rule, ...] = (
    leftovers, language, length, links, numbers, names, overlap, swaps, pairings, respective, directions,
    negations, reversals,
    strengthened, hedges, causes, quantifiers, overclaims, recommendations, scopes, tenses, futures, roles,
)  # fmt: skip
DROPPING: tuple[Rule, ...] = (leftovers, negations, hedges, quantifiers, scopes, futures)
"""Those that see what a shortened sentence lost."""
ALIGNED = frozenset(("swap", "direction", "negation", "comparison"))
"""Kinds that are found by comparing surroundings."""
NEAR, FAR = 0.8, 0.6
"""How much of a claim's words its sentences have where surroundings prove much, and where they prove little."""
LONGEST = 1500
"""Characters of a statement that is looked at; sentences of abstracts have 150."""
Cites = Sequence[tuple[Abstract, Sequence[int]]]
"""Papers, and the numbers of their sentences."""


def examine(text: str, cites: Cites, field: str = "", language: str = "en") -> list[Violation]:
    """Returns what a text says that the sentences it cites do not.

    The sentences are English. Of a text in another language, a BCP 47 tag, is checked what no translation changes, and
    praise; an English sentence that stands there is checked as one.
    """
    english = languages.is_english(language) or languages.reads_english(text)
    faults = _found(text, tuple((paper, tuple(evidence)) for paper, evidence in cites), "" if english else language)
    return [violation(fault, text, cites, field) for fault in faults]


@lru_cache(maxsize=1024)
def _found(text: str, cites: tuple[tuple[Abstract, tuple[int, ...]], ...], language: str) -> tuple[Fault, ...]:
    """What is wrong with a text; drafts are checked by who wrote them, by the gate, and by whoever proofreads."""
    support = tuple(sentence for paper, evidence in cites for sentence in paper.carrying(evidence))
    claim = Claim(text, support, tuple(paper for paper, _ in cites))
    rules = translated.rules(language) if language else RULES
    return (*fault_of(cites), *(_faults(claim, rules) if support else ()))


def fault_of(cites: Cites) -> list[Fault]:
    """Returns what is wrong with the citations themselves: sentences that do not exist, or that carry nothing."""
    faults = [] if any(evidence for _, evidence in cites) else [Fault("evidence", "", "it cites no sentence")]
    for paper, evidence in cites:
        for number in evidence:
            if not 0 < number <= len(paper.sentences):
                faults.append(Fault("evidence", str(number), f"there is no sentence {number}"))
            elif number in paper.planted:
                faults.append(
                    Fault("instruction", str(number), f"sentence {number} speaks to a machine, not to a reader")
                )
    return faults


def violation(fault: Fault, text: str, cites: Cites, field: str) -> Violation:
    """Returns a fault with all that an editor needs to judge it."""
    return Violation(
        kind=fault.kind,
        blocks=fault.blocks,
        field=field,
        text=text,
        found=fault.found,
        reason=fault.reason,
        evidence=tuple(number for _, evidence in cites for number in evidence),
        support=" ".join(sentence for paper, evidence in cites for sentence in paper.carrying(evidence)),
    )


def _faults(claim: Claim, rules: tuple[Rule, ...]) -> Iterator[Fault]:
    # A sentence quoted whole is carried, whatever its words; of a part of one only what was left out can be missed.
    if claim.text in claim.support:
        return
    if len(claim.text) > LONGEST:
        yield Fault("length", f"{len(claim.text)} characters", "a statement is one sentence")
        return
    if claim.quotes_whole:
        return
    seen = set()
    for rule in DROPPING if claim.quotes else rules:
        for fault in rule(claim):
            if (fault.kind, fault.found) not in seen:
                seen.add((fault.kind, fault.found))
                yield _weighed(fault, claim.closeness)


def _weighed(fault: Fault, closeness: float) -> Fault:
    """The fault, surer of what stands out from a repetition than of what a paraphrase may mean."""
    if fault.kind not in ALIGNED or NEAR > closeness >= FAR:
        return fault
    return fault._replace(sure=closeness >= NEAR)
