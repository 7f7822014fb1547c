"""`digest eval faithfulness`: what a model's drafts are worth, over scripted answers and over a real server."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import pipeline
from agent.errors import EndpointError
from agent.faithfulness import Faithfulness, Trial, measure
from agent.grounding import BLOCKING
from agent.models.base import Completion
from agent.models.embedded import EmbeddedModel
from agent.render import faithfulness as shown
from agent.schema import Statement, SummaryDraft
from agent.sources.reading import read
from agent.window import Span
from tests.examples import PROVENANCE, ScriptedModel
from tests.fakes import FakeServer, answer
from tests.fakes.scripts import good
from tests.faults.command import papers, run

TITLE = "Mireflux: Measuring Peat"
SENTENCES = ("Peat soils store much carbon.", "Mireflux lowers the error by 12.5%.", "It may help.")


def draft(text="Peat soils store much carbon.", evidence=(1,)):
    return SummaryDraft(tldr=Statement(text=text, evidence=evidence), contribution="method")


SOUND, WRONG = draft(), draft("Mireflux lowers the error by 99%.", (2,))


def answered(answer=SOUND, **facts):
    return Trial(TITLE, SENTENCES, Completion(answer, PROVENANCE.model_copy(update=facts)))


OUTCOMES = {
    "first_try": answered(),
    "after_reask": answered(reasked=True),
    "mended": answered(WRONG, reasked=True),
    "degraded": answered(WRONG, degraded="refused"),
    "failed": Trial("", (), EndpointError("no answer")),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_paper_has_one_outcome(outcome):
    """An answer is valid at once, after a re-ask, or not; the embedded model's is not the model's."""
    report = measure([OUTCOMES[outcome]], "m", "all")

    assert {name: getattr(report, name) for name in OUTCOMES} == dict.fromkeys(OUTCOMES, 0) | {outcome: 1}
    assert bool(report.violations) == (outcome == "mended")


@given(st.lists(st.sampled_from(list(OUTCOMES.values())), max_size=20))
def test_counts_add_up(trials):
    """Every paper is counted once, and every item of the model's own drafts."""
    report = measure(trials, "m", "all")

    assert (report.closes, report.papers) == (True, len(trials))
    assert report.checks.kept + report.checks.repaired + report.checks.dropped == report.answered


def test_violations_are_those_of_the_drafts():
    """What a draft says without support is counted by kind before it is mended, and told to block or to warn."""
    report = measure([answered(WRONG), answered(WRONG), answered()], "m", "all")

    (number,) = [kind for kind in report.violations if kind.kind == "number"]
    assert (number.blocks, number.violations, number.papers) == (True, 2, 2)
    assert all(kind.blocks == (kind.kind in BLOCKING) for kind in report.violations)
    assert (report.checks.kept, report.checks.repaired) == (1, 2)


@pytest.mark.parametrize(("costs", "total"), [((0.5, 0.25), 0.75), ((0.5, None), None), ((0.0,), 0.0)])
def test_the_cost_is_known_or_it_is_not(costs, total):
    """Costs are added up; where one is unknown so is the sum."""
    report = measure([answered(cost_usd=cost, tokens_in=100) for cost in costs], "m", "all")

    assert report.cost_usd == total
    assert ("unknown" in shown.faithfulness(report, "terminal")) == (total is None)


def test_the_model_is_asked_through_the_seam(tmp_path):
    """The first papers of a window are asked about, each once; one that cannot be answered stops nothing."""
    (tmp_path / "papers.jsonl").write_text(papers(5))
    model = ScriptedModel(SOUND, SOUND)
    report = pipeline.faithfulness(read([str(tmp_path)]), Span(), model, top=3)

    assert [name for name, _ in model.asked] == ["summarize"] * 3
    assert (report.model, report.papers, report.failed) == ("scripted", 3, 1)
    assert report.closes


def test_the_embedded_model_is_faithful(seeds):
    """Nothing that the embedded model drafts about the sample pages is blocked."""
    report = pipeline.faithfulness(read([str(seeds)]), Span(), EmbeddedModel(), top=20)

    assert (report.papers, report.first_try, report.cost_usd) == (20, 20, 0.0)


def test_hostile_names_do_not_steer_the_terminal():
    """A model's name and a reason from an endpoint are printable lines."""
    hostile = "\x1b[31mred\n\u202e[b]"
    report = measure([Trial("", (), EndpointError(hostile))], hostile, hostile)
    text = shown.faithfulness(report, "terminal")

    assert [line for line in text.splitlines() if not line.isprintable()] == []


# Over a real server


class Liar:
    """Says a number that the abstract does not have: of one paper at first, of another always."""

    def __init__(self):
        self.asked = 0

    def __call__(self, call):
        reply, told = json.loads(good(call)), str(call.texts("user"))
        self.asked += "Raineye" in told
        if "Gauge" in told or ("Raineye" in told and self.asked == 1):
            reply["tldr"]["text"] = f"{reply['tldr']['text'].rstrip('.')} by 987654%."
        return answer(json.dumps(reply))


RECORDS = "".join(
    json.dumps(
        {
            "title": f"{name}: Counting Drops",
            "abstract": f"Rain is hard to see. {name} counts drops with a camera. In trials, {name} finds 30 hours.",
            "seen": "2025-03-11",
        }
    )
    + "\n"
    for name in ("Drizzlecam", "Gauge", "Raineye")
)


@pytest.mark.enable_socket
def test_end_to_end(tmp_path):
    """What is sound, what a re-ask mends and what it does not are told apart; a second run asks nothing."""
    (tmp_path / "papers.jsonl").write_text(RECORDS)
    with FakeServer(Liar()) as server:
        where = ("--model", "openai/x", "--api-base", f"{server.url}/v1", "--cache", "cache", "-q")
        first = run(tmp_path, "eval", "faithfulness", "papers.jsonl", *where, "--format", "json")
        asked = len(server.calls)
        second = run(tmp_path, "eval", "faithfulness", "papers.jsonl", *where, "--format", "json")
        table = run(tmp_path, "eval", "faithfulness", "papers.jsonl", *where)

        assert (len(server.calls), second.out) == (asked, first.out)
    report = Faithfulness.model_validate_json(first.out)
    assert (first.code, report.schema_version, report.model) == (0, 1, "openai/x")
    assert (report.papers, report.first_try, report.after_reask, report.mended) == (3, 1, 1, 1)
    assert {"number"} <= {kind.kind for kind in report.violations}
    assert report.tokens_in > 0
    assert report.requests == asked == 5
    assert "3 papers = 1 valid at first try + 1 after one re-ask + 1 mended" in table.out


@pytest.mark.enable_socket
def test_an_endpoint_that_is_not_there(tmp_path):
    """Where nothing is answered there is no report, and the exit code is that of an endpoint."""
    (tmp_path / "papers.jsonl").write_text(RECORDS)
    where = ("--model", "openai/x", "--api-base", "http://127.0.0.1:9/v1", "--cache", "cache")
    done = run(tmp_path, "eval", "faithfulness", "papers.jsonl", *where)

    assert (done.code, done.out) == (5, "")


def test_a_dry_run_prints_nothing(digest, tmp_path):
    """`--dry-run` says what would be sent, and stops."""
    (tmp_path / "papers.jsonl").write_text(RECORDS)
    done = digest("eval", "faithfulness", "papers.jsonl", "--dry-run")

    assert (done.returncode, done.stdout) == (0, "")
