"""Which papers a question is about: those that it names, else those that speak of what it asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agent import text
from agent.library import Library
from agent.models.embedded.compare import question as questions
from agent.models.embedded.compare.called import key
from agent.models.embedded.compare.concepts import Concept, concepts
from agent.models.embedded.compare.phrases import Phrase
from agent.models.embedded.compare.question import Question
from agent.models.embedded.summary import understand
from agent.retrieval.names import Names, names, titled
from agent.retrieval.ranking import Fit, Seen, Weighed, ranked, weighed
from agent.schema import Consulted, Contribution, Paper

MOST = 20
"""Papers that are consulted, where the question does not name them."""
_CANDIDATES = 500
"""Papers that are looked at more closely."""
_NEAR_BEST, _NEAR_ALONE = 0.45, 0.8
"""A paper is consulted if its score is this part of the best one: of those of a kind, and of the one that is meant."""
_ENOUGH, _ANY = 0.45, 0.35
"""The scores below which the best paper, and any other, does not speak of what is asked."""


@dataclass(frozen=True)
class Found:
    """A question and the papers that may answer it."""

    question: str
    """White space folded."""
    papers: tuple[Paper, ...]
    """Each with its clean sentences, the most fitting first."""
    why: tuple[Consulted, ...]
    """The reason for each paper."""
    absent: tuple[str, ...] = ()
    """Sentences on what is asked about and is not there; where there are any, nothing can be answered."""
    further: int = 0
    """Papers that fit too and are not consulted, since no more were to be."""


def consult(question: str, library: Library, *, papers: Sequence[str] = (), top: int | None = None) -> Found:
    """Returns the papers that a question is about, at most `top` of them, or those with the given ids.

    First come names: a paper is found by what it calls its work, and all papers of one name are found. Where the
    question names none, or asks for all papers of a kind, they are ranked by how much of each is about what it speaks
    of, and those are taken whose score is near the best one.
    """
    asked = questions.read(" ".join(question.split()))
    if papers:
        return _found(asked, [(paper, "chosen with --papers", None) for paper in library.get(papers)], top)
    told = names(asked.text, library)
    if told.called and not asked.wants_papers:
        return _named(asked, told, top)
    if not asked.wants_all and (by_title := titled(asked.text, library)):
        return _named(asked, Names(tuple(by_title), told.others), top)
    return _ranked(asked, told, library, top)


def _found(asked: Question, papers: Iterable[tuple[Paper, str, str | None]], top: int | None, *absent: str) -> Found:
    """What was found, each paper with the reason and its name in the question; each once, for the first reason."""
    reasons: dict[str, tuple[Paper, Consulted]] = {}
    for paper, why, name in papers:
        reasons.setdefault(paper.id, (paper, Consulted(paper_id=paper.id, why=why, name=name)))
    chosen = list(reasons.values())[:top]
    papers_found = tuple(_split(paper) for paper, _ in chosen)
    return Found(asked.text, papers_found, tuple(why for _, why in chosen), absent, len(reasons) - len(chosen))


def _split(paper: Paper) -> Paper:
    """The paper with its clean sentences."""
    return paper.model_copy(update={"sentences": tuple(text.sentences(text.clean(paper.abstract)))})


def _named(asked: Question, told: Names, top: int | None) -> Found:
    """The papers of the names; a name that none of them speaks of makes the question one about something else."""
    papers = [
        (paper, f"named “{one.name}”", None if one.in_passing else one.name)
        for one in told.called
        for paper in one.papers
    ]
    known = " or ".join(f"“{one.name}”" for one in told.called)
    passing = all(one.in_passing for one in told.called)
    unknown = [
        name
        for name in told.others
        if (passing and _leads(name, told, asked.text)) or not any(_mentions(paper, name) for paper, *_ in papers)
    ]
    return _found(asked, papers, top, *(f"The abstract of {known} does not speak of “{name}”." for name in unknown))


def _leads(name: str, told: Names, question: str) -> bool:
    """Whether a question is about something rather than about what it names in passing behind it."""
    first = min(question.find(one.name) for one in told.called)
    return _is_subject(name, question) and question.find(name) < first


def _mentions(paper: Paper, name: str) -> bool:
    return key(name) in key(f"{paper.title} {paper.abstract}")


def _ranked(asked: Question, told: Names, library: Library, top: int | None) -> Found:
    """The papers that fit best what the question speaks of."""
    wanted = _wanted(asked, library)
    called = [*told.others, *(one.name for one in told.called)]
    phrases = [written for concept in wanted for written in concept.written]
    seen = [Seen(paper) for paper, _ in library.search([*called, *phrases], most=_CANDIDATES)]
    heavy = weighed(wanted, seen, library)
    fits = ranked(heavy, seen, asked.kinds, _kind)
    near = _NEAR_BEST if asked.wants_all else _NEAR_ALONE
    least = max(_ANY, near * fits[0].score) if fits else 0.0
    chosen = [(fit.seen.paper, _why(fit, wanted), None) for fit in fits if fit.score >= least]
    return _found(asked, chosen, MOST if top is None else top, *_absent(asked, told, fits, heavy, library))


def _why(fit: Fit, wanted: Sequence[Concept]) -> str:
    spoken = [f"“{concept.printed}”" for concept, told in zip(wanted, fit.told, strict=True) if told >= _SPOKEN]
    return f"speaks of {', '.join(spoken)}" if spoken else "is like the papers that fit best"


_SPOKEN = 0.4


def _absent(
    asked: Question, told: Names, fits: Sequence[Fit], wanted: Sequence[Weighed], library: Library
) -> Iterator[str]:
    """Yields what is asked about and is not there."""
    best = fits[0] if fits else None
    if not asked.wants_all:
        for name in told.others:
            speaking = library.count(name)
            if _is_subject(name, asked.text) or best is None or not _mentions(best.seen.paper, name):
                others = f"; {_abstracts(speaking)} it" if speaking else ""
                yield f"No paper here is about “{name}”{others}."
    else:
        yield from (f"No abstract here speaks of “{name}”." for name in told.others if not library.count(name))
    if not wanted:
        yield "The question does not say what to look for."
        return
    lacking = [f"“{c.printed}”" for number, (c, w) in enumerate(wanted) if w and not any(f.told[number] for f in fits)]
    if lacking or best is None or best.own < _ENOUGH or not _says_more(asked, fits, wanted):
        what = ", ".join(lacking or [f"“{concept.printed}”" for concept, _ in wanted])
        yield f"No abstract here speaks of {what}{' together' if not lacking and len(wanted) > 1 else ''}."


def _says_more(asked: Question, fits: Sequence[Fit], wanted: Sequence[Weighed]) -> bool:
    """Whether some paper speaks of more than the kind that is asked for, where more is asked for."""
    more = [number for number, (concept, _) in enumerate(wanted) if not asked.names_kind(concept.printed)]
    return not more or any(fit.told[number] for fit in fits for number in more)


def _abstracts(count: int) -> str:
    return "one abstract mentions" if count == 1 else f"{count} abstracts mention"


def _is_subject(name: str, question: str) -> bool:
    """Whether a question asks what something called so is, does or has."""
    told = re.escape(name)
    return bool(
        re.search(rf"\b(?:does|do|did|is|are|was|were|has|can|about|in|of)\s+(?:the\s+)?{told}(?!\w)", question)
        or re.search(rf"{told}['’]s?\b|^\W*{told}(?!\w)", question)
    )


def _wanted(asked: Question, library: Library) -> list[Concept]:
    """What the papers have to speak of: what a question for all papers of a kind says of them, else all of it."""

    def together(pair: Phrase) -> bool:
        both = library.count(" ".join(pair))
        return both > 2 and both >= _OFTEN * min(library.count(word) for word in pair)

    def read(*clauses: str) -> list[Concept]:
        found = concepts(" , ".join(map(questions.without_lead, clauses)), together)
        return list({concept.printed.lower(): concept for concept in reversed(found)}.values())[::-1]

    if not asked.wants_all:
        return read(*asked.clauses)
    place = asked.clauses.index(asked.criterion)
    found = read(asked.criterion)
    if sum(concept.is_term for concept in found) > 1 or len(asked.clauses) == 1:
        return found
    # `Which papers handle that?` says too little; the clause before it, or behind it, says what is meant.
    return read(*asked.clauses[max(0, place - 1) : place + 1 + (place == 0)])


_OFTEN = 0.06


def _kind(paper: Paper) -> Contribution:
    return understand(text.clean(paper.title), text.sentences(text.clean(paper.abstract))).kind
