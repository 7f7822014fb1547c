"""A talk about some papers: questions one after another, on the papers of the first answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from agent.cli.questions import bounded
from agent.cli.talk import say
from agent.errors import DigestError
from agent.render.words import counted

if TYPE_CHECKING:
    from agent.schema import Comparison, Paper

COMMANDS = "/new QUESTION starts over, /papers lists the papers, /quit ends"

SAME = "of the answer before"
FRESH = "no papers yet: the next question looks for its own"

Ask = Callable[[Sequence[str], Sequence[str]], Iterator["Comparison"]]
"""Answers questions from the papers with these ids; from those that each is about where there are none."""


@dataclass
class Session:
    """What a talk is about so far."""

    ask: Ask
    chosen: Sequence[str] = ()
    """Ids that the user gave; a talk that starts over starts with these."""
    held: tuple[Paper, ...] = ()
    """The papers of the first answer, which further questions are about."""
    failed: list[str] = field(default_factory=list)
    """Questions that could not be asked."""

    def answers(self, first: str) -> Iterator[Comparison]:
        """Yields an answer as soon as its question is asked, the first one at once where there is one."""
        if first:
            yield from self._answered(first)
        while line := self._line():
            word, _, rest = line.strip().partition(" ")
            if word == "/quit":
                return
            if word == "/new":
                self.held = ()
                yield from self._answered(rest.strip())
                if not rest.strip():
                    say(FRESH)
            elif word == "/papers":
                self._list()
            elif word.startswith("/"):
                say(f"{word}: unknown; {COMMANDS}")
            else:
                yield from self._answered(line)

    def _answered(self, line: str) -> Iterator[Comparison]:
        """The answer to a question; what goes wrong with one does not end the talk."""
        from agent.sources.decoding import clean

        question = clean(line)
        if not any(map(str.isalnum, question)):
            return
        try:
            for answer in self.ask([bounded(question)], [paper.id for paper in self.held] or self.chosen):
                yield _again(answer) if self.held else answer
                self.held = self.held or (answer.papers if answer.answered else ())
        except DigestError as error:
            self.failed.append(question)
            say(f"error: {error.message}")
            if error.hint:
                say(f"hint: {error.hint}")

    def _line(self) -> str:
        """The next line with its end; empty where there is none any more, and where the user interrupts."""
        if sys.stdin is None or sys.stdin.closed:
            return ""
        asked = sys.stdin.isatty()
        if asked:
            # On stderr, so that stdout holds answers only, and without an end of line.
            about = f" about the same {counted(len(self.held), 'paper')}" if self.held else f" ({COMMANDS})"
            typer.echo(f"\nQuestion{about}: ", nl=False, err=True)
        with suppress(KeyboardInterrupt):
            if line := sys.stdin.buffer.readline():
                return line.decode("utf-8", "replace")
        if asked:
            # What comes next does not belong behind our question.
            typer.echo(err=True)
        return ""

    def _list(self) -> None:
        if not self.held:
            say(FRESH)
        for number, paper in enumerate(self.held, 1):
            say(f"{number}. {paper.title} ({paper.id})")


def _again(answer: Comparison) -> Comparison:
    """The answer with the reason why its papers were consulted, which is that the first one was about them."""
    return answer.model_copy(update={"why": tuple(one.model_copy(update={"why": SAME}) for one in answer.why)})
