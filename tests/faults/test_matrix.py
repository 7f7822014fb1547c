"""Every way to fail × {summarize, weekly} × {always, first, every fifth call, one paper only}.

Through the real command line, each case in a process of its own; all cases run side by side, since most of them wait.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.fakes import ANSWERS, FAULTS
from tests.faults.matrix import MOST_SECONDS, PAPERS, Case, Outcome, titles
from tests.faults.table import CASES, DONE, KIND, PARTIAL, REFUSED, expected

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

LANES = 12
"""Cases under way at once."""

Outcomes = dict[Case, "Future[Outcome]"]


@pytest.fixture(scope="module")
def outcomes(request, tmp_path_factory):
    """What came of each case that is to be looked at."""
    chosen = {item.callspec.params["case"]: None for item in request.session.items if "outcomes" in item.fixturenames}
    folder = tmp_path_factory.mktemp("matrix")
    with ThreadPoolExecutor(LANES) as lanes:
        yield {case: lanes.submit(case.run, folder / str(case)) for case in chosen}
        lanes.shutdown(cancel_futures=True)


each_case = pytest.mark.parametrize("case", CASES, ids=str)


def test_the_table_is_whole():
    """Every fault and every spoiled answer has its place in the table."""
    assert set(KIND) == {*FAULTS, *ANSWERS}


@each_case
def test_exit_code(outcomes: Outcomes, case):
    """The exit code says whether all, some or none was answered, and a partial one that something is marked so."""
    outcome = outcomes[case].result()

    assert outcome.done.code == expected(case), outcome.done.err[-500:]
    assert outcome.degraded == (outcome.done.code == PARTIAL)


@each_case
def test_every_paper_is_accounted_for(outcomes: Outcomes, case):
    """All papers come out, in order for `summarize`, or nothing comes out at all."""
    outcome = outcomes[case].result()
    named = [title for title, _ in outcome.summaries] if outcome.done.out else []

    assert sorted(named) == (sorted(titles()) if outcome.done.code in (DONE, PARTIAL) else [])
    assert case.command == "weekly" or named in ([], titles())


@each_case
def test_requests_and_time_are_bounded(outcomes: Outcomes, case):
    """At most 4 requests a question, 10 + 10 % repeated ones, no redirect followed, and the run comes to its end."""
    outcome = outcomes[case].result()

    assert outcome.most_for_a_key <= 4
    assert outcome.retries <= 10 + (PAPERS + 1) // 10
    assert not any(path.startswith("/redirected") for path in outcome.paths)
    assert outcome.done.seconds <= MOST_SECONDS + 5
    if outcome.done.code == REFUSED:
        assert len(outcome.calls) == 1


@each_case
def test_nothing_leaks(outcomes: Outcomes, case):
    """No key and no sentence of an abstract stands in any message or file, and no traceback is shown."""
    outcome = outcomes[case].result()

    assert outcome.leaks() == []
    assert outcome.quotes() == []
    assert outcome.strangers() == []
