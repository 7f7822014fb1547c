"""`python -m tests.fakes --script summarizing --latency 0.5 --log calls.jsonl`: the URL is the first line printed.

At the end, on SIGTERM, SIGINT or when the parent is gone, a JSON line tells calls, highest and CPU seconds.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import signal
import time
from pathlib import Path

from tests.fakes.scripts import named
from tests.fakes.server import FakeServer

ENDS = {signal.SIGTERM, signal.SIGINT}


def main() -> None:
    """Serves until told to end."""
    options = _options()
    parent = os.getppid()
    if options.cpu is not None:
        os.sched_setaffinity(0, {options.cpu})
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    # Blocked before the server's thread begins, so that only the wait below sees them.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    # Thousands of open connections are not garbage, and looking through them is a quarter of the time.
    gc.set_threshold(100_000)
    script = named(options.script)
    with FakeServer(
        script, latency=options.latency, models=options.models, log=options.log, port=options.port, keep=False
    ) as server:
        print(server.url, flush=True)  # noqa: T201
        while os.getppid() == parent and not signal.sigtimedwait(ENDS, 1.0):
            pass
    ending = {"calls": server.received, "highest": server.highest, "cpu_seconds": time.process_time()}
    print(json.dumps(ending), flush=True)  # noqa: T201


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=named.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", default="summarizing", help="NAME or NAME@WHEN")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds a chat call")
    parser.add_argument("--models", nargs="+", default=["x", "qwen3:8b"])
    parser.add_argument("--log", type=Path)
    parser.add_argument("--cpu", type=int, help="the one CPU to run on")
    return parser.parse_args()


if __name__ == "__main__":
    main()
