"""HTTP to a model endpoint without surprises: bounded in time and size, no redirects, no cookies, no netrc.

aiohttp speaks. What it would do on its own and must not: follow a redirect with the key, read `~/.netrc`, send a
request for this machine to a proxy, keep the request with its key inside an exception.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from agent.models.failure import Failure, Kind, broken, refusal, wait_asked
from agent.models.route import CONNECTING, Resolver, proxy_for

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession
    from yarl import URL

__all__ = ["Failure", "Kind", "Reply", "Wire", "wait_asked"]

_ERROR_SIZE = 65_536
_ERROR_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A 2xx answer with a JSON body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    data: Any
    """The body, parsed."""
    seconds: float
    """From before connecting to the last byte."""


class Wire:
    """One shared HTTP client for a run; lives inside one running event loop and is closed in it."""

    def __init__(self, *, timeout: float, connections: int, limit: int = 2_000_000) -> None:
        self._timeout = timeout
        self._connections = connections
        self._limit = limit
        self._session: ClientSession | None = None
        self._routes: dict[str, _Route] = {}

    async def post(self, url: str, headers: Mapping[str, str], body: bytes, *, deadline: float | None = None) -> Reply:
        """Sends the body once and returns the answer, or raises `Failure`.

        The whole call ends within `timeout` seconds, and by `deadline`, a moment of the event loop's clock.
        """
        return await self._exchange("POST", url, headers, body, deadline)

    async def get(self, url: str, headers: Mapping[str, str] | None = None, *, deadline: float | None = None) -> Reply:
        """Asks for the address and returns the answer, or raises `Failure`; bounded as `post` is."""
        return await self._exchange("GET", url, headers or {}, None, deadline)

    async def close(self) -> None:
        """Closes every connection; calls that are still under way fail."""
        if self._session is not None:
            await self._session.close()

    async def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, deadline: float | None
    ) -> Reply:
        clock = asyncio.get_running_loop().time
        begun = clock()
        end = begun + self._timeout
        try:
            async with asyncio.timeout_at(end if deadline is None else min(end, deadline)):
                status, received, content = await self._ask(method, url, headers, body)
            data = _parsed(content)
        except Failure as known:
            failure = known
        except Exception as error:
            failure = broken(error, url)
        else:
            return Reply(status, received, content, data, clock() - begun)
        # Raised out here, so that no __context__ leads to aiohttp's exception, which holds the request and its key.
        raise failure

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        route = self._routes.get(url) or self._route(url)
        session = self._session or self._open()
        # aiohttp warns of bytes above a megabyte; a file-like body is written in pieces.
        data = BytesIO(body) if body is not None and len(body) > 1_000_000 else body
        response = await session.request(
            method, route.url, headers=headers, data=data, allow_redirects=False, proxy=route.proxy
        )
        try:
            if response.status >= 300:
                content, now = await _error(response), datetime.now(UTC)
                raise refusal(response.status, response.headers, content, now, url=url, headers=headers, body=body)
            return response.status, response.headers, await _read(response, self._limit)
        except BaseException:
            response.close()
            raise

    def _open(self) -> ClientSession:
        from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

        connector = TCPConnector(
            limit=self._connections,
            ttl_dns_cache=300,
            # Shorter than the 5 seconds after which uvicorn and Node hang up: a POST must not meet a dying connection.
            keepalive_timeout=4.0,
            resolver=Resolver(),  # type: ignore[arg-type]  # has all that the connector calls
        )
        self._session = ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=None, sock_connect=CONNECTING),
            headers={"User-Agent": "digest", "Accept": "application/json", "Accept-Encoding": "gzip, deflate"},
            # `proxy_for` chooses proxies; aiohttp's own way adds what `~/.netrc` says, in a thread a request.
            trust_env=False,
        )
        return self._session

    def _route(self, url: str) -> _Route:
        from yarl import URL

        route = self._routes[url] = _Route(URL(url), proxy_for(url))
        return route


@dataclass(frozen=True, slots=True)
class _Route:
    url: URL
    proxy: str | None


async def _read(response: ClientResponse, limit: int) -> bytes:
    if (response.content_length or 0) > limit:
        raise _too_large(limit)
    chunks, size = [], 0
    while chunk := await response.content.readany():
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _too_large(limit: int) -> Failure:
    return Failure("too-large", f"an answer of over {limit:,} bytes was cut off")


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        pass
    if not content.strip():
        raise Failure("empty", "an answer without a body")
    raise Failure("not-json", "an answer that is not JSON")


async def _error(response: ClientResponse) -> bytes:
    """Returns the body of a failure; empty where it does not come, since the status says enough to go on."""
    from aiohttp import ClientError

    if response.status < 400:
        return b""
    try:
        async with asyncio.timeout(_ERROR_SECONDS):
            return await _read(response, _ERROR_SIZE)
    except (ClientError, OSError, Failure):
        return b""
