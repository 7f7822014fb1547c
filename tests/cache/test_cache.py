import datetime
import errno
import json
import os
import pickle
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import diskcache
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.cache import Cache, care
from agent.cache.care import Imported
from agent.cache.store import Store
from agent.errors import StorageError
from tests.cache.crash import entry, key

ROOT = Path(__file__).parents[2]


def crash(*arguments, prefix=(), check=True):
    """Runs a command of `tests/cache/crash.py` and returns what it printed."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "tests.cache.crash", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    if check:
        assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout else done.returncode


@pytest.fixture
def cache(tmp_path):
    made = Cache(tmp_path / "cache", patience=1)
    yield made
    made.close()


@pytest.fixture
def open_folder():
    """A folder that another user can reach, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def filled(cache, number=200):
    cache.put({key(each): entry(each) for each in range(1, number + 1)})
    cache.close()
    return cache


def run_sql(path, *statements):
    connection = sqlite3.connect(path, isolation_level=None)
    rows = [connection.execute(*statement).fetchall() for statement in statements]
    connection.close()
    return rows[-1]


# Keeping and reading


def test_kept_text_is_readable(cache):
    """An entry comes back as it was put, and any SQLite shell shows it."""
    cache.put({key(1): entry(1), key(2): entry(2)})

    assert [cache.get(key(number)) for number in (1, 2, 3)] == [entry(1), entry(2), None]
    assert run_sql(cache.path, ("SELECT key, value FROM Cache ORDER BY key",)) == [
        (key(1), entry(1)), (key(2), entry(2)),
    ]  # fmt: skip
    assert cache.remarks == []


def test_any_text(cache):
    """Any text of an answer comes back: control characters, NUL, what is no character at all."""

    @settings(deadline=None)
    @given(st.text(st.characters(exclude_categories=())), st.booleans())
    def round_trip(text, ascii_only):
        cache.put({key(1): json.dumps({"answer": text}, ensure_ascii=ascii_only)})

        assert json.loads(cache.get(key(1))) == {"answer": text}

    round_trip()
    assert cache.remarks == []


def test_nothing_is_made_before_it_is_needed(cache):
    """A cache that is only asked leaves no trace."""
    assert cache.get(key(1)) is None
    assert not cache.path.parent.parent.exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [("short", entry(1)), (key(1), ""), (key(1), "[1]"), (key(1), '{"error": 1}'), (key(1), '{"answer": "\0"}')],
)
def test_no_rubbish_gets_in(cache, name, text):
    """What `get` would not give back is refused by `put`."""
    with pytest.raises(ValueError, match="64 hexadecimal"):
        cache.put({name: text})


def test_no_value_files(cache):
    """A long answer stays in the database, too."""
    cache.put({key(1): entry(1, 3_000_000)})

    assert cache.get(key(1)) == entry(1, 3_000_000)
    assert {path.name for path in cache.path.parent.iterdir() if path.is_file()} == {
        "cache.db", "cache.db-wal", "cache.db-shm",
    }  # fmt: skip


def test_rights(tmp_path):
    """Folders are 0700 and files 0600 whatever the umask, also those of SQLite and claims."""
    before = os.umask(0)
    try:
        cache = filled(Cache(tmp_path / "a" / "b"))
        cache.get(key(1))
        cache.put({key(2): entry(2)})
        claim = cache._claims.take(key(1))
        made = list(tmp_path.rglob("*"))
        rights = {(stat.S_ISDIR(mode), mode & 0o777) for mode in (path.stat().st_mode for path in made)}
    finally:
        os.umask(before)
    claim.release()
    cache.close()

    assert {path.name for path in made} >= {"b", "v1", "cache.db", "cache.db-wal", "cache.db-shm", "claims", key(1)}
    assert rights == {(True, 0o700), (False, 0o600)}


def test_rights_of_a_copy(cache):
    """A store that was copied here with everybody's rights is taken back; the folder that was there is left alone."""
    filled(cache)
    cache.path.parent.parent.chmod(0o755)
    cache.path.parent.chmod(0o777)
    cache.path.chmod(0o666)

    cache.put({key(1): entry(1)})
    modes = [path.stat().st_mode & 0o777 for path in (cache.path, cache.path.parent, cache.path.parent.parent)]
    assert modes == [0o600, 0o700, 0o755]


def test_limit(cache):
    """A cache that would outgrow its limit refuses the answer and drops none."""
    filled(cache, 50)
    small = Cache(cache.path.parent.parent, max_size=cache.path.stat().st_size + 20_000)
    small.put({key(number): entry(number) for number in range(100, 105)})
    with pytest.raises(StorageError, match="over its limit") as refused:
        small.put({key(number): entry(number) for number in range(105, 115)})

    assert "prune" in refused.value.hint
    assert [number for number in range(1, 200) if small.get(key(number))] == [*range(1, 51), *range(100, 105)]
    small.put({key(105): entry(105)})
    assert small.get(key(105)) == entry(105)
    small.close()


# Rows and stores of others


class Bomb:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_the_bomb_is_real(tmp_path):
    """What is planted below does go off in plain diskcache."""
    plain = diskcache.Cache(tmp_path / "plain")
    plain["a"] = "text"
    run_sql(
        tmp_path / "plain" / "cache.db",
        ("UPDATE Cache SET mode = 4, value = ?", (pickle.dumps(Bomb(tmp_path / "boom")),)),
    )

    plain.get("a")
    assert (tmp_path / "boom").exists()
    plain.close()


@pytest.mark.parametrize(
    "change",
    [
        "mode = 4, value = :bomb",
        "mode = 4, value = :bomb, raw = 0",
        "mode = 1, value = :bomb",
        "mode = 3, value = NULL, filename = 'good.json'",
        "mode = 2, value = NULL, filename = 'good.json'",
        "mode = 4, value = NULL, filename = 'bomb'",
        "mode = 1, filename = 'bomb'",
        "raw = 0",
        "raw = 'x'",
        "mode = NULL",
        "value = 7",
        "value = NULL",
        "value = CAST(x'ff22' AS TEXT)",
        "value = 'no JSON'",
        "value = '[{\"answer\": 1}]'",
        "value = '{\"error\": {}}'",
        "value = '{\"answer\": ' || replace(hex(zeroblob(100000)), '00', '[')",
        "value = '{\"answer\": ' || replace(hex(zeroblob(5000)), '00', '1') || '}'",
    ],
)
def test_planted_row(cache, tmp_path, change):
    """A row that is no plain answer is a miss and one remark, goes off nowhere, and can be written anew."""
    filled(cache)
    bomb = pickle.dumps(Bomb(tmp_path / "boom"))
    (cache.path.parent / "bomb").write_bytes(bomb)
    (cache.path.parent / "good.json").write_text(entry(1))
    run_sql(cache.path, (f"UPDATE Cache SET {change} WHERE key = :key", {"key": key(1), "bomb": bomb}))  # noqa: S608

    assert [cache.get(key(number)) for number in (1, 1, 2)] == [None, None, entry(2)]
    assert [remark.split(": ")[1][:24] for remark in cache.remarks] == ["rows that are no answers"]
    assert len(care.verify(cache)) == 2
    cache.put({key(1): entry(1)})
    assert cache.get(key(1)) == entry(1)
    assert not (tmp_path / "boom").exists()


def test_planted_key(cache, tmp_path):
    """A pickled key is never looked into, whatever is done with the store."""
    filled(cache, 3)
    insert = "INSERT INTO Cache (key, raw, mode, value) VALUES (?, ?, 1, ?)"
    bomb = pickle.dumps(Bomb(tmp_path / "boom"))
    run_sql(cache.path, (insert, (bomb, 0, entry(1))), (insert, (bomb, 1, entry(1))), (insert, ("\ud7ff\0", 1, "1")))
    run_sql(cache.path, ("INSERT INTO Cache (key, raw, mode, value) VALUES (CAST(x'fffe' AS TEXT), 1, 1, '{}')",))

    assert care.stats(cache).entries == 3
    assert len(care.verify(cache)) == 4
    assert care.export(cache, tmp_path / "out") == 3
    assert care.clear(cache) == 7
    assert not (tmp_path / "boom").exists()


def test_store_fetches_text_only(cache, tmp_path):
    """Not even diskcache's own methods unpickle what stands in a store of ours."""
    filled(cache, 1)
    bomb = pickle.dumps(Bomb(tmp_path / "boom"))
    run_sql(cache.path, ("UPDATE Cache SET mode = 4, value = ?", (bomb,)))
    run_sql(cache.path, ("INSERT INTO Cache (key, raw, mode, value) VALUES (?, 0, 1, '{}')", (bomb,)))
    store = Store(cache.path, 1)

    assert store.get(key(1)) is None
    with pytest.raises(OSError, match="not a row of ours"):
        list(store.iterkeys())
    with pytest.raises(TypeError):
        store.set(key(1), Bomb(tmp_path / "boom"))
    store.close()
    assert not (tmp_path / "boom").exists()


def overwrite(path, start, content):
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


def another_disk(path):
    path.unlink()
    plain = diskcache.Cache(path.parent, disk=diskcache.JSONDisk, disk_compress_level=6)
    plain["a"] = 1
    plain.close()


def another_table(path):
    path.unlink()
    run_sql(path, ("CREATE TABLE Cache (rowid INTEGER PRIMARY KEY, key TEXT, value TEXT)",))


def a_folder(path):
    path.unlink()
    path.mkdir()


def a_pipe(path):
    path.unlink()
    os.mkfifo(path)


BROKEN = {
    "garbage": lambda path: path.write_bytes(os.urandom(50_000)),
    "text": lambda path: path.write_text("a note to myself"),
    "empty": lambda path: path.write_bytes(b""),
    "no header": lambda path: overwrite(path, 0, bytes(100)),
    "another disk": another_disk,
    "another table": another_table,
    "no table": lambda path: run_sql(path, ("DROP TABLE Cache",)),
    "a view": lambda path: run_sql(path, ("DROP TABLE Cache",), ("CREATE VIEW Cache AS SELECT 1 AS key",)),
    "no settings": lambda path: run_sql(path, ("DROP TABLE Settings",)),
    "a folder": a_folder,
    "a pipe": a_pipe,
}


@pytest.mark.parametrize("breaking", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("first", ["get", "put"])
def test_broken_store(cache, breaking, first):
    """A store that is broken or not ours is moved aside whole, said so once, and a new one works at once."""
    filled(cache)
    breaking(cache.path)
    kind = stat.S_IFMT(cache.path.stat().st_mode)

    if first == "get":
        cache.get(key(1))
    cache.put({key(7): entry(7)})
    assert cache.get(key(7)) == entry(7)
    (remark,) = cache.remarks
    aside = cache.path.parent.with_name("v1.damaged-1")
    assert str(aside) in remark
    assert stat.S_IFMT((aside / "cache.db").stat().st_mode) == kind
    assert care.verify(Cache(cache.path.parent.parent)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("set", "x"),
        ("close", "x"),
        ("sqlite_synchronous", 0),
        ("sqlite_user_version", 7),
        ("disk_filename", "x"),
        (b"x", 1),
    ],
)
def test_planted_setting(cache, name, value):
    """Settings that would change how diskcache works are without effect."""
    filled(cache)
    run_sql(cache.path, ("INSERT OR REPLACE INTO Settings VALUES (?, ?)", (name, value)))

    cache.put({key(999): entry(999)})
    assert [cache.get(key(1)), cache.get(key(999))] == [entry(1), entry(999)]
    assert cache.change(lambda store: store._shared.execute("PRAGMA synchronous").fetchone()) == (2,)
    assert run_sql(cache.path, ("PRAGMA user_version",)) == [(0,)]
    assert cache.remarks == []


@pytest.mark.parametrize(
    "breaking",
    [
        lambda path: overwrite(path, path.stat().st_size // 2 // 4096 * 4096, os.urandom(4096)),
        lambda path: os.truncate(path, path.stat().st_size * 3 // 4),
    ],
    ids=["a page", "the end"],
)
def test_rescue(cache, breaking):
    """What can still be read of a broken store is carried over; nothing of it is read wrongly."""
    filled(cache, 400)
    breaking(cache.path)

    found = [cache.get(key(number)) for number in range(1, 401)]
    assert sum(text is not None for text in found) > 200
    assert all(text in (None, entry(number)) for number, text in enumerate(found, 1))
    assert "carried over" in cache.remarks[0]
    assert care.verify(Cache(cache.path.parent.parent)) == []


def test_second_breakdown(cache):
    """A store that breaks again is moved aside again, under another number."""
    for number in (1, 2):
        filled(cache, 3)
        cache.path.write_text("garbage")
        cache.get(key(1))

        assert cache.path.parent.with_name(f"v1.damaged-{number}").exists()


def test_many_meet_a_broken_store(cache):
    """Of several processes that meet a broken store one replaces it, and none loses what it kept."""
    filled(cache, 3)
    cache.path.write_text("garbage")

    ended = crash("meet", cache.path.parent.parent)
    assert [(child, code) for child, code in ended if code or cache.get(key(child)) is None] == []
    assert sorted(path.name for path in cache.path.parent.parent.iterdir()) == ["v1", "v1.damaged-1"]


def test_store_moved_by_another(cache):
    """A run goes over to the new store when another one has moved the old aside."""
    cache.put({key(1): entry(1)})
    other = Cache(cache.path.parent.parent)
    cache.path.rename(cache.path.with_name("gone"))
    other.put({key(2): entry(2)})
    cache.put({key(3): entry(3)})

    assert [other.get(key(number)) for number in (1, 2, 3)] == [None, entry(2), entry(3)]
    assert cache.get(key(2)) == entry(2)
    other.close()


# Out of reach


@pytest.mark.parametrize("lock", ["BEGIN EXCLUSIVE", "PRAGMA locking_mode = EXCLUSIVE"])
def test_locked(cache, lock):
    """While another process keeps the store locked answers are read, and putting fails in the time set, once."""
    filled(cache)
    impatient = Cache(cache.path.parent.parent, patience=0.3)
    holder = sqlite3.connect(cache.path, isolation_level=None)
    holder.execute(lock)
    holder.execute("UPDATE Cache SET tag = 1 WHERE 0")

    start = time.monotonic()
    assert all(impatient.get(key(number)) == entry(number) for number in range(1, 201))
    for number in range(300, 400):
        with pytest.raises(StorageError, match="locked"):
            impatient.put({key(number): entry(number)})
        assert impatient.get(key(1)) == entry(1)
    assert time.monotonic() - start < 1.5
    holder.close()
    impatient.put({key(7): entry(8)})
    assert impatient.get(key(7)) == entry(8)
    impatient.close()


def test_folder_is_a_file(tmp_path):
    """A cache that cannot be is a remark and a clear error, and quick."""
    (tmp_path / "file").write_text("mine")
    cache = Cache(tmp_path / "file")

    assert [cache.get(key(number)) for number in range(1000)] == [None] * 1000
    with pytest.raises(StorageError, match=os.strerror(errno.ENOTDIR)):
        cache.put({key(1): entry(1)})
    assert len(cache.remarks) == 1
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("rights", [(0o555, 0o444), (0o555, 0o666), (0o755, 0o444)])
def test_read_only(open_folder, rights):
    """Answers of a store that one may only read are read; putting and claiming say why they cannot."""
    cache = filled(Cache(open_folder))
    cache.path.parent.chmod(rights[0])
    cache.path.chmod(rights[1])
    (cache.path.parent / "claims").chmod(rights[0])

    told = crash("stranger", open_folder)
    cache.path.parent.chmod(0o700)
    assert told["read"]
    assert not told["kept"]
    assert "cannot be kept" in told["failed"][0]
    assert "none can be kept" in told["remarks"][0]
    assert told["seconds"] < 3


@pytest.mark.skipif(os.geteuid() != 0, reason="needs two users")
def test_no_right_to_look(open_folder):
    """A store that one may not even look into is a remark and an error."""
    filled(Cache(open_folder))

    told = crash("stranger", open_folder)
    assert not told["read"]
    assert len(told["remarks"]) == len(told["failed"]) == len(told["claims"]) == 1


def test_no_room(cache):
    """When files cannot grow any more putting says so, what was kept stays, and answers are read."""
    filled(cache)

    told = crash("starved", cache.path.parent.parent)
    assert told["read"]
    assert not told["lost"]
    assert "full" in " ".join(told["failed"])
    assert told["again"]
    assert care.verify(cache) == []


def test_full_disk(cache, tmp_path):
    """On a disk that is really full, too."""
    mounted = tmp_path / "small"
    mounted.mkdir()
    mount = f"mount -t tmpfs -o size=1500k none {mounted}"
    if subprocess.run(["unshare", "-rm", "sh", "-c", mount], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    filled(cache)
    starve = f"exec {sys.executable} -m tests.cache.crash full {mounted}"
    script = f"{mount} && cp -r {cache.path.parent} {mounted} && {starve}"

    told = crash(prefix=["unshare", "-rm", "sh", "-c", script])
    assert told["read"]
    assert told["kept"]
    assert not told["lost"]
    assert all("the disk is full" in message for message in [told["large"], *told["failed"]])


# Threads, processes, sudden ends


def test_threads(cache):
    """Threads of one process may put and get at once."""

    def work(start):
        for number in range(start, start + 50):
            cache.put({key(number): entry(number)})
            found.append(cache.get(key(number)) == entry(number))

    found = []
    threads = [threading.Thread(target=work, args=(start,)) for start in range(0, 400, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 400
    assert care.stats(cache).entries == 400


def test_nothing_is_paid_twice(tmp_path):
    """Eight processes that want the same 200 answers pay for each once, from the first moment of an empty folder."""
    assert crash("pay", tmp_path) == [0] * 8

    assert sorted(map(int, (tmp_path / "paid").read_text().split())) == list(range(200))
    cache = Cache(tmp_path)
    assert all(cache.get(key(number)) == entry(number) for number in range(200))
    assert list((tmp_path / "v1" / "claims").iterdir()) == []
    cache.close()


def test_killed_after_put(tmp_path):
    """An answer that was acknowledged outlives `kill -9`."""
    assert crash("put_and_die", tmp_path, check=False) == -9

    assert Cache(tmp_path).get(key(1)) == entry(1)


def test_killed_at_any_moment(tmp_path):
    """After thirty kills every acknowledged answer is there and the database is whole."""
    acknowledged = crash("kills", tmp_path)
    cache = Cache(tmp_path)

    assert len(acknowledged) > 30
    assert [number for number in acknowledged if cache.get(key(number)) != entry(number)] == []
    assert care.verify(cache) == []
    cache.close()


# Care


def dated(model, made_at, text="x"):
    return json.dumps({"answer": text, "provenance": {"model": model, "made_at": made_at}})


@pytest.fixture
def mixed(cache):
    cache.put(
        {
            key(1): dated("openai/a", "2025-03-10T12:00:00Z"),
            key(2): dated("openai/a", "2025-04-10T12:00:00Z"),
            key(3): dated("ollama_chat/b", "2025-05-10T12:00:00Z"),
            key(4): '{"answer": 1}',
            key(5): '{"answer": 1, "provenance": [], "x": 1}',
        }
    )
    return cache


def test_stats(mixed):
    """The statistics count entries, bytes, days and models."""
    told = care.stats(mixed)

    assert told.bytes > 10_000
    assert told.model_dump(exclude={"bytes", "path"}) == {
        "entries": 5,
        "oldest": "2025-03-10T12:00:00Z",
        "newest": "2025-05-10T12:00:00Z",
        "by_model": {"openai/a": 2, "unknown": 2, "ollama_chat/b": 1},
    }


def test_stats_of_nothing(cache):
    """No cache is an empty cache, and asking makes none."""
    assert care.stats(cache).entries == 0
    assert care.verify(cache) == []
    assert not cache.path.parent.exists()


@pytest.mark.parametrize(
    ("which", "left"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"model": "openai/a"}, [3, 4, 5]),
        ({"before": datetime.date(2025, 5, 1)}, [3, 4, 5]),
        ({"before": datetime.date(2025, 5, 10)}, [3, 4, 5]),
        ({"before": datetime.date(2025, 5, 11)}, [4, 5]),
        ({"model": "openai/a", "before": datetime.date(2025, 4, 1)}, [2, 3, 4, 5]),
    ],
)
def test_prune(mixed, which, left):
    """Pruning removes the answers of a model, of before a day, or both; what has no day stays."""
    assert care.prune(mixed, **which) == 5 - len(left)
    assert [number for number in range(1, 6) if mixed.get(key(number))] == left


def test_clear(mixed):
    """Clearing removes everything and gives the room back."""
    filled(mixed, 300)
    before = mixed.path.stat().st_size

    assert care.clear(mixed) == 300
    mixed.close()
    assert care.stats(mixed).entries == 0
    assert mixed.path.stat().st_size < before / 5


def test_export_and_import(cache, tmp_path):
    """What one cache exports another one takes in, word for word, and once only."""
    other = Cache(tmp_path / "other")
    target = tmp_path / "export.jsonl"
    any_text = st.text(st.characters(exclude_categories=()))

    @settings(max_examples=20, deadline=None)
    @given(st.dictionaries(st.integers(0, 2**256 - 1), any_text, max_size=5), st.booleans())
    def round_trip(texts, ascii_only):
        pairs = {key(number): {"answer": text} for number, text in texts.items()}
        care.clear(cache)
        care.clear(other)
        cache.put({name: json.dumps(pair, ensure_ascii=ascii_only, indent=1) for name, pair in pairs.items()})

        assert care.export(cache, target) == len(pairs)
        assert care.import_(other, target) == Imported(added=len(pairs))
        assert care.import_(other, target) == Imported(known=len(pairs))
        assert {name: json.loads(other.get(name)) for name in pairs} == pairs

    round_trip()
    other.close()


def test_import_of_broken_lines(mixed, tmp_path):
    """A broken line is told with its place, another answer is never overwritten, and the rest is taken in."""
    fine = json.dumps({"key": key(9), "entry": {"answer": 9}})
    lines = [
        fine, "", "no JSON", "[]", '{"key": 1}', '{"key": "short", "entry": {"answer": 1}}',
        json.dumps({"key": key(8), "entry": {"error": 1}}), json.dumps({"key": key(4), "entry": {"answer": 2}}),
        json.dumps({"key": key(9), "entry": {"answer": 10}}), fine, "[" * 100_000,
    ]  # fmt: skip
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b'\n{"key": "\xff"}')

    told = care.import_(mixed, source)
    assert (told.added, told.known) == (1, 1)
    places = [int(reason.removeprefix(f"{source}:").split(":")[0]) for reason in told.refused]
    assert places == [2, 3, 4, 5, 6, 7, 8, 9, 11, 12]
    assert mixed.get(key(9)) == '{"answer": 9}'
    assert mixed.get(key(4)) == '{"answer": 1}'


def test_export_is_whole_or_not_at_all(mixed, tmp_path):
    """An export that cannot be written is an error and leaves nothing behind."""
    with pytest.raises(StorageError, match="cannot be written"):
        care.export(mixed, tmp_path / "none" / "out.jsonl")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="cannot be written"):
        care.export(mixed, tmp_path / "folder")
    with pytest.raises(StorageError, match="cannot be read"):
        care.import_(mixed, tmp_path / "none.jsonl")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "folder"]
