"""What is out and what is only promised is told apart by the sentence that has the address."""

import pytest

from agent.editorial.ranking import rank
from agent.editorial.releases import announced, is_announced, released
from agent.schema import Artifact
from tests.editorial.samples import of

URL, PAGE = "https://example.org/fennet", "https://example.org/peat"


@pytest.mark.parametrize(
    "sentence",
    [
        "Code will be available at {}.",
        "Our code and models shall be released at {}",
        "The code will be made publicly available at {}.",
        "We will release the code at {}.",
        "We'll open-source everything at {}.",
        "Code is to be released at {}.",
        "We plan to release the data at {}.",
        "The code is available soon at {}.",
        "Code is released at {} soon.",
        "Code is available at {} upon acceptance.",
        "Once the paper is accepted, code is released at {}.",
        "{} will host the code.",
    ],
)
def test_a_promise_is_no_release(sentence):
    """What will be, shall be, is to be, or comes soon or upon acceptance, is announced."""
    assert is_announced(Artifact(kind="code", url=URL), (sentence.format(URL),))


@pytest.mark.parametrize(
    "sentence",
    [
        "Code is available at {}.",
        "Code: {}",
        "The code is publicly available at {}, and we will release our model.",
        "We will extend it; the code is released at {}.",
        "To facilitate future research, we release the code at {}.",
        "The code can be found at {}.",
        "The code has been open-sourced and is now available at {}.",
        "The benchmark, which will help others, is available at {}.",
        "See {}.",
    ],
)
def test_what_is_there_is_released(sentence):
    """What is, has been or can be found there is out, whatever else is promised."""
    assert not is_announced(Artifact(kind="code", url=URL), (sentence.format(URL),))


def with_links(*said):
    """A paper that links code and data in these sentences."""
    item = of("FenNet")
    links = (Artifact(kind="data", url=PAGE), Artifact(kind="code", url=URL))
    paper = item.paper.model_copy(update={"sentences": (*item.paper.sentences[:-1], *said)})
    return item.model_copy(update={"paper": paper, "summary": item.summary.model_copy(update={"artifacts": links})})


def test_kinds_are_told_apart():
    """A kind is out if one address of it is; one that is only promised is announced."""
    item = with_links(f"Data are at {PAGE}.", f"Code will be released at {URL}.")

    assert released(item.summary, item.paper) == ("data",)
    assert announced(item.summary, item.paper) == ("code",)


def test_a_promise_says_little_for_a_paper():
    """Code that is announced is told so, and counts less than code that is out."""
    told = {}
    for sentence in ("Code is at {}.", "Code will be released at {}."):
        item = with_links(sentence.format(URL))
        links = (Artifact(kind="code", url=URL),)
        item = item.model_copy(update={"summary": item.summary.model_copy(update={"artifacts": links})})
        ((_, one),) = rank((item,), {}, of_a_week=True).papers.items()
        told |= {weighed.reason.text: weighed.weight for weighed in one.reasons if weighed.reason.kind == "code"}

    assert told["Code is announced"] < 0.5 < told["Code is out"]
