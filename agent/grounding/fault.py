"""What can be wrong with a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from agent.schema import Record

if TYPE_CHECKING:
    from agent.grounding.claim import Claim

Kind = Literal[
    "evidence", "instruction", "leftover", "language", "length", "link", "number", "unit", "name", "swap", "direction",
    "negation", "comparison", "overlap", "support", "hedge", "quantifier", "overclaim", "recommendation", "scope",
    "tense", "roles",
]  # fmt: skip
BLOCKING = frozenset(
    ("evidence", "instruction", "leftover", "language", "length", "link", "number", "unit", "name", "swap", "direction",
     "negation", "comparison", "overlap")
)  # fmt: skip
"""Kinds that no reader may see; the others are for an editor to judge."""


class Fault(NamedTuple):
    """What a rule found."""

    kind: Kind
    found: str
    """The part of the claim that is not carried."""
    reason: str
    """What is wrong, in a phrase."""
    sure: bool = True
    """Whether it is beyond doubt; what is not is for an editor to judge, whatever its kind."""

    @property
    def blocks(self) -> bool:
        """Whether no reader may see it."""
        return self.sure and self.kind in BLOCKING


Rule = Callable[["Claim"], Iterator[Fault]]


class Violation(Record):
    """Something a statement says that the sentences it cites do not."""

    kind: Kind
    blocks: bool
    """Whether it must not be shown; otherwise an editor is warned."""
    field: str = ""
    """Where it stands: `tldr`, `findings.2`, `results.1.metric`; numbers count from 1."""
    text: str
    """The statement."""
    found: str
    """The part of it that is not carried."""
    reason: str
    """What is wrong, in a phrase."""
    evidence: tuple[int, ...] = ()
    """The sentences it cites."""
    support: str = ""
    """The text of these sentences."""
