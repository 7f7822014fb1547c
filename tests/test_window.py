import datetime

import pytest

from agent import window
from agent.errors import UsageError
from agent.library import Library
from agent.window import Span
from tests.examples import paper

MONDAY = datetime.date(2025, 3, 10)


def library(*days):
    made = Library()
    for number, day in enumerate(days):
        made.add(paper(f"Paper {number}", seen=day))
    return made


def test_default_is_the_newest_week():
    """Without a wish, the window is the ISO week of the latest first sighting."""
    picked = window.pick(Span(), library(MONDAY, MONDAY + datetime.timedelta(8), None))

    assert (picked.label, picked.since, picked.until) == (
        "2025-W12",
        datetime.date(2025, 3, 17),
        datetime.date(2025, 3, 23),
    )


@pytest.mark.parametrize("given", ["2025-W11", "2025W11", " 2025-w11 "])
def test_week_is_written_in_its_usual_ways(given):
    """An ISO week may be written with or without its dash, in either case."""
    picked = window.pick(Span(week=given), library())

    assert (picked.label, picked.since) == ("2025-W11", MONDAY)


def test_long_years_have_a_week_53():
    """2026 has 53 ISO weeks (ISO 8601), and the last one ends in the next year."""
    assert window.pick(Span(week="2026-W53"), library()).until == datetime.date(2027, 1, 3)


def test_the_calendar_ends():
    """The last week of the last year ends with the calendar."""
    assert window.pick(Span(week="9999-W52"), library()).until == datetime.date.max


@pytest.mark.parametrize("given", ["2025-W54", "2025-W00", "2025-W53", "11", "last", "", "٢٠٢٥-W11"])
def test_other_text_is_no_week(given):
    """What is not an ISO week is refused, with an example of one."""
    with pytest.raises(UsageError, match="not an ISO week") as caught:
        window.pick(Span(week=given or " "), library())

    assert "2025-W11" in caught.value.hint


def test_nothing_dated():
    """Where nothing has a date, the window is everything, undated papers included."""
    picked = window.pick(Span(), library(None))

    assert (picked.label, picked.undated) == ("all", True)


@pytest.mark.parametrize(
    ("span", "label"),
    [
        (Span(since=MONDAY), "since 2025-03-10"),
        (Span(until=MONDAY), "until 2025-03-10"),
        (Span(since=MONDAY, until=MONDAY), "2025-03-10 to 2025-03-10"),
        (Span(everything=True), "all"),
    ],
)
def test_labels_say_the_days(span, label):
    """The label tells which days were asked for."""
    assert window.pick(span, library(MONDAY)).label == label


@pytest.mark.parametrize(
    "span",
    [
        Span(week="2025-W11", everything=True),
        Span(week="2025-W11", since=MONDAY),
        Span(since=MONDAY, until=MONDAY - datetime.timedelta(1)),
    ],
)
def test_contradictions_are_refused(span):
    """Two ways of naming the days at once, or an end before the start, make no sense."""
    with pytest.raises(UsageError):
        window.pick(span, library(MONDAY))
