"""What is said before anything is sent."""

from types import SimpleNamespace

import pytest

from agent.models import notice


@pytest.mark.parametrize(
    ("task", "count", "told"),
    [
        ("summary", 1, "sending 1 abstract to m at "),
        ("summary", 3, "sending 3 abstracts to m at "),
        ("compare", 2, "sending 2 questions to m at "),
        ("topics", 1, "sending the summaries, to be grouped to m at "),
        ("newsletter", 1, "sending the opening of an issue to m at "),
        ("section", 1, "sending 1 section to m at "),
        ("section", 7, "sending 7 sections to m at "),
    ],
)
def test_what_is_sent_is_called_by_its_name(task, count, told):
    """Abstracts, questions, the opening of an issue and its sections are told apart."""
    questions = [SimpleNamespace(task=SimpleNamespace(name=task), size=400, limit=4000)] * count

    assert notice.before("m", "http://127.0.0.1:9", None, questions, 0).startswith(told)


@pytest.mark.parametrize(
    ("retold", "most", "told"),
    [
        (False, None, "the grouping and the opening of the issue"),
        (True, None, "the grouping, the opening of the issue and each section told anew"),
        (True, 5, "the grouping, the opening of the issue and up to 5 sections told anew"),
    ],
)  # fmt: skip
def test_what_else_an_issue_asks_is_told(retold, most, told):
    """A dry run ends before the summaries are there: what they would be asked for next is said beforehand."""
    assert notice.still_to_come(retold=retold, most=most) == f"once the papers are summarized come {told}"
