"""What a paper contributes is told by the main thing that it announces."""

import pytest

from agent.models.embedded.summary import understand
from agent.text import sentences


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        # The noun of the announcement ends where its participle begins, or at no dot within a number.
        ("Folding", "We propose a novel folding method utilizing a pre-tuned loom model to press cloth.", "method"),
        ("Folding", "We introduce LoomEmb, a 3.8 billion thread folding model for cloth.", "model"),
        (
            "Looms as judges of folds",
            "We introduce PathFold, a benchmark assessing loom models in the wild.",
            "benchmark",
        ),
        # What is announced on top of the main thing says less.
        (
            "Looms for any cloth",
            "We introduce a new multi-cloth model. Furthermore, we present FoldBench, a benchmark of folds.",
            "model",
        ),
        (
            "FoldIR: Training and Benchmarking Looms",
            "We introduce FoldIR, a unified fold retriever. Additionally, we construct F-BEAR, a benchmark of folds.",
            "model",
        ),
        # An apposition says more than the words of a name.
        ("Folds", "We present Multi-Thread Loom Tuning (MTL-IT), a dataset of 2,800 folds.", "dataset"),
        ("Folds", "We introduce a suite of streamlined strategies to fold.", "method"),
        ("Folds", "We present the Comprehensive Evaluation Framework (FoldEF) that profiles looms.", "benchmark"),
        # What is named is analysed too, and a proof of concept proves nothing.
        (
            "Cloth and thread",
            "We propose Threaded Folds, a form of cloth. We provide an extensive analysis of these folds.",
            "method",
        ),
        ("Folds", "We present LoomMixer, a new loom architecture. As a proof of concept, we fold.", "model"),
        (
            "Probing folds",
            "This paper presents a systematic investigation of folds. We find that looms fold.",
            "analysis",
        ),
        ("On looms as folders", "In this work, we evaluate 13 looms and analyze the folds that they make.", "analysis"),
        # A study may end in a model, and data may be a means.
        (
            "Looms in clinics",
            "We show that looms fail. The resulting model, RetinaLoom, can fold cloth. RetinaLoom folds.",
            "model",
        ),
        (
            "LoomSet-CLIP: Towards one loom",
            "We introduce LoomSet, a dataset. Using LoomSet, we trained LoomSet-CLIP, a unified loom model.",
            "model",
        ),
        ("Looms and threads", "Looms are old. Therefore, this study constructs a thread evaluation model.", "model"),
        (
            "FoldVid: Grounding folds",
            "We construct a large dataset of folds and then utilize a two-stage training. FoldVid folds.",
            "method",
        ),
    ],
)
def test_kinds_follow_the_main_announcement(title: str, abstract: str, expected: str) -> None:
    """Neither a by-product, nor the word of a name, nor a thing made use of decides what a paper contributes."""
    assert understand(title, sentences(abstract)).kind == expected
