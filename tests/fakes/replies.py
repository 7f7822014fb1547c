"""What a server may answer: good answers and errors in the words of whoever's path was called."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from tests.fakes.call import Call

Fault = Literal["", "reset", "reset-in-body", "close", "hang", "drip", "huge", "redirect"]
Body: TypeAlias = "bytes | str | dict[str, Any] | Callable[[Call], Body]"
Script: TypeAlias = "Callable[[Call], Reply]"


@dataclass(frozen=True)
class Reply:
    """One answer, or what comes instead of one."""

    body: Body = b""
    """Sent as it is, a `dict` as JSON; or what makes the body out of the call."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds before the first byte."""
    fault: Fault = ""
    """What goes wrong below HTTP; see `tests/fakes/connection.py`."""


@dataclass(frozen=True)
class ChatCompletion:
    """What a model said, to be told in any shape."""

    content: str | None
    usage: tuple[int, int] | None = None
    """Tokens in and out; None: a quarter of the characters."""
    finish: str = "stop"
    """`stop`, `length`, `content_filter`, or Ollama's `load`."""
    message: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the message; `reasoning` is named as each shape names it."""

    def __call__(self, call: Call) -> dict[str, Any]:
        """Tells it in the shape of the path that was called."""
        return {"openai": _openai, "ollama": _ollama, "anthropic": _anthropic}[call.shape or "openai"](self, call)

    def tokens(self, call: Call) -> tuple[int, int]:
        """Tokens in and out."""
        if self.usage:
            return self.usage
        asked = sum(len(text) for role in ("system", "user", "assistant") for text in call.texts(role))
        return asked // 4 + 1, len(self.content or "") // 4 + 1


def answer(
    content: str | None,
    usage: tuple[int, int] | None = None,
    finish: str = "stop",
    delay: float = 0.0,
    **message: Any,
) -> Reply:
    """A good answer in the shape of the path that is called."""
    return Reply(ChatCompletion(content, usage, finish, message), delay=delay)


def error(status: int, message: str, **headers: str) -> Reply:
    """An error in the shape of the path that is called; `retry_after="1"` becomes the header `Retry-After`."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return Reply(lambda call: error_body(call, status, message), status=status, headers=named)


def error_body(call: Call, status: int, message: str) -> dict[str, Any]:
    """An error as the path that was called would tell it."""
    kind = {400: "invalid_request_error", 401: "authentication_error", 429: "rate_limit_error"}.get(status, "api_error")
    if call.path.startswith("/api/"):
        return {"error": message}
    if call.shape == "anthropic":
        return {"type": "error", "error": {"type": kind, "message": message}}
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}


def render(call: Call, body: Body) -> bytes:
    """The bytes of a body."""
    while callable(body):
        body = body(call)
    if isinstance(body, dict):
        body = json.dumps(body)
    return body.encode() if isinstance(body, str) else body


def _openai(said: ChatCompletion, call: Call) -> dict[str, Any]:
    tokens_in, tokens_out = said.tokens(call)
    more = {"reasoning_content" if name == "reasoning" else name: value for name, value in said.message.items()}
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": said.content, **more},
        "finish_reason": "stop" if said.finish == "load" else said.finish,
    }
    return {
        "id": f"chatcmpl-{call.number}",
        "object": "chat.completion",
        "created": 1742169600,
        "model": call.fields.get("model"),
        "choices": [choice],
        "usage": {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out},
    }


def _ollama(said: ChatCompletion, call: Call) -> dict[str, Any]:
    tokens_in, tokens_out = said.tokens(call)
    more = {"thinking" if name == "reasoning" else name: value for name, value in said.message.items()}
    return {
        "model": call.fields.get("model"),
        "created_at": "2025-03-17T00:00:00Z",
        "message": {"role": "assistant", "content": said.content, **more},
        "done": True,
        "done_reason": said.finish,
        "total_duration": 1_000_000,
        "load_duration": 1_000,
        "prompt_eval_count": tokens_in,
        "prompt_eval_duration": 1_000,
        "eval_count": tokens_out,
        "eval_duration": 1_000,
    }


def _anthropic(said: ChatCompletion, call: Call) -> dict[str, Any]:
    tokens_in, tokens_out = said.tokens(call)
    reasons = {"stop": "end_turn", "load": "end_turn", "length": "max_tokens", "content_filter": "refusal"}
    thinking = [{"type": "thinking", "thinking": said.message["reasoning"]}] if "reasoning" in said.message else []
    refused = "refusal" in said.message
    return {
        "id": f"msg_{call.number}",
        "type": "message",
        "role": "assistant",
        "model": call.fields.get("model"),
        "content": [*thinking, *([_block(said.content, call)] if said.content else [])],
        "stop_reason": "refusal" if refused else reasons.get(said.finish, said.finish),
        "stop_sequence": None,
        "usage": {"input_tokens": tokens_in, "output_tokens": tokens_out},
    }


def _block(content: str, call: Call) -> dict[str, Any]:
    """Text, or the arguments of the one tool that the client says must be used: how a JSON answer is asked for."""
    choice = call.fields.get("tool_choice") or {}
    arguments = _object(content) if choice.get("type") == "tool" else None
    if arguments is None:
        return {"type": "text", "text": content}
    return {"type": "tool_use", "id": f"toolu_{call.number}", "name": choice["name"], "input": arguments}


def _object(content: str) -> dict[str, Any] | None:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
