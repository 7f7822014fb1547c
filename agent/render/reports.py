"""Plain reports: what was read, the prompts, the settings in force."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from agent import prompts
from agent.prompts import Message
from agent.render.json import pretty
from agent.render.safe import printable
from agent.schema import ReadingReport, SourceReport
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.cache.care import CacheStats


def reading(report: ReadingReport, format: str) -> str:  # noqa: A002
    """Returns what was read, file by file, then the remarks with their places."""
    if format == "json":
        return pretty(report)
    rows: list[tuple[str, ...]] = [("entries", "distinct", "new", "unreadable", "dates", "file")]
    rows += [_row(source) for source in report.sources]
    rows += [(str(report.entries), str(report.distinct), "", str(_unreadable(report)), "", "in all")]
    lines = _columns(rows, right=4)
    notes = [printable(f"{remark.source}: {remark.reason}") for remark in report.remarks]
    return "\n".join([*lines, *([""] if notes else []), *notes]) + "\n"


def prompt_list() -> str:
    """Returns a line a prompt: name, version, description."""
    known = [prompts.describe(name) for name in prompts.names()]
    rows = [(f"{known.front.name}@{known.version}", known.sha, known.front.description) for known in known]
    return "\n".join(_columns(rows)) + "\n"


def prompt(name: str) -> str:
    """Returns a prompt file as it stands."""
    return prompts.describe(name).raw


def messages(sent: Sequence[Message], answer: Mapping[str, Any]) -> str:
    """Returns the messages of a rendered prompt, and the JSON schema of the answer they ask for."""
    parts = [f"--- {message.role}\n{message.content}\n" for message in sent]
    return "\n".join([*parts, "--- schema of the answer", json.dumps(answer, indent=2, ensure_ascii=False)]) + "\n"


def settings(values: Settings, origins: Mapping[str, str]) -> str:
    """Returns a line a setting in TOML, with its origin as a comment where origins are given."""
    rows = [(_assignment(key, value), f"# {origins[key]}" if origins else "") for key, value in values]
    return "\n".join(_columns(rows)) + "\n"


def cache(held: CacheStats, format: str) -> str:  # noqa: A002
    """Returns what a cache holds."""
    if format == "json":
        return pretty(held)
    span = f", made {held.oldest[:10]} to {held.newest[:10]}" if held.oldest and held.newest else ""
    lines = [f"{held.entries} answers in {held.bytes:,} bytes{span}", held.path]
    return "\n".join([*lines, *(f"  {count:>6}  {printable(model)}" for model, count in held.by_model.items())]) + "\n"


def _row(source: SourceReport) -> tuple[str, ...]:
    days = [str(day) for day in dict.fromkeys((source.since, source.until)) if day]
    counts = (source.entries, source.distinct, source.new, source.unreadable)
    return (*map(str, counts), " to ".join(days) or "undated", printable(source.source))


def _unreadable(report: ReadingReport) -> int:
    return sum(source.unreadable for source in report.sources)


def _columns(rows: Sequence[tuple[str, ...]], right: int = 0) -> list[str]:
    """Rows as aligned lines; the first `right` columns are numbers."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [c.rjust(w) if i < right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))]
        lines.append("  ".join(cells).rstrip())
    return lines


def _assignment(key: str, value: Any) -> str:
    """TOML has no null: a setting without a value is a comment."""
    return f"# {key} is not set" if value is None else f"{key} = {json.dumps(value, ensure_ascii=False)}"
