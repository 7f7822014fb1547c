"""Records as JSON that is lossless, stable, and safe on a terminal and in line-wise tools."""

from __future__ import annotations

import json
import re

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError


def pretty(record: BaseModel) -> str:
    """Returns an indented object, ended by a newline."""
    return _escape(_dump(record, 2)) + "\n"


def line(record: BaseModel) -> str:
    """Returns an object on one line, whatever a reader takes for the end of one."""
    return _escape(_dump(record, None)) + "\n"


_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]")
"""What JSON lets stand raw although it ends a line or steers a terminal; inside strings, where alone it can be, an
escape means the same (RFC 8259, section 7)."""


def _dump(record: BaseModel, indent: int | None) -> str:
    try:
        return record.model_dump_json(indent=indent)
    except PydanticSerializationError:
        # A lone surrogate, which UTF-8 cannot carry; the escape can.
        separators = None if indent else (",", ":")
        return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, indent=indent, separators=separators)


def _escape(text: str) -> str:
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)
