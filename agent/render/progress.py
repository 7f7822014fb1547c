"""A bar on stderr while an endpoint is asked."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from rich import progress
from rich.console import Console

from agent.render.safe import printable

if TYPE_CHECKING:
    from agent.models.budget import Receipt


class Progress:
    """Shows how far a run is, and prints remarks above the bar; without a terminal only the remarks are printed."""

    def __init__(self, *, shown: bool) -> None:
        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
        columns = (
            progress.BarColumn(24, complete_style="cyan", finished_style="cyan", pulse_style="cyan"),
            progress.TextColumn("{task.fields[facts]}", style="none"),
            progress.TimeRemainingColumn(compact=True),
        )
        # Rich sends to stderr what is written to stdout, so that it stands above the bar: right for one terminal only.
        self._bar = progress.Progress(
            *columns, console=self._console, transient=True,
            disable=not shown or self._console.is_dumb_terminal,
            redirect_stdout=sys.stdout is not None and sys.stdout.isatty(),
        )  # fmt: skip
        self._task = self._bar.add_task("", total=None, facts="starting")

    def __enter__(self) -> Progress:
        """Shows the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Takes the bar away."""
        self._bar.stop()

    def say(self, text: str) -> None:
        """Prints a remark."""
        self._console.print(f"note: {printable(text)}")

    def update(self, receipt: Receipt, total: int) -> None:
        """Shows what was done so far of how much there is to do."""
        self._bar.update(self._task, total=total, completed=receipt.answers, facts=facts(receipt, total))


def facts(receipt: Receipt, total: int) -> str:
    """Returns how much is done, the rate of answers that were not cached, tokens and cost; what is zero is not said."""
    rate = (receipt.answers - receipt.cached) / receipt.seconds if receipt.seconds > 1 else 0.0
    tokens, cost = receipt.tokens_in + receipt.tokens_out, receipt.cost or 0.0
    parts = (
        (True, f"{receipt.answers:,}/{total:,}"),
        (receipt.cached, f"{receipt.cached:,} cached"),
        (receipt.degraded, f"{receipt.degraded:,} failed"),
        (rate, f"{rate:.1f}/s"),
        (tokens, f"{tokens:,} tokens"),
        (cost, f"${cost:.2f}" if cost >= 0.01 else f"${cost:.4f}"),
    )
    return " · ".join(text for said, text in parts if said)
