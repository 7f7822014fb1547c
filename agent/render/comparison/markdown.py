"""An answer in Markdown: CommonMark with a table, as GitHub and most others read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from agent import marks
from agent.render.cited import Said, Source
from agent.render.comparison.content import NOT_STATED, Answer, Line
from agent.render.markdown import escape, inline


def comparison(answer: Answer) -> str:
    """Returns the answer; a paragraph is a line, for the reader's program to wrap.

    Comments that no reader sees say what each sentence and each cell stands on, so that `digest check` finds it after
    an edit. A line that is ours and says nothing of any paper is marked with its sum.
    """
    blocks = [f"# {inline(answer.question)}"]
    if answer.unanswered:
        blocks += [f"**{answer.unanswered}**{marks.of_count(answer.unanswered)}", _list(answer.lacking)]
    blocks += [_sentences(answer), "\n".join(_table(answer.aspects, answer.lines))]
    blocks += _part("Missing", _list(answer.missing))
    blocks += _part("Notes", _list(answer.notes))
    blocks += [f"## Papers consulted ({len(answer.sources)})", "\n".join(map(_source, answer.sources))]
    made = filter(None, (*answer.made, answer.instead, answer.checks, answer.reading))
    blocks += _part("How it was made", _list(made))
    return "\n\n".join(filter(None, blocks)) + "\n"


def _sentences(answer: Answer) -> str:
    said = list(map(_cited, answer.sentences))
    return " ".join(said) if answer.in_prose else "\n".join(f"- {one}" for one in said)


def _table(aspects: Sequence[str], lines: Sequence[Line]) -> Iterator[str]:
    """A row a paper, each of its cells begun by the paper's mark, which parts it from the one before."""
    if not lines:
        return
    yield _row(("Paper", *map(inline, aspects)))
    yield _row(["---"] * (len(aspects) + 1))
    for line in lines:
        mark = marks.of_paper(line.source.paper_id)
        *cells, last = (f"{mark.lstrip()} {_cell(cell)}" for cell in line.cells)
        yield _row((f"**{inline(line.source.label)}**", *cells, last + mark))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Said | None) -> str:
    if not cell:
        return f"*{NOT_STATED}*"
    return " ".join((inline(cell.text) + marks.of_statement(cell.text, cell.cites), *cell.references))


def _cited(said: Said) -> str:
    """A sentence, what `digest check` reads of it, and what a reader does.

    The references are no part of what is claimed, so each is marked as its paper's own, as a title is.
    """
    seen = zip(said.references, said.citations, strict=True)
    references = (f" {reference}{marks.of_paper(one.source.paper_id)}" for reference, one in seen)
    return "".join((escape(said.text), marks.of_statement(said.text, said.cites), *references))


def _source(source: Source) -> str:
    """An item of an ordered list; its own lines are parted by hard breaks, so that it stays compact."""
    marker = f"{source.number}. "
    shown = source.heading
    title = f"**{inline(shown.lead)}**{inline(shown.joint + shown.rest)}{marks.of_paper(source.paper_id)}"
    lines = [title, *([escape(source.facts) + marks.of_count(source.facts)] if source.facts else [])]
    if source.links:
        # In an address a reader's program takes `&copy;` for one sign.
        lines.append(" · ".join(f"[{link.label}]({link.url.replace('&', '&amp;')})" for link in source.links))
    return marker + ("\\\n" + " " * len(marker)).join(lines)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {escape(line)}{marks.of_count(line)}" for line in lines)


def _part(label: str, text: str) -> list[str]:
    return [f"## {label}", text] if text else []
