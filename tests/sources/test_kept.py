"""A draft of an issue is read back as the writer left it, or refused with the place of what is damaged."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import ledger, marks
from agent.errors import StorageError
from agent.kept import Kept, Part
from agent.ledger import Entry
from agent.sources import front
from agent.sources.kept import parse, read
from tests.render import hostile

FRONT = "---\ntitle: Peat\ntags:\n- soil\n# mine\nimage: a.png\n---\n"
ENTRIES = (
    Entry("issue:2025-w12"),
    Entry("front:title", ledger.checksum("title: Peat")),
    Entry("intro", ledger.checksum("Hello.")),
    Entry("section:soil", "00000001"),
    Entry("paper:t:1", ledger.checksum("A *mire*."), 1, "section:soil"),
    Entry("paper:t:2", "00000002", 2, "section:soil"),
)
DRAFT = f"""{FRONT}
Dear all,

<!-- digest @intro -->

Hello.

<!-- digest @paper:t:1 -->

A *mire*.

Mine.

{ledger.written(ENTRIES)}
"""


def test_a_draft_is_read_as_it_is():
    """Front matter, blocks in their order, the text in front of them, numbers, and what is not there any more."""
    kept = parse(DRAFT, "issue.md")

    assert [(part.key, part.text) for part in kept.parts] == [("intro", "Hello."), ("paper:t:1", "A *mire*.\n\nMine.")]
    assert (kept.opening, kept.slug, kept.numbers) == ("Dear all,", "2025-w12", {"t:1": 1, "t:2": 2})
    assert kept.deleted == {"section:soil", "paper:t:2"}
    assert [kept.is_edited(part.key, part.text) for part in kept.parts] == [False, True]


def test_the_front_matter_stays_in_its_words():
    """Each key keeps the lines below it, comments too; what the writer gave is told from what was written."""
    kept = parse(DRAFT, "issue.md")

    assert [field.text for field in kept.front] == ["title: Peat", "tags:\n- soil\n# mine", "image: a.png"]
    assert (kept.own("title"), kept.own("image"), kept.own("slug")) == (None, "a.png", None)


@pytest.mark.parametrize(
    "changed",
    [DRAFT.replace("\n", "\r\n"), f"\ufeff{DRAFT}", DRAFT.replace("digest @", " digest   @"), DRAFT.rstrip("\n")],
    ids=["CRLF", "BOM", "spaces", "no last line end"],
)
def test_editors_may_save_it_as_they_do(tmp_path, changed):
    """Line ends, a byte order mark and white space within a mark change nothing."""
    (tmp_path / "issue.md").write_bytes(changed.encode())

    assert read(tmp_path / "issue.md") == parse(DRAFT, "issue.md")


def test_what_stands_below_the_ledger_counts():
    """A paragraph at the very end of the file belongs to the last block, and a block there is a block."""
    kept = parse(DRAFT + "\nThe end.\n\n<!-- digest @closing -->\n\nBye.\n", "issue.md")

    assert [part.text for part in kept.parts] == ["Hello.", "A *mire*.\n\nMine.\n\nThe end.", "Bye."]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("<!-- digest @intro -->", "<!-- digest @intro", 11, "this mark of a block is not whole: <!-- digest @intro"),
        ("<!-- digest @intro -->", "- digest @intro -->", 11, "this mark of a block is not whole: - digest @intro"),
        ("<!-- digest @intro -->", "<!-- digest @ -->", 11, "this mark of a block is not whole"),
        ("paper:t:2=", "paper:t:3=", 21, "the comment `digest ledger` is not as it was written"),
        ("#2\n-->", "#2\n", 21, "the comment `digest ledger` is not as it was written"),
        (ledger.written(ENTRIES), "", 22, "the comment `digest ledger` at the end of the draft is gone"),
        (ledger.written(ENTRIES), ledger.written(ENTRIES) * 2, 24, "here is a second comment `digest ledger`"),
        ("---\n\nDear", "\nDear", 1, "the front matter has no end"),
        ("title: Peat", "title: Peat: a story", 2, "the front matter cannot be read: mapping values are not allowed"),
        ("image: a.png", "image: [a.png", 6, "the front matter cannot be read"),
        ("title: Peat", "Peat", 3, "the front matter cannot be read"),
        (DRAFT, "# My own notes\n", None, "this is no draft of an issue that digest wrote"),
        (DRAFT, "# My own \\<!-- digest @intro -->\n", None, "this is no draft of an issue that digest wrote"),
    ],
)
def test_damage_is_told_with_its_place(tmp_path, old, new, line, told):
    """A draft in which the writer's words cannot be told from ours any more is refused, with a way out."""
    text = DRAFT.replace(old, new)
    (tmp_path / "issue.md").write_text(text)
    with pytest.raises(StorageError) as error:
        read(tmp_path / "issue.md")

    place = f"{tmp_path}/issue.md" if line is None else f"{tmp_path}/issue.md:{line}"
    assert error.value.message.startswith(f"{place}: {told}")
    assert error.value.hint


@given(st.text("ab \t\n", max_size=20), st.text("a \t\n", max_size=20), st.sampled_from(["\n\n", "\n \t\n\n", " \n\n"]))
def test_what_stands_below_is_told_from_what_was_written(above, below, gap):
    """A text that begins as it was written and goes on behind an empty line is told apart; indented it is one."""
    written, below = ledger.trimmed(f"x{above}y"), ledger.trimmed(below)
    part = Part("x", f"{written}{gap}{below}" if below else written)
    kept = Kept(parts=(part,), ledger=(Entry("x", ledger.checksum(written)),))
    told, rest = kept.apart(part)

    if below[:1].isspace():
        assert (told, rest) == (part, "")
    else:
        assert (told.text, rest) == (written, below)
    assert kept.apart(Part("x", f"{written}\n{below}z")) == (Part("x", f"{written}\n{below}z"), "")
    assert kept.apart(Part("other", part.text)) == (Part("other", part.text), "")


def test_no_file_and_an_empty_one_are_no_draft(tmp_path):
    """Where nothing is, nothing is kept; what is no UTF-8, or no file, is told."""
    (tmp_path / "empty.md").write_text(" \n")
    (tmp_path / "latin.md").write_bytes(b"one\n\xe9\n")

    assert read(tmp_path / "none.md") is read(tmp_path / "empty.md") is None
    for path, told in ((tmp_path / "latin.md", "latin.md:2: this is not UTF-8"), (tmp_path, "cannot be read")):
        with pytest.raises(StorageError, match=told):
            read(path)


KEYS = st.text(min_size=1, max_size=30).map("paper:{}".format) | st.sampled_from(hostile.ATTACKS).map("paper:{}".format)


@settings(max_examples=25)
@given(st.lists(st.tuples(KEYS, st.integers(0, 999)), max_size=6, unique_by=lambda one: one[0]), KEYS)
def test_hostile_keys_come_back(papers, section):
    """Whatever is in the id of a paper, its mark and the ledger are comments from which it is read again."""
    section = section.replace("paper:", "section:", 1)
    entries = (Entry(section), *(Entry(key, "0123abcd", number, section) for key, number in papers))
    written = ledger.written(entries)

    assert ledger.read(written) == entries
    assert written.count("--") == 2
    for key, _ in papers:
        mark = marks.of_block(key)
        assert [found[2] for found in marks.blocks(f"\n{mark}\n")] == [key]
        assert re.fullmatch(r"<!-- digest @[!-~]+ -->", mark)
        assert mark.count("--") == 2
        assert marks.read(mark) is None


@settings(max_examples=25)
@given(st.text(alphabet="---\n:a'\"[]{}#&*! |>\t-.%é", max_size=60) | hostile.texts)
def test_no_front_matter_breaks_anything(text):
    """Any text between two lines of dashes is read, or told to be wrong."""
    draft = f"---\n{text.encode('utf-8', 'replace').decode()}\n---\n\n<!-- digest @x -->\n\nx\n\n{ledger.written([])}\n"
    told = ""
    try:
        last = parse(draft.replace("\r\n", "\n").replace("\r", "\n"), "issue.md").parts[-1].key
    except StorageError as error:
        told, last = error.message, ""

    assert last == "x" or re.match(r"issue\.md:\d+: ", told)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("---\na: 1\nb:\n  c: 2\n---\nx", ["a", "b"]),
        ("---\n# note\na: 1\n\n'b c': 2\n...\nx", ["", "a", "b c"]),
        ("---\n---\nx", []),
        ("x\n---\na: 1\n---\n", []),
        ("----\na: 1\n----\n", []),
    ],
)
def test_keys_of_the_front_matter(text, names):
    """A key begins a line; what stands above the first has no name, and without dashes on top there is none."""
    assert [field.name for field in front.split(text).fields] == names
