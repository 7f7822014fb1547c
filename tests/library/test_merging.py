import datetime
import re
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent.library import Library, paper_id
from agent.schema import Paper, Sighting, Window
from tests.examples import paper

DAY = datetime.date(2025, 3, 11)
WEEK = Window(label="w", since=datetime.date(2025, 3, 10), until=datetime.date(2025, 3, 16))
ALL = Window(label="all", undated=True)


def library(*papers):
    made = Library()
    for one in papers:
        made.add(one)
    return made


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"title": "MIREFLUX —  measuring peat"}),
        ({"arxiv_id": "2403.01234"}, {"arxiv_id": "2403.01234", "title": "Renamed", "abstract": "Rewritten."}),
        ({"doi": "10.1/a"}, {"doi": "10.1/a", "title": "Renamed", "abstract": "Rewritten."}),
        ({"authors": ("Ada Lovelace",)}, {"authors": ("Lovelace, A.", "B"), "abstract": "Rewritten."}),
        ({"arxiv_id": "2403.01234"}, {}),
        ({}, {"doi": "10.1/a"}),
    ],
)
def test_same_paper(one, other):
    """Records that share an identifier, or the title with author or abstract, are one paper."""
    made = library(paper(**one), paper(**other, source="b.txt:9"))

    (merged,) = made.papers(ALL)
    assert [sighting.source for sighting in merged.sightings] == ["page.txt:1", "b.txt:9"]


@pytest.mark.parametrize(
    "other",
    [
        {"abstract": "Another paper that happens to have the same title."},
        {"title": "Mireflux: Mapping Fens"},
        {"arxiv_id": "2403.99999"},
    ],
)
def test_different_papers(other):
    """A shared short name, or a shared title alone, does not make two papers one."""
    made = library(paper(arxiv_id="2403.01234"), paper(**other))

    assert len(made) == 2


def test_missing_fields_are_completed():
    """A later sighting fills the fields that the first one left empty, and changes none."""
    made = library(paper(url="https://a.example/1"), paper(url="https://b.example/2", doi="10.1/a", authors=("A B",)))

    (merged,) = made.papers(ALL)
    assert (merged.url, merged.doi, merged.authors) == ("https://a.example/1", "10.1/a", ("A B",))


def test_a_completed_identifier_finds_the_paper_again():
    """A paper is found by an identifier that only a later sighting brought."""
    made = library(paper(), paper(doi="10.1/a"), paper(title="Renamed", abstract="Rewritten.", doi="10.1/a"))

    assert len(made) == 1


def test_first_date_wins():
    """A paper belongs to the day of its first dated sighting, whatever order they are read in."""
    late, early = paper(seen=DAY + datetime.timedelta(7)), paper(seen=DAY)

    for made in (library(late, early, paper()), library(paper(), early, late)):
        assert len(list(made.papers(WEEK))) == 1
        assert made.newest() == DAY


def test_seen_before():
    """A paper that the window lists again, but that was first seen earlier, is seen before and not in the window."""
    earlier = DAY - datetime.timedelta(7)
    made = library(paper(seen=earlier), paper(seen=DAY), paper("Other", seen=DAY), paper("Third", seen=earlier))

    assert [p.title for p in made.seen_before(WEEK)] == ["Mireflux: Measuring Peat"]
    assert [p.title for p in made.papers(WEEK)] == ["Other"]
    assert made.out_of(WEEK) == 2


def test_undated():
    """Papers without any date are in a window only when it asks for them."""
    made = library(paper("A"), paper("B", seen=DAY))

    assert made.undated() == [made.find("t:")[0].id]
    assert [p.title for p in made.papers(WEEK)] == ["B"]
    assert [p.title for p in made.papers(WEEK.model_copy(update={"undated": True}))] == ["A", "B"]


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.none() | st.dates()), max_size=12), st.dates(), st.dates())
def test_every_paper_has_one_place(seen, one, other):
    """Whatever was seen when: each paper is in the window, out of it, or undated."""
    made = library(*(paper(title, seen=day) for title, day in seen))
    window = Window(label="w", since=min(one, other), until=max(one, other))

    assert len(list(made.papers(window))) + made.out_of(window) + len(made.undated()) == len(made)


SOME = st.fixed_dictionaries(
    {"title": st.sampled_from("AB"), "abstract": st.sampled_from("CD")},
    optional={
        "authors": st.sampled_from([("Ada Lovelace",), ("Alan Turing",)]),
        "arxiv_id": st.sampled_from(["2403.00001", "2403.00002"]),
        "doi": st.sampled_from(["10.1/a", "10.1/b"]),
    },
)


@given(st.lists(SOME, max_size=8))
def test_identifiers_in_any_mix(records):
    """However identifiers are mixed, each record is a sighting of one paper, and records of one id are one paper."""
    made = library(*(paper(**record) for record in records))

    kept = list(made.papers(ALL))
    assert sum(len(one.sightings) for one in kept) == len(records)
    assert len({one.id for one in kept}) == len(kept) == len(made)
    for kind in ("arxiv_id", "doi"):
        known = [getattr(one, kind) for one in kept if getattr(one, kind)]
        assert len(known) == len(set(known))


def test_a_record_with_both_identifiers_makes_two_papers_one():
    """Two papers turn out to be one when a third record has the identifiers of both, in whatever order they come."""
    records = [
        paper("A", doi="10.1/a"),
        paper("B", arxiv_id="2403.00001"),
        paper("C", doi="10.1/a", arxiv_id="2403.00001"),
    ]

    for order in permutations(records):
        (merged,) = library(*order).papers(ALL)
        assert (merged.doi, merged.arxiv_id, len(merged.sightings)) == ("10.1/a", "2403.00001", 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Editorial", "authors": ("Wei Wang",)}, {"title": "Editorial", "authors": ("Li Wang",)}),
        ({"title": "C++", "authors": ("A B",)}, {"title": "C", "authors": ("A B",)}),
        ({"title": "T", "authors": ("Smith",)}, {"title": "T", "abstract": "smith"}),
    ],
)
def test_chance_likeness_is_no_identity(one, other):
    """A shared surname, a title of one letter, or an abstract spelt like an author make no two papers one."""
    assert len(library(paper(**{"abstract": "One."} | one), paper(**{"abstract": "Two."} | other))) == 2


@given(st.text(), st.text(), st.lists(st.text(), max_size=2))
def test_any_text_has_an_id(title, abstract, authors):
    """Ids can be made of any text, and are the same each time."""
    first = paper_id(title=title, abstract=abstract, authors=authors)

    assert first == paper_id(title=title, abstract=abstract, authors=authors)
    assert first.startswith("t:")


@given(st.text(st.characters(), min_size=1), st.text(st.characters()), st.text(st.characters()))
@example("Half a \ud83d", "of \udc00", "Ada \udfff")
def test_half_a_character_spoils_no_paper(title, abstract, author):
    """Whatever text a paper has in any field, it is kept, and found by its id; what UTF-8 cannot carry is U+FFFD."""
    key = paper_id(title=title, abstract=abstract, authors=(author,)) + title
    given_ = Paper(
        id=key, title=title, abstract=abstract, authors=(author,), url=author, sightings=(Sighting(source=title),)
    )
    with Library() as made:
        made.add(given_)
        (kept,) = made.get([key])

    sound = re.sub("[\ud800-\udfff]", "\ufffd", "\0".join((title, abstract, author, title)))
    assert "\0".join((kept.title, kept.abstract, *kept.authors, kept.sightings[0].source)) == sound
    assert kept.model_dump_json()
