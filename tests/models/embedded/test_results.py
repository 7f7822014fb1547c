"""Results are outcomes told in numbers, each with what belongs to it and nothing that belongs to another."""

import pytest

from agent.models.embedded.abstract import read
from agent.models.embedded.quantities import Telling, quantities
from agent.models.embedded.results import results
from agent.models.embedded.values import values

COMPUTING = "We train a neural network on a benchmark."
MEASURING = "We measured the tension of silk threads."


def told(sentence: str, before: str = COMPUTING) -> list[tuple[str | None, ...]]:
    """The results of an abstract of two sentences, of which the second reports."""
    roles = ("method", "result")
    abstract = read("Folding", [before, sentence])
    found = results(type(abstract)(abstract.title, abstract.sentences, None, roles))
    return [(result.value, result.metric, result.on, result.versus) for result in found]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It improves accuracy by 5% and 7% on FoldSet and KnitSet, respectively.",
         [("5%", "accuracy", "FoldSet", None), ("7%", "accuracy", "KnitSet", None)]),
        ("On FoldSet and KnitSet, it reaches an accuracy of 91.5% and 88.2%, respectively.",
         [("91.5%", "accuracy", "FoldSet", None), ("88.2%", "accuracy", "KnitSet", None)]),
        ("It surpasses ScribeLM and InkNet by 4.1% and 6.3%, respectively.",
         [("4.1%", None, None, "ScribeLM"), ("6.3%", None, None, "InkNet")]),
        ("It is 2.5x and 4x faster than ScribeLM and InkNet, respectively.",
         [("2.5x", "faster", None, "ScribeLM"), ("4x", "faster", None, "InkNet")]),
        ("It reduces latency and memory by 20% and 30%, respectively.",
         [("20%", "latency", None, None), ("30%", "memory", None, None)]),
        ("It gains 3.1%, 4.2% and 5.3% on FoldSet, KnitSet and LoomSet.",
         [("3.1%", None, "FoldSet", None), ("4.2%", None, "KnitSet", None), ("5.3%", None, "LoomSet", None)]),
        ("It gains 12% over ScribeLM on FoldSet and KnitSet.", [("12%", None, "FoldSet and KnitSet", "ScribeLM")]),
        ("It gains 3% on FoldSet, 4% on KnitSet and 5% on LoomSet.",
         [("3%", None, "FoldSet", None), ("4%", None, "KnitSet", None), ("5%", None, "LoomSet", None)]),
    ],
)  # fmt: skip
def test_lists_told_side_by_side_are_paired_in_order(sentence: str, found: list[tuple[str | None, ...]]) -> None:
    """The first value has the first thing of the list, the second the second; what is common is common."""
    assert told(sentence) == found


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("The error fell from 9.5% to 4.1%.", ["9.5%", "4.1%"]),
        ("The error drops, ranging from 16.8% to 26.9% across solvers.", ["16.8% to 26.9%"]),
        ("It achieves gains from 10% to 60% over ScribeLM.", ["10% to 60%"]),
        ("It reaches a score of 0.652 compared to 0.641 for ScribeLM.", ["0.652", "0.641"]),
        ("It raises F1 from 71.2 to 80.4.", ["71.2", "80.4"]),
        ("It wins in nine out of ten tasks.", ["nine out of ten"]),
        ("It decodes 65.3 tokens per second.", ["65.3 tokens per second"]),
        ("It beats the best solver by 9 absolute points.", ["9 absolute points"]),
        ("It saves 2.3 GB of memory.", ["2.3 GB"]),
        ("It is an order of magnitude faster.", ["an order of magnitude"]),
        ("It outperforms solvers with 7B parameters on 12 benchmarks, trained on 30M pairs.", []),
        ("It outperforms Foo-2.5 at a resolution of 448 x 448 with a mask ratio of 75%.", []),
    ],
)
def test_values_are_whole_and_sizes_are_none(sentence: str, values: list[str]) -> None:
    """A change is two values, a span one; a score that is compared brings its counterpart; settings stay out."""
    assert [value for value, *_ in told(sentence)] == values


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Tension fell by 12.4 mN within 3 weeks (P < 0.001, n = 14).", ["12.4 mN"]),
        ("The risk was lower with silk (hazard ratio 0.73; 95% CI, 0.57 to 0.94; P = 0.014).", ["0.73"]),
        ("The gap is 18.2 ± 0.4 meV and closes above 42 K.", ["18.2 ± 0.4 meV"]),
        ("The excess has a significance of 5.1σ at a mass of 125 GeV.", ["5.1σ"]),
        ("Expression rose 4.2-fold in cells kept at 37 °C for 48 h.", ["4.2-fold"]),
        ("Threads were dried at 180 °C for 20 min under 450 nm light.", []),
    ],
)
def test_sciences_that_measure_report_in_units(sentence: str, values: list[str]) -> None:
    """What was found has a unit; temperatures, durations, intervals and p-values of the experiment are no outcome."""
    assert [value for value, *_ in told(sentence, MEASURING)] == values


def test_what_others_found_before_is_no_result() -> None:
    """A number of the world before the authors speak of their work is background."""
    abstract = read("Folding", ["Folding errors cause 30% of returns, which rose by 12% in 2020.", "We study folding."])

    assert results(type(abstract)(abstract.title, abstract.sentences, None, ("background", "objective"))) == ()


def test_an_endless_list_of_numbers_is_no_prose() -> None:
    """At most twenty values are taken from one sentence."""
    assert len(values("gains of " + "1%, " * 5_000, Telling(reported=True, measuring=False))) == 20


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("by 4%", [("4%", "share")]),
        ("2.4-2.9x faster", [("2.4-2.9x", "share")]),
        ("13.8 mg h−1 cm−2", [("13.8 mg h−1 cm−2", "measure")]),
        ("ResNet-18 and v1.5 in O(n^2)", []),
        ("(95% CI)", [("95%", "share")]),
    ],
)
def test_numbers_carry_their_units(text: str, found: list[tuple[str, str]]) -> None:
    """A unit belongs to its number, a number inside a name is none."""
    assert [(text[begin:end], unit) for begin, end, unit in quantities(text)] == found
