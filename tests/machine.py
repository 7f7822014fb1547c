"""How slow this machine is at the moment: others may share it, and a bound in seconds is one of an ordinary machine."""

import time

ORDINARY = 0.05
"""Seconds of CPU that an ordinary machine takes for a million additions in CPython."""


def slowness() -> float:
    """How many times as long as an ordinary machine this one takes; never less than 1."""
    return max(1.0, min(_timed() for _ in range(3)) / ORDINARY)


def _timed() -> float:
    begin = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return time.process_time() - begin
