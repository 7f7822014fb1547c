"""A bar on stderr while an endpoint is asked."""

from __future__ import annotations

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
            progress.BarColumn(24), progress.MofNCompleteColumn(), progress.TextColumn("{task.fields[facts]}"),
            progress.TimeRemainingColumn(compact=True),
        )  # fmt: skip
        self._bar = progress.Progress(*columns, console=self._console, transient=True, disable=not shown)
        self._task: progress.TaskID | None = None

    def __enter__(self) -> Progress:
        """Begins with no bar; the first answer brings it."""
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
        if self._task is None:
            self._task = self._bar.add_task("", total=total, facts="")
        self._bar.update(self._task, total=total, completed=receipt.answers, facts=facts(receipt))


def facts(receipt: Receipt) -> str:
    """Returns rate, tokens and cost in few words; what is zero is not said."""
    rate = receipt.answers / receipt.seconds if receipt.seconds > 1 else 0.0
    parts = (
        (receipt.cached, f"{receipt.cached:,} cached"),
        (receipt.degraded, f"{receipt.degraded:,} failed"),
        (rate, f"{rate:.1f}/s"),
        (receipt.tokens_in + receipt.tokens_out, f"{receipt.tokens_in + receipt.tokens_out:,} tokens"),
        (receipt.cost, f"${receipt.cost or 0:.2f}"),
    )
    return " · ".join(text for count, text in parts if count)
