"""Each operator makes the error it is named after, and none where the statement gives no occasion."""

from __future__ import annotations

import pytest

from agent.schema import Statement
from tests.faith.corpora import covers, shortened
from tests.faith.measure import Case, Verdict, balanced, foreign, mutants, showable, table, wilson
from tests.faith.operators import OPERATORS, mutate
from tests.faith.operators.equivalent import equivalent
from tests.faith.operators.words import agreeing, forms, plural
from tests.faith.pairs import Pair, load, untouched

OTHER = "We train GraphFox on the OwlBench benchmark and compare it with DeepFern and the MeadowQA dataset."
MADE = [
    ("digit", "It has 52 layers.", "It has 52 layers.", "It has 55 layers."),
    ("digit", "It uses three losses.", "It uses three losses.", "It uses four losses."),
    ("numbers_swapped", "A scores 81.5% and B scores 70.2%.", "A scores 81.5%.", "A scores 70.2%."),
    ("numbers_swapped", "It has 40 layers and 12 heads.", "It has 40 layers, 12 heads.", "It has 12 layers, 40 heads."),
    ("number_invented", "We test it on several tasks.", "It is tested on several tasks.", "It is tested on 9 tasks."),
    ("url_invented", "It is fast.", "It is fast.", "It is fast. Models are released at https://huggingface.co/fast-lab/fast."),
    ("dataset_invented", "Fox is good on OwlBench.", "Fox is good on OwlBench.", "Fox is good on MSCOCO."),
    ("unit", "It takes 30 ms a query.", "It takes 30 ms.", "It takes 30 s."),
    ("unit", "It has 7B parameters.", "It has 7B parameters.", "It has 7M parameters."),
    ("percent_points", "It gains 3 points.", "Accuracy rises by 3 points.", "Accuracy rises by 3%."),
    ("percent_points", "It is 5x faster.", "It is 5x faster.", "It is 5% faster."),
    ("negation", "It does not need labels.", "It does not need labels.", "It needs labels."),
    ("negation", "The model can count.", "The model can count.", "The model cannot count."),
    ("negation", "It fails to converge.", "Training fails to converge.", "Training converges."),
    ("direction", "It reduces error.", "Pruning reduces error.", "Pruning increases error."),
    ("direction", "It was increasing cost.", "It came with lower cost.", "It came with higher cost."),
    ("entity_inside", "GraphFox beats DeepFern.", "GraphFox wins.", "DeepFern wins."),
    ("comparison_reversed", "GraphFox beats DeepFern.", "Fox outperforms Fern.", "Fern outperforms Fox."),
    ("comparison_reversed", "X", "GraphFox is faster than DeepFern.", "DeepFern is faster than GraphFox."),
    ("comparison_reversed", "X", "It is higher in mice than in rats.", "It is higher in rats than in mice."),
    ("overclaim", "We show it.", "The proof shows that it holds.", "The proof proves that it holds."),
    ("overclaim", "We build a parser.", "GraphFox is a fast system.", "GraphFox is a state-of-the-art fast system."),
    ("hedge", "It may help.", "Sleep may help.", "Sleep helps."),
    ("hedge", "It suggests that it works.", "The study suggests that it works.", "The study shows that it works."),
    ("hedge", "They appear to help.", "These drugs appear to be safe.", "These drugs are safe."),
    ("quantifier", "Some models fail.", "Some models fail.", "All models fail."),
    ("quantifier", "It won on 3 of 5 tasks.", "It won on 3 of 5 tasks.", "It won on all 5 tasks."),
    ("recommendation", "It is safe.", "It is safe.", "It is safe, so practitioners should use it."),
    ("scope", "It halves error in mice.", "Sleep reduces their error in mice.", "Sleep reduces their error."),
    ("scope", "It wins on two datasets.", "On two datasets, it wins with ease.", "It wins with ease."),
    ("tense", "It reduced pain.", "The drug reduced pain in adults.", "The drug reduces pain in adults."),
    ("tense", "It was associated with age.", "Risk was associated with age.", "Risk is associated with age."),
    ("tense", "It can improve recall.", "Sleep can improve recall.", "Sleep always improves recall."),
    ("roles", "The teacher guides it.", "The teacher guides the student.", "The student guides the teacher."),
    ("roles", "Text-to-speech.", "It is a text-to-speech system.", "It is a speech-to-text system."),
    ("roles", "Existing models fail.", "Existing models fail often.", "The proposed models fail often."),
]  # fmt: skip
NOT_MADE = [
    ("digit", "It follows GPT-4 and Llama 2.", "It follows GPT-4 and Llama 2."),
    ("numbers_swapped", "It uses 5 and 7 layers.", "It uses 5 and 7 layers."),
    ("number_invented", "It is fast.", "It is fast."),
    ("unit", "It has 12 layers.", "It has 12 layers."),
    ("percent_points", "It gains 3%, that is 2 points.", "It gains 3%."),
    ("negation", "Big and small.", "Big and small."),
    ("direction", "More than 30 models.", "It covers more than 30 models."),
    ("entity_inside", "GraphFox and DeepFern win.", "GraphFox wins."),
    ("entity_outside", "Parsers win.", "Parsers win."),
    ("comparison_reversed", "A matches B.", "GraphFox is similar to DeepFern."),
    ("overclaim", "The first system is always right and perfect, and novel.", "It was fine."),
    ("hedge", "It helps.", "It may help."),
    ("quantifier", "All models fail.", "Most models fail."),
    ("recommendation", "It should be used.", "It is safe."),
    ("scope", "We test on two datasets.", "The paper evaluates on two datasets."),
    ("tense", "It reduces pain.", "The drug reduced pain."),
    ("roles", "A and B correlate.", "A and B correlate."),
]


def pair(sentence: str, text: str, key: str = "own") -> Pair:
    """A pair of an abstract of one sentence and a statement on it."""
    return Pair(key, "own", "", (sentence,), Statement(text=text, evidence=(1,)))


OTHERS = [pair(OTHER, OTHER, "other")]


def test_operators_are_those_of_the_plan():
    """The table names nineteen operators."""

    assert len(OPERATORS) == 19


@pytest.mark.parametrize(("operator", "sentence", "text", "expected"), MADE)
def test_operator_makes_its_error(operator, sentence, text, expected):
    """The expected text is among those that an operator picks."""

    assert expected in mutate(operator, pair(sentence, text), OTHERS)


@pytest.mark.parametrize(("operator", "sentence", "text"), NOT_MADE)
def test_operator_makes_nothing(operator, sentence, text):
    """A statement that gives no occasion, or would stay true, is left alone."""

    assert mutate(operator, pair(sentence, text), OTHERS) == []


def test_foreign_name_is_of_the_same_kind():
    """A system's name gives way to that of another system, not of a benchmark."""

    made = mutate("entity_outside", pair("ZooNet wins.", "ZooNet wins."), OTHERS)

    assert made == ["DeepFern wins."]


@pytest.mark.parametrize(
    ("sentence", "text", "mutant"),
    [
        ("It is fast.", "It is fast.", "it is fast"),
        ("Fast it is.", "It is fast.", "Fast, it is!"),
        ("It has lower loss, and it has higher cost.", "It has lower loss.", "It has higher cost."),
    ],
)
def test_true_mutants_are_equivalent(sentence, text, mutant):
    """A mutant that says what the statement or a cited sentence says is no error."""

    assert equivalent(pair(sentence, text), mutant)


def test_wrong_mutant_is_not_equivalent():
    """A changed number that no cited sentence has is an error."""

    assert not equivalent(pair("It has 52 layers.", "It has 52 layers."), "It has 55 layers.")


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("reduce", ("reduce", "reduces", "reduced", "reduced", "reducing")),
        ("vary", ("vary", "varies", "varied", "varied", "varying")),
        ("drop", ("drop", "drops", "dropped", "dropped", "dropping")),
        ("lead", ("lead", "leads", "led", "led", "leading")),
        ("slow down", ("slow down", "slows down", "slowed down", "slowed down", "slowing down")),
    ],
)
def test_verb_forms(verb, expected):
    """A verb is inflected as English does it."""

    assert forms(verb) == expected


@pytest.mark.parametrize(
    ("subject", "many"),
    [
        ("The performance of models", False),
        ("More than 90% of the layers", True),
        ("Surveys conducted by one woman", True),
        ("Performance bias", False),
        ("Pupils who received more gaze", True),
        ("The loss fell, and it", False),
    ],
)
def test_number_of_a_subject(subject, many):
    """The head of a subject tells its number, not the noun before the verb."""

    assert plural(subject) is many


def test_verb_agrees():
    """A verb takes the form of its subject."""

    assert (agreeing("be", "The models"), agreeing("vary", "The model")) == ("are", "varies")


def test_mutants_are_the_same_on_every_run():
    """Nothing is drawn by chance."""
    pairs = load()[:20]

    assert mutants(pairs) == mutants(pairs)


def test_names_come_from_other_abstracts():
    """An operator is never offered pairs of its own abstract."""
    pairs = load()

    assert all(other.key != one.key for one in pairs[:50] for other in foreign(one, pairs))


def test_three_in_ten_pairs_are_untouched():
    """About 30 % of the committed pairs, and of the abstracts they are about."""
    pairs = load()
    kept = [one for one in pairs if untouched(one.key)]

    assert 0.29 < len(kept) / len(pairs) < 0.4


def test_untouched_cases_are_never_shown():
    """Examples for tuning leave the untouched abstracts out."""
    keys = [one.key for one in load() if untouched(one.key)]

    assert not any(showable(Case(pair("A.", "A.", key), "B.", "digit", True)) for key in keys)


def test_table_counts_caught_and_blocked():
    """A warning catches and does not block."""
    key = "s000"
    case = Case(pair("A.", "A.", key), "B.", "digit", True)

    assert table([Verdict(case, (), ("w",)), Verdict(case, ("b",), ())])[1].split()[:4] == [
        "digit",
        "2",
        "100.0",
        "50.0",
    ]


def test_interval_holds_its_share():
    """Wilson's interval of 45 of 50 is the published one."""

    assert [round(bound, 3) for bound in wilson(45, 50)] == [0.9, 0.786, 0.957]


def test_balanced_accuracy_is_the_mean_of_two_recalls():
    """The interval lies around the mean."""
    middle, low, high = balanced((80, 100), (90, 100))

    assert (low < middle < high, round(middle, 2)) == (True, 0.85)


def test_lead_in_is_cut():
    """A near-extractive pair is the sentence without its lead-in."""

    assert shortened("We show that small models can learn to count by rote.") == [
        "Small models can learn to count by rote."
    ]


def test_torn_text_is_left_out():
    """Words that a tokenizer tore apart make no pair."""

    assert shortened("We show that small models can be unders tood in pr inciple by people.") == []


def test_target_without_its_negation_is_not_carried():
    """A target counts as carried only where its logical words are the sentence's."""

    assert not covers("Small models learn arithmetic", "Small models do not learn arithmetic.")
