"""What is printed of one paper can be read without its abstract."""

import pytest

from agent.editorial.lines import line, result
from agent.editorial.standing import stands
from agent.grounding import check
from agent.models.embedded.newsletter.claims import claims
from agent.schema import Provenance, Result, Statement, SummarizedPaper, Summary
from agent.text import clean
from tests.examples import paper

PROVENANCE = Provenance(engine_version="0", model="any", prompt="any@1", prompt_sha="0" * 12)


def told(tldr, *others, name="FenNet", roles=None, results=(), findings=()):
    """A paper whose first sentence is its TL;DR; the others are its approach, and these its findings."""
    sentences = (tldr, *others, *findings)
    known = paper(f"{name}: Pruning").model_copy(update={"sentences": sentences, "roles": roles})
    first = 2 + len(others)
    summary = Summary(
        paper_id=known.id,
        tldr=Statement(text=tldr, evidence=(1,)),
        contribution="method",
        name=name,
        approach=tuple(Statement(text=text, evidence=(place,)) for place, text in enumerate(others, 2)),
        findings=tuple(Statement(text=text, evidence=(place,)) for place, text in enumerate(findings, first)),
        results=results,
        provenance=PROVENANCE,
    )
    return SummarizedPaper(paper=known, summary=summary)


APPROACH = "We propose FenNet, a method that prunes visual tokens of videos."


@pytest.mark.parametrize(
    "tldr",
    [
        "In the first stage, FenNet learns which tokens of a video are left out.",
        "These observations lead to pruning of tokens before the decoder sees any of them.",
        "FenNet is a network that is trained on these augmented datasets of videos.",
        "FenNet fills this gap with tokens of videos that are pruned early.",
        "FenNet addresses the issue by tokens of videos that are pruned early.",
        "We conjecture that the tokens of a video may be left out early.",
    ],
)
def test_a_line_hangs_on_nothing_outside(tldr):
    """A TL;DR that points at what only the abstract says, or guesses, gives way to what was done."""
    found = line(told(tldr, APPROACH))

    assert found.evidence == (2,)
    assert "prunes visual tokens of videos" in found.text


@pytest.mark.parametrize(
    "tldr",
    [
        "FenNet prunes visual tokens of videos before the decoder sees them.",
        "FenNet addresses the problem of long videos with pruned tokens.",
        "Built on a pretrained decoder, FenNet prunes tokens such as those of videos.",
    ],
)
def test_a_line_that_stands_is_the_gist(tldr):
    """What can be read alone stays as it is."""
    assert line(told(tldr, APPROACH)).text == tldr


@pytest.mark.parametrize(
    ("tldr", "clipped"),
    [
        (
            "The findings lead to FenNet, which prunes the visual tokens of videos early.",
            "FenNet prunes the visual tokens of videos early.",
        ),
        (
            "This study addresses this gap by examining which visual tokens of videos can be pruned.",
            "Examines which visual tokens of videos can be pruned.",
        ),
        (
            "We analyze these problems in detail and propose FenNet, a method that prunes the tokens of videos.",
            "Proposes FenNet, a method that prunes the tokens of videos.",
        ),
        (
            "FenNet is a network that addresses these concerns by keeping few tokens of all videos.",
            "FenNet is a network keeping few tokens of all videos.",
        ),
        (
            "FenNet is a fast network for visual tokens of videos that mitigates this issue.",
            "FenNet is a fast network for visual tokens of videos.",
        ),
        (
            "FenNet prunes most visual tokens of all videos, highlighting how many of them are left.",
            "FenNet prunes most visual tokens of all videos, highlighting how many of them are left.",
        ),
    ],
)
def test_what_points_elsewhere_is_clipped(tldr, clipped):
    """Where a sentence can be read alone without the words that point at another, these go."""
    found = line(told(tldr))

    assert found.text == clipped
    assert found.evidence == (1,)


def test_a_line_says_more_than_the_title():
    """A gist that only says that there is what the title names gives way to what was done."""
    assert line(told("FenNet is a novel framework for pruning.", APPROACH)).evidence == (2,)


def test_a_line_is_no_longer_than_a_breath():
    """A very long gist is cut, or gives way to another sentence."""
    tldr = "FenNet prunes visual tokens of videos" + ", and it keeps those of frogs and of toads" * 6 + "."

    assert len(line(told(tldr, APPROACH)).text.split()) <= 45


def test_a_line_says_what_was_made():
    """Of something made, what was made is told before how well it does; where nothing else stands, the gist stays."""
    tldr = "FenNet outperforms earlier networks on all videos of bogs."

    assert line(told(tldr, APPROACH, roles=("result", "method"))).evidence == (2,)
    assert line(told(tldr, roles=("result",))).text == tldr
    assert not stands("These networks are pruned.")


@pytest.mark.parametrize(
    "tldr",
    [
        "Given a video of bogs, FenNet selects a few equidistant frames of frogs and of toads.",
        "We are able to scale the pruning of frogs to longer videos of wetlands and moors.",
        "In addition to pruning, FenNet counts toads to further improve the state of the art.",
        "Pruning of frogs and of toads is done by FenNet in three different ways.",
    ],
)
def test_a_line_neither_sets_a_scene_nor_closes(tldr):
    """What there was before, what else can be done, and what is only about to be told give way to what was done."""
    assert line(told(tldr, APPROACH)).evidence == (2,)


def test_a_line_that_only_repeats_the_title_gives_way_to_no_part():
    """A sentence that says more of the whole goes before one that says what the title does; one on a part does not."""
    bare, more = "FenNet is a method for pruning.", "FenNet drops tokens of frogs that no decoder looks at."
    parts = (
        "We introduce TokenFrog, a module that watches the frogs of all wetlands.",
        "TFX lets decoders adapt by learning from wetlands that toads have left.",
        "In addition, we count the frogs of wetlands that no toad has left alone.",
    )

    assert line(told(bare, more)).text == more
    assert {line(told(bare, part)).text for part in parts} == {bare}


@pytest.mark.parametrize(
    ("finding", "printed"),
    [
        ("We find that pruned frogs are seldom found.", "The authors find that pruned frogs are seldom found."),
        (
            "Through extensive experiments, we find that pruned frogs are seldom found.",
            "The authors find that pruned frogs are seldom found.",
        ),
        ("We evaluate further networks on more frogs.", "Evaluates how well networks count frogs in fens."),
    ],
)
def test_of_a_study_it_is_told_what_came_out(finding, printed):
    """A study that its gist only announces is told by its first finding, where it has one."""
    item = told("We evaluate how well networks count frogs in fens.", findings=(finding,))
    study = item.model_copy(update={"summary": item.summary.model_copy(update={"contribution": "analysis"})})

    assert line(study).text == printed


def test_short_forms_are_spelled_out():
    """What only another sentence explains is written in full, with its evidence; what everybody knows stays short."""
    tldr = "FenNet improves the RC of MLLMs and of an SFN by counting frogs, and RC with toads."
    told_of = "Nets need Reed Counting (RC), multi-modal large language models (MLLMs) and a slow fen net (SFN)."
    found = line(told(tldr, told_of))

    assert found.text == (
        "FenNet improves the Reed Counting (RC) of MLLMs and of a slow fen net by counting frogs, and RC with toads."
    )
    assert found.evidence == (1, 2)
    begun = line(told("SFNs improve the counting of frogs by looking at reeds.", told_of))
    assert begun.text == "Slow fen nets improve the counting of frogs by looking at reeds."


def measured(sentence, value, **fields):
    return told(
        APPROACH, findings=(sentence,), results=(Result(value=value, metric="recall", evidence=(2,), **fields),)
    )


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("Particularly, FenNet improves recall by 12.5% on BogBench.", "FenNet improves recall by 12.5% on BogBench."),
        (
            "Experimental results demonstrate that FenNet improves recall by 12.5% on BogBench.",
            "FenNet improves recall by 12.5% on BogBench.",
        ),
        (
            "It's noteworthy that FenNet improves recall by 12.5% on BogBench.",
            "FenNet improves recall by 12.5% on BogBench.",
        ),
        ("On BogBench, FenNet improves recall by 12.5%.", "On BogBench, FenNet improves recall by 12.5%."),
        (
            "Experimental results on BogBench demonstrate that FenNet improves recall by 12.5%.",
            "On BogBench, FenNet improves recall by 12.5%.",
        ),
        (
            "Our empirical evaluation reveals that FenNet improves recall by 12.5% on BogBench.",
            "FenNet improves recall by 12.5% on BogBench.",
        ),
        (
            "Our analysis shows that FenNet improves recall by 12.5% on BogBench, and that frogs are out.",
            "The authors’ analysis shows that FenNet improves recall by 12.5% on BogBench, and that frogs are out.",
        ),
        (
            "FenNet improves recall by 12.5% on BogBench, while it keeps what the decoder has learned of frogs, toads, "
            "newts and many other animals that live in wetlands of the north and in those of the south, and needs no "
            "further training of any kind.",
            "FenNet improves recall by 12.5% on BogBench.",
        ),
    ],
)
def test_a_result_is_told_in_one_breath(sentence, short):
    """What only announces a result is left out, and a long one is cut to its value, with on what it was measured."""
    item = measured(sentence, "12.5%", on="BogBench")
    found = result(item, tuple(claims(item)))

    assert found.text == short
    assert not check(found, item.paper.sentences, clean(item.paper.title))


def test_a_long_result_keeps_what_it_was_compared_with():
    """A result that cannot be cut without losing what it was compared with stays whole."""
    sentence = (
        "FenNet improves recall by 12.5% on BogBench and keeps what the decoder has learned of frogs, toads, newts and "
        "of many other animals of the wetlands in the north and in the south when all of it is compared with MireNet."
    )
    item = measured(sentence, "12.5%", on="BogBench")

    assert result(item, tuple(claims(item))).text == sentence


def test_a_very_long_result_is_not_told():
    """Nobody reads a result of more than 45 words; where something is claimed of the work by name, that is told."""
    tail = " and of many other animals of the wetlands in the north and in the south" * 3
    unnamed = measured(
        f"In all, recall rises by 12.5% on BogBench for frogs, toads, newts{tail}, compared with MireNet.", "12.5%"
    )

    assert result(unnamed, tuple(claims(unnamed))) is None
