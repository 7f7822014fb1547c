"""What the linear models choose."""

import json
import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.grounding.words import FUNCTION
from agent.models.embedded.abstract import read
from agent.models.embedded.linear import scores, weights
from agent.models.embedded.roles import chances
from agent.models.embedded.summary import summarize

WEIGHTS = Path(__file__).parents[3] / "agent" / "models" / "embedded" / "weights"
PHRASES = st.sampled_from(
    "We propose a loom,However,it fails,Results show,that cloth folds,in this paper,by 12%,Methods:,https://a.org,"
    "the code is available at,which is new,(CL),we study,to fold it,and,outperforms,9,…,的".split(",")
)
SENTENCES = st.lists(st.lists(PHRASES, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=9)


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower()))


def test_weights_are_small_and_named() -> None:
    """All weights together stay below a megabyte of text, and each row has a number for every class."""
    files = sorted(WEIGHTS.glob("*.json"))

    assert {file.stem for file in files} == {"parts", "roles", "roles_context", "tldr"}
    assert sum(file.stat().st_size for file in files) < 1_000_000
    for file in files:
        assert len({len(row) for row in json.loads(file.read_text("utf-8")).values()}) == 1


def test_a_word_of_the_text_is_never_taken_for_the_bias() -> None:
    """The word `bias` is a feature like others; what is added always has a name that no word has."""
    model = {"@bias": (1000, 0), "bias": (0, 500)}

    assert scores(model, ["bias", "unknown"]) == [1.0, 0.5]
    assert scores(model, (), [("bias", 2.0), ("unknown", 9.0)]) == [1.0, 1.0]
    assert "@bias" in weights("roles")


@given(SENTENCES)
def test_each_sentence_has_chances_that_sum_to_one(given_sentences: list[str]) -> None:
    """There is one row a sentence, and nothing in it is no number."""
    found = chances(read("", given_sentences).sentences)

    assert len(found) == len(given_sentences)
    assert all(math.isclose(sum(row), 1.0, abs_tol=1e-6) and min(row) >= 0.0 for row in found)


@given(st.sampled_from(["", "Folding cloth", "CL: Looms"]), SENTENCES)
def test_a_tldr_has_only_words_of_its_sentence(title: str, given_sentences: list[str]) -> None:
    """It has thirty words at most where a form is so short, and none that the cited sentence lacks but small ones."""
    told = summarize(title, given_sentences).tldr
    cited = " ".join(given_sentences[number - 1] for number in told.evidence)

    assert words(told.text) - words(cited) <= FUNCTION
    assert len(told.text.split()) <= max(30, len(cited.split()))


@given(SENTENCES)
def test_no_sentence_tells_two_parts(given_sentences: list[str]) -> None:
    """Problem, approach and findings cite each sentence at most once, two sentences each."""
    draft = summarize("Looms", given_sentences)
    parts = [[told.evidence[0] for told in part] for part in (draft.problem, draft.approach, draft.findings)]
    cited = [number for part in parts for number in part]

    assert len(cited) == len(set(cited))
    assert all(len(part) <= 2 and part == sorted(part) for part in parts)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Cloth is hard to fold.", "We propose LoomFold, a solver that folds cloth.", "It is fast."],
         "LoomFold is a solver that folds cloth."),
        (["Folding is old.", "However, it is slow.", "To address this, we introduce a faster way to fold silk by hand.",
          "Experiments show that it saves time."],
         "We introduce a faster way to fold silk by hand."),
        (["Which cloth folds best is not known.", "We study 40 kinds of cloth.",
          "We find that wet silk folds worse than dry felt."],
         "We find that wet silk folds worse than dry felt."),
    ],
)  # fmt: skip
def test_the_tldr_is_what_is_new(lines: list[str], told: str) -> None:
    """The sentence that says what was made, or what was found where nothing was made, stands for the paper."""
    assert summarize("Folding cloth", lines).tldr.text == told
