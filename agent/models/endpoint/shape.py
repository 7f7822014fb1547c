"""The shape of an answer as Instructor wants it: a class that knows its JSON schema and reads a text.

Instructor builds the schema of a model anew for every call, and walks through all its fields five times (5 ms of CPU
for ours). A class without fields that brings the schema along costs it nothing, and leaves the reading to `answers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from instructor.v2.core.function_calls import ResponseSchema
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from agent.models.answers import Unreadable, read
from agent.models.base import Task

MOST_DOUBTS = 6
"""So many are told; more of them make no answer better."""


@dataclass
class Hearing:
    """One question while it is answered."""

    inputs: Mapping[str, Any]
    """What it is about."""
    answers: int = 0
    """So many were read."""
    draft: BaseModel | None = None
    """The first answer, where there are doubts about it and it was asked for once more."""
    doubts: int = 0
    """So many are about the draft."""


HEARING: ContextVar[Hearing] = ContextVar("HEARING")
"""Where the answer that is being read belongs.

Instructor's own way to hand this to a check, `context=`, renders every message as a template.
"""


@cache
def shape(task: Task[Any]) -> type[BaseModel]:
    """Returns the class to hand to Instructor as `response_model`; it yields instances of the task's own answer."""
    schema = task.schema()

    def model_json_schema(cls: type, /, *_: Any, **__: Any) -> dict[str, Any]:
        return schema

    def model_validate_json(cls: type, /, text: str, **_: Any) -> BaseModel:
        return _read(task, text)

    body = {
        "model_json_schema": classmethod(model_json_schema),
        "model_validate_json": classmethod(model_validate_json),
        "__module__": __name__,
        "__doc__": task.answer.__doc__,
    }
    return type(task.answer.__name__, (ResponseSchema,), body)


def strict(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a JSON schema in the form that strict structured output asks for: every key required, no other allowed.

    https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
    """
    closed = {key: value for key, value in schema.items() if key != "default"}
    for names in {"properties", "$defs"} & closed.keys():
        closed[names] = {name: strict(part) for name, part in closed[names].items()}
    if "items" in closed:
        closed["items"] = strict(closed["items"])
    if "anyOf" in closed:
        closed["anyOf"] = [strict(part) for part in closed["anyOf"]]
    if "properties" in closed:
        closed |= {"required": list(closed["properties"]), "additionalProperties": False}
    return closed


def _read(task: Task[Any], text: str) -> BaseModel:
    """The answer in the text; raises pydantic's error, on which alone Instructor asks again."""
    hearing = HEARING.get()
    hearing.answers += 1
    try:
        answer: BaseModel = read(text, task.answer)
        complaint = task.complaint(answer, hearing.inputs)
    except Unreadable as error:
        complaint = str(error)
    if complaint:
        raise _invalid(task, complaint)
    return _better(task, answer, hearing)


def _better(task: Task[Any], answer: BaseModel, hearing: Hearing) -> BaseModel:
    """Of two answers the one with fewer doubts, the second of equals; raises the doubts where there is only one yet."""
    doubts = task.doubts(answer, hearing.inputs)
    if doubts and hearing.answers == 1:
        hearing.draft, hearing.doubts = answer, len(doubts)
        raise _invalid(task, _told(doubts))
    return hearing.draft if hearing.draft is not None and hearing.doubts < len(doubts) else answer


def _told(doubts: Sequence[str]) -> str:
    more = [f"and {len(doubts) - MOST_DOUBTS} more of this kind"] if len(doubts) > MOST_DOUBTS else []
    head = "The answer says what the sentences do not. Correct these or leave them out, and keep the rest:"
    return "\n".join([head, *(f"- {doubt}" for doubt in (*doubts[:MOST_DOUBTS], *more))])


def _invalid(task: Task[Any], why: str) -> ValidationError:
    reason = PydanticCustomError("answer", "{reason}", {"reason": why})
    return ValidationError.from_exception_data(task.answer.__name__, [{"type": reason, "input": None}])
