"""The draft in Markdown: it reads well, holds its marks, and hostile text in it stays text."""

import re
from dataclasses import replace

import pytest
import yaml
from hypothesis import example, given, settings
from markdown_it import MarkdownIt

from agent import marks
from agent.errors import ConfigError
from agent.proofread import proofread
from agent.render.newsletter import markdown
from agent.render.newsletter.merging import merge
from agent.schema import Citation, CitedSentence, Paper, Pick, Reason, Statement
from agent.sources.edited import read_markdown
from agent.sources.kept import parse
from tests.render import hostile, samples
from tests.render.newsletter import issues
from tests.render.test_markdown import COMMONMARK, EXTENDED, OURS, flat

DRAFT = markdown.issue(issues.issue())


def test_the_draft_reads_well():
    """A paper is its number, name and title with its links; a pick has its line, its result and why it leads."""
    shown = re.sub(r" *<!--.*?-->", "", DRAFT.replace("\n<!-- digest ledger", "<!-- digest ledger"), flags=re.DOTALL)

    assert (
        "**[1] [Rootlight](https://example.org/abs/1)**: Mapping Fungal Networks in Forest Soil from a Single Core · "
        "[code + data](https://example.org/rootlight) · [demo](https://demo.example.org/%28root%29/light?of=soil&in=a"
        "%20core)\n\nOne of the picks above. ★ keyword “soil”\n" in shown
    )
    assert "without destroying the plot. It is 12.5% better.\n\n**Why:** has code · a result\n" in shown
    assert "Soil hides most of what lives in it [1,2]. Rootlight reconstructs" in shown
    assert "- **Papers with code:** 1 of 5. Counted by what the abstracts link to.\n  - code (1)\n" in shown
    assert "- **New:** Life in the soil: 60% of the papers, 50% before · Rootlight\n" in shown
    assert not re.search(r"\n{3}|[ \t]\n", DRAFT)


def test_there_is_one_title():
    """It stands in the front matter; headings below are of the second rank, those of picks of the third."""
    tokens = MarkdownIt().parse(parse_body(DRAFT))

    assert [one.tag for one in tokens if one.type == "heading_open"] == ["h2", "h3", "h3", *["h2"] * 7]


def parse_body(draft):
    return draft.split("\n---\n", 1)[1]


def test_each_block_has_its_mark():
    """Every block of the issue begins with a mark of its own, on a line of its own."""
    made = issues.issue()

    assert [key for _, _, key in marks.blocks(DRAFT)] == [block.key for block in made.blocks]
    assert all(f"\n{marks.of_block(block.key)}\n\n" in DRAFT for block in made.blocks)


@settings(max_examples=12)
@given(hostile.texts)
def test_the_front_matter_is_yaml_whatever_the_subject(text):
    """A hostile subject is a value, and adds neither a key nor a line."""
    made = replace(issues.issue(issues.newsletter(hostile.digest(text), subject=text, preheader=text)))
    front, _, body = markdown.issue(made).removeprefix("---\n").partition("\n---\n")
    read = yaml.safe_load(front)

    assert (read.get("subject", ""), read.get("title", ""), read.get("description", "")) == (
        made.subject, made.subject, made.preheader,
    )  # fmt: skip
    assert set(read) <= {"title", "subject", "description", "slug", "date", "language", "tags", "status"}
    assert body.startswith("\n<!-- digest @intro -->\n")


@settings(max_examples=12)
@given(hostile.texts)
@pytest.mark.parametrize("parser", [COMMONMARK, EXTENDED], ids=["commonmark", "extended"])
def test_no_text_becomes_structure(parser, text):
    """Hostile text everywhere makes no image, code, table, link or HTML that is not ours, and no mark."""
    made = issues.issue(issues.newsletter(hostile.digest(text), closing=text))
    draft = markdown.issue(made)
    tokens = list(flat(parser.parse(parse_body(draft))))
    html = [token.content.strip() for token in tokens if token.type == "html_block"]

    assert {token.type for token in tokens if not token.type.endswith("_close")} <= OURS | {"html_block"}
    assert all(re.fullmatch("<!-- digest [^<>]*-->", one) for one in html)
    assert all(marks.read(token.content) for token in tokens if token.type == "html_inline")
    blocks = [block.key for block in made.blocks if block.kind != "closing" or made.blocks[-1].text]
    assert [key for _, _, key in marks.blocks(draft)] == blocks
    assert all(token.attrs["href"].startswith("http") for token in tokens if token.type == "link_open")


@settings(max_examples=12)
@example("@")
@given(hostile.texts)
def test_a_hostile_draft_is_read_back(text):
    """It is merged with itself into itself, and all of it is what digest wrote."""
    made = issues.issue(issues.newsletter(hostile.digest(text), subject=text, preheader=text, closing=text))
    draft = markdown.issue(made)
    merged, counts = merge(made, parse(draft, "issue.md"))

    assert markdown.issue(merged) == draft
    assert (counts.edits, counts.deleted, counts.gone) == (0, 0, 0)


def test_ids_of_papers_may_be_anything():
    """A block is found again whatever stands in the id of its paper."""
    hostile_id = "t:--> <!-- digest @x -->\n---\ud800=#1"
    papers = tuple(
        Paper(**paper.model_dump() | {"id": hostile_id} if paper.id == "t:1" else paper.model_dump())
        for paper in samples.PAPERS
    )
    swap = {"t:1": hostile_id}
    digest = samples.digest(
        papers=papers,
        summaries=tuple(
            one.model_copy(update={"paper_id": swap.get(one.paper_id, one.paper_id)}) for one in samples.SUMMARIES
        ),
        topics=tuple(
            one.model_copy(update={"paper_ids": tuple(swap.get(key, key) for key in one.paper_ids), "overview": ()})
            for one in samples.TOPICS
        ),
    )
    made = issues.issue(issues.newsletter(digest))
    draft = markdown.issue(made)
    kept = parse(draft, "issue.md")

    assert f"paper:{hostile_id}" in [part.key for part in kept.parts]
    assert kept.numbers[hostile_id] == 1
    assert markdown.issue(merge(made, kept)[0]) == draft


def test_a_folder_of_templates_goes_first(tmp_path):
    """A user's template changes how a block looks, and what is around the blocks stays."""
    (tmp_path / "issue.md.j2").write_text("{{ block.kind }}\n")
    made = issues.issue()
    own = markdown.issue(made, tmp_path)

    assert "<!-- digest @intro -->\n\nintro\n\n<!-- digest @picks -->\n\ntitle\n" in own
    assert markdown.issue(merge(made, parse(own, "issue.md"))[0], tmp_path) == own
    (tmp_path / "issue.md.j2").write_text("{{ nothing }}")
    with pytest.raises(ConfigError, match=re.escape(f"{tmp_path}/issue.md.j2:1")):
        markdown.issue(replace(made, slug="other"), tmp_path)


# digest check


def checked(draft):
    papers = {paper.id: paper for paper in PAPERS}
    return proofread(read_markdown(draft, "issue.md"), papers.get)


SHARED = (
    "Soil hides most of what lives in it. Rootlight reconstructs fungal networks from one core. Budgets disagree on "
    "where nitrogen goes."
)
LINKS = (
    "See https://example.org/rootlight, https://demo.example.org/(root)/light?of=soil&in=a core or "
    "https://example.org/phonetail."
)
PAPERS = tuple(
    paper.model_copy(update={"sentences": (SHARED, f"{one.tldr.text} It is 12.5% better.", LINKS)})
    for paper, one in zip(samples.PAPERS, samples.SUMMARIES, strict=False)
)
REASONS = (Reason(kind="code", text="has code"), Reason(kind="result", text="12.5% better", evidence=(2,)))
MADE = samples.digest(papers=(*PAPERS, *samples.PAPERS[5:]))
CHECKED = markdown.issue(issues.issue(issues.newsletter(MADE, picks=(Pick(paper_id="t:2", reasons=REASONS),))))


def test_all_of_a_draft_is_checked():
    """Its sentences, lines and results are checked, what code has counted is known, and nothing is the writer's."""
    report = checked(CHECKED)

    assert (report.yours, report.unreadable, report.violations, report.papers) == ((), (), (), 5)
    # The intro and the overviews, a line and a result of each paper, and a reason with a number.
    assert report.checked == 3 + 3 + 2 * 4


GERMAN = "Der Pilz wächst im Boden, und das Ergebnis ist um 12,5% besser."


def in_german(language):
    """A draft with every line in German."""
    made = issues.newsletter(MADE, language=language, picks=())
    told = Statement(text=GERMAN, evidence=(2,))
    cited = CitedSentence(text=GERMAN, cites=(Citation(paper_id="t:1", evidence=(2,)),))
    sections = tuple(
        section.model_copy(
            update={
                "overview": (cited,),
                "entries": tuple(one.model_copy(update={"line": told, "result": None}) for one in section.entries),
            }
        )
        for section in made.sections
    )
    return markdown.issue(issues.issue(made.model_copy(update={"sections": sections, "intro": (cited,)})))


@pytest.mark.parametrize("language", ["de", "de-AT", "DE-x-Mine"])
def test_a_draft_in_another_language_is_checked_in_it(language):
    """Of German only what no translation changes is checked, so that all is sound until a number is changed."""
    draft = in_german(language)
    report = checked(draft)
    changed = checked(draft.replace("12,5%", "13,5%", 1))

    assert f"language: {language}\n" in draft
    assert (report.blocked, report.warned, report.sound) == (0, 0, report.checked)
    assert report.checked > 5
    assert (changed.blocked, changed.violations[0].kind, changed.violations[0].found) == (1, "number", "13.5%")


@pytest.mark.parametrize("language", ["en-GB", "german", "de_DE", "de fr", "[de]", "", "---"])
def test_what_is_no_language_is_english(language):
    """A language that the front matter does not name as a tag has no rules of its own."""
    draft = in_german("de").replace("language: de\n", f"language: {language}\n")

    assert checked(draft).blocked > 5


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("springtails in 1.5% of", "springtails in 15% of", "number"),
        ("Most of the carbon stays above 30 cm.", "Most of the carbon stays above 80 cm.", "number"),
        ("It is 12.5% better. <!-- digest t:4", "It is 125% better. <!-- digest t:4", "number"),
        ("· 12.5% better", "· 77% better", "number"),
        ("where nitrogen goes [5].", "where nitrogen goes in Zanzibar [5].", "name"),
    ],
)
def test_a_changed_number_is_found(old, new, kind):
    """In a paper's line, its result, a reason or a cited sentence."""
    assert old in CHECKED
    before, after = checked(CHECKED), checked(CHECKED.replace(old, new))

    assert after.blocked > before.blocked
    assert kind in {one.kind for one in after.violations}
    # What code has counted is checked only once it is changed.
    assert after.checked == before.checked + ("·" in old)


@pytest.mark.parametrize(
    ("old", "new", "yours"),
    [
        ("5 papers in 2 topics: 2 methods", "7 papers in 2 topics: 2 methods",
         ["7 papers in 2 topics: 2 methods, 1 analysis, 1 dataset and 1 survey.",
          "1 paper comes with code and 2 with data.", "Life in the soil is new since the week before."]),
        ("**Papers with code:** 1 of 5.", "**Papers with code:** 3 of 5.",
         ["Papers with code: 3 of 5.", "Counted by what the abstracts link to."]),
        ("has code <!--", "has the best code <!--", ["has the best code"]),
        ("★ keyword “soil” <!-- digest =ede78fb7 -->\n\n<!-- digest @paper:t:3",
         "★ mine <!-- digest =ede78fb7 -->\n\n<!-- digest @paper:t:3", ["★ mine"]),
        ("## Editor’s picks\n", "## Editor’s picks\n\nI chose these.\n", ["I chose these."]),
        ("description: What lives", "description: All that lives",
         ["All that lives in the soil, and where its carbon and nitrogen go."]),
        ("title: Fungal", "title: My fungal", ["My fungal networks from one soil core, and four more papers"]),
        ("status: draft", "status: draft\nimage: 12.5%", []),
        ("status: draft", "status: [draft", []),
        ("Life in the soil: 60% of the papers", "Life in the soil: 65% of the papers",
         ["New: Life in the soil: 65% of the papers, 50% before · Rootlight"]),
    ],
)  # fmt: skip
def test_what_cites_nothing_is_the_writers(old, new, yours):
    """A changed count, subject or preheader, and every sentence of the writer's own, are listed and do not block."""
    assert old in CHECKED
    report = checked(CHECKED.replace(old, new))

    assert [one.text for one in report.yours] == yours
    assert report.blocked == checked(CHECKED).blocked


def test_the_place_is_that_in_the_file():
    """Lines are counted with the front matter."""
    draft = CHECKED.replace("above 30 cm", "above 80 cm").replace("subject: ", "subject: My ")
    lines = draft.split("\n")
    report = checked(draft)
    places = [int(one.source.rpartition(":")[2]) for one in (*report.violations, *report.yours)]

    assert any("above 80 cm" in lines[place - 1] for place in places)
    assert lines[places[-1] - 1].startswith("subject: My")


def test_numbers_of_papers_taken_out_are_still_known():
    """A sentence that cites a paper whose item is gone is checked against it."""
    start = CHECKED.index("<!-- digest @paper:t:4 -->")
    gone = CHECKED[:start] + CHECKED[CHECKED.index("<!-- digest @numbers") :]
    added = gone.replace("## By the numbers", "Budgets disagree by 99% [5].\n\n## By the numbers")

    assert "Budgets disagree by 99%." in {one.text for one in checked(added).violations}
