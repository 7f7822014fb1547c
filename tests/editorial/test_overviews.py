"""A section begins with what its papers are together, not with what is told of each beneath."""

import pytest

from agent.editorial import arrangement
from agent.editorial.overviews import Part, overviews, tally
from agent.editorial.ranking import rank
from agent.grounding import abstract, check_cited
from agent.models.embedded.newsletter.kinds import kind
from agent.models.embedded.newsletter.overviews import shared
from agent.schema import Citation, CitedSentence, Topic
from agent.text import clean
from tests.editorial.samples import items, of, summarized


def made(*introductions):
    """Papers that introduce themselves so."""
    return summarized(*((f"{said.split()[3].strip(',')}: A Study", f"Bogs are wet. {said}") for said in introductions))


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("Here we introduce FenBench, a comprehensive video benchmark of bogs.", "video benchmark"),
        ("Here we present FenNet, a simple yet effective framework for token pruning.", "framework for token pruning"),
        ("Here we present FenCap, a novel audio captioning dataset that tells of frogs.", "audio captioning dataset"),
    ],
)
def test_what_a_work_is(said, phrase):
    """The noun that a sentence calls a work, without praise and with what says which."""
    (item,) = made(said)

    assert kind(item).phrase == phrase


BOGS = summarized(
    (
        "FenPrune: Token Pruning for Long Videos",
        "Long videos are slow. We propose FenPrune, a method for token pruning in long videos of bogs. Code is "
        "available at https://example.org/fenprune.",
    ),
    (
        "MirePrune: Faster Decoding by Token Pruning",
        "Decoding is slow. We introduce MirePrune, which speeds up decoding by token pruning in mires. MirePrune "
        "reduces latency by 45% on MireBench compared to FenPrune.",
    ),
    (
        "SedgeNet: Machine Translation of Field Guides",
        "Guides are in many languages. We propose SedgeNet, a network for machine translation of field guides.",
    ),
    (
        "ReedNet: Machine Translation without Parallel Text",
        "Parallel text is rare. We present ReedNet, a model for machine translation of reeds without parallel text.",
    ),
    ("Why Are Bogs Wet? A Study", "Bogs are wet. We study why bogs are wet and find reasons."),
)


def parts(*, further):
    """A section of these papers and one of others; of the first, so many are only named."""
    sections = [("Efficiency", BOGS), ("Other", items())]
    ranked = [rank(papers, {}, of_a_week=True).best_first([one.paper.id for one in papers]) for _, papers in sections]
    return [Part(label, papers, papers[:further]) for (label, _), papers in zip(sections, ranked, strict=True)]


def test_papers_are_told_together_by_what_they_deal_with():
    """What the titles or gists of several share is told by name, each cited, and carried by what is cited."""
    (sentence,), nothing = overviews(parts(further=0))
    sources = {item.paper.id: abstract(clean(item.paper.title), item.paper.sentences) for item in BOGS}

    assert set(sentence.text.rstrip(".").split("; ")) >= {"SedgeNet and ReedNet deal with machine translation"}
    assert "MirePrune and FenPrune with token pruning" in sentence.text
    assert {cite.paper_id for cite in sentence.cites} == {item.paper.id for item in BOGS[:4]}
    assert not check_cited(sentence, sources)
    assert nothing == ()


MORE = summarized(
    (
        "A Study of Translation: What Is Left Out",
        "Machine translation leaves words out. We study which words machine translation of guides leaves out.",
    ),
    ("MossNet: Counting Mosses", "Mosses are many. We propose MossNet, a network that counts mosses."),
    ("PeatNet: Cutting Peat", "Peat is deep. We propose PeatNet, a network that cuts peat."),
    ("LarkNet: Songs of Larks", "Larks sing. We propose LarkNet, a network that hears songs of larks."),
)


def test_further_papers_are_owned_to():
    """Where another paper is about the same but has no name, those that are told are some among others."""
    (sentence,), _ = shared([("Efficiency", (*BOGS, *MORE)), ("Other", items())])

    assert "SedgeNet and ReedNet, among others, deal with machine translation" in sentence.text


def test_no_subject_is_that_of_most_papers():
    """What more than half of a section is about, or its label says, does not tell its papers apart."""
    assert shared([("Efficiency", BOGS[:3]), ("Other", items())])[0] == ()
    assert "pruning" not in "".join(one.text for one in shared([("Token pruning", BOGS), ("Other", items())])[0])


def test_a_gain_is_told_of_a_paper_that_is_only_named():
    """Of papers whose results are printed beneath, and of those that are told of already, none is told."""
    alone = Part("Other", (ranked := parts(further=0)[0].papers)[:1], ranked[:1])

    assert [one.text for one in overviews([alone])[0]] == [
        "MirePrune reduces latency by 45% on MireBench compared to FenPrune."
    ]
    assert overviews([alone._replace(further=())]) == [()]


def test_papers_are_counted():
    """By kind, those that link code, and what most work with unless the label says so; one paper is not counted."""
    assert tally("Efficiency", BOGS) == "2 methods, 2 models and 1 analysis; 1 links code."
    assert (
        tally("Wetlands", (of("MireBench"), of("FenNet")))
        == "1 benchmark and 1 method; both link code and work with video."
    )
    assert tally("Video", (of("MireBench"), of("FenNet"))) == "1 benchmark and 1 method; both link code."
    assert tally("Wetlands", BOGS[:1]) == ""


def test_what_a_label_says_is_not_counted():
    """That all papers of `Methods` are methods needs no saying."""
    assert tally("New methods", BOGS[:2]) == "1 links code."
    assert tally("New methods", BOGS[1:2] * 2) == ""


def test_one_named_paper_shares_nothing():
    """Nothing is told together of a single paper, nor of papers without names."""
    alone = [("Bogs", BOGS[:1]), ("Wetness", (BOGS[4], of("Why Do"))), ("None", ())]

    assert shared(alone) == [(), (), ()]


def test_an_overview_does_not_repeat_a_line():
    """Of an endpoint's overview, what a line beneath says in nearly the same words is left out; the rest stays."""
    one, other = of("FenNet"), of("MireBench")
    keys = one.paper.id, other.paper.id
    again = CitedSentence(
        text="FenNet prunes visual tokens of videos before the decoder.",
        cites=(Citation(paper_id=keys[0], evidence=(2,)),),
    )
    both = CitedSentence(
        text="FenNet and MireBench are about video.", cites=tuple(Citation(paper_id=key, evidence=(2,)) for key in keys)
    )
    topic = Topic(id="video", label="Video", overview=(again, both), paper_ids=keys)
    ranking = rank(items(), {}, of_a_week=True)
    section, *_ = arrangement.sections((topic,), (topic,), ranking, None, (), extracted=False)

    assert section.overview == (both,)


def test_what_a_work_does_is_not_what_it_is():
    """The nouns of a sentence that says what a work uses are no names for it."""
    assert kind(made("Here we introduce FenNet, and FenNet uses the frozen backbone model for bogs.")[0]) is None
