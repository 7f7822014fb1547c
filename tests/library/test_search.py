from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.library import Library, index, lookup
from agent.library.lookup import Wanted
from agent.schema import Window
from tests.examples import paper
from tests.library.test_merging import DAY, SOME

ABSTRACTS = (
    "We prune visual tokens. Pruning is fast.",
    "Tokens of visual models are merged.",
    "The naïve model is a baseline for speech.",
    "A café serves every guest.",
)


@pytest.fixture(scope="module")
def kept():
    made = Library()
    for number, abstract in enumerate(ABSTRACTS):
        made.add(paper(f"Paper {number}", abstract, source=f"page.txt:{number}", seen=DAY))
    return made


def numbers(found):
    return [int(one.title[-1]) for one, _ in found]


@pytest.mark.parametrize(
    ("phrases", "every", "found"),
    [
        (["visual tokens"], False, [0]),
        (["token"], False, [0, 1]),
        (["VISUAL", "speech"], True, []),
        (["visual", "models"], True, [1]),
        (["prune", "speech"], False, [0, 2]),
        (["naive"], False, [2]),
        (["cafe"], False, [3]),
        (["every"], False, [3]),
        (["visual-tokens"], False, [0]),
        (["speech", "?!"], True, [2]),
        (["nowhere"], False, []),
        (["title"], False, []),
        ([], False, []),
        (["..."], False, []),
        (["title : tokens"], False, []),
        (["speech NOT model"], False, []),
        (["pru*"], False, []),
    ],
)
def test_what_is_found(kept, phrases, every, found):
    """Words of a phrase stand side by side, forms, case and accents do not matter, and no sign is a command."""
    assert sorted(numbers(kept.search(phrases, every=every))) == found


@given(st.lists(st.text(), max_size=4), st.booleans())
def test_any_text_can_be_looked_for(kept, phrases, every):
    """No text whatever makes a search fail; what it scores is positive and falls."""
    scores = [score for _, score in kept.search(phrases, every=every)]

    assert all(score > 0 for score in scores)
    assert all(one >= other for one, other in pairwise(scores))
    assert [kept.count(phrase) >= 0 for phrase in phrases] == [True] * len(phrases)
    assert list(lookup.look_up(kept, phrases, 3, Wanted())) is not None


@pytest.mark.parametrize(
    "phrase", ["a" * 100_000, "a " * 100_000, "a-" * 100_000, '"' * 99, "\0", "\ud800 x", "\ue000"]
)
def test_monstrous_phrases(kept, phrase):
    """Neither length nor strange signs make a search fail, alone or a thousand times over."""
    for phrases in ([phrase], [f"{phrase} {number}" for number in range(1000)]):
        kept.search(phrases)
        kept.search(phrases, every=True)


def test_best_first():
    """A title says more than an abstract, a rare word more than a common one, and what is alike is in reading order."""
    made = Library()
    for title, abstract in (("A", "On peat."), ("Peat", "On soil."), ("B", "On peat."), ("C", "On bog soil.")):
        made.add(paper(title, abstract))

    assert [one.title for one, _ in made.search(["peat"])] == ["Peat", "A", "B"]
    assert [one.title for one, _ in made.search(["peat"], 2)] == ["Peat", "A"]
    assert next(one.title for one, _ in made.search(["soil", "bog"])) == "C"
    assert made.search(["peat"])[1][1] == made.search(["peat"])[2][1]


@settings(max_examples=30)
@given(st.lists(SOME, max_size=8), st.lists(st.integers(0, 7), max_size=3), st.integers(0, 8))
def test_the_index_follows(records, gone, asked):
    """Whatever is added, merged and removed, and whenever was first searched: a word is in the papers that have it."""
    made = Library()
    for number, record in enumerate(records):
        if number == asked:
            made.search(["a"])
        made.add(paper(**record))
    ids = [one.id for one in made.all()]
    made.remove([ids[number] for number in gone if number < len(ids)])

    for word in "ABCD":
        having = [one.id for one in made.all() if word in (one.title, one.abstract)]
        assert sorted(one.id for one, _ in made.search([word])) == sorted(having)
        assert made.count(word) == len(having)


@given(
    st.lists(st.sampled_from(["visual", "tokens", "models", "the", "paper", "of visual"]), max_size=5), st.booleans()
)
def test_a_large_library_is_searched_in_parts(kept, phrases, every):
    """Where more papers have the words than are scored at a time, those that are found still have them."""
    whole = {one.id for one, _ in kept.search(phrases, every=every)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "MOST_SCORED", 1)
        found = [one.id for one, _ in kept.search(phrases, every=every)]

    assert len(found) == len(set(found))
    assert set(found) <= whole
    assert bool(found) == bool(whole)


def test_rare_words_choose():
    """In a large library the papers with the rare word are all scored, however common the other words are."""
    made = Library()
    for number in range(30):
        made.add(paper(f"P {number}", f"The common model. {'It flies.' if number == 17 else 'It is common.'}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "MOST_SCORED", 5)
        (first, score), *others = made.search(["common", "model", "flies"], 8)

    assert (first.title, len(others)) == ("P 17", 5)
    assert score == pytest.approx(made.search(["common", "model", "flies"])[0][1])


def test_a_window(kept):
    """A search keeps to the papers that were first seen in its window."""
    before = Window(label="w", until=DAY.replace(day=1))

    assert kept.search(["visual"], window=before) == []
    assert len(kept.search(["visual"], window=Window(label="w", since=DAY))) == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["visual tokens"], [("all", 0), ("all", 1)]),
        (['"visual tokens"'], [("all", 0)]),
        (["visual", "tokens"], [("all", 1), ("all", 0)]),
        (["speech", "guest"], [("some", 3), ("some", 2)]),
        (["visual", "merged"], [("all", 1), ("some", 0)]),
        (['"visual tokens" merged'], [("some", 1), ("some", 0)]),
        (['"visual'], [("all", 1), ("all", 0)]),
    ],
)
def test_words_as_they_are_typed(kept, words, found):
    """Papers with all words come before those with some; what is in quotation marks stays together."""
    hits = list(lookup.look_up(kept, words, 10, Wanted()))

    assert [(hit.has, int(hit.paper.title[-1])) for hit in hits] == found


def test_the_best_sentence(kept):
    """A hit shows the sentence that fits best, the first where only the title fits."""
    assert [hit.sentence for hit in lookup.look_up(kept, ["pruning"], 1, Wanted())] == ["Pruning is fast."]
    assert [hit.sentence for hit in lookup.look_up(kept, ["paper", "0"], 1, Wanted())] == ["We prune visual tokens."]


def test_a_kind_is_asked_once(tmp_path):
    """What a paper's kind is said to be is kept for the next search, as long as the same judge is asked."""
    asked = []

    def judge(one):
        asked.append(one.title)
        return "benchmark" if one.title == "B" else "method"

    with Library(tmp_path / "l") as made:
        for title in "ABC":
            made.add(paper(title))
        wanted = Wanted(kind="benchmark", judge=judge, by="one")
        found = [[hit.paper.title for hit in lookup.look_up(made, ["peat"], 2, wanted)] for _ in range(2)]

        assert (found, asked) == ([["B"], ["B"]], ["A", "B", "C"])
        list(made.of_kind(made.search(["peat"]), "method", judge, "other"))
        assert len(asked) == 6


def test_ids_are_shortened_as_far_as_they_tell(kept):
    """A shortened id finds its paper alone; identifiers of others stay whole."""
    for one in kept.all():
        (found,) = kept.find(kept.shortened(one.id))
        assert found == one
    assert kept.shortened("arxiv:2403.01234") == "arxiv:2403.01234"


def test_later_identifiers_are_known(tmp_path):
    """A paper is known by an identifier that came after its id."""
    made = Library()
    made.add(paper())
    made.add(paper(arxiv_id="2403.01234"))

    (found,) = made.known_as("arxiv:2403.01234")
    assert found.id.startswith("t:")


def test_papers_by_their_ids(kept):
    """Papers come in the order in which they are asked for; ids of no paper are left out."""
    one, other, *_ = kept.all()

    assert kept.get([other.id, "t:nowhere", "\ud800", one.id]) == [other, one]
