"""An endpoint as LiteLLM knows it: where it is, how a request to it is written, how its answer is read.

`litellm.acompletion` costs 5 to 10 ms of CPU a call, nearly all of it for logging, callbacks, prices and retries of
its own, none of which we use. For providers that speak plain HTTP with a bearer key (`DIRECT`) that wrapper and
LiteLLM's HTTP client are passed by; what speaks is still LiteLLM's provider logic: its `get_llm_provider` splits the
model string, its provider's config maps the parameters, writes URL, headers and body, and reads the answer. All other
providers go through `litellm.acompletion` itself. Either way the bytes travel over our `Wire`, whose deadline and
limits hold for all.
"""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from agent.errors import ConfigError
from agent.models import ollama
from agent.models.banned import refuse
from agent.models.budget import Price
from agent.models.endpoint.shape import strict
from agent.models.wire import Failure, Wire

DIRECT = frozenset({"openai", "hosted_vllm", "ollama_chat", "llamafile", "lm_studio"})
STRICT = frozenset({"openai", "azure"})
HOME = {"openai": "https://api.openai.com/v1"}
"""Addresses that LiteLLM fills in only inside `acompletion`."""

USAGE = (
    ("prompt_eval_count", "eval_count"),
    ("prompt_tokens", "completion_tokens"),
    ("input_tokens", "output_tokens"),
)
"""Under which names Ollama, OpenAI and Anthropic tell the tokens that were read and written."""
MOST_TOKENS = 10_000_000
"""No answer has read or written as many; a count beyond it is nonsense."""


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
        self._key = (
            key
            or os.environ.get(f"{self.kind.upper()}_API_KEY")
            or _keyless(self._litellm, model, free=self.kind in DIRECT and api_base is not None)
        )
        self._params: dict[Any, dict[str, Any]] = {}
        self._own_base = api_base is not None
        self._config: Any = self._direct_config() if self.kind in DIRECT else None
        if self._config is None:
            from agent.models.endpoint.transport import install

            install()

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
        return await self._through_litellm(messages, params)

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
        answer = _with_sound_usage(reply.data) if isinstance(reply.data, dict) else {}
        try:
            # Without the messages LiteLLM does not count their tokens, which it does even where it has been told.
            response = self._config.transform_response(
                self.name,
                _Read(reply.status, answer),
                self._litellm.ModelResponse(),
                _Unlogged(),
                data,
                [],
                optional,
                {},
                None,
            )
        except Exception as error:
            # Whatever a provider's reader stumbles over, the answer is no answer.
            unread = f"the answer is not in the form of {self.kind} ({type(error).__name__})"
        else:
            if response.choices:
                return response, answer
            unread = "the answer holds no choices"
        raise Failure("empty", unread, status=reply.status)

    async def _through_litellm(
        self, messages: Sequence[Mapping[str, Any]], params: Mapping[str, Any]
    ) -> tuple[Any, Mapping[str, Any]]:
        from agent.models.endpoint.transport import EXCHANGE, Exchange

        exchange = Exchange(self._wire)
        EXCHANGE.set(exchange)
        try:
            response = await self._litellm.acompletion(
                model=self.model, messages=list(messages), api_base=self.base if self._own_base else None,
                api_key=self._key, num_retries=0, max_retries=0, drop_params=True, **self._strict(params),
            )  # fmt: skip
        except Exception as error:
            status = getattr(error, "status_code", None)
            unread = Failure("status" if status else "not-json", type(error).__name__, status=status)
        else:
            return response, exchange.data if isinstance(exchange.data, dict) else {}
        raise exchange.failure or unread

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

    def __init__(self, status: int, answer: Mapping[str, Any]) -> None:
        self.status_code, self._answer = status, answer

    @property
    def text(self) -> str:
        """The body, for their logs."""
        return ""

    def json(self) -> Any:
        """The body, parsed."""
        return self._answer


class _Unlogged:
    """Stands where LiteLLM's readers want a logger; what they read is logged nowhere."""

    def post_call(self, *_: Any, **__: Any) -> None:
        return


def _with_sound_usage(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with counts that LiteLLM can read; what a server says of itself can be missing or nonsense."""
    if "choices" not in answer:
        return answer
    told = counts(answer)
    tokens_in, tokens_out = told[0] or 0, told[1] or 0
    usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}
    return {**answer, "usage": usage, "told": told}


def counts(answer: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Returns the tokens read and written as an answer of any provider tells them; None where it does not."""
    usage = answer.get("usage")
    for reader, writer in USAGE:
        place = answer if reader == "prompt_eval_count" else usage if isinstance(usage, dict) else {}
        if reader in place or writer in place:
            return _count(place.get(reader)), _count(place.get(writer))
    return None, None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_TOKENS else None


def _litellm() -> Any:
    """LiteLLM, told before its import to ask no network and to read no `.env`, and after it to keep quiet."""
    refuse()
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


def _keyless(litellm: Any, model: str, *, free: bool) -> str | None:
    """No key, where none is needed; LiteLLM takes a missing one for a failure that might pass."""
    found = litellm.validate_environment(model)
    missing = [name for name in found["missing_keys"] if name.endswith(("KEY", "TOKEN"))]
    if free or found["keys_in_environment"] or not missing:
        return None
    raise ConfigError(f"--model {model} needs {' and '.join(missing)}.", f"export {missing[0]}=…")
