import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import StorageError
from agent.library import Library
from agent.library.database import Database
from agent.library.tables import MIGRATIONS, VERSION
from agent.schema import Window
from agent.sources import adding
from tests.conftest import ROOT
from tests.examples import paper
from tests.library.test_merging import SOME

ALL = Window(label="all", undated=True)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kept" / "library.sqlite3"


def filled(path, *titles):
    with Library(path) as made:
        for title in titles or ("One", "Two"):
            made.add(paper(title))
    return path


def titles(path):
    with Library(path) as made:
        return [one.title for one in made.all()]


def started(*arguments):
    """A process of `tests/library/processes.py`, after its first line."""
    command = [sys.executable, "-m", "tests.library.processes", *map(str, arguments)]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return child, child.stdout.readline().strip()


def test_papers_are_kept(path):
    """A library on disk gives back what was added, in reading order, as one in memory does."""
    papers = [paper("A", seen=None), paper("B", doi="10.1/b", authors=("A B",)), paper("A", source="b.txt:2")]
    memory = Library()
    with Library(path) as disk:
        for one in papers:
            assert disk.add(one) == memory.add(one)

    with Library(path) as disk:
        assert list(disk.all()) == list(disk.papers(ALL)) == list(memory.all())


def test_it_is_private(path):
    """Folder and file are for their owner alone, whatever SQLite makes beside it too."""
    with Library(path) as made, made.transaction():
        made.add(paper())
        modes = {one.stat().st_mode & 0o777 for one in path.parent.iterdir()}

        assert (path.parent.stat().st_mode & 0o777, modes) == (0o700, {0o600})
    assert [one.name for one in path.parent.iterdir()] == ["library.sqlite3"]


@settings(max_examples=20)
@given(st.lists(SOME, max_size=6))
def test_adding_again_changes_nothing(records):
    """Whatever is added, adding the same again leaves the same papers, sightings and words."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "l") as made:
        states = []
        for _ in range(2):
            for number, record in enumerate(records):
                made.add(paper(**record, source=f"a.txt:{number}"))
            states.append((list(made.all()), [made.count(word) for word in "ABCD"]))

        assert states[0] == states[1]


def test_what_became_of_a_paper(path):
    """Adding tells what was new, what brought a field or a place, and what was known."""
    with Library(path) as made:
        first = made.enter(paper())
        told = [made.enter(one) for one in (paper(), paper(source="b.txt:1"), paper(doi="10.1/a"))]

        assert (first.new, first.changed) == (True, True)
        assert [(one.new, one.changed) for one in told] == [(False, False), (False, True), (False, True)]


def test_all_or_nothing(path):
    """What is added in a transaction that fails is gone, from the index too, and what was there before is not."""
    filled(path, "One")

    with Library(path) as made:
        with pytest.raises(ZeroDivisionError), made.transaction():  # noqa: PT012
            made.add(paper("Two"))
            made.add(paper("One", doi="10.1/a"))
            1 / 0  # noqa: B018
        assert [(one.title, one.doi) for one in made.all()] == [("One", None)]
        assert made.count("two") == 0


def test_removal(path):
    """Papers are removed with all that is known of them, or, where one of them is not there, none is."""
    filled(path, "Moors", "Fens", "Bogs")
    with Library(path) as made:
        ids = [one.id for one in made.all()]
        with pytest.raises(KeyError):
            made.remove([ids[0], "t:nowhere"])
        assert len(made) == 3
        made.remove([ids[0], ids[2], ids[0]])

        assert [one.title for one in made.all()] == ["Fens"]
        assert [made.count(word) for word in ("moor", "fen", "bog", "peat")] == [0, 1, 0, 1]
        assert made.sightings == 1
        assert made.enter(paper("Moors")).new


def test_readers_see_whole_adds(path):
    """Another reader sees nothing of an add before its end, and one that holds on sees nothing of it after it."""
    filled(path, "One")
    with Library(path) as writer, Library(path) as reader, Library(path) as holding:
        holding.hold()
        with writer.transaction():
            writer.add(paper("Two"))
            writer.add(paper("Three"))
            assert len(reader) == 1

        assert (len(reader), len(holding), len(list(holding.all()))) == (3, 1, 1)
        with pytest.raises(StorageError, match="cannot be written"):
            holding.add(paper("Four"))


def test_two_at_once(tmp_path, path):
    """Two processes that add to a library that is not there yet both end, and everything is in it once."""
    for name, numbers in (("a", range(60)), ("b", range(30, 90))):
        lines = (json.dumps({"title": f"Paper {n}", "abstract": f"It is the paper number {n}."}) for n in numbers)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines))
    children = [started("add", path, tmp_path / f"{name}.jsonl")[0] for name in "ab"]
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()

    assert [child.wait(30) for child in children] == [0, 0]
    assert len(set(titles(path))) == len(titles(path)) == 90
    with Library(path) as made:
        assert made.sightings == 120
    for child in children:
        child.communicate()


def test_killed_in_the_middle(path):
    """A process that is killed in the middle of an add leaves the library as it was, and nobody has to wait for it."""
    filled(path, "One")
    child, told = started("hang", path)
    with closing(sqlite3.connect(path, timeout=0)) as other, pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    child.send_signal(signal.SIGKILL)
    child.communicate()

    assert (told, child.returncode) == ("half", -signal.SIGKILL)
    assert titles(path) == ["One"]
    assert titles(filled(path, "Two")) == ["One", "Two"]


def test_waiting_ends(path):
    """A library that another process does not let go of is an error that says so."""
    filled(path)
    with closing(Database(path)) as one, closing(Database(path)) as other, one.transaction():
        with pytest.raises(StorageError, match="another process has been writing") as caught, other.transaction(0.05):
            pass
        assert caught.value.hint == "Try again when it is done."


def test_no_room(path):
    """Where files cannot grow any more an add says so, and the library is as it was."""
    filled(path, "One")
    child, told = started("starve", path)
    child.communicate()

    assert told.startswith(f"{path}: the disk is full or fails")
    assert titles(path) == ["One"]


def test_a_damaged_header(path):
    """A file that is no longer SQLite is reported and left alone."""
    filled(path)
    spoil(path, 0, b"nonsense")

    refused(path, "it is not an SQLite file")


def test_damage(path):
    """Whichever page of a file is garbage: either what is read is right, or the damage is reported; never changed."""
    filled(path, *(f"Paper {number}" for number in range(40)))
    sound, whole, outcomes = path.read_bytes(), titles(path), set()
    for start in range(0, len(sound), 4096):
        path.write_bytes(sound[:start] + bytes(range(256)) * 16 + sound[start + 4096 :])
        before = path.read_bytes()
        try:
            with Library(path) as made:
                made.search(["paper"])
                assert [one.title for one in made.all()] == whole
            outcomes.add("")
        except StorageError as error:
            outcomes.add(error.message.partition(":")[2][:23])
        assert path.read_bytes() == before

    assert " the library is damaged" in outcomes


def test_a_file_that_was_cut_short(path):
    """A file that lost its end is reported and left alone."""
    filled(path, *(f"Paper {number}" for number in range(40)))
    os.truncate(path, path.stat().st_size // 2)

    refused(path, "damaged|disk", work=lambda made: (list(made.all()), made.search(["paper"])))


COLOURED = """'{"title": "A", "abstract": "B", "colour": "red"}'"""


@pytest.mark.parametrize("spoiled", ["'{}'", "'no'", "7", "x'ff'", "NULL", COLOURED])
def test_a_record_that_is_none(path, spoiled):
    """A record that somebody spoiled is reported by whatever meets it."""
    filled(path)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("UPDATE sqlite_master SET sql = replace(sql, 'record TEXT NOT NULL', 'record')")
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(f"UPDATE papers SET record = {spoiled}, day = 'soon' WHERE number = 2")  # noqa: S608

    works = [lambda made: list(made.all()), lambda made: made.newest(), lambda made: made.find("t:")]
    if spoiled != COLOURED:
        works += [lambda made: made.add(paper("Two", url="https://a.example/")), lambda made: made.remove([last(path)])]
    for work in works:
        refused(path, "damaged", work)


def last(path):
    """The id of the last paper."""
    with closing(sqlite3.connect(path)) as other:
        return other.execute("SELECT id FROM papers ORDER BY number DESC").fetchone()[0]


def test_not_ours(path):
    """What another program made, an empty file, a folder and a newer library are refused and left alone."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE songs (title TEXT)")
    refused(path, "another program made this SQLite file")
    path.write_bytes(b"")
    refused(path, "it is empty")
    path.write_text("Buy milk.\n" * 100)
    refused(path, "it is not an SQLite file")
    path.unlink()
    with closing(sqlite3.connect(filled(path))) as other, other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    refused(path, "made by a newer digest")
    with pytest.raises(StorageError, match="not a file"):
        Library(path.parent)


def test_a_place_that_cannot_be_made(path):
    """A library below a file cannot be made, which is said."""
    path.parent.write_text("a file")

    with pytest.raises(StorageError, match="cannot be made"):
        Library(path)


@pytest.mark.parametrize("folder_too", [False, True])
@pytest.mark.skipif(os.geteuid() != 0, reason="needs two users")
def test_read_only(folder_too):
    """A library that one may only read is read and searched; adding to it is an error."""
    with reachable() as folder:
        path = filled(folder / "library.sqlite3", "Peat")
        path.chmod(0o444)
        folder.chmod(0o555 if folder_too else 0o777)

        child, told = started("stranger", path)
        child.communicate()
        assert told.startswith(f"Peat|Peat|1|{path}: the library cannot be written")


def test_older_libraries_are_brought_up_to_date(path):
    """A file of an older version gets what it lacks, in one go; where that fails it stays what it was."""
    filled(path, "One")
    newer = "ALTER TABLE papers ADD COLUMN note TEXT; UPDATE papers SET note = 'a;b'; "
    with pytest.raises(StorageError, match="no such table: nowhere"):
        Database(path, scripts=(*MIGRATIONS, f"{newer} DELETE FROM nowhere;"))  # noqa: S608
    assert titles(path) == ["One"]

    with closing(Database(path, scripts=(*MIGRATIONS, newer, "UPDATE papers SET note = note || '!'"))) as database:
        assert database.rows("SELECT note FROM papers") == [("a;b!",)]
        assert database.rows("PRAGMA user_version") == [(VERSION + 2,)]
    refused(path, "newer digest")


def test_the_first_version_stays():
    """The tables of version 1 are on the disks of users, so that their script never changes."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(MIGRATIONS[0])
        columns = made.execute("SELECT name FROM pragma_table_info('papers')").fetchall()
        tables = made.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'words_%'")

        assert [name for (name,) in columns] == ["number", "id", "record", "day", "kind", "kind_by"]
        assert {name for (name,) in tables} == {"papers", "sightings", "keys", "words"}


def test_what_was_added_is_told(tmp_path, path):
    """The report of an add counts entries, new, known and completed papers, and those that turned out to be one."""
    page = tmp_path / "a.jsonl"
    a, b = {"title": "A", "abstract": "On peat.", "doi": "10.1000/a"}, {"title": "B", "abstract": "On fens."}
    told = []
    for records in (
        [a, b, {}],
        [b | {"doi": "10.1000/b"}, a],
        [a | {"title": "B", "doi": "10.1000/b", "url": "https://a.example/"}],
    ):
        page.write_text("\n".join(map(json.dumps, records)))
        told.append(counts(adding.add([str(page)], path)))

    assert told == [(3, 2, 0, 0, 1, 0, 2), (2, 0, 2, 2, 0, 0, 2), (1, 0, 1, 1, 0, 0, 2)]


def counts(report):
    return (
        report.entries, report.new, report.known, report.completed, report.unreadable, report.united, report.papers,
    )  # fmt: skip


def spoil(path, where, content):
    with path.open("r+b") as file:
        file.seek(where, os.SEEK_SET if where >= 0 else os.SEEK_END)
        file.write(content)


def refused(path, match, work=lambda made: None):
    """Opens and works, which must fail, tell the file, say what to try, and change nothing."""
    before = path.read_bytes()
    with pytest.raises(StorageError, match=match) as caught, Library(path) as made:
        work(made)
    assert caught.value.message.startswith(str(path))
    assert caught.value.hint
    assert path.read_bytes() == before


class reachable:  # noqa: N801
    """A folder that another user can reach, which those of pytest are not."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp())
        return self.folder

    def __exit__(self, *_):
        shutil.rmtree(self.folder)
