"""A question for all papers of a kind finds those that fit, says why, and says what nobody speaks of."""

import re
from collections.abc import Iterable

import pytest

from agent.library import Library
from agent.models.embedded.compare.phrases import phrase
from agent.retrieval import MOST, Found, consult
from agent.text import clean, sentences
from tests.examples import paper

PAPERS = {
    "rewetting": paper(
        "Raising the Water Table of Drained Peat",
        "Drained peat loses carbon. We study how raising the water table lowers losses of carbon from peat. Losses"
        " fell by 40% within two years.",
    ),
    "chambers": paper(
        "Floating Chambers for Fens",
        "Fens emit gas. We present floating chambers that measure methane of fens. They agree with towers within 6%.",
    ),
    "towers": paper(
        "Towers above Fens",
        "Fens are hard to reach. We build towers that measure methane of fens from afar. Each tower takes 2 kW.",
    ),
    "frames": paper(
        "Heated Frames against Mites",
        "Mites kill hives. We propose heated frames that remove mites from hives without acids. Nine of ten mites die.",
    ),
    "vapour": paper(
        "Oxalic Vapour against Mites",
        "Mites kill hives. We remove mites from hives with vapour of oxalic acid. It removes 95% of the mites.",
    ),
    "threats": paper(
        "A Survey of Threats to Bees",
        "Bees decline. This survey reviews 240 studies of pesticides and hunger of bees. Much is open.",
    ),
    "photos": paper(
        "A Benchmark for Counting Bees in Photos",
        "Counting bees is slow. We introduce a benchmark of 5,000 photos for counting bees at the entrance. Counters"
        " miss a third of the bees.",
    ),
    "entrance": paper(
        "Counting Bees at the Entrance",
        "Bees are counted by hand. We propose a light gate that counts bees at the entrance. It counts 98% of bees.",
    ),
    "cracks": paper(
        "Cracks of Bridges from Drones",
        "Cracks weaken bridges. We train a convolutional neural network on photos of drones to find cracks of bridges."
        " The convolutional neural network finds 91% of the cracks.",
    ),
    "rust": paper(
        "Rust of Steel Bridges",
        "Rust weakens bridges. We map rust of steel bridges with handheld spectrometers. Maps of rust cost 300 euros.",
    ),
    "sway": paper(
        "The Sway of Footbridges",
        "Footbridges sway. We read the sway of footbridges from accelerometers. The sway is read to 2 mm.",
    ),
    "questions": paper(
        "Asking Language Models about Crops",
        "Farmers ask much. We test large language models on 800 questions about crops. The best language model answers"
        " 61% of them.",
    ),
    "owls": paper(
        "Owls of Northern Woods",
        "Owls hunt at night. We count owls of northern woods with microphones. The number of owls fell by 12%.",
    ),
    "frost": paper(
        "Frost in Vineyards",
        "Frost kills buds. We forecast frost in vineyards from weather stations. Forecasts of frost come early.",
    ),
}  # fmt: skip
NICKNAMES = {each.id: nickname for nickname, each in PAPERS.items()}


def filled(nicknames: Iterable[str]) -> Library:
    """A library with papers added in an order."""
    made = Library()
    for nickname in nicknames:
        made.add(PAPERS[nickname])
    return made


@pytest.fixture(scope="module")
def library():
    with filled(PAPERS) as made:
        yield made


def found_by(found: Found) -> list[str]:
    """The papers, by what they are called here."""
    return [NICKNAMES[each.id] for each in found.papers]


KINDS = [
    ("Which papers measure methane of fens?", {"chambers", "towers"}),
    ("Who measures methane of fens?", {"chambers", "towers"}),
    ("Which papers remove mites from hives?", {"frames", "vapour"}),
    ("Which papers remove mites without acids?", {"frames"}),
    ("Which papers speak of rust or cracks of bridges?", {"rust", "cracks"}),
    ("Which papers are about owls or vineyards?", {"owls", "frost"}),
    ("List the papers on owls, vineyards or footbridges", {"owls", "frost", "sway"}),
    ("Which papers find cracks of bridges with a CNN?", {"cracks"}),
    ("Which papers ask an LLM about crops?", {"questions"}),
    ("Which papers predict frost?", {"frost"}),
]  # fmt: skip
NEIGHBOURS = {"Which papers find cracks of bridges with a CNN?": {"rust"}}
"""Papers that fit in part; whether they are consulted too is a matter of degree."""


@pytest.mark.parametrize(("question", "fitting"), KINDS)
def test_papers_of_a_kind_are_found_and_others_are_left_out(question: str, fitting: set[str], library: Library) -> None:
    """Those that speak of all that is asked for, those that lack something where it is to be lacking, either of two;
    an abbreviation stands for its long form, and a word for those that mean the same.
    """
    found = consult(question, library)

    assert set(found_by(found)) - NEIGHBOURS.get(question, set()) == fitting
    assert not found.absent
    assert found_by(found)[0] in fitting


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which benchmarks are there for counting bees?", "photos"),
        ("Which benchmarks count bees?", "photos"),
        ("Are there any surveys of bees?", "threats"),
        ("Which reviews cover threats to bees?", "threats"),
    ],
)
def test_a_kind_of_contribution_comes_first(question: str, first: str, library: Library) -> None:
    """Where benchmarks are asked for, one stands before a method for the same thing; so with surveys."""
    assert found_by(consult(question, library))[0] == first


def test_those_with_everything_come_before_those_with_a_part(library: Library) -> None:
    """A paper that speaks of bridges only stands behind one that speaks of their cracks."""
    found = found_by(consult("Which papers find cracks of bridges from drones?", library))

    assert found[0] == "cracks"
    assert "owls" not in found


@pytest.mark.parametrize("top", [1, 2, 3])
def test_at_most_so_many_papers_are_taken_as_are_wanted(top: int, library: Library) -> None:
    """Fewer than there are: the first of them, and each with its reason."""
    question = "List the papers on owls, vineyards or footbridges"
    every, found = consult(question, library), consult(question, library, top=top)

    assert found.papers == every.papers[:top]
    assert found.further == every.further + len(every.papers) - len(found.papers)
    assert found.why == every.why[:top]


def test_a_question_that_fits_everything_finds_a_bounded_number() -> None:
    """Where the user names no bound, there is one."""
    with Library() as large:
        for number in range(3 * MOST):
            large.add(paper(f"Owls of Wood {number}", f"Owls hunt. We count owls of wood {number}. Owls are {number}."))

        assert 0 < len(consult("Which papers are about owls?", large).papers) <= MOST


def test_chosen_papers_are_taken_in_their_order(library: Library) -> None:
    """What the question speaks of changes nothing; an id given twice counts once."""
    ids = [PAPERS[nickname].id for nickname in ("owls", "chambers", "owls", "frost")]
    found = consult("Which papers measure methane of fens?", library, papers=ids)

    assert found_by(found) == ["owls", "chambers", "frost"]
    assert [one.why for one in found.why] == ["chosen with --papers"] * 3
    assert found_by(consult("Which papers?", library, papers=ids, top=2)) == ["owls", "chambers"]


@pytest.mark.parametrize(("question", "fitting"), KINDS[:7])
def test_every_reason_is_true(question: str, fitting: set[str], library: Library) -> None:
    """Of what a paper is said to speak of, a word at least stands in it; and it is what was asked for."""
    found = consult(question, library)

    for each, why in zip(found.papers, found.why, strict=True):
        named = re.findall("“(.+?)”", why.why)
        words = set(phrase(f"{each.title} {each.abstract}"))
        assert named
        assert all(name in question and words.intersection(phrase(name)) for name in named)


def test_only_what_lacks_something_is_said_to_lack_it(library: Library) -> None:
    """`without acids` is no reason for the paper that uses them."""
    found = consult("Which papers remove mites without acids?", library)

    assert [NICKNAMES[each.id] for each, why in zip(found.papers, found.why, strict=True) if "acids" in why.why] == [
        "frames"
    ]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Which papers are about volcanoes?", "volcanoes"),
        ("Who works on submarine cables?", "submarine"),
        ("What is known of volcanoes?", "volcanoes"),
    ],
)
def test_what_nobody_speaks_of_is_told(question: str, word: str, library: Library) -> None:
    """A sentence says in the question's words what no abstract has."""
    found = consult(question, library)

    assert any(f"“{word}”" in sentence for sentence in found.absent)


def test_an_empty_library_has_nothing() -> None:
    """Nothing is found, and that is said."""
    with Library() as empty:
        found = consult("Which papers are about owls?", empty)

    assert not found.papers
    assert any("“owls”" in sentence for sentence in found.absent)


def test_the_order_in_which_papers_were_added_does_not_matter(library: Library) -> None:
    """The same papers are found in a library that was filled the other way round, or by the alphabet."""
    for order in (list(reversed(PAPERS)), sorted(PAPERS)):
        with filled(order) as other:
            for question, _ in KINDS:
                assert set(found_by(consult(question, other))) == set(found_by(consult(question, library)))


def test_the_same_question_finds_the_same(library: Library) -> None:
    """Papers, reasons and order; white space in a question does not matter."""
    question = "Which papers remove mites from hives?"

    assert consult(question, library) == consult(question, library)
    assert consult(f"  {question.replace(' ', chr(10))} ", library) == consult(question, library)


def test_papers_come_with_their_clean_sentences(library: Library) -> None:
    """What answers the question counts them."""
    for each in consult("Which papers measure methane of fens?", library).papers:
        assert each.sentences == tuple(sentences(clean(each.abstract)))
