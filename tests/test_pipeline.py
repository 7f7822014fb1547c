import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import pipeline
from agent.errors import EndpointError, SourceError, UsageError
from agent.models.embedded import EmbeddedModel
from agent.schema import Digest, LeftOut
from agent.sources.reading import read
from agent.tasks.summarize import summarize
from agent.window import Span
from tests.examples import ABSTRACT, EMBEDDED, ScriptedModel


@pytest.fixture(scope="module")
def everything(seeds):
    return read([str(seeds)])


def coverage(digest: Digest) -> dict[str, int]:
    return {name: count for name, count in digest.coverage.model_dump().items() if count}


def test_the_seeds_are_read_exactly(everything):
    """The five pages hold 65 + 92 + 249 + 97 + 65 entries, 476 distinct papers."""
    assert [source.entries for source in everything.report.sources] == [65, 92, 249, 97, 65]
    assert (everything.report.entries, everything.report.distinct) == (568, 476)
    assert sum(source.new for source in everything.report.sources) == 476


def test_the_newest_week(everything):
    """The newest week of the seeds has 36 new papers and lists 29 that were seen before, and its counts close."""
    made = pipeline.weekly(everything, Span(), EMBEDDED)

    assert made.window.label == "2025-W12"
    assert len(made.seen_before) == 29
    assert coverage(made) == {"entries": 568, "duplicates": 92, "out_of_window": 230, "undated": 210, "summarized": 36}


def test_the_week_before(everything):
    """The week before has 230 new papers, in 6 to 18 topics that hold each of them once."""
    made = pipeline.weekly(everything, Span(week="2025-W11"), EMBEDDED)

    assert coverage(made) == {"entries": 568, "duplicates": 92, "out_of_window": 36, "undated": 210, "summarized": 230}
    assert 6 <= len(made.topics) <= 18
    assert sorted(p for t in made.topics for p in t.paper_ids) == sorted(s.paper_id for s in made.summaries)


def test_every_statement_of_every_summary_is_carried(everything):
    """All 476 summaries cite sentences that exist, and each result stands verbatim in a sentence it cites."""
    made = pipeline.weekly(everything, Span(everything=True, undated=True), EMBEDDED)
    papers = {paper.id: paper for paper in made.papers}

    assert len(made.summaries) == 476
    for summary in made.summaries:
        sentences = papers[summary.paper_id].sentences
        for item in (summary.tldr, *summary.problem, *summary.approach, *summary.findings, *summary.results):
            assert item.evidence
            assert all(1 <= number <= len(sentences) for number in item.evidence)
        for result in summary.results:
            assert any(result.value in sentences[number - 1] for number in result.evidence)
        assert summary.provenance.checks.dropped == summary.provenance.checks.repaired == 0
    for topic in made.topics:
        for sentence in topic.overview:
            assert sentence.cites


def test_a_failed_paper_is_counted_and_named(everything):
    """A model that answers nothing costs its papers, not the digest; each is listed with its place."""
    made = list(summarize(everything.library.papers(pipeline.EVERYTHING), ScriptedModel()))

    assert len(made) == 476
    assert all(isinstance(item, LeftOut) and item.source and "failed" in item.reason for item in made)


def test_a_failed_paper_does_not_spoil_the_digest(tmp_path):
    """Where one paper of two fails, the digest has the other, and the counts close."""

    class HalfBroken(EmbeddedModel):
        def complete(self, task, inputs):
            if inputs.get("title") == "Paper 0":
                raise EndpointError("No answer.")
            return super().complete(task, inputs)

    made = pipeline.weekly(write(tmp_path, [datetime.date(2025, 3, 11)] * 2), Span(), HalfBroken())

    assert (made.coverage.failed, made.coverage.summarized) == (1, 1)
    assert made.coverage.closes
    assert [item.reason for item in made.left_out if item.paper_id] == ["failed: No answer."]


def write(folder, days):
    rows = [f'{{"title": "Paper {n}", "abstract": "{ABSTRACT}", "seen": "{d or ""}"}}' for n, d in enumerate(days)]
    (folder / "a.jsonl").write_text("\n".join([*rows, "broken"]), encoding="utf-8")
    return read([str(folder)])


@settings(max_examples=20, deadline=None)
@given(
    days=st.lists(st.none() | st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 2, 1)), min_size=1, max_size=6),
    undated=st.booleans(),
)
def test_counts_close_whatever_was_read(tmp_path_factory, days, undated):
    """Entries are duplicates, out of the window, undated, unreadable or summarized: never two, never none."""
    made = pipeline.weekly(write(tmp_path_factory.mktemp("any"), days), Span(undated=undated), EMBEDDED)

    assert made.coverage.closes
    assert made.coverage.unreadable == 1
    assert [item.source.rsplit(":", 1)[1] for item in made.left_out if item.source] == [str(len(days) + 1)]


def test_undated_papers_are_listed(tmp_path):
    """A paper left out for want of a date is named in what was left out."""
    made = pipeline.weekly(write(tmp_path, [datetime.date(2025, 3, 11), None]), Span(), EMBEDDED)

    assert [item.reason for item in made.left_out if item.paper_id] == ["undated"]


def test_nothing_readable(tmp_path):
    """Only when nothing at all could be read is that an error, and it says what was met and where."""
    (tmp_path / "a.jsonl").write_text("broken\n")

    with pytest.raises(SourceError, match=r"a\.jsonl"):
        read([str(tmp_path)])


def test_messages_are_what_a_model_would_be_told(everything):
    """A paper is found by the beginning of its id; an unclear id is refused."""
    paper = next(everything.library.papers(pipeline.EVERYTHING))
    sent, schema = pipeline.messages(everything, "summarize", [paper.id[:8]], EMBEDDED)

    assert paper.title in sent[1].content
    assert "tldr" in schema["properties"]
    assert paper.title in pipeline.messages(everything, "topics", [paper.id], EMBEDDED)[0][1].content
    for unclear in ("t:", "nothing"):
        with pytest.raises(UsageError):
            pipeline.messages(everything, "summarize", [unclear], EMBEDDED)
