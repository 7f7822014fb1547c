"""A window is compared with the nearest earlier one."""

import datetime

import pytest

from agent.editorial.weeks import before
from agent.library import Library
from agent.schema import Window
from tests.editorial.samples import WEEK
from tests.examples import paper


@pytest.fixture
def library():
    """A paper of 2029-W50, and one of 2030-W02."""
    with Library() as made:
        made.add(paper("Old", seen=datetime.date(2029, 12, 12)))
        made.add(paper("New", seen=datetime.date(2030, 1, 8)))
        yield made


def test_the_nearest_earlier_week_with_papers(library):
    """A week is compared with the nearest earlier week in which papers were first seen, Monday to Sunday."""
    found = before(WEEK, library)

    assert found == Window(label="2029-W50", since=datetime.date(2029, 12, 10), until=datetime.date(2029, 12, 16))
    assert before(found, library) is None


def test_other_spans_are_compared_with_as_many_days_before(library):
    """Days that are no week are compared with as many just before, where these have papers."""
    day, step = datetime.date(2030, 1, 7), datetime.timedelta(1)
    found = before(Window(label="four weeks", since=day, until=day + 27 * step), library)

    assert before(Window(label="two days", since=day, until=day + step), library) is None
    assert found == Window(label="2029-12-10 to 2030-01-06", since=day - 28 * step, until=day - step)


@pytest.mark.parametrize(
    "window",
    [
        Window(label="all", undated=True),
        Window(label="until 2030-01-08", until=datetime.date(2030, 1, 8)),
        Window(label="x", since=datetime.date.min, until=datetime.date.max),
    ],
)
def test_an_open_span_has_none_before(library, window):
    """Where a span has no beginning or no end, or none could come before it, nothing is compared."""
    assert before(window, library) is None
