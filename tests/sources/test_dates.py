import datetime
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.sources.dates import date_in, date_of, parse_day
from tests.sources.reading import read_text

PAGE = "{date}\n\nOn Sheep\n\nWe count sheep, and count them again.\n"
MARCH_13 = datetime.date(2025, 3, 13)


def seen(papers):
    return [paper.sightings[0].seen for paper in papers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar 13", (None, 3, 13)),
        ("march 13th", (None, 3, 13)),
        ("Mar. 13", (None, 3, 13)),
        ("13 Mar", (None, 3, 13)),
        ("Thu, Mar 13", (None, 3, 13)),
        ("Sept 3", (None, 9, 3)),
        ("March 13, 2025", (2025, 3, 13)),
        ("Mar 13 2025", (2025, 3, 13)),
        ("13 Mar 2025", (2025, 3, 13)),
        ("Thursday, 13 March 2025", (2025, 3, 13)),
        ("2025-03-13", (2025, 3, 13)),
        ("2025/3/13", (2025, 3, 13)),
        ("Feb 29", (None, 2, 29)),
        ("Mai 13", None),
        ("Mar", None),
        ("13", None),
        ("March of 13 Robots", None),
        ("Marching 13", None),
        ("2025-03/13", None),
        ("Mar 13 On Sheep", None),
    ],
)
def test_days_are_read_as_people_write_them(text, expected):
    """A line that is nothing but a day is a date line."""

    assert parse_day(text) == expected


@given(st.text(max_size=60))
def test_no_text_makes_dates_raise(text):
    """Whatever a field holds, it states a date or none."""
    day = parse_day(text)

    assert day is None or date_in(day, 2025) is None or date_in(day, 2025).day == day.day
    assert isinstance(date_of(text), datetime.date | None)


@pytest.mark.parametrize("date", ["March 13, 2025", "2025-03-13", "13 Mar 2025", "Thu, Mar 13, 2025"])
def test_a_full_date_needs_no_year(tmp_path, date):
    """A date line with a year is used as it stands, whatever year is given elsewhere."""
    papers, _, remarks = read_text(tmp_path, PAGE.format(date=date), year=1999)

    assert (seen(papers), remarks) == ([MARCH_13], [])


def test_without_a_year_papers_stay_undated_and_one_remark_says_why(tmp_path):
    """However many date lines lack a year, one remark tells how to give it, and the clock is not asked."""
    papers, lost, remarks = read_text(tmp_path, "\n".join(PAGE.format(date=f"Mar {day}") for day in range(1, 9)))

    assert (set(seen(papers)), lost) == ({None}, [])
    assert [(one.source.rsplit(":", 1)[1], one.entry) for one in remarks] == [("1", False)]
    assert "--year 2025" in remarks[0].reason
    assert f"`year = 2025` into {tmp_path}/sources.toml" in remarks[0].reason


@pytest.mark.parametrize(
    ("toml", "year", "expected"),
    [
        ("year = 2025", None, MARCH_13),
        ("year = 2024", 2025, MARCH_13),
        ('year = 2024\n[files."page.txt"]\nyear = 2025', None, MARCH_13),
        ('year = 2024\n[files."page.txt"]\ndate = 2025-12-31', None, MARCH_13),
        ('[files."other.txt"]\nyear = 2025', None, None),
        ("", 2025, MARCH_13),
    ],
)
def test_the_year_comes_from_the_caller_or_the_file_or_the_folder(tmp_path, toml, year, expected):
    """The nearest word about the year counts."""
    (tmp_path / "sources.toml").write_text(toml)
    papers, _, remarks = read_text(tmp_path, PAGE.format(date="Mar 13"), year=year)

    assert seen(papers) == [expected]
    assert bool(remarks) == (expected is None)


@pytest.mark.parametrize("date", ["2025-03-13", '"13 March 2025"', "2025-03-13T10:00:00"])
def test_a_file_without_date_line_gets_its_day_from_the_folder(tmp_path, date):
    """`date` of a file in `sources.toml` dates its entries up to the first date line."""
    (tmp_path / "sources.toml").write_text(f'[files."page.txt"]\ndate = {date}')
    text = "On Knots\n\nWe tie knots and untie them.\n\n" + PAGE.format(date="Mar 14")
    papers, _, remarks = read_text(tmp_path, text)

    assert (seen(papers), remarks) == ([MARCH_13, datetime.date(2025, 3, 14)], [])


@pytest.mark.parametrize(("date", "year"), [("Feb 29", 2025), ("Mar 32", 2025), ("Mar 13", 0), ("Mar 13", 10**9)])
def test_a_day_that_does_not_exist_is_told(tmp_path, date, year):
    """A day that is not in the year leaves its papers undated, with a remark."""
    papers, _, remarks = read_text(tmp_path, PAGE.format(date=date), year=year)

    assert seen(papers) == [None]
    assert f"“{date}” is not a day of {year}" in remarks[0].reason


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        (b"year = ", "cannot be used"),
        (b"\xff\xfe\0", "cannot be used"),
        (b'year = "2025"', "`year` must be a number"),
        (b"year = true", "`year` must be a number"),
        (b"year = 20250", "`year` must be a number"),
        (b"yaer = 2025", "`yaer` is not known here"),
        (b"files = 3", "`files` must be tables"),
        (b"[files]\n'page.txt' = 3", "files.page.txt"),
        (b"[files.'page.txt']\ndate = 'soon'", "`date` must be a day"),
    ],
)
def test_a_broken_sources_toml_is_told(tmp_path, toml, reason):
    """What is wrong in `sources.toml` is a remark, and the page is read."""
    (tmp_path / "sources.toml").write_bytes(toml)
    papers, lost, remarks = read_text(tmp_path, PAGE.format(date="2025-03-13"))

    assert (seen(papers), lost) == ([MARCH_13], [])
    assert [(one.source, reason in one.reason) for one in remarks] == [(str(tmp_path / "sources.toml"), True)]


def test_a_pipe_named_like_the_notes_is_not_waited_for(tmp_path):
    """A `sources.toml` that is no file is not read."""
    os.mkfifo(tmp_path / "sources.toml")
    papers, _, _ = read_text(tmp_path, PAGE.format(date="Mar 13, 2025"))

    assert seen(papers) == [MARCH_13]
