"""The drafts of two real weeks, kept as files: what changes in them is seen in every diff."""

import os
from functools import cache

import pytest

from agent import pipeline, publishing
from agent.editorial import weeks
from agent.editorial.wishes import Wishes
from agent.render.newsletter.formats import NAMES, Format
from agent.schema import SummarizedPaper
from agent.sources import reading as readings
from agent.tasks import newsletter as issues
from agent.window import Span
from tests.conftest import ROOT
from tests.examples import EMBEDDED

GOLDEN = ROOT / "tests" / "fixtures" / "golden" / "newsletter"
BOTH = (Format.MARKDOWN, Format.HTML, Format.TEXT)
KEPT = [("2025-W11", one) for one in BOTH] + [("2025-W12", one) for one in (*BOTH, Format.ATOM, Format.JSONFEED)]


@cache
def digests():
    reading = readings.read(["seeds"])
    return {week: pipeline.weekly(reading, Span(week=week), EMBEDDED) for week in ("2025-W11", "2025-W12")}


@cache
def press(week):
    """An issue as `pipeline.newsletter` makes it; the week before is not summarized twice."""
    earlier = None
    if week == "2025-W12":
        before = digests()["2025-W11"]
        papers = {paper.id: paper for paper in before.papers}
        done = (SummarizedPaper(paper=papers[one.paper_id], summary=one) for one in before.summaries)
        earlier = weeks.Earlier(before.window, tuple(done))
    return publishing.press(issues.newsletter(digests()[week], EMBEDDED, Wishes(), earlier), publishing.Style())


@pytest.mark.parametrize(("week", "form"), KEPT)
def test_the_weeks_of_the_seeds(week, form, monkeypatch):
    """Each file is, byte for byte, the one that is kept; UPDATE_GOLDEN=1 renews them."""
    monkeypatch.chdir(ROOT)
    path = GOLDEN / week.lower() / NAMES[form]
    made = press(week).text(form)
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.encode())

    assert made == path.read_bytes().decode()
