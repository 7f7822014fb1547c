"""What code has counted of an issue stands beneath its intro."""

import pytest

from agent.render.newsletter import markdown, plain
from agent.render.newsletter.content import compose
from agent.render.newsletter.weights import weights
from agent.schema import NewsletterSection, Trend
from tests.render.newsletter.issues import newsletter

MADE = newsletter()


def sized(**sizes):
    """The issue with sections of so many papers each."""
    entry = MADE.sections[0].entries[0]
    return MADE.model_copy(
        update={
            "trends": None,
            "sections": tuple(
                NewsletterSection(topic_id=label, label=label, entries=(entry,), further=("t",) * (size - 1))
                for label, size in sizes.items()
            ),
        }
    )


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"Soil": 2, "Roots": 7, "Fungi": 4}, ["The largest topics are roots (7) and fungi (4)."]),
        ({"Soil": 7, "Roots": 4}, []),
        ({"Soil": 2, "Roots": 2, "Fungi": 1}, []),
        ({"Soil": 3, "Roots": 7, "Other papers": 9, "Fungi": 1}, ["The largest topics are roots (7) and soil (3)."]),
    ],
)
def test_the_largest_topics_are_told(sizes, told):
    """Where there are several, and one of them is large; papers of no topic are none."""
    assert list(weights(sized(**sizes))) == told


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("new", "Roots and fungi are new since the week before."),
        ("growing", "Roots and fungi have grown most since the week before."),
        ("fading", "Roots and fungi have lost most since the week before."),
    ],
)
def test_the_largest_change_is_told(kind, told):
    """Of all changes, the one in which the share of the papers differs most."""
    some = (
        Trend(kind="growing", label="Soil", now=2, before=0),
        Trend(
            kind=kind, label="Roots and fungi", now=0 if kind == "fading" else 5, before=2 if kind == "fading" else 0
        ),
    )
    made = MADE.model_copy(update={"trends": MADE.trends.model_copy(update={"trends": some})})

    assert list(weights(made))[-1] == told


def test_nothing_english_is_added_in_other_languages():
    """An issue in German has neither these sentences nor what was counted of its sections."""
    sections = tuple(one.model_copy(update={"tally": "Two methods."}) for one in MADE.sections)
    english = MADE.model_copy(update={"sections": sections})
    german = english.model_copy(update={"language": "de"})

    assert list(weights(german)) == []
    assert "Two methods." in plain.text(compose(english))
    assert "Two methods." not in plain.text(compose(german))


def test_what_was_counted_of_a_section_is_the_programs():
    """It stands beneath the heading with a mark of its own, before the overview."""
    sections = tuple(one.model_copy(update={"tally": "Two methods."}) for one in MADE.sections)
    _, _, part = markdown.issue(compose(MADE.model_copy(update={"sections": sections}))).partition(
        "\n## Life in the soil"
    )

    assert part.split("\n\n")[1].startswith("Two methods. <!-- digest =")
