"""The marks by which a draft in Markdown is found to speak of its papers, also after somebody has edited it.

A mark is an HTML comment, which readers do not see, behind what it is about:

    <!-- digest t:4e7f08c1#2,3 -->    the sentence before it stands on sentences 2 and 3 of this paper
    <!-- digest t:4e7f08c1#2 x2 -->   so do the two sentences before it
    <!-- digest t:4e7f08c1 -->        the heading or list item before it is this paper's
    <!-- digest =1c8f03d2 -->         what stands before it was counted by `digest`; the sum tells whether it still is
    <!-- digest =1c8f03d2 t:4e7f08c1#2 -->   the same; once it is changed, it stands on sentence 2 of this paper
    <!-- digest @paper:t:4e7f08c1 --> here begins the block of an issue with this key; it ends where the next begins
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
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
    """Of what code has counted; empty for others."""

    @property
    def names_paper(self) -> bool:
        """Whether it stands behind the heading or the list item of a paper."""
        return len(self.cites) == 1 and not self.cites[0].evidence


def of_statement(said: str, cites: Iterable[Citation]) -> str:
    """Returns the mark of a statement; nothing where it cites nothing."""
    parts = _cited(cites)
    number = len(text.sentences(said))
    return _comment([*parts, *([f"x{number}"] if number > 1 else [])]) if parts else ""


def of_paper(paper_id: str) -> str:
    """Returns the mark of a paper's heading or list item."""
    return _comment([_name(paper_id)])


def of_count(said: str, cites: Iterable[Citation] = ()) -> str:
    """Returns the mark of what code has counted; where it names sentences, these carry it after an edit too."""
    return _comment([f"={checksum(said)}", *_cited(cites)])


def of_block(key: str) -> str:
    """Returns the mark with which a block of an issue begins."""
    return _comment([f"@{of_key(key)}"]).strip()


def blocks(markdown: str, start: int = 0) -> Iterator[tuple[int, int, str]]:
    """Yields where each mark of a block begins and ends, and the key of the block; text that is escaped has none."""
    for found in _BLOCK.finditer(markdown, start):
        yield found.start(), found.end(), key_of(found[1])


def of_key(key: str) -> str:
    """Returns a key in letters that end neither a comment nor a word in it."""
    return quote(key, safe=":/", errors="surrogatepass").replace("--", "%2D%2D")


def key_of(written: str) -> str:
    """Returns the key that was written so."""
    return unquote(written, errors="surrogatepass")


def checksum(said: str) -> str:
    """Returns what tells whether a line is still as it was written; how it is wrapped does not matter."""
    return f"{zlib.crc32(' '.join(said.split()).encode('utf-8', 'replace')):08x}"


def read(comment: str) -> Mark | None:
    """Returns what an HTML comment marks; None for any other comment."""
    found = _MARK.fullmatch(comment.strip())
    if not found:
        return None
    cites = tuple(map(_cite, (found["cites"] or "").split()))
    return Mark(cites, int(found["number"] or 1), found["sum"] or "")


def papers(markdown: str) -> Iterator[str]:
    """Yields the papers whose headings and list items a text has."""
    for found in _MARK.finditer(markdown):
        mark = read(found[0])
        yield from (cite.paper_id for cite in mark.cites if mark.names_paper) if mark else ()


_CITES = r"(?P<cites>(?![@=])[^\s#]+(?:#[\d,]+)?(?:\s+[^\s#]+#[\d,]+)*?)(?:\s+x(?P<number>\d{1,3}))?"
_MARK = re.compile(rf"<!--\s*digest(?=\s+[^\s-])(?:\s+=(?P<sum>[0-9a-f]{{8}}))?(?:\s+{_CITES})?\s*-->")
_BLOCK = re.compile(r"(?<!\\)<!--\s*digest\s+@([^\s@]+)\s*-->")


def _cite(part: str) -> Citation:
    name, _, evidence = part.partition("#")
    # Longer numbers are no sentences of any abstract, and Python refuses to read very long ones.
    return Citation(paper_id=unquote(name), evidence=tuple(int(n[:9]) for n in evidence.split(",") if n))


def _cited(cites: Iterable[Citation]) -> list[str]:
    return [f"{_name(cite.paper_id)}#{','.join(map(str, cite.evidence))}" for cite in cites if cite.evidence]


def _name(paper_id: str) -> str:
    """The id with nothing in it that could end a comment (CommonMark 0.31, section 6.6)."""
    return quote(paper_id, safe=":/.", errors="replace").replace("-", "%2D")


def _comment(parts: Iterable[str]) -> str:
    return f" <!-- digest {' '.join(parts)} -->"
