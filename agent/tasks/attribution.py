"""Who is said to have done what: a sentence about several papers is carried by each of those that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from agent.grounding import Abstract, Violation, abstract, check_cited, examine
from agent.grounding.fault import Fault
from agent.grounding.tokens import keys, tokens
from agent.grounding.verdict import violation
from agent.schema import CitedSentence
from agent.tasks.citing import Cited, Sources, said
from agent.tasks.clauses import Clause, clauses
from agent.tasks.contrast import uncompared

ALONE = ("number", "unit", "name", "overlap")
"""Kinds of faults that are found in a clause as well as in a sentence."""


def judge(sentence: CitedSentence, sources: Sources, field: str = "") -> list[Violation]:
    """Returns what a sentence says that the papers that it cites do not, each of them by itself."""
    text, cited = sentence.text, {cite.paper_id: cite.evidence for cite in sentence.cites if cite.paper_id in sources}
    found = check_cited(sentence, sources, field)
    blocking = {one.kind for one in found if one.blocks}
    if blocking == {"overlap"} and not any(_uncarried(text, cited, sources)):
        found, blocking = [one for one in found if not one.blocks], set()
    cites = [(sources[key], evidence) for key, evidence in cited.items()]
    if blocking or not cites or any(text in source.carrying(evidence) for source, evidence in cites):
        return found
    faults = [*_faults(text, clauses(text, sources, cited), cited, sources)]
    return found + [violation(fault, text, cites, field) for fault in dict.fromkeys(faults)]


def _faults(text: str, parts: Sequence[Clause], cited: Cited, sources: Sources) -> Iterator[Fault]:
    yield from _strangers(parts, cited, sources)
    yield from _idle(text, parts, cited, sources)
    yield from _exchanged(text, parts, cited, sources)
    yield from uncompared(text, parts, cited, sources)
    for key, part in _shares(text, parts, cited):
        yield from outdone(part, key, cited[key], sources)
        if len(cited) > 1:
            yield from _uncarried(part, {key: cited[key]}, sources)


def _uncarried(text: str, cited: Cited, sources: Sources) -> Iterator[Fault]:
    """Finds what the cited sentences do not carry, nor the titles where two papers have one name.

    By a word of the title the two are told apart.
    """
    for one in examine(text, [_told(key, evidence, sources) for key, evidence in cited.items()]):
        if one.blocks and one.kind in ALONE:
            yield Fault(one.kind, one.found, one.reason)


def _told(paper_id: str, evidence: Sequence[int], sources: Sources) -> tuple[Abstract, Sequence[int]]:
    """The paper with its title among the sentences, where another has its name, and the numbers of those that count."""
    source = sources[paper_id]
    alike = sum(bool(other.main & source.main) for other in sources.values()) > 1
    if not alike or 0 in source.planted:
        return source, evidence
    return abstract(source.title, (*source.sentences, source.title)), (*evidence, len(source.sentences) + 1)


def outdone(text: str, paper_id: str, evidence: Iterable[int], sources: Sources) -> Iterator[Fault]:
    """Finds a text that a sentence of another paper carries better than all that are cited of its own.

    So two papers are mixed up, of one name or not. A paraphrase may share some words with any paper: one of them must
    be a word that its own paper does not have.
    """
    paper = sources[paper_id]
    mine = {token.key for token in tokens(text) if token.means} - paper.own
    kept = mine & said([paper_id], {paper_id: tuple(evidence)}, sources)
    strange = mine - paper.keys
    for key, other in sources.items():
        heard = other.carrying(range(1, len(other.sentences) + 1)) if strange and key != paper_id else ()
        for theirs in map(keys, heard):
            if strange & theirs and len(mine & theirs) > len(kept):
                found = [token.text for token in tokens(text) if token.key in mine & theirs - kept]
                yield Fault("swap", " ".join(found[:6]), "a sentence of another paper says this, not the cited ones")
                return


def _shares(text: str, parts: Sequence[Clause], cited: Cited) -> Iterator[tuple[str, str]]:
    """Yields each part of a sentence that is about one of the cited papers, with its id."""
    if len(cited) == 1:
        yield next(iter(cited)), text
    elif not _LISTS.search(text):
        for part in parts:
            words = sum(token.means and token.low not in _ASIDE for token in tokens(part.text))
            if part.paper in cited and words > len(part.mentions):
                yield part.paper, part.text


_LISTS = re.compile(r"\brespectively\b", re.IGNORECASE)
_ASIDE = frozenset("unlike like contrast compared comparison contrary opposed besides similarly".split())
"""Words that set a paper beside another and say nothing of it."""


def _strangers(parts: Sequence[Clause], cited: Cited, sources: Sources) -> Iterator[Fault]:
    """Finds papers that are spoken of and not cited, where no cited sentence speaks of them either."""
    carried = said(cited, cited, sources).union(*(sources[key].main for key in cited))
    for part in parts:
        for meant in part.mentions:
            main = frozenset[str]().union(*(sources[key].main for key in meant))
            if not main <= carried:
                named = [token.text for token in tokens(part.text) if token.key in main]
                yield Fault("name", " ".join(named), "the sentence does not cite this paper")


def _idle(text: str, parts: Sequence[Clause], cited: Cited, sources: Sources) -> Iterator[Fault]:
    """Finds papers that are cited beside others and share no word with it, but for those that it names."""
    named = {meant for part in parts for meant in part.mentions}
    own = frozenset[str]().union(*(sources[key].own for key in cited))
    mine = {token.key for token in tokens(text) if token.means} - own
    for key in cited if len(cited) > 1 else ():
        if not mine & said([key], cited, sources) and frozenset((key,)) not in named:
            yield Fault("overlap", sources[key].title, "the cited sentences of this paper say nothing of it")


def _exchanged(text: str, parts: Sequence[Clause], cited: Cited, sources: Sources) -> Iterator[Fault]:
    """Finds numbers that are told of papers respectively, in another order than theirs."""
    papers = list(dict.fromkeys(key for part in parts for meant in part.mentions if len(meant) == 1 for key in meant))
    numbers = [token for token in tokens(text) if token.kind == "number" and not token.is_spelled]
    if _LISTS.search(text) and len(papers) == len(numbers) and set(papers) <= cited.keys():
        for key, number in zip(papers, numbers, strict=True):
            if number.key not in said([key], cited, sources):
                yield Fault("swap", number.text, "the cited sentences tell it of another paper")
