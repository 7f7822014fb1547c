"""What a week was about, in three to five sentences, each out of the sentences that it cites."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import combinations

from agent.models.embedded.newsletter.material import Issue, Result, Theme, Told
from agent.models.embedded.topics.clauses import UNNAMED
from agent.schema import DraftSentence

FEWEST, MOST = 3, 5
"""Sentences, where the papers say so much."""


def intro(issue: Issue) -> tuple[DraftSentence, ...]:
    """Returns a sentence on each of the largest topics that have named work, and one on a result."""
    told: list[DraftSentence] = []
    for named in (True, False):
        for theme in issue.themes:
            if len(told) < (MOST - 1 if named else FEWEST) and not _is_told(theme, told):
                found = issue.first(_of_theme(theme, len(told), issue.leading, named=named))
                told += [found] if found else []
    used = {cite.paper for sentence in told for cite in sentence.cites}
    last = issue.first(_results(issue, used))
    return (*told, *([last] if last else []))


def _is_told(theme: Theme, told: Sequence[DraftSentence]) -> bool:
    cited = {cite.paper for sentence in told for cite in sentence.cites}
    return any(number in cited for number, _ in theme.papers)


def _of_theme(theme: Theme, place: int, leading: Container[int], *, named: bool) -> Iterator[DraftSentence]:
    """Yields what can be said of a topic: of two papers where both can be told briefly, else of one.

    Papers that lead the issue are told of there, and come last here.
    """
    label = lowered(theme.label)
    deeds = sorted((deed for deed in theme.deeds if deed.is_named == named), key=lambda deed: deed.number in leading)
    brief = [deed for deed in deeds if named and len(deed.text.split()) <= _BRIEF]
    if place in _PAIRED:
        pairs = (_pair(label, pair, place) for pair in combinations(brief[:_TRIED], 2))
        yield from (pair for pair in pairs if len(pair.text.split()) <= _LONGEST)
    yield from (_single(label, deed, place) for deed in deeds)


_PAIRED = (0, 2)
_LAST = 3
_BRIEF, _LONGEST, _TRIED = 18, 38, 4
"""Words of a clause that stands beside another, and of both; how many clauses are tried."""


def _pair(label: str, deeds: Sequence[Told], place: int) -> DraftSentence:
    cites = tuple(deed.cite for deed in deeds)
    one, two = deeds
    if one.what and two.what:
        lead = f"{_capital(label)} {_leads(label)} the issue with" if place == 0 else f"Work on {label} includes"
        text = f"{lead} {one.name}, {one.what}, and {two.name}, {two.what}"
    else:
        lead = f"{_capital(label)} {_leads(label)} the issue" if place == 0 else f"From work on {label}"
        text = f"{lead}: {one.text}, and {two.text}"
    return DraftSentence(text=_finished(text), cites=cites)


def _single(label: str, deed: Told, place: int) -> DraftSentence:
    text = deed.text if not deed.text.startswith(UNNAMED) else deed.text[:1].lower() + deed.text[1:]
    if place == 0:
        text = f"{_capital(label)} {_leads(label)} the issue: {text}"
    elif place == 2 and deed.what:
        text = f"Work on {label} includes {deed.name}, {deed.what}"
    elif place == _LAST and deed.what:
        text = f"From {label} comes {deed.name}, {deed.what}"
    else:
        text = f"{'In' if place == 1 else 'For'} {label}, {text}"
    return DraftSentence(text=_finished(text), cites=(deed.cite,))


def _results(issue: Issue, used: Container[int]) -> Iterator[DraftSentence]:
    """Yields what was measured: first in papers of which nothing is told elsewhere, and on what is named."""

    def rank(result: Result) -> float:
        told, outcome = result
        elsewhere = (told.number in used) + (told.number in issue.leading)
        return elsewhere + 1.5 * (not outcome.is_measured_on_something) + 0.5 * (not outcome.is_gain)

    for told, _ in sorted((result for theme in issue.themes for result in theme.results), key=rank):
        yield DraftSentence(text=_finished(told.text), cites=(told.cite,))


def lowered(label: str) -> str:
    """Returns a label as it stands within a sentence."""
    first, space, rest = label.partition(" ")
    return (first.lower() if first[1:].islower() or len(first) == 1 else first) + space + rest


def _leads(label: str) -> str:
    return "lead" if " and " in label or (label.endswith("s") and not label.endswith("ss")) else "leads"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _finished(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
