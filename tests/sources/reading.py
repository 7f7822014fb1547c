"""What the tests of the readers share."""

from collections.abc import Sequence
from pathlib import Path

from agent.schema import Paper
from agent.sources import Problem, read

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
SEEDS = Path(__file__).parents[2] / "seeds"
COUNTS = {
    "000_7208fcced9317935.txt": 65,
    "001_257d46a8a29a7bec.txt": 92,
    "002_fd1445fca0d83e71.txt": 249,
    "003_5ae359ff57e68e96.txt": 97,
    "004_a0742c3cdecf2dc8.txt": 65,
}


def split(items: Sequence[Paper | Problem]) -> tuple[list[Paper], list[Problem], list[Problem]]:
    """Returns papers, unreadable entries, remarks."""
    problems = [item for item in items if isinstance(item, Problem)]
    papers = [item for item in items if isinstance(item, Paper)]
    return papers, [one for one in problems if one.entry], [one for one in problems if not one.entry]


def read_bytes(folder: Path, content: bytes, name: str = "page.txt", year: int | None = None):
    """Reads a file with this content; returns papers, unreadable entries, remarks."""
    path = folder / name
    path.write_bytes(content)
    return split(list(read(str(path), year=year)))


def read_text(folder: Path, content: str, name: str = "page.txt", year: int | None = None):
    return read_bytes(folder, content.encode(), name, year)
