"""Tasks are noun phrases whose head is a known one, contributions are what announcements call them."""

import pytest

from agent.models.embedded.abstract import Abstract, read
from agent.models.embedded.contribution import contribution
from agent.models.embedded.tasks import tasks
from agent.text import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("This enhances visual understanding and misaligned image generation.",
         ("visual understanding", "image generation")),
        ("We test VQA, image captioning, and cross-modal retrieval tasks.",
         ("visual question answering", "image captioning", "cross-modal retrieval")),
        ("We study text-to-video retrieval and retrieval-augmented generation.",
         ("text-to-video retrieval", "retrieval-augmented generation")),
        ("We predict. A better prediction follows from faster inference.", ()),
        ("Crop yield forecasting is hard. Yield forecasting needs rain.", ("yield forecasting",)),
        ("A segmentation model and a detection method.", ()),
    ],
)  # fmt: skip
def test_tasks_are_heads_with_their_parts(text: str, found: tuple[str, ...]) -> None:
    """Verbs and praise before a task are left out; unknown words count only when they come again."""
    assert tasks(read("A study", sentences(text))) == found


@pytest.mark.parametrize(
    ("title", "abstract", "name", "kind"),
    [
        ("Folding", "To create a better system, we introduce a new folding framework.", None, "method"),
        ("Folding", "We present Foldy, the first end-to-end folding framework. We collect a dataset of folds.", "Foldy",
         "method"),
        ("Folding", "We introduce FoldQ, a Visual Question Answering (VQA) benchmark dataset.", "FoldQ", "dataset"),
        ("FOLDB, an open database of folds", "FOLDB holds 300 folds.", "FOLDB", "dataset"),
        ("The FOLDX survey: a census of folds", "FOLDX has imaged folds.", "FOLDX", "method"),
        ("Folding: A Survey", "In this survey, we review how cloth is folded.", None, "survey"),
        ("Folding graphs", "Every finite graph of girth g has a closed torsion fold.", None, "theory"),
        ("Evidence for folds in silk", "We report microscopy of silk at 3 K.", None, "analysis"),
    ],
)  # fmt: skip
def test_contributions_are_nouns_announced(title: str, abstract: str, name: str | None, kind: str) -> None:
    """What is announced by name weighs most; proofs and measurements without a name are theory and analysis."""
    known = read(title, sentences(abstract))

    assert contribution(Abstract(known.title, known.sentences, name)) == kind
