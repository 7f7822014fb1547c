import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.schema import Paper
from agent.sources.calendar import Calendar
from agent.sources.decoding import lines
from agent.sources.table import read_table
from tests.sources.reading import read_bytes, read_text

ROWS = [("On Sheep", "We count, and count.", "A. Bee; C. Dee"), ("On “Knots”", "We tie\nand untie.", "E. Eff")]


def table(sign, end="\n", header=("Title", "Abstract", "Authors")):
    return end.join(sign.join(f'"{cell}"' for cell in row) for row in [header, *ROWS]) + end


@pytest.mark.parametrize("name", ["page.txt", "page.csv", "page"])
@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_are_told_by_their_first_line(tmp_path, name, sign, end, encoding):
    """CSV and TSV in any encoding give their records, whatever the file is called."""
    papers, lost, _ = read_bytes(tmp_path, table(sign, end).encode(encoding), name)

    assert [(paper.title, paper.abstract) for paper in papers] == [
        ("On Sheep", "We count, and count."),
        ("On “Knots”", "We tie and untie."),
    ]
    assert papers[0].authors == ("A. Bee", "C. Dee")
    assert lost == []


def test_records_carry_the_line_on_which_they_begin(tmp_path):
    """A cell with a line end moves the lines of the records behind it."""
    papers, _, _ = read_text(tmp_path, table(",") + "Third,It is short.,\n")

    assert [paper.sightings[0].source.rsplit(":", 1)[1] for paper in papers] == ["2", "3", "5"]


def test_columns_are_known_by_several_names(tmp_path):
    """Dates, addresses and ids are read under their usual names, in any case."""
    text = "ID,TITLE,Summary,Date,arXiv_id\nhttps://example.org/a,On Sheep,We count.,2025-03-13,2403.01234v3\n"
    (paper,), _, _ = read_text(tmp_path, text)

    assert (paper.url, paper.arxiv_id, paper.published) == (
        "https://example.org/a",
        "2403.01234",
        datetime.date(2025, 3, 13),
    )
    assert paper.sightings[0].seen == datetime.date(2025, 3, 13)


@pytest.mark.parametrize(
    ("row", "found", "lost"),
    [
        ('"Torn,We never end', 0, 1),
        ('"Torn","We never end', 1, 0),
        ('Sloppy "quotes",We count., ', 1, 0),
        ('"Sloppy" quotes,We count.,', 1, 0),
        ("No Abstract", 0, 1),
        (",We have no title.", 0, 1),
        ("More,We have more cells.,A,B,C,D", 1, 0),
        (",,,", 0, 0),
        ("", 0, 0),
        ("Long," + "We count. " * 7_000, 0, 1),
        ("Longer," + "We count. " * 20_000, 0, 1),
    ],
)
def test_a_bad_row_costs_no_other(tmp_path, row, found, lost):
    """Whatever is wrong with a row, the rows around it are read."""
    papers, problems, _ = read_text(tmp_path, f"title,abstract,authors\nFirst,We begin.,\n{row}\nLast,We end.,\n")

    assert (papers[0].title, papers[-1].title) == ("First", "Last")
    assert (len(papers) - 2, len(problems)) == (found, lost)


def test_a_table_without_the_columns_says_so(tmp_path):
    """A file called .csv without title and abstract in its first line is one remark."""
    papers, lost, remarks = read_text(tmp_path, "name,text\nx,y\n", "page.csv")

    assert papers == lost == []
    assert "no columns `title` and `abstract`" in remarks[0].reason


@given(st.text(alphabet='",;\t\n\rab ', max_size=200))
def test_no_table_makes_the_reader_raise(text):
    """Whatever the rows hold, the reader ends."""

    assert all(read_table(lines(["title,abstract\n", text]), ",", Calendar("x")))


def test_every_row_of_a_table_of_broken_rows_is_told():
    """However many rows are not well quoted, each is a paper or an entry that cannot be read."""
    rows = [('"Bad' if number % 2 == 0 else "Good") + f" {number},We do {number}." for number in range(600)]
    found = list(read_table(lines(["title,abstract\n", "\n".join(rows)]), ",", Calendar("x")))
    good = [item.title for item in found if isinstance(item, Paper)]

    assert good == [f"Good {number}" for number in range(1, 600, 2)]
    assert len(found) == 600
