import json
import re
from typing import Literal

import html5lib
import jinja2
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict

from agent.render.newsletter import mail, markdown, plain
from agent.render.newsletter.formats import Target
from agent.render.newsletter.targets import buttondown, export, ghost, listmonk
from tests.render.newsletter import issues

PIECES = [
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "%", "#", "%%{", "}%%", "\\", "&#123;", "&lcub;", "&#x7B;",
    "{{ subscriber.email }}", "{% if x %}", '{{ .Subscriber.Email }}', "%%{uuid}%%", "@TrackLink",
    'https://a" | printf "x@TrackLink', "---", "--", "-----", " - - -", "|---|", "\n", "*", "<!--", "-->",
    "<!-- digest t:1#1 -->", "`", " ", "a", ":", '"', "'", "]", "(",
]  # fmt: skip
templates = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)

# What listmonk takes for templates: models/campaigns.go and models/models.go. Texts without braces it leaves alone.
LISTMONK_BODY, LISTMONK_TEXT = r"\{\{|@TrackLink", r"\{\{"
# How Ghost finds what it fills in: email-renderer.js.
GHOST = r"%%\{(.*?)\}%%"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Post(Part):
    """As https://docs.ghost.org/migration/custom has it, as far as we write it."""

    id: str
    title: str
    slug: str
    html: str
    custom_excerpt: str
    type: Literal["post"]
    status: Literal["draft"]
    visibility: Literal["public"]


class Data(Part):
    posts: list[Post]


class Meta(Part):
    exported_on: int
    version: Literal["6.0.0"]


class Export(Part):
    meta: Meta
    data: Data


class GhostFile(Part):
    db: list[Export]


class Campaign(Part):
    """As https://listmonk.app/docs/apis/campaigns has it."""

    name: str
    subject: str
    lists: list[int]
    type: Literal["regular"]
    content_type: Literal["html"]
    body: str
    altbody: str | None = None
    messenger: Literal["email"]
    tags: list[str]


def front_and_body(text):
    """What Buttondown's tool reads: its releases before 2026 split at any `---`, later ones at lines of it."""
    old = text.split("---")
    new = re.match(r"^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)", text)
    assert len(old) == 3
    assert (yaml.safe_load(old[1]), old[2].strip()) == (yaml.safe_load(new[1]), text[new.end() :].strip())
    return yaml.safe_load(old[1]), old[2].strip()


def runs_nothing(text):
    """Whether a template engine with `{{`, `{%` and `{#` finds nothing to run, as text and once it is HTML."""
    shown = (text, MarkdownIt("commonmark", {"html": True}).render(text))
    engine = jinja2.Environment(autoescape=True, keep_trailing_newline=True)
    return all(list(engine.lex(one)) in ([], [(1, "data", one)]) for one in shown)


def read(html):
    """The text of a page, as one reads it."""
    return " ".join("".join(html5lib.parse(html, namespaceHTMLElements=False).find("body").itertext()).split())


def hostile(text):
    made = issues.newsletter()
    digest = made.digest.model_copy(
        update={"papers": tuple(one.model_copy(update={"title": text}) for one in made.digest.papers)}
    )
    entries = tuple(
        one.model_copy(update={"label": text, "overview": ()}) for one in made.sections
    )  # fmt: skip
    return issues.issue(
        made.model_copy(update={"digest": digest, "sections": entries, "subject": text, "preheader": text})
    )


def test_a_plain_target_needs_no_further_file():
    """`plain` gives nothing, each other target one file."""
    made = issues.issue()
    files = {target: list(export(made, target, "", "")) for target in Target}

    assert files == {
        "plain": [],
        "buttondown": ["buttondown.md"],
        "ghost": ["ghost.json"],
        "listmonk": ["listmonk.json"],
    }


def test_buttondown_reads_the_draft():
    """Subject, slug, description and status are read, the body is the issue, and none of our marks is in it."""
    made = issues.issue()
    front, body = front_and_body(buttondown(made, markdown.issue(made, None)))

    assert front == {
        "subject": made.subject,
        "status": "draft",
        "slug": "2025-w12",
        "description": made.preheader,
        "editor_mode": "plaintext",
    }
    assert body.startswith("**17–23 March 2025**\n\nSoil hides most of what lives in it [1,2]. Rootlight reconstructs")
    assert "## Life in the soil" in body
    assert "<!--" not in body
    assert "\n\n\n" not in body


def test_what_a_writer_marks_off_stays_marked_off():
    """Rules, headings, tables and dashes of a writer mean the same without three hyphens in a row."""
    mine = "Title\n---\n\nText --- more\n\n---\n\n| a | b |\n|---|:---:|\n| 1 | 2 |\n\n<https://x.org/a---b>\n"
    read = MarkdownIt("commonmark").enable("table").render
    _, body = front_and_body(buttondown(issues.issue(), f"---\ntitle: x\n---\n\n{mine}"))

    assert read(body).replace("%2D", "-") == read(mine)


def test_ghost_reads_the_draft():
    """The post has the issue as plain HTML, which Ghost makes editable, and is a draft of the issue's day."""
    made = issues.issue()
    (whole,) = GhostFile.model_validate_json(ghost(made)).db
    (post,) = whole.data.posts
    tags = {one.tag for one in html5lib.parseFragment(post.html, namespaceHTMLElements=False).iter()}

    assert (post.title, post.slug, post.custom_excerpt) == (made.subject, "2025-w12", made.preheader)
    assert tags == {"DOCUMENT_FRAGMENT", "p", "a", "h2", "h3", "ul", "li", "em", "strong"}
    assert whole.meta.exported_on == 1_742_731_200_000


def test_listmonk_reads_the_draft():
    """The campaign has what stands in the body of the mail, with its styles, and the text beside it."""
    made = issues.issue()
    page, text = mail.page(made).html, plain.text(made)
    campaign = Campaign.model_validate_json(listmonk(made, page, text))

    assert (campaign.name, campaign.subject) == ("Soil Weekly 2025-w12", made.subject)
    assert campaign.altbody == text
    assert read(campaign.body) == read(page)
    assert "style=" in campaign.body
    assert "<head" not in campaign.body


def test_an_issue_without_days_is_exported():
    """A window without days gives the same file every time, too."""
    made = issues.issue(day=None)

    assert ghost(made) == ghost(made)
    assert json.loads(ghost(made))["db"][0]["meta"]["exported_on"] == 43_200_000


@settings(max_examples=10)
@given(templates)
def test_nothing_becomes_a_template(text):
    """Whatever titles, topics, subject and preheader say, no platform runs any of it."""
    made = hostile(text)
    front, body = front_and_body(buttondown(made, markdown.issue(made, None)))
    page = mail.page(made).html
    campaign = Campaign.model_validate_json(listmonk(made, page, plain.text(made)))
    post = GhostFile.model_validate_json(ghost(made)).db[0].data.posts[0]

    assert all(map(runs_nothing, (front["subject"], front["description"], body)))
    assert not re.search(LISTMONK_BODY, campaign.body)
    assert not any(re.search(LISTMONK_TEXT, one) for one in (campaign.subject, campaign.altbody, campaign.name))
    assert read(campaign.body) == read(page)
    for said in (post.title, post.html, post.custom_excerpt, read(post.html)):
        assert not re.search(GHOST, said)


@settings(max_examples=60)
@given(templates)
def test_nothing_that_a_writer_keeps_becomes_a_template(text):
    """An edited block may hold an abstract's words unescaped; they are not run either, before or after Markdown."""
    _, body = front_and_body(buttondown(issues.issue(), f"---\ntitle: x\n---\n\n{text}"))

    assert runs_nothing(body)
