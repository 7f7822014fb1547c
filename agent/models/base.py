"""The one seam: a model completes a task."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from agent.errors import DigestError
from agent.schema import Provenance

Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True)
class Task(Generic[Answer]):
    """Something we ask, named after its prompt file."""

    name: str
    """`summarize` is asked with `prompts/summarize.md.j2`."""
    answer: type[Answer]
    """The shape of the answer."""
    complaint: Callable[[Answer, Mapping[str, Any]], str] = lambda answer, inputs: ""
    """What is wrong with an answer of the right shape, in a sentence for whoever gave it; empty when nothing is."""
    doubts: Callable[[Answer, Mapping[str, Any]], list[str]] = lambda answer, inputs: []
    """What an answer says without support, a line each; told once to whoever gave it.

    Unlike a complaint it spoils nothing: an answer that still has doubts is taken, and mended by the task.
    """
    unasked: tuple[str, ...] = ()
    """Fields of the answer, or of what it is made of, that an endpoint is not asked for: tokens are paid for."""

    def schema(self) -> dict[str, Any]:
        """Returns the JSON schema of what an endpoint is asked for."""
        schema = self._asked(self.answer.model_json_schema())
        parts = {name: self._asked(part) for name, part in schema.get("$defs", {}).items()}
        return schema | ({"$defs": parts} if parts else {})

    def _asked(self, part: dict[str, Any]) -> dict[str, Any]:
        if "properties" not in part:
            return part
        asked = {name: field for name, field in part["properties"].items() if name not in self.unasked}
        return {**part, "properties": asked}


@dataclass(frozen=True)
class Completion(Generic[Answer]):
    """A model's answer before any check, and where it comes from."""

    answer: Answer
    provenance: Provenance


class Model(ABC):
    """Whoever answers; nothing above this seam asks which one it is."""

    name: str
    """`embedded` or a LiteLLM model string."""

    @abstractmethod
    def complete(self, task: Task[Answer], inputs: Mapping[str, Any]) -> Completion[Answer]:
        """Answers the task about the inputs of its prompt.

        Raises `EndpointError` when no usable answer can be had.
        """

    def complete_each(
        self, task: Task[Answer], many: Iterable[Mapping[str, Any]]
    ) -> Iterator[Completion[Answer] | DigestError]:
        """Yields the answer about each of many inputs, in their order, or why there is none.

        One after another here, and each only when it is asked for; a model that can have several under way does.
        """
        for inputs in many:
            try:
                yield self.complete(task, inputs)
            except DigestError as error:
                yield error

    def close(self) -> None:
        """Ends whatever is under way; a model that holds nothing has nothing to end."""
        return


def provenance(task: str, model: str, **facts: Any) -> Provenance:
    """Returns where an answer of this model to this task comes from; `facts` are further fields."""
    import agent
    from agent.prompts import describe

    prompt = describe(task)
    return Provenance(
        engine_version=agent.__version__, model=model, prompt=f"{task}@{prompt.version}", prompt_sha=prompt.sha, **facts
    )
