import datetime
import json
import re
from dataclasses import replace
from typing import Annotated, Any, Literal
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AnyUrl, BaseModel, ConfigDict, Field, StringConstraints

from agent import marks
from agent.errors import StorageError
from agent.render.newsletter import feeds
from agent.render.newsletter.feeds import check
from agent.render.newsletter.feeds.entries import MOST
from agent.render.newsletter.merging import Note
from tests.render import hostile
from tests.render.newsletter import issues


def atom(*given, **more):
    return feeds.atom(*given, **more).text


def json_feed(*given, **more):
    return feeds.json_feed(*given, **more).text


ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://news.example.org/soil"
FORMATS = pytest.mark.parametrize("make", [atom, json_feed])
KINDS = pytest.mark.parametrize("of", ["issues", "papers"])

RFC3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
Text = Annotated[str, StringConstraints(min_length=1)]
Moment = Annotated[str, StringConstraints(pattern=f"^{RFC3339}$")]


class Part(BaseModel):
    """Of a JSON Feed, as https://www.jsonfeed.org/version/1.1/ has it; names of extensions begin with `_`."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Author(Part):
    name: Text | None = None
    url: AnyUrl | None = None
    avatar: AnyUrl | None = None


class Item(Part):
    id: Text
    url: AnyUrl | None = None
    external_url: AnyUrl | None = None
    title: Text | None = None
    content_html: str | None = None
    content_text: Text | None = None
    summary: Text | None = None
    date_published: Moment | None = None
    date_modified: Moment | None = None
    authors: list[Author] | None = None
    tags: list[Text] | None = None
    language: Text | None = None
    digest: dict[str, Any] | None = Field(None, alias="_digest")

    def model_post_init(self, _: Any) -> None:
        assert self.content_html is not None or self.content_text is not None


class JsonFeed(Part):
    version: Literal["https://jsonfeed.org/version/1.1"]
    title: Text
    home_page_url: AnyUrl | None = None
    feed_url: AnyUrl | None = None
    description: Text | None = None
    authors: list[Author] | None = None
    language: Text | None = None
    items: list[Item]
    digest: dict[str, Any] = Field(alias="_digest")


def checked_json(text):
    """The feed, after a look at everything that the specification asks for."""
    feed = JsonFeed.model_validate_json(text)
    assert len({item.id for item in feed.items}) == len(feed.items)
    return json.loads(text)


def checked_atom(text):
    """The root, after a look at the MUSTs of RFC 4287 that concern what we write."""
    root = ElementTree.fromstring(text)  # noqa: S314  what we wrote ourselves, without a document type
    assert root.tag == f"{ATOM}feed"
    for one in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(ATOM + name)) == 1, name  # sections 4.1.1 and 4.1.2
            assert one.findtext(ATOM + name), name
        for name in ("generator", "logo", "icon", "subtitle", "rights", "published", "summary", "content"):
            assert len(one.findall(ATOM + name)) < 2, name
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in one.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        assert len(set(alternates)) == len(alternates)
        assert one.find(f"{ATOM}content") is not None or alternates or one is root
    assert root.find(f"{ATOM}author") is not None or all(e.find(f"{ATOM}author") for e in root.iter(f"{ATOM}entry"))
    assert all(one.findtext(f"{ATOM}name") for one in root.iter(f"{ATOM}author"))
    for name in ("updated", "published"):
        assert all(re.fullmatch(RFC3339, one.text) for one in root.iter(ATOM + name))  # section 3.3
    for one in root.iter(f"{ATOM}link"):
        assert re.match("https?://", one.get("href"))
    assert all(one.get("term") is not None for one in root.iter(f"{ATOM}category"))
    keys = [one.findtext(f"{ATOM}id") for one in (root, *root.iter(f"{ATOM}entry"))]
    assert len(set(keys)) == len(keys)
    # RFC 4151, and with it an absolute IRI.
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w.~%/-]+", key) for key in keys)
    return root


def titles(text):
    return [entry.title for entry in feedparser.parse(text).entries] if "<feed" in text else [
        item["title"] for item in json.loads(text)["items"]
    ]  # fmt: skip


@KINDS
@pytest.mark.parametrize(
    "site", ["", SITE, f"{SITE}/ü?x=1&y=<2>", "https://müller.example:8080", "javascript:alert(1)"]
)
def test_feeds_are_valid(of, site):
    """Whether it is known where the issues are published or not: feedparser, RFC 4287 and JSON Feed 1.1 agree."""
    made = issues.issue(site=site, author="Ada <ada@example.org>")
    text = atom(made, of=of)
    read = feedparser.parse(text)

    assert not read.bozo
    assert read.version == "atom10"
    assert checked_atom(text).findtext(f"{ATOM}author/{ATOM}name") == read.feed.author == "Ada"
    assert checked_json(json_feed(made, of=of))["authors"] == [{"name": "Ada"}]
    assert len(read.entries) == (1 if of == "issues" else 5)


def test_an_issue_that_is_empty_is_valid():
    """A writer may take everything out, and both feeds still have a valid entry."""
    made = issues.issue(blocks=(), preheader="")

    assert len(checked_atom(atom(made)).findall(f"{ATOM}entry")) == 1
    assert len(checked_json(json_feed(made))["items"]) == 1


def test_an_entry_tells_of_the_issue():
    """Its title is the subject, its summary the preheader, its content the issue, its link where it is published."""
    made = issues.issue(site=SITE)
    (entry,) = feedparser.parse(atom(made)).entries
    (item,) = json.loads(json_feed(made))["items"]

    assert (entry.title, entry.summary) == (item["title"], item["summary"]) == (made.subject, made.preheader)
    assert entry.link == item["url"] == f"{SITE}/2025-w12"
    assert entry.published == item["date_published"] == "2025-03-23T12:00:00Z"
    for label in ("Editor’s picks", "Life in the soil", "By the numbers", "Since the week before"):
        assert f"<h2>{label}</h2>" in entry.content[0].value
        assert f"<h2>{label}</h2>" in item["content_html"]


def test_an_entry_tells_of_a_paper():
    """With papers, an entry has the title, the line and the result, a link to the paper, and its topic."""
    made = issues.issue(site=SITE)
    entry = feedparser.parse(atom(made, of="papers")).entries[0]
    item = json.loads(json_feed(made, of="papers"))["items"][0]

    assert entry.title == item["title"]
    assert entry.title.startswith("Rootlight: Mapping")
    assert entry.link == item["url"] == "https://example.org/abs/1"
    assert [tag.term for tag in entry.tags] == ["2025-w12", "Life in the soil"]
    assert item["tags"] == ["Life in the soil"]
    for said in ("without destroying the plot", "It is 12.5% better.", 'href="https://example.org/rootlight"'):
        assert said in entry.content[0].value


def test_a_paper_that_is_only_named_has_an_entry_too():
    """It comes behind those in full, with its title, TL;DR, links and topic, until the writer takes it off the list."""
    made = issues.issue()
    *_, item = json.loads(json_feed(made, of="papers"))["items"]
    (named,) = [block for block in made.blocks if block.key == "further:Life in the soil"]
    lists = {"the same": named.sources[0].paper_id, "another": "t:none"}
    left = {
        kind: len(
            titles(json_feed(replace(made, blocks=(replace(named, edited=f"- {marks.of_paper(key)}"),)), of="papers"))
        )
        for kind, key in lists.items()
    }

    assert item["title"] == named.sources[0].heading.whole
    assert item["tags"] == ["Life in the soil"]
    assert item["summary"] == named.told[named.sources[0].paper_id].text
    assert item["summary"] in item["content_html"]
    assert "<li>" not in item["content_html"]
    assert left == {"the same": 1, "another": 0}
    assert (
        "summary" not in json.loads(json_feed(issues.issue(issues.newsletter(language="de")), of="papers"))["items"][-1]
    )


def test_what_the_writer_wrote_is_what_the_feed_says():
    """A block that was edited stands in the feed as the writer's Markdown, and instead of ours."""
    made = issues.issue()
    edited = tuple(replace(block, edited="## Mine\n\nMy *own* words.") for block in made.blocks)
    content = json.loads(json_feed(replace(made, blocks=edited[:1])))["items"][0]["content_html"]

    assert content == "<h2>Mine</h2>\n<p>My <em>own</em> words.</p>"


def test_a_paper_comes_with_what_the_writer_put_below_it():
    """A text between two papers is told with the first of them; one that ends a section is with none."""
    made = issues.issue()
    shown = list(made.blocks)
    for key, text in (("paper:t:1", "My *own* words."), ("further:Life in the soil", "The end.")):
        at = next(at for at, block in enumerate(shown) if block.key == key)
        shown.insert(at + 1, Note(key="", edited=text))
    items = json.loads(json_feed(replace(made, blocks=tuple(shown)), of="papers"))["items"]

    assert [item["content_html"].count("My <em>own</em> words.") for item in items] == [1, 0, 0, 0, 0]
    assert not any("The end." in item["content_html"] for item in items)


@FORMATS
@KINDS
def test_the_same_issue_changes_nothing(make, of):
    """A second run writes the same bytes, and so does one from nothing."""
    made = issues.issue(site=SITE)

    assert make(made, make(made, of=of), of) == make(made, of=of) == make(made, "\n", of)


@FORMATS
@KINDS
def test_other_issues_stay(make, of):
    """Issues come in the order of their days, newest first, however they were added; each is there once."""
    new, old = issues.issue(), issues.earlier()
    (both, swapped) = make(new, make(old, of=of), of), make(old, make(new, of=of), of)

    if of == "issues":
        assert titles(both) == titles(swapped) == [new.subject, old.subject]
        changed = make(replace(new, subject="Changed"), both)
        assert titles(changed) == ["Changed", old.subject]
    else:
        # The same papers in both: each is there once, with the issue that was written last.
        assert len(titles(both)) == len(titles(swapped)) == 5


@FORMATS
def test_a_paper_that_the_writer_took_out_goes(make):
    """With papers, those of the same issue are replaced as a whole; those of other issues stay."""
    made = issues.issue()
    other = replace(issues.earlier(), blocks=tuple(replace(b, source=replace(b.source, paper_id="t:77"))
                    for b in made.blocks if b.key == "paper:t:1"))  # fmt: skip
    fewer = replace(made, blocks=tuple(block for block in made.blocks if block.key != "paper:t:3"))
    before = make(made, make(other, of="papers"), "papers")

    assert len(titles(before)) == 6
    assert titles(make(fewer, before, "papers")) == [one for one in titles(before) if not one.startswith("PhoneTail")]


@FORMATS
@KINDS
def test_ids_stay_where_the_site_changes(make, of):
    """A reader sees no entry twice when the newsletter moves to another address."""
    made = issues.issue(site=SITE)
    before = make(made, of=of)
    after = make(replace(made, site="https://elsewhere.example"), before, of)
    ids = re.compile(r"tag:[^<\"\s]+/(?:issue|paper)/[^<\"\s]+")

    assert ids.findall(after) == ids.findall(before)
    assert "https://elsewhere.example/feed" in after
    assert "news.example.org/soil" not in after


def full(make, of, text=""):
    """A feed with as many entries of ours as it holds, a day each from 1990 on, some of the other kind before them, and
    one of another program behind."""
    there = make(issues.earlier(), of="issues" if of == "papers" else "papers")
    days = [datetime.date(1990, 1, 1) + datetime.timedelta(n) for n in range(MOST[of[:-1]])][::-1]
    ids = [f"tag:digest.invalid,1990-01-01:digest/{of[:-1]}/{day}" for day in days] + ["tag:example.org,1980:hand"]
    known = [(key, f"{day}T12:00:00Z") for key, day in zip(ids, [*days, "1980-01-01"], strict=True)]
    if make is atom:
        entries = [f"<entry><id>{key}</id><title>{key}</title><updated>{when}</updated></entry>" for key, when in known]
        return there.replace("</feed>", "".join(entries) + "</feed>")
    items = [{"id": key, "title": key, "content_text": "Text", "date_published": when} for key, when in known]
    return json.dumps(json.loads(there) | {"items": [*json.loads(there)["items"], *items]})


@FORMATS
@KINDS
def test_the_newest_stay(make, of):
    """A full feed holds what is new, entries of others and of the other kind, and no more of ours; it tells how many
    went, and the same run after that lets none go."""
    whole = feeds.atom if make is atom else feeds.json_feed
    made, before = issues.issue(), full(make, of)
    text, aged = whole(made, before, of)

    new = titles(make(made, of=of))
    *known, foreign = titles(before)
    assert aged == len(new)
    assert titles(text) == [*new, *known[: -len(new)], foreign]
    assert len(known) > MOST[of[:-1]]
    assert whole(made, text, of) == (text, 0)


@FORMATS
@KINDS
def test_an_issue_older_than_all_that_there_is_room_for_is_counted(make, of):
    """An old issue that is made once more changes nothing in a full feed, and that is told each time."""
    whole = feeds.atom if make is atom else feeds.json_feed
    old, before = issues.issue(day=datetime.date(1989, 1, 1)), full(make, of)
    first = whole(old, before, of)

    assert first.aged == len(titles(make(old, of=of)))
    assert titles(first.text)[-len(titles(before)) + 1 :] == titles(before)[-len(titles(before)) + 1 :]
    assert whole(old, first.text, of) == first


@FORMATS
def test_an_issue_without_days_is_last(make):
    """An issue of a window without days has a valid date that is always the same, and goes behind the others."""
    made = make(issues.issue(slug="all", subject="All", day=None), make(issues.issue()))

    assert titles(made) == [issues.issue().subject, "All"]
    assert checked_atom(made) if make is atom else checked_json(made)
    assert titles(make(issues.earlier(), made))[-1] == "All"


def test_what_somebody_put_into_the_atom_feed_stays_byte_for_byte():
    """Entries, comments, extensions and instructions of others stay as they are written, and in their places."""
    foreign = (
        "<entry xmlns:m='http://example.org/m'  ><title type=\"xhtml\">"
        '<div xmlns="http://www.w3.org/1999/xhtml">Hand&#x2d;made &amp; <b>odd</b> ]]&gt;</div></title>'
        "<id>tag:example.org,2025:hand</id><updated>2025-03-20T09:00:00+02:00</updated>"
        "<content type='text'><![CDATA[<feed>]]></content><m:x y='>'/></entry>\n"
        "  <!-- by hand -->\n  <logo>l.png</logo>"
    )
    before = atom(issues.earlier()).replace("<entry", f"{foreign}\n  <entry", 1)
    before = before.replace("?>", '?>\n<?xml-stylesheet href="feed.xsl"?>', 1)
    after = atom(issues.issue(), before)

    assert foreign in after
    assert '?>\n<?xml-stylesheet href="feed.xsl"?>\n<feed' in after
    assert titles(after) == [issues.issue().subject, "Hand-made &amp; <b>odd</b> ]]&gt;", "Peat, mostly"]
    assert atom(issues.issue(), after) == after
    assert feedparser.parse(after).feed.updated == "2025-03-23T12:00:00Z"


def test_what_somebody_put_into_the_json_feed_stays():
    """Items and fields of others keep every value, also those that the specification does not know."""
    feed = json.loads(json_feed(issues.earlier()))
    foreign = {
        "id": 7,
        "title": "Hand-made",
        "_x": [1.5, None, "\ud800"],
        "date_published": "2025-03-20T09:00:00+02:00",
    }
    before = json.dumps(feed | {"icon": "i.png", "items": [foreign, *feed["items"]]})
    after = json_feed(issues.issue(), before)
    read = json.loads(after)

    assert read["icon"] == "i.png"
    assert read["items"][1] == foreign
    assert titles(after) == [issues.issue().subject, "Hand-made", "Peat, mostly"]
    assert json_feed(issues.issue(), after) == after
    after.encode()


@FORMATS
@KINDS
def test_lines_that_end_with_crlf_go_on_doing_so(make, of):
    """What another program saved with CRLF keeps it, its entries stay byte for byte, and so does a second run."""
    before = make(issues.earlier(blocks=issues.earlier().blocks[:1]), of="issues").replace("\n", "\r\n")
    after = make(issues.issue(), before, of)
    entry = re.search(r"<entry.*</entry>" if make is atom else r'\{\s+"id".*?"_digest": \{[^}]*\}', before, re.DOTALL)

    assert re.findall(r"(?<!\r)\n", after) == []
    assert entry[0] in after
    assert make(issues.issue(), after, of) == after
    assert after.replace("\r", "") == make(issues.issue(), before.replace("\r", ""), of)


@FORMATS
@KINDS
def test_an_address_of_the_writers_makes_no_second_entry(make, of):
    """An issue stays one and the same whatever its slug becomes; only its address is the writer's."""
    made = issues.issue(site=SITE)
    again = replace(made, slug="all-about-soil", key=made.slug)
    before = make(made, make(issues.earlier(), of=of), of)
    after = make(again, before, of)

    ids = re.compile(r"tag:[^<\"\s]+/(?:issue|paper)/[^<\"\s]+")
    assert ids.findall(after) == ids.findall(before)
    assert make(made, after, of) == before
    if of == "issues":
        assert ("/soil/all-about-soil" in after, "/soil/2025-w12" in after) == (True, False)


def test_a_declared_encoding_becomes_the_one_that_is_written():
    """A feed that another program saved as Latin-1 says UTF-8 afterwards, which is what it is then."""
    before = "\ufeff" + atom(issues.earlier()).replace('encoding="utf-8"', "encoding='ISO-8859-1'")

    assert atom(issues.issue(), before).startswith('<?xml version="1.0" encoding="utf-8"?>\n<feed')


LAUGHS = '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
GOOD, GOOD_JSON = atom(issues.issue()), json_feed(issues.issue())
REFUSED = {
    "cut off": (atom, GOOD[:-20], r"line \d+"),
    "no XML": (atom, "Dear reader,", "line 1"),
    "not closed": (atom, GOOD.replace("</title>", "", 1), "mismatched tag"),
    "entities": (atom, GOOD.replace("<feed", f"{LAUGHS}<feed"), "document type"),
    "entities without declaration": (atom, GOOD.replace("Soil", "&nbsp;"), "undefined entity"),
    "RSS": (atom, '<rss version="2.0"><channel/></rss>', "not an Atom feed"),
    "a page": (atom, "<html xmlns='http://www.w3.org/1999/xhtml'/>", "not an Atom feed"),
    "no namespace": (atom, GOOD.replace(' xmlns="http://www.w3.org/2005/Atom"', ""), "not an Atom feed"),
    "prefixes": (atom, '<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>', "prefix"),
    "another's": (atom, GOOD.replace(":digest/feed", ":blog"), "not one of digest"),
    "nothing in it": (atom, '<feed xmlns="http://www.w3.org/2005/Atom"/>', "not one of digest"),
    "a control character": (atom, GOOD.replace("Soil", "\x08"), "not well-formed"),
    "half a character": (atom, GOOD.replace("Soil", "\ud800"), "UTF-8"),
    "JSON cut off": (json_feed, GOOD_JSON[:-20], "cannot be read as JSON"),
    "no JSON": (json_feed, "Dear reader,", "cannot be read as JSON"),
    "a list": (json_feed, "[]", "not a JSON Feed"),
    "another version": (json_feed, '{"version": "https://example.org/2", "items": []}', "not a JSON Feed"),
    "no items": (json_feed, '{"version": "https://jsonfeed.org/version/1.1", "items": {}}', "no list"),
    "items that are none": (json_feed, '{"version": "https://jsonfeed.org/version/1", "items": [1]}', "no list"),
    "another's JSON": (json_feed, GOOD_JSON.replace("_digest", "_blog"), "not one of digest"),
    "a number without end": (json_feed, GOOD_JSON.replace('"items"', '"_x": 1e999, "items"'), "1e999"),
    "no number": (json_feed, GOOD_JSON.replace('"items"', '"_x": NaN, "items"'), "NaN"),
    "very deep": (json_feed, "[" * 100_000, "cannot be read as JSON"),
    "half a character in JSON": (json_feed, GOOD_JSON.replace("Soil", "\ud800"), "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "there", "why"), REFUSED.values(), ids=list(REFUSED))
def test_a_damaged_or_foreign_feed_is_left_alone(make, there, why):
    """What cannot be updated is told with its place, the reason and what to do, and nothing is made of it."""
    with pytest.raises(StorageError, match=rf"^out/feed: .*{why}") as told:
        make(issues.issue(), there, place="out/feed")
    assert "left as it is" in told.value.hint
    with pytest.raises(StorageError, match=rf"^out/feed: .*{why}"):
        check(there, "atom" if make is atom else "jsonfeed", "out/feed")


def test_a_feed_that_can_be_updated_passes():
    """A feed of ours raises nothing, and neither does an empty file."""
    for text in (GOOD, "\n"):
        check(text, "atom", "x")
    for text in (GOOD_JSON, "\n"):
        check(text, "jsonfeed", "x")


@settings(max_examples=25)
@given(hostile.texts, st.sampled_from(["issues", "papers"]))
def test_whatever_is_said_the_feeds_are_valid(text, of):
    """Any text in any field: both feeds are valid, can be updated, and show the text without controls."""
    made = issues.newsletter(hostile.digest(text), subject=text, preheader=text, closing=text, intro=())
    laid = issues.issue(made, site=f"https://x.example/{text}", author=text, publication=text, language=text)
    laid = replace(laid, subject=laid.subject or "x")
    kept = issues.earlier()

    for make, checked in ((atom, checked_atom), (json_feed, checked_json)):
        whole = make(laid, make(kept, of=of), of)
        checked(whole)
        whole.encode()
        assert make(laid, whole, of) == whole
    assert not feedparser.parse(atom(laid, of=of)).bozo


@settings(max_examples=20)
@given(st.dates(), st.dates())
def test_newest_first_whatever_the_days(one, other):
    """Any two issues stand in the order of their days, whichever was written first."""
    first, second = issues.issue(slug="a", day=one, blocks=()), issues.issue(slug="b", day=other, blocks=())
    for make in (atom, json_feed):
        days = [
            datetime.date.fromisoformat(day)
            for day in re.findall(r'ublished"?[>:] ?"?([\d-]+)T', make(second, make(first)))
        ]
        assert days == sorted(days, reverse=True)
