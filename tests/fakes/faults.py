"""Everything that can go wrong on the way, by name."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any

from tests.fakes.call import Call
from tests.fakes.replies import Body, Fault, Reply, answer, error, error_body, render

FILLING = "(filling)"
"""Stands in a body where the many bytes come."""
HUGE = 50_000_000
"""Bytes of the huge body."""
BOMB = 100_000_000
"""Bytes of the gzip bomb once unpacked; packed they are some 100 kB: deflate packs no better than 1032 to 1."""
HTML = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Bad gateway</h1></body></html>"

STATUS = {
    400: "'response_format' of type 'json_schema' is not supported with this model",
    401: "Incorrect API key provided",
    403: "Your account may not use this model",
    404: "The model does not exist",
    408: "Request timed out",
    422: "Unprocessable entity",
    500: "The server had an error",
    502: "Bad gateway",
    503: "The engine is overloaded",
    529: "Overloaded",
}
"""Message by status, as servers phrase it."""


def echo(call: Call) -> dict[str, Any]:
    """An error that quotes the key and the prompt, as careless servers do."""
    key = call.headers.get("authorization") or call.headers.get("x-api-key") or "none"
    return error_body(call, 401, f"Incorrect API key provided: {key}. You sent: {' '.join(call.texts('user'))}")


def bomb(call: Call) -> bytes:
    """A good answer with 100 MB of text, packed."""
    before, _, after = render(call, answer(FILLING).body).partition(FILLING.encode())
    return _packed(before, after)


@cache
def _packed(before: bytes, after: bytes) -> bytes:
    gzip = zlib.compressobj(level=9, wbits=31)
    block = b"a" * 1_000_000
    parts = [before, *[block] * (BOMB // len(block)), after]
    return b"".join(map(gzip.compress, parts)) + gzip.flush()


def _limit(**headers: str) -> Callable[[], Reply]:
    return lambda: error(429, "Rate limit reached", **headers)


def _in_a_second() -> Reply:
    then = datetime.now(UTC) + timedelta(seconds=2)
    return error(429, "Rate limit reached", retry_after=format_datetime(then, usegmt=True))


def _status(status: int) -> Callable[[], Reply]:
    return lambda: error(status, STATUS[status])


def _body(body: Body, status: int = 200, **headers: str) -> Callable[[], Reply]:
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return lambda: Reply(body, status=status, headers=named)


def _fault(fault: Fault, status: int = 200) -> Callable[[], Reply]:
    return lambda: Reply(answer(f'{{"text": "{FILLING}"}}').body, status=status, fault=fault)


FAULTS: dict[str, Callable[[], Reply]] = {
    "429-seconds": _limit(retry_after="1"),
    "429-milliseconds": _limit(retry_after_ms="50"),
    "429-date": _in_a_second,
    "429-negative": _limit(retry_after="-5"),
    "429-absurd": _limit(retry_after="86400"),
    "429-garbage": _limit(retry_after="soon"),
    "429-none": _limit(),
    **{str(status): _status(status) for status in STATUS},
    "401-echo": _body(echo, status=401),
    "error-200": lambda: Reply(error(500, "The server had an error").body),
    "reset": _fault("reset"),
    "reset-in-body": _fault("reset-in-body"),
    "close": _fault("close"),
    "hang": _fault("hang"),
    "drip": _fault("drip"),
    "huge": _fault("huge"),
    "html-200": _body(HTML, content_type="text/html; charset=utf-8"),
    "html-502": _body(HTML, status=502, content_type="text/html; charset=utf-8"),
    "empty-body": _body(b""),
    "invalid-json": _body('{"choices": [{"index": 0, "message": {"role": "assist'),
    "choices-empty": _body({"id": "chatcmpl-0", "object": "chat.completion", "choices": []}),
    "choices-missing": _body({"id": "chatcmpl-0", "object": "chat.completion"}),
    "content-null": lambda: answer(None),
    "redirect-302": _fault("redirect", status=302),
    "redirect-307": _fault("redirect", status=307),
    "gzip-bomb": _body(bomb, content_encoding="gzip"),
}
"""A fresh reply by name. What a client should make of each is for its tests to say."""
