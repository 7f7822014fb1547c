"""A result is told with its subject, and with what it was compared with where the sentence says so."""

import pytest

from agent.models.embedded.newsletter.claims import claims
from tests.editorial.test_outcomes import stating


@pytest.mark.parametrize(
    ("sentence", "value", "alone", "listed"),
    [
        (
            "FenNet-L outperforms BogNet by 2.0% on BogBench.",
            "2.0%",
            "FenNet-L outperforms BogNet by 2.0% on BogBench",
            "FenNet-L: outperforms BogNet by 2.0% on BogBench",
        ),
        (
            "FenNet reduces latency by 45% compared to BogNet, without retraining.",
            "45%",
            "Reduces latency by 45% compared to BogNet",
            "FenNet: reduces latency by 45% compared to BogNet",
        ),
        (
            "Compared to BogNet, FenNet needs 45% fewer tokens.",
            "45%",
            "45% fewer tokens compared to BogNet",
            "FenNet: 45% fewer tokens compared to BogNet",
        ),
        (
            "FenNet is 2.8 times faster than BogNet.",
            "2.8 times",
            "2.8 times faster than BogNet",
            "FenNet: 2.8 times faster than BogNet",
        ),
    ],
)
def test_a_claim_says_whose_and_against_what(sentence, value, alone, listed):
    """The subject is named where it is not the paper's own name, and what was compared with is kept."""
    (found,) = claims(stating(sentence, value))

    assert (found.alone, found.listed) == (alone, listed)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("FenNet is fast and has an encoder that is 3.4 times smaller.", "3.4 times"),
        ("FenNet shows a relative improvement of 30%.", "30%"),
        ("FenNet is 10 times smaller than the best (BEST) small networks.", "10 times"),
    ],
)
def test_what_is_not_its_own_or_not_whole_is_no_claim(sentence, value):
    """What is said of a part, of nothing in particular, or is cut in its middle is not told."""
    assert claims(stating(sentence, value)) == []


def test_a_comparison_is_told_as_a_sentence():
    """A thing is faster, but it reports fewer tokens."""
    (fewer,) = claims(stating("FenNet needs up to 94.8% fewer FLOPs.", "94.8%"))
    (faster,) = claims(stating("FenNet is 2.8 times faster than BogNet.", "2.8 times"))

    assert fewer.told == "FenNet reports up to 94.8% fewer FLOPs"
    assert faster.told == "FenNet is 2.8 times faster than BogNet"
