from agent.schema import Statement, SummaryDraft
from agent.tasks.summarize import summarize
from tests.examples import ScriptedModel, paper

DRAFT = SummaryDraft(
    tldr=Statement(text="Mireflux measures methane.", evidence=(2,)),
    contribution="system",
    name="Mireflux",
    findings=(Statement(text="The error falls by 99%.", evidence=(3,)),),
    roles=("background", "method", "result", "other"),
)


def one(paper, model):
    (done,) = summarize([paper], model)
    return done


def test_a_model_is_told_title_and_sentences_only():
    """Nothing but the clean title and the numbered sentences reaches a model."""
    model = ScriptedModel(DRAFT)
    one(paper(authors=("Ada Lovelace",), url="https://example.org"), model)

    ((task, inputs),) = model.asked
    assert task == "summarize"
    assert set(inputs) == {"title", "sentences"}
    assert len(inputs["sentences"]) == 4


def test_the_draft_is_checked():
    """What the abstract does not carry is mended, and the provenance says so."""
    done = one(paper(), ScriptedModel(DRAFT))

    assert done.summary.findings[0].text.startswith("On the Fenland benchmark")
    assert done.summary.provenance.checks.repaired == 1
    assert done.paper.roles == DRAFT.roles


def test_roles_that_do_not_fit_are_left_out():
    """Roles are kept only when there is one a sentence."""
    done = one(paper(), ScriptedModel(DRAFT.model_copy(update={"roles": ("background",)})))

    assert done.paper.roles is None


def test_an_abstract_without_text_fails_alone():
    """An abstract of which nothing is left is left out with its reason and in its turn; no model is asked about it."""
    model = ScriptedModel(DRAFT)
    empty = paper(abstract="\u200b \x00")
    first, second, third = summarize([empty, paper(), empty], model)

    assert "no text" in first.reason
    assert "no text" in third.reason
    assert second.summary.name == "Mireflux"
    assert len(model.asked) == 1
