"""What the embedded model opens an issue with reads well and speaks of each paper once."""

import re

import pytest

from agent.editorial.interests import Interests
from agent.editorial.wishes import Wishes
from agent.models.embedded import EmbeddedModel
from agent.models.embedded.newsletter.phrasing import capital, listed, lowered, with_article
from agent.schema import Window
from agent.tasks.newsletter import newsletter
from tests.editorial.samples import digest, items, of

OWN = newsletter(digest(), EmbeddedModel())
NAMES = {item.paper.id: item.summary.name for item in items()}


def cited(sentence):
    return [NAMES[cite.paper_id] for cite in sentence.cites]


def test_an_intro_speaks_of_each_paper_once():
    """No paper is told of in two sentences, none is too long, and no two begin alike."""
    papers = [name for sentence in OWN.intro for name in cited(sentence)]

    assert len(papers) == len(set(papers))
    assert all(len(sentence.text.split()) <= 28 for sentence in OWN.intro)
    assert len({" ".join(sentence.text.split()[:2]) for sentence in OWN.intro}) == len(OWN.intro)


def test_an_intro_tells_of_picks():
    """Papers that lead the issue are told of in its intro."""
    picked = {NAMES[pick.paper_id] for pick in OWN.picks}

    assert len(picked & {name for sentence in OWN.intro for name in cited(sentence)}) >= 2


def test_citations_stand_in_the_order_of_the_names():
    """Where a sentence names several papers, it cites them in the order in which it names them."""
    for sentence in OWN.intro:
        places = [sentence.text.find(name) for name in cited(sentence) if name and name in sentence.text]
        assert places == sorted(places)


def test_a_topic_is_named_of_papers_that_speak_of_it():
    """`In video, X …` is said of a paper only whose own words speak of video."""
    for sentence in OWN.intro:
        found = re.match(r"In ([a-z]+), ", sentence.text)
        for name in cited(sentence) if found else ():
            assert found[1][:5] in " ".join(of(name).paper.sentences).lower()


def test_the_first_topic_is_the_first_section():
    """With interests the intro begins with the section that they put first."""
    section = OWN.sections[-1]
    made = newsletter(digest(), EmbeddedModel(), Wishes(interests=Interests(topics=(section.label,))))

    assert made.sections[0].label == section.label
    first = {entry.paper_id for entry in made.sections[0].entries}
    assert {cite.paper_id for cite in made.intro[0].cites} <= first


def test_a_preheader_begins_with_names():
    """Names come first, counts behind, and what is only announced is no code."""
    first, *_ = [NAMES[pick.paper_id] for pick in OWN.picks]

    assert OWN.preheader.startswith(first)
    assert OWN.preheader.endswith("7 more papers in 4 topics; 2 of 10 link code")


def test_a_subject_does_not_mix_areas_with_things():
    """A subject lists things, topics or names, never some of each."""
    parts = re.split(r", | and ", OWN.subject)

    assert len({bool(re.match(r"an? ", part, re.IGNORECASE)) for part in parts}) == 1


def test_a_window_without_days_has_a_subject():
    """Where a window is all that was read, its subject names no days."""
    empty = digest(()).model_copy(update={"window": Window(label="all")})

    assert newsletter(empty, EmbeddedModel()).subject == "No new papers"


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("audio dataset", "an audio dataset"),
        ("video benchmark", "a video benchmark"),
        ("LLM", "an LLM"),
        ("unified model", "a unified model"),
        ("8.7% gain", "an 8.7% gain"),
        ("one-stage method", "a one-stage method"),
        ("European corpus", "a European corpus"),
        ("RAG system", "a RAG system"),
        ("universal framework", "a universal framework"),
    ],
)
def test_articles_are_as_they_are_spoken(words, whole):
    """`an` stands before a sound that is open, not before a letter."""
    assert with_article(words) == whole


def test_words_are_put_together():
    """Lists end with `and`, labels keep their acronyms, names their small beginnings."""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert (lowered("Visual perception"), lowered("3D and video"), lowered("LLM agents")) == (
        "visual perception",
        "3D and video",
        "LLM agents",
    )
    assert (capital("mBog grows"), capital("bogs grow")) == ("mBog grows", "Bogs grow")
