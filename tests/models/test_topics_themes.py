"""The themes that are known beforehand, and what in a paper speaks for them."""

import re
from collections import Counter, defaultdict

import pytest

from agent.models.embedded.topics import group
from agent.models.embedded.topics.evidence import Evidence
from agent.models.embedded.topics.nearby import Nearby
from agent.models.embedded.topics.themes import built_in, of_sections
from agent.sections import Section
from agent.text import words
from tests.models.test_topics import summarized


def test_labels_are_fit_to_print():
    """Each label has two to five words, a capital at its beginning only, acronyms apart, and names one theme."""
    counts = Counter(theme.label for theme in built_in())

    assert max(counts.values()) == 1
    assert len(counts) > 90
    for label in {name for theme in built_in() for name in (theme.label, theme.family)}:
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
    best = defaultdict(float)
    for keyword, told in theme.keywords:
        best[keyword] = max(told, best[keyword])
    strength = {keyword: told + best.get(f"={keyword}", 0.0) for keyword, told in best.items()}

    assert strength["Peat"] == strength["fens"] == strength["methane flux"] > strength["soil"] > 0
    assert "what" not in strength


def section_of(section, title, abstract, kind="method"):
    """The label of the section in which a paper stands among others that are about none."""
    papers = [summarized(title, abstract), *(summarized(f"Bells {n}", "Bells ring. They ring well.") for n in range(9))]
    papers = [p.model_copy(update={"summary": p.summary.model_copy(update={"contribution": kind})}) for p in papers]
    return next(topic.label for topic in group(papers, [section]).topics if 1 in topic.papers)


PASSING = "Geese fly south in autumn. They eat grass by the sea. We count geese. {} They come back in spring."


@pytest.mark.parametrize(
    ("section", "said", "stands"),
    [
        (Section(label="Hallucination"), "Some hallucinations are told of.", True),
        (Section(label="Marsh", keywords=("alignment",)), "Their alignment is known.", True),
        (Section(label="Marsh", keywords=("alignment",)), "They are time-aligned.", False),
        (Section(label="Marsh and fen", description="What grows and flows."), "Water flows.", False),
        (Section(label="Other news"), "Other birds are seen too.", False),
    ],
)
def test_a_word_said_in_passing(section, said, stands):
    """A keyword or a label's own word is found anywhere; another form of it, or one weak word, is not enough."""

    assert (section_of(section, "Geese", PASSING.format(said)) == section.label) is stands


@pytest.mark.parametrize(
    ("keyword", "title", "stands"),
    [
        ("token pruning", "Pruning of many visual tokens", True),
        ("token reduction", "Can we reduce the number of tokens?", True),
        ("token pruning", "Tokens are a topic of its own, old and much studied by guilds, like pruning", False),
        ("token pruning", "Pruning trees", False),
        ("chain of thought", "Thought in a long chain", False),
    ],
)
def test_words_of_a_phrase_near_each_other(keyword, title, stands):
    """The words of a phrase count in any order within a few words, but for idioms with a joining word."""
    section = Section(label="Marsh", keywords=(keyword,))

    assert (section_of(section, title, "We study it. It works well.") == "Marsh") is stands


def test_words_near_each_other_say_less_than_the_phrase():
    """Of two sections the one whose phrase stands there has the paper."""
    near, exact = (Section(label=f"Marsh {n}", keywords=(k,)) for n, k in enumerate(("rain gauge", "gauge of rain")))
    paper = summarized("A gauge of rain", "We study it. It works well.")

    assert group([paper], [near, exact]).topics[0].label == exact.label


def test_phrases_are_found_by_few_steps_however_many_there_are():
    """Every phrase whose words all stand near each other is found once, and none other."""
    nearby = Nearby([("a1", "b1"), ("b1", "c1", "d1"), ("a1", "z1"), ("q1",), ("x1", "x1")])

    assert sorted(nearby.within(["d1", "c1", "b1", "a1", "b1"])) == [("a1", "b1"), ("b1", "c1", "d1")]
    assert list(nearby.within(["a1", "k1", "l1", "m1", "n1", "b1"])) == []
