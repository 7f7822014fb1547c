"""What an issue prints of one paper: a line that stands without its abstract, and a result in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.editorial.headlines import headline
from agent.editorial.spelling import spelled_out
from agent.editorial.standing import LONGEST, clipped, guesses, is_rich, stands, tells
from agent.editorial.voice import reported
from agent.editorial.wrapping import FINDING, unwrapped
from agent.grounding import check
from agent.models.embedded.compress import shortenings
from agent.models.embedded.gains import says
from agent.models.embedded.leads import finished
from agent.models.embedded.newsletter.claims import Claim
from agent.models.embedded.newsletter.owners import introduced
from agent.models.embedded.shape import NAME, coined
from agent.models.embedded.topics.clauses import deed
from agent.schema import Paper, Statement, SummarizedPaper
from agent.text import clean

LONGEST_RESULT = 35
"""Words of a result that is printed as its sentence says it."""


def line(item: SummarizedPaper) -> Statement:
    """Returns the TL;DR, or what was done where that hangs on something outside it, guesses or only measures.

    A shorter form of it goes before another sentence, also where it is too long; where it says hardly more than the
    title, a sentence that does goes before it. Of a study that is only announced it is what came out. Where nothing
    else stands alone, the TL;DR stays.
    """
    gist = _plain(item.summary.tldr, item)
    found = next(_found_out(item), None) if _only_announces(gist, item) else None
    return reported(spelled_out(found or _gist(gist, item), item), item.paper)


def _gist(gist: Statement, item: SummarizedPaper) -> Statement:
    """The TL;DR, or what says more of the whole work; one that stands, but says little, gives way to no part."""
    stands_alone = not _only_measures(item) and _suits(gist.text, item, little=True)
    if stands_alone and _is_rich(gist, item):
        return gist
    others = [one for one in {one.text: one for one in _others(gist, item)}.values() if _suits(one.text, item)]
    whole = [one for one in others if _is_rich(one, item) and not _is_of_a_part(one, item)]
    wanted = whole if stands_alone else [*whole, *others]
    return next((one for one in wanted if _is_carried(one, item.paper)), gist)


def _is_rich(statement: Statement, item: SummarizedPaper) -> bool:
    return is_rich(statement.text, clean(item.paper.title), item.summary.name or "")


def _is_of_a_part(statement: Statement, item: SummarizedPaper) -> bool:
    """Whether a sentence announces something with another name, something further, or the data beside a method."""
    if item.summary.name and item.summary.name in statement.text:
        return False
    cited = " ".join(item.paper.sentences[number - 1] for number in statement.evidence)
    told = (*_ANNOUNCED.finditer(cited), *_SUBJECT.finditer(cited))
    named = any(coined(found[1]) and found[1] not in item.paper.title for found in told)
    made = item.summary.contribution in ("dataset", "benchmark", "analysis")
    return named or bool(_FURTHER.match(cited)) or (not made and bool(_BESIDE.search(statement.text)))


_ANNOUNCED = re.compile(
    r"\b(?:propose|introduce|present|develop|design|construct|collect|build)s? "
    rf"(?:[^.;]{{0,80}}?(?:\(|, |\b(?:named|called|termed|dubbed|the) ))?({NAME})"
)
_SUBJECT = re.compile(rf"\A({NAME}) (?=[a-z])")
_FURTHER = re.compile(r"(?:In addition|Additionally|Furthermore|Moreover|Besides|Also|Given an?)\b")
_BESIDE = re.compile(r"\b(?:benchmarks?|evaluat\w+|datasets?|releas\w+)\b")


def _only_announces(gist: Statement, item: SummarizedPaper) -> bool:
    """Whether the gist of a study says that there is one, and not what came out."""
    return item.summary.contribution == "analysis" and not FINDING.search(gist.text)


def _found_out(item: SummarizedPaper) -> Iterator[Statement]:
    """Yields what the authors of a study say that they have found, in its order."""
    for number, text in enumerate(item.paper.sentences, 1):
        if FINDING.search(text):
            finding = _plain(Statement(text=text, evidence=(number,)), item)
            if _suits(finding.text, item) and _is_carried(finding, item.paper):
                yield finding


def result(item: SummarizedPaper, claims: tuple[Claim, ...]) -> Statement | None:
    """Returns the headline result without what only announces it; a long one in the words of its claim.

    The claim must say as much of it: the same value, and on what and against what where it does so at all. Of a very
    long one any claim stands for it; where there is none, it is not told.
    """
    found = headline(item.paper, item.summary)
    if not found:
        return None
    plain = _plain(found, item)
    words = len(plain.text.split())
    if words <= LONGEST_RESULT and stands(plain.text):
        return _told(plain, item)
    short = next(_shorter(plain, item, claims), None)
    if not short and words > LONGEST:
        short = next(_claimed(plain, item, claims), None)
        return _told(short, item) if short else None
    return _told(short or plain, item)


def _told(statement: Statement, item: SummarizedPaper) -> Statement:
    """A result as it is printed, with what the authors call their work introduced as theirs."""
    told = reported(spelled_out(statement, item), item.paper)
    known = told.model_copy(update={"text": introduced(told.text, item)})
    return known if not told.quoted and _is_carried(known, item.paper) else told


def _only_measures(item: SummarizedPaper) -> bool:
    """Whether the gist of something made tells of nothing but how well it does."""
    summary, roles = item.summary, item.paper.roles or ()
    numbers = [number for number in summary.tldr.evidence if number <= len(roles)]
    made = summary.contribution in ("method", "model", "dataset", "benchmark", "system")
    return made and bool(numbers) and all(roles[number - 1] == "result" for number in numbers)


def _suits(text: str, item: SummarizedPaper, *, little: bool = False) -> bool:
    """Whether an editor would print a sentence as the line of its paper, be it that it says little."""
    return stands(text) and (little or tells(text, clean(item.paper.title))) and len(text.split()) <= LONGEST


def _others(gist: Statement, item: SummarizedPaper) -> Iterator[Statement]:
    """Yields what can stand for the gist: shorter forms of it with the name, and what else the authors did."""
    name = item.summary.name or ""
    measures = _only_measures(item)
    told = [one for one in _forms(gist, item) if not measures and (name not in gist.text or name in one.text)]
    approach, findings = item.summary.approach, item.summary.findings if guesses(gist.text) else ()
    plain = [one for one in approach if _DOES.match(one.text) or (name and one.text.startswith(name))]
    for statement in (*plain, *findings, *(() if measures else approach)):
        told += [one for one in (statement, *_forms(statement, item)) if ":" not in one.text]
    yield from told


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
    texts = [*clipped(statement.text), *(form.text for form in shortenings(statement.text, name))]
    texts += [f"{name} {told['does']}"] if name and (told := _which(name).search(statement.text)) else []
    texts += [finished(clause)] if clause and name and clause.startswith(name) else []
    for text in texts:
        if len(text.split()) >= _LEAST:
            yield statement.model_copy(update={"text": text})


def _which(name: str) -> re.Pattern[str]:
    """What a sentence says of a work behind its name, whatever it begins with."""
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?: \([^()]*\))?,? which (?P<does>[a-z]+s\b.+)")


_LEAST = 8


def _plain(statement: Statement, item: SummarizedPaper) -> Statement:
    """The statement without words that only say that something is shown, where what is left is carried."""
    text = statement.text
    for _ in range(2):
        rest = next((finished(rest) for rest in unwrapped(text)), "")
        plain = statement.model_copy(update={"text": rest})
        short = len(rest.split()) < _LEAST - 2
        hangs = stands(text) and not stands(rest)
        if statement.quoted or short or hangs or not _is_carried(plain, item.paper):
            break
        text = rest
    return statement.model_copy(update={"text": text})


def _shorter(statement: Statement, item: SummarizedPaper, claims: tuple[Claim, ...]) -> Iterator[Statement]:
    """Yields shorter forms of a result that say as much of its first value, claims first."""
    stated = next((one for one in item.summary.results if says(statement.text, one.value)), None)
    if not stated:
        return
    said = [part for part in (stated.metric, stated.on, stated.versus) if part and part in statement.text]
    own = [one.told for one in claims if (one.evidence,) == statement.evidence and one.who]
    parts = _COUNT.split(statement.text)[1:]
    shortened = (form.text for form in shortenings(statement.text, item.summary.name))
    for text in (*own, *parts, *clipped(statement.text), *shortened):
        short = statement.model_copy(update={"text": finished(text)})
        whole = says(text, stated.value) and all(part in text for part in said)
        compared = bool(_COMPARED.search(text)) or not _COMPARED.search(statement.text)
        brief = len(text.split()) <= LONGEST_RESULT and stands(short.text)
        if whole and compared and brief and _is_carried(short, item.paper):
            yield short


def _claimed(statement: Statement, item: SummarizedPaper, claims: tuple[Claim, ...]) -> Iterator[Statement]:
    """Yields what a result claims of the named work, be it less than the whole."""
    told = (one.told for one in claims if (one.evidence,) == statement.evidence and one.who)
    short = (statement.model_copy(update={"text": finished(text)}) for text in told)
    yield from (one for one in short if _is_carried(one, item.paper))


_COUNT = re.compile(r"[;:,]? (?:and )?\(?(?:\d|i{1,3}|iv|v)\) ")
"""Before each of several results that a sentence lists."""
_COMPARED = re.compile(r"\bcompar(?:ed|ing) (?:to|with)\b")


def _is_carried(statement: Statement, paper: Paper) -> bool:
    return not check(statement, paper.sentences, clean(paper.title))
