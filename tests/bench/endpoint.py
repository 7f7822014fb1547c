"""Rate, CPU and memory of asking an endpoint, against a plain loop and against bare HTTP, all against one fake server.

    make bench-endpoint

    plain   `instructor.from_litellm(litellm.acompletion)`, a semaphore and `gather`
    ours    `RemoteModel.complete_each` with an empty cache: claims, durable answers, budget and log are in it
    bare    aiohttp, posting the bytes that ours sends; nothing is looked at

The ways take turns, figures are medians over the rounds, the server has the other core, and the garbage collector is
set as the command sets it. Where `busy` is more than a few hundredths, others wanted the core too, and rates are too
low: it is the share of the time in which our core worked for others. `whole` counts from the first
question to the last answer; `steady` is how soon a free place is used again, which the server sees: after the first
call, which goes alone, and before the last ones. Ends with 1 when a goal is missed.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes import FakeServer, fake_process, summarizing

ROOT = Path(__file__).parents[2]
LATENCY = 0.5
ROUNDS = 3
WAVES = {64: 60, 256: 24}
"""Times that ours uses every place in a round, so that the first call, which goes alone, is a small part of it."""
FEWER = {"plain": 4, "bare": 10}
"""The same for the others, which have no such part."""
IDLE_CALLS, IDLE_PLACES, IDLE_ROUNDS = 600, 16, 5
PAPERS = 10_000
CALLS = 20_000
MOST_BUSY = 0.05
Inputs = dict[str, Any]
Way = Callable[[str, int, int], None]
"""Makes so many calls to an address with so many places."""


@dataclass(frozen=True)
class Goal:
    """A figure that must not be above a bound, or not below it."""

    what: str
    figure: float
    bound: float
    least: bool = False

    @property
    def holds(self) -> bool:
        return self.figure >= self.bound if self.least else self.figure <= self.bound

    def __str__(self) -> str:
        bound = f"{'>=' if self.least else '<='} {self.bound:g}"
        return f"{self.what:<66}{self.figure:>8.3f}  {bound:<9}{'holds' if self.holds else 'MISSED'}"


def main() -> None:
    """Prints the figures, then the goals."""
    os.environ |= {"OPENAI_API_KEY": "sk-bench", "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_MODE": "PRODUCTION"}
    settle()
    given = list(itertools.islice(inputs(), max(places * waves for places, waves in WAVES.items())))
    ways = {"plain": plain(given), "ours": ours(given), "bare": bare(bodies(given))}
    goals = [
        *rates(ways, 64, 0.95),
        *rates(ways, 256, 0.80),
        *cpu(ways),
        *rerun_and_memory(),
    ]
    print()
    print("\n".join(map(str, goals)))
    sys.exit(not all(goal.holds for goal in goals))


def rates(ways: dict[str, Way], places: int, least: float) -> Iterator[Goal]:
    """Measures how many answers come with so many requests under way; the ideal is one a place every `LATENCY`."""
    print(f"\n{places} in flight, {LATENCY * 1000:.0f} ms: rate / ideal rate")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "calls.jsonl"
        whole, steady, used, busy = measured(ways, places, log)
    for name in ways:
        rate = f"whole {whole[name]:.3f}   steady {steady[name]:.3f}"
        print(f"  {name:<8}{rate}   {used[name]:.2f} ms of CPU a call   busy {busy[name]:.2f}")
    if busy["ours"] > MOST_BUSY:
        print("  Others wanted our core: a rate that is missed here proves nothing; run it again alone.")
    yield Goal(
        f"{places} in flight, whole run of {WAVES[places]} calls a place, rate / ideal", whole["ours"], least, True
    )
    yield Goal(f"{places} in flight, steady, rate / ideal", steady["ours"], least, True)


def measured(ways: dict[str, Way], places: int, log: Path) -> list[dict[str, float]]:
    """Returns the medians of whole and steady rates, CPU milliseconds a call, and what others took, by way."""
    figures: dict[str, list[tuple[float, ...]]] = {name: [] for name in ways}
    with fake_process("--script", "summarizing", "--latency", LATENCY, "--cpu", 1, "--log", log) as url:
        for name, way in (*ways.items(),) * ROUNDS:
            calls = FEWER.get(name, WAVES[places]) * places
            before, others = log.stat().st_size if log.exists() else 0, taken()
            seconds, used = timed(way, url, calls, places)
            ideal = calls * LATENCY / places
            figures[name].append(
                (ideal / seconds, LATENCY / cycle(log, before, places), used, (taken() - others) / seconds)
            )
    return [{name: statistics.median(row[kind] for row in figures[name]) for name in ways} for kind in range(4)]


def cycle(log: Path, start: int, places: int) -> float:
    """Returns the mean seconds after which a place is used again: from a request to the one `places` later."""
    with log.open("rb") as lines:
        lines.seek(start)
        events = map(json.loads, lines)
        arrived = sorted(event["when"] for event in events if event["event"] == "received")
    # The first wave opens the connections.
    return statistics.mean(later - now for now, later in zip(arrived[places:], arrived[2 * places :], strict=False))


def cpu(ways: dict[str, Way]) -> Iterator[Goal]:
    """Measures the CPU time a call takes where the answer is there at once."""
    used: dict[str, list[float]] = {name: [] for name in ways}
    with fake_process("--script", "summarizing", "--cpu", 1) as url:
        for name, way in (*ways.items(),) * (IDLE_ROUNDS + 1):
            used[name].append(timed(way, url, IDLE_CALLS, IDLE_PLACES)[1])
    # What the first round imports and fills is start-up.
    each = {name: statistics.median(figures[1:]) for name, figures in used.items()}
    print("\nno latency: ms of CPU a call")
    for name in ways:
        print(f"  {name:<8}{each[name]:.2f}   {each[name] / each['plain']:.3f} of plain")
    eighth = each["plain"] / 8
    print(f"  an eighth of plain: {eighth:.2f}; beside bare HTTP that leaves {eighth - each['bare']:.2f}, ", end="")
    print(f"ours takes {each['ours'] - each['bare']:.2f}")
    yield Goal("no latency, CPU a call, ours / plain", each["ours"] / each["plain"], 1 / 3)


def timed(way: Way, url: str, calls: int, places: int) -> tuple[float, float]:
    """Returns the seconds that a way takes, and its CPU milliseconds a call."""
    wall, busy = time.perf_counter(), time.process_time()
    way(url, calls, places)
    return time.perf_counter() - wall, 1000 * (time.process_time() - busy) / calls


def taken() -> float:
    """Returns the seconds for which the first core has worked for others than this process."""
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().splitlines()[1].split()[1:9])
    return sum((user, nice, system, *interrupts)) / os.sysconf("SC_CLK_TCK") - time.process_time()


def settle() -> None:
    """Goes to the first core, the server has the second."""
    os.sched_setaffinity(0, {0})
    gc.set_threshold(50_000, 20, 20)


def plain(given: Sequence[Inputs]) -> Way:
    """The loop that one writes first."""
    import instructor
    import litellm

    from agent import prompts
    from agent.schema import SummaryDraft

    litellm.suppress_debug_info = True
    client = instructor.from_litellm(litellm.acompletion, mode=instructor.Mode.JSON_SCHEMA)
    runner = asyncio.Runner()
    asked = [[{"role": m.role, "content": m.content} for m in prompts.render("summarize", one)] for one in given[:5000]]

    async def run(url: str, calls: int, places: int) -> None:
        slots = asyncio.Semaphore(places)

        async def ask(number: int) -> SummaryDraft:
            async with slots:
                return await client.create(
                    model="openai/x", api_base=f"{url}/v1", response_model=SummaryDraft, temperature=0.0,
                    max_tokens=1000, messages=list(asked[number % len(asked)]),
                )  # fmt: skip

        await asyncio.gather(*map(ask, range(calls)))

    return lambda *wanted: runner.run(run(*wanted))


def ours(given: Sequence[Inputs]) -> Way:
    """What the commands use, each time with a cache of its own."""

    def run(url: str, calls: int, places: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            assert asked(url, Path(folder), given[:calls], places) == calls

    return run


def asked(url: str, folder: Path, given: Sequence[Inputs], places: int, each: Callable[[int], None] = id) -> int:
    """Asks about all the papers, says how far it is, and returns the requests it took."""
    from agent.models.base import Completion
    from agent.models.choose import choose
    from agent.models.remote import RemoteModel
    from agent.settings import Settings
    from agent.tasks.summarize import TASK

    model = choose(Settings(model="openai/x", api_base=f"{url}/v1", concurrency=places, cache=folder))
    assert isinstance(model, RemoteModel)
    for number, answer in enumerate(model.complete_each(TASK, given), 1):
        assert isinstance(answer, Completion), answer
        assert not answer.provenance.degraded, answer.provenance.degraded
        each(number)
    model.close()
    return model.receipt.requests


def bare(contents: Sequence[bytes]) -> Way:
    """HTTP alone."""
    from aiohttp import ClientSession, TCPConnector

    headers = {"Authorization": "Bearer sk-bench", "Content-Type": "application/json"}

    async def run(url: str, calls: int, places: int) -> None:
        slots = asyncio.Semaphore(places)

        async def post(number: int) -> None:
            async with slots:
                body = contents[number % len(contents)]
                async with session.post(f"{url}/v1/chat/completions", data=body, headers=headers) as response:
                    assert json.loads(await response.read())["choices"]

        async with ClientSession(connector=TCPConnector(limit=places)) as session:
            await asyncio.gather(*map(post, range(calls)))

    return lambda *wanted: asyncio.run(run(*wanted))


def bodies(given: Sequence[Inputs]) -> list[bytes]:
    """Returns what ours sends."""
    with FakeServer(summarizing) as server, tempfile.TemporaryDirectory() as folder:
        asked(server.url, Path(folder), given[:476], 16)
        return [call.raw for call in server.calls]


def rerun_and_memory() -> Iterator[Goal]:
    """Measures a long run, and then the same questions once more, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        with fake_process("--script", "summarizing", "--cpu", 1) as url:
            memory = child("memory", url, folder, CALLS)
        # Nothing listens any more.
        again = child("cached", url, folder, PAPERS)
        commands = [command(url, Path(folder), count) for count in (PAPERS // 10, PAPERS)]
    sizes = {int(number): size for number, size in memory["sizes"].items()}
    print(f"\nmemory of a run of {CALLS:,} calls, MB: {memory['papers']:.0f} for the papers themselves; after", end=" ")
    print(", ".join(f"{number:,} calls {size:.0f}" for number, size in sizes.items()))
    print(f"\n{PAPERS:,} papers from the cache: {again['ms']:.3f} ms of CPU a paper in complete_each,", end=" ")
    print(f"{(commands[1] - commands[0]) / (PAPERS * 0.9) * 1000:.3f} in all of `digest summarize --format jsonl`")
    yield Goal("cached rerun, ms of CPU a paper", again["ms"], 0.2)
    yield Goal("cached rerun, LiteLLM is imported", again["litellm"], 0)
    yield Goal(f"memory after {CALLS:,} calls / after 1,000", sizes[CALLS] / sizes[1000], 1.05)


def child(*arguments: object) -> Any:
    """Runs one of `CHILDREN` in a process of its own and returns what it found."""
    run = [sys.executable, "-m", "tests.bench.endpoint", *map(str, arguments)]
    return json.loads(subprocess.run(run, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def memory(url: str, folder: str, count: str) -> Any:
    """Asks about many papers; returns the size of the process along the way."""
    list(itertools.islice(inputs(), 1))
    empty = resident()
    given = list(itertools.islice(inputs(), int(count)))
    papers, sizes = resident() - empty, {}

    def note(number: int) -> None:
        if number in {1000, 2000, 5000, 10_000, 20_000}:
            sizes[number] = resident()

    asked(url, Path(folder), given, IDLE_PLACES, note)
    return {"papers": papers, "sizes": sizes}


def cached(url: str, folder: str, count: str) -> Any:
    """Asks what is known already; returns the CPU milliseconds a paper after start-up."""
    given = list(itertools.islice(inputs(), int(count)))
    asked(url, Path(folder), given[:1], IDLE_PLACES)
    started = time.process_time()
    asked(url, Path(folder), given, IDLE_PLACES)
    return {"ms": 1000 * (time.process_time() - started) / len(given), "litellm": int("litellm" in sys.modules)}


def command(url: str, folder: Path, count: int) -> float:
    """Returns the CPU seconds of the whole command over so many papers that are all in the cache."""
    source = folder / f"{count}.jsonl"
    source.write_text("".join(f"{paper.model_dump_json()}\n" for paper in itertools.islice(papers(), count)))
    options = ["--model", "openai/x", "--api-base", f"{url}/v1", "--cache", str(folder), "--format", "jsonl"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = [sys.executable, "-m", "agent", "summarize", "-q", *options, "-o", os.devnull, str(source)]
    subprocess.run(run, cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def inputs() -> Iterator[Inputs]:
    """Yields what is asked about one paper after another, without end."""
    from agent.tasks import summarize

    return (dict(summarize.inputs(paper)) for paper in papers())


def papers() -> Iterator[Any]:
    """Yields the seeds' papers, and then the same with another title and one more sentence, without end."""
    from agent.pipeline import EVERYTHING
    from agent.sources.reading import read

    seeds = list(read([str(ROOT / "seeds")]).library.papers(EVERYTHING))
    for copy in itertools.count():
        for paper in seeds:
            added = {"title": f"{paper.title} ({copy})", "abstract": f"{paper.abstract} This is copy number {copy}."}
            yield paper.model_copy(update={**added, "id": f"{paper.id}-{copy}", "doi": None, "arxiv_id": None})


def resident() -> float:
    """Returns the megabytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


CHILDREN: dict[str, Callable[[str, str, str], Any]] = {"memory": memory, "cached": cached}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ["OPENAI_API_KEY"] = "sk-bench"
        settle()
        print(json.dumps(CHILDREN[sys.argv[1]](*sys.argv[2:])))
    else:
        main()
