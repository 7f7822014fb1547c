"""An editor's own sections, from the file to the page."""

import json

import pytest

from agent import sections
from agent.errors import ConfigError
from agent.sections import UNASSIGNED, Section
from agent.tasks.topics import group
from tests.examples import ScriptedModel
from tests.models.test_topics import made_up

FILE = """
[[topic]]
label = "Stars & their *planets*"
keywords = ["exoplanet"]

[[topic]]
label = "Gardening"

[[topic]]
label = "Soil"
description = "What lives and dies below the grassland."
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "topics.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_file_is_read_in_its_order(written):
    """Label, description and keywords come as they stand in the file."""
    stars, gardening, soil = sections.read(written(FILE))

    assert stars == Section(label="Stars & their *planets*", keywords=("exoplanet",))
    assert gardening == Section(label="Gardening")
    assert soil.description == "What lives and dies below the grassland."


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("", "no topics", "[[topic]]"),
        ("topic = []", "no topics", "[[topic]]"),
        ("[[topic]]", "topic 1 label: field required", "[[topic]]"),
        ('[[topic]]\nlabel = ""', "topic 1 label: it has no letter and no digit", "label"),
        ('[[topic]]\nlabel = " \\u001b "', "topic 1 label: it has no letter and no digit", "label"),
        ("[[topic]]\nlabel = 3", "topic 1 label: input should be a valid string", "label"),
        ('[[topic]]\nlabel = "A"\nkeyword = []', "topic 1 keyword: unknown key 'keyword'", "keywords"),
        ('[[topic]]\nlabel = "A"\nkeywords = "b"', "topic 1 keywords: input should be a valid", "keywords"),
        ('[[topic]]\nlabel = "A"\nkeywords = ["b", ""]', "topic 1 keywords 2: it has no letter", "keywords"),
        ('title = "x"\n[[topic]]\nlabel = "A"', "title: unknown key 'title'", "[[topic]]"),
        ('[[topic]]\nlabel = "A"\n[[topic]]\nlabel = "a"', "topics 1 and 2 have the same label", "Rename"),
        ('[[topic]]\nlabel = "unassigned"', "topic 1: 'unassigned' is what papers are called", "Rename"),
        ("[[topic]\n", "not TOML: Expected", "[[topic]]"),
        ("\n[[topic]]\nlabel = A", "line 3", "[[topic]]"),
    ],
)
def test_wrong_files_are_refused(written, text, told, hint):
    """What is wrong is told with the file, the place in it, and what to write instead."""
    path = written(text)
    with pytest.raises(ConfigError) as refused:
        sections.read(path)

    assert refused.value.message.startswith(f"{path}: ")
    assert told in refused.value.message
    assert hint in refused.value.hint


def test_what_cannot_be_read_is_refused(tmp_path):
    """A missing file, a folder and bytes that are no text are each told."""
    (tmp_path / "latin.toml").write_bytes(b"\xff\xfe")
    for name in ("missing.toml", ".", "latin.toml"):
        with pytest.raises(ConfigError, match="cannot be read"):
            sections.read(tmp_path / name)


def test_papers_stand_in_the_sections(written):
    """Sections come in their order with their labels, one without papers not at all, and what fits none comes last."""
    papers = made_up()
    topics, provenance = group(papers, ScriptedModel(), sections.read(written(FILE)))
    numbers = {item.paper.id: number for number, item in enumerate(papers, 1)}

    assert [(topic.label, {numbers[paper] for paper in topic.paper_ids}) for topic in topics] == [
        ("Stars & their *planets*", {5, 6, 7, 8}),
        ("Soil", {1, 2, 3, 4}),
        (UNASSIGNED, {9, 10, 11, 12}),
    ]
    assert [bool(topic.overview) for topic in topics] == [True, True, False]
    assert provenance.model == "embedded"


def test_no_endpoint_is_asked_to_sort():
    """With sections nothing is sent, whichever model wrote the summaries."""
    model = ScriptedModel()
    topics, _ = group(made_up(), model, [Section(label="Gardening")])

    assert [topic.label for topic in topics] == [UNASSIGNED]
    assert model.asked == []


def test_a_kind_of_paper_can_be_a_section():
    """A section named after surveys, benchmarks or datasets gets the papers that are such."""
    papers = made_up()
    summary = papers[0].summary.model_copy(update={"contribution": "survey"})
    topics, _ = group(
        [papers[0].model_copy(update={"summary": summary}), *papers[4:]], ScriptedModel(), [Section(label="Surveys")]
    )

    assert topics[0].paper_ids == (papers[0].paper.id,)


def test_the_command_line_takes_a_file(digest, written, seeds):
    """`--topics` names the file, the setting does too, and a wrong file ends the run with code 4."""
    path = written('[[topic]]\nlabel = "Video | <b>long</b>"\n[[topic]]\nlabel = "In-context learning"')
    told = json.loads(digest("weekly", seeds, "--topics", path, "--format", "json").stdout)
    by_setting = digest("weekly", seeds, "--format", "json", DIGEST_TOPICS=str(path))
    page = digest("weekly", seeds, "--topics", path, "--format", "markdown").stdout

    assert [topic["label"] for topic in told["topics"]] == ["Video | <b>long</b>", "In-context learning", UNASSIGNED]
    assert json.loads(by_setting.stdout) == told
    assert "## Video \\| \\<b>long\\</b> ·" in page

    wrong = digest("weekly", seeds, "--topics", written("x = 1"))
    assert (wrong.returncode, wrong.stdout) == (4, "")
    assert "unknown key 'x'" in wrong.stderr
