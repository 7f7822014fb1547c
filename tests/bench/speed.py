"""Speed and memory of the embedded model and of the commands, over the seeds and over many abstracts.

    make bench

Times are medians of interleaved runs; ratios are against `python -c "import pydantic, typer, rich"` in the same run.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"
IMPORTS = [sys.executable, "-c", "import pydantic, typer, rich"]
DIGEST = [sys.executable, "-m", "agent"]
ROUNDS = 7


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        many, more = repeat_seeds(Path(folder) / "many", 18), repeat_seeds(Path(folder) / "more", 36)
        commands = {
            "import pydantic, typer, rich": IMPORTS,
            "digest --help": [*DIGEST, "--help"],
            "digest weekly seeds/": [*DIGEST, "weekly", "-q", str(SEEDS)],
        }
        seconds, peak = {name: [] for name in commands}, dict.fromkeys(commands, 0.0)
        for _ in range(ROUNDS):
            for name, command in commands.items():
                wall, memory = run(command)
                seconds[name].append(wall)
                peak[name] = max(peak[name], memory)
        for source in (SEEDS, many):
            print(f"embedded summary of {source.name}: {summary_cpu(source):.1f} ms of CPU an abstract")
        base = statistics.median(seconds["import pydantic, typer, rich"])
        print(f"{'command':<44}{'wall s':>8}{'ratio':>8}{'peak MB':>9}")
        for name in commands:
            wall = statistics.median(seconds[name])
            print(f"{name:<44}{wall:>8.2f}{wall / base:>8.1f}{peak[name]:>9.0f}")
        for options in ([], ["--all", "--include-undated", "--format", "json", "-o", os.devnull]):
            sizes = []
            for source in (many, more):
                wall, memory = run([*DIGEST, "weekly", "-q", *options, str(source)])
                sizes.append(memory)
                name = f"digest weekly, {count(source)} entries{', all' if options else ''}"
                print(f"{name:<44}{wall:>8.2f}{'':>8}{memory:>9.0f}")
            growth = (sizes[1] - sizes[0]) * 10_000 / (count(more) - count(many))
            print(f"{'  memory a further 10,000 entries':<44}{'':>16}{growth:>9.0f}")


def run(command: list[str]) -> tuple[float, float]:
    """Runs a command and returns its wall time in seconds and its peak memory in MB."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=SEEDS.parent)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} failed with {child.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def repeat_seeds(folder: Path, times: int) -> Path:
    """Writes the seed pages many times over with altered titles."""
    for copy in range(times):
        (folder / str(copy)).mkdir(parents=True)
        for page in sorted(SEEDS.glob("*.txt")):
            lines = page.read_text(encoding="utf-8").splitlines()
            altered = [f"{line} ({copy})" if 20 < len(line) < 250 and "inbox" not in line else line for line in lines]
            (folder / str(copy) / page.name).write_text("\n".join(altered), encoding="utf-8")
        (folder / str(copy) / "sources.toml").write_text("year = 2025\n")
    return folder


def count(folder: Path) -> int:
    """Returns the number of entries below a folder of repeated seeds."""
    return 568 * len(list(folder.iterdir()))


def summary_cpu(folder: Path) -> float:
    """Returns the CPU milliseconds that the summary of an abstract takes, sentence splitting included."""
    from agent.models.embedded import EmbeddedModel
    from agent.pipeline import EVERYTHING
    from agent.sources.reading import read
    from agent.tasks.summarize import summarize

    papers, model = list(read([str(folder)]).library.papers(EVERYTHING)), EmbeddedModel()
    list(summarize(papers[:1], model))
    started = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for _ in summarize(papers, model):
        pass
    return 1000 * (resource.getrusage(resource.RUSAGE_SELF).ru_utime - started) / len(papers)


if __name__ == "__main__":
    main()
