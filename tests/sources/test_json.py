import datetime
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.schema import Paper, Provenance, Statement, SummarizedPaper, Summary
from agent.sources import read
from agent.sources.calendar import Calendar
from agent.sources.jsonl import read_json
from agent.sources.problem import Problem
from tests.sources.reading import SEEDS, read_text

PAPERS = [{"title": f"Paper {number}", "abstract": f"We count {number} sheep."} for number in range(4)]
LINES = "\n".join(json.dumps(paper) for paper in PAPERS)


def titles(papers):
    return [paper.title for paper in papers]


SHAPES = {
    "lines": LINES,
    "list": json.dumps(PAPERS),
    "pretty list": json.dumps(PAPERS, indent=2),
    "list of a line each": "[" + ",\n".join(map(json.dumps, PAPERS)) + "]",
    "papers": json.dumps({"count": 4, "papers": PAPERS}),
    "entries": json.dumps({"entries": PAPERS, "next": None}, indent=1),
    "results": json.dumps({"results": PAPERS}, indent="\t"),
    "nested data": json.dumps({"data": {"papers": PAPERS}}),
    "nested and pretty": json.dumps({"status": {"ok": True}, "data": {"papers": PAPERS}}, indent=2),
    "objects one after the other": "\n".join(json.dumps(paper, indent=2) for paper in PAPERS),
    "blank lines between": "\n\n" + LINES.replace("\n", "\n\n \n"),
}


@pytest.mark.parametrize("name", ["page.txt", "page.json"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_json_gives_its_records(tmp_path, shape, name):
    """Lines, lists and objects with lists are told by their content, whatever the file is called."""
    papers, lost, remarks = read_text(tmp_path, SHAPES[shape], name)

    assert titles(papers) == titles(Paper(id="", **paper) for paper in PAPERS)
    assert lost == remarks == []


@pytest.mark.parametrize(
    ("field", "value", "name", "expected"),
    [
        ("summary", "We see.", "abstract", "We see."),
        ("Description", "We see.", "abstract", "We see."),
        ("authors", ["A. Bee", " C.  Dee "], "authors", ("A. Bee", "C. Dee")),
        ("authors", [{"name": "A. Bee"}, {"name": "C. Dee"}, {}, None, 3], "authors", ("A. Bee", "C. Dee")),
        ("authors", "A. Bee; C. Dee", "authors", ("A. Bee", "C. Dee")),
        ("authors", "A. Bee, C. Dee and E. Eff", "authors", ("A. Bee", "C. Dee", "E. Eff")),
        ("authors", "Bee, A. and Dee, C.", "authors", ("Bee, A.", "Dee, C.")),
        ("author", "Bee, Anna", "authors", ("Bee, Anna",)),
        ("authors", {"A": 1}, "authors", ()),
        ("published", "2025-03-13T23:59:00Z", "published", datetime.date(2025, 3, 13)),
        ("date", "13 March 2025", "published", datetime.date(2025, 3, 13)),
        ("publishedAt", "2025/03/13", "published", datetime.date(2025, 3, 13)),
        ("published", "Thu, 13 Mar 2025 10:00:00 GMT", "published", datetime.date(2025, 3, 13)),
        ("published", 1741824000, "published", None),
        ("published", "2025", "published", None),
        ("published", "2025-02-30", "published", None),
        ("url", "https://example.org/a", "url", "https://example.org/a"),
        ("link", "javascript:alert(1)", "url", None),
        ("url", "http://[", "url", None),
        ("id", "https://arxiv.org/abs/2403.01234v2", "arxiv_id", "2403.01234"),
        ("id", "2403.01234", "arxiv_id", "2403.01234"),
        ("id", "17", "arxiv_id", None),
        ("arxivId", "arXiv:2403.01234v1", "arxiv_id", "2403.01234"),
        ("doi", "https://doi.org/10.1000/ABC.1", "doi", "10.1000/abc.1"),
        ("doi", "10.48550/arXiv.2403.01234", "arxiv_id", "2403.01234"),
        ("unknown", {"a": [1]}, "url", None),
    ],
)
def test_fields_are_known_by_several_names(tmp_path, field, value, name, expected):
    """A field is read under each of its usual names and shapes; what does not fit is left out."""
    record = {"title": "On Sheep"} | ({} if name == "abstract" else {"abstract": "We count."}) | {field: value}
    (paper,), lost, _ = read_text(tmp_path, json.dumps(record), "page.jsonl")

    assert getattr(paper, name) == expected
    assert lost == []


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({"seen": "2025-03-14", "published": "2025-03-01"}, datetime.date(2025, 3, 14)),
        ({"listed": "2025-03-14"}, datetime.date(2025, 3, 14)),
        ({"published": "2025-03-01"}, datetime.date(2025, 3, 1)),
        ({}, None),
    ],
)
def test_a_paper_was_seen_when_listed_or_else_when_published(tmp_path, fields, seen):
    """The day of the sighting is that of the listing, or that of publication."""
    (paper,), _, _ = read_text(tmp_path, json.dumps(PAPERS[0] | fields))

    assert paper.sightings[0].seen == seen


def test_what_summarize_prints_can_be_read_again(tmp_path):
    """A line of `digest summarize --format jsonl` is the paper in it."""
    paper = next(item for item in read(str(SEEDS / "000_7208fcced9317935.txt")) if isinstance(item, Paper))
    provenance = Provenance(engine_version="0", model="embedded", prompt="summarize@1", prompt_sha="0")
    summary = Summary(
        paper_id=paper.id, tldr=Statement(text="x", evidence=(1,)), contribution="method", provenance=provenance
    )
    line = SummarizedPaper(paper=paper, summary=summary).model_dump_json()
    (again,), _, _ = read_text(tmp_path, line + "\n" + json.dumps({"title": "No Abstract"}))

    assert again.model_copy(update={"sightings": ()}) == paper.model_copy(update={"sightings": ()})
    assert again.sightings[0].seen == paper.sightings[0].seen


BROKEN = {
    "torn string": '{"title": "torn',
    "no object": '"text"',
    "number": "17",
    "null": "null",
    "no abstract": '{"title": "On Sheep"}',
    "no title": '{"abstract": "We count."}',
    "abstract of another kind": '{"title": "On Sheep", "abstract": 17}',
    "huge number": '{"title": ' + "9" * 5000 + "}",
    "deep": "[" * 2000,
    "lone surrogate": '{"title": "\\ud800", "abstract": "\\u0000"}',
    "too long": json.dumps({"title": "On Sheep", "abstract": "We count. " * 7000}),
    "far too long": json.dumps({"title": "On Sheep", "abstract": "We count. " * 200_000}),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_line_is_told_and_the_next_is_read(tmp_path, kind):
    """A line that is no record is one unreadable entry with its place; those around it are read."""
    before, after = LINES.split("\n")[:2], LINES.split("\n")[2:]
    papers, lost, _ = read_text(tmp_path, "\n".join([*before, BROKEN[kind], *after]), "page.jsonl")

    assert titles(papers) == ["Paper 0", "Paper 1", "Paper 2", "Paper 3"]
    assert [one.source.rsplit(":", 1)[1] for one in lost] == ["3"]
    assert all(one.reason.isprintable() and len(one.reason) < 250 for one in lost)


@pytest.mark.parametrize("between", [", ", ",\n"], ids=["one line", "lines"])
@pytest.mark.parametrize(
    "broken", ['{"title": "x" oops, "authors": [{"name": "y"}, {"name": "z"}]}', "oops", '{"title": "x']
)
def test_a_broken_record_of_a_list_is_told_and_the_next_is_read(tmp_path, broken, between):
    """Where a record of a list is broken, the reading goes on with the next record, not inside the broken one."""
    parts = [*LINES.split("\n")[:2], broken, *LINES.split("\n")[2:]]
    papers, lost, _ = read_text(tmp_path, f'{{"papers": [{between.join(parts)}]}}')

    assert titles(papers)[:2] == ["Paper 0", "Paper 1"]
    assert titles(papers)[-1] == "Paper 3"
    assert len(papers) + len(lost) >= 4
    assert len(lost) == 1


def test_records_of_a_list_carry_their_line(tmp_path):
    """The place of a record is the line on which it begins."""
    papers, _, _ = read_text(tmp_path, SHAPES["pretty list"])

    assert [paper.sightings[0].source.rsplit(":", 1)[1] for paper in papers] == ["2", "6", "10", "14"]


@given(st.text(alphabet='{}[]",:\\ \nabtitle0123.-ru', max_size=120), st.integers(1, 40))
def test_no_json_makes_the_reader_raise(text, size):
    """Whatever comes in, in pieces of whatever size, the reader ends and gives papers or problems."""
    pieces = [text[begin : begin + size] for begin in range(0, len(text), size)]

    assert all(item for item in read_json(pieces, text, Calendar("x")))


@given(st.integers(1, 200))
def test_the_size_of_the_pieces_changes_nothing(size):
    """A list that comes in small pieces gives the same records as one that comes whole."""
    text = SHAPES["nested and pretty"]
    pieces = [text[begin : begin + size] for begin in range(0, len(text), size)]

    assert list(read_json(pieces, "", Calendar("x"))) == list(read_json([text], "", Calendar("x")))


@pytest.mark.parametrize("field", ["doi", "id", "arxiv_id", "url"])
def test_every_field_of_a_paper_can_be_encoded(tmp_path, field):
    """Half a character or a control sign in an identifier costs no paper and is in none."""
    line = f'{{"title": "On Sheep", "abstract": "We count.", "{field}": "10.1234/\\ud800x\\u0000"}}'
    (paper,), lost, _ = read_text(tmp_path, line)

    assert paper.model_dump_json().encode()
    assert (paper.doi, lost) == (None, [])


@pytest.mark.parametrize("shape", ["{}", "[{}]", '{{"papers": [{}]}}', "[\n{},\n17]"])
def test_an_integer_of_any_length_costs_no_record(tmp_path, shape):
    """A record with an integer that Python does not read as one is one paper."""
    record = '{"title": "On Sheep", "abstract": "We count.", "number": ' + "9" * 5000 + "}"
    papers, lost, _ = read_text(tmp_path, shape.format(record))

    assert titles(papers) == ["On Sheep"]
    assert len(lost) == shape.count("17")


def test_a_broken_object_is_one_entry(tmp_path):
    """An object that breaks off behind its title and abstract is told, and is not a paper as well."""
    papers, lost, _ = read_text(tmp_path, '{\n"title": "On Sheep",\n"abstract": "We count.",\n"date": oops\n}\n')

    assert (len(papers), len(lost)) == (0, 1)


@pytest.mark.parametrize(
    "begin", ["[[Re]] A Title", "[] A Title", "{} A Title", '{"title": "x"}', '{"a": b} A Title', "[1]"]
)
@pytest.mark.parametrize("place", [0, 10])
def test_a_line_that_looks_like_json_costs_no_page(tmp_path, begin, place):
    """A page with a paragraph like JSON, at its beginning or later, is still a page."""
    parts = (SEEDS / "000_7208fcced9317935.txt").read_text().split("\n\n")
    papers, _, _ = read_text(tmp_path, "\n\n".join([*parts[:place], begin, *parts[place:]]), year=2025)

    assert len(papers) >= 64


def test_a_row_that_looks_like_json_costs_no_table(tmp_path):
    """A table with a line that is an object is still a table."""
    papers, lost, _ = read_text(tmp_path, 'title,abstract\nOn Sheep,We count.\n{"title": "x"}\nOn Goats,We count.\n')

    assert titles(papers) == ["On Sheep", "On Goats"]
    assert len(lost) == 1


@pytest.mark.parametrize("begin", ["", "["])
@pytest.mark.parametrize("piece", ['{"x": ', '{"x":\n', '[{"title": ', '{"x": [1, ', '{"papers": [', '{"papers": [\n'])
def test_objects_that_never_end_are_read_in_time(begin, piece):
    """What was read in vain is not read again for ever, however deep objects are nested."""
    pieces = [begin + piece * (240_000 // len(piece))]
    began = time.process_time()
    found = list(read_json(pieces, pieces[0], Calendar("x")))

    assert found
    assert time.process_time() - began < 1.5


def test_what_is_passed_over_is_told():
    """Where reading gives up on text it has read in vain too often, the remark says how much of it."""
    text = '[{"a":1},' + '{"x": ' * 40_000
    reasons = [item.reason for item in read_json([text], text, Calendar("x")) if isinstance(item, Problem)]

    assert [reason for reason in reasons if "characters behind it are passed over" in reason]


def test_names_far_apart_are_split_in_time(tmp_path):
    """White space between authors, however much, costs next to nothing."""
    record = {"title": "On Sheep", "abstract": "We count.", "authors": "A" + " " * 40_000 + "B"}
    began = time.process_time()
    (paper,), _, _ = read_text(tmp_path, json.dumps(record))

    assert paper.authors == ("A B",)
    assert time.process_time() - began < 1.5


def test_records_torn_over_lines_are_broken_records(tmp_path):
    """JSON Lines with line ends inside the strings are not taken for a page."""
    papers, lost, _ = read_text(tmp_path, '{"title": "On Sheep", "abstract": "We\ncount\nthem."}\n' * 9)

    assert papers == []
    assert len(lost) >= 9
