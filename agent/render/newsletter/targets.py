"""What platforms import: one file each, always as a draft, for somebody to look at and send.

Their mails are templates, so that what an abstract says would be run by them with the data of every reader. Whatever
opens a template there is therefore broken up: in text by a space, in HTML by writing a sign as a reference. Tags that a
writer wants belong on the platform, once the draft is there.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.feeds.entries import UNDATED, entries, legal
from agent.render.newsletter.formats import EXPORTS, Target


def export(
    issue: Issue, target: Target, markdown: str, html: str, text: str = "", folder: Path | None = None
) -> dict[str, str]:
    """Returns the names and contents of the files that a platform imports; none for `plain`.

    `markdown`, `html` and `text` are the issue in these formats, `folder` holds the user's own templates.
    """
    makers: Mapping[Target, Callable[[], str]] = {
        Target.BUTTONDOWN: lambda: buttondown(issue, markdown),
        Target.GHOST: lambda: ghost(issue, folder),
        Target.LISTMONK: lambda: listmonk(issue, html, text),
    }
    return {EXPORTS[target]: makers[target]()} if target in makers else {}


def buttondown(issue: Issue, markdown: str) -> str:
    """Returns an email for the `emails/` folder of Buttondown's command line tool, or to be pasted.

    YAML front matter with `subject`, `status`, `slug`, `description` and the editor mode, then Markdown
    (https://github.com/buttondown/cli: `src/sync/emails.ts`, `src/commands/create-draft.ts`). Its templates are
    Django's, in subject and body (https://docs.buttondown.com/using-templating). Releases before 2026 cut a file at
    every `---`, wherever it stands; so it stands nowhere but around the front matter.
    """
    front = {
        "subject": issue.subject,
        "status": "draft",
        "slug": issue.slug,
        "description": issue.preheader,
        "editor_mode": "plaintext",
    }
    fields = "".join(f"{key}: {_quoted(value)}\n" for key, value in front.items())
    return f"---\n{fields}---\n\n{_undashed(_spaced(_body(markdown)))}"


def ghost(issue: Issue, folder: Path | None = None) -> str:
    """Returns a file for Ghost's importer with one post, a draft.

    `meta` and `data.posts` as of https://docs.ghost.org/migration/custom; the importer turns `html` into the blocks of
    its editor, so that plain headings, paragraphs and lists can be edited there, and the tables of a mail could not.
    In mails Ghost fills in `%%{…}%%`, wherever it stands (`email-renderer.js`, `EMAIL_REPLACEMENT_REGEX`).
    """
    (entry,) = entries(issue, "issues", folder)
    noon = datetime.datetime.combine(issue.day or UNDATED, datetime.time(12), datetime.UTC)
    post = {
        "id": "1",
        "title": _spaced(entry.title)[:255],
        "slug": issue.slug,
        "html": _spaced(entry.content),
        "custom_excerpt": _spaced(entry.summary)[:300],
        "type": "post",
        "status": "draft",
        "visibility": "public",
    }
    meta = {"exported_on": int(noon.timestamp()) * 1000, "version": "6.0.0"}
    return _json({"db": [{"meta": meta, "data": {"posts": [post]}}]})


def listmonk(issue: Issue, html: str, text: str = "") -> str:
    """Returns the body of `POST /api/campaigns`, which makes a draft; whoever sends it fills in `lists`.

    Fields as of https://listmonk.app/docs/apis/campaigns; the body goes into the template of the lists, which brings
    its own frame and the link to unsubscribe, so it is what stands within `<body>`. Subject, body and text are Go
    templates, and `https://…@TrackLink` becomes one (https://listmonk.app/docs/templating; `models/campaigns.go`).
    """
    found = re.search(r"<body[^>]*>(.*)</body\s*>", html, re.DOTALL | re.IGNORECASE)
    campaign = {
        "name": _spaced(f"{issue.publication} {issue.slug}"),
        "subject": _spaced(issue.subject),
        "lists": [],
        "type": "regular",
        "content_type": "html",
        "body": _referenced((found[1] if found else html).strip()),
        "altbody": _spaced(text),
        "messenger": "email",
        "tags": [issue.slug],
    }
    return _json(campaign if text else {key: value for key, value in campaign.items() if key != "altbody"})


def _body(markdown: str) -> str:
    """The Markdown without front matter and without the marks by which an edited draft is read again."""
    return _MARK.sub("", _MARKED_LINE.sub("", _FRONT.sub("", markdown, count=1))).strip() + "\n"


_MARK = re.compile(r"(?<!\\)[ \t]?<!--\s*digest\b[^<>]*-->")
_MARKED_LINE = re.compile(r"^[ \t]*<!--\s*digest\b[^<>]*-->[ \t]*\n\n?", re.MULTILINE)
_FRONT = re.compile(r"\A\ufeff?---\n.*?\n---\n", re.DOTALL)

_BRACE = r"(?:\{|&#0*123;|&#x0*7b;|&lcub;|&lbrace;)"
_OPENING = re.compile(rf"({_BRACE})(?=\\*(?:{_BRACE}|[%#]))|(%\\*%)(?=\\*{_BRACE})", re.IGNORECASE)


def _spaced(text: str) -> str:
    """Text in which nothing opens a template: Django's `{{`, `{%` and `{#`, Go's `{{`, Ghost's `%%{`.

    Backslashes and references count as what they become in HTML, since nobody says whether templates run before or
    after Markdown.
    """
    return _OPENING.sub(lambda found: f"{found[0]} ", text)


def _referenced(html: str) -> str:
    """HTML in which nothing opens a template of Go, or becomes one, and which looks as before."""
    return html.replace("{{", "{&#123;").replace("@TrackLink", "&#64;TrackLink")


def _quoted(value: str) -> str:
    """A value in double quotes, as YAML and JSON both read it, with no `---` in it."""
    return json.dumps(_spaced(legal(value)), ensure_ascii=False).replace("---", r"\x2d\x2d\x2d")


def _undashed(markdown: str) -> str:
    """Markdown that reads the same and has no three hyphens in a row."""
    lines = markdown.split("\n")
    return "\n".join(_short(line, before) for before, line in zip(["", *lines], lines, strict=False))


def _short(line: str, before: str) -> str:
    if not line.strip(" -") and "---" in line:
        # A rule where a paragraph has ended; under a line of text it makes that a heading.
        return "--" if before.strip() else "***"
    if "|" in line and not line.strip(" |:-"):
        return re.sub("-{3,}", "--", line)
    line = re.sub(r"https?://\S*", lambda found: found[0].replace("---", "%2D%2D%2D"), line)
    return re.sub("-(?=--)", r"-\\", line)


def _json(value: Any) -> str:
    return f"{legal(json.dumps(value, ensure_ascii=False, indent=2))}\n"
