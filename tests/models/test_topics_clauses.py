"""Clauses of overviews are sentences of abstracts with `we` and praise left out, and nothing put in."""

import pytest

from agent.models.embedded.topics.clauses import deed, finding, outcome, stands_alone
from agent.models.embedded.topics.phrases import heads, phrases, runs, sound


@pytest.mark.parametrize(
    ("text", "name", "clause"),
    [
        ("We propose Mireflux, a chamber that measures methane.", "Mireflux",
         "Mireflux is a chamber that measures methane"),
        ("We introduce Mireflux, which maps methane fluxes over peat soils.", "Mireflux",
         "Mireflux maps methane fluxes over peat soils"),
        ("We build a corpus Peatnotes of field notes on peat.", "Peatnotes",
         "Peatnotes is a corpus of field notes on peat"),
        ("Mireflux is a novel atlas of methane fluxes on peat.", "Mireflux",
         "Mireflux is an atlas of methane fluxes on peat"),
        ("We study how peat soils breathe in a dry winter.", None,
         "One paper studies how peat soils breathe in a dry winter"),
        ("This work compares three chambers on drained peat soils.", None,
         "One paper compares three chambers on drained peat soils"),
        ("We show that peat soils lose carbon in dry summers.", None,
         "One paper finds that peat soils lose carbon in dry summers"),
        ("Results suggest that peat soils lose carbon in summer.", None, None),
        ("We show that peat soils breathe and propose a new chamber.", None, None),
        ("We measure carbon to solve these issues of our method.", None, None),
        ("The chamber of closed glass measures methane well enough.", "Mireflux", None),
        ("", None, None),
    ],
)  # fmt: skip
def test_deeds(text, name, clause):
    """A deed has its work or one paper for a subject; what cannot be retold safely is left."""

    assert deed(text, name, 26) == clause


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Peat soils lose carbon in dry summers.", "One paper reports that peat soils lose carbon in dry summers"),
        ("The soils of two fens lose carbon.", "One paper reports that the soils of two fens lose carbon"),
        ("Fenland soils lose carbon in dry summers.", None),
        ("Our chamber loses carbon in dry summers.", None),
        ("", None),
    ],
)
def test_findings(text, clause):
    """A finding is told as one paper's, unless its first word may be a name or it says `our`."""

    assert finding(text, {"peat"}, 26) == clause


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Experiments show that Mireflux lowers the error by 12.5% on peat.",
         "Mireflux lowers the error by 12.5% on peat"),
        ("Mireflux lowers the error by 12.5%, but doubles the cost of each probe in the field season.", None),
        ("Mireflux lowers the error of the gas flux by 12.5%, outperforming closed chambers of steel.",
         "Mireflux lowers the error of the gas flux by 12.5%"),
        ("The chamber lowers the error by 12.5% on drained peat soils.", None),
        ("Our Mireflux lowers the error by 12.5% on drained peat soils.", None),
    ],
)  # fmt: skip
def test_outcomes(text, clause):
    """An outcome names its work, ends early only where nothing is limited by what follows, and never says `our`."""

    assert outcome(text, "Mireflux", 13) == clause


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Peat soils store much carbon.", True),
        ("Peat soils such as fens store much carbon.", True),
        ("This limits the use of chambers.", False),
        ("Chambers of these kinds disturb the soil.", False),
        ("Our chambers disturb the soil.", False),
        ("The former disturbs the soil.", False),
    ],
)
def test_sentences_that_stand_alone(text, alone):
    """A sentence that points back or at its authors does not stand alone."""

    assert stands_alone(text) is alone


def found(text):
    runs_found = runs(text)
    head = heads(runs_found)
    return {" ".join(printed) for phrase, printed in phrases(runs_found) if len(phrase) > 1 and sound(phrase, head)}


@pytest.mark.parametrize(
    ("text", "phrase", "held"),
    [
        ("We study peat soil carbon in fens.", "peat soil carbon", True),
        ("We study peat soil carbon in fens.", "study peat", False),
        ("A mixture of experts on soil.", "mixture of experts", True),
        ("Advances in token pruning, in short.", "token pruning", True),
        ("Models enhancing soil carbon.", "enhancing soil", False),
        ("A novel FooNet chamber.", "FooNet chamber", False),
        ("The use of ICL prompts for soil.", "ICL prompts", True),
    ],
)
def test_phrases(text, phrase, held):
    """A phrase has no joining word, verb, praise or coined name at its edges."""

    assert (phrase in found(text)) is held
