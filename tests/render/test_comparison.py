"""Answers across papers, in every format."""

import csv
import io
import itertools
import json
import re
import unicodedata
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from agent import marks, render
from agent.proofread import proofread
from agent.render import names
from agent.render.comparison.content import NOT_STATED, UNANSWERED, UNASKED, compose
from agent.render.comparison.csv import HEAD, harmless
from agent.render.entry import heading
from agent.render.safe import printable
from agent.schema import Comparison, Comparisons
from agent.sources import drafts
from tests.render import answers, hostile, samples
from tests.render.test_golden import assert_golden
from tests.render.test_markdown import EXTENDED, OURS, PARSERS, flat
from tests.render.test_terminal import OURS as COLOURS

WORDS = ("terminal", "markdown", "csv", "html")
WIDTHS = (40, 80, 100)
few = settings(max_examples=40)
"""A text goes through every field of an answer, and that takes a while."""


def shown(form, *items, **look):
    return "".join(render.comparisons(items or (answers.comparison(),), form, **look))


@pytest.mark.parametrize(
    ("name", "form", "look"),
    [
        ("answers.txt", "terminal", {}),
        ("answers.40.txt", "terminal", {"width": 40}),
        ("answers.ansi", "terminal", {"color": True}),
        ("answers.md", "markdown", {}),
        ("answers.html", "html", {}),
    ],
)
def test_answers_look_as_they_did(name, form, look):
    """Answers are the same bytes as when somebody last looked at them."""
    assert_golden(name, shown(form, answers.comparison(), answers.unanswered(), answers.many(), **look))


@pytest.mark.parametrize("form", WORDS)
def test_an_answer_comes_when_it_is_there(form):
    """An answer is shown before the next one is made, but for HTML, which is one page."""
    made = []

    def items():
        for number in range(3):
            made.append(number)
            yield answers.comparison()

    seen = [len(made) for piece in render.comparisons(items(), form) if "Rootlight" in piece]

    assert seen == ([3] if form == "html" else [1, 2, 3])


@pytest.mark.parametrize("form", WORDS)
@pytest.mark.parametrize("make", [answers.comparison, answers.unanswered, answers.many])
def test_nothing_is_left_out(form, make):
    """Whatever the format, all that an answer holds is there, every word of it."""
    item, text = make(), shown(form, make())
    cells = [cell for line in item.rows for cell in line.cells]
    said = [item.question, *item.aspects, *item.missing, *item.notes, *(one.text for one in (*item.answer, *cells))]
    said += [part for paper in item.papers for part in (paper.title, paper.id)]

    assert [word for one in said if one for word in re.findall(r"\w+", one) if word not in text] == []
    assert form == "csv" or text.count(NOT_STATED) == sum(cell.text is None for cell in cells) + bool(cells)


@pytest.mark.parametrize("form", WORDS)
def test_an_honest_silence(form):
    """Where the abstracts do not answer, that is said, and right behind it what is missing."""
    text = shown(form, answers.unanswered())

    assert text.index(UNANSWERED) < text.index("No paper that was read is called “Peatlight”")
    assert UNANSWERED not in shown(form)


@pytest.mark.parametrize("form", WORDS)
@pytest.mark.parametrize(
    ("item", "told"),
    [
        (answers.comparison, ["by the embedded model instead of the one that was asked: it was down"]),
        (answers.unanswered, ["by no model: it was down", UNASKED]),
    ],
)
def test_who_did_not_answer_is_told(form, item, told):
    """The output says when the model that was asked did not answer; that is no silence of the abstracts."""
    model = "embedded" if item is answers.comparison else "openai/x"
    text = shown(form, item(provenance=samples.provenance(degraded="it was down", model=model)), width=200)

    assert [one for one in told if one not in text] == []
    assert UNANSWERED not in text


def test_an_endpoint_tells_its_price():
    """What an answer cost is told where an endpoint wrote it, and that a price is unknown."""
    paid = {"tokens_in": 1200, "tokens_out": 80, "seconds": 2.04, "attempts": 2}

    assert "2 requests · 1,200 tokens in · 80 tokens out · $0.12 · 2.0 s" in shown(
        "terminal", answers.comparison(provenance=samples.provenance(cost_usd=0.123, **paid))
    )
    assert "cost unknown" in shown("markdown", answers.comparison(provenance=samples.provenance(cost_usd=None, **paid)))
    assert "request" not in shown("terminal")


@pytest.mark.parametrize(
    ("titles", "short"),
    [
        (["Mireflux: Measuring Peat", "Drizzle — Counting Drops"], ["Mireflux", "Drizzle"]),
        (["Core: Let Any Tree Speak to All the Other Trees", "Core: Adaptive Drilling of the Soils of Norway"],
         ["Core (Let Any Tree Speak to All…)", "Core (Adaptive Drilling…)"]),
        (["Core: Let It Be", "CORE: A Study", "Bore"], ["Core (Let It Be)", "CORE (A Study)", "Bore"]),
        (["A Survey of the Nitrogen Budgets of Meadows"], ["A Survey of the Nitrogen…"]),
        (["How Deep Do the Worms of All the Meadows Go: A Study"], ["How Deep Do the Worms…"]),
        (["Same Title", "Same Title"], ["Same Title (t:1)", "Same Title (t:2)"]),
        (["Same: Title", "Same: Title"], ["Same (Title) (t:1)", "Same (Title) (t:2)"]),
        (["x" * 90], ["x" * 27 + "…"]),
        (["土壌中の菌糸ネットワークを一つの試料から推定する"], ["土壌中の菌糸ネットワークを…"]),
    ],
)  # fmt: skip
def test_short_names(titles, short):
    """A paper goes by what stands before its colon, else by its first words, and never by another one's name."""
    papers = [samples.paper(number, title) for number, title in enumerate(titles, 1)]

    assert names.short([heading(paper, None) for paper in papers], [paper.id for paper in papers]) == short


@few
@given(st.lists(hostile.texts, min_size=2, max_size=4))
def test_no_two_papers_share_a_name(titles):
    """Whatever the titles, names differ."""
    papers = [samples.paper(number, title) for number, title in enumerate(titles, 1)]
    short = names.short([heading(paper, None) for paper in papers], [paper.id for paper in papers])

    assert len(set(short)) == len(short)


# Terminal


@few
@given(hostile.texts, st.sampled_from(WIDTHS))
def test_no_text_steers_the_terminal(text, width):
    """Whatever is said, output is printable lines, none too wide but for addresses; colour adds nothing but colour."""
    item = answers.hostile(text)
    plain = shown("terminal", item, width=width)
    lines = plain.split("\n")

    assert not [line for line in lines if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in line)]
    assert not [line for line in lines if line != line.rstrip()]
    assert not [line for line in lines if cell_len(line) > width and "https://" not in line and "http://" not in line]
    assert COLOURS.sub("", shown("terminal", item, width=width, color=True)) == plain


@pytest.mark.parametrize(
    ("width", "item", "abreast"),
    [
        (80, answers.comparison(), True),
        (47, answers.comparison(), True),
        (46, answers.comparison(), False),
        (40, answers.comparison(), False),
        (120, answers.many(), False),
    ],
)
def test_few_papers_stand_beside_each_other(width, item, abreast):
    """Two or three papers are columns where there is room for them; else they stand below each other."""
    lines = shown("terminal", item, width=width).split("\n")

    assert any("[1] " in line and "[2] " in line for line in lines) is abreast


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off(width):
    """However narrow it is, each word of each cell is there."""
    long = " ".join(f"word{number}" for number in range(10, 99))
    rows = (answers.row(answers.CORE, (long, 1), ()), answers.row(answers.PHONE, (), (long, 1)))
    text = shown("terminal", answers.comparison(rows=rows), width=width)

    assert {text.count(word) for word in long.split()} == {2}


# Markdown


@few
@given(hostile.texts)
def test_no_text_becomes_structure(text):
    """Hostile text makes no image, code, heading, link, cell or HTML that is not ours: only whole marks."""
    ours = OURS | {"softbreak"} | {f"{part}_open" for part in ("table", "thead", "tbody", "tr", "th", "td")}
    page = shown("markdown", answers.hostile(text))
    for parser in PARSERS:
        made, tame = parser.parse(page), parser.parse(tamed())
        inside = list(flat(made))

        assert {token.type for token in inside if not token.type.endswith("_close")} <= ours
        assert not [t for t in inside if t.type == "html_inline" and not marks.read(t.content)]
        assert [token.tag for token in made if token.type == "heading_open"] == ["h1"] + ["h2"] * (
            4 if printable(text) else 2
        )
        assert sum(token.type == "tr_open" for token in made) == sum(token.type == "tr_open" for token in tame)
        assert sum(token.type == "td_open" for token in made) == sum(token.type == "td_open" for token in tame)


@cache
def tamed():
    return shown("markdown", answers.hostile("tame"))


@few
@given(hostile.texts)
def test_cells_read_as_they_are(text):
    """Where tables are understood, the reader sees in each cell its printable text, and what it stands on."""
    tokens = EXTENDED.parse(shown("markdown", answers.hostile(text)))
    seen = [seen_in(inside) for one, inside in itertools.pairwise(tokens) if one.type in ("th_open", "td_open")]
    plain = printable(text)
    both = f"{plain} [s1]" if plain else NOT_STATED
    item = compose(answers.hostile(text))

    assert seen[:3] == ["Paper", *item.aspects]
    assert seen[4].split() == both.split()
    assert [seen[3], seen[6], seen[9]] == [line.source.label for line in item.lines]
    assert seen[7] == NOT_STATED


def seen_in(token):
    return "".join("" if part.type == "html_inline" else part.content for part in token.children).strip()


@pytest.fixture
def checked(tmp_path):
    """Checks a draft against the papers of an answer."""

    def check(text, item):
        (tmp_path / "answer.md").write_text(text, encoding="utf-8")
        papers = {paper.id: paper for paper in item.papers}
        return proofread(drafts.read(str(tmp_path / "answer.md")), papers.get)

    return check


def test_what_was_not_edited_is_sound(checked):
    """`digest check` finds each sentence and cell of a saved answer sound, and takes nothing for the writer's."""
    item = answers.comparison()
    report = checked(shown("markdown", item, answers.unanswered()), item)

    assert (report.checked, report.sound, report.papers) == (6, 6, 2)
    assert (report.yours, report.unreadable) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("finds 12.5% more", "finds 15.2% more", "number"),
        ("counts them in 1.5% of", "counts them in 2.5% of", "number"),
        ("reconstructs them from", "of NASA reconstructs them from", "name"),
    ],
)
def test_what_was_tampered_with_is_found(checked, old, new, kind):
    """A number or a name that was changed in a sentence or a cell blocks."""
    item = answers.comparison()
    text = shown("markdown", item)
    assert old in text
    report = checked(text.replace(old, new), item)

    assert (report.blocked, report.sound) == (1, 5)
    assert kind in {one.kind for one in report.violations}


# CSV


def rows(text):
    head, *body = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert tuple(head) == HEAD
    return [dict(zip(head, line, strict=True)) for line in body]


def test_a_row_holds_one_text_of_one_paper():
    """Questions with different aspects go into one table; a cell without text is not stated."""
    made = rows(shown("csv", answers.comparison(), answers.unanswered(why=(), consulted=(), papers=())))

    assert [(one["part"], one["paper"], one["aspect"], one["evidence"]) for one in made] == [
        ("answer", "1", "", "s2"),
        ("answer", "2", "", "s2"),
        ("answer", "1", "", "s1"),
        ("answer", "2", "", "s1"),
        ("cell", "1", "approach", "s2"),
        ("cell", "1", "result", "s2,3"),
        ("cell", "2", "approach", "s2"),
        ("cell", "2", "result", ""),
        ("missing", "", "", ""),
        ("note", "", "", ""),
        ("consulted", "1", "", ""),
        ("consulted", "2", "", ""),
        ("answer", "", "", ""),
        ("missing", "", "", ""),
    ]
    assert [one["answered"] for one in made] == ["yes"] * 12 + ["no"] * 2
    assert {one["question"] for one in made} == {"What does each Rootlight do?", "How does Peatlight work?"}


@few
@given(hostile.texts)
def test_csv_reads_as_it_is(text):
    """Whatever the texts, each line has its columns, and what is read is what was said, an apostrophe apart."""
    made = rows(shown("csv", answers.hostile(text)))

    assert {one["question"].removeprefix("'") for one in made} == {printable(text).removeprefix("'")}
    assert {one["text"].removeprefix("'") for one in made if one["part"] == "missing"} <= {
        printable(text).removeprefix("'")
    }


@few
@given(st.text(st.sampled_from("=+-@＝＋－＠﹢﹣﹦﹫ \t\r\n\u200b\u3000'\"a1")) | hostile.texts)
def test_no_cell_is_a_formula(text):
    """No spreadsheet takes a cell for a formula, whatever blanks, invisible or full-width signs it begins with."""
    for one in rows(shown("csv", answers.hostile(text))):
        for cell in one.values():
            seen = "".join(c for c in cell if unicodedata.category(c) not in ("Cc", "Cf"))
            bare = unicodedata.normalize("NFKC", seen).lstrip()
            assert not bare.startswith(("=", "+", "-", "@"))
            assert not cell.startswith(("\t", "\r"))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r1", "  =1", "＝1", "\u3000＋1", "﹣1", "−1"]
)
def test_an_apostrophe_disarms(cell):
    """What begins like a formula gets an apostrophe; a real minus sign (U+2212) begins none."""
    assert harmless(cell) == (cell if cell == "−1" else f"'{cell}")


@pytest.mark.parametrize("cell", ["a=1", "1-1", "'=1", "", "s3", "“-1”"])
def test_other_cells_stay(cell):
    """What cannot begin a formula stays as it is."""
    assert harmless(cell) == cell


# JSON


def test_one_answer_is_an_object_and_several_are_a_list():
    """`json` is the answer itself where there is one, else all of them under `comparisons`; `jsonl` is a line each."""
    one, two = answers.comparison(), answers.unanswered()

    assert Comparison.model_validate_json(shown("json", one)) == one
    assert Comparisons.model_validate_json(shown("json", one, two)).comparisons == (one, two)
    assert [Comparison.model_validate_json(line) for line in shown("jsonl", one, two).splitlines()] == [one, two]
    assert json.loads("".join(render.comparisons((), "json")))["comparisons"] == []


# HTML


class Seen(HTMLParser):
    """What a page is made of."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.open = [], [], "", []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *one) for one in attributes]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if "style" not in self.open:
            self.text += text


@few
@given(hostile.texts)
def test_no_text_becomes_html(text):
    """Hostile text adds no element and no attribute, and every element is closed where it should be."""
    made, tame = (Seen(shown("html", answers.hostile(one))) for one in (f"{text}x", "tame"))

    assert made.open == []
    # Some of the texts are addresses, and make a line of links.
    assert [tag for tag in made.tags if tag not in ("a", "p")] == [tag for tag in tame.tags if tag not in ("a", "p")]
    assert {(tag, name) for tag, name, _ in made.attributes} <= {(tag, name) for tag, name, _ in tame.attributes}
    assert all(value.startswith(("https://", "http://")) for _, name, value in made.attributes if name == "href")
    assert printable(f"{text}x") in " ".join(made.text.split())


@pytest.mark.parametrize("items", [[answers.comparison()], [answers.comparison(), answers.many()], []], ids=len)
def test_a_page_needs_nothing_else(items):
    """It has a language, a viewport and one first heading, but no script, no other file and no address but links."""
    page = "".join(render.comparisons(items, "html"))
    seen = Seen(page)

    assert ("html", "lang", "en") in seen.attributes
    assert ("meta", "name", "viewport") in seen.attributes
    assert seen.tags.count("h1") == 1
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base", "svg"} & set(seen.tags)
    assert not [name for _, name, _ in seen.attributes if name.startswith("on") or name in ("src", "srcset", "style")]
    assert "url(" not in page
    assert "@import" not in page
    assert (
        "meta",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    ) in (seen.attributes)


def test_a_tap_shows_the_sentences():
    """Behind each sentence and each cell stands what it cites, quoted, and opens without script."""
    page = shown("html")

    assert page.count("<details>") == page.count("<summary>") == 6
    assert re.search(
        r"<summary>\[1:s2\]</summary>\s*<p class=\"paper\">\[1\] Rootlight \(Mapping Fungal Networks…\)</p>\s*"
        r"<blockquote><span class=\"number\">s2</span> We present Rootlight, which",
        page,
    )


def test_colours_can_be_told_apart():
    """Text has a contrast of 4.5 to what is behind it in light, in dark and on paper (WCAG 2.2, 1.4.3)."""
    schemes = re.findall(r":root \{ (--.*?) \}", shown("html"))
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): #(\w{6})", scheme))
        for text in ("text", "dim", "link", "warn"):
            for behind in ("page", "box"):
                assert contrast(colours[text], colours[behind]) >= 4.5, (text, behind)


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
