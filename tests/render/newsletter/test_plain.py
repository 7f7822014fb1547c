import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from agent.render.entry import Link
from agent.render.newsletter import plain
from agent.render.newsletter.blocks import Block, Further, Paper, Pick
from agent.render.newsletter.content import Masthead
from tests.render import hostile
from tests.render.newsletter import issues

ISSUE = issues.issue()
TEXT = plain.text(ISSUE)
LONG = "https://example.org/" + "a-very-long/" * 12


def test_lines_are_short():
    """No line is longer than 72 characters but for an address, none ends in a space, and the text ends in a newline."""
    lines = TEXT.split("\n")

    assert max(len(line) for line in lines if "://" not in line) <= plain.WIDTH
    assert not [line for line in lines if line != line.rstrip()]
    assert TEXT.endswith("\n")
    assert "\n\n\n" not in TEXT
    assert "\t" not in TEXT


def test_everything_is_said():
    """Headings, papers with their numbers, what is said of them, counts and changes are all there."""
    flat = " ".join(TEXT.split())
    papers = [block for block in ISSUE.blocks if isinstance(block, Paper | Pick)]
    named = [source for block in ISSUE.blocks if isinstance(block, Further) for source in block.sources]

    assert flat.startswith(f"{ISSUE.subject} ==")
    assert all(f"[{one.number}] {one.heading.whole}" in flat for one in (*(block.source for block in papers), *named))
    assert all(block.line.text in flat for block in papers)
    assert all(block.label in flat for block in ISSUE.blocks if hasattr(block, "label"))
    assert "Papers with code: 1 of 5" in flat
    assert "60% of the papers, 50% before" in flat
    assert "19 entries read are in this issue" in flat


def test_an_address_is_never_broken():
    """However long it is, it stands whole on a line of its own."""
    block = next(block for block in ISSUE.blocks if isinstance(block, Paper))
    shown = replace(block, source=replace(block.source, links=(Link("code", LONG),)))

    assert f"\ncode: {LONG}\n" in plain.text(replace(ISSUE, blocks=(shown,)))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## Mine\n\nA *word*.", "Mine\n\nA word."),
        ("- one\n- two\n  1. three", "- one\n- two\n  1. three"),
        (f"- {'word ' * 20}", f"- {'word ' * 14}".strip() + f"\n  {'word ' * 6}".rstrip()),
        (f"> {'word ' * 20}", f"> {'word ' * 14}".strip() + f"\n> {'word ' * 6}".rstrip()),
        (f"[{'word ' * 20}]({LONG})", f"{'word ' * 14}".strip() + f"\n{'word ' * 6}".rstrip() + f"\n({LONG})"),
    ],
    ids=["heading", "list", "long item", "quotation", "link"],
)
def test_the_writers_words(markdown, text):
    """They are wrapped, and lists and quotations keep their shape."""
    edited = replace(ISSUE, blocks=(Block(key="own", edited=markdown),))

    assert plain.text(edited).split("2025\n\n")[1] == f"{text}\n"


def test_blocks_stand_in_their_order():
    """What the writer moved is where they moved it."""
    turned = plain.text(replace(ISSUE, blocks=ISSUE.blocks[::-1]))
    labels = [block.label for block in ISSUE.blocks if hasattr(block, "label")]

    assert sorted(labels, key=lambda label: turned.rindex(f"\n\n{label}")) == labels[::-1]


def test_a_template_of_the_users_own(tmp_path):
    """It goes before ours, and writes its signs as they are."""
    (tmp_path / "issue.txt.j2").write_text("{{ wrapped(issue.subject) }} & more")

    assert plain.text(ISSUE, tmp_path) == f"{ISSUE.subject} & more\n"


@settings(max_examples=15)
@given(hostile.texts)
def test_hostile_text_is_text(text):
    """Whatever is said, there is no control character, and no heading or rule of theirs at the margin."""
    issue = issues.issue(
        issues.newsletter(hostile.digest(text), subject=text, preheader=text, closing=text), Masthead(text, text, text)
    )
    made = plain.text(issue)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\ud800-\udfff]", made)
    assert not [line for line in made.split("\n") if line != line.rstrip()]
