"""An issue as a web page; what a browser makes of it is seen in tests/browser."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import count

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import pipeline
from agent.render.newsletter import charts, palette, templates, web
from agent.render.newsletter.blocks import Bar, Block, Further, Issue, Numbers, Paper, Pick, Section, Title
from agent.render.newsletter.content import compose
from agent.render.safe import printable
from agent.sources.reading import read
from agent.tasks.newsletter import newsletter
from agent.window import Span
from tests.examples import EMBEDDED
from tests.render import hostile
from tests.render.newsletter import issues
from tests.render.test_comparison import contrast

SVG = "{http://www.w3.org/2000/svg}"
few = settings(max_examples=15)
"""A text goes through every field of an issue, and that takes a while."""


class Page:
    """A page as a strict parser of HTML reads it; anything it would have to mend is an error."""

    def __init__(self, text):
        self.text = text
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root = parser.parse(text)
        self.nodes = [node for node in self.root.iter() if isinstance(node.tag, str)]

    def all(self, tag, **attributes):
        return [n for n in self.nodes if n.tag == tag and all(n.get(k) == v for k, v in attributes.items())]

    def named(self, name):
        return [node for node in self.nodes if name in (node.get("class") or "").split()]

    def said(self, node=None):
        body = self.all("body")[0] if node is None else node
        return " ".join("".join(body.itertext()).split())

    @property
    def ids(self):
        return [node.get("id") for node in self.nodes if node.get("id")]


def page(issue, folder=None):
    return Page(web.page(issue, folder))


def without(issue, *kinds):
    return replace(issue, blocks=tuple(block for block in issue.blocks if not isinstance(block, kinds)))


def edit(issue, kind, markdown):
    """The issue with the writer's words in the first block of a kind."""
    first = next(block for block in issue.blocks if isinstance(block, kind))
    blocks = (replace(block, edited=markdown) if block is first else block for block in issue.blocks)
    return replace(issue, blocks=tuple(blocks))


def assert_sound(made):
    """One first heading, no id twice, and every link into the page leads somewhere, as does every evidence."""
    ids = made.ids
    inside = [one.get("href")[1:] for one in made.all("a") if (one.get("href") or "").startswith("#")]
    evidence = [one for node in made.nodes for one in (node.get("data-e") or "").split()]
    labels = [one for node in made.nodes for one in (node.get("aria-labelledby") or "").split()]

    assert len(made.all("h1")) == 1
    assert len(ids) == len(set(ids))
    assert set(inside) | set(evidence) | set(labels) <= set(ids)


@pytest.fixture(scope="module")
def week(seeds):
    digest = pipeline.weekly(read([str(seeds)]), Span(week="2025-W12"), EMBEDDED)
    return compose(newsletter(digest, EMBEDDED))


def test_a_real_week(week):
    """The week 2025-W12 is valid HTML, the same bytes each time, and holds each of its 36 papers once."""
    made = page(week)

    assert web.page(week) == made.text
    assert_sound(made)
    assert len(made.named("item")) == len({node.get("data-paper") for node in made.named("item")}) == 36
    assert "36 papers" in made.said(made.all("output")[0])
    assert len(made.text.encode()) < 150_000


def test_everything_is_said():
    """Whatever an issue holds is there: heading, words, counts, links and the sentences that carry them."""
    issue = issues.issue()
    made = page(issue)
    said = made.said()
    texts = [issue.subject, issue.preheader, issue.span, issue.publication]
    for block in issue.blocks:
        texts += [getattr(block, name) for name in ("label", "counted", "compared", "text") if hasattr(block, name)]
        texts += getattr(block, "lines", ())
        if isinstance(block, (Paper, Pick)):
            texts += [block.source.heading.whole, block.line.text, block.result.text]
        if isinstance(block, Numbers):
            texts += [text for one in block.figures for text in (one.label, one.value, one.note)]

    assert [text for text in texts if text not in said] == []
    for source in issue.sources:
        assert {link.url for link in source.links} <= {one.get("href") for one in made.all("a")}


def test_evidence_stands_once():
    """A sentence names the sentences that carry it by their place, and these are the abstract's."""
    issue = issues.issue()
    made = page(issue)
    quoted = {
        node.get("id"): made.said(node) for node in made.all("li") if re.fullmatch(r"p\d+s\d+", node.get("id") or "")
    }
    sources = {f"p{one.number}": one for one in issue.sources}

    assert quoted
    for anchor, text in quoted.items():
        paper, _, number = anchor.partition("s")
        assert sources[paper].sentences[int(number) - 1] == text
    lines = [block.line for block in issue.blocks if isinstance(block, Paper)]
    shown = [node.get("data-e") for node in made.named("said")]
    assert all(f"p{c.source.number}s{n}" in shown for line in lines for c in line.citations for n in c.evidence)


def test_its_policy_lets_nothing_else_run():
    """The policy names the hashes of the one style and the one script, and allows no other source of anything."""
    made = page(issues.issue())
    style, script = made.all("style"), made.all("script")
    policy = made.all("meta", **{"http-equiv": "Content-Security-Policy"})[0].get("content")

    assert (len(style), len(script)) == (1, 1)
    assert dict(part.split(" ", 1) for part in policy.split("; ")) == {
        "default-src": "'none'",
        "style-src": hashed(style[0].text),
        "script-src": hashed(script[0].text),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def hashed(text):
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_a_page_needs_nothing_else():
    """Nothing is loaded from anywhere, nothing runs from an attribute, and the script writes no HTML."""
    made = page(issues.issue())
    attributes = [(node.tag, name, value) for node in made.nodes for name, value in node.attrib.items()]

    assert not [one for one in attributes if one[1].startswith("on") or one[1] in ("style", "src", "srcset")]
    assert {value.partition(":")[0] for tag, name, value in attributes if tag == "link" and name == "href"} == {"data"}
    assert not {"iframe", "object", "embed", "base", "img"} & {node.tag for node in made.nodes}
    assert not re.search(r"url\(|@import|innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|fetch\(|import\(",
                         made.all("style")[0].text + made.all("script")[0].text)  # fmt: skip


@few
@given(hostile.texts)
def test_no_text_becomes_html(text):
    """Hostile text adds no element and no attribute, changes neither style nor script, and is read as it is."""
    shown = f"{text}x"
    made, tame = (page(breaking(one)) for one in (shown, "tame"))
    links = {"a", "span", "p", "li", "ol", "details", "summary"}  # some of the texts are addresses, or no words at all

    assert_sound(made)
    assert {node.tag for node in made.nodes} <= {node.tag for node in tame.nodes} | links
    assert {(n.tag, name) for n in made.nodes for name in n.attrib} <= {
        (n.tag, name) for n in tame.nodes for name in n.attrib
    } | {("a", "href"), ("li", "value")}
    assert made.all("script")[0].text == tame.all("script")[0].text
    assert made.all("style")[0].text == tame.all("style")[0].text
    assert all(re.match(r"(https?://|#)", one.get("href")) for one in made.all("a"))
    assert printable(shown) in made.said()


def breaking(text):
    """An issue with a text in every field, ids among them."""
    issue = issues.issue(issues.newsletter(hostile.digest(text)))
    numbers = count()
    blocks = []
    for block in issue.blocks:
        if isinstance(block, (Section, Paper, Further)):
            block = replace(block, topic_id=text)
        blocks.append(replace(block, key=f"{text}{next(numbers)}"))
    plain = printable(text)
    return replace(issue, subject=plain, preheader=plain, span=plain, language=text, publication=plain,
                   blocks=tuple(blocks))  # fmt: skip


@pytest.mark.parametrize("language", ["de", "pt-BR", "zh-Hant"])
def test_its_language_is_the_issues(language):
    """`lang` is the language of the issue; what is no language tag is none."""
    assert page(issues.issue(language=language)).root.get("lang") == language
    assert page(issues.issue(language='"><script>')).root.get("lang") == "en"


# What writers do


@pytest.mark.parametrize("kind", [Pick, Paper, Section, Further, Numbers, Title])
def test_a_writers_words_replace_ours(kind):
    """Where a writer has written, that is shown as Markdown in place of what was there, and none of it is live."""
    words = "# Mine\n\nSome *words* of <script>alert(1)</script> mine, [here](javascript:alert(1))."
    issue = issues.issue()
    found = next((block for block in issue.blocks if isinstance(block, kind)), None)
    if not found:
        pytest.skip("the sample has none")
    made = page(edit(issue, kind, words))

    assert_sound(made)
    assert "Some words of <script>alert(1)</script> mine" in made.said()
    assert len(made.all("script")) == 1
    assert not [one for one in made.all("a") if "javascript" in (one.get("href") or "")]


def test_an_edited_paper_keeps_its_place():
    """A paper in the writer's words is still linked to, searched and filtered, and still has what is cited of it."""
    issue = issues.issue()
    first = next(block for block in issue.blocks if isinstance(block, Paper))
    made = page(edit(issue, Paper, "### My title\n\nMy line."))
    node = next(one for one in made.nodes if one.get("id") == f"p{first.source.number}")

    assert (node.get("data-kind"), node.get("data-topic")) == (
        first.contribution,
        made.named("item")[0].get("data-topic"),
    )
    assert "My title" in made.said(node)
    assert first.line.text not in made.said(node.find(".//*[@class='written find']"))
    assert f"p{first.source.number}s1" in made.ids


@pytest.mark.parametrize(
    "kind", [Block, Section, Paper, Pick, (Paper, Further), (Paper, Further, Pick), Title, Numbers]
)
def test_missing_blocks_are_missed_by_none(kind):
    """Whatever a writer has deleted, the page stands, and no link leads nowhere."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    made = page(without(issues.issue(), *kinds))

    assert_sound(made)
    assert bool(made.named("filters")) is bool(made.named("item"))


@few
@given(st.data())
def test_any_order_will_do(data):
    """Blocks may be moved and repeated as one likes."""
    blocks = issues.issue().blocks
    shuffled = data.draw(st.lists(st.sampled_from(blocks), max_size=2 * len(blocks)))

    assert_sound(page(issues.issue(blocks=tuple(shuffled))))


def test_two_papers_with_one_number_have_two_places():
    """A writer who gave a number twice still gets a place for each paper."""
    issue = issues.issue()
    twice = tuple(
        replace(block, source=replace(block.source, number=1)) if isinstance(block, Paper) else block
        for block in without(issue, Pick).blocks
    )

    assert_sound(page(replace(issue, blocks=twice)))


def test_a_users_templates_go_first(tmp_path):
    """A style in the user's folder replaces ours, and the policy lets it be used."""
    (tmp_path / "web.css.j2").write_text("body { color: {{ light.text }}; }\n")
    made = page(issues.issue(), tmp_path)
    style = made.all("style")[0].text

    assert style == f"body {{ color: {palette.LIGHT.text}; }}"
    assert hashed(style) in made.text.replace("&#39;", "'")
    assert {web.PAGE, web.STYLE, web.SCRIPT} <= set(templates.names())


# How it looks


def test_colours_can_be_told_apart():
    """Text has a contrast of 4.5 to what is behind it, in light and in dark (WCAG 2.2, 1.4.3); controls have 3."""
    style = page(issues.issue()).all("style")[0].text
    pairs = {name: two for name, *two in re.findall(r"--(\w+): light-dark\(#(\w{6}), #(\w{6})\)", style)}
    for scheme in (0, 1):
        for text, behind in [(t, b) for t in ("text", "dim", "accent") for b in ("page", "box", "track")]:
            assert contrast(pairs[text][scheme], pairs[behind][scheme]) >= 4.5, (text, behind, scheme)
        assert contrast(pairs["edge"][scheme], pairs["page"][scheme]) >= 3


def test_charts_tell_what_they_show():
    """A chart has a title, says all of it in words, and its bars are as long as their counts."""
    issue = issues.issue()
    made = page(issue)
    numbers = next(block for block in issue.blocks if isinstance(block, Numbers))
    svg = made.all("svg")[0] if made.all("svg") else made.all(f"{SVG}svg")[0]
    parts = {node.tag.removeprefix(SVG): "".join(node.itertext()) for node in svg}

    assert parts["title"] == "Papers of each topic"
    assert parts["desc"] == "; ".join(f"{bar.label}: {bar.count}" for bar in numbers.topics)


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("short", ["short"]),
        ("", [""]),
        ("Benchmarks and datasets that several papers name", ["Benchmarks and datasets that several", "papers name"]),
        ("word " * 30, ["word word word word word word word word", "word word word word word word word word…"]),
        ("x" * 100, ["x" * 42, "x" * 42 + "…"]),
        ("土" * 30, ["土" * 21, "土" * 9]),
    ],
)
def test_labels_fit_on_a_telephone(label, lines):
    """A label takes at most two lines of 42 cells, parted between words where there are some."""
    [row] = charts.chart([Bar(label.strip(), 3, 1.0)]).rows

    assert [line for _, line in row.lines] == lines


@given(st.lists(st.tuples(hostile.texts, st.integers(0, 9), st.floats(-1, 2)), max_size=5))
def test_bars_stay_inside(bars):
    """Whatever the shares, bars are below each other and no longer than the longest."""
    made = charts.chart([Bar(printable(label), number, share) for label, number, share in bars])
    tops = [row.top for row in made.rows]

    assert all(0 <= float(row.width) <= charts.WIDEST for row in made.rows)
    assert tops == sorted(set(tops))
    assert made.height >= max(tops, default=0) + (charts.BAR if tops else 0)


def test_an_issue_of_nothing():
    """An issue without a block is still a page."""
    empty = Issue(slug="x", subject="Nothing", preheader="", span="", day=None, language="en", blocks=())

    assert_sound(page(empty))
