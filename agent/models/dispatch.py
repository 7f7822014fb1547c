"""Sends the questions of a run: many under way at once, each claimed before and its answer kept after, in order."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from agent.cache.claims import Claim
from agent.errors import ConfigError, EndpointError, NothingSent
from agent.models import notice, ollama
from agent.models.base import Completion
from agent.models.budget import Budget, Exhausted, Receipt
from agent.models.endpoint import Asking, Endpoint, Unusable
from agent.models.keeper import Keeper
from agent.models.retry import Stopped, Traffic
from agent.models.runlog import RunLog
from agent.models.wire import Failure, Wire

if TYPE_CHECKING:
    from agent.models.remote import Question, RemoteModel

AHEAD = 2048
"""Questions begun before the first of them is answered: answers come in order, and a slow one must not stop many."""
LOOK_AGAIN = 0.1
"""Seconds between two looks at an answer that another process is fetching."""
REFUSED = {
    401: "Look at the key in the environment: it is missing, wrong or out of date.",
    403: "Look at the key in the environment, and at what it may use.",
    404: "Look at the name of the model and at --api-base, which for most servers ends in /v1.",
}
"""What to do where no request will ever be answered."""


class Dispatch:
    """One event loop, one endpoint and one client for a whole run."""

    def __init__(self, model: RemoteModel) -> None:
        self._model = model
        knobs = model.settings
        self._concurrency = knobs.concurrency or (4 if model.name.startswith(ollama.PREFIX) else 16)
        self._log = RunLog(model.runs)
        self._traffic = Traffic(max_seconds=knobs.max_time)
        self._wire = Wire(timeout=knobs.timeout, connections=self._concurrency)
        self._budget = Budget(None, max_calls=knobs.max_calls, max_tokens=knobs.max_tokens, max_cost=knobs.max_cost)
        self._endpoint = Endpoint(
            model.name, model.api_base, self._wire, self._traffic, self._budget, self._log,
            log_content=knobs.log_content,
        )  # fmt: skip
        self._budget.price = self._endpoint.provider.price
        if knobs.max_cost is not None and self._budget.price is None:
            raise ConfigError(
                f"--max-cost: nobody knows the price of {model.name}.", "Hold it with --max-tokens or --max-calls."
            )
        self._slots = asyncio.Semaphore(self._concurrency)
        self._answered = asyncio.Event()
        self._keeper = Keeper(model.cache.put, model.say)
        self._waiting: dict[str, asyncio.Task[Completion[Any]]] = {}
        self._trouble = ""
        self._fatal: ConfigError | None = None
        self._door, self._opened = asyncio.Lock(), False
        self._total = self._again = 0
        self._closed = False
        self._started = time.monotonic()
        # Last, so that nothing is left open where one of the above refuses.
        self._runner = asyncio.Runner()
        self._loop = self._runner.get_loop()

    def answers(self, questions: Sequence[Question], unknown: Sequence[Question]) -> Iterator[Completion[Any]]:
        """Yields the answers in order; raises what ends the whole run."""
        self._announce(len(questions) - len(unknown), unknown)
        self._endpoint.fit(max(question.size for question in unknown), max(question.limit for question in unknown))
        todo, tasks = deque(questions), deque[asyncio.Task[Completion[Any]]]()
        self._total = len(questions)
        try:
            while todo or tasks:
                while todo and len(tasks) < AHEAD:
                    tasks.append(self._begin(todo.popleft()))
                if not (tasks[0].done() and self._answered.is_set()):
                    self._runner.run(self._ready(tasks))
                yield tasks.popleft().result()
        finally:
            # A generator that nobody reads to its end may outlive the run.
            if not self._closed:
                self._runner.run(self._end(tasks))

    def close(self) -> None:
        """Ends what is under way; what has been answered is kept."""
        self._closed = True
        self._runner.run(self._shut())
        self._runner.close()
        self._log.write(**{"digest.receipt": dataclasses.asdict(self.receipt()), "digest.cost_usd": self._budget.cost})
        self._log.close()

    def receipt(self) -> Receipt:
        """Returns what the run did and spent so far."""
        return dataclasses.replace(
            self._model.receipt,
            requests=self._budget.requests,
            retries=self._traffic.retries,
            again=self._again,
            tokens_in=self._budget.tokens_in,
            tokens_out=self._budget.tokens_out,
            cost=self._budget.cost,
            seconds=time.monotonic() - self._started,
        )

    def _announce(self, cached: int, unknown: Sequence[Question]) -> None:
        """Says what goes where before it goes."""
        provider = self._endpoint.provider
        self._model.say(notice.before(self._model.name, provider.base, provider.price, unknown, cached))
        if self._model.dry_run:
            raise NothingSent("--dry-run: nothing was sent.")
        if cached:
            self._answered.set()

    def _begin(self, question: Question) -> asyncio.Task[Completion[Any]]:
        """The task that answers it; two questions with one key are one."""
        if question.key not in self._waiting:
            task = self._loop.create_task(self._answer(question))
            task.add_done_callback(lambda _: self._waiting.pop(question.key, None))
            self._waiting[question.key] = task
        return self._waiting[question.key]

    async def _ready(self, tasks: Sequence[asyncio.Task[Completion[Any]]]) -> None:
        """Waits for the first task; with a failed one also until anything was answered, as nothing ever may be.

        Raises what ends the whole run.
        """
        await asyncio.wait([tasks[0]])
        while not (self._answered.is_set() or self._fatal or all(task.done() for task in tasks)):
            await asyncio.sleep(LOOK_AGAIN / 4)
        if self._fatal:
            raise self._fatal
        if not self._answered.is_set() and self._trouble:
            raise EndpointError(f"{self._where()}: {self._trouble}.", self._advice())

    async def _shut(self) -> None:
        await self._end(asyncio.all_tasks() - {asyncio.current_task()})
        await self._wire.close()

    async def _end(self, tasks: Iterable[asyncio.Task[Any] | None]) -> None:
        ending = [task for task in tasks if task and not self._keeper.is_writing(task)]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        await self._keeper.finish()

    async def _answer(self, question: Question) -> Completion[Any]:
        while True:
            async with AsyncExitStack() as place:
                await place.enter_async_context(self._slots)
                claim = self._model.claims.take(question.key)
                if claim:
                    return await self._claimed(question, claim, place)
            # Another process asks just this. Its answer will be in the cache, or its claim will be free.
            await asyncio.sleep(LOOK_AGAIN)

    async def _claimed(self, question: Question, claim: Claim, place: AsyncExitStack) -> Completion[Any]:
        finished = True
        try:
            known = self._model.known(question)
            if known:
                return known
            if claim.unfinished and self._model.settings.at_most_once:
                finished = False
                return self._model.degraded(
                    question, "a run that was killed may have asked this, and may not ask twice"
                )
            self._again += claim.unfinished
            finished = False
            claim.mark()
            done = await self._asked(question, Asking(question.task, question.key, question.limit), place)
            finished = True
        finally:
            claim.release(finished=finished)
            self._model.watch(self.receipt(), self._total)
        return done

    async def _asked(self, question: Question, asking: Asking, place: AsyncExitStack) -> Completion[Any]:
        try:
            await self._open()
            answer = await self._endpoint.answer(asking, self._model.messages(question), question.inputs)
        except (Failure, Stopped) as error:
            reason = error.message
            self._note(error)
        except (Unusable, Exhausted) as error:
            reason = error.message
            self._answered.set()
        else:
            text, completion = self._model.entry(question, answer, **_facts(asking))
            self._answered.set()
            self._model.receipt.answers += 1
            if self._keeper.waiting < self._concurrency:
                # A slow disk holds up no request, unless more answers wait for it than requests may be under way.
                await place.aclose()
            return completion if await self._keeper.keep(question.key, text) else _unkept(completion)
        return self._model.degraded(question, reason, **_facts(asking))

    def _note(self, error: Failure | Stopped) -> None:
        """Keeps what went wrong, and ends the run where every further request would be refused as well."""
        self._trouble = error.message
        status = error.status if isinstance(error, Failure) else None
        if status in REFUSED and not self._answered.is_set():
            self._fatal = ConfigError(f"{self._where()}: {error.message}.", REFUSED[status])

    async def _open(self) -> None:
        async with self._door:
            if not self._opened:
                await self._endpoint.open()
                self._opened = True

    def _where(self) -> str:
        return f"{self._model.name} at {notice.address(self._endpoint.provider.base)}"

    def _advice(self) -> str:
        if self._model.name.startswith(ollama.PREFIX):
            return "Start it with `ollama serve`, or tell where it is with --api-base or OLLAMA_HOST."
        return "Look at --api-base and at whether the endpoint runs; `digest doctor` tries it."


def _unkept(completion: Completion[Any]) -> Completion[Any]:
    return dataclasses.replace(completion, provenance=completion.provenance.model_copy(update={"cached": False}))


def _facts(asking: Asking) -> dict[str, Any]:
    return {
        "attempts": asking.ticket.requests,
        "tokens_in": asking.tokens_in,
        "tokens_out": asking.tokens_out,
        "cost_usd": asking.cost,
        "seconds": round(asking.seconds, 3),
    }
