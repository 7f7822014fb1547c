"""Who speaks: an abstract says “we” of its authors, an issue says it of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.grounding import check
from agent.schema import Paper, Statement
from agent.text import clean


def reported(statement: Statement, paper: Paper) -> Statement:
    """Returns what an abstract says in its own voice as somebody else tells it: `The authors propose …`.

    The first time they are named, then they are “they”. A quotation stays as it is, and so does what the checks would
    not let pass.
    """
    if statement.quoted or not _FIRST_PERSON.search(statement.text):
        return statement
    told = statement.model_copy(update={"text": _FIRST_PERSON.sub(_third_person(), statement.text)})
    return statement if check(told, paper.sentences, clean(paper.title)) else told


# In capitals it is the country.
_FIRST_PERSON = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|[Oo]urs|us|[Oo]urselves)\b(?!['’-]?[A-Z0-9])(?:(?P<short>['’](?:ve|re|ll|d))\b)?"
)

_NAMED = {
    "we": "the authors",
    "our": "the authors’",
    "ours": "the authors’",
    "us": "the authors",
    "ourselves": "themselves",
}
_AGAIN = {"we": "they", "our": "their", "ours": "theirs", "us": "them", "ourselves": "themselves"}
_SHORT = {"ve": " have", "re": " are", "ll": " will", "d": " would"}


def _third_person() -> Callable[[re.Match[str]], str]:
    named = False

    def told(found: re.Match[str]) -> str:
        nonlocal named
        word = found[0].removesuffix(found["short"] or "")
        said = (_AGAIN if named else _NAMED)[word.casefold()]
        named = True
        said = said[:1].upper() + said[1:] if word[0].isupper() else said
        return said + _SHORT.get((found["short"] or "")[1:], "")

    return told
