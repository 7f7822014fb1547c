"""Each family of rules does on made-up sentences of several fields what its name says."""

import pytest

from agent.models.embedded.abstract import read
from agent.models.embedded.compress import MOST_WORDS, shortenings
from agent.models.embedded.leads import without_lead
from agent.models.embedded.lexicon import Lexicon
from agent.models.embedded.name import name
from agent.models.embedded.roles import chances, likeliest
from agent.models.embedded.shape import expansion
from agent.models.embedded.summary import summarize
from agent.text import sentences, words


def test_a_lexicon_finds_phrases_and_stems_once_each() -> None:
    """A phrase counts once however often it occurs; a stem goes on, a word does not."""
    lexicon = Lexicon({"gain": "improv*,on par", "loss": "fail,we lose*"})

    assert lexicon.count(words("It improves and improved, on par; we losers fail, failing.")) == {"gain": 2, "loss": 2}
    assert lexicon.count(words("on the par we")) == {}


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        ("LoomFold: Folding Fabrics", "We study folding. LoomFold folds fabrics.", "LoomFold"),
        ("LoomFold: Folding Fabrics", "We study how fabrics are folded.", "LoomFold"),
        ("LOOM FOLD: Folding", "We propose LoomFold. LoomFold folds.", "LoomFold"),
        ("Folding fabrics", "Here we present a solver, called FabSolve, for cloth.", "FabSolve"),
        ("Folding fabrics", "We introduce Cloth State Machine (CSM), which folds.", "CSM"),
        ("Folding fabrics", "Our model, Clothilde, is trained on cloth.", "Clothilde"),
        ("Folding fabrics", "We propose a fast method for large language models (LLMs).", None),
        ("Folding fabrics: A Survey", "This survey reviews the folding of fabrics.", None),
        ("How do cells fold?", "We measured the folding of 30 proteins in Escherichia coli.", None),
    ],
)
def test_names_are_found_where_authors_give_them(title: str, abstract: str, expected: str | None) -> None:
    """A title's head, `called X`, `X, which`, `our model, X,` name; concepts and species do not."""
    assert name(read(title, sentences(abstract))) == expected


@pytest.mark.parametrize(
    ("before", "short", "long_form"),
    [
        ("we use Recurrent Loom Networks", "RLN", "Recurrent Loom Networks"),
        ("patients with chronic kidney disease", "CKD", "chronic kidney disease"),
        ("nothing fits here", "XYZ", None),
        ("", "A", None),
    ],
)
def test_abbreviations_are_matched_to_their_long_form(before: str, short: str, long_form: str | None) -> None:
    """The letters of the short form stand in order in the words before it, the first at a word's start."""
    assert expansion(before, short) == long_form


def test_headings_and_cues_give_roles_in_any_science() -> None:
    """A structured clinical abstract and a plain one get the roles a reader would give."""
    trial = [
        "Background: Hypertension remains a leading cause of death.",
        "Methods: We randomized 412 adults to tarvelimab or placebo.",
        "Results: Blood pressure fell by 12.4 mm Hg.",
        "Conclusions: Tarvelimab lowered blood pressure.",
    ]
    letter = [
        "Planarians regenerate any missing part.",
        "How their stem cells are maintained is poorly understood.",
        "Our results show that the signal is required for renewal.",
        "Data are available at https://a.org/data.",
    ]

    def roles(abstract: list[str]) -> tuple[str, ...]:
        return tuple(map(likeliest, chances(read("", abstract).sentences)))

    assert roles(trial) == ("background", "method", "result", "result")
    assert roles(letter) == ("background", "background", "result", "other")
    assert roles([]) == ()


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("In this paper, we propose LoomFold, a solver that folds cloth.", "LoomFold is a solver that folds cloth."),
        ("We propose a fast solver called LoomFold for folding.", "LoomFold is a fast solver for folding."),
        ("To fold cloth in real time, we present LoomFold, a solver for the robots of small shops.",
         "LoomFold is a solver for the robots of small shops."),
        ("Although cloth is soft, we then fold it with six old hands.", "We fold it with six old hands."),
        ("However, to address this issue, we measure folds [3] in cloth (e.g., silk).", "We measure folds in cloth."),
        ("Folding improves by 12% (up to 30% for silk) [4].", "Folding improves by 12% (up to 30% for silk)."),
        ("Results: Pressure fell by 3.1 mm Hg with placebo", "Pressure fell by 3.1 mm Hg with placebo."),
        ("(2) cloth folds itself.", "Cloth folds itself."),
        ("The bound is C(D/log D) for every graph.", "The bound is C(D/log D) for every graph."),
        ("Our solver, which was trained on silk, is fast on every cloth.", "Our solver is fast on every cloth."),
    ],
)  # fmt: skip
def test_shorter_forms_drop_leads_and_asides(sentence: str, short: str) -> None:
    """Among the forms of a sentence is the one that says the main thing in the paper's words."""
    assert short in {form.text for form in shortenings(sentence)}


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("We show that the many old looms of the town without a roof are lost.",
         "We show that the many old looms of the town."),
        ("We present LoomFold, a solver, and FoldSet, a dataset.", "LoomFold is a solver, and FoldSet, a dataset."),
        ("We fold the cloth of towns (silk, wool and felt) by hand.", "We fold the cloth of towns (silk."),
        ("We prove that our folding always ends well, if the cloth is dry.",
         "We prove that our folding always ends well."),
        ("We find that it folds every known cloth well when dry.", "We find that it folds every known cloth well."),
        ("We fold the cloth of towns by hand (not FoldNet).", "We fold the cloth of towns by hand (FoldNet)."),
        ("We study how people in towns can quickly fold with their hands.",
         "We study how people in towns can quickly fold."),
    ],
)  # fmt: skip
def test_no_form_is_left_open(sentence: str, broken: str) -> None:
    """A form never ends inside a bracket or a list of two proposals, nor lacks its verb, object or condition."""
    assert broken not in {form.text for form in shortenings(sentence, "FoldNet")}


@pytest.mark.parametrize(
    ("sentence", "sure"),
    [
        ("As far as we know, FoldSet is the largest set of folds to date.",
         "FoldSet is the largest set of folds to date."),
        ("To the best of our knowledge, we are the first to fold felt by machine.",
         "We are the first to fold felt by machine."),
        ("We present the first machine that folds felt, to our knowledge.",
         "We present the first machine that folds felt."),
    ],
)  # fmt: skip
def test_a_claim_of_being_the_first_keeps_its_doubt(sentence: str, sure: str) -> None:
    """No form drops `to our knowledge` and the like from a superlative; the sentence itself has them and stands."""
    forms = {form.text for form in shortenings(sentence)}

    assert sure not in forms
    assert sentence in forms


def test_a_long_sentence_has_a_short_form() -> None:
    """A sentence over thirty words has forms that end at a clause or phrase before that."""
    sentence = (
        "We present a solver that folds cloth by simulating every thread of the fabric on its own with a sparse graph,"
        " which is trained on many hours of recorded hands at work, thereby lowering cost in small workshops and homes."
    )
    short = {form.text for form in shortenings(sentence) if len(form.text.split()) <= MOST_WORDS}

    assert (
        "We present a solver that folds cloth by simulating every thread of the fabric on its own with a sparse graph."
    ) in short


def test_a_lead_goes_only_where_a_sentence_is_left() -> None:
    """Leads are dropped in a row, and the text stays whole where nothing else is said."""
    assert without_lead("Moreover, in this work, we fold cloth.") == "We fold cloth."
    assert without_lead("However, it.") == "However, it."


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Results show that LoomFold reduces memory usage by 45% compared to the baseline.",
         [("45%", "memory usage", None, "baseline")]),
        ("We find 91.2% accuracy on FoldSet and 88.0% on KnitSet.",
         [("91.2%", "accuracy", "FoldSet", None), ("88.0%", None, "KnitSet", None)]),
        ("Experiments show a 2.4-2.9x speedup and up to 7-fold lower cost.",
         [("2.4-2.9x", "speedup", None, None), ("7-fold", "lower cost", None, None)]),
        ("Results show gains over strong solvers (e.g., +4.6 on FoldSet).",
         [("+4.6", None, "FoldSet", "strong solvers")]),
        ("Our results show an AUC of 0.93 in 1,200 patients (95% CI 0.91 to 0.95).", [("0.93", "AUC", None, None)]),
        ("Results: Systolic pressure fell by 12.4 mm Hg with the drug.",
         [("12.4 mm Hg", "Systolic pressure", None, None)]),
        ("LoomFold outperforms all solvers in 10 of the 16 tasks.", [("10 of the 16", None, None, "solvers")]),
        ("We show that it is twice as fast as before.", [("twice", None, None, None)]),
        ("Our evaluation on 13 datasets with 7B parameters and 1.2M images at 512 x 512 in 2024 shows nothing.", []),
        ("We train version 2.5 of it on 80% of the images.", []),
    ],
)  # fmt: skip
def test_results_are_outcomes_with_what_is_said_of_them(sentence: str, found: list[tuple[str | None, ...]]) -> None:
    """Shares, factors, gains and measured scores are results; sizes, years, versions and intervals are not."""
    draft = summarize("Folding", ["Cloth is hard to fold.", "We propose a solver.", sentence])

    assert [(r.value, r.metric, r.on, r.versus) for r in draft.results] == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Code and models are available at https://github.com/a/b.",
            {("code", "https://github.com/a/b"), ("model", "https://github.com/a/b")},
        ),
        (
            "Our dataset is at https://a.org/d, and the demo is at https://a.org/e/.",
            {("data", "https://a.org/d"), ("demo", "https://a.org/e/")},
        ),
        ("Project page: https://a.github.io/p", {("page", "https://a.github.io/p")}),
        (
            "A reference implementation of our models is provided (https://github.com/a/r).",
            {("code", "https://github.com/a/r")},
        ),
        ("The sequences are released at www.a.org/s_(1).", {("page", "www.a.org/s_(1)")}),
        ("Models and code are open sourced at loom.a.ch.", {("code", "loom.a.ch"), ("model", "loom.a.ch")}),
        (
            "Code and data are at project page https://a.org/p.",
            {("code", "https://a.org/p"), ("data", "https://a.org/p")},
        ),
        ("The page, along with the associated code, is at https://a.org/p.", {("code", "https://a.org/p")}),
        ("For examples of our models, see our website https://a.org/p.", {("page", "https://a.org/p")}),
        ("We release raw model generations on our website (https://a.org/p).", {("page", "https://a.org/p")}),
        (
            "The project page, the code, and the models are available at https://a.org/p.",
            {("code", "https://a.org/p"), ("model", "https://a.org/p")},
        ),
        ("We show gains, and the code is at https://a.org/p.", {("code", "https://a.org/p")}),
        ("We release the code to encourage tests of large models: https://a.org/p.", {("code", "https://a.org/p")}),
        ("The full collection of papers and codes is at https://github.com/a/r.", {("page", "https://github.com/a/r")}),
        ("We track related works at https://github.com/a/r.", {("page", "https://github.com/a/r")}),
        ("The code of this paper is at https://github.com/a/r.", {("code", "https://github.com/a/r")}),
        ("It leads the Fold benchmark (https://a.org/x), as released.", set()),
        ("The code will be released soon.", set()),
        ("Code is publicly available at loom.ch.", {("code", "loom.ch")}),
        ("We release our code and models at loom.ch.", {("code", "loom.ch"), ("model", "loom.ch")}),
        ("Project page: loom.ch", {("page", "loom.ch")}),
        ("The dataset can be found on loom.ch.", {("data", "loom.ch")}),
        ("We release a dataset of 10,000 posts collected from loom.com and reed.com.", set()),
        ("We release 10,000 posts from loom.com.", set()),
        ("We release a dataset of posts crawled at loom.com.", set()),
        ("The released code is implemented with loom.io (see reed.co).", set()),
        ("We release a dataset of articles published on loom.com.", set()),
    ],
)
def test_links_become_what_their_clause_says(sentence: str, found: set[tuple[str, str]]) -> None:
    """A link is taken without the punctuation around it, once for each thing it leads to."""
    draft = summarize("Folding", ["We propose a solver.", sentence])

    assert {(artifact.kind, artifact.url) for artifact in draft.artifacts} == found


def test_entities_stand_where_benchmarks_datasets_and_models_stand() -> None:
    """The nouns behind names, the words before them and their spelling tell their kind; concepts are none."""
    draft = summarize(
        "Reading ledgers",
        [
            "Large ledger models (LLMs), such as InkLM-7B and ScribeNet, are trained on text.",
            "We propose a new objective.",
            "It outperforms InkLM-7B on the FoldBench and KnitQA benchmarks, and on the LedgerSet dataset.",
        ],
    )

    assert draft.models == ("InkLM-7B", "ScribeNet")
    assert draft.benchmarks == ("FoldBench", "KnitQA")
    assert draft.datasets == ("LedgerSet",)


def test_genes_and_stars_are_no_models() -> None:
    """Outside computing nothing is taken for a model, a dataset or a benchmark."""
    draft = summarize(
        "A hot planet", ["We report KQX-12b, a planet found with HARPS-N.", "BRCA1 and NOTCH3 rise by 20%."]
    )

    assert (draft.models, draft.datasets, draft.benchmarks) == ((), (), ())


@pytest.mark.parametrize(
    ("title", "abstract", "kind"),
    [
        ("LoomFold", "We propose LoomFold, a training-free framework that folds cloth.", "method"),
        ("LoomFold", "We present LoomFold, a vision-language model trained on cloth.", "model"),
        ("FoldBench", "We introduce FoldBench, a benchmark of 300 folding tasks.", "benchmark"),
        ("FoldSet", "We collect FoldSet, a large dataset of folded cloth.", "dataset"),
        ("Folding: A Survey", "In this survey, we review how cloth is folded.", "survey"),
        ("How do people fold?", "We investigate how people fold. We find that they fold twice.", "analysis"),
        ("FoldKit", "We release FoldKit, an open-source toolkit for folding.", "system"),
        ("On folding graphs", "We prove that every graph folds. The lower bound is tight.", "theory"),
        ("Effect of a drug: a trial", "Methods: We randomized 40 adults. Results: Pain fell by 20%.", "analysis"),
    ],
)
def test_contributions_are_what_authors_announce(title: str, abstract: str, kind: str) -> None:
    """The noun that follows `we propose`, the title and the way of speaking decide."""
    assert summarize(title, sentences(abstract)).contribution == kind


@pytest.mark.parametrize(
    ("abstract", "kinds"),
    [
        ("We caption images. Each image and its text are matched.", ("text", "image")),
        ("We track objects in video. Long videos have many frames.", ("video",)),
        ("We read chest X-rays. The radiology images come with reports.", ("text", "medical-image")),
        ("A robot learns manipulation.", ("action",)),
        ("We forecast time series.", ("time-series",)),
        ("We prove a bound on graphs.", ()),
    ],
)
def test_modalities_are_the_data_spoken_of(abstract: str, kinds: tuple[str, ...]) -> None:
    """Kinds of data are told by the words for them, in the order of the schema."""
    assert summarize("A study", sentences(abstract)).modalities == kinds


def test_limits_are_the_authors_own() -> None:
    """What the authors say their work does not do is a limit; what earlier work lacked is not."""
    draft = summarize(
        "Folding",
        [
            "Existing solvers are limited to silk.",
            "We propose a solver.",
            "It works.",
            "A limitation of our solver is that we did not test wool.",
        ],
    )

    assert [statement.evidence for statement in draft.limitations] == [(4,)]


def test_tasks_are_named_by_their_nouns() -> None:
    """Task names are lower case, without the words around them."""
    draft = summarize(
        "Folding", ["We improve visual question answering and robust image captioning, and cloth folding."]
    )

    assert draft.tasks == ("visual question answering", "image captioning")


def test_keywords_are_terms_of_the_paper() -> None:
    """Terms of the title that come back in the abstract lead; common words of papers are none."""
    draft = summarize("Cloth folding with threads", ["We propose cloth folding.", "Cloth folding is shown to be good."])

    assert draft.keywords[0] == "Cloth folding"
    assert len(draft.keywords) <= 8
