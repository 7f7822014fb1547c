"""An endpoint as LiteLLM knows it: where it is, how a request to it is written, how its answer is read.

`litellm.acompletion` costs 5 to 10 ms of CPU a call, nearly all of it for logging, callbacks, prices and retries of
its own, none of which we use. For providers that speak plain HTTP with a bearer key (`DIRECT`) that wrapper and
LiteLLM's HTTP client are passed by; what speaks is still LiteLLM's provider logic: its `get_llm_provider` splits the
model string, its provider's config maps the parameters, writes URL, headers and body, and reads the answer. All other
providers go through `litellm.acompletion` itself. Either way the bytes travel over our `Wire`, whose deadline and
limits hold for all.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from agent.errors import ConfigError
from agent.models import ollama
from agent.models.budget import Price
from agent.models.endpoint.shape import strict
from agent.models.wire import Failure, Reply, Wire

DIRECT = frozenset({"openai", "hosted_vllm", "ollama_chat", "llamafile", "lm_studio"})
STRICT = frozenset({"openai", "azure"})
HOME = {"openai": "https://api.openai.com/v1"}
"""Addresses that LiteLLM fills in only inside `acompletion`."""

BANNED = frozenset({"1.82.7", "1.82.8"})
"""Malicious releases; gone from the index, but not from every mirror."""

_FAILURE: ContextVar[list[Failure]] = ContextVar("_FAILURE")


class Provider:
    """Writes requests to one model and reads its answers.

    Raises `ConfigError` when the model string names no provider, a key is missing, or LiteLLM must not be used.
    """

    def __init__(self, model: str, api_base: str | None, wire: Wire) -> None:
        self._litellm = _litellm()
        self.model = model
        self.name, self.kind, key, base = _found(self._litellm, model, api_base)
        self.base = api_base or base or HOME.get(self.kind)
        self._wire = wire
        self._key = key or os.environ.get(f"{self.kind.upper()}_API_KEY") or _keyless(self._litellm, model, api_base)
        self._params: dict[Any, dict[str, Any]] = {}
        self._own_base = api_base is not None
        self._config: Any = self._direct_config() if self.kind in DIRECT else None
        if self._config is None:
            self._route_through_wire()

    @property
    def price(self) -> Price | None:
        """US dollars a token; nothing for Ollama, None where nobody knows."""
        if self.kind == "ollama_chat":
            return Price(0.0, 0.0)
        if self._own_base:
            # Whoever answers at an address of the user's own asks a price of their own.
            return None
        known = self._facts()
        read, written = known.get("input_cost_per_token"), known.get("output_cost_per_token")
        return Price(read, written) if read is not None and written is not None else None

    @property
    def context(self) -> int | None:
        """Tokens that the model can read, where LiteLLM knows it."""
        return None if self._own_base else self._facts().get("max_input_tokens")

    async def complete(
        self, messages: Sequence[Mapping[str, Any]], params: Mapping[str, Any]
    ) -> tuple[Any, Mapping[str, Any]]:
        """Returns LiteLLM's `ModelResponse`, and the object it was read from where that is known.

        Raises `Failure`.
        """
        if self._config is not None:
            return await self._direct(messages, params)
        return await self._through_litellm(messages, params), {}

    async def reach(self) -> None:
        """Asks the address for its models, which costs nothing; raises `Failure` when nothing answers there."""
        try:
            await self._wire.get(f"{self.base}/models", {"Authorization": f"Bearer {self._key}"} if self._key else {})
        except Failure as failure:
            # Whoever answers is there, also when it has no such page.
            if failure.status is None or failure.status in {401, 403}:
                raise

    async def _direct(
        self, messages: Sequence[Mapping[str, Any]], params: Mapping[str, Any]
    ) -> tuple[Any, Mapping[str, Any]]:
        optional = dict(self._optional(params))
        data = self._config.transform_request(self.name, list(messages), optional, {}, self._headers)
        reply = await self._wire.post(self._url, self._headers, json.dumps(data).encode())
        try:
            # Without the messages LiteLLM does not count their tokens, which it does even where it has been told.
            response = self._config.transform_response(
                self.name, _Read(reply), self._litellm.ModelResponse(), _Unlogged(), data, [], optional, {}, None
            )
        except Exception as error:
            # Whatever a provider's reader stumbles over, the answer is no answer.
            unread = f"the answer is not in the form of {self.kind} ({type(error).__name__})"
        else:
            if response.choices:
                return response, reply.data
            unread = "the answer holds no choices"
        raise Failure("empty", unread, status=reply.status)

    async def _through_litellm(self, messages: Sequence[Mapping[str, Any]], params: Mapping[str, Any]) -> Any:
        failures: list[Failure] = []
        _FAILURE.set(failures)
        try:
            return await self._litellm.acompletion(
                model=self.model, messages=list(messages), api_base=self.base if self._own_base else None,
                api_key=self._key, num_retries=0, max_retries=0, drop_params=True, **self._strict(params),
            )  # fmt: skip
        except Exception as error:
            # LiteLLM's errors hold the request and the key, so none may go on.
            status = getattr(error, "status_code", None)
            unread = Failure("status" if status else "not-json", type(error).__name__, status=status)
        raise failures[-1] if failures else unread

    def _direct_config(self) -> Any:
        from litellm.types.utils import LlmProviders
        from litellm.utils import ProviderConfigManager

        config = ProviderConfigManager.get_provider_chat_config(self.name, LlmProviders(self.kind))
        if config is None:
            raise ConfigError(f"LiteLLM cannot speak to {self.model!r}.")
        if not self.base:
            raise ConfigError(f"{self.model}: no address to send to.", "Give one: --api-base http://127.0.0.1:8000/v1")
        self._url: str = config.get_complete_url(self.base, self._key, self.name, {}, {})
        headers = {"Content-Type": "application/json"}
        self._headers: dict[str, str] = config.validate_environment(
            headers, self.name, [], {}, {}, self._key, self.base
        )
        return config

    def _route_through_wire(self) -> None:
        """Makes LiteLLM's own clients send over our wire; only what goes through `acompletion` needs it."""
        import httpx
        from litellm.caching.llm_caching_handler import LLMClientCache
        from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

        transport = _transport(self._wire)
        handler = AsyncHTTPHandler(transport=transport, follow_redirects=False)

        class OneClient(LLMClientCache):
            def get_cache(self, key: str, **kwargs: Any) -> Any:
                return handler if key.startswith("async_httpx_client") else super().get_cache(key, **kwargs)  # type: ignore[no-untyped-call]

        self._litellm.in_memory_llm_clients_cache = OneClient()
        self._litellm.aclient_session = httpx.AsyncClient(transport=transport, follow_redirects=False)

    def _optional(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters in the provider's own words; worked out once for each set of them."""
        shape = params.get("response_format")
        key = (
            shape and shape["json_schema"]["name"],
            *((name, params[name]) for name in params if name != "response_format"),
        )
        if key not in self._params:
            from litellm.utils import get_optional_params

            known = {k: v for k, v in self._strict(params).items() if k not in ollama.PARAMS}
            mapped = get_optional_params(self.name, custom_llm_provider=self.kind, drop_params=True, **known)
            # What LiteLLM puts aside for the OpenAI client, which would take it out of there again.
            mapped |= mapped.pop("extra_body", None) or {}
            self._params[key] = mapped | {k: v for k, v in params.items() if k in ollama.PARAMS}
        return self._params[key]

    def _strict(self, params: Mapping[str, Any]) -> dict[str, Any]:
        shape = params.get("response_format")
        if shape is None or self.kind not in STRICT:
            return dict(params)
        schema = {**shape["json_schema"], "schema": strict(shape["json_schema"]["schema"]), "strict": True}
        return {**params, "response_format": {**shape, "json_schema": schema}}

    def _facts(self) -> dict[str, Any]:
        prices = self._litellm.model_cost
        found = prices.get(self.model) or prices.get(self.name) or {}
        return found if isinstance(found, dict) else {}


class _Read:
    """Stands where LiteLLM's readers want an `httpx.Response`, which would parse the answer a second time."""

    headers: Mapping[str, str] = {}

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.status_code = reply.status

    @property
    def text(self) -> str:
        """The body."""
        return self._reply.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body, parsed."""
        return self._reply.data


class _Unlogged:
    """Stands where LiteLLM's readers want a logger; what they read is logged nowhere."""

    def post_call(self, *_: Any, **__: Any) -> None:
        return


def _litellm() -> Any:
    """LiteLLM, told before its import to ask no network and to read no `.env`, and after it to keep quiet."""
    version = importlib.metadata.version("litellm")
    if version in BANNED or version.startswith(("1.106.", "1.107.", "1.108.")):
        raise ConfigError(f"litellm {version} must not be used.", "pip install 'litellm!=" + version + "'")
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    # Pydantic says so of LiteLLM's own types, when the first of them is used.
    warnings.filterwarnings("ignore", message="Item .* on TypedDict class .* is using the `ReadOnly` qualifier")
    import litellm

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "instructor", "httpx", "openai"):
        # They log requests, and errors with requests in them; what we have to say we say ourselves.
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [logging.NullHandler()], False
    return litellm


def _found(litellm: Any, model: str, api_base: str | None) -> tuple[str, str, str | None, str | None]:
    try:
        name, kind, key, base = litellm.get_llm_provider(model, api_base=api_base)
    except Exception:
        name = ""
    if not name:
        raise ConfigError(
            f"--model {model}: no provider is called so.", "Write it like ollama_chat/qwen3:8b or openai/gpt-4o-mini."
        )
    return name, kind, key, base


def _keyless(litellm: Any, model: str, api_base: str | None) -> str | None:
    """No key, where none is needed; LiteLLM takes a missing one for a failure that might pass."""
    found = litellm.validate_environment(model, api_base=api_base)
    missing = [name for name in found["missing_keys"] if name.endswith(("KEY", "TOKEN"))]
    if api_base or found["keys_in_environment"] or not missing:
        return None
    raise ConfigError(f"--model {model} needs {' and '.join(missing)}.", f"export {missing[0]}=…")


def _transport(wire: Wire) -> Any:
    import httpx

    class WireTransport(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            headers = {k: v for k, v in request.headers.items() if k not in {"host", "content-length", "connection"}}
            try:
                reply = await wire.post(str(request.url), headers, await request.aread())
            except Failure as failure:
                _FAILURE.get([]).append(failure)
                raise httpx.ConnectError(failure.message) from None
            return httpx.Response(
                reply.status, headers={"content-type": "application/json"}, content=reply.body, request=request
            )

    return WireTransport()
