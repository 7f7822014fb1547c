"""What a feed says, before its format: entries with ids that stay, dates, and content as HTML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urlsplit

from agent import marks
from agent.errors import StorageError
from agent.render.cited import Source
from agent.render.newsletter import blocks, edited, templates
from agent.render.newsletter.blocks import Block, Issue
from agent.render.newsletter.order import below
from agent.render.safe import web

Of = Literal["issues", "papers"]

NOWHERE = "digest.invalid"
"""The authority of ids while it is not known where the issues are published; RFC 2606 keeps the name free."""

UNDATED = datetime.date(1970, 1, 1)
"""Atom wants a date of every entry; an issue of a window without days gets this one, behind all others."""

MOST = {"issue": 52, "paper": 1000}
"""Entries of ours that a feed holds: a year of weeks, about a megabyte. Who reads feeds has seen what is older."""


class Renewed(NamedTuple):
    """A feed with an issue in it."""

    text: str
    aged: int
    """Entries of ours for which it has no room any more."""


@dataclass(frozen=True)
class Entry:
    """What a feed says of an issue or of a paper; every text is fit for XML 1.0."""

    name: str
    """What its id ends with: `issue/2025-w12`, `paper/arxiv%3A2403.01234`."""
    issue: str
    """What the issue is known by that it comes from."""
    title: str
    summary: str
    content: str
    """HTML."""
    link: str
    """Empty where there is none."""
    tags: tuple[str, ...]
    moment: datetime.datetime
    """Noon UTC of the issue's day."""
    dated: bool


def entries(issue: Issue, of: Of, folder: Path | None) -> tuple[Entry, ...]:
    """Returns the entries of an issue, each with a name of its own."""
    if of == "issues":
        return (_whole(issue, folder),)
    made: dict[str, Entry] = {}
    for at, block in enumerate(issue.blocks):
        if isinstance(block, blocks.Paper) and block.source.paper_id not in made:
            made[block.source.paper_id] = _paper(issue, block, below(issue.blocks, at), folder)
    labels = {block.topic_id: block.label for block in issue.blocks if isinstance(block, blocks.Section)}
    for block in issue.blocks:
        if isinstance(block, blocks.Further):
            named = {one.paper_id: one for one in _listed(block) if one.paper_id not in made}
            made |= {key: _named(issue, block, one, labels, folder) for key, one in named.items()}
    return tuple(made.values())


def aged(made: Iterable[Entry], others: Iterable[tuple[str, datetime.datetime | None]]) -> frozenset[str]:
    """Returns the names of the entries for which a feed has no room; `others` are the names and moments of older ones.

    Of each kind the newest stay. Entries without a name of ours are none of them.
    """
    ours = [*((entry.name, entry.moment) for entry in made), *((name, when or _NEVER) for name, when in others)]
    ours.sort(key=lambda one: one[1], reverse=True)
    kinds = {kind: [name for name, _ in ours if name.startswith(f"{kind}/")] for kind in MOST}
    return frozenset(name for kind, names in kinds.items() for name in names[MOST[kind] :])


def title(issue: Issue) -> str:
    """Returns the title of the feed."""
    return legal(issue.publication) or "Digest"


def author(issue: Issue) -> str:
    """Returns who writes it, without an address of mail; RFC 4287, section 4.1.1, wants somebody."""
    name, address = parseaddr(legal(issue.author))
    return name or ("" if "@" in address else legal(issue.author)) or title(issue)


def language(issue: Issue) -> str:
    """Returns the language, BCP 47."""
    return legal(issue.language) or "en"


def site(issue: Issue) -> str:
    """Returns where the issues are published; empty where that is not known, or no address of the web."""
    return _iri(legal(issue.site)).rstrip("/")


def mint(name: str, issue: Issue) -> str:
    """Returns a new id: a tag URI (RFC 4151) of the site's host and the issue's day."""
    return f"tag:{_authority(site(issue))},{issue.day or UNDATED}:digest/{name}"


def name_of(key: str) -> str:
    """Returns the name in an id of ours; it stays where the host changes. Empty for ids of others."""
    found = re.fullmatch(r"tag:[^,:\s]+,[\d-]+:digest/(\S+)", key.strip())
    return found[1] if found else ""


def moment(text: object) -> datetime.datetime | None:
    """Returns the time that an RFC 3339 date names; None for anything else."""
    try:
        found = datetime.datetime.fromisoformat(str(text).strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def rfc3339(when: datetime.datetime) -> str:
    """Returns a time of UTC as feeds write it."""
    return when.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def legal(text: str) -> str:
    """Returns text without what XML 1.0 has no place for (section 2.2), lone surrogates among it."""
    return _ILLEGAL.sub("", text)


def line_end(earlier: str) -> str:
    """Returns with what the lines of a feed end: CRLF where its first one does."""
    return "\r\n" if earlier.partition("\n")[0].endswith("\r") else "\n"


def refused(place: str, why: str) -> StorageError:
    """Returns what is told of a feed that cannot be updated."""
    hint = "It is left as it is. Mend it, or move it away and a new one is made; or name another folder with -o."
    return StorageError(f"{place}: {why}.", hint)


_NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _whole(issue: Issue, folder: Path | None) -> Entry:
    home = site(issue)
    return Entry(
        name=f"issue/{quote(issue.identity, safe='')}",
        title=legal(issue.subject),
        summary=legal(issue.preheader),
        content=_html(folder, blocks=issue.blocks, alone=False),
        link=f"{home}/{quote(issue.slug, safe='')}" if home else "",
        tags=(),
        **_common(issue),
    )


def _paper(issue: Issue, block: blocks.Paper, notes: Iterable[Block], folder: Path | None) -> Entry:
    return Entry(
        name=_name(block.source),
        title=legal(block.source.heading.whole),
        summary=legal(block.line.text),
        content=_html(folder, blocks=(block, *notes), alone=True),
        link=_iri(legal(_page(block.source))),
        tags=(legal(block.topic),) if block.topic else (),
        **_common(issue),
    )


def _listed(block: blocks.Further) -> Sequence[Source]:
    """The papers that a list names, but for those that the writer took out of it."""
    if block.edited is None:
        return block.sources
    there = set(marks.papers(block.edited))
    return [one for one in block.sources if one.paper_id in there]


def _named(
    issue: Issue, block: blocks.Further, source: Source, labels: Mapping[str, str], folder: Path | None
) -> Entry:
    """A paper that the issue only names; what the writer made of the list is not about one of them."""
    line, label = block.told.get(source.paper_id), labels.get(block.topic_id)
    return Entry(
        name=_name(source),
        title=legal(source.heading.whole),
        summary=legal(line.text) if line else "",
        content=_html(folder, blocks=(replace(block, sources=(source,), edited=None),), alone=True),
        link=_iri(legal(_page(source))),
        tags=(legal(label),) if label else (),
        **_common(issue),
    )


def _name(source: Source) -> str:
    return f"paper/{quote(source.paper_id, safe='', errors='surrogatepass')}"


def _common(issue: Issue) -> Mapping[str, Any]:
    noon = datetime.time(12, tzinfo=datetime.UTC)
    return {
        "issue": legal(issue.identity),
        "moment": datetime.datetime.combine(issue.day or UNDATED, noon),
        "dated": issue.day is not None,
    }


def _html(folder: Path | None, **values: Any) -> str:
    return legal(templates.render("feed.html.j2", folder, as_html=edited.as_html, page=_page, **values)).strip()


def _page(source: Source) -> str:
    """The paper's own page, or whatever it has."""
    pages = [link.url for link in source.links if "paper" in link.label.split(" + ")]
    return next(iter((*pages, *(link.url for link in source.links))), "")


def _iri(address: str) -> str:
    """The address with what has no place in a path percent-encoded (RFC 3987); empty where it has no host."""
    found = re.match(
        r"(https?://(?:[\w.~-]+|\[[\d:.a-f]+\])(?::\d+)?)(?=[/?#]|\Z)(.*)", web(address) or "", re.IGNORECASE
    )
    if not found:
        return ""
    path = re.sub(r"%(?![\da-fA-F]{2})", "%25", found[2]).replace("[", "%5B").replace("]", "%5D")
    return found[1] + path.replace("#", "%23").replace("%23", "#", 1)


def _authority(address: str) -> str:
    """The host in lower case, in ASCII; tag URIs have no ports."""
    try:
        host = (urlsplit(address).hostname or "").encode("idna").decode()
    except ValueError:
        return NOWHERE
    return host if re.fullmatch(r"[a-z0-9.-]+", host) else NOWHERE
