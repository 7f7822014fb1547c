"""How good and how fast the embedded model is, beside simple rules and published results.

    make bench-embedded DATA=folder

The folder holds the development parts of SciTLDR and CSAbstruct (`scitldr_dev.jsonl`, `csabs_dev.jsonl`); without it
only the seeds' labels are used. Published figures are those of the test parts.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from agent import text
from agent.models.embedded import EmbeddedModel
from agent.models.embedded.summary import summarize
from agent.pipeline import EVERYTHING
from agent.schema import SummarizedPaper
from agent.sources.reading import read
from agent.tasks import summarize as task
from tests.bench import facts, grouping
from tests.bench.rouge import Rouge
from tests.bench.train.store import read as labels_in

LABELS = Path(__file__).parent / "labels"
SEEDS = Path(__file__).parents[2] / "seeds"


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description="How good and how fast the embedded model is.")
    parser.add_argument("--data", type=Path)
    data = parser.parse_args().data
    if data:
        roles(labels_in([data / "csabs_dev.jsonl"]))
        tldr(labels_in([data / "scitldr_dev.jsonl"]))
    else:
        print("No DATA given: sentence roles and TL;DRs are not measured.\n")
    labelled(labels_in([LABELS / "test.jsonl"]))
    papers = list(read([str(SEEDS)]).library.papers(EVERYTHING))
    topics(papers, labels_in([LABELS / "topics.jsonl"]))
    speed(papers)


def roles(abstracts: list[dict[str, Any]]) -> None:
    """Prints the share of CSAbstruct's sentences whose role is found."""
    pairs = [
        (found, wanted, sure)
        for abstract in abstracts
        for found, wanted, sure in zip(
            summarize("", abstract["sentences"]).roles, abstract["labels"], abstract["confs"], strict=True
        )
    ]
    agreed = [pair for pair in pairs if pair[2] >= 0.6]
    print(f"Sentence roles, CSAbstruct dev, {len(pairs)} sentences: accuracy")
    print(f"  digest                                   {share(a == b for a, b, _ in pairs):.3f}")
    print(f"  where labellers agreed (>= 0.6)          {share(a == b for a, b, _ in agreed):.3f}")
    print(f"  always background                        {share(b == 'background' for _, b, _ in pairs):.3f}")
    print("  published, test part: SciBERT            0.831\n")


_CUE = re.compile(
    r"\b(?:we|this (?:paper|work|article))\b.{0,30}\b(?:propos|introduc|present|show|develop|stud|describ)", re.I
)


def tldr(papers: list[dict[str, Any]]) -> None:
    """Prints ROUGE of the TL;DRs of SciTLDR."""
    rouge = Rouge()
    ways: dict[str, Callable[[dict[str, Any]], str]] = {
        "digest": lambda paper: summarize(paper["title"], paper["source"]).tldr.text,
        "digest, title withheld": lambda paper: summarize("", paper["source"]).tldr.text,
        "lead-1": lambda paper: paper["source"][0],
        "first cue": lambda paper: next(filter(_CUE.search, paper["source"]), paper["source"][0]),
        "best sentence there is (oracle)": lambda paper: max(
            paper["source"], key=lambda sentence: sum(rouge.best(sentence, paper["target"]))
        ),
    }
    print(f"TL;DR, SciTLDR-A dev, {len(papers)} papers: ROUGE-1, ROUGE-2, words")
    for name, way in ways.items():
        texts = [way(paper) for paper in papers]
        found = [rouge.best(said, paper["target"]) for said, paper in zip(texts, papers, strict=True)]
        one, two = (100 * statistics.mean(scores) for scores in zip(*found, strict=True))
        print(f"  {name:<38}{one:>8.1f}{two:>7.1f}{statistics.mean(len(said.split()) for said in texts):>7.1f}")
    print("  published, test part: lead-1 31.3, first cue 40.3, BERT extractor 42.7, BART 43.3-44.3 (ROUGE-1)\n")


def labelled(papers: list[dict[str, Any]]) -> None:
    """Prints how the facts agree with labels that no weight was trained on."""
    found = facts.agreement((summarize(paper["title"], paper["sentences"]), paper) for paper in papers)
    print(f"Facts, {len(papers)} labelled papers of the seeds")
    for name, value in found.items():
        print(f"  {name:<38}{value:>8.3f}")
    print()


def topics(papers: list[Any], labels: list[dict[str, Any]]) -> None:
    """Prints how the topics of all seeds agree with labelled ones, and how steady they are."""
    model = EmbeddedModel()
    done = [item for item in task.summarize(papers, model) if isinstance(item, SummarizedPaper)]
    wanted = {text.fold(label["title"]): label["topic"] for label in labels}
    started = time.process_time()
    found = grouping.groups(done, model)
    spent = time.process_time() - started
    print(f"Topics of {len(done)} papers: {len(set(found.values()))}, {spent:.2f} s of CPU")
    print(f"  harmonic purity, {len(wanted)} labels              {grouping.harmonic_purity(found, wanted):.3f}")
    print(f"  moved when a tenth is left out        {grouping.moved(done, model):>8.3f}\n")


def speed(papers: list[Any]) -> None:
    """Prints what a summary costs with everything, and what loading the weights costs."""
    model, rounds = EmbeddedModel(), []
    for _ in range(4):
        started = time.process_time()
        list(task.summarize(papers, model))
        rounds.append((time.process_time() - started) / len(papers) * 1000)
    print(
        f"CPU an abstract with everything          {min(rounds[1:]):>6.1f} ms, first time {rounds[0]:.1f} ms (limit 5)"
    )
    print(f"Loading the weights                      {loading():>6.1f} ms (limit 50)")


def loading() -> float:
    """Returns the milliseconds that a new process takes to read all weights, the best of five."""
    code = (
        "import time; from agent.models.embedded.linear import weights; started = time.perf_counter();"
        "[weights(name) for name in ('roles', 'roles_context', 'parts', 'tldr')];"
        "print(1000 * (time.perf_counter() - started))"
    )
    return min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))


def share(good: Iterable[bool]) -> float:
    """Returns the share that is true."""
    return statistics.mean(map(float, good))


if __name__ == "__main__":
    main()
