"""`digest newsletter`, as somebody types it."""

import json
import re

import pytest

from agent import pipeline, publishing
from agent.editorial.wishes import Wishes
from agent.errors import UsageError
from agent.models.embedded import EmbeddedModel
from agent.render.newsletter.formats import Format
from agent.sources import reading as readings
from agent.window import Span
from tests.editorial.samples import BEFORE, WEEK, items

SOME = ("-o", "out", "--format", "markdown", "--format", "jsonfeed")
FILES = [
    ".digest.sha256", "feed.json", "feed.xml", "issue.eml", "issue.html", "issue.json", "issue.md", "issue.txt",
    "web/index.html",
]  # fmt: skip


def page(path, papers, day=WEEK.since):
    """Writes papers into a JSON Lines file, all of them seen on one day."""
    records = [{"title": item.paper.title, "abstract": item.paper.abstract, "seen": day.isoformat()} for item in papers]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def week(tmp_path):
    """The made-up week but for its last paper."""
    return page(tmp_path / "week.jsonl", items()[:-1])


def test_every_file_is_written_and_the_second_run_changes_none(digest, week, tmp_path):
    """A folder gets all eight files and their sums; a second run over an unedited draft leaves every byte as it is."""
    first = digest("newsletter", week, "-o", "out")
    written = files(tmp_path / "out")
    second = digest("newsletter", week, "-o", "out")

    assert (first.returncode, first.stdout) == (0, "")
    assert sorted(written) == FILES
    assert files(tmp_path / "out") == written
    assert second.returncode == 0
    assert "nothing was edited" in second.stderr


def test_the_writers_edits_stand_in_every_format(digest, week, tmp_path):
    """A title is changed, an item deleted, a paragraph added; with one more paper the edits stand, in all formats."""
    digest("newsletter", week, "-o", "out")
    draft = tmp_path / "out" / "issue.md"
    lost = next(item.paper for item in items() if item.paper.title.startswith("MossVQA"))
    text = draft.read_text(encoding="utf-8")
    item = re.search(rf"<!-- digest @paper:{lost.id} -->.*?(?=<!-- digest @)", text, re.DOTALL)
    added = "Read this one with a cup of tea."
    edited = text.replace(item[0], "").replace("## Editor’s picks", "## What we liked")
    edited = re.sub(r"(<!-- digest @numbers -->)", rf"{added}\n\n\1", edited, count=1)
    edited = re.sub(r"^subject: .*$", "subject: Frogs", edited, flags=re.MULTILINE)
    draft.write_text(edited, encoding="utf-8")
    more = page(tmp_path / "more.jsonl", items()[-1:])

    done = digest("newsletter", week, more, "-o", "out")

    again = draft.read_text(encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "kept" in done.stderr
    assert "added 1 paper" in done.stderr
    body = again.split("<!-- digest ledger")[0]
    assert f"@paper:{lost.id}" not in body
    assert added in again
    assert "subject: Frogs" in again
    assert "ReedAgent" in body
    for name in ("issue.html", "issue.txt", "web/index.html"):
        shown = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert added in " ".join(shown.split()), name
        assert "What we liked" in shown, name
        assert "ReedAgent" in shown, name
    assert b"Subject: Frogs" in (tmp_path / "out" / "issue.eml").read_bytes()


def test_force_writes_a_new_draft(digest, week, tmp_path):
    """With --force the draft is new, and the one that was edited is kept beside it."""
    digest("newsletter", week, "-o", "out", "--format", "markdown")
    draft = tmp_path / "out" / "issue.md"
    fresh = draft.read_bytes()
    draft.write_bytes(fresh.replace(b"## By the numbers", b"## Sums"))

    digest("newsletter", week, "-o", "out", "--format", "markdown")
    kept = draft.read_bytes()
    digest("newsletter", week, "-o", "out", "--format", "markdown", "--force")

    assert b"## Sums" in kept
    assert draft.read_bytes() == fresh
    assert (tmp_path / "out" / "issue.md.bak").read_bytes() == kept


def test_another_issue_moves_the_one_before_and_goes_on_with_the_feeds(digest, week, tmp_path):
    """The draft of an earlier week is moved, word by word, into a folder of its own; the feeds hold both issues."""
    before = page(tmp_path / "before.jsonl", items()[:3], BEFORE.since)
    digest("newsletter", before, *SOME)
    draft = (tmp_path / "out" / "issue.md").read_bytes() + b"\nMy own words.\n"
    (tmp_path / "out" / "issue.md").write_bytes(draft)

    done = digest("newsletter", week, before, *SOME)

    assert "out/2030-w01" in done.stderr
    assert (tmp_path / "out" / "2030-w01" / "issue.md").read_bytes() == draft
    assert len(json.loads((tmp_path / "out" / "feed.json").read_text(encoding="utf-8"))["items"]) == 2
    assert "My own words." not in (tmp_path / "out" / "issue.md").read_text(encoding="utf-8")

    again = digest("newsletter", before, "--week", "2030-W01", *SOME)
    newer = digest("newsletter", week, before, *SOME)

    assert (again.returncode, newer.returncode) == (0, 0), again.stderr + newer.stderr
    assert b"My own words." in (tmp_path / "out" / "2030-w01" / "issue.md").read_bytes()
    assert "My own words." in (tmp_path / "out" / "feed.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--format", "markdown", "--format", "html"], 2, "Only one file can go to stdout"),
        (["--language", "de"], 2, "only writes English"),
        (["--send-test", "you@example.org"], 2, "go together"),
        (["--send-test", "you@example.org", "--smtp", "127.0.0.1:9", "--smtp-plain"], 2, "Nobody is there to be asked"),
        (["--interests", "none.toml"], 4, "none.toml"),
        (["-o", "week.jsonl"], 2, "it is no folder"),
        (["--target", "ghost"], 2, "writes a file of its own"),
        (["--week", "2031-W01", "-o", "out"], 1, "nothing to write about"),
    ],
)
def test_what_makes_no_sense_is_refused(digest, week, tmp_path, arguments, code, told):
    """A wrong wish is told with its exit code, and nothing is written."""
    before = files(tmp_path)

    done = digest("newsletter", week, *arguments)

    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert files(tmp_path) == before


def test_a_foreign_file_is_left_alone(digest, week, tmp_path):
    """An issue.md that digest did not write is never written over."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "issue.md").write_text("# My diary\n", encoding="utf-8")

    done = digest("newsletter", week, "-o", "out")

    assert done.returncode == 6
    assert files(tmp_path / "out") == {"issue.md": b"# My diary\n"}


def test_markdown_goes_to_stdout_without_a_folder(digest, week):
    """Without -o the draft is printed, and remarks are not among it."""
    done = digest("newsletter", week)

    assert done.returncode == 0
    assert done.stdout.startswith("---\n")
    assert "## By the numbers" in done.stdout


def test_the_draft_passes_the_check(digest, week, tmp_path):
    """`digest check` finds nothing that blocks in a fresh draft, and a changed number in an edited one."""
    digest("newsletter", week, "-o", "out", "--format", "markdown")
    draft = tmp_path / "out" / "issue.md"
    fresh = digest("check", draft, "--papers", week)
    draft.write_text(draft.read_text(encoding="utf-8").replace("45%", "54%"), encoding="utf-8")
    edited = digest("check", draft, "--papers", week)

    assert fresh.returncode == 0, fresh.stdout
    assert edited.returncode == 3
    assert "54%" in edited.stdout


def test_a_draft_that_is_saved_meanwhile_is_left_alone(week, tmp_path):
    """Who saves the draft while digest runs loses nothing: the run ends with a reason and writes none of its files."""
    reading = readings.read([str(week)])
    made = pipeline.newsletter(reading, Span(), EmbeddedModel(), (), Wishes())
    out = tmp_path / "out"
    publishing.publish(publishing.press(made, publishing.Style(), out), [Format.MARKDOWN])
    press = publishing.press(made, publishing.Style(), out)
    (out / "issue.md").write_text("Saved just now.", encoding="utf-8")

    with pytest.raises(UsageError, match="changed while this ran"):
        publishing.publish(press, list(Format))

    assert files(out) == {"issue.md": b"Saved just now."}


def test_a_dry_run_of_the_embedded_model_announces_nothing(digest, week):
    """Where nothing is ever sent, nothing is said to come."""
    done = digest("newsletter", week, "--dry-run")

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "--dry-run: the embedded model sends nothing.\n"
