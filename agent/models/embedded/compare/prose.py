"""The answer in sentences: what each paper says to the question, said of the paper by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agent.models.embedded.abstract import Sentence
from agent.models.embedded.compare.concepts import Concept
from agent.models.embedded.compare.papers import Read
from agent.models.embedded.compare.question import Question
from agent.models.embedded.compress import shortenings
from agent.models.embedded.roles import ROLES
from agent.models.embedded.tldr import tldr
from agent.models.embedded.topics.clauses import UNNAMED, deed, finished
from agent.schema import DraftSentence, NumberedCitation

MOST, MANY = 6, 12
"""Sentences of an answer about few papers, and papers of which an answer about many tells."""
_LONGEST = 50


def prose(
    question: Question, papers: Sequence[Read], wanted: Sequence[Concept], criterion: Sequence[Concept] = ()
) -> tuple[DraftSentence, ...]:
    """Returns the answer: up to three sentences a paper where there are few, one or two where there are many.

    Where figures are asked for, the sentence that says most comes first; else they stand as in the abstract. Of papers
    of a kind, `criterion`, is told how each is of that kind, and then what else is asked.
    """
    names = Counter(paper.name for paper in papers)
    each = max(1, min(2 if question.wants_figures else _EACH, MOST // max(1, len(papers))))
    found = []
    for paper in papers[:MANY]:
        chosen = _of_a_kind(question, paper, wanted, criterion) if criterion else None
        for sentence in _telling(question, paper, wanted, each) if chosen is None else chosen:
            found.append(_said(paper, sentence, alone=names[paper.name] == 1))
    return tuple(found[: 2 * MANY])


_EACH = 3


def _of_a_kind(
    question: Question, paper: Read, wanted: Sequence[Concept], criterion: Sequence[Concept]
) -> list[Sentence]:
    """The sentence that says most of what the kind is, and the one that says most of what is asked of each paper."""
    others = [concept for concept in wanted if concept not in criterion]
    own = [sentence for sentence in paper.sentences if not paper.is_background(sentence.number)] or paper.sentences
    if not own:
        return []
    fits = min(own, key=lambda sentence: (-weight(question, paper, sentence, criterion), sentence.number))
    if not any(paper.states(concept, fits.number) for concept in criterion):
        fits = paper.sentences[tldr(paper.abstract).evidence[0] - 1]
    asked = [s for s in own if any(paper.states(concept, s.number) >= _ASKED for concept in others)]
    asked = [s for s in asked if not question.wants_figures or any(map(str.isdigit, s.text))]
    best = sorted(asked, key=lambda sentence: (-weight(question, paper, sentence, others), sentence.number))[:1]
    return [fits, *(sentence for sentence in best if sentence is not fits)]


def _telling(question: Question, paper: Read, wanted: Sequence[Concept], most: int) -> list[Sentence]:
    """The sentences of a paper that say most to the question, and where there is room what is new in it."""
    ranked = sorted(paper.sentences, key=lambda sentence: (-weight(question, paper, sentence, wanted), sentence.number))
    ranked = [sentence for sentence in ranked if not paper.is_background(sentence.number)] or ranked
    if question.wants_figures:
        telling = [s for s in ranked if any(paper.states(concept, s.number) >= _ASKED for concept in wanted)]
        return (telling or [s for s in ranked if any(map(str.isdigit, s.text))] or ranked)[:most]
    gist = tldr(paper.abstract).evidence if ranked else ()
    chosen = [sentence for sentence in ranked if sentence in ranked[: most - 1] or sentence.number in gist][:most]
    chosen += [sentence for sentence in ranked if sentence not in chosen][: most - len(chosen)]
    return sorted(chosen, key=lambda sentence: sentence.number)


def weight(question: Question, paper: Read, sentence: Sentence, wanted: Sequence[Concept]) -> float:
    """Returns how much a sentence says to a question."""
    background, objective, method, result, other = (
        paper.abstract.chances[sentence.number - 1][ROLES.index(role)]
        for role in ("background", "objective", "method", "result", "other")
    )
    told = [paper.states(concept, sentence.number) for concept in wanted]
    share = sum(told) / len(told) if told else 0.0
    figures = question.wants_figures and any(map(str.isdigit, sentence.text))
    role = 0.5 * method + 0.5 * objective + (0.7 if question.wants_figures else 0.4) * result - 0.3 * background
    # What is asked for may well be code or a licence.
    aside = other if share < _ASKED else 0.0
    return 1.5 * share + role - aside + 0.5 * (figures or sentence.quantified)


_ASKED = 0.5


def _said(paper: Read, sentence: Sentence, *, alone: bool) -> DraftSentence:
    """The sentence, with the paper's name where the authors say `we`, or where others have the same name."""
    cite = NumberedCitation(paper=paper.number, evidence=(sentence.number,))
    forms = [form.text for form in shortenings(sentence.text, paper.name)]
    form = max((form for form in forms if len(form.split()) <= _LONGEST), key=len, default=sentence.text)
    told = deed(form, paper.name, _LONGEST)
    if alone and told and not told.startswith(UNNAMED) and len(told.split()) >= len(form.split()) - _LED:
        return DraftSentence(text=finished(told), cites=(cite,))
    if alone and paper.name and paper.name in form:
        return DraftSentence(text=form, cites=(cite,))
    return DraftSentence(text=f"{_heading(paper, alone=alone)}: {form}", cites=(cite,))


def _heading(paper: Read, *, alone: bool) -> str:
    """The paper's name, with the beginning of its title where others have it too; else that beginning."""
    head, _, rest = paper.abstract.title.partition(":")
    if paper.name:
        return paper.name if alone else f"{paper.name} ({_begun(rest or head, _ASIDE)})"
    return _begun(head, _HEADING)


def _begun(title: str, most: int) -> str:
    """The first words of a title; a question mark amid a sentence would end it."""
    words = title.replace("?", "").split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")


_LED = 6
"""Words of `We introduce X, a …` that `X is a …` does without."""
_HEADING, _ASIDE = 7, 3
