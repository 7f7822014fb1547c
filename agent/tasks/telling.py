"""What a model is told of a paper: clean title and numbered sentences, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from agent import text
from agent.grounding import Abstract, abstract

WITHHELD = "[left out; it is a message to the AI, not to the reader]"
"""What a model is shown in the place of a sentence that speaks to it.

The checks take it for such a sentence too, so nothing that cites it is shown.
"""


class Told(TypedDict):
    """A paper as a model is shown it."""

    title: str
    sentences: tuple[str, ...]


def source(title: str, sentences: Sequence[str]) -> Abstract:
    """Returns what a paper says, whomever it speaks to; `sentences` are clean."""
    return abstract(text.clean(title), tuple(sentences))


def shown(paper: Abstract) -> Told:
    """Returns the part of it that speaks to a reader; the numbers of the sentences stay as they are."""
    return {
        "title": WITHHELD if 0 in paper.planted else paper.title,
        "sentences": tuple(
            WITHHELD if number in paper.planted else sentence for number, sentence in enumerate(paper.sentences, 1)
        ),
    }


def is_heard(paper: Abstract) -> bool:
    """Returns whether any sentence of a paper speaks to a reader."""
    return any(paper.is_heard(number) for number in range(1, len(paper.sentences) + 1))
