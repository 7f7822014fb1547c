"""The commands about the library of papers on disk: add, search, show, remove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import Library, Output, Quiet, ReportFormat, Since, Until, Verbose, Year
from agent.cli.talk import day, look, publish, remark, say
from agent.errors import DigestError, UsageError

if TYPE_CHECKING:
    from agent.library import Library as Store
    from agent.library.lookup import Wanted
    from agent.render.library import Kept
    from agent.schema import Paper


class SearchFormat(StrEnum):
    """How what was found can be shown."""

    TERMINAL = "terminal"
    JSONL = "jsonl"
    JSON = "json"


class PaperFormat(StrEnum):
    """How papers can be shown."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"
    JSONL = "jsonl"


class Kind(StrEnum):
    """The kinds of contribution, `agent.schema.Contribution`."""

    METHOD = "method"
    MODEL = "model"
    DATASET = "dataset"
    BENCHMARK = "benchmark"
    SURVEY = "survey"
    ANALYSIS = "analysis"
    SYSTEM = "system"
    THEORY = "theory"


Given = Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders or - for stdin.")]
Into = Annotated[
    Path | None,
    typer.Option("--library", metavar="FILE", help="Add to this library, made where it is missing, instead of yours."),
]
Words = Annotated[list[str], typer.Argument(metavar="QUERY", help="Words; those in quotation marks stay together.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Ids of papers, shortened or not.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command(epilog="\b\nExample:\n  digest add seeds/")(add)
    app.command(epilog="\b\nExample:\n  digest search pruning '\"visual tokens\"' --contribution benchmark")(search)
    app.command(epilog="\b\nExample:\n  digest show t:4e7f08")(show)
    app.command(epilog="\b\nExample:\n  digest remove t:4e7f08")(remove)


def add(
    paths: Given,
    *,
    library: Into = None,
    year: Year = None,
    format: Annotated[ReportFormat, typer.Option(help="How to show it.")] = ReportFormat.TERMINAL,  # noqa: A002
    quiet: Quiet = None,
    verbose: Verbose = False,
) -> None:
    """Add papers to your library.

    All that can be read, or nothing: an interrupted run leaves the library as it was. Adding again changes nothing.
    Without paths, the other commands are about the papers of the library.
    """
    from agent import settings
    from agent.render import library as shown
    from agent.sources import adding

    knobs = settings.load(library=library, year=year, quiet=quiet or None)
    try:
        report = adding.add(paths, settings.library_file(knobs), year=knobs.year)
    except KeyboardInterrupt:
        say("interrupted: nothing was added")
        raise
    if not knobs.quiet:
        remark(report.remarks, verbose=verbose)
    publish([shown.added(report, format.value)], None)


def search(
    words: Words,
    *,
    library: Library = None,
    since: Since = None,
    until: Until = None,
    contribution: Annotated[Kind | None, typer.Option(help="Only papers of this kind.")] = None,
    top: Annotated[int, typer.Option(metavar="N", min=1, help="At most N papers.")] = 10,
    format: Annotated[SearchFormat, typer.Option(help="How to show it.")] = SearchFormat.TERMINAL,  # noqa: A002
    output: Output = None,
) -> None:
    """Search your library for words.

    They are looked for in titles and abstracts. Papers that have all of them come first; where these are fewer than
    --top, those with some of them follow. Forms of a word, upper case and accents do not matter. The days are those on
    which papers were first seen.
    """
    from agent.library import lookup
    from agent.render import library as shown

    with _opened(library) as store:
        wanted = _wanted(store, since, until, contribution)
        hits = list(lookup.look_up(store, words, top, wanted))
        ids = {hit.paper.id: store.shortened(hit.paper.id) for hit in hits}
        publish(shown.found(hits, format.value, ids, **look(output)), output)
        if not any(map(str.isalnum, "".join(words))):
            say("There is no word in the query, so nothing was found.")
            say("hint: Give one: digest search hallucination")
        elif not hits:
            say(f"No paper of {store.path} has any of these words{_narrowed(since, until, contribution)}.")
            say("hint: Try other words or fewer options; `digest add PATH` adds papers.")


def show(
    ids: Ids,
    *,
    library: Library = None,
    format: Annotated[PaperFormat, typer.Option(help="How to show it.")] = PaperFormat.TERMINAL,  # noqa: A002
    output: Output = None,
) -> None:
    """Show papers of your library.

    With authors, days, links, the places where each was seen, its abstract and its summary by the embedded model.
    """
    from agent.render import library as shown

    with _opened(library) as store:
        papers = _named(store, ids)
    publish(shown.papers(list(_summarized(papers)), format.value, **look(output)), output)


LEAST = 4
"""Characters of an id, its scheme not counted, by which a paper may be removed."""


def remove(ids: Ids, *, library: Library = None) -> None:
    """Remove papers from your library, all of those named or none."""
    from agent.render.entry import title

    with _opened(library) as store, store.transaction():
        papers = _named(store, ids)
        for start in ids:
            if not store.get([start]) and len(start.rpartition(":")[2]) < LEAST:
                raise UsageError(f"{start}: too short an id to remove a paper by.", "Give more of the id.")
        store.remove([paper.id for paper in papers])
    publish([f"removed {paper.id}  {title(paper)}\n" for paper in papers], None)


@contextmanager
def _opened(file: Path | None) -> Iterator[Store]:
    """The library that the command line or the settings name."""
    from agent import settings
    from agent.sources.reading import existing

    with existing(settings.library_file(settings.load(library=file))) as store:
        yield store


def _wanted(store: Store, since: str | None, until: str | None, kind: Kind | None) -> Wanted:
    """What a hit must be beside having words."""
    from agent import __version__
    from agent.library.lookup import Wanted
    from agent.window import Span, pick

    first, last = day("--since", since), day("--until", until)
    days = pick(Span(since=first, until=last), store) if first or last else None
    return Wanted(days, kind.value if kind else None, _kind, f"embedded {__version__}")


def _narrowed(since: str | None, until: str | None, kind: Kind | None) -> str:
    """What else a hit had to be, in words."""
    days = " in these days" if since or until else ""
    return f"{days}{f' and is a {kind.value}' if kind else ''}"


def _kind(paper: Paper) -> str:
    """The kind of contribution as the embedded model sees it; empty where an abstract says nothing to a reader."""
    from agent.models.embedded.summary import understand
    from agent.tasks.summarize import inputs

    try:
        return understand(**inputs(paper)).kind
    except DigestError:
        return ""


def _named(store: Store, ids: Sequence[str]) -> list[Paper]:
    """The papers that the ids name, each once; raises `UsageError` where one names none, or several."""
    from agent import pipeline

    papers = [pipeline.one(store, start) for start in ids]
    return list({paper.id: paper for paper in papers}.values())


def _summarized(papers: Sequence[Paper]) -> Iterator[Kept]:
    """Each paper with its summary, where there can be one."""
    from agent.models.embedded import EmbeddedModel
    from agent.render.library import Kept
    from agent.schema import SummarizedPaper
    from agent.tasks.summarize import summarize

    for paper, outcome in zip(papers, summarize(papers, EmbeddedModel()), strict=True):
        if isinstance(outcome, SummarizedPaper):
            yield Kept(paper=outcome.paper, summary=outcome.summary)
        else:
            yield Kept(paper=paper, summary=None)
