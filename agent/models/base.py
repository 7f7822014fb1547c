"""The one seam: a model completes a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from agent.schema import Provenance

Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True)
class Task(Generic[Answer]):
    """Something we ask, named after its prompt file."""

    name: str
    """`summarize` is asked with `prompts/summarize.md.j2`."""
    answer: type[Answer]
    """The shape of the answer."""


@dataclass(frozen=True)
class Completion(Generic[Answer]):
    """A model's answer before any check, and where it comes from."""

    answer: Answer
    provenance: Provenance


class Model(Protocol):
    """Whoever answers; nothing above this seam asks which one it is."""

    @property
    def name(self) -> str:
        """`embedded` or a LiteLLM model string."""
        ...

    def complete(self, task: Task[Answer], inputs: Mapping[str, Any]) -> Completion[Answer]:
        """Answers the task about the inputs of its prompt.

        Raises `EndpointError` when no usable answer can be had.
        """
        ...
