import datetime
import re
from pathlib import Path

import pytest

from agent.sources import Problem, find, read
from tests.sources.reading import COUNTS, SEEDS, split

FILES, _ = find([str(SEEDS)])
READ = {path: list(read(path)) for path in FILES}
DAYS = {"000": 13, "001": 11, "003": 12, "004": 18}


def test_a_folder_is_its_pages_without_what_describes_it():
    """The README and `sources.toml` of the seeds are not read as pages."""

    assert [path.rsplit("/", 1)[1] for path in FILES] == list(COUNTS)


@pytest.mark.parametrize("path", FILES)
def test_each_seed_page_gives_its_number_of_entries(path):
    """Every entry of the five pages is read, and nothing is left over."""

    assert (len(READ[path]), split(READ[path])[1:]) == (COUNTS[path.rsplit("/", 1)[1]], ([], []))


def test_the_seeds_hold_476_titles():
    """568 entries have 476 distinct titles, each with one abstract."""
    papers = [paper for path in FILES for paper in READ[path]]

    assert len(papers) == 568
    assert len({paper.title for paper in papers}) == len({paper.id for paper in papers}) == 476


def test_no_navigation_is_in_any_field():
    """No title and no abstract holds words of the site."""
    navigation = re.compile(r"Subscribe|email inbox|byAK|^new\b|\bMar \d+$", re.MULTILINE)
    fields = [text for path in FILES for paper in READ[path] for text in (paper.title, paper.abstract)]

    assert [text for text in fields if navigation.search(text)] == []


@pytest.mark.parametrize("path", FILES)
def test_the_dates_of_the_seeds_take_their_year_from_the_folder(path):
    """Date lines without a year get it from `sources.toml`; the page without one is undated."""
    day = DAYS.get(path.rsplit("/", 1)[1][:3])
    date = datetime.date(2025, 3, day) if day else None

    assert {paper.sightings[0].seen for paper in READ[path]} == {date}


def test_a_sighting_names_the_line_of_the_title():
    """The place of each paper is the line on which its title stands."""
    for path in FILES:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
        for paper in READ[path]:
            place, _, number = paper.sightings[0].source.rpartition(":")
            assert place == path
            assert paper.title in lines[int(number) - 1]


def test_a_title_printed_twice_on_its_line_is_read_once():
    """Line 109 of the dense page says `X X`; the title is X."""
    titles = [p.title for p in READ[FILES[2]] if not isinstance(p, Problem) and p.sightings[0].source.endswith(":109")]

    assert titles == ["Scaling Laws for Native Multimodal Models"]


def test_reading_twice_gives_the_same():
    """The same input gives the same papers."""

    assert list(read(FILES[2])) == READ[FILES[2]]
