"""What endpoints answered to questions about papers of the seeds, through the whole of an endpoint's way and checked.

The answers stand in `tests/fixtures/completions/compare`; a server on a real socket gives them.
"""

import pytest

from agent.models.choose import choose
from agent.schema import Checks
from agent.settings import Settings
from agent.tasks.compare import compare
from tests.completions import Completions
from tests.fakes import FakeServer, answer, summarizing

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The answers to all questions by their names, several under way at once."""
    completions, cache = Completions(), tmp_path_factory.mktemp("cache")
    asked = completions.asked()

    def script(call):
        # A model that is told of its doubts says the same again.
        said = completions.response(call.fields["messages"][:2])
        return answer(said["choices"][0]["message"]["content"], usage=(1500, 300))

    with FakeServer(script, latency=0.05) as server:
        model = choose(Settings(model="hosted_vllm/x", api_base=f"{server.url}/v1", cache=cache, timeout=5))
        done = dict(zip(asked, compare(asked.values(), model), strict=True))
        model.close()
        assert server.highest > 1
    return done


def told(one):
    """Each sentence of an answer with whether it was quoted."""
    return [(sentence.text, sentence.quoted) for sentence in one.answer]


def cells(one):
    """The rows of a table, by the numbers of their papers."""
    return {one.consulted.index(row.paper_id) + 1: [cell.text for cell in row.cells] for row in one.rows}


def sentence(one, paper, number):
    return one.papers[paper - 1].sentences[number - 1]


def test_a_good_answer_comes_through_whole(made):
    """An answer that the abstracts carry is shown as it was given, its empty cell and what is missing with it."""
    one = made["good"]

    assert one.answered
    assert [quoted for _, quoted in told(one)] == [False] * 5
    assert one.aspects == ("student architecture", "training stages", "reported result")
    assert [[bool(cell) for cell in row] for row in cells(one).values()] == [[True] * 3, [True, True, False]]
    assert one.missing == ("Not stated in the abstracts: figures of LLaVA-KD.",)
    assert one.provenance.checks == Checks(kept=10)
    assert (one.provenance.attempts, one.provenance.reasked) == (1, False)


def test_memory_is_no_source(made):
    """Figures, names and venues that no abstract has are in no sentence and no cell, be they true or not."""
    one = made["memory"]

    assert told(one) == [
        (sentence(one, 1, 1), True),
        (sentence(one, 2, 4), True),
        ("LLaVA-MoD activates 2B parameters.", False),
    ]
    assert (one.aspects, cells(one)) == (("student size",), {1: ["2B activated parameters"]})
    assert one.provenance.checks == Checks(kept=2, repaired=2, dropped=4)
    assert one.provenance.reasked
    for word in ("Qwen-1.5", "A100", "SigLIP", "CLIP", "0.5B", "ICCV", "ICLR"):
        assert word not in one.model_copy(update={"papers": ()}).model_dump_json()


def test_a_paper_that_is_not_there_is_not_cited(made):
    """What cites a paper or a sentence that does not exist is dropped, and so is its row."""
    one = made["phantom"]

    assert told(one) == [
        (sentence(one, 1, 1), True),
        ("LLaVA-KD transfers knowledge from a large MLLM to a small one.", False),
    ]
    assert {cite.paper_id for item in one.answer for cite in item.cites} <= set(one.consulted)
    assert cells(one) == {1: ["progressive knowledge transfer strategy"]}
    assert one.provenance.checks == Checks(kept=2, repaired=1, dropped=5)
    assert "Phi" not in one.model_copy(update={"papers": ()}).model_dump_json()


def test_two_papers_of_one_name_are_kept_apart(made):
    """What one AIM does is not told of the other: not in a sentence about one, nor about both, nor in a cell."""
    one = made["aim-mixed-up"]

    assert told(one) == [
        ("AIM: Adaptive Inference merges tokens before the LLM and prunes them within its layers.", False),
        (sentence(one, 1, 3), True),
        (sentence(one, 2, 3), True),
        ("AIM for adaptive inference is training-free, whereas AIM for in-context learning trains a projection layer.",
         False),
    ]  # fmt: skip
    assert one.answer[1].cites[0].paper_id != one.answer[2].cites[0].paper_id
    assert one.aspects == ("approach", "training", "reported result")
    assert cells(one) == {
        1: ["token merging and pruning", None, "+4.6 on MLVU"],
        2: [None, "trained on public multi-modal web corpora", None],
    }
    assert one.provenance.checks == Checks(kept=5, repaired=2, dropped=4)


def test_a_cell_is_never_guessed(made):
    """Links, savings and scores that no abstract states are no cells, and their columns go with them."""
    one = made["guessed-cells"]

    assert [quoted for _, quoted in told(one)] == [False, False]
    assert one.aspects == ("needs training", "savings")
    assert cells(one) == {
        1: ["no additional training", "2.3 GB of GPU memory for a single inference"],
        2: ["training-free", None],
    }
    assert one.missing == ("Not stated in the abstracts: where the code of HiRED is; savings of FoPru in figures.",)
    assert one.provenance.checks == Checks(kept=5, dropped=5)


def test_what_is_not_there_is_said(made):
    """A model that says that the papers do not hold the answer is believed, and tells what they lack."""
    one = made["absent"]

    assert (one.answered, one.answer, one.rows) == (False, (), ())
    assert one.missing == ("Not stated in the abstracts: LLaVA-Phi; ScienceQA.",)
    assert not one.partial


def test_only_flawed_answers_are_asked_for_again(made):
    """A model is told once of what is not carried, and of nothing else."""
    assert {name for name, one in made.items() if one.provenance.reasked} == made.keys() - {"good", "absent"}
    assert not any(one.provenance.degraded for one in made.values())


def test_the_fake_model_answers_with_what_the_papers_say(tmp_path):
    """The model of the tests that answers any of our prompts gives an answer that is kept whole."""
    asked = Completions().asked()["good"]
    with FakeServer(summarizing) as server:
        model = choose(Settings(model="hosted_vllm/x", api_base=f"{server.url}/v1", cache=tmp_path, timeout=5))
        (one,) = compare([asked], model)
        model.close()

    assert [sentence.text for sentence in one.answer] == [paper.sentences[0] for paper in asked.papers]
    assert [[cell.text for cell in row.cells] for row in one.rows] == [[paper.sentences[1]] for paper in asked.papers]
    assert one.provenance.checks == Checks(kept=4)
