import datetime
import json
import textwrap
import time

import pytest

from agent.sources import read
from tests.sources.reading import PAGES, read_bytes, read_text, split

TITLE = "Counting Sheep: A Benchmark for Sleepy Models"
ABSTRACT = (
    "Sheep are hard to count for models that sleep. We present a benchmark of 14 flocks and count them with 9 models. "
    "The best model counts 97% of a flock and falls asleep over the rest. We release sheep and code."
)
OTHER = (
    "On the Drying of Robots",
    "Robots get wet when it rains. We dry 31 of them with a towel and measure the rest.",
)


def test_two_days_on_one_page():
    """Each date line dates the entries behind it; counts and links of the site belong to no entry."""
    papers, lost, remarks = split(list(read(str(PAGES / "two_days.txt"))))

    assert [(paper.title, paper.sightings[0].seen) for paper in papers] == [
        (TITLE, datetime.date(2025, 3, 13)),
        ("On Knots", datetime.date(2025, 3, 13)),
        ("Weather for Robots? A Survey of Umbrellas", datetime.date(2025, 3, 14)),
        ("Robots Indoors Stay Dry", datetime.date(2025, 3, 14)),
    ]
    assert papers[0].abstract.endswith("falls asleep over the rest. Sheep and code are released.")
    assert papers[2].abstract.startswith("Robots get wet.")
    assert papers[2].abstract.endswith("in mind. However, a hat helps. Code: https://example.org/hat")
    assert lost == remarks == []


def test_torn_entries_are_told_and_doubled_lines_count_once():
    """A title or an abstract that stands alone is one unreadable entry; one printed twice is one."""
    papers, lost, _ = split(list(read(str(PAGES / "torn.txt"))))

    assert [(paper.title, paper.abstract.count("one thing")) for paper in papers] == [("A Title Printed Twice", 1)]
    assert [(one.source.rsplit(":", 1)[1], one.reason.split(":")[0]) for one in lost] == [
        ("1", "an abstract without a title"),
        ("3", "a title without an abstract"),
        ("13", "a title without an abstract"),
    ]


LAYOUTS = {
    "blank lines": f"{TITLE}\n\n{ABSTRACT}\n\n{OTHER[0]}\n\n{OTHER[1]}\n",
    "dense": f"{TITLE}\n{ABSTRACT}\n{OTHER[0]}\n{OTHER[1]}",
    "pairs": f"{TITLE}\n{ABSTRACT}\n\n{OTHER[0]}\n{OTHER[1]}\n\n",
    "carriage returns": f"{TITLE}\r\r{ABSTRACT}\r\r{OTHER[0]}\r\r{OTHER[1]}\r",
    "dos": f"{TITLE}\r\n{ABSTRACT}\r\n{OTHER[0]}\r\n{OTHER[1]}\r\n",
    "wrapped": f"{TITLE}\n\n{textwrap.fill(ABSTRACT, 60)}\n\n{OTHER[0]}\n\n{textwrap.fill(OTHER[1], 60)}\n",
    "wrapped pairs": f"{TITLE}\n{textwrap.fill(ABSTRACT, 70)}\n\n{OTHER[0]}\n{textwrap.fill(OTHER[1], 70)}\n",
    "paragraphs": f"{TITLE}\n\n{ABSTRACT.replace(' The best', chr(10) * 2 + 'The best')}\n\n{OTHER[0]}\n\n{OTHER[1]}\n",
    "indented": f"  {TITLE}\n\n\t{ABSTRACT}  \n\n{OTHER[0]}\u00a0\n \n{OTHER[1]}\n",
    "glued": f"Get trending papers in your email inbox!\nSubscribe{TITLE}\n{ABSTRACT}\n{OTHER[0]}\n{OTHER[1]}\n",
    "torn navigation": f"Get trending papers in\nyour email inbox!\n{TITLE}\n{ABSTRACT}\n\n{OTHER[0]}\n{OTHER[1]}",
    "rules": f"{TITLE}\n{ABSTRACT}\n-----\n{OTHER[0]}\n{OTHER[1]}\n-----\n",
    "control characters": f"\0{TITLE}\x07\n\x1b\n{ABSTRACT}\x00\n\n{OTHER[0]}\n\n{OTHER[1]}\n\0",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_entries_come_out_of_every_layout(tmp_path, layout):
    """However a page is set, its entries are the same."""
    papers, lost, remarks = read_text(tmp_path, LAYOUTS[layout])

    assert [(paper.title, paper.abstract) for paper in papers] == [(TITLE, ABSTRACT), OTHER]
    assert lost == remarks == []


@pytest.mark.parametrize(
    "title",
    [
        "mOSCAR: A Corpus",
        "4M",
        "Why Count? Sheep as Meta-Optimizers",
        "Counting Is All You Need.",
        "how small can a flock of sheep be and still be counted by models that sleep at night and by day?",
        "A Very Long Title, " * 11 + "and Its End",
        "Subscribers and Their Sheep",
    ],
)
def test_titles_of_every_shape_are_titles(tmp_path, title):
    """Short, long, lower-case, asking and stopped titles are told from abstracts."""
    papers, lost, _ = read_text(tmp_path, f"{OTHER[0]}\n\n{OTHER[1]}\n\n{title}\n\n{ABSTRACT}\n")

    assert [paper.title for paper in papers] == [OTHER[0], " ".join(title.split())]
    assert lost == []


def test_a_word_wrapped_behind_its_hyphen_is_whole_again(tmp_path):
    """`vision-` and `language` on two lines are `vision-language`; `pre- and` stays as it is."""
    text = "A Title\n\nWe train a vision-\nlanguage model with pre-\nand post-training. It works well on sheep.\n"
    (paper,), _, _ = read_text(tmp_path, text)

    assert paper.abstract.startswith("We train a vision-language model with pre- and post-training.")


def test_a_dropped_title_does_not_glue_two_abstracts(tmp_path):
    """An abstract that is too much for the one before it is an entry of its own, which cannot be read."""
    long = [f"Models of kind {kind} sleep. " + "They count sheep while they do so. " * 30 for kind in "ABC"]
    papers, lost, _ = read_text(tmp_path, f"First Title\n\n{long[0]}\n\n{long[1]}\n\nThird Title\n\n{long[2]}\n")

    assert [paper.abstract for paper in papers] == [long[0].strip(), long[2].strip()]
    assert [one.source.rsplit(":", 1)[1] for one in lost] == ["5"]


def test_an_abstract_that_is_no_abstract_is_told(tmp_path):
    """A line of more than 64,000 characters behind a title is one unreadable entry, and the page goes on."""
    flock = " ".join(f"sheep {number}" for number in range(8_000))
    papers, lost, _ = read_text(tmp_path, f"{TITLE}\n{flock}\n{OTHER[0]}\n{OTHER[1]}\n")

    assert [paper.title for paper in papers] == [OTHER[0]]
    assert "longer than 64000 characters" in lost[0].reason


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\v", "\f"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_may_have_other_line_ends(tmp_path, end, encoding):
    """Where a page has neither LF nor CR, the other line ends of Unicode end its lines."""
    content = LAYOUTS["blank lines"].replace("\n", end).encode(encoding)
    papers, lost, _ = read_bytes(tmp_path, content)

    assert [(paper.title, paper.abstract) for paper in papers] == [(TITLE, ABSTRACT), OTHER]
    assert lost == []


def test_other_line_ends_in_a_page_of_lines_are_spaces(tmp_path):
    """Where LF ends the lines, a line separator inside an abstract is white space, as it is in a list on one line."""
    page = f"{TITLE}\n\n{ABSTRACT.replace(' The best', chr(0x2028) + 'The best')}\n"
    record = json.dumps([{"title": TITLE, "abstract": ABSTRACT.replace(" ", chr(0x2028))}], ensure_ascii=False)

    assert [read_text(tmp_path, text)[0][0].abstract for text in (page, record)] == [ABSTRACT, ABSTRACT]


def test_blank_lines_cost_next_to_nothing(tmp_path):
    """A page of blank lines is read in time."""
    began = time.process_time()
    papers, _, _ = read_text(tmp_path, f"{TITLE}\n{ABSTRACT}\n" + "\n" * 400_000 + f"{OTHER[0]}\n{OTHER[1]}\n")

    assert len(papers) == 2
    assert time.process_time() - began < 1.5
