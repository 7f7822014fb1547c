"""Abstracts of other sciences get summaries without a false name and without a number that is no result."""

import json
import re
from pathlib import Path

import pytest

from agent.grounding import check
from agent.models.embedded.summary import summarize
from agent.schema import SummaryDraft
from agent.text import clean, sentences

FIXTURE = Path(__file__).parents[2] / "fixtures" / "fields.jsonl"
"""Invented abstracts of biology, physics, mathematics, medicine and others, with what a reader finds in them."""
PAPERS = [json.loads(line) for line in FIXTURE.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def drafts() -> list[SummaryDraft]:
    return [summarize(clean(paper["title"]), sentences(clean(paper["abstract"]))) for paper in PAPERS]


def test_every_field_is_there(drafts: list[SummaryDraft]) -> None:
    """The fixture speaks of more than thirty papers of more than six sciences."""
    assert len(drafts) >= 30
    assert len({paper["field"].partition("/")[0] for paper in PAPERS}) > 6


def test_nothing_is_said_that_the_abstract_does_not_say(drafts: list[SummaryDraft]) -> None:
    """The checks find no violation in any summary."""
    for paper, draft in zip(PAPERS, drafts, strict=True):
        title, abstract = clean(paper["title"]), sentences(clean(paper["abstract"]))

        assert check(draft, abstract, title) == [], paper["title"]


def test_no_gene_species_or_theorem_is_taken_for_a_name(drafts: list[SummaryDraft]) -> None:
    """A name is one that the authors give to what they present, and most of these are found."""
    named = {draft.name: paper["names"] for paper, draft in zip(PAPERS, drafts, strict=True) if draft.name}
    wanted = sum(bool(paper["names"]) for paper in PAPERS)

    assert {name for name, names in named.items() if name not in names} == set()
    assert len(named) >= 0.85 * wanted


def test_settings_sizes_and_statistics_are_no_results(drafts: list[SummaryDraft]) -> None:
    """No p-value, interval, dose, sample size or instrument setting is reported as an outcome."""
    for paper, draft in zip(PAPERS, drafts, strict=True):
        outcomes = {folded(value) for value in paper["values"]}
        others = {folded(value) for value in paper["not_results"]} - outcomes

        assert others.isdisjoint(folded(result.value) for result in draft.results), paper["title"]


def test_most_outcomes_are_found(drafts: list[SummaryDraft]) -> None:
    """Three in four of the outcomes that a reader marked are there, and nine in ten of those told are marked."""
    found = told = right = wanted = 0
    for paper, draft in zip(PAPERS, drafts, strict=True):
        said, marked = ({folded(v) for v in values} for values in ([r.value for r in draft.results], paper["values"]))
        found += sum(any(one in other or other in one for other in said) for one in marked)
        right += sum(any(one in other or other in one for other in marked) for one in said)
        told, wanted = told + len(said), wanted + len(marked)

    assert found >= 0.75 * wanted
    assert right >= 0.9 * told


def test_contributions_of_any_science_are_told(drafts: list[SummaryDraft]) -> None:
    """The kind of contribution is one that a reader accepts for five papers in six."""
    right = sum(draft.contribution in paper["contribution"] for paper, draft in zip(PAPERS, drafts, strict=True))

    assert right >= 0.83 * len(PAPERS)


def folded(value: str) -> str:
    return re.sub(r"[\s$]", "", clean(value))
