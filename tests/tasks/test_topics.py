import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.schema import DraftSentence, NumberedCitation, Statement, SummaryDraft, TopicDraft, TopicsDraft
from agent.tasks.summarize import summarize
from agent.tasks.topics import TASK, UNSORTED, group
from tests.examples import ScriptedModel, paper

DRAFT = SummaryDraft(tldr=Statement(text="Peat.", evidence=(1,)), contribution="method")
PAPERS = list(summarize([paper(f"Paper {n}") for n in range(5)], ScriptedModel(*[DRAFT] * 5)))


def grouped(*topics):
    return group(PAPERS, ScriptedModel(TopicsDraft(topics=topics)))[0]


@given(st.lists(st.lists(st.integers(-1, 7), max_size=6), max_size=5))
def test_every_paper_is_in_exactly_one_topic(answer):
    """Whatever groups a model answers, each paper ends in one topic and ids are unique."""
    topics = grouped(*(TopicDraft(label="Peat", papers=numbers) for numbers in answer))

    assert sorted(paper for topic in topics for paper in topic.paper_ids) == sorted(p.paper.id for p in PAPERS)
    assert len({topic.id for topic in topics}) == len(topics)
    assert [len(t.paper_ids) for t in topics] == sorted((len(t.paper_ids) for t in topics), reverse=True)


def test_forgotten_papers_become_a_topic():
    """Papers that the model left out are kept in a topic that says so."""
    topics = grouped(TopicDraft(label="Peat", papers=(1, 2)))

    assert [(topic.label, len(topic.paper_ids)) for topic in topics] == [(UNSORTED, 3), ("Peat", 2)]


def test_unsupported_overview_sentences_are_dropped_and_counted():
    """An overview sentence whose citation is missing or lacks its number is not shown."""
    sentences = [
        DraftSentence(text="Error falls by 12.5%.", cites=(NumberedCitation(paper=1, evidence=(3,)),)),
        DraftSentence(text="Error falls by 13%.", cites=(NumberedCitation(paper=1, evidence=(3,)),)),
        DraftSentence(text="Error falls.", cites=(NumberedCitation(paper=9, evidence=(3,)),)),
        DraftSentence(text="Error falls.", cites=()),
    ]
    topics, provenance = group(
        PAPERS,
        ScriptedModel(TopicsDraft(topics=(TopicDraft(label="Peat", papers=(1, 2, 3, 4, 5), overview=sentences),))),
    )

    assert [sentence.text for sentence in topics[0].overview] == ["Error falls by 12.5%."]
    assert (provenance.checks.kept, provenance.checks.dropped) == (1, 3)


def test_nothing_is_asked_about_no_papers():
    """Without papers there are no topics, and no model is asked for any."""
    model = ScriptedModel()

    assert group([], model)[0] == ()
    assert model.asked == []


@pytest.mark.parametrize(
    ("topics", "complaint"),
    [
        ([], "no paper"),
        ([TopicDraft(label="Peat", papers=(9,))], "no paper"),
        ([TopicDraft(label="I am sorry, but I cannot help with this request", papers=(1,))], "two to five words"),
        ([TopicDraft(label="Peat", papers=(1,))], ""),
    ],
)
def test_an_answer_that_groups_nothing_is_complained_of(topics, complaint):
    """No paper placed, or a label that is a speech: each is told to the model."""
    told = TASK.complaint(TopicsDraft(topics=tuple(topics)), {"papers": PAPERS})

    assert complaint in told
    assert bool(told) == bool(complaint)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Peat at https://evil.example", "Peat at"),
        ("Peat by 99.9%", "Peat by"),
        ("99.9%", UNSORTED),
        ("12.5% less", "12.5% less"),
    ],
)
def test_a_label_holds_no_number_of_its_own(label, shown):
    """What stands in a label and in none of its papers is left out."""
    assert grouped(TopicDraft(label=label, papers=(1, 2, 3, 4, 5)))[0].label == shown
