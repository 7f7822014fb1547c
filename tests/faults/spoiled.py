"""A model server that fails by name and at times, and whose good answers quote no abstract."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.fakes import ANSWERS, FAULTS, Call, Reply, Script, answer
from tests.fakes.scripts import good

WHEN: dict[str, Callable[[Call], bool]] = {
    "always": lambda call: True,
    "first": lambda call: call.number == 0,
    "every-5": lambda call: call.number % 5 == 4,
}
"""Which of the calls fail; any other name is a text, and those that have it in their body fail."""


_LETTERS = str.maketrans("0123456789", "abcdefghij")


def spoiled(name: str, when: str) -> Script:
    """Answers calls with the fault or the spoiled answer of this name, and all others well."""
    chosen = WHEN.get(when, lambda call: json.dumps(when)[1:-1].encode() in call.raw)

    def script(call: Call) -> Any:
        if not chosen(call):
            return answer(unquoted(call))
        return FAULTS[name]() if name in FAULTS else ANSWERS[name](unquoted(call))

    return script


def unquoting(call: Call) -> Reply:
    """Answers every call well."""
    return answer(unquoted(call))


def unquoted(call: Call) -> str:
    """A good answer that leaves out first words, so that no sentence of an abstract stands in it."""
    return json.dumps(_thinned(json.loads(good(call))))


def _thinned(value: Any) -> Any:
    if isinstance(value, list):
        return [_thinned(item) for item in value]
    if not isinstance(value, dict):
        return value
    thinned = {key: _thinned(inner) for key, inner in value.items()}
    if "text" in value:
        thinned["text"] = " ".join(value["text"].split()[1:])
    if "label" in value:
        # A label with a number that no paper has is refused.
        thinned["label"] = value["label"].translate(_LETTERS)
    return thinned
