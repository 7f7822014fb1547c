"""The ways in which models spoil a good answer, by name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.fakes.replies import Reply, answer

SORRY = "I'm sorry, but I can't help with that request."
SENTENCE = "The method improves the results of the method. "
DEEP = 100_000
THOUGHT = 'The user wants JSON. Maybe {"tldr": null}? Let me check sentence 2 again.'
SCHEMA_ECHO = '{"type": "object", "properties": {"tldr": {"type": "object"}}, "required": ["tldr"]}'


def duplicate_keys(good: str) -> str:
    """The first key twice, with different values."""
    key, value = next(iter(json.loads(good).items()))
    return f"{{{json.dumps(key)}: {other(json.dumps(value))}, {good.strip()[1:]}"


def other(good: str) -> str:
    """The same shape with another text."""
    return _in_first_text(good, "Otherwise: ")


def extra_keys(good: str) -> str:
    """Fields that nobody asked for, at the top and below."""
    fields = {name: _with_note(value) for name, value in json.loads(good).items()}
    return json.dumps({**fields, "confidence": 0.93, "notes": ["as asked", {"why": None}]})


def missing_keys(good: str) -> str:
    """Without the first field."""
    return json.dumps(dict(list(json.loads(good).items())[1:]))


def string_numbers(good: str) -> str:
    """Every number as a string."""
    return json.dumps(json.loads(good, parse_int=str, parse_float=str))


def looped(good: str) -> str:
    """The first text says the same 500 times."""
    return _in_first_text(good, SENTENCE * 500)


def _with_note(value: Any) -> Any:
    return {**value, "note": "as asked"} if isinstance(value, dict) else value


def _in_first_text(good: str, text: str) -> str:
    return re.sub(r':\s*"', lambda match: match[0] + text, good, count=1)


ANSWERS: dict[str, Callable[[str], Reply]] = {
    "good": answer,
    "fenced": lambda good: answer(f"```json\n{good}\n```"),
    "in-prose": lambda good: answer(f"Sure! Here is the JSON you asked for:\n\n{good}\n\nLet me know if it helps."),
    "bom": lambda good: answer("\ufeff" + good),
    "think": lambda good: answer(f"<think>\n{THOUGHT}\n</think>\n\n{good}"),
    "think-unclosed": lambda good: answer(f"<think>\n{THOUGHT}\n{good}"),
    "only-thinking": lambda good: answer("", reasoning=f"{THOUGHT}\n{good}"),
    "duplicate-keys": lambda good: answer(duplicate_keys(good)),
    "two-objects": lambda good: answer(f"{good}\n{other(good)}"),
    "two-equal-objects": lambda good: answer(f"{good}\n{good}"),
    "schema-echo": lambda good: answer(f"{SCHEMA_ECHO}\n{good}"),
    "nan": lambda good: answer(re.sub(r'":\s*\[\d+', '": [NaN', good, count=1)),
    "extra-keys": lambda good: answer(extra_keys(good)),
    "missing-keys": lambda good: answer(missing_keys(good)),
    "deep-nesting": lambda _: answer('{"tldr": ' + "[" * DEEP + "]" * DEEP + "}"),
    "lone-surrogate": lambda good: answer(_in_first_text(good, "\\ud800")),
    "lone-surrogate-outside": lambda good: answer(_in_first_text(good, "\ud800")),
    "empty": lambda _: answer(""),
    "null": lambda _: answer("null"),
    "refusal": lambda _: answer(None, refusal=SORRY),
    "refusal-in-prose": lambda _: answer(SORRY),
    "content-filter": lambda _: answer("", finish="content_filter"),
    "loop": lambda good: answer(looped(good)),
    "loop-cut": lambda good: answer(looped(good)[: len(SENTENCE) * 400], finish="length"),
    "cut-length": lambda good: answer(good[: len(good) // 2], finish="length"),
    "cut-stop": lambda good: answer(good[: len(good) // 2]),
    "string-numbers": lambda good: answer(string_numbers(good)),
    "ollama-load": lambda _: answer("", finish="load"),
    "ollama-truncated-prompt": lambda good: answer(good, usage=(26, len(good) // 4)),
}
"""A reply by name, made from the JSON text of a good answer."""
