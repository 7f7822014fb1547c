"""An editor's own sections, from the file to the page."""

import json
import os
import time

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
        ('[[topic]]\nlabel = "A"\nkeywords = "b"', "topic 1 keywords: a list of strings is wanted", "keywords"),
        ('[[topic]]\nlabel = "A"\nkeywords = ["b", ""]', "topic 1 keywords 2: it has no letter", "keywords"),
        ('title = "x"\n[[topic]]\nlabel = "A"', "title: unknown key 'title'", "[[topic]]"),
        ('[[topic]]\nlabel = "A"\n[[topic]]\nlabel = "a"', "topics 1 and 2 have the same label", "Rename"),
        ('[[topic]]\nlabel = "A"\nkeywords = ["b", 3]', "topic 1 keywords 2: input should be a valid string", "keyw"),
        (
            '[[topic]]\nlabel = "A"\nkeywords = ["b", "of the"]',
            "keywords 2: 'of the' stands in every paper",
            "keywords",
        ),
        ("topic = [1]", "topic 1: a table is wanted", "[[topic]]"),
        (
            '[[topic]]\nlabel = "Long video"\n[[topic]]\nlabel = "Long  VIDEO\u200b"',
            "topics 1 and 2 have the same",
            "Re",
        ),
        ('[[topic]]\nlabel = "\uff21b"\n[[topic]]\nlabel = "Ab"', "topics 1 and 2 have the same label", "Rename"),
        ("x = " + "[" * 5000, "not TOML: it is nested too deeply", "[[topic]]"),
        ("x = " + "1" * 5000, "too long a number", "[[topic]]"),
        ("[[topic]]\nlabel = 'A'\n" * 501, "topic: more than 500 are too many", "[[topic]]"),
        (f"[[topic]]\nlabel = 'A'\nkeywords = {['b'] * 201}", "topic 1 keywords: more than 200", "keywords"),
        ("".join(f"[[topic]]\nlabel = 'A{n}'\nkeywords = {['b'] * 200}\n" for n in range(101)), "20,000 key", "Keep"),
        ("#" * 1_000_001, "it is larger than 1,000,000 bytes", "sections"),
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
    """A missing file, a folder, a pipe that nobody writes to, an endless device and no text are each told."""
    (tmp_path / "latin.toml").write_bytes(b"\xff\xfe")
    os.mkfifo(tmp_path / "pipe")
    for name in ("missing.toml", ".", "latin.toml", "pipe", "/dev/zero", "a\0b"):
        with pytest.raises(ConfigError, match="cannot be read"):
            sections.read(tmp_path / name)


def test_how_a_file_was_saved_does_not_matter(tmp_path):
    """A byte order mark and the line ends of Windows are read over; white space and unseen characters go."""
    path = tmp_path / "topics.toml"
    path.write_bytes(b"\xef\xbb\xbf[[topic]]\r\nlabel = 'Long \xe2\x80\x8b video '\r\nkeywords = ['  a  b ']\r\n")

    assert sections.read(path) == (Section(label="Long video", keywords=("a b",)),)


def test_signs_tell_labels_apart(written):
    """Labels that differ in a sign are two."""
    found = sections.read(written('[[topic]]\nlabel = "C"\n[[topic]]\nlabel = "C++"'))

    assert [section.label for section in found] == ["C", "C++"]


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


def test_a_check_without_the_file_says_what_is_missing(digest, written, seeds, tmp_path):
    """Labels of an editor that the papers do not have block, with a hint at `--topics`; with the file they do not."""
    path = written('[[topic]]\nlabel = "Moving pictures"\nkeywords = ["video"]')
    page = tmp_path / "w.json"
    digest("weekly", seeds, "--topics", path, "--format", "json", "-o", page)
    without, named = digest("check", page), digest("check", page, "--topics", path)

    assert (without.returncode, named.returncode) == (3, 0)
    assert "name the file of the sections with --topics" in " ".join(without.stdout.split())
    assert "--topics" not in named.stdout


def test_a_large_file_is_sorted_by_in_a_moment():
    """As many keywords as a file may have are looked for in a few steps a sentence."""
    many = [Section(label=f"A{n}", keywords=tuple(f"soil {n}x{k}" for k in range(200))) for n in range(100)]
    started = time.process_time()
    topics, _ = group(made_up(), ScriptedModel(), [*many, Section(label="Soil")])

    assert topics[0].label == "Soil"
    assert time.process_time() - started < 10
