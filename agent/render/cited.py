"""What is printed with its sources: papers by number, and texts with the sentences that carry them."""

from __future__ import annotations

from dataclasses import dataclass

from agent import schema
from agent.render.content import Sentence
from agent.render.entry import Heading, Link
from agent.render.safe import printable


@dataclass(frozen=True)
class Source:
    """A paper that is cited or shown."""

    number: int
    """Counts the papers of this answer, or of this issue, from 1."""
    paper_id: str
    name: str
    """Short, and like that of no other paper here."""
    heading: Heading
    why: str
    links: tuple[Link, ...]
    sentences: tuple[str, ...]

    @property
    def label(self) -> str:
        """Number and name, for the head of a table."""
        return f"[{self.number}] {self.name}"

    @property
    def shown_id(self) -> str:
        """Its id, fit to be shown."""
        return printable(self.paper_id)

    @property
    def facts(self) -> str:
        """Its id, and why it is here."""
        return " · ".join(filter(None, (self.shown_id, self.why)))


@dataclass(frozen=True)
class Citation:
    """Sentences of a paper that carry something."""

    source: Source
    evidence: tuple[int, ...]

    @property
    def sentences(self) -> str:
        """The numbers of the sentences: `s3,4`."""
        return f"s{','.join(map(str, self.evidence))}" if self.evidence else ""

    @property
    def reference(self) -> str:
        """As it stands behind a sentence about several papers: `[1:s3,4]`."""
        return f"[{':'.join(filter(None, (str(self.source.number), self.sentences)))}]"

    @property
    def quotes(self) -> tuple[tuple[int, str], ...]:
        """The sentences with their numbers."""
        said = self.source.sentences
        return tuple((number, said[number - 1]) for number in self.evidence if 0 < number <= len(said))


@dataclass(frozen=True)
class Said:
    """A sentence, or what a cell holds."""

    text: str
    citations: tuple[Citation, ...]
    in_cell: bool = False
    """Whether the paper is known from where it stands."""

    @property
    def references(self) -> tuple[str, ...]:
        """One a paper."""
        if not self.in_cell:
            return tuple(one.reference for one in self.citations)
        return tuple(f"[{one.sentences}]" for one in self.citations if one.sentences)

    @property
    def parts(self) -> tuple[str, str, str]:
        """The text, the references, and the full stop that goes behind them."""
        body, _, stop = Sentence(self.text, tuple(range(len(self.references)))).parts
        return body, "".join(f" {one}" for one in self.references), stop

    @property
    def cites(self) -> tuple[schema.Citation, ...]:
        """What the marks of a draft name."""
        return tuple(schema.Citation(paper_id=one.source.paper_id, evidence=one.evidence) for one in self.citations)
