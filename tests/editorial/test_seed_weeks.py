"""The issues of the seeds' two weeks say nothing that their papers do not say."""

import re
from collections import Counter

import pytest

from agent import pipeline
from agent.editorial.weeks import Earlier
from agent.grounding import abstract, check_cited, examine
from agent.models.embedded import EmbeddedModel
from agent.render.newsletter import blocks
from agent.render.newsletter.content import compose
from agent.schema import SummarizedPaper
from agent.sources.reading import read
from agent.tasks.newsletter import newsletter
from agent.text import clean
from agent.window import Span


@pytest.fixture(scope="module")
def reading(seeds):
    return read([str(seeds)])


@pytest.fixture(scope="module")
def latest(reading):
    """The issue of the seeds' last week."""
    return newsletter(pipeline.weekly(reading, Span(), EmbeddedModel()), EmbeddedModel())


@pytest.fixture(scope="module")
def issues(reading):
    """The issues of both weeks, the later one compared with the one before."""
    before, now = (pipeline.weekly(reading, Span(week=week), EmbeddedModel()) for week in ("2025-W11", "2025-W12"))
    papers = {paper.id: paper for paper in before.papers}
    earlier = Earlier(
        before.window,
        tuple(SummarizedPaper(paper=papers[one.paper_id], summary=one) for one in before.summaries),
    )
    return newsletter(before, EmbeddedModel()), newsletter(now, EmbeddedModel(), earlier=earlier)


def sources(issue):
    return {paper.id: abstract(clean(paper.title), paper.sentences) for paper in issue.digest.papers}


def check(issue):
    """Intros and picks are as many as they should be and carried, lines fit, and every paper stands in one section."""
    known = sources(issue)
    assert 3 <= len(issue.intro) <= 5
    assert not [found for sentence in issue.intro for found in check_cited(sentence, known)]
    assert 40 <= len(issue.subject) <= 60
    assert 40 <= len(issue.preheader) <= 130
    assert 3 <= len(issue.picks) <= 5
    for pick in issue.picks:
        for reason in pick.reasons:
            found = examine(reason.text, [(known[pick.paper_id], reason.evidence)])
            assert reason.kind not in ("result", "breadth") or not any(one.blocks for one in found)
    for figure in issue.by_the_numbers:
        for share in figure.shares if figure.kind == "gains" else ():
            (key,) = share.paper_ids
            found = examine(share.label, [(known[key], range(1, len(known[key].sentences) + 1))])
            assert not [one for one in found if one.kind in ("number", "unit", "name")]
    entries = [entry.paper_id for section in issue.sections for entry in section.entries]
    further = [key for section in issue.sections for key in section.further]
    assert sorted([*entries, *further]) == sorted(one.paper_id for one in issue.digest.summaries)
    assert len(entries) <= 45


def test_the_last_week_says_nothing_of_its_own(latest):
    """Whatever the issue of the last week says, its papers say."""
    check(latest)


def recount(made):
    """Whatever an issue says of links, its reader can count."""
    issue = compose(made)
    labels = {
        source.paper_id: {one for link in source.links for one in link.label.split(" + ")} for source in issue.sources
    }
    having = Counter(label for found in labels.values() for label in found)
    (figure,) = (figure for figure in made.by_the_numbers if figure.kind == "released")
    kinds = {"Code": "code", "Data": "data", "Models": "model", "Demos": "demo"}

    assert {kinds[share.label]: share.count for share in figure.shares} == {
        kind: having[kind] for kind in kinds.values() if having[kind]
    }
    assert figure.count == having["code"]
    assert f"; {having['code']} of {len(labels)} link code" in issue.preheader
    told = f"{having['code']} papers come with code, {having['data']} with data and {having['model']} with models."
    assert told in issue.blocks[0].counted
    for section in made.sections:
        ids = [*(entry.paper_id for entry in section.entries), *section.further]
        coded = sum("code" in labels[key] for key in ids)
        assert re.findall(r"(\d+|both|all) links? code", section.tally) == [
            {len(ids): "both" if coded == 2 else "all"}.get(coded, str(coded)) for _ in range(coded > 0)
        ]
    marked = {block.source.paper_id for block in issue.blocks if isinstance(block, blocks.Paper) and block.has_code}
    further = (block.coded for block in issue.blocks if isinstance(block, blocks.Further))
    assert marked.union(*further) == {key for key, found in labels.items() if "code" in found}


def test_the_links_of_the_last_week_are_as_many_as_are_counted(latest):
    """Description, opening, sections and figures count what has such a link."""
    recount(latest)


@pytest.mark.slow
def test_the_links_of_both_weeks_are_as_many_as_are_counted(issues):
    """Description, opening, sections and figures count what has such a link."""
    for issue in issues:
        recount(issue)


@pytest.mark.slow
def test_both_weeks_say_nothing_of_their_own(issues):
    """Whatever the issues of both weeks say, their papers say."""
    for issue in issues:
        check(issue)


@pytest.mark.slow
def test_weeks_are_compared(issues):
    """The later week is compared with the earlier one: 36 papers against 230, by the same themes."""
    first, second = issues
    found = second.trends

    assert first.trends is None
    assert (found.papers_now, found.papers_before) == (36, 230)
    assert {(trend.kind, trend.label) for trend in found.trends} >= {("growing", "In-context learning")}
    assert all((trend.now * 230 > trend.before * 36) == (trend.kind != "fading") for trend in found.trends)
    sizes = {one.label: len(one.entries) + len(one.further) for one in second.sections}
    assert all(trend.now == sizes.get(trend.label, 0) for trend in found.trends)
