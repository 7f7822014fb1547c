"""What an issue prints of one paper: a line that stands without its abstract, and a result in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.editorial.headlines import headline
from agent.editorial.voice import reported
from agent.grounding import check
from agent.models.embedded.compress import shortenings
from agent.models.embedded.gains import says
from agent.models.embedded.leads import finished
from agent.models.embedded.newsletter.claims import Claim
from agent.models.embedded.topics.clauses import deed
from agent.schema import Paper, Statement, SummarizedPaper
from agent.text import clean

LONGEST_RESULT = 35
"""Words of a result that is printed as its sentence says it."""


def line(item: SummarizedPaper) -> Statement:
    """Returns the TL;DR, or what was done where that hangs on something outside it, guesses or only measures.

    A shorter form of it goes before another sentence. Where nothing else stands alone, the TL;DR stays.
    """
    gist = _plain(item.summary.tldr, item)
    if stands(gist.text) and not _only_measures(item):
        return reported(gist, item.paper)
    return reported(next(_others(gist, item), gist), item.paper)


def result(item: SummarizedPaper, claims: tuple[Claim, ...]) -> Statement | None:
    """Returns the headline result without what only announces it; a long one in the words of its claim.

    The claim must say as much of it: the same value, and on what and against what where it does so at all.
    """
    found = headline(item.paper, item.summary)
    if not found:
        return None
    plain = _plain(found, item)
    if len(plain.text.split()) <= LONGEST_RESULT:
        return reported(plain, item.paper)
    short = next(_shorter(plain, item, claims), plain)
    return reported(short, item.paper)


def stands(text: str) -> bool:
    """Returns whether a sentence points at nothing that is told elsewhere, and says what is so, not what might be."""
    return not (_BEGINS.match(text) or _POINTS.search(text) or _GUESSES.search(text))


_BEGINS = re.compile(
    r"(?:(?:Subsequently|Then|Next|Afterwards?|Consequently|Therefore|Thus|Hence|Accordingly|Instead|Likewise|Similarly),"
    r"|(?:It|They|These|Those|Such|Its|Their|This (?!paper|work|study|survey|article|report|review|thesis))\b"
    r"|In (?:the|a|this|that) (?:first|second|third|final|last|next|other) (?:stage|step|phase|part)\b"
    r"|The (?:findings?|results?|former|latter|resulting|key|main|core|idea)\b"
    r"|To (?:this|that) end\b|Based on (?:this|these|the (?:analysis|observations?|findings?|results?))\b)"
)
_POINTS = re.compile(
    r"\b(?:these|this (?!paper|work|study|survey|article|report|review|thesis|end|week)|such (?!as\b)|aforementioned"
    r"|the (?:former|latter|above|resulting|second stage|first stage)"
    r"|the (?:issue|problem|challenge|gap|obstacle)s?(?! of| that| in| where| with| posed| observed)\b)\b"
)
_GUESSES = re.compile(r"\b(?:[Ww]e (?:conjecture|hypothesi[sz]e|believe|hope|speculate|suspect))\b")


def _only_measures(item: SummarizedPaper) -> bool:
    """Whether the gist of something made tells of nothing but how well it does."""
    summary, roles = item.summary, item.paper.roles or ()
    numbers = [number for number in summary.tldr.evidence if number <= len(roles)]
    made = summary.contribution in ("method", "model", "dataset", "benchmark", "system")
    return made and bool(numbers) and all(roles[number - 1] == "result" for number in numbers)


def _others(gist: Statement, item: SummarizedPaper) -> Iterator[Statement]:
    """Yields what can stand for the gist: shorter forms of it with the name, and what else the authors did."""
    name = item.summary.name or ""
    told = [one for one in _forms(gist, item) if name not in gist.text or name in one.text]
    for statement in () if _only_measures(item) else told:
        if stands(statement.text) and _is_carried(statement, item.paper):
            yield statement
    guessed = _GUESSES.search(gist.text)
    for statement in (*item.summary.approach, *(item.summary.findings if guessed else ())):
        does = _DOES.match(statement.text) or (guessed and statement.text.startswith("We "))
        if does and ":" not in statement.text and stands(statement.text) and _is_carried(statement, item.paper):
            yield statement


_DOES = re.compile(
    r"(?:We|This (?:paper|work|study)) (?:\w+ly )?(?:(?:propos|introduc|present|develop|design|buil[dt]|construct|train"
    r"|creat|stud|evaluat|examin|analy[sz]|compar|investigat|explor|curat|collect|formulat|combin|appl|us)(?:e|es|s|y|ies)?)\b"
)


def _forms(statement: Statement, item: SummarizedPaper) -> Iterator[Statement]:
    """Yields shorter forms of a statement, and what it says of the work by its name; none too short for a line."""
    if statement.quoted:
        return
    name = item.summary.name
    clause = deed(statement.text, name, LONGEST_RESULT)
    texts = [form.text for form in shortenings(statement.text, name)]
    texts += [finished(clause)] if clause and name and clause.startswith(name) else []
    for text in texts:
        if len(text.split()) >= _LEAST:
            yield statement.model_copy(update={"text": text})


_LEAST = 8


def _plain(statement: Statement, item: SummarizedPaper) -> Statement:
    """The statement without words that only say that something is shown, where what is left is carried."""
    text = statement.text
    for _ in range(2):
        found = _SHOWN.match(text)
        if not found or statement.quoted:
            break
        rest = finished(text[found.end() :].lstrip())
        plain = statement.model_copy(update={"text": rest})
        if len(rest.split()) < _LEAST - 2 or not stands(rest) or not _is_carried(plain, item.paper):
            break
        text = rest
    return statement.model_copy(update={"text": text})


_SHOWN = re.compile(
    r"(?:(?:Particularly|Notably|Remarkably|Impressively|Especially|Specifically|Importantly|Moreover|Furthermore|Overall"
    r"|Additionally|Subsequently|For (?:example|instance)|In particular|In addition|Empirically|Also|Finally),"
    r"|It(?:['’]s| is) (?:noteworthy|worth noting|notable) that,?"
    r"|(?:(?:Our|The|These|Extensive|Comprehensive|Thorough|Experimental|Empirical|Evaluation|Quantitative) )?"
    r"(?:(?:empirical|experimental|extensive|comprehensive|evaluation|quantitative|main|thorough) )*"
    r"(?:[Ee]xperiments?|[Rr]esults?|[Ee]valuations?|[Aa]nalys[ie]s)(?: results)?"
    r"(?: on (?:[\w-]+ ){1,4}?(?:benchmarks|datasets|tasks))?"
    r" (?:show|demonstrate|reveal|indicate|confirm|verify) that,?) "
)


def _shorter(statement: Statement, item: SummarizedPaper, claims: tuple[Claim, ...]) -> Iterator[Statement]:
    """Yields shorter forms of a result that say as much of its first value, claims first."""
    stated = next((one for one in item.summary.results if says(statement.text, one.value)), None)
    if not stated:
        return
    said = [part for part in (stated.metric, stated.on, stated.versus) if part and part in statement.text]
    own = [one.told for one in claims if (one.evidence,) == statement.evidence and one.who]
    for text in (*own, *(form.text for form in shortenings(statement.text, item.summary.name))):
        short = statement.model_copy(update={"text": finished(text)})
        whole = says(text, stated.value) and all(part in text for part in said)
        compared = bool(_COMPARED.search(text)) or not _COMPARED.search(statement.text)
        if (
            whole
            and compared
            and len(text.split()) <= LONGEST_RESULT
            and stands(text)
            and _is_carried(short, item.paper)
        ):
            yield short


_COMPARED = re.compile(r"\bcompar(?:ed|ing) (?:to|with)\b")


def _is_carried(statement: Statement, paper: Paper) -> bool:
    return not check(statement, paper.sentences, clean(paper.title))
