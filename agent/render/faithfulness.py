"""How faithful a model is, as a table to compare models by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from rich.text import Text

from agent.faithfulness import Faithfulness
from agent.render.layout import Page
from agent.render.safe import printable
from agent.render.words import counted

GUTTER = 26
"""Cells for the names of the rows."""


def faithfulness(
    report: Faithfulness,
    format: Literal["terminal", "json"],  # noqa: A002  named as the option is
    *,
    width: int = 80,
    color: bool = False,
) -> str:
    """Returns the report, ended by a newline; width and colour are the terminal's."""
    if format == "json":
        from agent.render.json import pretty

        return pretty(report)
    page = Page(width, color=color)
    title = f"Faithfulness of {printable(report.model)} · {printable(report.window)}"
    page.add(Text(title, "bold"))
    for heading, rows in (
        ("Answers", _answers(report)),
        ("What the drafts say without support", _violations(report)),
        ("Statements, results, names and links", _items(report)),
        ("A paper takes", _price(report)),
    ):
        page.gap(1)
        page.add(Text(heading, "cyan"))
        for name, value in rows:
            page.add(Text(value), GUTTER, Text(f"  {name}"))
    page.gap(1)
    page.add(Text(_sum(report)))
    for reason in report.reasons:
        page.add(Text(printable(reason)), 2, Text("– "))
    return page.text()


def _answers(report: Faithfulness) -> Iterator[tuple[str, str]]:
    for name, number in (
        ("valid at first try", report.first_try),
        ("valid after one re-ask", report.after_reask),
        ("mended", report.mended),
        ("by the embedded model", report.degraded),
        ("failed", report.failed),
    ):
        yield name, f"{number:>6}  {_share(number, report.papers)}"


def _violations(report: Faithfulness) -> Iterator[tuple[str, str]]:
    for kind in report.violations:
        weight = "blocks" if kind.blocks else "warns"
        yield kind.kind, f"{kind.violations:>6}  {weight:6}  in {counted(kind.papers, 'draft')}"
    if not report.violations:
        yield "nothing", f"{0:>6}"


def _items(report: Faithfulness) -> Iterator[tuple[str, str]]:
    checks = report.checks
    total = checks.kept + checks.repaired + checks.dropped
    yield "kept", f"{checks.kept:>6}  {_share(checks.kept, total)}  of these {checks.warned} with a warning"
    yield "repaired", f"{checks.repaired:>6}  {_share(checks.repaired, total)}"
    yield "dropped", f"{checks.dropped:>6}  {_share(checks.dropped, total)}"


def _price(report: Faithfulness) -> Iterator[tuple[str, str]]:
    number = report.answered or 1
    yield "tokens read", f"{report.tokens_in / number:>6,.0f}"
    yield "tokens written", f"{report.tokens_out / number:>6,.0f}"
    yield "seconds of the model", f"{report.seconds / number:>6,.1f}"
    yield "requests", f"{report.requests / number:>6,.2f}"
    cost = "unknown" if report.cost_usd is None else f"${report.cost_usd / number:.5f}, ${report.cost_usd:.2f} in all"
    yield "cost", cost.rjust(6)


def _share(number: int, total: int) -> str:
    return f"{100 * number / total:5.1f} %" if total else ""


def _sum(report: Faithfulness) -> str:
    """The papers, each counted once; where the counts do not close it is said."""
    sign = "=" if report.closes else "≠"
    return (
        f"{counted(report.papers, 'paper')} {sign} {report.first_try} valid at first try + {report.after_reask} after "
        f"one re-ask + {report.mended} mended + {report.degraded} by the embedded model + {report.failed} failed"
    )
