"""Addresses of the web as texts print them, with their scheme and without."""

from __future__ import annotations

import re

HOST = r"(?!\w\.)(?:(?!-|\d+\.)[a-z0-9-]+(?<!-)\.)+(?:com|org|net|io|ai|ch|edu|dev|co|de|fr|uk|jp|cn|gov|eu|app)"
"""A host that is one without more: `model.py` ends like one, too, and so do `e.g.de` and `3.14.io`."""


def absolute(address: str) -> str | None:
    """Returns an address of the web with its scheme, or None where it is none.

    Without one, such as `example.org`, it is taken for https. Who logs in has no place in what is published: `@` before
    the path makes one host look like another. RFC 3986, section 3.
    """
    whole = f"https://{address}" if _BARE.match(address) else address
    return whole if _ABSOLUTE.match(whole) else None


_ABSOLUTE = re.compile(r"https?://(?:\[[\da-f:.]+\](?::\d*)?|[^\W_][^\s/?#@\\\[\]]*)(?:[/?#]|\Z)", re.IGNORECASE)
_BARE = re.compile(rf"(?i:www\.[\w-]+\.\w|{HOST}/)|{HOST}\Z")
