"""Processes that the tests of the cache start, kill and starve: `python -m tests.cache.crash <command> <folder>`."""

import json
import os
import random
import resource
import select
import signal
import sys
import time
from pathlib import Path

from agent.cache import Cache
from agent.cache.claims import Claims
from agent.errors import StorageError


def key(number):
    return f"{number:064x}"


def entry(number, size=1500):
    return json.dumps({"answer": {"text": f"{number} " + "x" * size}, "provenance": {"model": "openai/x"}})


def forked(work):
    """Runs it in a process that never comes back from it; returns its number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def kills(folder, rounds=30):
    """Kills a writer at any moment, again and again; prints the numbers of the answers that it had acknowledged."""
    chance = random.Random(7)  # noqa: S311
    acknowledged = []
    for start in range(rounds):
        readable, writable = os.pipe()

        def write(start=start, writable=writable):
            cache = Cache(folder)
            for number in range(start * 10_000, start * 10_000 + 9_999):
                cache.put({key(number): entry(number)})
                os.write(writable, b"%d\n" % number)

        child = forked(write)
        select.select([readable], [], [], 5)
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(writable)
        with os.fdopen(readable) as file:
            acknowledged += map(int, file.read().split())
    tell(acknowledged)


def pay(folder, processes=8, keys=200):
    """Lets several processes want the same answers at once; each payment is a line of `paid`."""
    log = os.open(folder / "paid", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def want(start):
        cache, claims = Cache(folder), Claims(folder)
        left = [(number + start) % keys for number in range(keys)]
        while left:
            number = left.pop(0)
            if cache.get(key(number)):
                continue
            claim = claims.take(key(number))
            if claim is None:
                left.append(number)
                continue
            if cache.get(key(number)) is None:
                claim.mark()
                os.write(log, b"%d\n" % number)
                cache.put({key(number): entry(number)})
            claim.release()
        assert not cache.remarks
        assert not claims.remarks

    children = [forked(lambda start=start: want(start * 3)) for start in range(processes)]
    tell([os.waitpid(child, 0)[1] for child in children])


def die(folder, marked):
    """Dies with a claim in its hands."""
    claim = Claims(folder).take(key(1))
    if marked == "marked":
        claim.mark()
    os.kill(os.getpid(), signal.SIGKILL)


def put_and_die(folder):
    """Dies right after an answer was acknowledged."""
    Cache(folder).put({key(1): entry(1)})
    os.kill(os.getpid(), signal.SIGKILL)


def stranger(folder):
    """Tries everything as somebody without a right to write, which root never is."""
    if os.geteuid() == 0:
        os.setresuid(65534, 65534, 65534)
    report(folder)


def starved(folder):
    """Tries everything where no file may grow any further, then where one may again."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, ceiling = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "v1" / "cache.db").stat().st_size + 50_000, ceiling))
    cache = Cache(folder, patience=1)
    told = tried(cache, folder, 400)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ceiling, ceiling))
    cache.put({key(999): entry(999)})
    tell(told | {"again": cache.get(key(999)) == entry(999)})


def full(folder):
    """Tries everything on a disk without room for it, first with an answer too large for SQLite's memory."""
    cache = Cache(folder, patience=1)
    try:
        cache.put({key(1): entry(1, 40_000_000)})
    except StorageError as error:
        tell(tried(cache, folder, 800) | {"large": error.message})


def report(folder):
    tell(tried(Cache(folder, patience=1), folder, 2))


def meet(folder):
    """Lets eight processes meet the same broken store at once."""

    def want():
        cache = Cache(folder)
        cache.get(key(1))
        cache.put({key(os.getpid()): entry(1)})

    children = [forked(want) for _ in range(8)]
    tell([os.waitpid(child, 0) for child in children])


def tried(cache, folder, number):
    claims = Claims(folder)
    kept, failed = [], []
    start = time.monotonic()
    for each in range(2, number + 1):
        try:
            cache.put({key(each): entry(each)})
            kept.append(each)
        except StorageError as error:
            failed.append(error.message)
        if len(failed) == 20:
            break
    claim = claims.take(key(3))
    claim.mark()
    claim.release()
    return {
        "read": cache.get(key(1)) == entry(1),
        "kept": kept,
        "lost": [each for each in kept if cache.get(key(each)) != entry(each)],
        "failed": sorted(set(failed)),
        "remarks": cache.remarks,
        "claims": claims.remarks,
        "seconds": time.monotonic() - start,
    }


def tell(value):
    sys.stdout.write(json.dumps(value))


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
