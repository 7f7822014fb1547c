"""What a check of something already written found, and the account of it."""

from __future__ import annotations

from typing import Literal

from agent.grounding import Violation
from agent.schema import SCHEMA_VERSION, Record, Remark


class PlacedViolation(Violation):
    """A violation and the place where it stands."""

    source: str
    """File and line: `issue.md:41`."""
    paper_ids: tuple[str, ...] = ()
    """The papers that are cited."""
    titles: tuple[str, ...] = ()
    """Their titles."""


class Yours(Record):
    """Something that cites no paper, so that nothing can be said about it."""

    source: str
    """File and line."""
    kind: Literal["sentence", "link"]
    text: str


class CheckReport(Record):
    """What was checked in one file, and how it fared."""

    schema_version: int = SCHEMA_VERSION
    source: str
    form: Literal["digest", "summaries", "newsletter", "comparison", "markdown"]
    """What the file was read as."""
    papers: int
    """Different papers that it speaks of."""
    checked: int
    """Statements, results, names, links and labels that cite a paper."""
    sound: int
    """Of these, those in which nothing was found."""
    warned: int
    """Of these, those about which an editor should think."""
    blocked: int
    """Of these, those that say what the cited sentences do not."""
    violations: tuple[PlacedViolation, ...] = ()
    """In the order of the file; one statement can have several."""
    yours: tuple[Yours, ...] = ()
    """What cites nothing; it was not checked."""
    unreadable: tuple[Remark, ...] = ()
    """Lines that could not be read, and statements about papers that were not found."""

    @property
    def closes(self) -> bool:
        """Whether every statement that was checked is accounted for exactly once."""
        return self.checked == self.sound + self.warned + self.blocked
