import json
from dataclasses import replace
from email import message_from_bytes, policy
from functools import cache
from itertools import zip_longest

import html5lib
import pytest
import yaml
from markdown_it import MarkdownIt

from agent import pipeline
from agent.editorial.wishes import Wishes
from agent.library import Library
from agent.models.embedded import EmbeddedModel
from agent.render.newsletter import edited, eml, feeds, mail, markdown, plain, targets, web
from agent.render.newsletter.blocks import Listing
from agent.render.newsletter.content import Masthead, compose
from agent.render.newsletter.feeds.entries import legal
from agent.render.safe import printable
from agent.schema import Paper, ReadingReport, Sighting
from agent.sources.reading import Reading
from agent.window import Span
from tests.hostile import live
from tests.hostile.markup import PAYLOADS
from tests.hostile.saying import everywhere, harmless
from tests.render import samples
from tests.render.newsletter import issues

WITHOUT_END = 10**9
"""Of the mail: no paper is left out of it."""

TEXTS = tuple(PAYLOADS.values())
QUARTER = -(-len(TEXTS) // 4)
GROUPS = list(zip_longest(*(TEXTS[start : start + QUARTER] for start in range(0, len(TEXTS), QUARTER)), fillvalue="x"))
"""Four texts a paper, each of them first in some of its fields."""


def structures(issue, *, draft=True):
    """What a reader's program finds in each format; HTML that stands in several of them is looked at once."""
    page, text = mail.page(issue, limit=WITHOUT_END).html, plain.text(issue)
    found = {"text": live.of_text(text)}
    if draft:
        found["markdown"] = live.of_markdown(markdown.issue(issue))
        found["buttondown"] = live.of_markdown(targets.buttondown(issue, markdown.issue(issue)))
    pages = {"html": [page], "web": [web.page(issue)]}
    found["eml"], pages["eml"] = live.of_eml(eml.message(issue, mail.Mail(page), text))
    for of in ("issues", "papers"):
        found[f"atom of {of}"], pages[f"atom of {of}"] = live.of_atom(feeds.atom(issue, of=of).text)
        found[f"json of {of}"], pages[f"json of {of}"] = live.of_json_feed(feeds.json_feed(issue, of=of).text)
    pages["ghost"] = [json.loads(targets.ghost(issue))["db"][0]["data"]["posts"][0]["html"].replace("%% {", "%%{")]
    # References of signs of templates are read as what they stand for; but for those it is a part of the page.
    body = json.loads(targets.listmonk(issue, page, text))["body"]
    assert body.replace("{&#123;", "{{").replace("&#64;TrackLink", "@TrackLink") in legal(page)
    seen = {html: live.of_html(html) for html in dict.fromkeys(html for some in pages.values() for html in some)}
    return found | {f"{name}: html": [seen[html] for html in some] for name, some in pages.items()}


def differing(one, other):
    """The formats in which two issues differ, each with what is first found in one of them only."""
    return {name: _first(one[name], other[name]) for name in one if one[name] != other[name]}


def _first(one, other):
    if not isinstance(one, list) or not isinstance(other, list):
        return one, other
    pairs = (pair for pair in zip(one, other, strict=False) if pair[0] != pair[1])
    return next((_first(*pair) for pair in pairs), (len(one), len(other)))


def kinds(structure):
    """What there is in a structure, each once: elements with the names of their attributes, tokens, comments."""
    if isinstance(structure, list):
        return {kind for part in structure for kind in kinds(part)}
    if isinstance(structure, tuple) and len(structure) == 3 and isinstance(structure[2], tuple):
        return {(*structure[:2], *(name for name, _ in structure[2]))}
    return {str(structure)}


@pytest.fixture(scope="module")
def benign():
    """The structure of an issue of the same shape that says nothing but words."""
    return structures(compose(everywhere([list(map(harmless, group)) for group in GROUPS])))


def test_no_text_does_anything_but_stand_there(benign):
    """With every payload in every field of an issue, each format has the structure of one that says only words."""
    assert len(PAYLOADS) > 60
    assert differing(structures(compose(everywhere(GROUPS))), benign) == {}


def test_no_paper_does_anything_on_its_way(benign):
    """Papers with the payloads in title, abstract, address, id and authors go the whole way from the library, and
    nothing is found in any format that is not in an issue of words."""
    library = Library()
    for number, texts in enumerate(GROUPS):
        # No file that is read holds half a character.
        library.add(_paper(number, *(text.encode("utf-8", "replace").decode() for text in texts)))
    report = ReadingReport(entries=len(library), distinct=len(library), sources=())
    made = pipeline.newsletter(
        Reading(library, report, ()), Span(week="2025-W12"), EmbeddedModel(), (), Wishes(top=len(GROUPS))
    )
    found = structures(compose(made))

    # Abstracts of which no sentence is left are told among what is left out.
    assert len(made.digest.summaries) + made.digest.coverage.failed == len(GROUPS) < 2 * len(made.digest.summaries)
    pages = [name for name in found if name.endswith("html")]
    pages = [name for name in found if name.endswith("html")]
    assert {name: kinds(found[name]) - kinds(benign[name]) for name in pages} == {name: set() for name in pages}


def _paper(number, one, two, three, four):
    return Paper(
        id=f"t:{number}{one}",
        title=f"{one} Soilmap{number}: maps of {two}",
        abstract=f"{three} {two} Maps of soil are hard to draw. We present Soilmap{number}, a method that draws {one} "
        f"from one core. It reaches {number}.5% accuracy on ForestBench, {four}. Code is at https://x.example/{number} "
        f"and {three}.",
        authors=(one, four),
        url=three,
        sightings=(Sighting(source=f"{one}.txt:1", seen=samples.WEEK.since),),
    )


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_setting_does_anything(name):
    """A payload as subject, as preheader, in the window's name or in a setting makes no header, key or field."""
    text = PAYLOADS[name]
    assert heads(text) == heads(harmless(text))


@cache
def heads(text):
    """The front matter, the headers and the feeds of an issue of nothing but its head."""
    masthead = Masthead(publication=text, site=f"https://x.example/{text}", author=f"{text} <ada@example.org>")
    issue = replace(
        compose(issues.newsletter(subject=text, preheader=text, language=text, sections=(), picks=()), masthead),
        blocks=(),
    )
    front = yaml.safe_load(markdown.issue(issue).split("\n---\n")[0])
    assert (front["subject"], front["description"]) == (issue.subject, issue.preheader) == (printable(text),) * 2
    message = message_from_bytes(eml.message(issue, mail.Mail("<p>x</p>"), "x"), policy=policy.default)
    # An encoded word is taken apart, lest it be decoded.
    assert message["Subject"].strip() == issue.subject.replace("=?", "= ?")
    # Whoever sends it may have a name that is no name.
    headers = sorted({*message.keys()} - {"From", "Content-Language"})
    feed, json_feed = live.of_atom(feeds.atom(issue).text), live.of_json_feed(feeds.json_feed(issue).text)
    return sorted(front), headers, feed[0], json_feed[0]


def test_no_setting_does_anything_in_a_page():
    """All payloads as settings, subject and preheader leave mail, text and web page as they are with words."""
    settings = "subject", "preheader", "publication", "author", "span"
    said = printable(" ".join(TEXTS)), "x"
    hostile, harmless = (structures(replace(issues.issue(), **dict.fromkeys(settings, text))) for text in said)

    assert differing(hostile, harmless) == {}


def test_nothing_that_a_writer_edits_does_anything(benign):
    """Payloads in edited blocks become what clean Markdown can be, with links of the web and of mail, and no more."""
    made = issues.issue()
    parts = ["\n\n".join(TEXTS[number :: len(made.blocks)]) for number in range(len(made.blocks))]
    pairs = zip(made.blocks, parts, strict=True)
    found = structures(replace(made, blocks=tuple(replace(block, edited=text) for block, text in pairs)), draft=False)
    clean = {(tag, None, *names) for tag in edited.TAGS for names in MARKED_UP}
    pages = [name for name in found if name.endswith("html")]

    assert {name: kinds(found[name]) - kinds(benign[name]) - clean for name in pages} == {name: set() for name in pages}


MARKED_UP = ((), ("href", "rel"), ("href", "rel", "style"), ("start",), ("start", "style"), ("style",))
"""Attributes of what a writer marks up; the styles are those of the mail."""


def test_what_is_said_is_what_is_read():
    """Every payload is read in every format as its printable characters."""
    lines = tuple(printable(text) for text in TEXTS)
    issue = replace(issues.issue(), blocks=(Listing(key="x", label="x", lines=lines),))
    content = json.loads(feeds.json_feed(issue).text)["items"][0]["content_html"]
    draft = MarkdownIt().render(markdown.issue(issue))
    pages = (mail.page(issue, limit=WITHOUT_END).html, web.page(issue), content, draft)

    for text in (plain.text(issue), *map(visible, pages)):
        assert [line for line in lines if folded(legal(line)) not in folded(legal(text))] == []


def visible(page):
    return "".join(html5lib.parse(page, namespaceHTMLElements=False).find("body").itertext())


def folded(text):
    return " ".join(text.split())
