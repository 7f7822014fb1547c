"""The themes that are known beforehand, and what in a paper speaks for them."""

import re
from collections import Counter

import pytest

from agent.models.embedded.topics.evidence import Evidence
from agent.models.embedded.topics.themes import built_in, labels, of_sections
from agent.sections import Section
from agent.text import words
from tests.models.test_topics import summarized


def test_labels_are_fit_to_print():
    """Each label has two to five words, a capital at its beginning only, acronyms apart, and names one theme."""
    counts = Counter(theme.label for theme in built_in())

    assert max(counts.values()) == 1
    assert len(counts) > 90
    for label in labels():
        first, *others = label.split()
        assert 1 <= len(others) <= 4
        assert first[0].isupper() or first[0].isdigit()
        assert not any(word[0].isupper() for word in others if not word.isupper())


def test_keywords_are_general_terms():
    """No keyword has capitals within, as coined names have, none stands twice in a theme, and each has a word."""
    for theme in built_in():
        keywords = [keyword for keyword, _ in theme.keywords]

        assert len(keywords) == len(set(keywords)) > 3
        assert all(words(keyword) for keyword in keywords)
        assert not any(re.search(r"[a-z][A-Z]|[A-Z]{2}[a-z]|[a-z]\d", keyword) for keyword in keywords)


def best(title, abstract="We study it. It works well."):
    themes = built_in()
    paper = summarized(title, abstract)
    method = paper.summary.model_copy(update={"contribution": "method"})
    (row,) = Evidence([paper.model_copy(update={"summary": method})], themes).scores
    return themes[max(range(len(row)), key=row.__getitem__)].label if any(row) else None


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Pruning tokens early", "Token reduction"),
        ("A systematic review of sleep", "Surveys and tutorials"),
        ("Federated learning on phones", "Privacy and federated learning"),
        ("Policy gradients for bandits", "Reinforcement learning"),
        ("Superconductivity in thin films", "Condensed matter and materials"),
        ("Elliptic curves and modular forms", "Number theory"),
        ("A randomized trial of a vaccine", "Clinical trials and epidemiology"),
        ("Random things that were adapted", None),
        ("Знание и вера", None),
    ],
)
def test_a_title_speaks_for_its_theme(title, label):
    """Titles of many fields are recognized; words that only share a stem with a keyword are not."""

    assert best(title) == label


def test_title_counts_more_than_the_rest():
    """What stands in the title outweighs what is said in passing."""

    assert best("Speech recognition outdoors", "We study it. Robots hear less.") == "Speech and language"


def test_sections_are_themes():
    """Parts of a label and keywords speak strongly for a section, words of the description weakly."""
    section = Section(label="Peat and fens", description="What wet soil holds.", keywords=("methane flux",))
    (theme,) = of_sections([section])
    strength = {keyword: max(s for k, s in theme.keywords if k == keyword) for keyword, _ in theme.keywords}

    assert strength["Peat"] == strength["fens"] == strength["methane flux"] > strength["soil"] > 0
    assert "what" not in strength
