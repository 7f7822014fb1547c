"""Who speaks: an abstract says “we” of its authors, an issue says it of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.grounding import check
from agent.models.embedded.topics.clauses import without_authors
from agent.schema import Paper, Statement
from agent.text import clean


def reported(statement: Statement, paper: Paper) -> Statement:
    """Returns what an abstract says in its own voice as somebody else tells it: `Proposes …`, `The authors find …`.

    The first time they are named, then they are “they”. A quotation stays as it is, and a sentence of which the checks
    would not let this pass becomes one.
    """
    if statement.quoted or not _FIRST_PERSON.search(statement.text):
        return statement
    text = _OF_A_NAME.sub("", without_authors(statement.text))
    told = statement.model_copy(update={"text": _FIRST_PERSON.sub(_third_person(), text)})
    if check(told, paper.sentences, clean(paper.title)):
        return statement.model_copy(update={"quoted": statement.text in paper.sentences})
    return told


_OF_A_NAME = re.compile(r"\b[Oo]ur (?=[\w-]*[A-Z][\w-]*[A-Z0-9])")
"""What has a name is known without saying whose it is."""
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
