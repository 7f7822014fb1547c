"""What is peculiar to Ollama: its address, its context window, and answers that look fine and are not.

https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

import asyncio
import json
import math
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from agent.errors import ConfigError
from agent.models.notice import address as shown
from agent.models.wire import Wire

PREFIX = "ollama_chat/"
PORT = 11434
KEEP_ALIVE = "10m"
"""How long the model stays loaded after a request; loading one takes longer than an answer."""

PARAMS = frozenset({"num_ctx", "keep_alive", "think"})
"""Parameters that only Ollama has; LiteLLM passes them on as they are."""
SOON = 5.0
"""Seconds within which Ollama says what it has; it need not load a model for that."""
SMALLEST_WINDOW = 4096
STEP = 2048


def normalized(model: str) -> str:
    """Returns the model string with the chat interface; `ollama/` flattens the roles of a prompt into one text."""
    return PREFIX + model.removeprefix("ollama/") if model.startswith("ollama/") else model


def is_for(model: str) -> bool:
    """Tells whether a model string names a model of Ollama's."""
    return normalized(model).startswith(PREFIX)


def address() -> str:
    """Returns where Ollama listens, from OLLAMA_API_BASE or OLLAMA_HOST in the forms that Ollama itself takes."""
    given = (os.environ.get("OLLAMA_API_BASE") or os.environ.get("OLLAMA_HOST") or "").strip().strip("\"'")
    scheme = given.split("://")[0] if "://" in given else "http"
    parts = urlsplit(given if "://" in given else f"http://{given}")
    try:
        port = parts.port or (443 if scheme == "https" else 80 if "://" in given else PORT)
    except ValueError:
        raise ConfigError("OLLAMA_HOST is not an address.", "Write it like 127.0.0.1:11434.") from None
    host = parts.hostname or "127.0.0.1"
    host = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"{scheme}://{host}:{port}{parts.path.rstrip('/')}"


async def context_length(wire: Wire, base: str, model: str) -> int | None:
    """Returns the most tokens that a pulled model can read and write, None where Ollama does not say.

    Raises `ConfigError` when the model is not pulled, `Failure` when nothing answers there.
    """
    name = model.removeprefix(PREFIX)
    pulled = await pulled_models(wire, base)
    if name not in pulled and f"{name}:latest" not in pulled:
        has = f" It has: {', '.join(pulled)}." if pulled else ""
        raise ConfigError(f"Ollama at {shown(base)} has no model {name!r}.{has}", f"Run: ollama pull {name}")
    told = await wire.post(f"{base}/api/show", {"content-type": "application/json"}, _body({"model": name}))
    info = told.data.get("model_info") if isinstance(told.data, dict) else None
    facts = info if isinstance(info, dict) else {}
    lengths = [value for key, value in facts.items() if key.endswith(".context_length")]
    return next((value for value in lengths if isinstance(value, int)), None)


async def pulled_models(wire: Wire, base: str) -> list[str]:
    """Returns the names of the models that are there; raises `Failure` when nothing answers."""
    soon = asyncio.get_running_loop().time() + SOON
    told = (await wire.get(f"{base}/api/tags", deadline=soon)).data
    models = told.get("models") if isinstance(told, dict) else None
    names = (model.get("name") for model in models if isinstance(model, dict)) if isinstance(models, list) else ()
    return sorted(name for name in names if isinstance(name, str))


def window(tokens_in: int, tokens_out: int, most: int | None) -> int:
    """Returns the context window, in tokens, to ask for: without it Ollama takes a small one and cuts the prompt.

    In steps, since Ollama loads the model anew for each new size.
    """
    needed = max(SMALLEST_WINDOW, STEP * math.ceil((tokens_in + tokens_out) / STEP))
    return min(needed, most) if most else needed


def was_cut(answer: Mapping[str, Any], prompt_bytes: int, own_bytes: int, num_ctx: int) -> bool:
    """Tells whether the prompt was cut before the model read it, of which Ollama says nothing but how much it read.

    That is half the window and two tokens, or fewer tokens than even this paper's own part of the prompt can have been;
    no tokenizer makes more than eight bytes of English a token. The part that all papers share may have been read for
    an earlier question, and older releases do not count that. A count that is absent says nothing.
    """
    read = answer.get("prompt_eval_count")
    if not isinstance(read, int):
        return False
    return read * 8 < own_bytes or (abs(read - num_ctx // 2 - 2) <= 1 and read * 5 < prompt_bytes)


def quiet_thinking(model: str) -> str | bool:
    """Returns the value of `think` for a model that thought and then said nothing; gpt-oss cannot do without."""
    return "low" if model.removeprefix(PREFIX).startswith("gpt-oss") else False


def _body(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data).encode()
