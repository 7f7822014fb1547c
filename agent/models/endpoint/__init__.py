"""Answers from a model endpoint: LiteLLM speaks to it, Instructor asks for the shape, one layer retries.

Only this package imports LiteLLM and Instructor (4 s, 165 MB), and only when a call is really needed. Instructor's
client is used as it is; see `shape` for what keeps it cheap and `provider` for what of LiteLLM is passed by.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import instructor
from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException, ResponseParsingError

from agent.errors import DigestError, EndpointError
from agent.models import ollama
from agent.models.answers import Unreadable, isolate
from agent.models.base import Task
from agent.models.budget import BYTES_A_TOKEN, Budget
from agent.models.endpoint.provider import Provider, counts
from agent.models.endpoint.shape import HEARING, Hearing, shape
from agent.models.failure import Unsent
from agent.models.notice import address
from agent.models.retry import Stopped, Ticket, Traffic
from agent.models.runlog import RunLog
from agent.models.wire import Failure, Wire
from agent.prompts import Message

MODES = (instructor.Mode.JSON_SCHEMA, instructor.Mode.MD_JSON)
"""The ladder: the schema as a parameter of the request; where that is not understood, written into the prompt."""

UNHEARD = frozenset({"refused", "dns", "tls", "proxy", "request"})
"""Failures before anything was sent, which nobody bills."""
SPOILED_IN_A_ROW = 2
"""Questions answered in the wrong shape, with none answered well between them, after which all go down the ladder."""
SCHEMA_BYTES = 6000
"""What a schema may add to a prompt, by either way."""


class Unusable(EndpointError):
    """The endpoint answered about one paper, but not with anything that can be used."""


@dataclass
class Asking:
    """One question, through all its requests."""

    task: Task[Any]
    key: str
    limit: int
    """Tokens the answer may have."""
    before_sending: Callable[[], None] = lambda: None
    """Called before each request, when nothing stands in its way any more."""
    rung: int = 0
    """How far down the ladder this question is."""
    widened: bool = False
    """Whether the limit was doubled already."""
    reasked: bool = False
    """Whether it was asked once more for what the first answer said without support."""
    hearing: Hearing = field(default_factory=lambda: Hearing({}))
    ticket: Ticket = field(default_factory=Ticket)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = 0.0
    seconds: float = 0.0


class Endpoint:
    """Asks one model; lives in one event loop with one client."""

    def __init__(
        self, model: str, api_base: str | None, wire: Wire, traffic: Traffic, budget: Budget, log: RunLog,
        *, log_content: bool = False,
    ) -> None:  # fmt: skip
        self.provider = Provider(model, api_base, wire)
        self._wire, self._traffic, self._budget, self._log = wire, traffic, budget, log
        self._log_content = log_content
        # Without the hooks of `create`, which copy every answer's usage for nobody.
        self._create = [instructor.from_litellm(self._send, mode=mode, async_client=True).create_fn for mode in MODES]
        self._rung = self._spoiled = 0
        self._context = self.provider.context
        self._longest = (0, 0)
        self._extra: dict[str, Any] = {}

    async def open(self) -> None:
        """Looks whether a local model is there, before anything is sent to it.

        Raises `ConfigError` when it is not pulled, `Failure` when nothing answers.
        """
        if self.provider.kind == "ollama_chat":
            self._context = await ollama.context_length(self._wire, str(self.provider.base), self.provider.model)
            self._extra["keep_alive"] = ollama.KEEP_ALIVE

    def fit(self, prompt_bytes: int, limit: int) -> None:
        """Makes the context window of a local model wide enough for the longest of the prompts to come."""
        tokens_in, tokens_out = self._longest
        self._longest = max(tokens_in, (prompt_bytes + SCHEMA_BYTES) // 3), max(tokens_out, 2 * limit)

    async def answer(self, asking: Asking, messages: Sequence[Message], inputs: Mapping[str, Any]) -> Any:
        """Returns an instance of the task's answer that its own check does not complain about.

        At most one re-ask for a bad shape or for what is said without support, one more with twice the room for an
        answer cut short, one step down the ladder. A first answer that is only doubted stands when asking for a better
        one fails, in whatever way. Raises `Unusable` when all that gives nothing, `Failure` or `Stopped` when no answer
        came, `Exhausted` when a limit of the run is reached. None of these holds the request.
        """
        HEARING.set(hearing := Hearing(inputs))
        asking.hearing = hearing
        sent: list[Any] = [{"role": message.role, "content": message.content} for message in messages]
        self._refuse_too_long(sent, asking.limit)
        while True:
            rung = max(self._rung, asking.rung)
            answer, trouble = await self._instructed(asking, sent, rung)
            if answer is not None:
                self._rung, self._spoiled = max(self._rung, asking.rung), 0
                return answer
            # Instructor's errors hold the whole request: nothing raised from here may have one for its context.
            self._climb_down(asking, trouble, rung)

    async def _instructed(self, asking: Asking, sent: Sequence[Any], rung: int) -> tuple[Any, Exception]:
        """An answer, be it one that was heard before something went wrong, or None and what is the matter."""
        trouble: Exception = Unusable("no reason given")
        try:
            answer = await self._create[rung](
                response_model=shape(asking.task), messages=list(sent), max_retries=1, strict=False, asking=asking,
                rung=rung,
            )  # fmt: skip
        except IncompleteOutputException:
            trouble = _Short()
        except InstructorRetryException as error:
            trouble = error.__cause__ if isinstance(error.__cause__, Exception) else trouble
        except asyncio.CancelledError:
            # What was heard is paid for: it is kept while all else is cut off.
            if asking.hearing.draft is None:
                raise
        else:
            return answer, trouble
        return asking.hearing.draft, trouble

    def _climb_down(self, asking: Asking, trouble: Exception, rung: int) -> None:
        """Changes what can be changed before the question is asked once more, or raises what is the matter."""
        trouble.__context__ = trouble.__cause__ = trouble.__traceback__ = None
        if isinstance(trouble, _Outdated):
            return
        if isinstance(trouble, _Short) and not asking.widened:
            asking.widened = True
            asking.limit *= 2
        elif isinstance(trouble, _Short):
            raise Unusable("the answer was cut at its limit twice")
        elif isinstance(trouble, _Thinks) and not trouble.was_told:
            self._extra["think"] = ollama.quiet_thinking(self.provider.model)
        elif isinstance(trouble, Failure) and trouble.unsupported and not rung and not _is_own(trouble):
            # Whether the schema was the reason is known when this question has been answered without it.
            asking.rung = 1
        elif isinstance(trouble, Failure | Stopped | DigestError):
            raise trouble
        elif isinstance(trouble, ValueError | ResponseParsingError):
            self._spoiled += 1
            self._rung = max(self._rung, int(self._spoiled >= SPOILED_IN_A_ROW))
            raise Unusable(f"two answers of the wrong shape ({_reason(trouble)})")
        else:
            raise Unusable(f"{type(trouble).__name__}, which is a bug of digest")

    async def _send(
        self, *, messages: list[dict[str, Any]], asking: Asking, rung: int, response_format: Any = None, **_: Any
    ) -> Any:
        """What Instructor takes for LiteLLM's `acompletion`."""
        sizes = [len(str(message["content"]).encode()) for message in messages]

        async def attempt() -> tuple[Any, Mapping[str, Any], bool]:
            if rung < self._rung:
                raise _Outdated
            # Only now, since what others learned while this one waited holds for it too.
            params = self._params(asking, response_format)
            return *await self._attempt(messages, params, asking, sum(sizes)), "think" in params

        response, raw, was_told = await self._traffic.send(attempt, asking.ticket)
        window = self._extra.get("num_ctx", 0)
        if window and ollama.was_cut(raw, sum(sizes), sizes[1], window):
            raise Unusable(f"the prompt was cut: only {raw['prompt_eval_count']} tokens of it were read")
        if _is_silent(response) and self.provider.kind == "ollama_chat":
            raise _Thinks(was_told=was_told)
        _look(response, raw, isolated=response_format is None)
        return response

    def _params(self, asking: Asking, response_format: Any) -> dict[str, Any]:
        if self.provider.kind == "ollama_chat":
            self._extra["num_ctx"] = ollama.window(*self._longest, self._context)
        params = {"temperature": 0.0, "max_tokens": asking.limit, **self._extra}
        return params if response_format is None else {**params, "response_format": response_format}

    async def _attempt(
        self, messages: list[dict[str, Any]], params: dict[str, Any], asking: Asking, size: int
    ) -> tuple[Any, Mapping[str, Any]]:
        """One request: held against the budget, sent, booked, logged, looked at."""
        held = await self._budget.hold(size + SCHEMA_BYTES, asking.limit)
        asking.before_sending()
        asking.reasked = asking.hearing.draft is not None
        started = time.monotonic()
        spent: tuple[int | None, int | None] = (None, None)
        facts: dict[str, Any] = {}
        try:
            response, raw = await self.provider.complete(messages, params)
            spent = raw["told"] if "told" in raw else counts(raw)
            facts = _facts(response) | ({"gen_ai.output.messages": _content(response)} if self._log_content else {})
            if raw.get("done_reason") == "load":
                raise Failure("empty", "the model was only loaded")
        except Failure as failure:
            facts = {"error.type": failure.kind, "http.response.status_code": failure.status}
            if failure.kind in UNHEARD or (failure.status and failure.status >= 400):
                spent = (0, 0)
            raise
        finally:
            seconds = time.monotonic() - started
            self._budget.book(held, *spent)
            self._account(asking, spent, seconds)
            self._write(asking, params, messages, spent, seconds, facts)
        return response, raw

    def _account(self, asking: Asking, spent: tuple[int | None, int | None], seconds: float) -> None:
        asking.tokens_in += spent[0] or 0
        asking.tokens_out += spent[1] or 0
        asking.seconds += seconds
        price = self.provider.price
        asking.cost = price.of(asking.tokens_in, asking.tokens_out) if price else None

    def _write(
        self, asking: Asking, params: dict[str, Any], messages: list[dict[str, Any]],
        spent: tuple[int | None, int | None], seconds: float, facts: dict[str, Any],
    ) -> None:  # fmt: skip
        where = urlsplit(self.provider.base or "")
        content = {"gen_ai.input.messages": messages} if self._log_content else {}
        self._log.write(
            **{
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": self.provider.kind,
                "gen_ai.request.model": self.provider.name,
                "gen_ai.request.max_tokens": asking.limit,
                "gen_ai.request.temperature": params["temperature"],
                "gen_ai.usage.input_tokens": spent[0],
                "gen_ai.usage.output_tokens": spent[1],
                "gen_ai.client.operation.duration": round(seconds, 3),
                "server.address": where.hostname,
                "server.port": where.port,
                "digest.task": asking.task.name,
                "digest.key": asking.key,
                "digest.request": asking.ticket.requests,
            },
            **facts,
            **content,
        )

    def _refuse_too_long(self, messages: list[dict[str, Any]], limit: int) -> None:
        size = sum(len(message["content"].encode()) for message in messages)
        if self._context and size // BYTES_A_TOKEN + limit > self._context:
            raise Unusable(f"about {size // BYTES_A_TOKEN} tokens do not fit the model's {self._context}")


async def probe(model: str, api_base: str | None) -> str:
    """Returns what can be known of an endpoint without asking a model: its address, whether it answers, its window.

    Raises `ConfigError` for a missing key or model, `Failure` when nothing answers.
    """
    wire = Wire(timeout=10.0, connections=1)
    try:
        provider = Provider(ollama.normalized(model), api_base, wire)
        context = provider.context
        if provider.kind == "ollama_chat":
            context = await ollama.context_length(wire, str(provider.base), provider.model)
        elif provider.base:
            await provider.reach()
        window = f"reads up to {context:,} tokens" if context else "context size unknown"
        return f"{provider.model} at {address(provider.base)}: {window}"
    finally:
        await wire.close()


class _Short(Exception):
    """The answer was cut at its limit."""


class _Outdated(Unsent):
    """While this request waited, another one found out that it would not be understood."""


class _Thinks(Unusable):
    """The model thought, and then said nothing."""

    def __init__(self, *, was_told: bool) -> None:
        super().__init__("the model thought, and then said nothing")
        self.was_told = was_told
        """Whether the request told it how to think."""


def _is_own(failure: Failure) -> bool:
    """Whether a refused request was refused for its own text, which another way of asking would not change."""
    return any(word in failure.code.lower() for word in ("content", "context", "policy", "safety", "length"))


def _is_silent(response: Any) -> bool:
    message = response.choices[0].message
    return not (message.content or "").strip() and bool(getattr(message, "reasoning_content", None))


def _look(response: Any, raw: Mapping[str, Any], *, isolated: bool) -> None:
    """Raises what is wrong with an answer that came, before anybody reads its text."""
    choice = response.choices[0]
    message = choice.message
    if choice.finish_reason == "content_filter" or _refusal(raw):
        raise Unusable("the endpoint refused to answer")
    content = message.content
    # `answers` finds the object in any text; Instructor, which looks for one itself in MD_JSON, does not.
    message.content = _plain(content or "") if isolated else content or ""
    # What a model thought is not sent back to it.
    message.reasoning_content = None


def _refusal(raw: Mapping[str, Any]) -> bool:
    """Whether the model said so where OpenAI lets it say so, which LiteLLM does not pass on."""
    choices = raw.get("choices")
    return bool(choices and isinstance(choices[0], dict) and (choices[0].get("message") or {}).get("refusal"))


def _plain(content: str) -> str:
    """The object in the content, or the content as it is: what is wrong with it is told when it is read."""
    try:
        return isolate(content)
    except Unreadable:
        return content


def _facts(response: Any) -> dict[str, Any]:
    reasons = [choice.finish_reason for choice in response.choices]
    return {"gen_ai.response.finish_reasons": reasons, "gen_ai.response.model": response.model}


def _content(response: Any) -> list[str | None]:
    return [choice.message.content for choice in response.choices]


def _reason(error: Exception) -> str:
    errors = getattr(error, "errors", None)
    return str(errors()[0]["msg"])[:200] if callable(errors) else type(error).__name__
