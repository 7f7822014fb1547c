"""The marks by which a draft in Markdown is found to speak of its papers, also after somebody has edited it.

A mark is an HTML comment, which readers do not see, behind what it is about:

    <!-- digest t:4e7f08c1#2,3 -->    the sentence before it stands on sentences 2 and 3 of this paper
    <!-- digest t:4e7f08c1#2 x2 -->   so do the two sentences before it
    <!-- digest t:4e7f08c1 -->        the heading or list item before it is this paper's
    <!-- digest =1c8f03d2 -->         the line before it was counted by `digest`; the sum tells whether it still is so
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from agent import text
from agent.schema import Citation


@dataclass(frozen=True)
class Mark:
    """What a mark says."""

    cites: tuple[Citation, ...] = ()
    """With no evidence, the paper whose heading this is."""
    sentences: int = 1
    """How many sentences in a row it is about."""
    checksum: str = ""
    """Of a line that cites nothing; empty for others."""

    @property
    def names_paper(self) -> bool:
        """Whether it stands behind the heading or the list item of a paper."""
        return len(self.cites) == 1 and not self.cites[0].evidence


def of_statement(said: str, cites: Iterable[Citation]) -> str:
    """Returns the mark of a statement; nothing where it cites nothing."""
    parts = [f"{_name(cite.paper_id)}#{','.join(map(str, cite.evidence))}" for cite in cites if cite.evidence]
    number = len(text.sentences(said))
    return _comment([*parts, *([f"x{number}"] if number > 1 else [])]) if parts else ""


def of_paper(paper_id: str) -> str:
    """Returns the mark of a paper's heading or list item."""
    return _comment([_name(paper_id)])


def of_count(said: str) -> str:
    """Returns the mark of a line that counts and cites nothing."""
    return _comment([f"={checksum(said)}"])


def checksum(said: str) -> str:
    """Returns what tells whether a line is still as it was written; how it is wrapped does not matter."""
    return f"{zlib.crc32(' '.join(said.split()).encode('utf-8', 'replace')):08x}"


def read(comment: str) -> Mark | None:
    """Returns what an HTML comment marks; None for any other comment."""
    found = _MARK.fullmatch(comment.strip())
    if not found:
        return None
    if found["sum"]:
        return Mark(checksum=found["sum"])
    return Mark(tuple(map(_cite, found["cites"].split())), int(found["number"] or 1))


_MARK = re.compile(
    r"<!--\s*digest\s+(?:=(?P<sum>[0-9a-f]{8})|(?P<cites>[^\s#]+(?:#[\d,]+)?(?:\s+[^\s#]+#[\d,]+)*?)"
    r"(?:\s+x(?P<number>\d{1,3}))?)\s*-->"
)


def _cite(part: str) -> Citation:
    name, _, evidence = part.partition("#")
    # Longer numbers are no sentences of any abstract, and Python refuses to read very long ones.
    return Citation(paper_id=unquote(name), evidence=tuple(int(n[:9]) for n in evidence.split(",") if n))


def _name(paper_id: str) -> str:
    """The id with nothing in it that could end a comment (CommonMark 0.31, section 6.6)."""
    return quote(paper_id, safe=":/.", errors="replace").replace("-", "%2D")


def _comment(parts: Iterable[str]) -> str:
    return f" <!-- digest {' '.join(parts)} -->"
