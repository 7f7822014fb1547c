"""`digest check`: what was written, and edited since, against the papers that it cites."""

from __future__ import annotations

import json
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import marks, pipeline, render
from agent.checkup import CheckReport
from agent.errors import SourceError
from agent.library import Library
from agent.models.embedded import EmbeddedModel
from agent.proofread import proofread
from agent.render import checks
from agent.schema import Citation
from agent.sources import drafts
from agent.sources.reading import Reading, read
from agent.tasks.summarize import summarize
from agent.window import Span
from tests.conftest import ROOT
from tests.examples import ABSTRACT
from tests.render import hostile
from tests.test_docs import quoted, renew

OTHER = (
    "Rain gauges miss light rain. We present Drizzlecam, a camera that counts drops. In trials in Norway, Drizzlecam "
    "may find 30 more rainy hours than gauges. See https://example.org/drizzlecam/."
)
PAPERS = [
    {"title": "Mireflux: Measuring Peat", "abstract": ABSTRACT, "seen": "2025-03-11"},
    {"title": "Drizzlecam: Counting Drops", "abstract": OTHER, "seen": "2025-03-12"},
]
RECORDS = "".join(json.dumps(record) + "\n" for record in PAPERS)
FORMS = [("weekly", "markdown"), ("weekly", "json"), ("summarize", "markdown"), ("summarize", "jsonl")]


@pytest.fixture(scope="module")
def reading(tmp_path_factory) -> Reading:
    """The two papers."""
    path = tmp_path_factory.mktemp("papers") / "papers.jsonl"
    path.write_text(RECORDS)
    return read([str(path)])


@pytest.fixture(scope="module")
def written(reading):
    """What is written about them, by command and format."""
    model = EmbeddedModel()
    made = pipeline.weekly(reading, Span(), model)
    items = list(summarize(reading.library.papers(pipeline.EVERYTHING), model))
    return {
        (command, form): render.digest(made, form) if command == "weekly" else "".join(render.summaries(items, form))
        for command, form in FORMS
    }


@pytest.fixture
def checked(reading, tmp_path):
    """Checks a text against the two papers."""

    def check(text, name="draft.md") -> CheckReport:
        (tmp_path / name).write_text(text)
        draft = drafts.read(str(tmp_path / name))
        return proofread(draft, finder(reading.library))

    return check


def finder(library: Library):
    return lambda key: next((paper for paper in library.find(key) if paper.id == key), None)


# Whatever `digest` wrote


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_what_was_not_edited_is_sound(checked, written, form):
    """What `digest` wrote itself passes, all of it is checked, and none of it is taken for the writer's."""
    report = checked(written[form])

    assert (report.sound, report.papers) == (report.checked, 2)
    assert (report.yours, report.unreadable, report.violations) == ((), (), ())
    assert report.checked >= 4


@pytest.mark.parametrize(("command", "form"), FORMS)
def test_the_seeds_are_sound(digest, tmp_path, seeds, command, form):
    """So does what is written about the sample pages, on the command line, with exit code 0."""
    # A digest of all pages, but summaries of one: they are 476.
    pages = seeds if command == "weekly" else f"{seeds}/001_257d46a8a29a7bec.txt"
    digest(command, pages, "--format", form, "-o", "made")
    done = digest("check", "made", "--papers", pages, "--format", "json")
    report = CheckReport.model_validate_json(done.stdout)

    assert (done.returncode, report.blocked, report.yours, report.unreadable) == (0, 0, (), ())
    assert report.checked > 50


# Edits


EDITS = [
    ("a number", "12.5%", "15.2%", "number"),
    ("a name", "a chamber that measures methane", "a chamber of NASA that measures methane", "name"),
    ("a denial", "Mireflux lowers the error", "Mireflux does not lower the error", "negation"),
]


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
@pytest.mark.parametrize(("old", "new", "kind"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_a_changed_statement_blocks(checked, written, form, old, new, kind):
    """A number, a name or a sense that was changed in a statement is found, in the line where it stands."""
    text = written[form]
    edited = swapped(text, old, new) if "json" in form[1] else text.replace(old, new)
    report = checked(edited)

    assert report.blocked >= 1
    assert kind in {one.kind for one in report.violations}
    lines = edited.split("\n")
    for one in report.violations:
        assert new.split()[-1] in lines[int(one.source.rpartition(":")[2]) - 1]


def swapped(text, old, new):
    """JSON in which statements say something else, and papers what they did."""
    if "\n{" in text.strip():
        return "".join(swapped(line, old, new) for line in text.splitlines(keepends=True))
    head, key, rest = text.partition('"summary":' if '"summary":' in text else '"topics":')
    return head + key + rest.replace(old, new) if old in rest else text


SENTENCE = "Mireflux lowers the error by 12.5%"


@pytest.fixture(scope="module")
def draft(reading):
    """A draft by hand: a statement in prose, a list item of each paper, and what they stand on."""
    mire, drizzle = (paper.id for paper in reading.library.papers(pipeline.EVERYTHING))
    cite = [Citation(paper_id=mire, evidence=(3,))]
    return (
        "# Week 11\n\n"
        f"{SENTENCE} [1].{marks.of_statement(SENTENCE, cite)} BEFORE\n\n"
        f"1. **Mireflux**: Measuring Peat{marks.of_paper(mire)}\\\n"
        f"   Mireflux measures methane fluxes.{marks.of_statement('x', [Citation(paper_id=mire, evidence=(2,))])}\n\n"
        f"2. **Drizzlecam**: Counting Drops{marks.of_paper(drizzle)}\n\n"
        "AFTER\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "counts", "yours"),
    [
        ("AFTER", "", (2, 0, 0), []),
        ("AFTER", "I liked this one. It beats all by 40%.", (2, 0, 0), ["I liked this one.", "It beats all by 40%."]),
        ("AFTER", "See [my blog](https://me.example/a).", (2, 0, 0), ["https://me.example/a", "See my blog."]),
        ("AFTER", "Drizzlecam is [here](https://example.org/drizzlecam).", (2, 0, 0), ["Drizzlecam is here."]),
        ("AFTER", "See [it](https://example.org/mireflux).", (2, 0, 0), ["See it."]),
        ("AFTER", "Drizzlecam counts drops [2].", (3, 0, 0), []),
        ("AFTER", "Drizzlecam counts drops. [2]", (3, 0, 0), []),
        ("AFTER", "Drizzlecam [2] counts drops.", (3, 0, 0), []),
        ("AFTER", "Drizzlecam counts 75 drops [2].", (2, 0, 1), []),
        ("AFTER", "Drizzlecam finds 30 more rainy hours than gauges [2].", (2, 1, 0), []),
        ("AFTER", "Drizzlecam counts drops [9].", (2, 0, 0), ["Drizzlecam counts drops [9]."]),
        ("AFTER", "## Left out\n\n- 3 undated\n\nMy own words.", (2, 0, 0), ["My own words."]),
        ("\\\n   ", "\n   ", (2, 0, 0), []),
        ("1. **", "### **", (2, 0, 0), []),
        ("BEFORE", "My own words.", (2, 0, 0), ["My own words."]),
        (SENTENCE, f"My own words. {SENTENCE}", (2, 0, 0), ["My own words."]),
        (f"{SENTENCE} [1].", f"{SENTENCE} [1]. My own words.", (2, 0, 0), ["My own words."]),
        (f"{SENTENCE} [1].", f"**{SENTENCE}** [1].", (2, 0, 0), []),
        (f"{SENTENCE} [1].", "Mireflux lowers\nthe error\nby 12.5% [1].", (2, 0, 0), []),
        (f"{SENTENCE} [1].", f"{SENTENCE}.", (2, 0, 0), []),
        (f"{SENTENCE} [1].", "“On the Fenland benchmark, Mireflux lowers the error by 12.5%.” [1]", (2, 0, 0), []),
        (f"{SENTENCE} [1].", f"{SENTENCE} [2].", (1, 0, 1), []),
        (f"{SENTENCE} [1].", "Mireflux lowers the error by 12.5 points [1].", (1, 0, 1), []),
        ("measures methane fluxes", "measures methane fluxes in Brazil", (1, 0, 1), []),
    ],
)
def test_edits(checked, draft, old, new, counts, yours):
    """What is cited is checked against what it cites; what is not is the writer's own."""
    text = draft.replace(old, new)
    report = checked(re.sub("BEFORE|AFTER", "", text))

    assert (report.sound, report.warned, report.blocked) == counts, report.violations
    assert [one.text for one in report.yours] == yours


def test_the_numbers_of_the_week_are_the_writers_once_they_are_changed(checked, written):
    """The line that counts the week is known as it was written, and listed when it was not."""
    text = written["weekly", "markdown"]
    report = checked(text.replace("2 papers in", "12 papers in"))

    assert any(one.text.startswith("12 papers in") for one in report.yours)


def test_a_changed_name_in_a_list_blocks(checked, written):
    """Names, values and links that are listed in a summary are checked as well."""
    text = written["summarize", "markdown"]
    named = re.search(r"\*\*Keywords:\*\* (\w+)", text)[1]
    report = checked(text.replace(f"**Keywords:** {named}", "**Keywords:** Zanzibar").replace("**12.5%**", "**12.6%**"))

    assert {one.found for one in report.violations} >= {"Zanzibar"}
    assert all(one.field.startswith(("keywords.", "results.")) for one in report.violations)


# Lines that are no lines


def test_a_bad_line_spoils_nothing(digest, tmp_path, written):
    """A line that is no summary is told with its place and counted, and the others are checked."""
    good = written["summarize", "jsonl"]
    (tmp_path / "s.jsonl").write_text(good + "{broken\n" + '{"paper": 1}\n' + good)
    done = digest("check", "s.jsonl", "--format", "json")
    report = json.loads(done.stdout)

    assert (done.returncode, report["schema_version"], report["form"]) == (0, 1, "summaries")
    assert [remark["source"] for remark in report["unreadable"]] == ["s.jsonl:3", "s.jsonl:4"]
    assert report["checked"] == 2 * sum(count(json.loads(line)["summary"]) for line in good.splitlines())


def count(summary):
    """How many statements, results, names and links a summary has."""
    lists = (
        "problem approach findings results benchmarks datasets models tasks artifacts limitations keywords"
    ).split()
    return 1 + bool(summary["name"]) + sum(len(summary[name]) for name in lists)


def test_a_paper_that_is_missing_is_told(checked, draft, reading):
    """A statement about a paper that was not read cannot be checked, and is counted as such."""
    _, drizzle = (paper.id for paper in reading.library.papers(pipeline.EVERYTHING))
    report = checked(draft.replace(drizzle, "t:nowhere").replace("AFTER", "Drizzlecam counts drops [2]."))

    assert [remark.reason for remark in report.unreadable] == ["no paper t:nowhere was found"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.md", "Nothing of ours.\n", "no sentence in it cites a paper"),
        ("a.md", "", "an empty file"),
        ("a.md", "x <!-- digest t:nowhere#1 -->\n", "no paper t:nowhere was found"),
        ("a.json", "{\n", "this is not JSON"),
        ("a.json", '{"window": {}}\n', "this is no digest"),
        ("a.json", "[1]\n", "this is no digest"),
        ("a.jsonl", "{broken\n", "there is no summary in it"),
        ("a.png", "\x89PNG\r\n", "no sentence in it cites a paper"),
        ("a.json", "[" * 100_000, "nested too deeply"),
    ],
)
def test_nothing_to_check(checked, name, text, told):
    """A file in which nothing can be checked is an error that says why."""
    with pytest.raises(SourceError) as error:
        checked(text, name)

    assert told in error.value.message


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nowhere.md"], 1, "nowhere.md: cannot be read: No such file"),
        (["."], 1, "cannot be read"),
        (["-"], 1, "stdin: this is an empty file"),
        (["-", "--papers", "-"], 2, "cannot both come from stdin"),
        (["a.md", "-o", "a.md"], 2, "is the file that is checked"),
        (["a.md", "--papers", "nowhere"], 1, "hint: Name the papers that the draft is about with --papers."),
        (["a.md", "--format", "markdown"], 2, "--format"),
    ],
)
def test_errors(digest, tmp_path, arguments, code, told):
    """What cannot be done is told on stderr, with its exit code and nothing on stdout."""
    (tmp_path / "a.md").write_text("x <!-- digest t:1#1 -->\n")
    done = digest("check", *arguments, stdin="")

    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr


# The report


def test_the_command(digest, tmp_path, draft):
    """Stdin is checked against the papers of the settings; what blocks gives 3; `-o` and `-q` are as elsewhere."""
    (tmp_path / "papers.jsonl").write_text(RECORDS + "broken\n")
    text = re.sub("BEFORE|AFTER", "", draft).replace("12.5%", "99.9%")
    run = [
        digest("check", *more, stdin=text, DIGEST_SOURCES="papers.jsonl") for more in ([], ["-q", "-o", "out"], ["-q"])
    ]

    assert [done.returncode for done in run] == [3, 3, 3]
    assert [done.stderr.count("\n") for done in run] == [1, 0, 0]
    assert run[0].stdout == run[2].stdout == (tmp_path / "out").read_text()
    assert run[0].stdout.startswith("stdin:3 · overview ───")
    assert run[0].stdout.endswith(
        "stdin: 2 statements checked = 1 sound + 0 warned + 1 blocked\n"
        "about 2 papers; 0 yours, not checked; 0 unreadable\n"
    )


def test_papers_in_json_are_its_own(digest, tmp_path, written):
    """A digest in JSON is checked against the papers in it, wherever others are."""
    (tmp_path / "w.json").write_text(written["weekly", "json"])
    done = digest("check", "w.json", "--papers", "nowhere")

    assert (done.returncode, done.stderr) == (0, "note: w.json holds its papers itself; --papers is not read\n")


@pytest.mark.parametrize(("width", "beside"), [(80, False), (99, False), (100, True), (140, True)])
@pytest.mark.parametrize("color", [False, True])
def test_two_texts_side_by_side(checked, draft, width, beside, color):
    """The statement and what it cites stand beside each other where there is room, with the fault marked."""
    report = checked(draft.replace("12.5%", "99.9%"))
    shown = re.sub(r"\x1b\[[\d;]*m", "", checks.check(report, "terminal", width=width, color=color))
    lines = shown.splitlines()

    assert any("»99.9%«" in line and "On the Fenland" in line for line in lines) == beside
    assert max(map(len, lines)) <= width
    assert "Mireflux: Measuring Peat" in lines
    assert re.search(r"number »99\.9%«: ", shown)


STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069]")


@given(hostile.texts, st.sampled_from([80, 120]))
def test_hostile_drafts_do_not_steer_the_terminal(text, width):
    """Whatever a draft holds, in a statement or beside one, the report is printable lines."""
    mark = marks.of_statement("x", [Citation(paper_id=MIRE.id, evidence=(1, 7))])
    draft = f"{text} z{mark}\n\n{text}\n\n1. {text}{marks.of_paper(MIRE.id)}\n\n## {text}\n\n[{text}](x.org/{text})\n"
    report = proofread(edited(f"a{mark}\n\n{draft}"), lambda key: MIRE if key == MIRE.id else None)

    for shown in (checks.check(report, "terminal", width=width), checks.check(report, "json")):
        assert not STEERING.search(shown)


def edited(text):
    from agent.sources.edited import read_markdown

    return read_markdown(text.encode("utf-8", "replace").decode(), "draft.md")


MIRE = next(iter(read([str(ROOT / "seeds" / "000_7208fcced9317935.txt")]).library.papers(pipeline.EVERYTHING)))


NOWHERE = marks.of_statement("x", [Citation(paper_id="t:no", evidence=(1,))])
LINES = [
    f"Peat stores carbon [1].{marks.of_statement('x', [Citation(paper_id=MIRE.id, evidence=(1,))])}",
    f"One. Two.{marks.of_statement('One. Two.', [Citation(paper_id=MIRE.id, evidence=(1, 2))])} Three.",
    f"1. **A**{marks.of_paper(MIRE.id)}\\\n   It is 7 [1].{NOWHERE}",
    f"## A summary{marks.of_paper(MIRE.id)}",
    "**Findings**", "- It rose by 5% [2].", "**Results**", "- **5%** · accuracy · on A · vs. B [3]",
    "**Keywords:** a, b", "My own. Another [1].", "<b>html</b>", "```\ncode\n```", "[x](https://x.org)", "## Left out",
    "## Topic · 3 papers",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES) | hostile.texts, max_size=12))
def test_counts_add_up(parts):
    """However a draft is cut and mixed, each statement is counted once."""
    draft = "\n\n".join([LINES[0], *parts])
    report = proofread(edited(draft), lambda key: MIRE if key == MIRE.id else None)
    places = {(one.source, one.field, one.text) for one in report.violations if one.blocks}

    assert report.closes
    assert report.checked >= 1
    assert len(places) <= report.blocked
    assert bool(places) == bool(report.blocked)


def test_the_example_in_readme(digest, tmp_path):
    """README shows what is printed about a draft with a slip and a sentence of the writer's."""
    path = tmp_path / "w12.md"
    digest("weekly", ROOT / "seeds", "--format", "markdown", "-o", path)
    text = path.read_text().replace("a 12.6% improvement", "a 16.2% improvement")
    path.write_text(text.replace("## Left out", "The demo is worth your lunch break.\n\n## Left out"))
    shown = digest("check", "w12.md", "--papers", ROOT / "seeds").stdout.rstrip("\n")
    if os.environ.get("UPDATE_GOLDEN"):
        renew("digest check w12.md", shown)
        return

    assert quoted("digest check w12.md") == shown


# Marks


@given(st.text(min_size=1, max_size=20), st.lists(st.integers(1, 99), min_size=1, max_size=3))
def test_a_mark_is_read_as_it_was_written(paper_id, evidence):
    """Whatever the id of a paper is, its mark is one comment from which it is read again."""
    cite = Citation(paper_id=paper_id, evidence=tuple(evidence))
    mark = marks.of_statement("One. Two.", [cite, cite])

    assert marks.read(mark) == marks.Mark((cite, cite), sentences=2)
    assert marks.read(marks.of_paper(paper_id)).names_paper
    assert mark.count("-->") == mark.count("--") - 1 == 1


@pytest.mark.parametrize(
    "text", ["<!-- x -->", "<!-- digest -->", "<!-- digest t:1#1 --> x", "<b>", "<!-- digest #1 -->"]
)
def test_other_comments_are_no_marks(text):
    """Only a whole mark is one."""
    assert marks.read(text) is None
