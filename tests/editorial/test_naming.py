"""A benchmark is counted by the papers that name it, however they spell it and wherever they do."""

import time

import pytest

from agent.editorial.naming import named_by_several
from tests.editorial.samples import summarized

TWO = (
    ("FenNet: Bogs", "We propose FenNet, a network. We evaluate FenNet on the ImageNet dataset."),
    ("MireNet: Mires", "We propose MireNet, a network. On the ImageNet dataset, MireNet improves accuracy by 2%."),
)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("It starts from ImageNet weights.", 3),
        ("It starts from ImageNet-pretrained weights.", 3),
        ("It is tested on ImageNet-1k.", 3),
        ("It is tested on Tiny-ImageNet-Bog.", 2),
        ("It nets every image, like an imagenet.", 2),
        ("Code is available at https://example.org/ImageNet.", 2),
    ],
)
def test_a_paper_names_what_its_abstract_has_as_a_word(sentence, count):
    """In any sentence and spelling that is a name; not in an address, in another name or as a common word."""
    third = ("SedgeNet: Sedges", f"We propose SedgeNet, a network for sedges. {sentence}")
    (ids,) = named_by_several(summarized(*TWO, third)).values()

    assert len(ids) == count


@pytest.mark.parametrize("unit", ["a.", "-a", "a/", "a.b-"])
def test_hostile_words_take_linear_time(unit):
    """A word of ten thousand repetitions is looked through within seconds."""
    items = summarized(*TWO)
    paper = items[0].paper
    said = (*paper.sentences, f"On ImageNet I{unit * 10_000}1")
    hostile = items[0].model_copy(update={"paper": paper.model_copy(update={"sentences": said})})
    begin = time.process_time()

    assert len(named_by_several((hostile, *items[1:]))) == 1
    assert time.process_time() - begin < 1


def test_a_benchmark_does_not_name_itself():
    """The paper that presents a benchmark is none of those that use it."""
    own = ("MireBench: Testing Models", "We present MireBench, a benchmark of bogs. We test nine models on MireBench.")
    using = tuple(
        (f"{name}: A Study", f"We propose {name}, a network. We evaluate {name} on the MireBench benchmark.")
        for name in ("FenNet", "SedgeNet")
    )

    assert {name: len(ids) for name, ids in named_by_several(summarized(own, *using)).items()} == {"MireBench": 2}
    assert named_by_several(summarized(own, using[0])) == {}
