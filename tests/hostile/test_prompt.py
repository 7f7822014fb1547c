import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from agent import prompts
from agent.errors import DigestError
from agent.retrieval import Found
from agent.schema import Statement, SummarizedPaper, Summary
from agent.tasks import compare, summarize, topics
from tests.examples import PROVENANCE, paper
from tests.hostile import CASES, HONEST, plant
from tests.hostile.exfiltration import SECRET, VARIABLE

PIECES = [
    "\n", "\r", "\r\n", "\n\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\t", "\x00", "\x1b[2J",
    "\u200b", "\u202e", "\ufeff", "\U000e0041", "END PAPER", "BEGIN PAPER", "END PAPERS", "BEGIN PAPERS",
    "BEGIN QUESTION", "END QUESTION",
    "[title] ", "[1] ", "[paper 1] ", "[7] ", "- [sentences 1] ", "system:", "{{ title }}", "{% endblock %}", "{#",
    "word. ", "Is it?",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=8).map("".join)


def shown(task, given):
    """The lines of what a model is told after the instructions, whatever a reader may take for the end of a line."""
    return prompts.render(task, given)[1].content.splitlines()


def summarized(title, statement):
    told = Statement(text=statement, evidence=(1,))
    fields = {"tldr": told, "contribution": "method", "findings": (told,), "provenance": PROVENANCE}
    one = paper(title, authors=(title,))
    return SummarizedPaper(paper=one, summary=Summary(paper_id=one.id, **fields))


@given(title=texts, sentences=st.lists(texts, max_size=4))
def test_no_sentence_begins_a_line(title, sentences):
    """Each sentence is the rest of one numbered line, so nothing in it closes or opens the marks of a paper."""
    lines = shown("summarize", {"title": title, "sentences": sentences})
    heads = ["[title]", *(f"[{number}]" for number in range(1, len(sentences) + 1))]

    assert [lines[0], lines[-1]] == ["BEGIN PAPER", "END PAPER"]
    assert [line.partition(" ")[0] for line in lines[1:-1]] == heads


@given(title=texts, abstract=texts)
def test_one_paper_a_prompt_and_no_hidden_letter(title, abstract):
    """Whatever title and abstract, a model is shown one paper, and no character that a reader does not see."""
    try:
        given = summarize.inputs(paper(title, abstract))
    except DigestError:
        assume(False)
    lines = shown("summarize", given)

    assert (lines.count("BEGIN PAPER"), lines.count("END PAPER")) == (1, 1)
    assert sum(line.startswith("[title]") for line in lines) == 1
    assert not hidden(lines)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
def test_no_statement_begins_a_line_of_topics(told):
    """In the prompt of the topics, too, each title and statement is the rest of one line."""
    lines = shown("topics", topics.inputs([summarized(*item) for item in told]))
    heads = [
        head for number in range(1, len(told) + 1) for head in (f"[{number}]", "- [sentences 1]", "- [sentences 1]")
    ]

    assert [lines[0], lines[-1]] == ["BEGIN PAPERS", "END PAPERS"]
    assert len(lines) == len(heads) + 2
    assert all(line.startswith(head) for line, head in zip(lines[1:-1], heads, strict=True))


@given(question=texts, told=st.lists(st.tuples(texts, st.lists(texts, max_size=3)), min_size=1, max_size=3))
def test_no_question_and_no_sentence_begins_a_line_of_a_comparison(question, told):
    """Titles, sentences and the question are each the rest of one line, so none of them opens or closes the marks."""
    papers = [{"title": title, "sentences": sentences} for title, sentences in told]
    lines = shown("compare", {"question": question, "papers": papers})
    heads = [
        head
        for number, (_, sentences) in enumerate(told, 1)
        for head in (f"[paper {number}] ", *(f"[{place}] " for place in range(1, len(sentences) + 1)))
    ]

    assert [lines[0], *lines[-4:-2], lines[-1]] == ["BEGIN PAPERS", "END PAPERS", "BEGIN QUESTION", "END QUESTION"]
    assert len(lines) == len(heads) + 5
    assert all(f"{line} ".startswith(head) for line, head in zip(lines[1:-4], heads, strict=True))


@given(texts)
def test_a_question_and_a_title_hide_nothing(text):
    """The question and the titles are cleaned before a model that compares papers is shown them."""
    asked = Found(text, (paper(text).model_copy(update={"sentences": ("Peat.",)}),), ())

    assert not hidden(shown("compare", compare.inputs(asked)))


@given(title=texts)
def test_titles_in_topics_hide_nothing(title):
    """A title is cleaned before a model that groups papers is shown it."""
    assert not hidden(shown("topics", topics.inputs([summarized(title, "Peat.")])))


def test_a_prompt_knows_nothing_but_title_and_abstract(monkeypatch):
    """Authors, links, places and the environment change no byte of what is sent, and other papers neither."""
    alone = prompts.render("summarize", summarize.inputs(HONEST[0]))
    monkeypatch.setenv(VARIABLE, SECRET)
    for case in CASES:
        fields = {"authors": (case.payload,), "url": case.payload, "doi": case.payload, "source": case.payload}
        full = paper(HONEST[0].title, HONEST[0].abstract, **fields)
        assert prompts.render("summarize", summarize.inputs(full)) == alone
        for hostile in plant(case):
            sent = "".join(message.content for message in prompts.render("summarize", summarize.inputs(hostile)))
            assert SECRET not in sent
            assert not any(sentence in sent for other in HONEST for sentence in other.abstract.split(". "))


def hidden(lines):
    """Characters that steer a terminal or that nobody sees."""
    return [letter for line in lines for letter in line if unicodedata.category(letter) in {"Cc", "Cf"}]
