"""Makes LiteLLM's own clients, and the providers' clients behind it, send over our wire.

What went over it is kept beside the call: LiteLLM's errors hold the request and the key, so none of them may go on, and
its answers lack what we look at.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpx
import litellm
from litellm.caching.llm_caching_handler import LLMClientCache
from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

from agent.models.wire import Failure, Wire


@dataclass
class Exchange:
    """One call through LiteLLM: over which wire it goes, and what came back."""

    wire: Wire
    failure: Failure | None = None
    data: Any = None


EXCHANGE: ContextVar[Exchange] = ContextVar("EXCHANGE")
"""The call under way in this task; each model of a process has a wire of its own."""


class WireTransport(httpx.AsyncBaseTransport):
    """Sends each request once."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Returns the answer; raises httpx's error for a `Failure`, which stands in the exchange."""
        exchange = EXCHANGE.get()
        if exchange.failure:
            # LiteLLM and some clients behind it repeat what failed, whatever they are told about retries.
            raise httpx.ReadError(exchange.failure.message)
        headers = {k: v for k, v in request.headers.items() if k not in {"host", "content-length", "connection"}}
        try:
            reply = await exchange.wire.post(str(request.url), headers, await request.aread())
        except Failure as failure:
            exchange.failure = failure
            raise httpx.ReadError(failure.message) from None
        exchange.data = reply.data
        plain = {"content-type": "application/json"}
        return httpx.Response(reply.status, headers=plain, content=reply.body, request=request)


def install() -> None:
    """Gives LiteLLM one client for all that it sends; done once a process."""
    if isinstance(litellm.in_memory_llm_clients_cache, _OneClient):
        return
    transport = WireTransport()
    litellm.in_memory_llm_clients_cache = _OneClient(AsyncHTTPHandler(transport=transport, follow_redirects=False))
    litellm.aclient_session = httpx.AsyncClient(transport=transport, follow_redirects=False)


class _OneClient(LLMClientCache):
    """Answers every wish for a client with the same one."""

    def __init__(self, handler: AsyncHTTPHandler) -> None:
        super().__init__()
        self._handler = handler

    def get_cache(self, key: str, **kwargs: Any) -> Any:
        """The client, for whatever provider."""
        return self._handler if key.startswith("async_httpx_client") else super().get_cache(key, **kwargs)  # type: ignore[no-untyped-call]
