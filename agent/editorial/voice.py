"""Who speaks: an abstract says “we” of its authors, an issue says it of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from agent.grounding import check
from agent.models.embedded.newsletter.kinds import HEADS
from agent.models.embedded.newsletter.phrasing import modest, with_article
from agent.models.embedded.shape import NAME
from agent.models.embedded.topics.clauses import without_authors, without_paper
from agent.schema import Paper, Statement
from agent.text import clean


def reported(statement: Statement, paper: Paper) -> Statement:
    """Returns what an abstract says in its own voice as somebody else tells it: `Proposes …`, `The authors find …`.

    The first time they are named, then they are “they”; that something is new, or by their own knowledge the first, is
    not repeated. A quotation stays as it is, and a sentence of which the checks would not let this pass becomes one.
    """
    if statement.quoted:
        return statement
    forms = (statement.model_copy(update={"text": text}) for text in _forms(statement.text, _cited(statement, paper)))
    told = next((one for one in forms if not check(one, paper.sentences, clean(paper.title))), None)
    if told or not _FIRST_PERSON.search(statement.text):
        return told or statement
    return statement.model_copy(update={"quoted": statement.text in paper.sentences})


def _cited(statement: Statement, paper: Paper) -> Sequence[str]:
    return [paper.sentences[number - 1] for number in statement.evidence if 0 < number <= len(paper.sentences)]


def _forms(text: str, cited: Sequence[str]) -> Iterator[str]:
    """Yields what an issue says, the plainest first."""
    told = _BY_NAME.sub(r"\g<name> ", _OF_A_NAME.sub("", without_paper(without_authors(text))))
    told = _OBJECTIVE.sub("Aims to ", told)
    told = _FIRST_PERSON.sub(_third_person(), told)
    yield modest(_plain(told), cited)
    yield told


def _plain(text: str) -> str:
    """The text without words that only say that something is new, and with slips of its authors put right."""
    text = _MISCOUNTED.sub(lambda found: found["before"] + _ONE_OF[found["many"]], _NEW.sub(_not_new, text))
    text = _KIND_FIRST.sub(lambda one: f"{one['does']} {one['name']}, {one['kind']}{one['mark'] or ''} ", text)
    return _TWICE_UP.sub("", _SPELT.sub(lambda found: f"{found['a']}n ", text))


def _not_new(found: re.Match[str]) -> str:
    text = with_article(found["noun"]) + (" and" if found["more"] else "")
    return text[:1].upper() + text[1:] if found[0][0].isupper() else text


_NEW = re.compile(
    r"\b[Aa]n? (?:novel|new|innovative|groundbreaking|pioneering)(?:,? (?:and|yet))?,? "
    r"(?!(?:and|yet|class|way|state|type|kind|form)\b)(?P<noun>[\w-]+)(?P<more>, and\b(?= [\w-]+ [a-z]))?"
)
_ONE_OF = {many: one for one, many in HEADS.items()}
_MISCOUNTED = re.compile(
    rf"(?P<before>\bis an? (?:(?!(?:of|with|for|to|in|on|by|from|that|which|{'|'.join(HEADS)})\b)[\w-]+ ){{0,4}}?)"
    rf"(?P<many>{'|'.join(_ONE_OF)})\b"
)
"""`is a model`, where an abstract has `is a models`."""

_KIND_FIRST = re.compile(
    r"\A(?P<does>(?:Propos|Introduc|Present|Develop|Design|Construct|Build)e?s) (?P<kind>an? (?:[a-z][\w-]*,? ){0,5}?"
    rf"(?:{'|'.join(_ONE_OF.values())})),? "
    rf"(?P<name>{NAME}(?: {NAME})*|{NAME}(?: (?:{NAME}|of|on|for|with|and|in))* \([^()]+\))"
    r"(?:(?P<mark>,) (?=which\b)|,? (?=(?:to|for|that|designed|based|by)\b))"
)
"""`a benchmark FooBench, to` for `FooBench, a benchmark to`."""
_SPELT = re.compile(r"\b(?P<a>[Aa]) (?=(?:LV?LM|LMM|MLLM|LLVM|RGB|SVM|MLP|NLP|RNN|LSTM|SSM|FPGA|ML|HTML)s?\b)")
"""What begins with a vowel when it is spelt."""
_TWICE_UP = re.compile(
    r"(?<=[%\d])\s?[↑↓](?= (?:[\w-]+ ){0,2}(?:increase|improvement|gain|boost|reduction|decrease|drop))"
)
"""An arrow says again what the noun behind it says."""

_OF_A_NAME = re.compile(r"\b[Oo]ur (?=[\w-]*[A-Z][\w-]*[A-Z0-9])")
"""What has a name is known without saying whose it is."""
_BY_NAME = re.compile(
    r"\b(?:[Oo]ur|[Tt]he(?= (?:proposed|resulting))) (?:(?:proposed|resulting|new|novel) )?(?:approach|method|model"
    r"|framework|system|architecture|algorithm|network|resource|tool|technique|strategy|engine|benchmark|dataset)"
    r"(?:,? (?:dubbed|named|called|termed) |,? )(?P<name>[\w-]*[A-Z][\w+^-]*[A-Z\d][\w+^-]*),? (?=[a-z])"
)
_OBJECTIVE = re.compile(r"To (?=[a-z]+ [^,]*\.?\Z)")
"""How a structured abstract begins."""
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
