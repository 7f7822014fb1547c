"""How abstracts wrap what came out: words that only say that something was tried and is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SAID = (
    r"(?:clearly |also |further |consistently |empirically )?"
    r"(?:show|demonstrate|reveal|indicate|confirm|verify|suggest)s?"
)
_TRIED = (
    r"(?:[Ee]xperiments?|[Rr]esults?|[Ee]valuations?|[Aa]nalys[ie]s|[Ff]indings?|[Ss]tud(?:y|ies)|[Ii]nvestigations?)"
    r"(?: results)?"
)
_DRESS = (
    r"(?:(?:Our|The|These|Extensive|Comprehensive|Thorough|Experimental|Empirical|Evaluation|Quantitative|Efficiency)"
    r" )?(?:(?:empirical|experimental|extensive|comprehensive|evaluation|quantitative|main|thorough|detailed) )*"
)

FINDING = re.compile(
    r"\A(?!(?:Motivated|Inspired|Based|Built|Building) )"
    r"(?:.*\b[Ww]e (?:\w+ly )?(?:find|found|observe|discover|show|reveal|demonstrate|uncover|notice|identify|confirm)"
    r" (?:that|how|no)\b"
    rf"|.*\b(?:[Oo]ur|[Tt]he) (?:[\w-]+ ){{0,3}}{_TRIED}(?: [^,;:.]{{1,80}})? {_SAID} (?:that|no)\b|Reveals? that\b)"
)
"""How authors say that they have found something out."""


def unwrapped(text: str) -> Iterator[str]:
    """Yields what a sentence says behind such words, with what it was tried on before it; at most once."""
    if _TWO_THINGS.search(text):
        return
    placed = _PLACED.match(text)
    if placed:
        yield f"{placed['where'][:1].upper()}{placed['where'][1:].rstrip(',')}, {_within(text[placed.end() :])}"
    elif shown := _SHOWN.match(text):
        yield text[shown.end() :].lstrip()


def _within(text: str) -> str:
    """What was the beginning of a clause, in the middle of a sentence."""
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if first in ("The", "A", "An", "Our", "We", "Existing", "All") else text


_TWO_THINGS = re.compile(r"\bthat\b.*\band that\b")
"""Without the first `that` the second would hang in the air."""
_PLACED = re.compile(rf"{_DRESS}{_TRIED} (?P<where>(?:on|across|over) [^;:]{{3,150}}?) {_SAID},? that,? ")
_SHOWN = re.compile(
    r"(?:(?:Particularly|Notably|Remarkably|Impressively|Especially|Specifically|Importantly|Moreover|Furthermore|Overall"
    r"|Additionally|Subsequently|For (?:example|instance)|In particular|In addition|Empirically|Also|Finally"
    r"|Surprisingly|Interestingly),"
    r"|It(?:['’]s| is) (?:noteworthy|worth noting|notable) that,?"
    r"|(?:Through|With|By|In|From) (?:(?:our|extensive|controlled|comprehensive|careful|empirical|detailed) )*"
    r"(?:experiments?|evaluations?|analys[ie]s|stud(?:y|ies)),(?= we )"
    rf"|{_DRESS}{_TRIED} {_SAID},? that,?) "
)
