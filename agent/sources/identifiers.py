"""Identifiers of papers in the forms in which they are met."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_BEFORE = r"(?:arxiv\s*:\s*|10\.48550/arxiv\.|(?:arxiv\.org|alphaxiv\.org)/[a-z]+/|(?:huggingface\.co|hf\.co)/papers/)"
_ARXIV = re.compile(rf"(?:^|{_BEFORE})(?P<id>{_NEW}|{_OLD})(?:v\d+)?(?:\.pdf)?(?=$|[?#/\s])", re.IGNORECASE | re.ASCII)
_DOI = re.compile(r"(?:^|\bdoi\s*:\s*|\bdoi\.org/)(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE | re.ASCII)
_NOT_IN_DOI = re.compile(r'[<>"{}|\\^`\ufffd]')
_SCHEMES = ("http", "https")
LONGEST = 2000
"""Characters of the longest text that can be an identifier or a web address."""


def arxiv_id(text: str) -> str | None:
    """Returns the arXiv id in an id, an address or an arXiv DOI, without version.

    New ids are `2403.01234`, old ones `cs/0301001`; the subject class of `cs.CL/0301001` is no part of the id
    (https://info.arxiv.org/help/arxiv_identifier.html).
    """
    found = _ARXIV.search(text.strip()[:LONGEST])
    return re.sub(r"\.[a-z]{2}(?=/)", "", found["id"].lower()) if found else None


def doi(text: str) -> str | None:
    """Returns the DOI in a text or an address, lower case, without resolver.

    None for a DOI that arXiv gives out: it is the arXiv id in other words, and one paper has one identity. None also
    for one with signs that belong in no address, rather than its beginning, which other papers may share.
    """
    found = _DOI.search(text.strip()[:LONGEST])
    if not found or arxiv_id(found["doi"]) or not found["doi"].isprintable() or _NOT_IN_DOI.search(found["doi"]):
        return None
    return found["doi"].lower().rstrip(".,;")


def web_address(text: str) -> str | None:
    """Returns an http or https address, None for anything else."""
    text = text.strip()
    if len(text) > LONGEST or any(character.isspace() for character in text):
        return None
    try:
        parts = urlsplit(text)
        return text if parts.scheme in _SCHEMES and parts.hostname else None
    except ValueError:
        return None
