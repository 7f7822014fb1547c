import re
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings

from agent.render.entry import Link
from agent.render.newsletter import mail, pictures, shortening
from agent.render.newsletter.blocks import Intro, Listing, Numbers, Paper, Pick, Section, Title
from agent.render.newsletter.content import Masthead
from agent.render.newsletter.palette import DARK, LIGHT
from tests.render import hostile
from tests.render.newsletter import issues
from tests.render.newsletter.mails import Tags, long, strictly

OWN = "## Mine\n\nA *word* of [mine](https://example.org/a?b=1&c=2).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted"
TEXTS = ("text", "dim", "accent")
"""Colours that letters have."""
GROUNDS = ("card",)
"""Colours that letters stand on."""
ISSUE = issues.issue()
HTML = mail.page(ISSUE).html


def edited(issue, at=1, text=OWN):
    blocks = list(issue.blocks)
    blocks[at] = replace(blocks[at], edited=text)
    return replace(issue, blocks=tuple(blocks))


def sited(issue, site):
    return replace(issue, site=site)


@pytest.mark.parametrize(
    "issue",
    [ISSUE, edited(ISSUE), sited(ISSUE, "https://example.org"), replace(ISSUE, blocks=()), long(20, 2)],
    ids=["whole", "edited", "published", "empty", "long"],
)
def test_a_mail_is_valid(issue):
    """A strict HTML parser finds nothing wrong, and the one first heading is the subject."""
    tree = strictly(mail.page(issue).html)

    assert [one.text for one in tree.iter("h1")] == [issue.subject]
    assert [one.text for one in tree.iter("title")] == [issue.subject]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("de-AT", "ltr"), ("ar", "rtl"), ("he-IL", "rtl")])
def test_language(language, direction):
    """The language and its direction stand where programs that drop the head find them too."""
    found = Tags(mail.page(replace(ISSUE, language=language)).html)
    told = [(tag, values["lang"], values["dir"]) for tag, values in found.tags if "lang" in values]

    assert told == [("html", language, direction), ("div", language, direction)]


def test_nothing_is_fetched():
    """There is no script, form, frame, picture or other file, and no style that loads one."""
    found = Tags(mail.page(edited(ISSUE, text=f"{OWN}\n\n![seen](https://example.org/pixel.png)")).html)
    allowed = "html head meta title style body div table tbody thead tr td th h1 h2 h3 p span b ul li a blockquote em"

    assert {tag for tag, _ in found.tags} <= set(allowed.split())
    assert not found.attributes("src") + found.attributes("background")
    assert not re.search(r"url\(|@import|@font-face|expression", HTML)
    assert not [values for tag, values in found.tags if tag == "meta" and "http-equiv" in values]


def test_layout_is_no_table_to_those_who_listen():
    """Every table that lays out says so; a table that the writer made is one."""
    made = [values.get("role") for tag, values in Tags(mail.page(edited(ISSUE)).html).tags if tag == "table"]

    assert made.count(None) == 1
    assert set(made) == {None, "presentation"}


def test_styles_are_in_the_tags():
    """What remains of the style sheet is for dark mode and for narrow screens."""
    head, body = HTML.split("</head>")
    sheets = re.findall(r"<style[^>]*>(.*?)</style>", re.sub(r"<!--.*?-->", "", head), re.DOTALL)

    assert re.findall(r"@media \((.*?)\)", "".join(sheets)) == ["prefers-color-scheme: dark", "max-width: 480px"]
    assert all(getattr(DARK, one.name) in sheets[0] for one in fields(DARK) if one.name not in ("track",))
    assert all(f"color:{color}" in body for color in (LIGHT.text, LIGHT.dim, LIGHT.accent, LIGHT.card, LIGHT.page))


def test_the_preheader_comes_alone():
    """It is the first text, hidden, and padded so that nothing of the mail follows it in the list of mails."""
    first = next(text for text in Tags(f"<body{HTML.split('<body')[1]}").texts if text.strip())

    assert ISSUE.preheader in first
    assert len(first.split(ISSUE.preheader)[1]) > 150
    assert not re.search(r"\w", first.split(ISSUE.preheader)[1])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_contrast(palette, text, ground):
    """Every text stands out from what it stands on, WCAG 2.2, 1.4.3."""
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color):
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_references_lead_to_the_paper():
    """To its place in the mail, or to its page where it has one; ids are there once."""
    intro = next(block for block in ISSUE.blocks if isinstance(block, Intro))
    cited = [citation.source for one in intro.sentences for citation in one.citations]
    found = Tags(HTML)
    ids = found.attributes("id")
    hrefs = found.attributes("href")
    pages = {one.number: link.url for one in cited for link in one.links if link.label == "paper"}

    assert cited
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in hrefs if href.startswith("#")} <= set(ids)
    assert all(pages.get(one.number, f"#p{one.number}") in hrefs for one in cited)


def test_a_paper_with_a_page():
    """Its title and its references are links to it, and the word itself is not said."""
    page = Link("paper", "https://example.org/abs/1?a=1&b=2")

    def linked(source):
        return replace(source, links=(page,))

    blocks = [replace(one, source=linked(one.source)) if isinstance(one, Paper) else one for one in ISSUE.blocks]
    found = Tags(mail.page(replace(ISSUE, blocks=tuple(blocks), sources=tuple(map(linked, ISSUE.sources)))).html)
    own = sum(isinstance(one, Paper) for one in blocks)

    assert found.attributes("href").count(page.url) > own
    assert not [href for href in found.attributes("href") if href.startswith("#")]


def test_blocks_stand_in_their_order():
    """A writer who turned the issue round, or repeats a part, gets it so."""
    labels = [block.label for block in ISSUE.blocks if isinstance(block, Section | Listing | Numbers)]
    turned = mail.page(replace(ISSUE, blocks=ISSUE.blocks[::-1] + ISSUE.blocks[:1])).html

    assert [one for one in re.findall(r"<h2[^>]*>(.*?)<", turned) if one in labels] == labels[::-1]
    strictly(turned)


@pytest.mark.parametrize("at", range(len(ISSUE.blocks)))
def test_the_writers_words(at):
    """They stand in the place of what was there, in clean HTML with our styles, and a paper keeps its anchor."""
    html = mail.page(edited(ISSUE, at, "Only *this*.")).html

    assert re.search(r"<p style=[^>]*>Only <em>this</em>\.</p>", html)
    assert set(Tags(html).attributes("id")) >= {
        href[1:] for href in Tags(html).attributes("href") if href.startswith("#")
    }


def test_a_long_mail_is_cut():
    """It fits, says how many papers are missing and where they are, and keeps what leads the issue."""
    issue = sited(long(), "https://example.org/weekly")
    made = mail.page(issue, limit=60_000)
    found = Tags(made.html)
    text = found.text()

    assert 50_000 < len(made.html.encode()) <= 60_000
    assert made.shortened
    assert f"Read the rest: {made.cut} more papers at https://example.org/weekly/2025-w12." in text
    assert "https://example.org/weekly/2025-w12" in found.attributes("href")
    for block in issue.blocks:
        if isinstance(block, Title | Section | Numbers):
            assert block.label in text
        if isinstance(block, Pick):
            assert block.line.text in text
    assert "entries read are in this issue" in text


def test_what_is_cut_is_counted():
    """Papers that are shown, and those that are said to be missing, are all there are; each section loses as much."""
    issue = long()
    gone = shortening.parts(issue)[:100]
    shown = shortening.placed(shortening.without(issue, gone))
    kept = [sum(number * 23 < one <= number * 23 + 23 for one in shown) for number in range(10)]

    assert len(shortening.placed(issue)) == 230
    assert len(shown) == 130
    assert set(kept) == {13}


def test_named_papers_go_before_shown_ones():
    """Of a section the end goes first."""
    issue = long()
    left = shortening.without(issue, shortening.parts(issue)[:120])

    assert sum(isinstance(block, Paper) for block in left.blocks) == 110
    assert not [block for block in left.blocks if block.kind == "further"]


def test_a_mail_that_says_where_the_rest_is():
    """Without a place on the web it names the file."""
    text = Tags(mail.page(long(), limit=60_000).html).text()

    assert "more papers on the web page of this issue." in text


@pytest.mark.parametrize(("word", "limit"), [("土壌炭素 ", 20_001), ("🌱 ", 33_333), ("Erdböden ", 47_117)])
def test_no_letter_is_cut(word, limit):
    """The limit counts bytes, and whatever is left out, the mail stays valid."""
    made = mail.page(long(60, 4, word), limit=limit)

    strictly(made.html)
    assert len(made.html.encode()) <= limit
    assert "\ufffd" not in made.html


def test_nothing_fits_into_nothing():
    """Where even the opening is too long, it is all that is left."""
    made = mail.page(long(), limit=10)
    left = Tags(made.html).text()

    assert (made.cut, made.shortened) == (230, True)
    assert "Read the rest: 230 more papers" in left
    assert mail.page(long(), limit=len(made.html.encode())) == made


def test_what_the_writer_wrote_is_cut_last():
    """Papers that nobody touched go first."""
    issue = long()
    at = max(at for at, block in enumerate(issue.blocks) if isinstance(block, Paper))
    made = mail.page(edited(issue, at, "Mine stays."), limit=30_000)

    assert "Mine stays." in made.html


def test_pictures_stand_for_their_bars():
    """A picture is shown by its id with what it says in words; other bars stay cells."""
    shown = pictures.Picture("numbers:topics", "abc@digest.invalid", b"", "Papers by topic: soil 3, <peat> 2.")
    found = Tags(mail.page(ISSUE, pictures=[shown]).html)

    assert [values["src"] for tag, values in found.tags if tag == "img"] == ["cid:abc@digest.invalid"]
    assert found.attributes("alt") == ["Papers by topic: soil 3, <peat> 2."]
    assert found.attributes("class").count("bar") == HTML.count('class="bar"') - len(numbers(ISSUE).topics)


def numbers(issue):
    return next(block for block in issue.blocks if isinstance(block, Numbers))


def test_a_template_of_the_users_own(tmp_path):
    """It goes before ours, and its styles are put into its tags."""
    (tmp_path / "mail.html.j2").write_text("<style>p { color: red }</style><p>{{ issue.subject }}</p>")

    assert f'<p style="color:red">{ISSUE.subject}</p>' in mail.page(ISSUE, tmp_path).html


@settings(max_examples=12)
@given(hostile.texts)
def test_hostile_text_is_text(text):
    """Whatever titles, abstracts and the writer say: no tag, comment, style or address of theirs comes to life."""
    clean = Tags(HTML)
    issue = issues.issue(
        issues.newsletter(hostile.digest(text), subject=text, preheader=text, closing=text), Masthead(text, text, text)
    )
    html = mail.page(issue).html
    found = Tags(html)

    strictly(html)
    assert found.comments == clean.comments
    assert {tag for tag, _ in found.tags} <= {tag for tag, _ in clean.tags}
    assert {name for _, values in found.tags for name in values} <= {
        name for _, values in clean.tags for name in values
    }
    assert all(re.match(r"https?://|#p\d", href) for href in found.attributes("href"))


@settings(max_examples=12)
@given(hostile.texts)
def test_hostile_words_of_the_writer(text):
    """What a writer pastes into the draft is cleaned."""
    html = mail.page(edited(ISSUE, text=text)).html

    strictly(html)
    assert Tags(html).comments == Tags(HTML).comments
    assert not {tag for tag, _ in Tags(html).tags} & {"script", "img", "link", "form", "iframe", "svg", "object"}
