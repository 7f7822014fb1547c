"""Records with named fields, and texts, to papers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agent.library import paper_id
from agent.schema import Paper, Sighting
from agent.sources import identifiers
from agent.sources.calendar import Calendar
from agent.sources.dates import date_of
from agent.sources.decoding import clean
from agent.sources.problem import Problem, excerpt

TITLE = ("title", "paper_title", "paper title")
ABSTRACT = ("abstract", "summary", "description")
AUTHORS = ("authors", "author")
PUBLISHED = ("published", "date", "published_at", "publishedat", "publication_date", "created", "update_date")
SEEN = ("seen", "seen_at", "listed")
ADDRESS = ("url", "link", "entry_id", "id", "pdf_url")
ARXIV = ("arxiv_id", "arxiv", "arxivid")
DOI = ("doi",)

TITLE_LIMIT = 2_000
ABSTRACT_LIMIT = 64_000
"""Characters; what is longer is not an abstract."""


def from_fields(record: Mapping[str, Any], line: int, calendar: Calendar) -> Iterator[Paper | Problem]:
    """Yields the paper that a record of named fields describes, or why it describes none; before it, odd dates.

    The names are met in any case. A record of `digest summarize --format jsonl` is the paper in it. The paper was seen
    on the day the record says, else on the day `sources.toml` gives to the file, else on the day of publication.
    """
    inner = record.get("paper")
    fields = {
        str(name).strip().lower(): value for name, value in (inner if isinstance(inner, dict) else record).items()
    }
    source = f"{calendar.path}:{line}"
    published, seen = (date_of(_first(fields, names)) for names in (PUBLISHED, SEEN))
    for day, names in ((published, PUBLISHED), (seen, SEEN)):
        if day is None and (written := _first(fields, names)):
            reason = f"the date {excerpt(clean(str(written)))} is not understood; write it like 2025-03-05"
            yield Problem(source, reason, entry=False)
    texts = [_text(fields.get(name)) for name in (*ARXIV, *DOI, *ADDRESS)]
    yield to_paper(
        _text(_first(fields, TITLE)),
        _text(_first(fields, ABSTRACT)),
        source=source,
        seen=seen or _first_sighting(fields) or calendar.day or published,
        authors=tuple(_authors(_first(fields, AUTHORS))),
        published=published,
        url=next(filter(None, (identifiers.web_address(_text(fields.get(name))) for name in ADDRESS)), None),
        arxiv_id=next(filter(None, map(identifiers.arxiv_id, texts)), None),
        doi=next(filter(None, map(identifiers.doi, texts)), None),
    )


def to_paper(
    title: str,
    abstract: str,
    *,
    source: str,
    seen: datetime.date | None,
    authors: Sequence[str] = (),
    published: datetime.date | None = None,
    url: str | None = None,
    arxiv_id: str | None = None,
    doi: str | None = None,
) -> Paper | Problem:
    """Returns the paper with this title and abstract, both clean, or why they are not those of a paper."""
    if reason := _unusable(title, abstract):
        return Problem(source, reason, entry=True)
    return Paper(
        id=paper_id(title=title, abstract=abstract, authors=authors, arxiv_id=arxiv_id, doi=doi),
        title=title,
        abstract=abstract,
        authors=tuple(authors),
        published=published,
        url=url,
        arxiv_id=arxiv_id,
        doi=doi,
        sightings=(Sighting(source=source, seen=seen),),
    )


def _unusable(title: str, abstract: str) -> str | None:
    if not title and not abstract:
        return "a record without title and abstract; both are needed"
    if not re.search(r"[^\W_]", abstract) and abstract:
        return f"the abstract of {excerpt(title)} has no words; both title and abstract are needed"
    if not title:
        return f"an abstract without a title: {excerpt(abstract)}; add the title before it"
    if not abstract:
        return f"a title without an abstract: {excerpt(title)}; add the abstract after it"
    if len(title) > TITLE_LIMIT:
        return f"the title is longer than {TITLE_LIMIT} characters: {excerpt(title)}; shorten it"
    if len(abstract) > ABSTRACT_LIMIT:
        return f"the abstract of {excerpt(title)} is longer than {ABSTRACT_LIMIT} characters; shorten it"
    return None


def _first(fields: Mapping[str, Any], names: Sequence[str]) -> Any:
    """Returns the first of the named fields that holds something."""
    return next((value for name in names if (value := fields.get(name))), None)


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _first_sighting(fields: Mapping[str, Any]) -> datetime.date | None:
    sightings = fields.get("sightings")
    seen = (
        [date_of(one.get("seen")) for one in sightings if isinstance(one, dict)] if isinstance(sightings, list) else []
    )
    return min((day for day in seen if day), default=None)


def _authors(value: object) -> Iterator[str]:
    """Yields the names in a list of names, a list of records with a name, or one text."""
    if isinstance(value, str):
        yield from filter(None, map(clean, _split_names(clean(value))))
    elif isinstance(value, list):
        names = (one.get("name") or one.get("fullname") if isinstance(one, dict) else one for one in value)
        yield from filter(None, map(_text, names))


def _split_names(text: str) -> list[str]:
    """Splits names at `;`, else at `and`, else at commas; a comma inside `Last, First` splits nothing."""
    if ";" in text:
        return text.split(";")
    parts = re.split(",? and ", text)
    if all(part.count(",") == 1 for part in parts) and (len(parts) > 1 or _is_last_first(text)):
        return parts
    return [name for part in parts for name in part.split(",")]


def _is_last_first(text: str) -> bool:
    return all(len(part.split()) == 1 for part in text.split(","))
