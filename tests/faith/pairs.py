"""Correct pairs of an abstract and a statement that cites its sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.schema import Statement

DATA = Path(__file__).parent / "data"
UNTOUCHED, BUILT = "u-", "built-"
STRATA = ("extractive", "handwritten", "paraphrased")


@dataclass(frozen=True)
class Pair:
    """An abstract and a statement about it."""

    key: str
    """Names the abstract: pairs of one abstract share it."""
    stratum: str
    title: str
    sentences: tuple[str, ...]
    statement: Statement

    @property
    def cited(self) -> tuple[str, ...]:
        """The sentences that the statement cites, in its order."""
        return tuple(self.sentences[number - 1] for number in self.statement.evidence)

    @property
    def text(self) -> str:
        """What the statement says."""
        return self.statement.text

    @property
    def source(self) -> str:
        """The cited sentences as one text."""
        return " ".join(self.cited)

    @property
    def abstract(self) -> str:
        """Title and all sentences as one text."""
        return " ".join((self.title, *self.sentences))


def load(folder: Path = DATA) -> list[Pair]:
    """Reads the committed pairs; a file that is not there is left out."""
    return [read_pair(record, stratum) for stratum in STRATA for record in labelled(folder / f"{stratum}.jsonl")]


def labelled(file: Path) -> list[dict]:
    """Reads the lines of a file, each with its abstract; none where the file is not there."""
    if not file.exists():
        return []
    abstracts = {record["key"]: record for record in records(file.with_name("abstracts.jsonl"))}
    return [abstracts[record["key"].removeprefix(UNTOUCHED)] | record for record in records(file)]


def records(file: Path) -> Iterator[dict]:
    """Reads one JSON object a line."""
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_pair(record: dict, stratum: str) -> Pair:
    """Reads one line of a data file."""
    statement = Statement(text=record["text"], evidence=tuple(record["evidence"]))
    return Pair(record["key"], stratum, record["title"], tuple(record["sentences"]), statement)


def untouched(key: str) -> bool:
    """Whether the pair is of the part on which nothing was tuned: kept apart, or built from data sets when measured."""
    return key.startswith((UNTOUCHED, BUILT))


def share(key: str) -> float:
    """Where a key falls between 0 and 1, by its sha-256."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0x1_0000_0000
