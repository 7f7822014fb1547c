"""The way to an endpoint: which proxy, which addresses."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agent.models.failure import Failure, place
from agent.models.redact import told

if TYPE_CHECKING:
    from aiohttp.abc import ResolveResult

CONNECTING = 10.0
"""Seconds for looking up a host, and again for connecting to it."""


def proxy_for(url: str) -> str | None:
    """Returns the environment's proxy for the address; None for this machine, whatever NO_PROXY says."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    if parts.hostname is None or _is_loopback(parts.hostname):
        return None
    if proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    if proxy and urlsplit(proxy).scheme not in ("http", "https"):
        scheme = told(urlsplit(proxy).scheme)
        raise Failure("proxy", f"the environment names a {scheme} proxy for {place(url)}; only http ones can be used")
    return proxy


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    # 0.0.0.0, which people write into OLLAMA_HOST, leads to this machine too.
    return bool(mapped.is_loopback or mapped.is_unspecified)


class Resolver:
    """Looks hosts up in threads that nobody waits for.

    aiohttp's own way, through the event loop's pool, keeps the program alive after Ctrl-C until a name server that is
    silent has been given up on, and cannot be bounded apart from the wait for a free connection.
    """

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[ResolveResult]:
        found: Future[list[Any]] = Future()
        found.set_running_or_notify_cancel()
        threading.Thread(target=_look_up, args=(host, port, family, found), daemon=True).start()
        async with asyncio.timeout(CONNECTING):
            entries = await asyncio.wrap_future(found)
        return [
            {"hostname": host, "host": address[0], "port": address[1], "family": kind, "proto": protocol, "flags": 0}
            for kind, _, protocol, _, address in entries
        ]

    async def close(self) -> None:
        """Keeps nothing open."""


def _look_up(host: str, port: int, family: int, found: Future[list[Any]]) -> None:
    try:
        found.set_result(socket.getaddrinfo(host, port, family, socket.SOCK_STREAM))
    # A name that cannot be written for a name server raises UnicodeError.
    except (OSError, UnicodeError) as error:
        found.set_exception(error if isinstance(error, OSError) else OSError(str(error)))
