"""What an abstract says of its authors is told of them."""

import pytest

from agent.editorial.voice import reported
from agent.schema import Statement
from tests.examples import paper


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We propose FenNet.", "Proposes FenNet."),
        ("Here we study frogs of our fen.", "Here the authors study frogs of their fen."),
        ("We propose FenNet and show that it prunes.", "The authors propose FenNet and show that it prunes."),
        ("We beat others.", "The authors beat others."),
        ("Results on our FenBench show much.", "Results on FenBench show much."),
        ("Our results show that we can count frogs.", "The authors’ results show that they can count frogs."),
        ("On GuideQA, our model beats ours of 2020.", "On GuideQA, the authors’ model beats theirs of 2020."),
        (
            "This lets us, and we’ve tried, count ourselves.",
            "This lets the authors, and they have tried, count themselves.",
        ),
        ("FenNet prunes tokens.", "FenNet prunes tokens."),
        ("This paper proposes FenNet.", "Proposes FenNet."),
        ("This survey is about frogs.", "This survey is about frogs."),
        ("We discuss frogs.", "The authors discuss frogs."),
        ("We establish a count of frogs.", "Establishes a count of frogs."),
        ("Our method, dubbed FenNet, prunes tokens.", "FenNet prunes tokens."),
        ("The resulting model, FenNet, prunes tokens.", "FenNet prunes tokens."),
        ("FenNet is a novel agent.", "FenNet is an agent."),
        ("FenNet is a new, simple, and fast agent.", "FenNet is a simple and fast agent."),
        ("FenNet is a new models for frogs.", "FenNet is a model for frogs."),
        (
            "FenNet is a new framework that aligns models with frogs.",
            "FenNet is a framework that aligns models with frogs.",
        ),
        ("To count and compare frogs in fens.", "Aims to count and compare frogs in fens."),
        ("Rivers of the US and of We-Net are hourly surveyed.", "Rivers of the US and of We-Net are hourly surveyed."),
        ("We propose a benchmark FenBench, to count frogs.", "Proposes FenBench, a benchmark to count frogs."),
        (
            "We introduce a method Frog Count on Fens (FCF), which counts.",
            "Introduces Frog Count on Fens (FCF), a method, which counts.",
        ),
        ("FenNet is a LVLM for frogs.", "FenNet is an LVLM for frogs."),
        ("FenNet has a 34.2%↑ recall increase.", "FenNet has a 34.2% recall increase."),
    ],
)
def test_we_are_the_authors(said, told):
    """The authors are named once, then they are “they”; names and other words stay as they are."""
    made = paper(abstract=said).model_copy(update={"sentences": (said,)})

    assert reported(Statement(text=said, evidence=(1,)), made).text == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("To our knowledge, FenNet is the first network for frogs.", "FenNet is a network for frogs."),
        ("FenNet is, as far as we know, the first network for frogs.", "FenNet is a network for frogs."),
        ("FenNet is the first network for frogs.", "FenNet is the first network for frogs."),
    ],
)
def test_what_is_the_first_as_far_as_its_authors_know_is_not_told_to_be(said, told):
    """A hedge that a shortened sentence lost takes with it what it hedged."""
    made = paper(abstract=said).model_copy(update={"sentences": (said,)})

    assert reported(Statement(text="FenNet is the first network for frogs.", evidence=(1,)), made).text == told


def test_a_quotation_stays_as_it_is():
    """What is shown in quotation marks is not told anew."""
    statement = Statement(text="We propose FenNet.", evidence=(1,), quoted=True)

    assert reported(statement, paper()) is statement
