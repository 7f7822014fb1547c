"""The intro of an issue says more of a paper than its title does."""

import pytest

from agent.models.embedded.newsletter.intro import intro
from agent.models.embedded.newsletter.material import Issue
from tests.editorial.samples import summarized


def opening(*papers):
    """The sentences with which an issue of these papers opens, each a topic of its own."""
    items = summarized(*papers)
    topics = [{"label": "", "papers": [{"number": n, "item": item}]} for n, item in enumerate(items, 1)]
    return [one.text for one in intro(Issue.of({"topics": topics, "leading": range(1, len(items) + 1)}))]


FIRST = ("FenNet: Fast Networks", "We propose FenNet, a method that prunes visual tokens of videos before the decoder.")


@pytest.mark.parametrize(
    ("title", "sentence", "told"),
    [
        (
            "MossBench: A Benchmark for Moss Understanding",
            "We introduce MossBench, a comprehensive benchmark for moss understanding, which covers 24 tasks of bogs"
            " that cannot be effectively solved with one photograph.",
            "Also in this issue is MossBench, a benchmark for moss understanding, which covers 24 tasks of bogs.",
        ),
        (
            "ReedNet: A Foundation Model on Wetland Tokens",
            "We introduce ReedNet, a foundation model built on wetland tokens, capable of hearing and drawing frogs,"
            " birds and otters in an end-to-end manner.",
            "Also in this issue is ReedNet, a foundation model built on wetland tokens, capable of hearing and drawing"
            " frogs, birds and otters.",
        ),
    ],
)
def test_what_defines_a_paper_is_kept(title, sentence, told):
    """What a title does not say already is not cut, and praise is."""
    assert opening(FIRST, (title, f"Bogs are wet. {sentence}"))[1] == told


def test_a_title_is_not_repeated():
    """A paper of which only its title could be told gives way."""
    title = "MossBench: Testing Moss Understanding"
    told = opening(FIRST, (title, "Bogs are wet. We introduce MossBench, a benchmark for moss understanding."))

    assert not any("MossBench" in sentence for sentence in told)
