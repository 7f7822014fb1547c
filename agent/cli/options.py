"""The options that several commands take, each told once."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer


class DigestFormat(StrEnum):
    """How a digest can be shown."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


class SummariesFormat(StrEnum):
    """How summaries can be shown."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSONL = "jsonl"


class ReportFormat(StrEnum):
    """How a report can be shown."""

    TERMINAL = "terminal"
    JSON = "json"


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files, folders or - for stdin. Default: `sources`, your library, ./seeds."),
]
Library = Annotated[
    Path | None, typer.Option("--library", metavar="FILE", help="A library made by `digest add`, instead of yours.")
]
Year = Annotated[
    int | None, typer.Option(metavar="Y", min=1900, max=2999, help="The year of date lines that name none.")
]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here instead of stdout.")]
Quiet = Annotated[bool | None, typer.Option("-q", "--quiet", help="No remarks on stderr.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="All remarks, not only the first ten.")]
Week = Annotated[str | None, typer.Option("--week", metavar="2025-W11", help="An ISO week. Default: the newest.")]
Everything = Annotated[bool, typer.Option("--all", help="Every dated paper, whatever its week.")]
IncludeUndated = Annotated[bool, typer.Option("--include-undated", help="Papers without a date as well.")]
Since = Annotated[str | None, typer.Option(metavar="2025-03-01", help="First day.")]
Until = Annotated[str | None, typer.Option(metavar="2025-03-07", help="Last day, included.")]
Topics = Annotated[Path | None, typer.Option("--topics", metavar="FILE", help="Sections of your own, as TOML.")]
Folder = Annotated[Path | None, typer.Option("--cache", metavar="DIR", help="Folder of the cached answers.")]
Model = Annotated[
    str | None, typer.Option("--model", metavar="M", help="embedded, ollama_chat/qwen3:8b, openai/gpt-4o-mini, ...")
]
ApiBase = Annotated[str | None, typer.Option("--api-base", metavar="URL", help="Address of the endpoint.")]

ENDPOINT: dict[str, Any] = {
    "model": Model,
    "api_base": ApiBase,
    "dry_run": Annotated[bool, typer.Option("--dry-run", help="Say what would be sent, and stop.")],
    "max_cost": Annotated[float | None, typer.Option(metavar="USD", min=0, help="Most dollars to spend.")],
    "max_calls": Annotated[int | None, typer.Option(metavar="N", min=0, help="Most requests to send.")],
    "max_tokens": Annotated[int | None, typer.Option(metavar="N", min=0, help="Most tokens, read and written.")],
    "max_time": Annotated[float | None, typer.Option(metavar="S", min=0, help="Most seconds for all requests.")],
    "timeout": Annotated[float | None, typer.Option(metavar="S", min=0, help="Most seconds for one request.")],
    "concurrency": Annotated[int | None, typer.Option(metavar="N", min=1, help="Requests under way at once.")],
    "at_most_once": Annotated[
        bool | None, typer.Option("--at-most-once", help="Never repeat what a killed run may have sent.")
    ],
    "cache": Folder,
    "max_cache_size": Annotated[int | None, typer.Option(metavar="BYTES", min=0, help="Most the cache may hold.")],
    "log_content": Annotated[
        bool | None, typer.Option("--log-content", help="Write abstracts and answers into the run log.")
    ],
}
"""What a command takes that may ask an endpoint; the names are those of the settings, `dry_run` apart."""


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of `ENDPOINT` to a command, which is given their values as `endpoint`."""
    own = [p for p in inspect.signature(command, eval_str=True).parameters.values() if p.name != "endpoint"]
    added = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if name == "dry_run" else None,
            annotation=kind,
        )
        for name, kind in ENDPOINT.items()
    ]

    @functools.wraps(command)
    def run(**given: Any) -> None:
        endpoint = {name: given.pop(name) for name in ENDPOINT}
        command(**given, endpoint=endpoint)

    run.__signature__ = inspect.Signature([*own, *added])  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in (*own, *added)}
    return run
