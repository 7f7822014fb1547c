"""What an endpoint says when it fails, made fit to be shown: no key, no prompt, no control characters."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from json import loads
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST = 200
"""Characters of a message."""
ECHO = 20
"""Signs in a row, white space, quotes and backslashes aside, that make a piece of the request recognizable."""

_SECRET_VARIABLE = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD)$", re.IGNORECASE)
_SECRET_HEADER = re.compile(r"auth|key|token|secret|cookie|passw|credential", re.IGNORECASE)
_KEY_SHAPES = re.compile(
    r"""
      \b(?i:bearer|basic)\s+(?=[^\s"',;]*\d)[^\s"',;]{6,}
    | \b(?:sk|pk|rk|gsk|hf|xai|ghp|glpat|r8|nvapi|pplx)[-_][^\s"',;]{8,}
    | \bAIza[\w-]+ | \bAKIA[0-9A-Z]+ | \beyJ[\w-]+\.[\w.-]+
    | [\w.-]*\*{3,}[\w.*-]*                                             # a key that the server has half hidden
    | (?<![A-Za-z0-9+/_=-])(?=[A-Za-z0-9+/_=-]{32})
      (?=[A-Za-z0-9+/_=-]*[A-Za-z0-9]{20})[A-Za-z0-9+/_=-]+             # hexadecimal or base64, not a model's name
    """,
    re.VERBOSE,
)
_ESCAPES = re.compile(r"\\[nrtbf]|\\u[0-9a-fA-F]{4}")
_PASSED_OVER = re.compile(r"[\s\"'\\]+")


def said(answer: object) -> str:
    """Returns the message of a parsed error answer, whatever the provider; empty when there is none.

    OpenAI, Anthropic and Google write `error.message`, Ollama `error`, FastAPI `detail`, others `message`.
    """
    for _ in range(4):
        if isinstance(answer, list):
            answer = answer[0] if answer else None
        if not isinstance(answer, dict):
            break
        answer = next((answer[name] for name in ("error", "message", "detail", "msg") if answer.get(name)), None)
    return answer if isinstance(answer, str) else ""


def told(text: str, url: str = "", headers: Mapping[str, str] | None = None, body: bytes | None = None) -> str:
    """Returns the text without secrets, without what stands in the request's body, on one line of 200 characters.

    Secrets are the values of environment variables named …KEY, …TOKEN, …SECRET or …PASSWORD, what was sent in headers
    and in the address to prove who asks, and whatever looks like a key. They give way to `[hidden]`, echoes of the
    request to `[…]`.
    """
    # Ten times what is shown leaves room for what is taken out.
    text = _line(_ESCAPES.sub(" ", text[: 10 * LONGEST]))
    for secret in sorted(set(_secrets(url, headers or {})), key=lambda value: (-len(value), value)):
        text = _without(secret, text)
    text = _KEY_SHAPES.sub("[hidden]", _without_echo(text, body) if body else text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _secrets(url: str, headers: Mapping[str, str]) -> Iterator[str]:
    yield from (value for name, value in os.environ.items() if _SECRET_VARIABLE.search(name))
    for name, value in headers.items():
        if _SECRET_HEADER.search(name):
            yield value
            yield from value.split()[1:]
    try:
        place = urlsplit(url)
    except ValueError:
        return
    yield from (part for part in (place.username, place.password) if part)
    yield from (unquote(part) for part in (place.username, place.password) if part)
    yield from (value for _, value in parse_qsl(place.query))


def _without(secret: str, text: str) -> str:
    secret = _line(secret)
    # Shorter ones, such as `x` or `none`, stand for "no key" and are no more than a word.
    if len(secret) < 6:
        return text
    if len(secret) < 12:
        return re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "[hidden]", text)
    # Servers quote the beginning of a wrong key.
    return re.sub(rf"{re.escape(secret)}|(?<!\w){re.escape(secret[:8])}[^\s\"',;]*", "[hidden]", text)


def _without_echo(text: str, body: bytes) -> str:
    places = [at for at, sign in enumerate(text) if not _PASSED_OVER.match(sign)]
    signs = "".join(text[at] for at in places)
    pieces = {signs[at : at + ECHO] for at in range(len(signs) - ECHO + 1)}
    echoed = _echoes(_PASSED_OVER.sub("", _asked(body)), pieces)
    hidden = bytearray(b"." * len(text))
    for at in range(len(signs) - ECHO + 1):
        if signs[at : at + ECHO] in echoed:
            first, last = places[at], places[at + ECHO - 1]
            hidden[first : last + 1] = b"x" * (last + 1 - first)
    # What stands between two echoes, such as a letter that was escaped, belongs to them.
    marks = re.sub(rb"(?<=x)\.{1,%d}(?=x)" % ECHO, lambda gap: b"x" * len(gap[0]), bytes(hidden))
    return _marked(text, marks)


def _echoes(asked: str, pieces: set[str]) -> set[str]:
    return {piece for at in range(len(asked) - ECHO + 1) if (piece := asked[at : at + ECHO]) in pieces}


def _marked(text: str, marks: bytes) -> str:
    parts, end = [], 0
    for run in re.finditer(b"x+", marks):
        parts += [text[end : run.start()], "[…]"]
        end = run.end()
    return "".join(parts) + text[end:]


def _asked(body: bytes) -> str:
    """Returns the texts of a request; its model is no secret, and a message about it must name it."""
    try:
        request = loads(body)
    except (ValueError, RecursionError):
        return body.decode(errors="replace")
    if isinstance(request, dict):
        request.pop("model", None)
    return "\n".join(_texts(request))


def _texts(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
