"""Small papers of no particular field, and models that answer from a script or from memory."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from agent.errors import EndpointError
from agent.library import paper_id
from agent.models.base import Answer, Completion, Model, Task
from agent.models.embedded import EmbeddedModel
from agent.schema import Paper, Provenance, Sighting

PROVENANCE = Provenance(engine_version="0", model="scripted", prompt="any@1", prompt_sha="0" * 12)

ABSTRACT = (
    "Peat soils store much carbon. We propose Mireflux, a chamber that measures methane fluxes. "
    "On the Fenland benchmark, Mireflux lowers the error by 12.5% compared with closed chambers. "
    "Code is available at https://example.org/mireflux."
)


def paper(title: str = "Mireflux: Measuring Peat", abstract: str = ABSTRACT, **fields: Any) -> Paper:
    """A paper seen once, on `fields["seen"]` at `fields["source"]`."""
    seen: datetime.date | None = fields.pop("seen", None)
    source = fields.pop("source", "page.txt:1")
    identity = {key: fields[key] for key in ("authors", "arxiv_id", "doi") if key in fields}
    return Paper(
        id=paper_id(title=title, abstract=abstract, **identity),
        title=title,
        abstract=abstract,
        sightings=(Sighting(source=source, seen=seen),),
        **fields,
    )


class ScriptedModel(Model):
    """Answers from a queue and keeps what it was asked; an empty queue is an endpoint that does not answer."""

    name = "scripted"

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    def complete(self, task: Task[Answer], inputs: Mapping[str, Any]) -> Completion[Answer]:
        """Gives the next answer."""
        self.asked.append((task.name, inputs))
        if not self.answers:
            raise EndpointError("The script has no more answers.")
        return Completion(self.answers.pop(0), PROVENANCE)


class RememberingModel(EmbeddedModel):
    """The embedded model, which thinks about each paper once, for tests of what is made of its answers."""

    def __init__(self) -> None:
        self.answered: dict[tuple[object, ...], Completion[Any]] = {}

    def complete(self, task: Task[Answer], inputs: Mapping[str, Any]) -> Completion[Answer]:
        """Gives the answer of before, if there is one."""
        if task.name != "summarize":
            return super().complete(task, inputs)
        asked = (inputs["title"], *inputs["sentences"])
        if asked not in self.answered:
            self.answered[asked] = super().complete(task, inputs)
        return self.answered[asked]


EMBEDDED = RememberingModel()
"""For all tests of a process that look at what is made of summaries of the seeds."""
