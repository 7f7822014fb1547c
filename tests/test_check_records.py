"""`digest check` reads issues and answers in JSON too, with the verdicts that it has for digests."""

import json

import pytest

from agent import marks, pipeline, render
from agent.editorial.wishes import Wishes
from agent.models.embedded import EmbeddedModel
from agent.proofread import proofread
from agent.render.json import pretty
from agent.schema import Citation, CitedSentence, Comparison, Reason, Statement
from agent.sources import drafts
from agent.sources.reading import read
from agent.window import Span
from tests.render.newsletter import issues
from tests.test_check import RECORDS

QUESTIONS = ("How much does Mireflux lower the error?", "What does Drizzlecam count?")
GAINS = (
    "Gauges work in 40 trials with snow and rain, with a 6.56% gain (as high as 29.8% and 17.5% in rain and snow, "
    "respectively), and stronger winds."
)
KINDS = pytest.mark.parametrize("kind", ["newsletter", "comparison", "comparisons"])


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """An issue, an answer and two answers about the two papers of the other tests."""
    path = tmp_path_factory.mktemp("papers") / "papers.jsonl"
    path.write_text(RECORDS)
    reading, model = read([str(path)]), EmbeddedModel()
    answers = list(pipeline.compare(QUESTIONS, reading.library, model))
    return {
        "newsletter": pretty(pipeline.newsletter(reading, Span(), model, (), Wishes())),
        "comparison": "".join(render.comparisons(answers[:1], "json")),
        "comparisons": "".join(render.comparisons(answers, "json")),
    }


@pytest.fixture
def checked(tmp_path):
    """Checks a text in a file."""

    def check(text):
        path = tmp_path / "made.json"
        path.write_text(text, encoding="utf-8")
        return proofread(drafts.read(str(path)))

    return check


@KINDS
def test_what_was_not_edited_is_sound(checked, written, kind):
    """What `digest` wrote passes, every statement that cites a paper is checked, against the papers in the file."""
    report = checked(written[kind])

    assert report.form == kind.removesuffix("s")
    assert (report.sound, report.yours, report.unreadable) == (report.checked, (), ())
    assert report.checked >= written[kind].count('"cites":')
    assert report.papers == (1 if kind == "comparison" else 2)


@KINDS
@pytest.mark.parametrize(("old", "new"), [("12.5%", "15.2%"), ("Mireflux", "Firemux")])
def test_a_changed_statement_blocks(checked, written, kind, old, new):
    """A number or a name that was changed where the issue or the answer tells it is found, in the line where it is."""
    start = written[kind].index('"intro":' if kind == "newsletter" else '"answer":')
    end = written[kind].index('"digest":' if kind == "newsletter" else '"missing":')
    edited = written[kind][:start] + written[kind][start:end].replace(old, new) + written[kind][end:]

    report = checked(edited)

    lines = edited.split("\n")
    assert edited != written[kind]
    assert {one.found for one in report.violations if one.blocks} == {new}
    assert all(new in lines[int(one.source.rpartition(":")[2]) - 1] for one in report.violations)
    places = {"intro", "picks", "sections", "by_the_numbers", "answer", "rows"}
    assert {one.field.split(".")[0] for one in report.violations} <= places


def test_each_part_of_an_issue_has_its_name(checked):
    """Opening, overviews, lines and results are told by where they stand, also in a German issue."""
    made = issues.newsletter(language="de")
    section = made.sections[0]
    wrong = CitedSentence(text="Sie finden 99.9%.", cites=made.intro[0].cites)
    told = section.entries[0].model_copy(update={"line": Statement(text="Es sind 99.9%.", evidence=(1,))})
    edited = made.model_copy(
        update={
            "intro": (wrong, *made.intro),
            "sections": (section.model_copy(update={"overview": (wrong,), "entries": (told,)}), *made.sections[1:]),
        }
    )

    fields = [one.field for one in checked(pretty(edited)).violations if one.found == "99.9%"]

    assert fields == ["intro.1", "sections.1.overview.1", "sections.1.entries.1.line"]


def test_why_a_paper_is_picked_is_checked(checked):
    """A reason for a pick blocks where the sentences that it names do not carry it."""
    made = issues.newsletter()
    (first, *others) = made.picks
    wrong = Reason(kind="result", text="Reports a 99.9% gain", evidence=(1,))
    edited = made.model_copy(update={"picks": (first.model_copy(update={"reasons": (wrong,)}), *others)})

    fields = [one.field for one in checked(pretty(edited)).violations if one.blocks and one.found == "99.9%"]

    assert fields == ["picks.1.reasons.1"]


@pytest.mark.parametrize("cites", [(), (Citation(paper_id="t:nowhere", evidence=(1,)),)])
def test_a_sentence_of_no_paper_is_the_writers(checked, cites):
    """A sentence that cites nothing, or a paper that the file does not hold, is listed as not checked."""
    said = "Nobody has found this."
    edited = issues.newsletter().model_copy(update={"intro": (CitedSentence(text=said, cites=cites),)})

    assert [one.text for one in checked(pretty(edited)).yours] == [said]


def test_a_question_without_answer_passes(checked):
    """A comparison that the papers do not answer holds nothing to check, and nothing wrong."""
    made = issues.newsletter().provenance
    report = checked(pretty(Comparison(question="What does Drizzlecam weigh?", answered=False, provenance=made)))

    assert (report.checked, report.blocked, report.unreadable) == (0, 0, ())


@pytest.mark.parametrize(
    ("value", "told"),
    [({"digest": {}}, "no newsletter"), ({"question": 1}, "no comparison"), ({"comparisons": 0}, "no comparison")],
)
def test_a_damaged_record_is_told(checked, value, told):
    """An object with the keys of an issue or an answer, and nothing that belongs to them, is told as what it is not."""
    with pytest.raises(drafts.SourceError, match=told):
        checked(json.dumps(value))


@pytest.mark.parametrize(("said", "blocked"), [(GAINS, 0), (GAINS.replace("17.5", "71.5"), 1)])
def test_a_quotation_is_carried_by_its_sentence(tmp_path, said, blocked):
    """A sentence of the abstract between quotation marks passes whatever rules would say of it; a misquoted one not."""
    (tmp_path / "papers.jsonl").write_text(json.dumps({"title": "Gauges of Rain", "abstract": GAINS}), encoding="utf-8")
    library = read([str(tmp_path / "papers.jsonl")]).library
    (paper,) = library.all()
    (tmp_path / "issue.md").write_text(
        f"“{said}”{marks.of_statement(said, [Citation(paper_id=paper.id, evidence=(1,))])}\n"
    )

    report = proofread(drafts.read(str(tmp_path / "issue.md")), lambda key: paper)

    assert (report.checked, report.blocked) == (1, blocked)
