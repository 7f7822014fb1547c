"""A section begins with what its papers are together, not with what is told of each beneath."""

import pytest

from agent.editorial import arrangement
from agent.editorial.ranking import rank
from agent.grounding import abstract, check_cited
from agent.models.embedded.newsletter.kinds import kind
from agent.models.embedded.newsletter.overviews import grouped
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


def test_papers_are_grouped_by_what_they_are():
    """Works of a kind are told together by name, each cited, and every sentence is carried by what it cites."""
    papers = made(
        "Here we introduce FenBench, a benchmark of bogs for models.",
        "Here we introduce MireBench, a benchmark of mires for models.",
        "Here we introduce SedgeNet, a graph framework for sedges.",
        "Here we ask why bogs are wet and find reasons.",
    )
    (sentence,) = grouped(papers)
    sources = {item.paper.id: abstract(clean(item.paper.title), item.paper.sentences) for item in papers}

    assert sentence.text == "FenBench and MireBench are benchmarks, and SedgeNet is a graph framework for sedges."
    assert [cite.paper_id for cite in sentence.cites] == [item.paper.id for item in papers[:3]]
    assert not check_cited(sentence, sources)


def test_one_named_paper_is_no_group():
    """Nothing is told together of a single paper, nor of papers without names."""
    assert grouped(made("Here we introduce FenBench, a video benchmark of bogs for models.")) == ()
    assert grouped((of("Why Do"),)) == ()


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
