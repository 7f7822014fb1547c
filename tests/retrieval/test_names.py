"""A question finds papers by their names, however it spells them, and takes nothing else for a paper's name."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agent.library import Library
from agent.retrieval import consult
from agent.retrieval.names import is_name, names
from tests.examples import paper

PAPERS = {
    "chamber": paper(),
    "floating chamber": paper(
        "Mireflux-2: Chambers for Open Water",
        "Open water breathes. We present Mireflux-2, a floating chamber. It holds its place in wind.",
    ),
    "core": paper(
        "γ-Fen: Dating Peat Cores",
        "Peat cores are dated slowly. We propose γ-Fen, a probe that logs radiation along a core. It takes an hour.",
    ),
    "queens": paper(
        "SwarmEar: Hearing Queens in Hives",
        "Hives swarm without notice. We propose SwarmEar, a microphone that hears queens pipe. It warns in time.",
    ),
    "sounds": paper(
        "SwarmEar: A Corpus of Hive Sounds",
        "Hive sounds are rarely shared. We introduce SwarmEar, a corpus of 900 hours. It covers 40 apiaries.",
    ),
    "sway": paper(
        "Sensing the Sway of Long Bridges",
        "Long bridges sway in wind. We propose Sway Oscillation Logging (SPOLO), which reads it from phones.",
    ),
    "cracks": paper(
        "Reading Cracks of Bridges from Drones",
        "Cracks are found late. We compare our detector with SPOLO on drone photos. It finds 91% of the cracks.",
    ),
    "walks": paper(
        "H*: Shortest Walks over Wet Ground",
        "Walking over wet ground is slow. We present H*, a search for firm paths. It saves 20% of the way.",
    ),
    "scale": paper(
        "Hive-Lo: Weighing Bees",
        "Weighing bees is hard. We present Hive-Lo, a scale for hives. It weighs to 5 g.",
    ),
    "small scale": paper(
        "Hive-Lo-1.5: A Small Scale",
        "Scales are heavy. We present Hive-Lo-1.5, a scale of 300 g. It runs for a year.",
    ),
}  # fmt: skip
NICKNAMES = {each.id: nickname for nickname, each in PAPERS.items()}


@pytest.fixture(scope="module")
def library():
    with Library() as filled:
        for each in PAPERS.values():
            filled.add(each)
        yield filled


def called(question: str, library: Library) -> list[str]:
    """The papers that a question calls by name."""
    return [NICKNAMES[each.id] for one in names(question, library).called for each in one.papers]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mireflux", "chamber"),
        ("MIREFLUX", "chamber"),
        ("MireFlux", "chamber"),
        ("Mire-Flux", "chamber"),
        ("Mire Flux", "chamber"),
        ("Mireflux-2", "floating chamber"),
        ("Mireflux 2", "floating chamber"),
        ("Mireflux2", "floating chamber"),
        ("γ-Fen", "core"),
        ("γ-FEN", "core"),
        ("SPOLO", "sway"),
        ("H*", "walks"),
        ("Hive-Lo", "scale"),
        ("HiveLo", "scale"),
        ("Hive Lo", "scale"),
        ("Hive-Lo-1.5", "small scale"),
        ("Hive-Lo 1.5", "small scale"),
        ("HiveLo1.5", "small scale"),
    ],
)
@pytest.mark.parametrize("question", ["How does {} work?", "What is {}'s error?", "Is “{}” any good?", "{}: what for?"])
def test_a_name_is_found_however_it_is_spelt(question: str, written: str, meant: str, library: Library) -> None:
    """Case, hyphens, spaces, signs around a name and a possessive do not matter; the number of a version does."""
    assert called(question.format(written), library) == [meant]


def test_the_possessive_may_be_typeset(library: Library) -> None:
    """`’s` is the same as `'s`."""
    assert called("What is H*’s saving, and Mireflux’s?", library) == ["walks", "chamber"]


@pytest.mark.parametrize("question", ["How do Mireflux and SPOLO differ?", "Mireflux/SPOLO", "Mireflux, or (SPOLO)?"])
def test_several_names_are_found_in_the_order_of_the_question(question: str, library: Library) -> None:
    """Two names are two papers, the first one first."""
    assert called(question, library) == ["chamber", "sway"]


def test_papers_of_one_name_are_all_found(library: Library) -> None:
    """A name that two papers have is no choice of one."""
    found = consult("What is SwarmEar?", library)

    assert {NICKNAMES[each.id] for each in found.papers} == {"queens", "sounds"}
    assert [(one.why, one.name) for one in found.why] == [("named “SwarmEar”", "SwarmEar")] * 2
    assert not found.absent


def test_a_paper_that_mentions_a_name_does_not_have_it(library: Library) -> None:
    """The paper that compares with SPOLO is not called so, and so is not consulted about it."""
    found = consult("How does SPOLO work?", library)

    assert [NICKNAMES[each.id] for each in found.papers] == ["sway"]


@pytest.mark.parametrize("question", ["Which papers are SPOLO-based?", "Are there SPOLO-style methods?"])
def test_a_style_is_no_name(question: str, library: Library) -> None:
    """`SPOLO-based` says of what kind something is and calls no paper."""
    told = names(question, library)

    assert (told.called, told.others) == ((), ())


@pytest.mark.parametrize("word", ["FooNet", "FOO", "fooBar", "Foo-2", "F*", "2Foo", "Foo-Bar"])
def test_only_names_are_spelt_so(word: str) -> None:
    """Capitals inside a word, digits behind letters and a star are a name's."""
    assert is_name(word)


@pytest.mark.parametrize("word", ["peat", "Peat", "Foo-style", "GPT-based", "LLMs", "VQA", "OCR", "3D", "2024", "12%"])
def test_kinds_of_things_and_plain_words_are_no_names(word: str) -> None:
    """What stands for many things calls none."""
    assert not is_name(word)


@pytest.mark.parametrize("name", ["ZornNet", "ZORN", "Zorn-3", "Zorn"])
def test_a_name_that_no_paper_has_is_told(name: str, library: Library) -> None:
    """The question is not answered from papers about something else."""
    assert names(f"How does {name} work?", library).others == (name,)
    assert any(f"“{name}”" in sentence for sentence in consult(f"How does {name} work?", library).absent)


def test_an_absent_name_beside_a_known_one_is_told(library: Library) -> None:
    """A comparison with something that the abstract does not speak of cannot be made."""
    found = consult("How does Mireflux compare with ZornNet?", library)

    assert [NICKNAMES[each.id] for each in found.papers] == ["chamber"]
    assert [sentence for sentence in found.absent if "“ZornNet”" in sentence]


def test_a_name_that_the_abstract_speaks_of_is_not_absent(library: Library) -> None:
    """What the paper itself compares with is there, though no paper is called so."""
    assert consult("How does Mireflux fare on Fenland?", library).absent == ()


@settings(max_examples=40)
@given(st.text(max_size=80) | st.lists(st.sampled_from("Mireflux SPOLO H* without or / , ' \" ( * NOT NEAR -".split())))
@example("")
@example("?")
@example("\ud800 \x00 \u202e")
@example('**** "" OR NOT ( title:x')
@example("A" * 3_000)
@example("Which papers measure methane without electricity")
@example("Which papers need no training")
def test_any_question_can_be_asked(library: Library, text: str | list[str]) -> None:
    """Whatever is typed: papers each with its reason, the same again when it is asked again."""
    question = text if isinstance(text, str) else " ".join(text)

    found = consult(question, library)

    assert len(found.papers) == len(found.why) == len({each.id for each in found.papers})
    assert found == consult(question, library)
