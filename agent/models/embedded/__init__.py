"""The model inside the package: extractive, by rules, without network, key or download."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from agent.errors import EndpointError
from agent.models.base import Answer, Completion, Model, Task, provenance


class EmbeddedModel(Model):
    """Answers the tasks of any model from the inputs alone: the same inputs give the same bytes."""

    name = "embedded"

    def complete(self, task: Task[Answer], inputs: Mapping[str, Any]) -> Completion[Answer]:
        """Answers the task about the inputs of its prompt.

        Raises `EndpointError` for a task that only a language model can do.
        """
        answering = _ANSWERING.get(task.name)
        if answering is None:
            raise EndpointError(
                f"The embedded model cannot do the task {task.name!r}.", f"It can do: {', '.join(sorted(_ANSWERING))}."
            )
        answer = answering(inputs)
        if not isinstance(answer, task.answer):
            raise EndpointError(f"The embedded model answers {task.name!r} with {type(answer).__name__}, not as asked.")
        return Completion(answer, provenance(task.name, self.name, cost_usd=0.0))


def _summarize(inputs: Mapping[str, Any]) -> object:
    from agent.models.embedded.summary import summarize

    return summarize(inputs["title"], inputs["sentences"])


def _topics(inputs: Mapping[str, Any]) -> object:
    # Grouping loads libraries that a single summary does without.
    from agent.models.embedded.topics import group

    return group(inputs["papers"], inputs.get("sections", ()))


def _compare(inputs: Mapping[str, Any]) -> object:
    from agent.models.embedded.compare import compare

    return compare(inputs["question"], inputs["papers"])


def _newsletter(inputs: Mapping[str, Any]) -> object:
    from agent.models.embedded.newsletter import draft

    return draft(inputs)


def _section(inputs: Mapping[str, Any]) -> object:
    from agent.models.embedded.newsletter import retell

    return retell(inputs)


_ANSWERING: dict[str, Callable[[Mapping[str, Any]], object]] = {
    "summarize": _summarize,
    "topics": _topics,
    "compare": _compare,
    "newsletter": _newsletter,
    "section": _section,
}
