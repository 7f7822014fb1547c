"""What can go wrong between us and a model endpoint, as facts that are fit to be shown."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from json import loads
from typing import Any, Literal
from urllib.parse import urlsplit

from agent.models.redact import said, told

Kind = Literal[
    "refused", "dns", "tls", "proxy", "request", "timeout", "reset", "status", "redirect", "too-large", "empty",
    "not-json", "not-http", "spent",
]  # fmt: skip

LONGEST_WAIT = 120.0
"""Seconds that a server's Retry-After can ask for."""
_TRANSIENT = frozenset({"refused", "dns", "timeout", "reset", "empty", "not-json", "not-http"})
# OpenAI answers 429 to an account without money too; waiting does not help.
_UNPAID = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
# Servers that hold no model to a schema say so in their own ways, llama-cpp-python by HTTP 500:
# https://github.com/ggml-org/llama.cpp/issues/23463
_SCHEMA = re.compile(r"response_format|json_schema")
_NUMBER = re.compile(r"[+-]?\d{1,400}(\.\d{1,400})?", re.ASCII)
_CODE = re.compile(r"[\w.-]{1,60}", re.ASCII)


class Failure(Exception):
    """An attempt that brought no answer; it carries facts, never the request, its key or its text."""

    def __init__(
        self, kind: Kind, message: str, *, status: int | None = None, code: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        """One line, fit to be shown."""
        self.status = status
        """The HTTP status; None when there was none."""
        self.code = code
        """The provider's own name for the error, such as `context_length_exceeded`; empty when it gives none."""
        self.retry_after = retry_after
        """Seconds that the server asks to wait, at most 120; None when it does not say."""

    @property
    def name(self) -> str:
        """What to count it under: the status where there is one, else the kind."""
        return str(self.status) if self.kind == "status" else self.kind

    @property
    def retryable(self) -> bool:
        """Whether the same request may fare better later: 408, 429, 5xx, and what breaks on the way."""
        if self.kind != "status" or self.status is None:
            return self.kind in _TRANSIENT
        return (self.status in (408, 429) or self.status >= 500) and not self.unpaid and not self.unsupported

    @property
    def unsupported(self) -> bool:
        """Whether the way of asking may be the reason, so that the same question in another form may fare better."""
        status = self.status or 0
        return status in (400, 422) or (status >= 500 and bool(_SCHEMA.search(self.message)))

    @property
    def unpaid(self) -> bool:
        """Whether the account, not the request, is the reason."""
        return self.status == 402 or self.code in _UNPAID


class Unsent(Exception):
    """An attempt ended before its request was sent, so it counts as none."""


def wait_asked(headers: Mapping[str, str], now: datetime) -> float | None:
    """Returns the seconds a server asks to wait, from 0 to 120; None when it does not say or makes no sense.

    `retry-after-ms` (OpenAI, Azure) goes before `Retry-After`, in seconds or as an HTTP date (RFC 9110, 10.2.3). A
    date counts from the server's own `Date`, where it sends one, so that clocks need not agree. `x-ratelimit-reset-*`
    is passed over: it says when a whole allowance is back, not when the next request may come.
    """
    fields = {name.lower(): value.strip() for name, value in headers.items()}
    milliseconds, asked = fields.get("retry-after-ms", ""), fields.get("retry-after", "")
    if _NUMBER.fullmatch(milliseconds):
        seconds = float(milliseconds) / 1000
    elif _NUMBER.fullmatch(asked):
        seconds = float(asked)
    elif moment := _moment(asked):
        seconds = (moment - (_moment(fields.get("date", "")) or now)).total_seconds()
    else:
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def refusal(
    status: int,
    received: Mapping[str, str],
    content: bytes,
    now: datetime,
    *,
    url: str,
    headers: Mapping[str, str],
    body: bytes | None,
) -> Failure:
    """Returns the failure that an HTTP status of 300 and above means; what was sent is needed to hide it."""
    if status < 400:
        return Failure("redirect", f"HTTP {status}: {_target(received)}; redirects are not followed", status=status)
    answer = _parsed(content)
    message = told(said(answer), url, headers, body) or _phrase(status)
    return Failure(
        "status",
        f"HTTP {status}: {message}" if message else f"HTTP {status}",
        status=status,
        code=told(_code(answer), url, headers, body),
        retry_after=wait_asked(received, now),
    )


def broken(error: Exception, url: str) -> Failure:
    """Names what went wrong on the way, by the kinds of exception that aiohttp documents."""
    import aiohttp

    where = place(url)
    match error:
        case aiohttp.ConnectionTimeoutError():
            return Failure("timeout", f"no connection to {where} in time")
        case TimeoutError():
            return Failure("timeout", f"{where} did not answer in time")
        case aiohttp.ClientConnectorDNSError():
            return Failure("dns", f"the host of {where} cannot be found")
        case aiohttp.ClientSSLError():
            return Failure("tls", f"no secure connection to {where}: {told(_tls_reason(error))}")
        case aiohttp.ClientProxyConnectionError():
            return Failure("proxy", f"the proxy for {where} cannot be reached")
        case aiohttp.ClientHttpProxyError():
            return Failure("proxy", f"the proxy for {where} answered HTTP {error.status}")
        case aiohttp.ClientConnectorError():
            return Failure("refused", f"no connection to {where}: {_reason(error)}")
        case aiohttp.ClientResponseError():
            return Failure("not-http", f"{where} answered something that is not HTTP")
        case aiohttp.NonHttpUrlClientError() | ValueError():
            # The exception says more, but may hold the key: with a line end inside it cannot be sent.
            return Failure("request", f"no request can be made for {where}: check the address and the key")
        case aiohttp.ClientError() | OSError():
            return Failure("reset", f"the connection to {where} broke off")
        case _:
            raise error


def place(url: str) -> str:
    """Returns scheme, host and port: user names, paths and queries can hold keys."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "the endpoint"
    return told(f"{parts.scheme}://{parts.hostname}{port}") if parts.hostname else "the endpoint"


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _target(received: Mapping[str, str]) -> str:
    try:
        host = urlsplit(received.get("Location", "")).hostname
    except ValueError:
        host = None
    return f"the server sends us on to {told(host)}" if host else "the server sends us on to another page of its own"


def _parsed(content: bytes) -> Any:
    try:
        return loads(content)
    except (ValueError, RecursionError):
        return None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _code(answer: Any) -> str:
    error = answer.get("error") if isinstance(answer, dict) else None
    names = [error.get("code"), error.get("type")] if isinstance(error, dict) else []
    return next((name for name in names if isinstance(name, str) and _CODE.fullmatch(name)), "")


def _tls_reason(error: Any) -> str:
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    return getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or "the handshake failed"


def _reason(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno and error.errno > 0 else "nothing answers there"
