"""A result is told with its subject, and with what it was compared with where the sentence says so."""

import time

import pytest

from agent.models.embedded.newsletter.claims import claims
from agent.models.embedded.newsletter.conditions import condition
from agent.models.embedded.newsletter.owners import subjects
from tests.editorial.test_outcomes import stating
from tests.machine import slowness


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
        ("FenNet is 20 times smaller than BogNet.", "20 times"),
        ("FenNet shows an 18% relative increase for BogNet.", "18%"),
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


@pytest.mark.parametrize(
    ("sentence", "value", "told"),
    [
        (
            "In addition, with the help of MireNet, FenNet achieves an improvement of up to 15% on MossQA benchmark.",
            "15%",
            "FenNet reports an improvement of up to 15% on the MossQA benchmark with the help of MireNet",
        ),
        (
            "Additionally, in the 256-frame setting, our method reduces memory usage by 45% compared to the baseline.",
            "45%",
            "FenNet reduces memory usage by 45% compared to the baseline in the 256-frame setting",
        ),
        (
            "FenNet outperforms BogNet by 2.0% on BogBench, when using the same training data.",
            "2.0%",
            "FenNet outperforms BogNet by 2.0% on BogBench when using the same training data",
        ),
        (
            "FenNet is 2.8 times faster than BogNet and saves 86.8% memory under zero-shot settings.",
            "2.8 times",
            "FenNet is 2.8 times faster than BogNet under zero-shot settings",
        ),
        (
            "When tuned on 50K pairs, FenNet reduces latency by 45% on BogBench.",
            "45%",
            "FenNet reduces latency by 45% on BogBench when tuned on 50K pairs",
        ),
    ],
)
def test_a_claim_keeps_its_condition(sentence, value, told):
    """With what help, after what training and in which setting something holds goes with it, wherever that stands."""
    (found,) = claims(stating(sentence, value))

    assert found.told == told


def of_a_dataset(sentence, value, more="We collect pairs."):
    """A paper on a dataset that states a value."""
    item = stating(sentence, value)
    sentences = (*item.paper.sentences, more)
    return item.model_copy(
        update={
            "paper": item.paper.model_copy(update={"sentences": sentences, "roles": (*item.paper.roles, "method")}),
            "summary": item.summary.model_copy(update={"contribution": "dataset"}),
        }
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "We fine-tune a model on FenNet, achieving a 18.3% improvement over BogNet across 12 tasks.",
        "FenNet reports an 18.3% improvement in recall over BogNet.",
        "BogNet reports an 18.3% improvement in recall over MireNet.",
    ],
)
def test_data_gain_nothing(sentence):
    """A dataset is not credited with what a model gains, and others are not with what is not the paper's."""
    assert claims(of_a_dataset(sentence, "18.3%")) == []


def test_a_model_of_the_authors_is_introduced_as_theirs():
    """A model that neither title nor line names is the authors', where the abstract says so."""
    (found,) = claims(of_a_dataset("BogNet reduces errors by 8% on FenNet.", "8%", "We further develop BogNet."))

    assert found.told == "The authors’ BogNet reduces errors by 8% on FenNet"


@pytest.mark.parametrize(
    "announced",
    [
        "We train MireNet and compare it with BogNet.",
        "We release MireTune for training with BogNet.",
        "We present a study that compares MireNet and BogNet.",
        "We design prompts for BogNet.",
    ],
)
def test_a_model_of_others_is_not_introduced(announced):
    """What the authors only use, compare or build on is not called theirs."""
    assert claims(of_a_dataset("BogNet reduces errors by 8% on FenNet.", "8%", announced)) == []


def test_the_condition_of_another_clause_is_not_told():
    """What stands behind `while` limits what is said there."""
    (found,) = claims(
        stating("FenNet reduces errors by 8% on BogBench while nets fail when tested on MireBench.", "8%")
    )

    assert "MireBench" not in found.told


@pytest.mark.parametrize("unit", ["A", "A.", "A-", "in a ", "a, "])
def test_long_words_take_no_time(unit):
    """Whose a result is, and under which condition, is told at once of any text."""
    begun = time.process_time()
    subjects(unit * 10_000)
    condition(unit * 10_000, unit * 10_000)

    assert time.process_time() - begun < slowness()


def test_work_without_a_name_is_called_as_its_title_calls_it():
    """The head of a title names what has no other name."""
    item = stating("Our method reduces latency by 45% on BogBench.", "45%")
    item = item.model_copy(update={"summary": item.summary.model_copy(update={"name": None})})
    (found,) = claims(
        item.model_copy(update={"paper": item.paper.model_copy(update={"title": "Early Token Choice: A Method"})})
    )

    assert found.listed == "Early Token Choice: reduces latency by 45% on BogBench"


def test_a_mean_goes_before_a_best_case():
    """Where a sentence has both, the best case alone would say too much."""
    sentence = "FenNet boosts accuracy by an average of 2.5% on BogBench, with an improvement of 8.7% on MireBench."
    item = stating(sentence, "2.5%")
    results = (*item.summary.results, item.summary.results[0].model_copy(update={"value": "8.7%"}))
    found = claims(item.model_copy(update={"summary": item.summary.model_copy(update={"results": results})}))

    assert [claim.outcome.value for claim in found] == ["2.5%"]


def test_what_gets_too_long_is_left_out():
    """A figure is not trimmed of its condition."""
    condition = "when trained on " + " and ".join(f"{number} pairs of kind {number}" for number in range(60, 66))

    assert claims(stating(f"FenNet reduces latency by 45% on BogBench {condition}.", "45%")) == []
