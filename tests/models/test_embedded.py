"""The embedded model answers from the abstract alone, and only with what it says."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import EndpointError
from agent.grounding import abstract, ground
from agent.models.base import Task
from agent.models.embedded import EmbeddedModel
from agent.models.embedded.summary import summarize
from agent.schema import SummaryDraft
from agent.tasks.summarize import TASK
from agent.text import clean, sentences

TITLE = "QuillNet: Reading Handwritten Ledgers with Sparse Attention"
ABSTRACT = [
    "Historical ledgers are widely used in economics.",
    "However, existing readers fail on faded ink and remain costly to train.",
    "In this paper, we propose QuillNet, a sparse attention network that reads faded ledgers.",
    "Specifically, it employs a two-stage encoder trained on 40K scanned pages.",
    "Experiments show that QuillNet reaches 91.2% accuracy on the InkBench benchmark, outperforming ScribeLM by 4.5%.",
    "Our code and models are available at https://github.com/example/quillnet.",
]
PIECES = st.sampled_from(
    "we propose,In this paper, however,FooNet,BarBench,(FN),accuracy of,95.1%,3x,https://a.org/b,outperforms,on the,"
    "dataset,benchmark,such as,GPT,: ,; ,. ,( ,),a,model,called,\",1),times,Ω,的,。,our,code at,compared with,+4.6,"
    "Results:,limitations of our,and,which,to,\\,[3],x×2,2-6x,www.b.net,%,...".split(",")
)  # fmt: skip
ABSTRACTS = st.lists(
    st.text(min_size=1, max_size=60) | st.lists(PIECES, min_size=1, max_size=30).map(" ".join), max_size=6
)


def test_a_plain_abstract_is_summarized_as_a_reader_would() -> None:
    """Each field holds what the abstract says, with the numbers of the sentences that say it."""
    draft = summarize(TITLE, ABSTRACT)

    assert draft.tldr.text == "QuillNet is a sparse attention network that reads faded ledgers."
    assert draft.tldr.evidence == (3,)
    assert (draft.name, draft.contribution) == ("QuillNet", "model")
    assert draft.roles == ("background", "background", "objective", "method", "result", "other")
    assert 2 in {number for statement in draft.problem for number in statement.evidence}
    assert [statement.evidence for statement in draft.approach] == [(3,), (4,)]
    assert [statement.evidence for statement in draft.findings] == [(5,)]
    assert [(r.value, r.metric, r.on, r.versus) for r in draft.results] == [
        ("91.2%", "accuracy", "InkBench benchmark", "ScribeLM"),
        ("4.5%", None, None, "ScribeLM"),
    ]
    assert (draft.benchmarks, draft.models) == (("InkBench",), ("QuillNet", "ScribeLM"))
    assert {(a.kind, a.url) for a in draft.artifacts} == {
        ("code", "https://github.com/example/quillnet"),
        ("model", "https://github.com/example/quillnet"),
    }


def test_the_answer_carries_its_provenance() -> None:
    """The model answers through the seam, free of charge, and names the prompt whose task it did."""
    completion = EmbeddedModel().complete(TASK, {"title": TITLE, "sentences": ABSTRACT})

    assert completion.answer == summarize(TITLE, ABSTRACT)
    assert completion.provenance.model == "embedded"
    assert re.fullmatch(r"summarize@\d+", completion.provenance.prompt)
    assert re.fullmatch(r"[0-9a-f]{12}", completion.provenance.prompt_sha)
    assert completion.provenance.cost_usd == 0.0


def test_an_unknown_task_is_refused_by_name() -> None:
    """A task that needs a language model says so."""
    with pytest.raises(EndpointError, match="translate") as refusal:
        EmbeddedModel().complete(Task("translate", SummaryDraft), {})

    assert "summarize" in refusal.value.hint


@given(st.text(max_size=60), ABSTRACTS)
def test_any_text_gets_a_summary_that_it_supports(title: str, written: list[str]) -> None:
    """No input raises; evidence exists, values, names and links are verbatim, and grounding finds nothing to drop."""
    given_sentences = sentences(clean(" ".join(written))) or ["."]
    title = clean(title)
    draft = summarize(title, given_sentences)

    assert len(draft.roles) == len(given_sentences)
    assert draft.tldr.text.strip()
    statements = (draft.tldr, *draft.problem, *draft.approach, *draft.findings, *draft.limitations, *draft.results)
    for statement in statements:
        assert statement.evidence
        assert all(1 <= number <= len(given_sentences) for number in statement.evidence)
    for result in draft.results:
        cited = given_sentences[result.evidence[0] - 1]
        assert all(part in cited for part in (result.value, result.metric, result.on, result.versus) if part)
    names = (*draft.benchmarks, *draft.datasets, *draft.models, *([draft.name] if draft.name else []))
    assert all(any(name in text for text in (title, *given_sentences)) for name in names)
    assert all(any(artifact.url in text for text in given_sentences) for artifact in draft.artifacts)
    if not abstract(title, tuple(given_sentences)).planted:
        assert ground(draft, title, given_sentences)[1].dropped == 0


@pytest.mark.parametrize("endless", ["9" * 20_000, "1." + "9" * 20_000, "9,999" * 4_000, "1% " * 5_000])
@pytest.mark.parametrize(
    "text", ["We report an accuracy of {}%.", "It improves accuracy by {}.", "It scored {}a of 5."]
)
def test_numbers_without_end_take_no_time(text: str, endless: str) -> None:
    """However long a number is, a sentence with it is read at once."""
    started = time.monotonic()
    summarize(TITLE, ["We propose Millet.", text.format(endless)])

    assert time.monotonic() - started < 2


@given(st.text(max_size=60), ABSTRACTS)
def test_the_same_input_gives_the_same_bytes(title: str, written: list[str]) -> None:
    """Nothing in a summary depends on what was summarized before."""
    given_sentences = sentences(clean(" ".join(written))) or ["."]
    first = summarize(title, given_sentences).model_dump_json()
    summarize(TITLE, ABSTRACT)

    assert summarize(title, given_sentences).model_dump_json() == first


def test_order_of_sets_does_not_show() -> None:
    """An interpreter with a hash seed of its own prints the same summary."""
    tasks = "It helps image captioning, cloth folding, speech recognition, pose estimation and sentence matching."
    program = (
        "from agent.models.embedded.summary import summarize;"
        f"print(summarize({TITLE!r}, {[*ABSTRACT, tasks]!r}).model_dump_json())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONHASHSEED": "77"}, capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip

    assert done.stdout == summarize(TITLE, [*ABSTRACT, tasks]).model_dump_json() + "\n"


def test_importing_the_model_loads_no_rule() -> None:
    """The command line can name the model without paying for its patterns or for a splitter."""
    program = (
        "import sys, agent.models.embedded;"
        "print([m for m in sys.modules if m.startswith(('syntok', 'agent.models.embedded.', 'litellm', 'sklearn'))])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )

    assert shown.stdout.strip() == "[]"
