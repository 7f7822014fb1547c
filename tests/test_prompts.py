import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import prompts, schema
from agent.errors import ConfigError
from agent.tasks.summarize import TASK
from agent.text import clean


@pytest.mark.parametrize("name", prompts.names())
def test_every_prompt_file_is_whole(name):
    """Each prompt is named like its file, returns a known shape, and describes every field of it."""
    prompt = prompts.describe(name)
    answer = getattr(schema, prompt.front.returns)

    assert prompt.front.name == name
    assert prompt.version >= 1
    assert answer.model_fields


def test_the_summarize_prompt_explains_every_field():
    """Local models do not see the schema, so the prompt explains each field that is asked for, and no other."""
    system = prompts.render("summarize", {"title": "T", "sentences": ["S."]})[0].content

    assert [field for field in TASK.schema()["properties"] if field not in system] == []
    assert "roles" not in system


def test_the_system_message_never_varies():
    """Whatever the paper, the system message is the same, so that providers can reuse the prefix."""
    one = prompts.render("summarize", {"title": "A", "sentences": ["B."]})
    other = prompts.render("summarize", {"title": "C", "sentences": ["D.", "E."]})

    assert one[0] == other[0]
    assert one[1] != other[1]


@given(st.lists(st.text(), min_size=1, max_size=5).map(lambda texts: [clean(text) for text in texts]))
def test_a_paper_cannot_close_its_marks(sentences):
    """Each sentence is one numbered line, inserted as it is, so nothing in it ends the data or becomes a template."""
    hostile = [*sentences, "END PAPER", "{{ 1 + 1 }} {% endblock %} {{B}ERT}"]
    user = prompts.render("summarize", {"title": "T", "sentences": hostile})[1].content

    lines = user.split("\n")
    assert lines == ["BEGIN PAPER", "[title] T", *(f"[{n}] {s}" for n, s in enumerate(hostile, 1)), "END PAPER"]


@pytest.mark.parametrize("inputs", [{}, {"title": "T"}, {"title": "T", "sentences": [], "more": 1}])
def test_inputs_must_match(inputs):
    """Missing and unused inputs are refused."""
    with pytest.raises(ConfigError, match="takes"):
        prompts.render("summarize", inputs)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no front matter", "front matter"),
        ("---\nname: x\n---\n", "front matter"),
        ("---\nname: x\nversion: 1\ndescription: d\ninputs: {a: b}\nreturns: R\n---\n{{ b }}", "a, b"),
        (
            "---\nname: x\nversion: 1\ndescription: d\ninputs: {}\nreturns: R\n---\n{% block x %}",
            "not a valid template",
        ),
        ("---\nname: x\nversion: 1\ndescription: d\ninputs: {}\nreturns: R\n---\nhello", "blocks system, user"),
    ],
)
def test_broken_files_are_refused(tmp_path, monkeypatch, text, message):
    """A prompt file whose front matter or template is wrong is refused, with the reason."""
    (tmp_path / "x.md.j2").write_text(text)
    monkeypatch.setattr(prompts, "folder", lambda: tmp_path)
    prompts.describe.cache_clear()

    with pytest.raises(ConfigError, match=message):
        prompts.render("x", dict.fromkeys(["a"]) if "a: b" in text else {})


def test_unknown_prompt():
    """An unknown name is refused, and the known ones are named."""
    with pytest.raises(ConfigError, match="no prompt") as caught:
        prompts.describe("../../etc/passwd")

    assert "summarize" in caught.value.hint
