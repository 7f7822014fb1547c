"""The model behind an endpoint as all others see it: what is known is taken from the cache, the rest is asked for.

Each answer is kept the moment it arrives, and a claim on its key stands while it is asked for, so that nothing is paid
for twice: not in one run, not by two at once, not after `kill -9`. Where the endpoint gives nothing usable the embedded
model answers, and the provenance says why.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from agent import prompts
from agent.cache import Cache
from agent.cache.claims import Claims
from agent.errors import ConfigError, DigestError
from agent.models import notice, ollama
from agent.models.base import Answer, Completion, Model, Task, provenance
from agent.models.budget import Receipt
from agent.prompts import Message
from agent.schema import Provenance
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.models.dispatch import Dispatch

ENTRY_VERSION = 1
MAX_TOKENS = 1000
"""Tokens an answer may have, where the prompt does not say."""


@dataclass(frozen=True)
class Question:
    """One thing to ask: what it is about, and the key under which its answer is kept."""

    task: Task[Any]
    inputs: Mapping[str, Any]
    key: str
    size: int
    """Bytes of the messages."""

    @property
    def limit(self) -> int:
        """Tokens the answer may have at first."""
        return int(prompts.describe(self.task.name).front.params.get("max_tokens", MAX_TOKENS))


class RemoteModel(Model):
    """Answers with any LiteLLM model; close it when the run is over."""

    def __init__(
        self, settings: Settings, cache: Cache, claims: Claims, fallback: Model, *, runs: Path, dry_run: bool = False,
        say: Callable[[str], None] = lambda _: None, watch: Callable[[Receipt, int], None] = lambda *_: None,
    ) -> None:  # fmt: skip
        self.name = ollama.normalized(settings.model)
        self.api_base = address_of(settings)
        self.settings, self.cache, self.claims, self.fallback, self.runs = settings, cache, claims, fallback, runs
        self.dry_run, self.say, self.watch = dry_run, say, watch
        self.receipt = Receipt()
        self._dispatch: Dispatch | None = None
        self._prefixes: dict[str, str] = {}

    def complete(self, task: Task[Answer], inputs: Mapping[str, Any]) -> Completion[Answer]:
        """Answers the task; see `complete_each`."""
        (outcome,) = self.complete_each(task, [inputs])
        if isinstance(outcome, DigestError):
            raise outcome
        return outcome

    def complete_each(
        self, task: Task[Answer], many: Iterable[Mapping[str, Any]]
    ) -> Iterator[Completion[Answer] | DigestError]:
        """Yields the answers in order, from the cache or from the endpoint with many requests under way.

        What the endpoint could not answer, the embedded model does. Raises `ConfigError` for a wrong key or model,
        `EndpointError` when the endpoint answered nothing at all, and `NothingSent` where the run is a dry one.
        """
        questions = [self._question(task, inputs) for inputs in many]
        unknown = [question for question in questions if self.cache.get(question.key) is None]
        if unknown:
            yield from self._dispatched().answers(questions, unknown)
            return
        for question in questions:
            known = self.known(question)
            # An entry that cannot be read is asked for anew.
            yield from [known] if known else self._dispatched().answers([question], [question])

    def known(self, question: Question) -> Completion[Any] | None:
        """Returns the cached answer, None where there is none that can be read."""
        text = self.cache.get(question.key)
        if text is None:
            return None
        try:
            entry = json.loads(text)
            answer = question.task.answer.model_validate(entry["answer"])
            source = Provenance.model_validate(entry["provenance"])
        except (ValueError, KeyError, TypeError, ValidationError):
            return None
        self.receipt.answers += 1
        self.receipt.cached += 1
        return Completion(answer, source)

    def degraded(self, question: Question, reason: str, **facts: Any) -> Completion[Any]:
        """Returns the embedded model's answer, with the reason why it stands there."""
        self.receipt.answers += 1
        self.receipt.degraded += 1
        done = self.fallback.complete(question.task, question.inputs)
        return Completion(done.answer, done.provenance.model_copy(update={"degraded": reason, **facts}))

    def entry(self, question: Question, answer: Any, **facts: Any) -> tuple[str, Completion[Any]]:
        """Returns the text to keep, and the completion it stands for; the abstract is not in it."""
        source = provenance(
            question.task.name, self.name, cached=True, made_at=datetime.datetime.now(datetime.UTC), **facts
        )
        record = {
            "entry_version": ENTRY_VERSION,
            "task": question.task.name,
            "api_base": notice.address(self.api_base) if self.api_base else None,
            "answer": answer.model_dump(mode="json", exclude_defaults=True),
            "provenance": source.model_dump(mode="json"),
        }
        return json.dumps(record, ensure_ascii=False, sort_keys=True), Completion(answer, source)

    def messages(self, question: Question) -> list[Message]:
        """Returns what is sent about it."""
        return prompts.render(question.task.name, question.inputs)

    def close(self) -> None:
        """Ends all that is under way and tells what the run took; finished answers are kept."""
        if self._dispatch:
            dispatch, self._dispatch = self._dispatch, None
            dispatch.close()
            self.receipt = dispatch.receipt()
        self.cache.close()
        for remark in (*self.cache.remarks, *self.claims.remarks):
            self.say(remark)
        if self.receipt.answers:
            self.say(notice.after(self.receipt))

    def _dispatched(self) -> Dispatch:
        if self._dispatch is None:
            from agent.models.dispatch import Dispatch

            self._dispatch = Dispatch(self)
        return self._dispatch

    def _question(self, task: Task[Any], inputs: Mapping[str, Any]) -> Question:
        messages = prompts.render(task.name, inputs)
        # Canonical JSON of lists is their JSON: only objects have an order to agree on.
        text = json.dumps([[message.role, message.content] for message in messages], ensure_ascii=True)
        prefix = self._prefixes.get(task.name) or self._prefix(task)
        return Question(task, inputs, hashlib.sha256((prefix + text).encode()).hexdigest(), len(text))

    def _prefix(self, task: Task[Any]) -> str:
        """Everything that changes an answer, apart from the messages, as canonical JSON."""
        asked = {
            "model": self.name,
            "api_base": self.api_base,
            "params": prompts.describe(task.name).front.params,
            "schema": task.schema(),
        }
        text = json.dumps(asked, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return self._prefixes.setdefault(task.name, text)


def address_of(settings: Settings) -> str | None:
    """Returns the endpoint's address where the user gave one, by flag or by the variables that LiteLLM looks at.

    Raises `ConfigError` when it is none.
    """
    if "/" not in settings.model:
        raise ConfigError(
            f"--model {settings.model}: no provider is named.",
            "Write it like ollama_chat/qwen3:8b or openai/gpt-4o-mini.",
        )
    provider = settings.model.split("/")[0].upper()
    found = os.environ.get(f"{provider}_API_BASE") or os.environ.get(f"{provider}_BASE_URL")
    if settings.api_base or not ollama.is_for(settings.model):
        return _sound(settings.api_base or found)
    return ollama.address()


def _sound(address: str | None) -> str | None:
    if not address:
        return None
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment:
        raise ConfigError(
            f"--api-base {notice.address(address) if good else ''}: not an address that paths can be added to.",
            "Write it like http://127.0.0.1:8000/v1",
        )
    return address.rstrip("/")
