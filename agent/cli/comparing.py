"""The command that answers questions across papers, under two names: compare, ask."""

from __future__ import annotations

import inspect
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.asking import model_of, settings_of
from agent.cli.options import Library, Output, Paths, Quiet, Verbose, Year, asks
from agent.cli.talk import PARTIAL, look, publish, read, remark, say
from agent.errors import UsageError

if TYPE_CHECKING:
    from agent.cli.questions import Batch
    from agent.schema import Comparison

EXAMPLE = 'digest compare "Which papers prune visual tokens, and what speed-up do they report?" seeds/'


class AnswerFormat(StrEnum):
    """How answers can be shown."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


Question = Annotated[str | None, typer.Argument(metavar="QUESTION", help="What to ask; - reads a question a line.")]
Papers = Annotated[
    list[str] | None, typer.Option("--papers", metavar="ID,ID", help="Only these papers; ids may be shortened.")
]
Top = Annotated[int | None, typer.Option("--top", metavar="K", min=1, help="Consult at most K papers.")]
Questions = Annotated[
    str | None, typer.Option("--questions", metavar="FILE", help="A question a line, or JSON Lines; - for stdin.")
]
Interactive = Annotated[bool, typer.Option("--interactive", help="Go on asking about the papers of the first answer.")]


def register(app: typer.Typer) -> None:
    """Adds the command to the command line, under both of its names."""
    app.command(epilog=f"\b\nExample:\n  {EXAMPLE}")(compare)
    app.command(
        "ask",
        help=f"Answer a question: the same command as `digest compare`.\n\n{_explained(compare)}",
        epilog='\b\nExample:\n  digest ask "Which benchmarks are medical?" seeds/ --format markdown -o answer.md',
    )(compare)


def _explained(command: Callable[..., None]) -> str:
    """What its help says below the first line."""
    return (inspect.getdoc(command) or "").partition("\n\n")[2]


@asks
def compare(
    question: Question = None,
    paths: Paths = None,
    *,
    papers: Papers = None,
    top: Top = None,
    questions: Questions = None,
    interactive: Interactive = False,
    library: Library = None,
    year: Year = None,
    format: Annotated[AnswerFormat, typer.Option(help="How to show it.")] = AnswerFormat.TERMINAL,  # noqa: A002
    output: Output = None,
    quiet: Quiet = None,
    verbose: Verbose = False,
    endpoint: dict[str, Any],
) -> None:
    """Answer a question across papers.

    A few sentences that each cite papers and sentences, and a table of the papers with what each abstract states of
    what was asked. Where the abstracts do not hold the answer, that is said, and what is missing. Exits with 3 where a
    question could not be read or the model did not answer.
    """
    from agent import pipeline, render
    from agent.cli.session import Session

    chosen = _ids(papers)
    asked = _sorted_out([*([] if question is None else [question]), *(paths or ())], questions, interactive)
    knobs, dry_run = settings_of(endpoint, quiet)
    if interactive and dry_run:
        raise UsageError("--dry-run cannot know what will be asked.", "Give the questions with --questions FILE.")
    batch = _batch(asked, output)
    # A question that is lost is an error, quiet or not.
    remark(batch.spoiled, verbose=verbose)
    reading = read(asked.paths, year, output, quiet=quiet, verbose=verbose, library=library)
    degraded: list[str] = []
    with model_of(knobs, dry_run) as model:

        def ask(questions: Sequence[str], ids: Sequence[str]) -> Iterator[Comparison]:
            answers = pipeline.compare(questions, reading.library, model, papers=ids, top=top)
            return _noted(answers, degraded, quiet=knobs.quiet)

        session = Session(ask, chosen)
        answers = session.answers(asked.question) if interactive else ask(batch.questions, chosen)
        _put(render.comparisons(answers, format.value, **look(output)), output, dry_run=dry_run)
    if batch.spoiled or degraded or session.failed:
        raise typer.Exit(PARTIAL)


@dataclass(frozen=True)
class _Asked:
    """What the command line says is asked, and of which papers."""

    question: str
    """Empty where the questions are in a file, or are yet to be asked."""
    file: str
    """`-` for stdin; empty where there is none."""
    paths: list[str]


def _sorted_out(words: list[str], file: str | None, interactive: bool) -> _Asked:
    """Tells the question from the places of papers; where it may be left out, a first word that is a place is one.

    Raises `UsageError` when there is no question, or more than one thing is to come from stdin.
    """
    optional = bool(file or interactive)
    question, paths = ("", words) if optional and words and _is_place(words[0]) else ("".join(words[:1]), words[1:])
    if file and question:
        raise UsageError(f"{question}: no such file or folder.", "With --questions, what is asked stands in its file.")
    if file and interactive:
        raise UsageError("--questions and --interactive do not go together.", "Leave one of them out.")
    if not optional:
        _refuse(words, question, paths)
    if question == "-":
        question, file = "", "-"
    if [*paths, file, "-" if interactive else ""].count("-") > 1:
        raise UsageError("Questions and papers cannot both come from stdin.", "Name a file for one of them.")
    return _Asked(question, file or "", paths)


def _refuse(words: list[str], question: str, paths: list[str]) -> None:
    """Raises `UsageError` when a question that must be there is none."""
    if not words:
        raise UsageError("No question was given.", f"Ask one: {EXAMPLE}")
    if question != "-" and not paths and os.path.exists(question):
        kind = "folder" if os.path.isdir(question) else "file"
        raise UsageError(f"{question} is a {kind}, not a question.", f"Ask first, then name it: {EXAMPLE}")
    if question != "-" and not any(map(str.isalnum, question)):
        raise UsageError("The question is empty.", f"Ask one: {EXAMPLE}")


def _is_place(word: str) -> bool:
    return word == "-" or os.path.exists(word)


def _batch(asked: _Asked, output: Path | None) -> Batch:
    """The questions that are known before any is answered.

    Raises `UsageError` when the one on the command line is too long, `SourceError` when a file of questions holds none.
    """
    from agent.cli import questions
    from agent.sources.decoding import clean

    if not asked.file:
        question = questions.bounded(clean(asked.question))
        return questions.Batch((question,) if question else ())
    if output and asked.file != "-" and os.path.realpath(asked.file) == os.path.realpath(output):
        raise UsageError(f"-o {output} is the file of questions.", "Name another file for the result.")
    return questions.read(asked.file)


def _ids(given: Sequence[str] | None) -> list[str]:
    """The ids, at commas too; one may itself hold a comma, but no beginning of another id behind it.

    Raises `UsageError` when there is none where some are to be: an empty variable of a script must not mean all papers.
    """
    parts = (part.strip() for one in given or () for part in re.split(r",(?=\s*(?:t|doi|arxiv):|\s*\Z)", one))
    ids = list(dict.fromkeys(filter(None, parts)))
    if given and not ids:
        raise UsageError("--papers names no paper.", "Give ids as `digest search` and `digest summarize` print them.")
    return ids


def _noted(answers: Iterable[Comparison], degraded: list[str], *, quiet: bool) -> Iterator[Comparison]:
    """The answers as they come; when the model that was asked did not write one, that is told and noted."""
    for answer in answers:
        if answer.provenance.degraded:
            degraded.append(answer.question)
            if not quiet:
                # Quiet or not, the output says so too.
                say(f"note: {answer.question}: not by the model that was asked: {answer.provenance.degraded}")
        yield answer


def _put(chunks: Iterator[str], output: Path | None, *, dry_run: bool) -> None:
    """Writes each answer when it is there; to a file, all of them at the end. A dry run has nothing to write."""
    if dry_run:
        deque(chunks, maxlen=0)
    elif output:
        publish(chunks, output)
    else:
        for chunk in chunks:
            publish([chunk], None)
