"""Benchmarks, datasets and models are told by spelling and by the words around them."""

import pytest

from agent.models.embedded.abstract import read
from agent.models.embedded.concepts import abbreviations, computing
from agent.models.embedded.entities import Entities, entities
from agent.models.embedded.mentions import mentioned


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is tested on the FoldSet dataset.", {"FoldSet": "dataset"}),
        ("It is tested on a large dataset LoomVideo [18].", {"LoomVideo": "dataset"}),
        ("We extend KnitScreen (Foo et al., 2021), a summarization dataset of looms.", {"KnitScreen": "dataset"}),
        ("It leads on two test benchmarks (FoldQA and KNIT).", {"FoldQA": "benchmark", "KNIT": "benchmark"}),
        ("It leads on the Visual Folding Reasoning benchmark.", {"Visual Folding Reasoning": "benchmark"}),
        ("It beats models such as InkLM-7B, ScribeNet and QuillGPT.",
         {"InkLM-7B": "model", "ScribeNet": "model", "QuillGPT": "model"}),
        ("It has the speed of Quillo with 7B parameters.", {"Quillo": "model"}),
        ("Compared to SOTA SCRIB 0.641, it wins.", {"SCRIB": "model"}),
        ("We test a method, FoldSelect, which folds.", {}),
        ("A metric such as FoldScore is not enough.", {}),
        ("It runs on an A100 with 24 GB at Top-1 accuracy.", {}),
        ("It improves Domain Generalization tasks.", {}),
        ("Many FOOs and LoomNets were trained.", {}),
    ],
)  # fmt: skip
def test_the_words_around_a_name_tell_what_it_names(text: str, found: dict[str, str]) -> None:
    """Nouns behind and before, lists, comparisons and sizes tell the kind; methods, metrics and plurals are none."""
    assert dict(mentioned(text)) == found


@pytest.mark.parametrize(
    ("sentences", "own"),
    [
        (["We propose FoldNet, a framework that folds."], ()),
        (["We propose Foldy, a novel architecture for benchmarks.", "Foldy folds."], ("Foldy",)),
        (["Our method Foldy folds LLMs.", "Foldy-7B is released."], ("Foldy",)),
        (["We propose a Fold Transformer (FoldT), a model."], ("FoldT", "Fold Transformer")),
    ],
)
def test_the_papers_own_method_is_a_model_where_it_is_called_one(sentences: list[str], own: tuple[str, ...]) -> None:
    """A framework is none, an architecture or what comes in sizes is one, with its long form if that is a name."""
    abstract = read("Folding with transformers", ["We train a transformer.", *sentences])
    own_name = next(word for word in ("FoldNet", "FoldT", "Foldy") if word in " ".join(sentences))
    named = type(abstract)(abstract.title, abstract.sentences, own_name)

    assert set(own) <= set(entities(named, "method").models)
    assert own or own_name not in entities(named, "method").models


def test_abbreviations_of_common_nouns_name_nothing() -> None:
    """`large fold models (LFMs)` is a concept, `the Fold Reading (FOLDR) dataset` is not."""
    abstract = read("", ["Large fold models (LFMs) fail on the Fold Reading (FOLDR) dataset."])

    assert {each.short: each.is_concept for each in abbreviations(abstract)} == {"LFMs": True, "FOLDR": False}


def test_only_computing_has_models() -> None:
    """One word that other sciences use as well is not enough to take a gene for a model."""
    genes = read("", ["BRCA1 and NOTCH3 form a network."])

    assert not computing(genes)
    assert entities(genes, "analysis") == Entities()
    assert computing(read("", ["We train a neural network."]))
