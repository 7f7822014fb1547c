"""Answers of endpoints kept in `tests/fixtures/completions`, one file a call, found by the request that they answer."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from agent import prompts, sources, text
from agent.models.answers import Unreadable, read
from agent.models.base import Answer, Completion, Model, Task, provenance
from agent.retrieval import Found
from agent.schema import Consulted, Paper

FOLDER = Path(__file__).parent / "fixtures" / "completions"
RENEW = "DIGEST_MODEL=… pytest tests/models/test_answers.py -n 0 --live --record"
RECORD = "DIGEST_TEST_RECORD"
MOST_REQUESTS = 2
ASSISTANT = "assistant"


class Completions:
    """The recorded calls of a folder, and which of them were asked for."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._live = recorder() if os.environ.get(RECORD) else None
        self.records = {path: json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("*.json"))}
        self._paths = {_key(record["request"]): path for path, record in self.records.items()}
        self._used: set[Path] = set()

    def response(self, messages: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        """Returns the body that answers these messages: our prompt, and for a re-ask what was said since."""
        request = {"messages_sha256": sha(messages[:2]), "attempt": 1 + sum(m["role"] == ASSISTANT for m in messages)}
        path = self._paths.get(_key(request))
        if path and self._live:
            self.records[path]["response"] = self._live(messages)
            path.write_text(json.dumps(self.records[path], indent=2, ensure_ascii=False) + "\n", "utf-8")
        if path is None:
            begin = messages[1]["content"].split("\n")[1][:80]
            raise LookupError(f"no recorded answer to request {request['attempt']} about {begin!r}; record it: {RENEW}")
        self._used.add(path)
        body: dict[str, Any] = self.records[path]["response"]
        return body

    def unused(self) -> str:
        """Names the recorded calls that nobody asked for, with the command that renews them; else empty."""
        names = ", ".join(str(path) for path in self.records if path not in self._used)
        return f"recorded, but never asked for: {names}; renew them: {RENEW}" if names else ""

    def papers(self, kind: str) -> list[Paper]:
        """Returns the papers of the seeds that the calls in a folder of this name are about, in reading order."""
        titles = {record["request"]["title"] for path, record in self.records.items() if path.parent.name == kind}
        return [paper for title, paper in _seeds().items() if title in titles]

    def asked(self, kind: str = "compare") -> dict[str, Found]:
        """Returns the questions that the calls in a folder answer, by the names of their files."""
        return {path.stem: _found(r["request"]) for path, r in self.records.items() if path.parent.name == kind}


@cache
def _seeds() -> dict[str, Paper]:
    """The papers of the seeds by their titles, in reading order."""
    pages = sorted(FOLDER.parents[2].glob("seeds/*.txt"))
    papers = [paper for page in pages for paper in sources.read(str(page)) if isinstance(paper, Paper)]
    found = {text.clean(paper.title): paper for paper in reversed(papers)}
    return dict(reversed(found.items()))


def _found(request: Mapping[str, Any]) -> Found:
    """The question of a call, and its papers as they are consulted: with clean sentences."""
    papers = [_seeds()[title] for title in request["papers"]]
    told = [p.model_copy(update={"sentences": tuple(text.sentences(text.clean(p.abstract)))}) for p in papers]
    why = tuple(Consulted(paper_id=p.id, why=f"named “{p.title.partition(':')[0]}”") for p in papers)
    return Found(request["title"], tuple(told), why)


class RecordedModel(Model):
    """Renders the prompt, finds the recorded answer and reads it; asks once more about one that cannot be read."""

    name = "recorded"

    def __init__(self, completions: Completions) -> None:
        self.completions = completions
        self.reasons: list[str] = []

    def complete(self, task: Task[Answer], inputs: Mapping[str, Any]) -> Completion[Answer]:
        """Answers from the records; raises `LookupError` where there is none."""
        messages = [{"role": m.role, "content": m.content} for m in prompts.render(task.name, inputs)]
        for attempt in range(1, MOST_REQUESTS + 1):
            content = self.completions.response(messages)["choices"][0]["message"]["content"]
            try:
                answer = read(content, task.answer)
                return Completion(answer, provenance(task.name, self.name, attempts=attempt))
            except Unreadable as error:
                self.reasons.append(error.reason)
                messages += [{"role": ASSISTANT, "content": content}, {"role": "user", "content": error.reason}]
        raise AssertionError(f"two answers that cannot be read: {self.reasons}")


def recorder() -> Callable[[Sequence[Mapping[str, str]]], dict[str, Any]]:
    """Returns who asks the endpoint that DIGEST_MODEL and DIGEST_API_BASE name, and gives its answers as they came."""
    from agent import settings
    from agent.models.endpoint.provider import Provider
    from agent.models.remote import address_of
    from agent.models.wire import Wire

    knobs = settings.load()

    async def ask(messages: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        wire = Wire(timeout=knobs.timeout, connections=1)
        try:
            provider = Provider(knobs.model, address_of(knobs), wire)
            response, _ = await provider.complete(messages, {"temperature": 0.0, "max_tokens": 4000})
            return dict(response.model_dump(exclude_none=True))
        finally:
            await wire.close()

    return lambda messages: asyncio.run(ask(messages))


def sha(messages: Sequence[Mapping[str, str]]) -> str:
    """Returns the sha-256 of messages as canonical JSON."""
    plain = [{"content": message["content"], "role": message["role"]} for message in messages]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def _key(request: Mapping[str, Any]) -> tuple[str, int]:
    return request["messages_sha256"], request["attempt"]
