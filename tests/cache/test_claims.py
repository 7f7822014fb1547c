import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from agent.cache import claims as module
from agent.cache.claims import Claims
from tests.cache.crash import key

ROOT = Path(__file__).parents[2]


def die_with_claim(folder, how):
    done = subprocess.run([sys.executable, "-m", "tests.cache.crash", "die", str(folder), how], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL


def test_one_holder(tmp_path):
    """A key is held once, by anyone; another key is free."""
    claims, others = Claims(tmp_path), Claims(tmp_path)
    held = claims.take(key(1))

    assert others.take(key(1)) is None
    assert claims.take(key(1)) is None
    assert others.take(key(2)) is not None
    held.release()
    again = others.take(key(1))
    assert not again.unfinished
    again.release()


def test_another_process(tmp_path):
    """A key that one process holds is not to be had in another, until it ends."""
    script = "import sys, pathlib, agent.cache.claims as c; k = c.Claims(pathlib.Path(sys.argv[1])).take(sys.argv[2])"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{script}; print(1, flush=True); input()", str(tmp_path), key(1)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    holder.stdout.readline()

    assert Claims(tmp_path).take(key(1)) is None
    holder.communicate(b"\n")
    assert Claims(tmp_path).take(key(1)) is not None


def test_closing_another_descriptor(tmp_path):
    """Reading a claim's file elsewhere in the process does not drop the lock, as lockf would."""
    held = Claims(tmp_path).take(key(1))
    (tmp_path / "v1" / "claims" / key(1)).read_text()

    assert Claims(tmp_path).take(key(1)) is None
    held.release()


@pytest.mark.parametrize(("how", "unfinished"), [("marked", True), ("unmarked", False)])
def test_killed_holder(tmp_path, how, unfinished):
    """Whoever takes the key of a killed holder learns whether its call may have been sent."""
    die_with_claim(tmp_path, how)
    claim = Claims(tmp_path).take(key(1))

    assert claim.unfinished is unfinished
    claim.release()
    assert not Claims(tmp_path).take(key(1)).unfinished


@pytest.mark.parametrize(
    ("marked", "finished", "unfinished"),
    [(True, True, False), (True, False, True), (False, False, False), (False, True, False)],
)
def test_release(tmp_path, marked, finished, unfinished):
    """Only a call that was sent and came to no end leaves something behind."""
    claims = Claims(tmp_path)
    claim = claims.take(key(1))
    if marked:
        claim.mark()
    claim.release(finished=finished)
    claim.release()

    assert [path.name for path in (tmp_path / "v1" / "claims").iterdir()] == [key(1)] * unfinished
    assert claims.take(key(1)).unfinished is unfinished


def test_unfinished_stays_until_finished(tmp_path):
    """Giving up an unfinished key without a call leaves it unfinished for the next."""
    die_with_claim(tmp_path, "marked")
    Claims(tmp_path).take(key(1)).release(finished=False)

    assert Claims(tmp_path).take(key(1)).unfinished


def test_released_between_open_and_lock(tmp_path):
    """Whoever opened the file that its holder then removes gets the key by a file that stands."""
    held = [Claims(tmp_path).take(key(1))]

    class Late(Claims):
        def _open(self, path):
            descriptor = super()._open(path)
            while held:
                held.pop().release()
            return descriptor

    late = Late(tmp_path).take(key(1))
    assert late is not None
    assert Claims(tmp_path).take(key(1)) is None


def test_release_against_take(tmp_path):
    """Under a storm of takes and releases two threads never hold the same key."""
    holders, overlaps, taken = [], [], []

    def storm():
        claims = Claims(tmp_path)
        for _ in range(1500):
            claim = claims.take(key(1))
            if claim is not None:
                holders.append(1)
                overlaps.append(len(holders) > 1)
                taken.append(1)
                holders.pop()
                claim.release()

    threads = [threading.Thread(target=storm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) > 100
    assert not any(overlaps)


def test_forked_child_keeps_no_lock(tmp_path):
    """A key that is released is free although a forked child still has the descriptor."""
    claim = Claims(tmp_path).take(key(1))
    copy = os.dup(claim._descriptor)
    claim.mark()
    claim.release(finished=False)

    assert Claims(tmp_path).take(key(1)) is not None
    os.close(copy)


@pytest.mark.parametrize("lacking", ["flock", "folder"])
def test_without_locks(tmp_path, monkeypatch, lacking):
    """Where there is nothing to lock, claims do nothing and say so once."""
    if lacking == "flock":
        monkeypatch.setattr(module, "fcntl", None)
    else:
        (tmp_path / "v1").write_text("a file")
    claims = Claims(tmp_path)

    for number in (1, 1, 2):
        claim = claims.take(key(number))
        claim.mark()
        assert not claim.unfinished
        claim.release()
    assert len(claims.remarks) == 1
