"""What a writer does to a draft stands, however often the issue is made again."""

import os
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import marks
from agent.render.cited import Citation, Said, Source
from agent.render.entry import Heading
from agent.render.newsletter import blocks, markdown
from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.merging import Counts, merge
from agent.sources.kept import parse
from tests.render.newsletter import issues

WEEK = {"soil": ("a", "b", "c"), "air": ("d", "e"), "sea": ("f",)}
MORE = {"soil": ("a", "x", "b", "c"), "air": ("d", "e"), "sea": ("y", "f"), "fire": ("z",)}
"""The same week with a page more."""


def source(key):
    """A paper; its number is that of its letter."""
    return Source(ord(key) - 96, key, key.upper(), Heading(f"Paper {key}"), "", (), (f"This is {key}.",))


def said(key):
    return Said(f"We study {key}.", (Citation(source(key), (1,)),), in_cell=True)


def issue(topics=WEEK, named=(), **fields):
    """An issue with these papers by topic, the first as a pick; those in `named` are in lists."""
    made = [
        blocks.Intro(key="intro", sentences=(), counted=f"{len(topics)} topics."),
        blocks.Title(key="picks", label="Picks"),
    ]
    first = next(key for keys in topics.values() for key in keys)
    made.append(blocks.Pick(key=f"pick:{first}", source=source(first), line=said(first), result=None, reasons=()))
    for topic, keys in topics.items():
        made.append(blocks.Section(key=f"section:{topic}", topic_id=topic, label=topic, overview=(), size=len(keys)))
        made += [
            blocks.Paper(
                key=f"paper:{key}", source=source(key), topic_id=topic, topic=topic, contribution="method",
                has_code=False, line=said(key), result=None,
            )
            for key in keys if key not in named
        ]  # fmt: skip
        rest = tuple(source(key) for key in keys if key in named)
        if rest:
            made.append(
                blocks.Further(key=f"further:{topic}", topic_id=topic, sources=rest, label="Also in this topic")
            )
    made.append(blocks.Listing(key="method", label="How it was made", lines=("By hand",)))
    sources = sorted({one for keys in topics.values() for one in keys})
    known = {
        "slug": "2025-w12", "subject": "A week", "preheader": "What was new.", "span": "", "day": None,
        "language": "en", "sources": tuple(map(source, sources)),
    }  # fmt: skip
    return Issue(**known | fields, blocks=tuple(made))


def again(draft, fresh) -> tuple[str, Counts]:
    """The draft after the issue was made again, and what is told of it."""
    merged, counts = merge(fresh, parse(draft, "issue.md"))
    return markdown.issue(merged), counts


def keys(draft):
    return [key for _, _, key in marks.blocks(draft)]


def cut(draft, key):
    """The draft in three parts: what is above a block, the block with its mark, and what is below."""
    spans = [(start, found) for start, _, found in marks.blocks(draft)]
    start = next(at for at, found in spans if found == key)
    later = [at for at, _ in spans if at > start] + [draft.index("<!-- digest ledger")]
    return draft[:start], draft[start : later[0]], draft[later[0] :]


def without(draft, key):
    above, _, below = cut(draft, key)
    return above + below


def moved(draft, key, before):
    _, block, _ = cut(draft, key)
    above, rest, below = cut(without(draft, key), before)
    return above + block + rest + below


def changed(draft, key, old, new):
    above, block, below = cut(draft, key)
    assert old in block
    return above + block.replace(old, new) + below


def below(draft, key, text="Mine."):
    """The draft with a text below a block."""
    above, block, rest = cut(draft, key)
    return f"{above}{block.rstrip()}\n\n{text}\n\n{rest}"


def lines(draft):
    """The keys of the blocks and the lines of the writer, in their order, without what stands around the papers."""
    shown = re.findall(r"^(?:<!-- digest @(?:section:|paper:)?(\S+) -->|(Mine\.))$", draft, re.MULTILINE)
    return " ".join(word for pair in shown for word in pair if word and not re.match("intro|pick", word))


DRAFT = markdown.issue(issue())


# What the issue asks for


def test_the_edits_of_a_writer_stand():
    """A title changed, an item deleted, a paragraph added: with a page more they stand, and the papers are added."""
    edited = changed(DRAFT, "paper:b", "Paper b", "Paper B, which I love")
    edited = without(edited.replace("title: A week", "title: My week"), "paper:e")
    edited = changed(edited, "paper:d", "We study d.", "We study d.\n\nMy own words.")
    made, counts = again(edited, issue(MORE))

    assert keys(made) == [
        "intro", "picks", "pick:a",
        "section:soil", "paper:a", "paper:x", "paper:b", "paper:c",
        "section:air", "paper:d",
        "section:sea", "paper:y", "paper:f",
        "section:fire", "paper:z", "method",
    ]  # fmt: skip
    for line in ("title: My week", "subject: My week", "We study d.", "My own words.", "4 topics."):
        assert line in made
    assert "**[2] Paper B, which I love**" in made
    assert str(counts) == "kept 3 edits and 1 deletion; added 3 papers"
    assert again(made, issue(MORE))[0] == made


def test_an_untouched_draft_becomes_the_new_issue():
    """Where nobody has edited anything, what comes out is what would have been written without it."""
    made, counts = again(DRAFT, issue(MORE))

    assert made == markdown.issue(issue(MORE))
    assert str(counts) == "nothing was edited; added 3 papers"


# One edit each


@pytest.mark.parametrize(
    ("edit", "fresh", "order"),
    [
        (lambda d: moved(d, "paper:f", "paper:a"), issue(MORE), "soil f a x b c air d e sea y fire z"),
        (lambda d: moved(d, "paper:c", "paper:a"), issue(MORE), "soil c a x b air d e sea y f fire z"),
        (lambda d: moved(moved(d, "section:sea", "section:soil"), "paper:f", "section:soil"), issue(MORE),
         "sea y f fire z soil a x b c air d e"),
        (lambda d: without(d, "section:soil"), issue(MORE), "a x b c air d e sea y f fire z"),
        (lambda d: without(without(d, "section:sea"), "paper:f"), issue(MORE),
         "soil a x b c air d e fire z more y"),
        (lambda d: d, issue({"soil": "ab", "air": "dec", "sea": "f"}), "soil a b air d e c sea f"),
        (lambda d: moved(d, "paper:c", "paper:f"), issue({"soil": "ab", "air": "dec", "sea": "f"}),
         "soil a b air d e sea c f"),
        (lambda d: changed(d, "paper:c", "We", "I"), issue({"soil": "ab", "air": "dec", "sea": "f"}),
         "soil a b c air d e sea f"),
        (lambda d: changed(d, "paper:f", "We", "I"), issue({"soil": "abcf", "air": "de"}), "soil a b c f air d e"),
        (lambda d: changed(d, "paper:f", "We", "I"), issue({"soil": "abc", "air": "de"}), "soil a b c air d e f"),
        (lambda d: d, issue({"soil": "abc", "wind": "dew", "sea": "f"}), "soil a b c wind d e w sea f"),
        (lambda d: moved(moved(moved(d, "section:air", "section:soil"), "paper:d", "section:soil"), "paper:e",
         "section:soil"), issue({"soil": "abc", "wind": "dew", "sea": "f"}), "wind d e w soil a b c sea f"),
        (lambda d: without(without(without(d, "section:air"), "paper:d"), "paper:e"),
         issue({"soil": "abc", "wind": "de", "sea": "f"}), "soil a b c sea f"),
        (lambda d: re.sub("<!-- digest @paper:b -->", r"\g<0>\n\nMine.", d), issue(MORE),
         "soil a x b c air d e sea y f fire z"),
        (lambda d: d, issue(WEEK, named="bc"), "soil a further:soil air d e sea f"),
        (lambda d: without(d, "paper:b"), issue(WEEK, named="bc"), "soil a further:soil air d e sea f"),
    ],
    ids=[
        "a paper moved to another topic stays there", "a paper moved within its topic stays there",
        "what is new goes where its topic was moved, and behind it",
        "a heading taken out stays out, and its papers stay",
        "new papers of a topic taken out stand apart",
        "a paper of another topic now goes there", "but not where the writer has moved it",
        "nor where the writer has changed it", "unless its topic is gone", "what is changed stays without its paper",
        "a topic renamed keeps its papers", "and its place", "and stays out where it was taken out",
        "a line below a mark is an edit", "papers that are only named now", "but not if they were taken out",
    ],
)  # fmt: skip
def test_where_things_go(edit, fresh, order):
    """Papers, topics and lists stand where a writer would look for them."""
    made, _ = again(edit(DRAFT), fresh)
    shown = [re.sub("section:|paper:", "", key) for key in keys(made)]

    assert " ".join(key for key in shown if key not in ("intro", "picks", "pick:a", "method")) == order
    assert again(made, fresh)[0] == made


@pytest.mark.parametrize(
    ("key", "fresh", "order"),
    [
        ("paper:c", issue({"soil": "abcx", "air": "de", "sea": "f"}), "soil a b c x Mine. air d e sea f method"),
        ("paper:b", issue({"soil": "abxc", "air": "de", "sea": "f"}), "soil a b Mine. x c air d e sea f method"),
        ("section:soil", issue({"soil": "xabc", "air": "de", "sea": "f"}), "soil Mine. x a b c air d e sea f method"),
        ("paper:f", issue(MORE), "soil a x b c air d e sea y f Mine. fire z method"),
        ("paper:e", issue({"soil": "abc", "air": "de", "fire": "z", "sea": "f"}),
         "soil a b c air d e Mine. fire z sea f method"),
        ("method", issue(MORE), "soil a x b c air d e sea y f fire z method Mine."),
        ("paper:b", issue({"soil": "ac", "air": "de", "sea": "f"}), "soil a b Mine. c air d e sea f method"),
        ("paper:b", issue({"soil": "ac", "air": "dbe", "sea": "f"}), "soil a b Mine. c air d e sea f method"),
        ("paper:e", issue({"soil": "abc", "sea": "ef"}), "soil a b c sea e Mine. f method"),
        ("paper:f", issue({"soil": "abcf", "air": "de"}), "soil a b c f Mine. air d e method"),
        ("paper:f", issue({"soil": "abc", "air": "de", "lake": "fw"}), "soil a b c air d e lake f w Mine. method"),
    ],
    ids=[
        "a new paper goes above what ends a section", "and below what stands under a paper", "or under a heading",
        "a new section goes below what ends the last one", "or one in the middle", "and the end stays the end",
        "words stay with a paper that is gone", "and with one of another topic now", "unless its topic is gone",
        "where they go along", "a topic that goes by another name ends with them",
    ],
)  # fmt: skip
def test_what_stands_below_a_block_is_the_writers(key, fresh, order):
    """A text below a block is put where a writer would look for it."""
    made, _ = again(below(DRAFT, key), fresh)

    assert lines(made) == order
    assert again(made, fresh)[0] == made


@pytest.mark.parametrize("key", keys(DRAFT))
def test_a_block_with_a_text_below_it_is_renewed(key):
    """What `digest` wrote of it is that of the new issue, and the text is counted as one edit."""
    fresh = issue()
    fresh = replace(fresh, blocks=tuple(_other(block) for block in fresh.blocks))
    made, counts = again(below(below(DRAFT, key, "Two."), key), fresh)

    assert made.replace("\n\nTwo.\n\nMine.", "") == markdown.issue(fresh)
    assert "\n\nTwo.\n\nMine.\n" in made
    assert (counts.edits, counts.renewed) == (1, len(fresh.blocks))


@pytest.mark.parametrize(
    ("edit", "edited"),
    [
        (lambda d: below(d, "paper:b", "  mine"), "We study b. <!-- digest b#1 -->\n\n  mine"),
        (lambda d: changed(d, "paper:b", "We study", "I study"), "I study b. <!-- digest b#1 -->\n\nMine."),
        (lambda d: d.replace("\n\nWe study b.", "\nWe study b."), "\nWe study b. <!-- digest b#1 -->\n\nMine."),
    ],
    ids=["what is indented goes on with a list", "a word changed", "an empty line taken out"],
)
def test_a_block_that_was_changed_keeps_what_stands_below_it(edit, edited):
    """Where a block is not as it was written, all of it is the writer's."""
    fresh = issue()
    draft = edit(below(DRAFT, "paper:b")) if "Mine." in edited else edit(DRAFT)
    merged, counts = merge(replace(fresh, blocks=tuple(map(_other, fresh.blocks))), parse(draft, "issue.md"))

    assert next(block.edited for block in merged.blocks if block.key == "paper:b").endswith(edited)
    assert counts.edits == 1


def _other(block):
    """The block with other words."""
    if isinstance(block, blocks.Paper | blocks.Pick):
        return replace(block, line=Said("New words.", block.line.citations, True))
    return replace(block, **{"counted" if hasattr(block, "dateline") else "label": "New words"}
                   if not isinstance(block, blocks.Listing) else {"lines": ("New words",)})  # fmt: skip


def test_a_changed_heading_stays_over_a_topic_renamed():
    """The writer's heading stands where the topic goes by another name now, and there is no second one."""
    edited = changed(DRAFT, "section:air", "## air", "## Up in the air")
    made, _ = again(edited, issue({"soil": "abc", "wind": "dew", "sea": "f"}))

    assert "## Up in the air · 2 papers" in made
    assert "## wind" not in made
    assert keys(made).count("section:wind") == 1


def test_a_copied_item_stays_twice():
    """The copy is the writer's, changed or not; the original is renewed."""
    _, block, _ = cut(DRAFT, "paper:b")
    above, rest, below = cut(DRAFT, "section:soil")
    edited = above + block.replace("We", "I") + rest + below
    made, counts = again(edited, issue(MORE))

    assert keys(made)[3:8] == ["copy:2:paper:b", "section:soil", "paper:a", "paper:x", "paper:b"]
    assert ("I study b." in made, made.count("We study b.")) == (True, 1)
    assert counts.edits == 1
    assert again(made, issue(MORE))[0] == made


def test_what_is_emptied_is_deleted():
    """A mark with nothing below it is what a writer leaves who deletes the visible text alone."""
    _, block, _ = cut(DRAFT, "paper:b")
    made, counts = again(DRAFT.replace(block, "<!-- digest @paper:b -->\n\n"), issue(MORE))

    assert "paper:b" not in keys(made)
    assert counts.deleted == 1


def test_what_was_taken_out_is_remembered_in_order():
    """Whatever order a set has in this process, the ledger has that of the draft, and the second run the same bytes."""
    edited = DRAFT
    for key in ("section:air", "paper:d", "paper:e", "paper:b", "pick:a"):
        edited = without(edited, key)
    made, _ = again(edited, issue())
    ledger = made[made.index("<!-- digest ledger") :]

    assert re.findall(r"(?:section|paper|pick):\w+", ledger) == [
        "pick:a", "section:soil", "paper:a", "paper:c", "paper:b",
        "section:sea", "paper:f", "section:air", "paper:d", "paper:e",
    ]  # fmt: skip


def test_a_deleted_paper_is_no_pick_and_in_no_list():
    """Once taken out, a paper does not come back by another door."""
    edited = without(without(without(DRAFT, "paper:a"), "pick:a"), "paper:b")
    listed, _ = again(edited, issue(WEEK, named="bc"))
    picked, _ = again(edited, issue({"soil": "bac", "air": "de", "sea": "f"}))

    assert ("Paper b" in listed, "Paper c" in listed) == (False, True)
    assert not {"pick:a", "pick:b"} & set(keys(picked))


def test_papers_that_are_only_named_are_added():
    """A new paper in a list is one that was added."""
    _, counts = again(markdown.issue(issue({"soil": "abc"}, named="c")), issue({"soil": "abcxy"}, named="cx"))

    assert str(counts) == "nothing was edited; added 2 papers"


def test_a_list_that_was_changed_is_told():
    """New papers that would be named in it are counted, since it stays in the writer's words."""
    week = {"soil": "abc"}
    edited = markdown.issue(issue(week, named="c")).replace("Also in this topic:", "Mine:")
    made, counts = again(edited, issue({"soil": "abcw"}, named="cw"))

    assert "Paper w" not in made
    assert str(counts) == "kept 1 edit; 1 new paper not named, since you changed the list"


@pytest.mark.parametrize(
    ("old", "new", "shown", "subject"),
    [
        ("subject: A week", "subject: Mine", ["title: Mine", "subject: Mine"], "Mine"),
        ("title: A week", "title: 'My: week'", ["title: 'My: week'", "subject: 'My: week'"], "My: week"),
        ("status: draft", "image: a.png\n# note\nstatus: scheduled", ["image: a.png", "# note", "status: scheduled"],
         "New week"),
        ("status: draft\n", "", ["- sea\n- fire\n---\n"], "New week"),
        ("slug: 2025-w12", "slug: my-week", ["slug: my-week"], "New week"),
        ("slug: 2025-w12", "slug: ../../x", ["slug: ../../x"], "New week"),
        ("language: en", "language: de\ndate: 2025-03-25", ["language: de\ndate: 2025-03-25"], "New week"),
        ("description: What was new.", "description: >\n  All that\n  was new.", ["description: >\n  All that\n  was"],
         "New week"),
    ],
)  # fmt: skip
def test_the_front_matter_stays(old, new, shown, subject):
    """Keys that the writer changed, added or took out stay so, word by word; the others are renewed."""
    fresh = issue(MORE, subject="New week")
    merged, _ = merge(fresh, parse(DRAFT.replace(old, new), "issue.md"))
    made = markdown.issue(merged)

    assert all(one in made for one in shown)
    assert merged.subject == subject
    assert re.fullmatch("[a-z0-9-]+", merged.slug)
    assert parse(made, "issue.md").slug == fresh.slug
    assert again(made, fresh)[0] == made


def test_what_stands_above_all_is_the_writers():
    """A text in front of the first block goes into every format as the writer's."""
    edited = DRAFT.replace("<!-- digest @intro -->", "Dear *all*,\n\n<!-- digest @intro -->", 1)
    merged, counts = merge(issue(MORE), parse(edited, "issue.md"))

    assert (merged.blocks[0].edited, counts.edits, merged.fresh) == ("Dear *all*,", 1, False)
    assert "---\n\nDear *all*,\n\n<!-- digest @intro -->" in markdown.issue(merged)


def test_every_kind_of_block_comes_back():
    """The draft of an issue with everything in it is merged with itself into itself."""
    fresh = issues.issue()
    draft = markdown.issue(fresh)
    merged, counts = merge(fresh, parse(draft, "issue.md"))

    assert merged.blocks == fresh.blocks
    assert markdown.issue(merged) == draft
    assert (counts.edits, counts.deleted, counts.gone) == (0, 0, 0)


def test_a_paper_comes_back_after_it_was_out_of_the_issue():
    """That a paper had no place in one run does not count as deleted by the writer."""
    smaller, _ = again(DRAFT, issue({"soil": "ac", "air": "de", "sea": "f"}))
    made, _ = again(smaller, issue())

    assert "paper:b" not in keys(smaller)
    assert made == DRAFT


@pytest.mark.parametrize(
    ("week", "named", "fresh", "told"),
    [
        ("abc", "", "ac", "nothing was edited; 1 paper is no longer in the window"),
        ("abc", "bc", "a", "nothing was edited; 2 papers are no longer in the window"),
        ("abc", "", "axy", "nothing was edited; added 2 papers; 2 papers are no longer in the window"),
    ],
    ids=["one of its own", "those that were named", "and others come"],
)
def test_papers_that_leave_are_told(week, named, fresh, told):
    """A writer hears how many papers of the draft are gone, and how many come back later."""
    draft = markdown.issue(issue({"soil": week}, named))
    smaller, counts = again(draft, issue({"soil": fresh}))
    _, back = again(smaller, issue({"soil": week}))
    gone = len(set(week) - set(fresh))

    assert str(counts) == told
    assert again(smaller, issue({"soil": fresh}))[1].gone == 0
    assert back.added == gone


def test_a_paper_in_the_writers_words_is_told_to_be_gone():
    """What the writer made of it stays, so it is good to know that it is out of the window."""
    made, counts = again(below(DRAFT, "paper:b"), issue({"soil": "ac", "air": "de", "sea": "f"}))

    assert ("Mine." in made, counts.gone) == (True, 1)
    assert str(counts) == "kept 1 edit; 1 paper is no longer in the window"


# Any edit

LETTERS = "abcdefgh"
NEW = "xyz"
EXAMPLES = int(os.environ.get("EDITS", "25"))
"""More of them with `EDITS=2000 pytest tests/render/newsletter/test_editing.py`."""


@st.composite
def weeks(draw, papers):
    """Papers in topics."""
    topics = draw(st.permutations(["soil", "air", "sea", "fire"]))
    week = {}
    for key in draw(st.permutations(papers)):
        week.setdefault(topics[draw(st.integers(0, 3))], []).append(key)
    return week


@st.composite
def edits(draw, draft):
    """The draft after some edits."""
    for number in range(draw(st.integers(1, 5))):
        known = keys(draft)
        key = draw(st.sampled_from(known))
        above, block, below = cut(draft, key)
        kind = draw(st.sampled_from(["change", "add", "below", "delete", "move", "copy"]))
        if kind == "delete" and len(known) > 1:
            draft = above + below
        elif kind == "move" and len(known) > 1:
            draft = moved(draft, key, draw(st.sampled_from([one for one in known if one != key])))
        elif kind == "below":
            draft = f"{above}{block.rstrip()}\n\nmine {number}\n\n{below}"
        elif kind == "copy":
            place, rest, end = cut(draft, draw(st.sampled_from(known)))
            draft = f"{place}{block}\nmine {number}\n\n{rest}{end}"
        else:
            lines = block.rstrip("\n").split("\n")
            at = draw(st.integers(2, max(2, len(lines) - 1)))
            mine = [f"mine {number}"] if kind == "change" else ["", f"mine {number}", ""]
            lines[at : at + (kind == "change")] = mine
            draft = above + "\n".join(lines) + "\n\n" + below
    return draft


@settings(max_examples=EXAMPLES)
@given(st.data())
def test_any_edit_stands(data):
    """Every line of the writer's is there, nothing deleted is back, new papers stand once, a rerun changes nothing."""
    before = issue(data.draw(weeks(LETTERS), label="before"))
    named = data.draw(st.lists(st.sampled_from(LETTERS), max_size=4), label="named")
    fresh = issue(data.draw(weeks(LETTERS + NEW), label="fresh"), named=named)
    written = markdown.issue(before)
    edited = data.draw(edits(written), label="edited")
    made, counts = again(edited, fresh)

    mine = [line for line in edited.split("\n") if line.startswith("mine")]
    assert sorted(line for line in made.split("\n") if line.startswith("mine")) == sorted(mine)
    deleted = set(keys(written)) - set(keys(edited))
    assert not deleted & set(keys(made))
    assert counts.deleted == len(deleted)
    for key in NEW:
        assert keys(made).count(f"paper:{key}") == 1
    assert len(set(keys(made))) == len(keys(made))
    twice, _ = again(made, fresh)
    assert twice == made


@settings(max_examples=EXAMPLES // 2)
@given(st.data())
def test_the_order_of_the_file_is_kept(data):
    """Where the papers are the same, blocks stand in the order that the writer has given them."""
    week = data.draw(weeks(LETTERS))
    edited = data.draw(edits(markdown.issue(issue(week))))
    made, _ = again(edited, issue(week))
    kept = parse(edited, "issue.md")
    there = [part.key for part in kept.parts if part.text]

    assert [re.sub(r"copy:\d+:", "", key) for key in keys(made)] == there


@settings(max_examples=EXAMPLES // 2)
@given(st.data())
def test_what_nobody_touched_is_of_today(data):
    """A block without an edit reads as in the new issue."""
    week = data.draw(weeks(LETTERS))
    edited = data.draw(edits(markdown.issue(issue(week))))
    kept = parse(edited, "issue.md")
    fresh = issue(week)
    renewed = replace(fresh, blocks=tuple(_renewed(one) for one in fresh.blocks))
    merged, _ = merge(renewed, kept)
    touched = [part.key for part in kept.parts if kept.is_edited(part.key, kept.apart(part)[0].text)]

    for block in merged.blocks:
        if block.key and block.key not in touched and not block.key.startswith("copy:"):
            assert block in renewed.blocks


def _renewed(block):
    return replace(block, line=Said("New words.", block.line.citations, True)) if hasattr(block, "line") else block
