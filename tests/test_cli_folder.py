"""`digest newsletter` and a folder in which others write too: people, and other runs."""

import hashlib
import json
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import lock, shelf, sums
from agent.errors import StorageError
from agent.render.output import write
from tests.conftest import ROOT, homes
from tests.editorial.samples import BEFORE, items
from tests.faults.command import Run
from tests.render.newsletter.test_feeds import full, json_feed
from tests.test_cli_newsletter import files, page

OWN = ("issue.html", "issue.eml", "issue.txt", "issue.json", "web/index.html", "ghost.json")
KEPT = "is kept as"
SHORT = ("--format", "text", "--format", "html")


@pytest.fixture
def week(tmp_path):
    """The made-up week but for its last paper."""
    return page(tmp_path / "week.jsonl", items()[:-1])


@pytest.fixture
def more(tmp_path):
    """Its last paper."""
    return page(tmp_path / "more.jsonl", items()[-1:])


def test_foreign_files_are_kept(digest, week, tmp_path):
    """Whatever has the name of one of digest's files is kept beside it, byte by byte, and told of; once."""
    out = tmp_path / "out"
    for name in OWN:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(b"\xffmine: " + name.encode())

    done = digest("newsletter", week, "-o", "out", "--target", "ghost")
    written = files(out)
    again = digest("newsletter", week, "-o", "out", "--target", "ghost")

    assert done.returncode == 0, done.stderr
    assert {name: written[f"{name}.bak"] for name in OWN} == {name: b"\xffmine: " + name.encode() for name in OWN}
    assert all(f"out/{name}.bak" in done.stderr for name in OWN)
    assert all(b"mine" not in written[name] for name in OWN)
    assert files(out) == written
    assert KEPT not in again.stderr


def test_what_was_changed_is_kept_each_time(digest, week, more, tmp_path):
    """What somebody changes in a file of digest's is kept, whatever is kept already; what nobody changed is renewed."""
    out = tmp_path / "out"
    digest("newsletter", week, "-o", "out", *SHORT)
    plain = out / "issue.txt"
    first, second = plain.read_bytes() + b"Yours, Ada\n", b"Yours, Bob\n"
    plain.write_bytes(first)
    digest("newsletter", week, more, "-o", "out", *SHORT)
    plain.write_bytes(second)

    done = digest("newsletter", week, "-o", "out", *SHORT)

    assert done.stderr.count(KEPT) == 1
    assert "out/issue.txt.2.bak" in done.stderr
    there = files(out)
    assert (there.pop("issue.txt.bak"), there.pop("issue.txt.2.bak")) == (first, second)
    assert sorted(there) == [".digest.sha256", "issue.html", "issue.txt"]


def test_other_papers_renew_silently_also_without_a_draft(digest, week, more, tmp_path):
    """A folder with nothing but a mail, its papers changed: it is renewed, and nothing is kept or told."""
    digest("newsletter", week, "-o", "out", "--format", "html")
    before = files(tmp_path / "out")

    done = digest("newsletter", week, more, "-o", "out", "--format", "html")

    after = files(tmp_path / "out")
    assert done.stderr == "wrote out/issue.html\n"
    assert sorted(after) == sorted(before) == [".digest.sha256", "issue.html"]
    assert after["issue.html"] != before["issue.html"]


def test_the_sums_are_those_of_sha256sum(digest, week, tmp_path):
    """The file beside the others has a line for each that nobody is to edit, as `sha256sum --check` reads it."""
    digest("newsletter", week, "-o", "out")
    out = tmp_path / "out"

    told = (out / sums.NAME).read_text(encoding="utf-8")

    names = ["issue.eml", "issue.html", "issue.json", "issue.txt", "web/index.html"]
    assert told == "".join(f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in names)


@pytest.mark.parametrize("there", [b"# My diary\n", b"\xff\xfe", b"<!-- digest ledger 00000000\n-->\n"])
def test_force_keeps_whatever_the_draft_was(digest, week, tmp_path, there):
    """With --force a draft that nobody can read, too, is kept beside the new one."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "issue.md").write_bytes(there)

    done = digest("newsletter", week, "-o", "out", "--format", "markdown", "--force")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "issue.md.bak").read_bytes() == there
    assert (tmp_path / "out" / "issue.md").read_text(encoding="utf-8").startswith("---\n")


def test_a_draft_that_was_kept_is_not_forced_out_of_its_place(digest, week, tmp_path):
    """Each forced draft leaves the one before in a file of its own; the same one is not kept twice."""
    out = tmp_path / "out"
    run = ("newsletter", week, "-o", "out", "--format", "markdown")
    digest(*run)
    fresh = (out / "issue.md").read_bytes()
    for words in (b"One.", b"Two.", b"One."):
        (out / "issue.md").write_bytes(fresh + words)
        digest(*run, "--force")

    assert files(out) == {
        "issue.md": fresh, "issue.md.bak": fresh + b"One.", "issue.md.2.bak": fresh + b"Two."
    }  # fmt: skip


def test_an_issue_that_is_put_away_covers_nothing(digest, week, tmp_path):
    """What lies in the folder into which the issue before moves is kept, and the issue comes with all its files."""
    out = tmp_path / "out"
    digest("newsletter", page(tmp_path / "before.jsonl", items()[:3], BEFORE.since), "-o", "out")
    issue = {name: text for name, text in files(out).items() if not name.startswith("feed")}
    (out / "2030-w01").mkdir()
    (out / "2030-w01" / "issue.txt").write_bytes(b"mine")

    done = digest("newsletter", week, "-o", "out")

    assert "out/2030-w01/issue.txt.bak" in done.stderr
    assert files(out / "2030-w01") == issue | {"issue.txt.bak": b"mine"}


def test_a_link_that_is_put_away_still_leads_to_its_file(tmp_path):
    """A draft that is a link to elsewhere is the same draft in the folder of its issue."""
    (tmp_path / "mine.md").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "issue.md").symlink_to("../mine.md")

    assert shelf.put_away(tmp_path / "out", "2030-w01") == []
    assert (tmp_path / "out" / "2030-w01" / "issue.md").read_text() == "mine"


def test_a_folder_in_the_place_of_a_copy_is_passed_over(tmp_path):
    """What is kept takes the next name that is free."""
    (tmp_path / "issue.txt").write_text("mine")
    (tmp_path / "issue.txt.bak").mkdir()

    assert shelf.aside(tmp_path / "issue.txt").name == "issue.txt.2.bak"


@pytest.mark.parametrize("name", ["issue.html", "web", "issue.md", "feed.xml"])
def test_a_thing_that_cannot_be_kept_stops_all(digest, week, tmp_path, name):
    """A folder where a file belongs, or a file where a folder does, is told of before anything is written."""
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine") if name == "web" else (out / name).mkdir()

    done = digest("newsletter", week, "-o", "out")

    assert done.returncode == 6
    assert name in done.stderr
    assert files(out) == ({"web": b"mine"} if name == "web" else {})


def test_an_interrupted_run_takes_nothing_of_its_own_for_somebodys(tmp_path):
    """Half of the files are new when a run is interrupted: the next one knows those, and the old ones too."""
    old, new = {"a": b"1", "b": b"2", "c": b"3"}, {"a": b"4", "b": b"5"}
    with sums.noting(tmp_path, old):
        for name, text in old.items():
            (tmp_path / name).write_bytes(text)
    with suppress(KeyboardInterrupt), sums.noting(tmp_path, new):
        (tmp_path / "a").write_bytes(b"4")
        raise KeyboardInterrupt

    assert sums.strange(tmp_path, {"a": b"6", "b": b"6", "c": b"6"}) == []
    (tmp_path / "b").write_bytes(b"7")
    assert sums.strange(tmp_path, {"a": b"6", "b": b"6", "c": b"6"}) == ["b"]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc")), max_size=12))
def test_nothing_is_written_over_that_somebody_wrote(tmp_path_factory, steps):
    """In any order of somebody's writing and ours, each text that we found is in the folder, and nothing else is."""
    folder = tmp_path_factory.mktemp("folder")
    place, theirs = folder / "issue.txt", set()
    for somebody, text in steps:
        if somebody:
            place.write_text(f"{text}, I say")
            continue
        theirs |= {place.read_text()} - {"a", "b", "c"} if place.exists() else set()
        for name in sums.strange(folder, {place.name: text.encode()}):
            shelf.aside(folder / name)
        with sums.noting(folder, {place.name: text.encode()}):
            write([text], place)

        assert sorted(path.read_text() for path in folder.glob("issue*")) == sorted({text} | theirs)


def test_a_full_feed_lets_the_oldest_go_and_tells_it(digest, week, tmp_path):
    """When a feed has its most issues the oldest makes room for the new one, and that is said, once."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "feed.json").write_text(full(json_feed, "issues"), encoding="utf-8")
    run = ("newsletter", week, "-o", "out", "--format", "jsonfeed")

    first, second = digest(*run), digest(*run)

    assert "note: feed.json keeps the newest; 1 older issue left out\n" in first.stderr
    assert second.stderr == "wrote out/feed.json\n"


def holding(out, *, patience=lock.PATIENCE):
    """A process that has a folder to itself until it is killed, or its stdin ends."""
    says = f"with lock.alone(Path({str(out)!r}), {patience}):\n    print('mine', flush=True)\n    input()"
    process = subprocess.Popen(
        [sys.executable, "-c", f"from pathlib import Path\nfrom agent import lock\n{says}"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout.readline() == "mine\n"
    return process


def ended(process):
    process.stdin.close()
    process.stdout.close()
    return process.wait(10)


def test_a_run_waits_for_another(week, tmp_path):
    """While another run writes into the folder nothing happens there; then the run does all that it would have done."""
    out = tmp_path / "out"
    out.mkdir()
    other = holding(out)
    run = Run(tmp_path / "run", "newsletter", week, "-o", out, "--format", "text", **homes(tmp_path))
    while not run.started:
        time.sleep(0.01)
    time.sleep(1.5)
    meanwhile = (run.code, files(out))
    ended(other)

    assert meanwhile == (None, {})
    assert run.done().code == 0
    assert sorted(files(out)) == [".digest.sha256", "issue.txt"]


def test_a_run_that_waited_too_long_says_so(tmp_path):
    """Another run that does not come to an end is told of: where, and what to try. Other folders are free."""
    other = holding(tmp_path)
    (tmp_path / "w11").mkdir()

    with pytest.raises(StorageError, match="another run of digest is writing there") as told, lock.alone(tmp_path, 0.1):
        pass
    with lock.alone(tmp_path / "w11", 0.1):
        assert str(tmp_path) in told.value.message
        assert "once it is done" in told.value.hint
    ended(other)


def test_the_lock_dies_with_its_process(tmp_path):
    """A run that is killed holds nothing any more, and leaves nothing behind in the folder."""
    other = holding(tmp_path)
    other.send_signal(signal.SIGKILL)

    assert ended(other) == -signal.SIGKILL
    with lock.alone(tmp_path, 0.1):
        assert list(tmp_path.iterdir()) == []


def test_two_runs_at_once_leave_one_issue_on_top(week, tmp_path):
    """Two weeks are written into one folder at once: one lies on top, one is put away, and the feeds have both."""
    before = page(tmp_path / "before.jsonl", items()[:3], BEFORE.since)
    runs = [
        Run(tmp_path / path.stem, "newsletter", path, "-o", tmp_path / "out", **homes(tmp_path))
        for path in (week, before)
    ]

    done = [run.done() for run in runs]

    assert [one.code for one in done] == [0, 0], done
    (away,) = [path for path in (tmp_path / "out").iterdir() if path.name.startswith("20")]
    top = {name: text for name, text in files(tmp_path / "out").items() if not name.startswith(away.name)}
    labels = [
        json.loads((folder / "issue.json").read_text())["digest"]["window"]["label"] for folder in (away, away.parent)
    ]
    assert sorted(labels) == ["2030-W01", "2030-W02"]
    assert labels[0].lower() == away.name
    assert sorted(files(away)) == sorted(name for name in top if not name.startswith("feed"))
    for folder, label in zip((away, away.parent), labels, strict=True):
        assert f"issue:{label.lower()}" in (folder / "issue.md").read_text(encoding="utf-8")
        assert (
            sums.strange(folder, dict.fromkeys(name for name in files(away) if name not in ("issue.md", sums.NAME)))
            == []
        )
    assert len(json.loads(top["feed.json"])["items"]) == 2
    assert not [name for name in top if name.endswith(".bak")]
