"""The kind of contribution of a paper, asked once and kept."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import suppress

from agent.errors import StorageError
from agent.library.database import Database
from agent.schema import Contribution, Paper


def of_kind(
    database: Database,
    found: Iterable[tuple[Paper, float]],
    kind: Contribution,
    judge: Callable[[Paper], str],
    by: str,
) -> Generator[tuple[Paper, float]]:
    """Yields those of the papers found that are of a kind; keeps at the end what was judged on the way."""
    judged: list[tuple[str, str, str]] = []
    try:
        for paper, score in found:
            known = database.rows("SELECT kind FROM papers WHERE id = ? AND kind_by = ?", (paper.id, by))
            if not known:
                judged.append((judge(paper), by, paper.id))
            if (known[0][0] if known else judged[-1][0]) == kind:
                yield paper, score
    finally:
        _keep(database, judged)


def _keep(database: Database, judged: list[tuple[str, str, str]]) -> None:
    """Keeps the kinds; where nothing can be written now, the next search takes as long as this one."""
    with suppress(StorageError), database.transaction(patience=0):
        database.run_each("UPDATE papers SET kind = ?, kind_by = ? WHERE id = ?", judged)
