import pytest

from agent.models.embedded import EmbeddedModel
from agent.schema import Statement, SummaryDraft, SummaryFields
from agent.tasks.summarize import TASK, inputs, summarize
from tests.examples import ScriptedModel
from tests.hostile.research import RESEARCH

MODEL = EmbeddedModel()

each_paper = pytest.mark.parametrize("paper", RESEARCH, ids=[paper.title.split()[0] for paper in RESEARCH])


def said(fields):
    return {name: getattr(fields, name) for name in SummaryFields.model_fields}


@each_paper
def test_a_paper_about_attacks_is_summarized(paper):
    """The embedded model's summary of a paper about attacks comes through whole, its TL;DR from a plain sentence."""
    (done,) = summarize([paper], MODEL)
    cited = [done.paper.sentences[number - 1] for number in done.summary.tldr.evidence]

    assert said(done.summary) == said(MODEL.complete(TASK, inputs(paper)).answer)
    assert (done.summary.provenance.checks.repaired, done.summary.provenance.checks.dropped) == (0, 0)
    assert not any('"' in sentence for sentence in cited)


@each_paper
def test_a_sentence_that_quotes_an_attack_may_be_quoted(paper):
    """Each sentence of a paper about attacks, those that quote one included, may stand in its summary word for word."""
    for number, sentence in enumerate(inputs(paper)["sentences"], 1):
        quote = Statement(text=sentence, evidence=(number,))
        draft = SummaryDraft(tldr=quote, contribution="analysis", findings=(quote,))
        (done,) = summarize([paper], ScriptedModel(draft))

        assert (done.summary.tldr, done.summary.provenance.checks.dropped) == (quote, 0)
