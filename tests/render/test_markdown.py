"""Markdown: hostile text comes back from a parser as text."""

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from agent import marks, render
from agent.render import content, markdown
from agent.render.entry import title
from agent.render.safe import printable, web
from agent.schema import SummarizedPaper
from tests.render import hostile, samples

COMMONMARK = MarkdownIt("commonmark")
EXTENDED = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PARSERS = (COMMONMARK, EXTENDED)
OURS = {
    "heading_open", "paragraph_open", "bullet_list_open", "ordered_list_open", "list_item_open", "inline", "fence",
    "text", "text_special", "strong_open", "em_open", "link_open", "hardbreak", "html_inline",
}  # fmt: skip


@settings(deadline=None)
@given(hostile.texts)
@pytest.mark.parametrize("frame", ["{}", "# {}", "- {}", "7. x\\\n   {}", "**{}**: x", "x {} x", "- x\n- {}\n- x"])
def test_escaped_text_is_text(frame, text):
    """Wherever it stands, and whichever parser reads it, escaped text adds no structure and reads as the text."""
    plain = printable(text) or "x"
    for parser in PARSERS:
        tokens = parser.parse(frame.format(markdown.escape(plain)))

        assert structure(tokens) == structure(parser.parse(frame.format("y")))
        assert visible(tokens) == frame_text(frame, plain)


def test_lines_make_no_table():
    """Where tables are understood, two hostile lines below each other are none."""
    lines = [markdown.escape(line) for line in ("|a|b|", "|-|-|")]

    assert structure(EXTENDED.parse("\n".join(lines))) == structure(EXTENDED.parse("x\nx"))


@settings(deadline=None)
@given(hostile.texts)
def test_no_text_becomes_structure(text):
    """Hostile text in every field makes no image, code, heading, link or HTML that is not ours: only whole marks."""
    page = shown(hostile.digest(text))
    targets = normalized({web(text), web(f"https://example.org/{text}")})
    for parser in PARSERS:
        tokens = parser.parse(page)
        inside = list(flat(tokens))

        assert {token.type for token in inside if not token.type.endswith("_close")} <= OURS
        assert {token.attrs["href"] for token in inside if token.type == "link_open"} <= targets
        assert [t.content for t in inside if t.type == "html_inline" and not marks.read(t.content)] == []
        assert sum(token.type == "fence" for token in tokens) == 0
        assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1"] + ["h2"] * 5


@settings(deadline=None)
@given(hostile.texts)
def test_titles_read_as_they_are(text):
    """Whatever a title holds, the reader sees its printable characters, on its entry and under "Seen before"."""
    made = hostile.digest(text)
    lines = [line.rstrip() for line in visible(COMMONMARK.parse(render.digest(made, "markdown"))).split("\n")]
    entry = content.compose(made).sections[0].entries[0]

    assert entry.heading.whole in lines
    assert lines[lines.index("Seen before (1)") + 1] == title(made.papers[1])


def test_the_picture_of_the_topics_is_one_code_block_whatever_the_labels():
    """A label with a fence in it does not end the code block."""
    topics = (samples.topic("```", (1, 3)), samples.topic("~~~ # x", (2,)))
    fences = [
        token
        for token in COMMONMARK.parse(render.digest(samples.digest(topics=topics), "markdown"))
        if token.type == "fence"
    ]

    assert [line.split()[0] for line in fences[0].content.splitlines()] == ["```", "~~~", "Further"]
    assert len(fences) == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x", "", "//x.org", "https:///x"]
)
def test_only_web_addresses_become_links(url):
    """Another scheme than http and https makes no link."""
    assert "](" not in render.digest(
        samples.digest(papers=(samples.paper(9, "Peat", url=url),), seen_before=()), "markdown"
    )


def test_entries_keep_their_numbers_in_every_topic():
    """A list goes on counting in the next topic, so that the references hold."""
    tokens = COMMONMARK.parse(render.digest(samples.digest(), "markdown"))

    assert [token.attrs.get("start", 1) for token in tokens if token.type == "ordered_list_open"] == [1, 4]


def shown(made):
    items = [SummarizedPaper(paper=made.papers[0], summary=made.summaries[0])]
    return render.digest(made, "markdown") + "\n" + "".join(render.summaries(items, "markdown"))


def flat(tokens):
    for token in tokens:
        yield token
        yield from flat(token.children or ())


def structure(tokens):
    return [token.type for token in flat(tokens) if token.type not in {"text", "text_special"}]


def visible(tokens):
    """The text of each block on a line of its own, hard breaks as line ends; no comment is seen."""
    blocks = [token for token in tokens if token.type == "inline"]
    return "\n".join("".join(_shown(part) for part in block.children) for block in blocks)


def _shown(part):
    return {"hardbreak": "\n", "html_inline": ""}.get(part.type, part.content)


def frame_text(frame, plain):
    return visible(COMMONMARK.parse(frame.format("QQ"))).replace("QQ", plain)


def normalized(targets):
    """The parser changes the letters of an address no further than it does here."""
    return {COMMONMARK.normalizeLink(target) for target in targets if target}
