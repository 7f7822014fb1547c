"""The whole story on one page: pick the window, summarize its papers, group them, close the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from agent import prompts, text, window
from agent.errors import CountError, DigestError, SourceError, UsageError
from agent.library import Library
from agent.models.base import Model
from agent.prompts import Message
from agent.schema import Comparison, Coverage, Digest, LeftOut, Newsletter, Paper, SummarizedPaper, Window
from agent.sections import Section
from agent.sources.reading import Reading
from agent.tasks import summarize as summaries
from agent.tasks import topics
from agent.tasks.summarize import summarize
from agent.window import Span

if TYPE_CHECKING:
    from agent.editorial.wishes import Wishes
    from agent.faithfulness import Faithfulness, Trial

EVERYTHING = Window(label="all", undated=True)


def weekly(reading: Reading, span: Span, model: Model, sections: Sequence[Section] = ()) -> Digest:
    """Returns the digest of a window, its papers in an editor's sections where there are any.

    Raises `UsageError` when the span makes no sense and `CountError` when the coverage does not close.
    """
    days = window.pick(span, reading.library)
    outcomes = list(summarize(reading.library.papers(days), model))
    done = [outcome for outcome in outcomes if isinstance(outcome, SummarizedPaper)]
    failed = [outcome for outcome in outcomes if isinstance(outcome, LeftOut)]
    grouped, provenance = topics.group(done, model, sections)
    before = list(reading.library.seen_before(days))
    return Digest(
        window=days,
        papers=(*(item.paper for item in done), *before),
        topics=grouped,
        summaries=tuple(item.summary for item in done),
        seen_before=tuple(paper.id for paper in before),
        coverage=_cover(reading, days, summarized=len(done), failed=len(failed)),
        left_out=(*_never_in(reading, days), *failed),
        provenance=provenance,
    )


def newsletter(reading: Reading, span: Span, model: Model, sections: Sequence[Section], wishes: Wishes) -> Newsletter:
    """Returns the draft of an issue about a window, compared with the one before where that has papers.

    Raises what `weekly` raises, what is wrong with a wish before anything is asked, and `SourceError` where there is
    nothing to write about.
    """
    # A digest does without what is imported here.
    from agent.editorial import interests, weeks
    from agent.models.embedded import EmbeddedModel
    from agent.tasks import newsletter as issues

    issues.written_in(model, wishes)
    if wishes.interests:
        wishes = replace(wishes, liked=interests.liked(wishes.interests, reading.library))
    digest = weekly(reading, span, model, sections)
    if not digest.summaries:
        raise _nothing_to_tell(digest)
    window = weeks.before(digest.window, reading.library)
    earlier = None
    if window:
        # Whoever writes the issue: papers that no one reads about again are worth no request.
        outcomes = summarize(reading.library.papers(window), EmbeddedModel())
        earlier = weeks.Earlier(window, tuple(one for one in outcomes if isinstance(one, SummarizedPaper)))
    return issues.newsletter(digest, model, wishes, earlier, sections)


def compare(
    questions: Sequence[str], library: Library, model: Model, *, papers: Sequence[str] = (), top: int | None = None
) -> Iterator[Comparison]:
    """Yields the answer to each question, from the papers that it is about.

    `papers` are ids, shortened or not, that fix the set; `top` is the most papers that are consulted.

    Raises `UsageError` when an id names no paper, or several.
    """
    # A digest does without what is imported here, and without the patterns that it compiles.
    from agent import retrieval
    from agent.tasks import compare as comparisons

    chosen = [one(library, start).id for start in papers]
    asked = (retrieval.consult(question, library, papers=chosen, top=top) for question in questions)
    return comparisons.compare(asked, model)


def faithfulness(reading: Reading, span: Span, model: Model, top: int | None = None) -> Faithfulness:
    """Returns how faithful a model's drafts are to the first papers of a window, or to all of them.

    Raises `UsageError` when the span makes no sense.
    """
    # Heavy to import, and no digest needs it.
    from agent.faithfulness import measure

    days = window.pick(span, reading.library)
    papers = list(islice(reading.library.papers(days), top))
    return measure(_tried(papers, model), model.name, days.label)


def messages(
    reading: Reading, prompt: str, ids: Sequence[str], model: Model, question: str = ""
) -> tuple[list[Message], dict[str, Any]]:
    """Returns what would be sent about some papers, and the JSON schema of the answer that is asked for.

    An id may be shortened as long as one paper has it; a question is what `compare` is asked.

    Raises `UsageError` when an id names no paper, or several, and `ConfigError` when there is no such prompt.
    """
    prompts.describe(prompt)
    chosen = [one(reading.library, start) for start in ids]
    if prompt == "compare":
        from agent import retrieval
        from agent.tasks import compare as comparisons

        if not question:
            raise UsageError("What is asked about the papers? Give --question TEXT.")
        found = retrieval.consult(question, reading.library, papers=[paper.id for paper in chosen])
        return prompts.render(prompt, comparisons.inputs(found)), comparisons.TASK.schema()
    if prompt in ("topics", "newsletter", "section"):
        done = [item for item in summarize(chosen, model) if isinstance(item, SummarizedPaper)]
        if prompt == topics.TASK.name:
            return prompts.render(prompt, topics.inputs(done)), topics.TASK.schema()
        from agent.tasks import newsletter as issues

        task, told = issues.asked(prompt, done, model)
        return prompts.render(prompt, told), task.schema()
    if len(chosen) > 1:
        raise UsageError("One abstract is sent at a time; give one --paper.")
    return prompts.render(prompt, summaries.inputs(chosen[0])), summaries.TASK.schema()


def _nothing_to_tell(digest: Digest) -> SourceError:
    if digest.coverage.failed:
        return SourceError(
            f"{digest.window.label}: none of its {digest.coverage.failed} papers could be summarized.",
            "`digest weekly` says why.",
        )
    return SourceError(
        f"{digest.window.label}: no paper was first seen in it, so that there is nothing to write about.",
        "Name another --week, or leave it out for the newest; `digest papers` tells which days were read.",
    )


def _tried(papers: Sequence[Paper], model: Model) -> Iterator[Trial]:
    """What the model drafts about each paper, as it comes, checked against what it was told."""
    from agent.faithfulness import Trial

    told = []
    for paper in papers:
        try:
            told.append(summaries.inputs(paper))
        except DigestError as error:
            yield Trial("", (), error)
    for given, answer in zip(told, model.complete_each(summaries.TASK, told), strict=True):
        yield Trial(given["title"], given["sentences"], answer)


def _cover(reading: Reading, days: Window, *, summarized: int, failed: int) -> Coverage:
    library = reading.library
    coverage = Coverage(
        entries=reading.report.entries,
        duplicates=reading.report.entries - reading.unreadable - len(library),
        out_of_window=library.out_of(days),
        undated=0 if days.undated else len(library.undated()),
        unreadable=reading.unreadable,
        failed=failed,
        summarized=summarized,
    )
    if not coverage.closes:
        raise CountError(f"The counts do not close: {coverage}.", "This is a bug of digest; please report it.")
    return coverage


def _never_in(reading: Reading, days: Window) -> list[LeftOut]:
    """The entries that no window holds; papers of other windows are counted, not listed."""
    undated = [] if days.undated else reading.library.undated()
    lost = [LeftOut(source=remark.source, reason=f"unreadable: {remark.reason}") for remark in reading.lost]
    return lost + [LeftOut(paper_id=paper, reason="undated") for paper in undated]


def one(library: Library, start: str) -> Paper:
    """Returns the paper of an id, shortened or not; raises `UsageError` when there is none, or several."""
    found = library.named(start)
    if not found:
        where = f"no paper of {library.path}" if library.path else "no paper read"
        raise UsageError(
            f"{start or 'An empty id'}: {where} has such an id.",
            "Find it with `digest search`." if library.path else "`digest summarize` prints each paper's id.",
        )
    if len(found) > 1:
        listed = "".join(f"\n  {paper.id}  {text.clean(paper.title)}" for paper in found[:_LISTED])
        more = f"\n  and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise UsageError(f"{start}: {len(found)} papers have ids that begin so:{listed}{more}", "Give more of the id.")
    return found[0]


_LISTED = 10
