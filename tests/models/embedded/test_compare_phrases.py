"""Phrases are the same however they are spelt, and the thesaurus says which stand for which."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.models.embedded.compare.concepts import concepts
from agent.models.embedded.compare.phrases import EXACT, NEAR, phrase, said
from agent.models.embedded.compare.thesaurus import NARROWER, SAME, thesaurus

LINES = [
    line
    for line in files("agent.models.embedded.compare").joinpath("data/thesaurus.txt").read_text("utf-8").splitlines()
    if line.partition("#")[0].strip()
]


def apart(pair: tuple[str, ...]) -> bool:
    """No two words go together."""
    return False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("analysing tokenisation", "analyzing tokenization"),
        ("organised", "organizes"),
        ("VLMs", "VLM"),
        ("LLMs'", "LLM"),
        ("multi-modal", "multimodal"),
        ("pre-training", "pretraining"),
        ("image-text", "image text"),
        ("image/text", "Images, texts"),
        ("PEAT", "peat"),
    ],
)
def test_spellings_of_a_phrase_are_one(one: str, other: str) -> None:
    """British and American, plural abbreviations, hyphens, slashes and case."""
    assert phrase(one) == phrase(other)


@pytest.mark.parametrize("text", ["precise", "revised", "supervised", "advise", "exercise", "otherwise", "promising"])
def test_words_that_only_look_british_are_left_alone(text: str) -> None:
    """`precise` has no American spelling."""
    assert not any("iz" in stem for stem in phrase(text))


@pytest.mark.parametrize(("one", "other"), [("peat", "peak"), ("GAS", "GA"), ("bus", "bu")])
def test_other_words_are_others(one: str, other: str) -> None:
    """An `s` behind capitals only is a plural where it is small."""
    assert phrase(one) != phrase(other)


@pytest.mark.parametrize(
    ("wanted", "text", "told"),
    [
        ("wet peat", "Wet peat burns badly.", EXACT),
        ("wet peat", "The peat was wet.", NEAR),
        ("wet peat", "Wet weather of many cold months harms lowland peat.", 0.0),
        ("wet peat", "Dry peat burns.", 0.0),
        ("peat", "Peats of Ireland.", EXACT),
    ],
)
def test_a_phrase_is_said_side_by_side_or_nearby(wanted: str, text: str, told: float) -> None:
    """Words far apart do not say it, nor does one of them."""
    assert said(phrase(wanted), phrase(text)) == told


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("mites or rust", ["mites or rust"]),
        ("mites, rust or frost", ["mites, rust or frost"]),
        ("mites/rust", ["mites/rust"]),
        ("mites and rust", ["mites", "rust"]),
        ("mites without acids", ["mites", "without acids"]),
        ("mites without any further acids of theirs", ["mites", "without any further acids"]),
        ("which papers are there", []),
        ("", []),
    ],
)
def test_a_question_speaks_of_things_in_its_order(text: str, printed: list[str]) -> None:
    """What `or` or a slash joins is one thing, what `and` joins are two; a denial belongs to what it denies."""
    assert [concept.printed for concept in concepts(text, apart)] == printed


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("mites, rust or frost", ["Mites die.", "Frost kills.", "Rust spreads."], ["Owls hunt."]),
        ("without acids", ["We do it without acids.", "Our acid-free way.", "It does not require acids."],
         ["We use acids.", "It works without gloves."]),
        ("a CNN", ["Convolutional neural networks see."], ["Neural owls see."]),
        ("VLMs", ["Multimodal large language models see.", "A VLM sees."], ["Owls see."]),
    ],
)  # fmt: skip
def test_a_concept_is_told_by_what_stands_for_it(text: str, yes: list[str], no: list[str]) -> None:
    """Any of some choices, any way of lacking it, any synonym."""
    (concept,) = concepts(text, apart)

    assert all(concept.told(phrase(sentence)) >= NARROWER * NEAR for sentence in yes)
    assert not any(concept.told(phrase(sentence)) for sentence in no)


def test_words_that_go_together_are_one_thing() -> None:
    """Two words are a phrase where the papers say them side by side."""
    found = concepts("wet peat burns", lambda pair: pair == phrase("wet peat"))

    assert [concept.printed for concept in found] == ["wet peat", "burns"]


@settings(max_examples=60)
@given(st.text(max_size=60) | st.lists(st.sampled_from("without no any or , / electricity labels peat".split())))
def test_any_text_speaks_of_what_stands_in_it(text: str | list[str]) -> None:
    """Nothing raises, and what is printed is in the text."""
    asked = " ".join(text if isinstance(text, list) else text.split())

    for concept in concepts(asked, lambda pair: True):
        assert concept.printed in " ".join(asked.split())
        assert 0 <= concept.told(phrase(asked)) <= 1


def test_synonyms_find_each_other_and_what_is_narrower_does_not_find_what_is_wider() -> None:
    """`a = b > n`: a finds b and b finds a; a finds n, and n does not find a."""
    known = thesaurus()

    assert known[phrase("CNN")]["convnet"] == SAME == known[phrase("convnet")]["cnn"]
    assert known[phrase("medicine")]["radiology"] == NARROWER
    assert "medicine" not in known.get(phrase("radiology"), {})


def test_every_line_of_the_thesaurus_is_well_formed() -> None:
    """Synonyms before one `>`, narrower phrases behind it, each of one to four words, none twice."""
    for line in LINES:
        left, sign, right = line.partition("#")[0].partition(">")
        equals, narrower = left.split("="), right.split(",") if sign else []
        written = [" ".join(part.split()) for part in [*equals, *narrower]]
        assert len(written) > 1, line
        assert not set(",>").intersection(left), line
        assert not set("=>").intersection(right), line
        assert all(phrase(part) and len(part.split()) <= 4 and part == part.lower() for part in written), line
        assert len(set(written)) == len(written), line


def test_no_phrase_stands_for_itself() -> None:
    """Only another spelling, which full-text search takes for another word, may share the stems."""
    for wanted, others in thesaurus().items():
        assert others, wanted
        assert [other for other in others if phrase(other) == wanted and "is" not in other and "iz" not in other] == []
