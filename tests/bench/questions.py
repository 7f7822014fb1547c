"""How well questions are answered: what is consulted, which facts are cited, and whether it abstains when it should.

    make bench-questions [QUESTIONS="files"]

A question is a line of JSON: `question`, `kind` (named, set, number, unanswerable), titles of papers that are
`relevant` or `partly` so, and `facts`, each a title and a `quote` from its abstract. Papers that are partly relevant
count neither way. A fact is reached if the sentence of its quote is cited in the answer or in a cell. By default two
files are asked of the seeds: rules were made while reading the first; of the second only the figures were seen.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent import pipeline
from agent.models.embedded import EmbeddedModel
from agent.schema import Comparison
from agent.sources import reading
from agent.text import clean, fold

LABELS = [Path(__file__).parent / "labels" / name for name in ("questions.jsonl", "questions_test.jsonl")]
Label = Mapping[str, Any]


@dataclass
class Tally:
    """The figures of the questions of one kind."""

    number: int = 0
    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    reached: int = 0
    facts: int = 0
    answered: int = 0
    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        facts = f"facts {self.reached}/{self.facts} = {self.reached / self.facts:.2f}" if self.facts else ""
        return (
            f"{self.number:>3} asked, {self.answered:>3} answered · recall {_mean(self.recall):.2f}, precision "
            f"{_mean(self.precision):.2f} · {facts} · {_mean(self.seconds):.2f} s each"
        )


def main(arguments: Sequence[str]) -> None:
    """Prints the figures, kind by kind, and with -v each question."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labels", nargs="*", type=Path, default=LABELS)
    parser.add_argument("--papers", nargs="*", default=["seeds"])
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args(arguments)
    library = reading.read(given.papers).library
    library.search(["index"])
    for file in given.labels:
        print(file.name)
        tallies: dict[str, Tally] = {}
        for label in map(json.loads, file.read_text("utf-8").splitlines()):
            started = time.perf_counter()
            (answer,) = pipeline.compare([label["question"]], library, EmbeddedModel())
            tally = tallies.setdefault(label["kind"], Tally())
            line = _enter(tally, label, answer, time.perf_counter() - started)
            if given.verbose:
                print(line)
        for kind, tally in tallies.items():
            print(f"  {kind:<13}{tally}")


def _enter(tally: Tally, label: Label, answer: Comparison, seconds: float) -> str:
    """Adds one answer to the figures; returns a line on it."""
    consulted = {fold(clean(paper.title)) for paper in answer.papers}
    relevant, partly = ({fold(clean(title)) for title in label[name]} for name in ("relevant", "partly"))
    judged = consulted - partly
    precision = len(judged & relevant) / len(judged) if judged else 0.0
    recall = len(judged & relevant) / len(relevant) if relevant else 0.0
    missed = [fact["quote"] for fact in label["facts"] if not reached(fact, answer)]
    tally.number += 1
    tally.answered += answer.answered
    tally.seconds.append(seconds)
    tally.facts += len(label["facts"])
    tally.reached += len(label["facts"]) - len(missed)
    if relevant:
        tally.recall.append(recall)
        tally.precision.append(precision)
    wrong = answer.answered == (label["kind"] == "unanswerable")
    lost = "".join(f"\n      missed: {quote}" for quote in missed)
    why = "".join(f"\n      missing: {sentence}" for sentence in answer.missing)
    return (
        f"{label['id']:<5}{label['kind']:<13}r {recall:.2f} p {precision:.2f} {'WRONGLY ' if wrong else ''}"
        f"{'answered' if answer.answered else 'abstained'} {seconds:.2f} s  {label['question']}{lost}{why}"
    )


def reached(fact: Mapping[str, str], answer: Comparison) -> bool:
    """Returns whether the sentence of a fact's quote is cited in the answer or in a cell."""
    wanted = fold(clean(fact["quote"]))
    for paper in answer.papers:
        if fold(clean(paper.title)) != fold(clean(fact["title"])):
            continue
        cited = {n for s in answer.answer for cite in s.cites if cite.paper_id == paper.id for n in cite.evidence}
        cited |= {n for row in answer.rows if row.paper_id == paper.id for cell in row.cells for n in cell.evidence}
        return any(wanted in fold(clean(paper.sentences[number - 1])) for number in cited)
    return False


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


if __name__ == "__main__":
    main(sys.argv[1:])
