"""What the check of statements catches, how often it alarms on correct ones, and its CPU time.

    make bench-grounding

Mutants are made of correct pairs by the operators of `tests/faith/operators`; nothing is tuned on the untouched part.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from agent.grounding import check
from tests.faith.corpora import from_csabstruct, from_scitldr
from tests.faith.measure import (
    Case,
    Check,
    Verdict,
    accuracy,
    alarms,
    correct,
    examples,
    judge,
    mutants,
    outputs,
    table,
)  # fmt: skip
from tests.faith.operators import OPERATORS
from tests.faith.pairs import Pair, load

SUMMARY = 8
"""Statements of a full summary."""


def main() -> None:
    """Prints the tables, or the examples that are asked for."""
    options = arguments()
    pairs = [*load(), *built(options.data)]
    if options.misses:
        cases = outputs_labelled(True) if options.misses == "outputs" else mutants(pairs, [options.misses])
        show(one for one in judge(check, cases) if not one.caught)
    elif options.alarms:
        show(one for one in judge(check, [*correct(pairs), *outputs_labelled(False)]) if one.caught)
    else:
        report(pairs)


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with scitldr*.jsonl and csabs*.jsonl, for further pairs")
    parser.add_argument("--misses", choices=[*OPERATORS, "outputs"], help="list what was not caught")
    parser.add_argument("--alarms", action="store_true", help="list false alarms")
    return parser.parse_args()


def built(folder: Path | None) -> Iterator[Pair]:
    """Builds pairs from the files of a folder, where one is given."""
    for name, read in {"scitldr": from_scitldr, "csabs": from_csabstruct}.items():
        for file in sorted(folder.glob(f"{name}*.jsonl")) if folder else ():
            yield from read(file)


def outputs_labelled(wrong: bool) -> list[Case]:
    """The labelled outputs that are wrong, or those that are right."""
    return [case for case in outputs() if case.wrong == wrong]


def show(verdicts: Iterator[Verdict]) -> None:
    """Prints examples of the part that may be looked at."""
    for text in examples(verdicts):
        print(text, end="\n\n")


def report(pairs: Sequence[Pair]) -> None:
    """Prints all tables."""
    right = correct(pairs)
    seconds, verdicts = timed(check, right)
    blocks = [table(judge(check, mutants(pairs))), alarms(verdicts)]
    if labelled := outputs():
        blocks.append([f"{len(labelled)} labelled outputs", *accuracy(judge(check, labelled))])
    each = 1000 * seconds / max(1, len(right))
    blocks.append([f"CPU: {each:.2f} ms a statement, {each * SUMMARY:.1f} ms a summary of {SUMMARY} statements"])
    print("\n\n".join("\n".join(block) for block in blocks))


def timed(check: Check, cases: Sequence[Case]) -> tuple[float, list[Verdict]]:
    """Judges cases and returns the seconds of CPU it took."""
    started = time.process_time()
    verdicts = judge(check, cases)
    return time.process_time() - started, verdicts


if __name__ == "__main__":
    main()
