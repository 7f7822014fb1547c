"""The name of what a paper proposes is found where authors put it, and nothing else is taken for one."""

import pytest

from agent.models.embedded.abstract import read
from agent.models.embedded.name import name
from agent.models.embedded.shape import coined, expansion
from agent.text import sentences


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        ("Folding: a study", "We validate our method, called FoldCLR, on cloth.", "FoldCLR"),
        ("Folding", "We show that our LoomFold models fold cloth. LoomFold is fast.", "LoomFold"),
        ("Folding", "We present Loomy, a small folding machine. Loomy folds.", "Loomy"),
        ("Folding", 'We present the "Law of Folding Threads" in looms.', "Law of Folding Threads"),
        (
            "Folding",
            "Folding is hard. Tests show that the proposed Fast Cloth Folder (FCF) works. FCF is small.",
            "FCF",
        ),
        ("Folding", "We propose a thread-aware contrastive folding (TACF) strategy. TACF folds.", "TACF"),
        ("Folding", "We propose Thread to Fold, Press, Iron (T2F-FPI), which folds.", "T2F-FPI"),
        ("FoldBase, an open database of folds", "FoldBase holds 300 folds. All are free.", "FoldBase"),
        ("The LOOMSCAN survey: folds of the sky", "LOOMSCAN has imaged 48 folds. All images are public.", "LOOMSCAN"),
        ("Folds", "Folds vary. The resulting resource, FoldReg, lists 300 folds.", "FoldReg"),
        ("Folding", "We present a wearable Internet of Things (IoT) node for looms.", None),
        ("Folding", "We propose a method using Particle Swarm Optimization (PSO).", None),
        ("Folding", "We propose a regularizer for Recurrent Neural Networks (RNNs).", None),
        ("Loss of ARL8B", "We show that ARL8B and SKIP are required for mTORC1 in HeLa cells.", None),
        ("Folds", "We prove that every graph of girth g has a fold. The bound is tight.", None),
        ("Folding", "We propose a simple way to fold cloth, termed dynamic thread exit (DyTE).", "DyTE"),
        ("Folding", "We present a method named Thread-Wise Adaptation of large looms (TWALL), which folds.", "TWALL"),
        ("Fold and Press: looms that iron", "We propose a paradigm, fold-and-press, to iron.", "fold-and-press"),
        (
            "FOLD-Eval: Probing looms",
            "We look into looms. For this, we propose FoldSkills, a set of folds.",
            "FOLD-Eval",
        ),
        ("Folding", "We propose a Loom-Aware MLLM, FoldMed, which is the first to fold.", "FoldMed"),
        ("Looms without threads", "We launch LVE, a loom without threads. LVE folds.", "LVE"),
        (
            "Looms in clinics",
            "We trained looms. The resulting model, RetinaLoom, can fold cloth. RetinaLoom folds.",
            "RetinaLoom",
        ),
        (
            "Few-shot fold learning",
            "We propose learning in a multi-fold (FM3) setting. FM3 folds. FM3's threads are few.",
            "FM3",
        ),
        (
            "Loom Vision Therapy: Looms can fold by Thread Learning",
            "We propose to conduct Loom Vision Therapy with threads. We propose a Thread Learning (THRL) strategy.",
            "Loom Vision Therapy",
        ),
    ],
)
def test_names_stand_where_authors_announce_them(title: str, abstract: str, expected: str | None) -> None:
    """`called X`, `our X models`, `X, a …`, quotes and short forms of what is proposed name; methods used do not."""
    assert name(read(title, sentences(abstract))) == expected


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        ("Looms for all", "We introduce a loom for any cloth. Furthermore, we present FoldBench, a benchmark.", None),
        (
            "Better looms",
            "We propose LoomAra. Second, we introduce the Query Fold (QFold). QFold sees threads. LoomAra folds.",
            "LoomAra",
        ),
        (
            "Thread Mixup for looms",
            "We propose two steps. First, we propose a Thread Mixup that folds.",
            "Thread Mixup",
        ),
        ("What makes folding work?", "We present a framework for investigating Multi Fold Learning (M-FL).", None),
        ("Folds", "We propose a model that combines Bidirectional Loom Representations (BLR) and threads.", None),
        ("Recent folds", "This survey is a review of advances in Medical Loom Models (Med-LMs). Med-LMs fold.", None),
        ("The dawn of looms", "In this paper, we analyze the latest model, LOOM-4, to see how it folds.", None),
        (
            "Harmony of looms",
            "We present FoldHarmony, a unified model of folds. We propose Slide-Fold, which joins threads. Slide-Fold "
            "harmonizes threads. Slide-Fold helps FoldHarmony.",
            "FoldHarmony",
        ),
        (
            "LoomSet-CLIP: Towards one loom",
            "We introduce LoomSet, a dataset of folds. LoomSet is large. Using LoomSet, we trained LoomSet-CLIP, a "
            "unified loom.",
            "LoomSet-CLIP",
        ),
        (
            "Folds aligned: A Comprehensive Study",
            "We analyze how looms are aligned. Based on these insights, we introduce a way of making folds called "
            "Driven Fold Sampling (DFS).",
            None,
        ),
        (
            "A test of looms",
            "We design settings of folds. For seeing (A1), we carry out the LoomSee+ dataset; for telling (A2), we "
            "propose the LoomTell+ dataset.",
            None,
        ),
    ],
)
def test_no_part_or_subject_names_the_whole(title: str, abstract: str, expected: str | None) -> None:
    """What is announced on top, is one part of several, is studied or is made use of gives no name, unless titled."""
    assert name(read(title, sentences(abstract))) == expected


@pytest.mark.parametrize("word", ["FooNet", "FOO-2", "fooBar", "F^2oo", "Foo-3-Bar", "2Foo"])
def test_only_names_are_spelt_so(word: str) -> None:
    """Capitals inside a word, or digits behind letters, are a name's."""
    assert coined(word)


@pytest.mark.parametrize("word", ["Folding", "fold", "state-of-the-art", "Cross-Modal"])
def test_plain_words_are_not_coined(word: str) -> None:
    """A capital at the start says nothing."""
    assert not coined(word)


@pytest.mark.parametrize(
    ("before", "short", "long_form"),
    [
        ("we use the Recurrent Loom Network", "RLN", "Recurrent Loom Network"),
        ("a multi loom (a) mesh", "MLAM", None),
        ("x" * 50_000, "XY", None),
    ],
)
def test_long_forms_are_words_before_the_short_form(before: str, short: str, long_form: str | None) -> None:
    """No bracket lies within a long form, and an endless text is not searched to its start."""
    assert expansion(before, short) == long_form
