"""What a client asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

Shape = Literal["openai", "ollama", "anthropic"]

REDIRECTED = "/redirected"
"""Where the redirects lead; the rest of the path is that of the call."""


@dataclass(frozen=True)
class Call:
    """One request, as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    raw: bytes
    """The body's bytes, as many as arrived."""
    whole: bool
    """Whether as many bytes of the body arrived as Content-Length said."""
    when: float
    """`time.monotonic()` at arrival."""
    connection: int
    """Number of the connection, from 0."""
    number: int = -1
    """Place among the chat calls, from 0; -1 for all other requests."""

    @cached_property
    def body(self) -> Any:
        """The body as JSON; None where it is not JSON."""
        try:
            return json.loads(self.raw)
        except ValueError:
            return None

    @cached_property
    def sha256(self) -> str:
        """Hash of the body's bytes, in hex."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def fields(self) -> dict[str, Any]:
        """The body, where it is a JSON object, else nothing."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def shape(self) -> Shape | None:
        """Whose way of speaking the path belongs to; None where it is not a chat path."""
        path = self.path.partition("?")[0]
        if path.startswith(REDIRECTED):
            return None
        if path.endswith("/chat/completions"):
            return "openai"
        if path.endswith("/api/chat"):
            return "ollama"
        return "anthropic" if path.endswith("/v1/messages") else None

    def texts(self, role: str) -> list[str]:
        """The texts of all messages of a role, in order."""
        messages = self.fields.get("messages") or []
        return [_text(message.get("content")) for message in messages if message.get("role") == role]


def _text(content: object) -> str:
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""
