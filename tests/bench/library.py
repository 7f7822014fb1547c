"""Time and memory of a library of 100,000 papers: the seeds, altered so that each is a paper of its own.

    make bench-library

Adding is `digest add` as a process of its own; searching is `Library.search` in this one, after a first search has
warmed SQLite's cache. What is promised: adding 100,000 papers takes at most 60 s and no more memory than adding 10,000,
a search takes at most 50 ms.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from agent.library import Library
from agent.schema import Paper
from agent.sources.reading import read

SEEDS = Path(__file__).parents[2] / "seeds"
FEW, MANY = 10_000, 100_000
QUERIES = (
    ("model",),
    ("token pruning",),
    ("multimodal", "language"),
    ("large language models", "vision"),
    ("video", "benchmark", "medical"),
    ("hallucination", "benchmark", "vision-language"),
    ("reinforcement learning", "reasoning", "training"),
    ("the", "of", "and"),
    ("multimodal", "large", "language", "models"),
    ("model", "data", "training", "benchmark", "performance"),
    ("multimodal", "large", "language", "models", "vision"),
)
"""From rare phrases to words that most papers have."""


def main() -> None:
    """Prints the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{'':<44}{'s':>8}{'peak MB':>9}{'file MB':>9}")
        for number in (FEW, MANY):
            source, library = folder / f"{number}.jsonl", folder / f"{number}.sqlite3"
            write(source, number)
            for again in ("", ", again"):
                wall, peak = run("add", "-q", source, "--library", library)
                size = library.stat().st_size / 1e6
                print(f"{f'digest add, {number:,} papers{again}':<44}{wall:>8.1f}{peak:>9.0f}{size:>9.0f}")
            source.unlink()
        for command in (["search", "token", "pruning"], ["papers"], ["weekly"]):
            wall, peak = run(*command, "--library", library, check=False)
            print(f"{f'digest {command[0]}, {MANY:,} papers':<44}{wall:>8.2f}{peak:>9.0f}")
        print(f"\n{'Library.search, milliseconds':<70}{'median':>8}{'most':>8}{'found':>7}")
        with Library(library) as kept:
            for query in QUERIES:
                for every in (False, True):
                    spent, hits = searched(kept, query, every=every)
                    name = (" AND " if every else " OR ").join(query)
                    print(f"{name:<70}{statistics.median(spent):>8.1f}{max(spent):>8.1f}{hits:>7}")


def write(target: Path, number: int) -> None:
    """Writes altered papers of the seeds as JSON Lines."""
    papers = list(read([str(SEEDS)]).library.all())
    with target.open("w", encoding="utf-8") as file:
        file.writelines(altered(papers, number))


def altered(papers: list[Paper], number: int) -> Iterator[str]:
    """Yields lines with titles, authors and ends of abstracts that no two share."""
    for each in range(number):
        paper, copy = papers[each % len(papers)], each // len(papers)
        record = {
            "title": f"{paper.title} ({copy})",
            "abstract": f"{paper.abstract} Variant {each}.",
            "authors": [f"A{each % 977} Author{each % 1013}"],
            "arxiv_id": f"{2000 + each % 800:04d}.{10000 + each // 10:05d}" if each % 10 == 0 else None,
            "seen": f"2025-{1 + each % 12:02d}-{1 + each % 28:02d}",
        }
        yield json.dumps(record) + "\n"


def run(*arguments: object, check: bool = True) -> tuple[float, float]:
    """Runs the command and returns its wall time in seconds and its peak memory in MB."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "agent", *map(str, arguments)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=SEEDS.parent)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if check and child.returncode:
        raise SystemExit(f"{command} failed with {child.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def searched(library: Library, query: tuple[str, ...], *, every: bool) -> tuple[list[float], int]:
    """Returns the milliseconds of several searches, and how many papers each found."""
    library.search(query, every=every)
    spent, hits = [], 0
    for _ in range(7):
        started = time.perf_counter()
        hits = len(library.search(query, every=every))
        spent.append(1000 * (time.perf_counter() - started))
    return spent, hits


if __name__ == "__main__":
    main()
