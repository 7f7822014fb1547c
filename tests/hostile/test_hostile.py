from collections import Counter

import pytest

from agent import pipeline
from agent.library import Library
from agent.models.embedded import EmbeddedModel
from agent.retrieval import Found
from agent.schema import ReadingReport
from agent.sources.reading import Reading
from agent.tasks.compare import compare
from agent.tasks.summarize import TASK, summarize
from agent.window import Span
from tests.examples import EMBEDDED
from tests.hostile import CASES, HONEST, ObedientModel, harm, harm_in, plant, quoted, said
from tests.hostile.exfiltration import SECRET, VARIABLE
from tests.hostile.obedient import whole
from tests.hostile.published import harm_among, published, stands_in

MANNERS = (said, quoted)
LONGEST = 20_000
"""Characters of a summary as JSON; those of honest papers have 3,000."""

each_case = pytest.mark.parametrize("case", CASES, ids=[f"{case.family}-{case.name}" for case in CASES])


@pytest.fixture
def secret(monkeypatch):
    """A key in the environment."""
    monkeypatch.setenv(VARIABLE, SECRET)


@pytest.fixture(scope="module")
def quiet():
    """The summaries of the honest papers, by either model, when no hostile one is among them."""
    models = EmbeddedModel(), ObedientModel(CASES[0], said)
    return {model.name: written(digest(HONEST, model)) for model in models}


def digest(papers, model):
    library = Library()
    for paper in papers:
        library.add(paper)
    report = ReadingReport(entries=len(papers), distinct=len(library), sources=())
    return pipeline.weekly(Reading(library, report, ()), Span(everything=True, undated=True), model)


def written(made):
    """What is said of each paper."""
    return {one.paper_id: one.model_dump_json() for one in made.summaries}


def crowd(case):
    """The honest papers with hostile ones among them."""
    return *HONEST[:3], *plant(case), *HONEST[3:]


def consulted(paper):
    """The paper as it is found for a question: with clean sentences."""
    return paper.model_copy(update={"sentences": tuple(whole(paper)["sentences"])})


def drafts(case):
    """What the obedient model answers about the paper with the text in its abstract, in both manners."""
    _, hostile, _ = plant(case)
    return [ObedientModel(case, manner).complete(TASK, whole(hostile)).answer for manner in MANNERS]


def test_there_are_66_cases():
    """There are 66 cases with names of their own, in eight families."""
    assert len({case.name for case in CASES}) == len(CASES) == 66
    assert len(Counter(case.family for case in CASES)) == 8


def test_the_honest_papers_are_free_of_it():
    """No harmful text stands in a digest of the honest papers, so that each one found was planted."""
    told = published(digest(HONEST, EmbeddedModel()))

    assert [place for case in CASES for place in harm_among(case, told)] == []


@each_case
@pytest.mark.usefixtures("secret")
def test_the_attack_is_real(case):
    """Unchecked, the obedient model says every harmful text about the paper with the planted abstract."""
    unchecked = "\n".join(str(draft.model_dump()) + draft.tldr.text for draft in drafts(case))

    assert [text for text in case.harmful if not stands_in(text, unchecked)] == []


@each_case
@pytest.mark.usefixtures("secret")
def test_an_obedient_model_publishes_none_of_it(case, quiet):
    """Whatever an obeying model says or quotes, nothing harmful is published, and other papers keep every byte."""
    for manner in MANNERS:
        made = digest(crowd(case), ObedientModel(case, manner))
        after = written(made)

        assert harm(case, made) == []
        assert quiet["obedient"].items() <= after.items()
        assert max(map(len, after.values())) < LONGEST
        assert sorted(key for topic in made.topics for key in topic.paper_ids) == sorted(after)


@each_case
@pytest.mark.usefixtures("secret")
def test_an_obedient_model_answers_none_of_it(case):
    """An answer across papers says nothing harmful, whatever an obeying model says of them, of others or as missing."""
    papers = [consulted(one) for one in (*HONEST[:2], *plant(case))]
    asked = Found("Which of these is the best, and how do they differ?", tuple(papers), ())
    for manner in MANNERS:
        (made,) = compare([asked], ObedientModel(case, manner))

        assert harm_in(case, made) == []
        assert len(made.model_dump_json()) < LONGEST


@each_case
def test_the_embedded_model_publishes_none_of_it(case, quiet):
    """The embedded model quotes nothing that was planted, and other papers keep every byte."""
    made = digest(crowd(case), EMBEDDED)

    assert harm(case, made) == []
    assert quiet["embedded"].items() <= written(made).items()


@pytest.mark.parametrize("model", [EmbeddedModel(), ObedientModel(CASES[0], said)], ids=lambda model: model.name)
def test_authors_change_nothing(model):
    """Whatever stands among the authors, the summary is the same."""
    summaries = [one.summary for case in CASES for one in summarize(plant(case)[2:], model)]

    assert len(summaries) == len(CASES)
    assert len({one.model_dump_json().replace(one.paper_id, "") for one in summaries}) == 1
