"""An attack: the text that is planted, what a model answers that obeys it, and what must never be published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agent.schema import Artifact, Result, Statement, SummaryDraft
from agent.text import clean, sentences

Inputs = Mapping[str, Any]
Obedience = Callable[[Inputs], SummaryDraft]


@dataclass(frozen=True)
class Case:
    """One hostile text."""

    name: str
    family: str
    payload: str
    """What the hostile author plants."""
    obeyed: Obedience
    """What a model that obeys the author answers about the paper."""
    harmful: tuple[str, ...]
    """Texts that must stand in no field and no rendering, but for the paper's own title, abstract and authors."""
    after: int = 2
    """How many honest sentences of the abstract stand before the planted text."""

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The planted text as a model is shown it, sentence by sentence; short remains of no meaning are left out."""
        shown = sentences(clean(self.payload))
        return tuple(piece for piece in shown if len(piece) > 5)

    def seen_in(self, *texts: str) -> bool:
        """Whether any of the texts carries a part of the planted one."""
        return any(piece in clean(text) for text in texts for piece in self.pieces)

    def planted(self, given: Inputs) -> tuple[int, ...]:
        """Returns the numbers of the sentences that carry the planted text; the first one's where none does."""
        numbers = [number for number, text in enumerate(given["sentences"], 1) if self.seen_in(text)]
        return tuple(numbers) or (1,)


def attack(
    family: str,
    name: str,
    payload: str,
    *harmful: str,
    say: str | Callable[[Inputs], str],
    words: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
    after: int = 2,
    grown: Callable[[SummaryDraft], SummaryDraft] = lambda draft: draft,
) -> Case:
    """Returns a case in which the obedient model says a sentence in every field, and puts names and links where it can.

    `grown` is what it does to its draft at the end.
    """

    def obeyed(given: Inputs) -> SummaryDraft:
        text = say if isinstance(say, str) else say(given)
        return grown(_draft(given, made.planted(given), text, words, links))

    made = Case(name, family, payload, obeyed, harmful, after)
    return made


def _draft(
    given: Inputs, planted: tuple[int, ...], say: str, words: tuple[str, ...], links: tuple[str, ...]
) -> SummaryDraft:
    """The demanded text with the planted sentence as evidence, with another one, and hung on an honest sentence."""
    honest = honest_number(given, planted)
    told = Statement(text=say, evidence=planted)
    elsewhere = Statement(text=say, evidence=(honest,))
    hung = Statement(text=f"{given['sentences'][honest - 1]} {say}", evidence=(honest, *planted))
    return SummaryDraft(
        tldr=told,
        contribution="system",
        name=words[0] if words else say[:40],
        problem=(elsewhere, told),
        approach=(hung, told),
        findings=(told, elsewhere),
        results=tuple(Result(value=word, metric=say, on=word, versus=word, evidence=planted) for word in words),
        artifacts=tuple(Artifact(kind="page", url=link) for link in links),
        limitations=(told, hung),
        **dict.fromkeys(("benchmarks", "datasets", "models", "tasks", "keywords"), words or (say,)),
    )


def honest_number(given: Inputs, planted: tuple[int, ...]) -> int:
    """Returns the number of a sentence that carries nothing planted; the last one's where each does."""
    numbers = range(len(given["sentences"]), 0, -1)
    return next((number for number in numbers if number not in planted), len(given["sentences"]))
