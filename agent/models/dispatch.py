"""Sends the questions of a run: many under way at once, each claimed before and its answer kept after, in order."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
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

Answers = deque[Future[Completion[Any]]]


class Dispatch:
    """One endpoint and one client for a whole run, in an event loop of its own.

    The loop runs in a thread, so that answers are taken and kept while whoever wants them is busy with others, and so
    that it makes no difference whether another loop is running.
    """

    def __init__(self, model: RemoteModel) -> None:
        self._model = model
        knobs = model.settings
        self._concurrency = knobs.concurrency or (4 if ollama.is_for(model.name) else 16)
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
        self._answered = threading.Event()
        self._keeper = Keeper(model.cache.put, model.say)
        self._trouble = ""
        self._fatal: ConfigError | None = None
        self._opening: asyncio.Task[None] | None = None
        self._total = self._again = 0
        self._started = time.monotonic()
        # Last, so that nothing is left open where one of the above refuses.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="endpoint", daemon=True)
        self._thread.start()

    def answers(self, questions: Sequence[Question], unknown: Sequence[Question]) -> Iterator[Completion[Any]]:
        """Yields the answers in order; raises what ends the whole run."""
        self._announce(len(questions) - len(unknown), unknown)
        self._endpoint.fit(max(question.size for question in unknown), max(question.limit for question in unknown))
        self._total += len(questions)
        todo, under_way = deque(questions), Answers()
        begun: dict[str, Future[Completion[Any]]] = {}
        try:
            while todo or under_way:
                while todo and len(under_way) < AHEAD:
                    under_way.append(self._begin(todo.popleft(), begun))
                yield self._first(under_way)
        finally:
            # The last first: the place of one that is under way must not go to one that waits.
            for answer in reversed(under_way):
                answer.cancel()

    def close(self) -> None:
        """Ends what is under way; what has been answered is kept."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
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
        if cached or self._model.receipt.cached:
            self._answered.set()

    def _begin(self, question: Question, begun: dict[str, Future[Completion[Any]]]) -> Future[Completion[Any]]:
        """The answer to come; two questions with one key have one."""
        answer = begun.get(question.key)
        if answer is None:
            answer = begun[question.key] = asyncio.run_coroutine_threadsafe(self._answer(question), self._loop)
            # Later ones find it in the cache; held here, the answers of a long run would fill the memory.
            answer.add_done_callback(lambda _: begun.pop(question.key, None))
        return answer

    def _first(self, under_way: Answers) -> Completion[Any]:
        """Waits for the first answer, and with a failed one until there is any at all, as there may never be.

        Raises what ends the whole run.
        """
        completion = under_way[0].result()
        while not (self._answered.is_set() or self._fatal or all(answer.done() for answer in under_way)):
            self._answered.wait(LOOK_AGAIN)
        if self._fatal:
            raise self._fatal
        if not self._answered.is_set() and self._trouble:
            raise EndpointError(f"{self._where()}: {self._trouble}.", self._advice())
        under_way.popleft()
        return completion

    async def _end(self) -> None:
        ending = [
            task
            for task in asyncio.all_tasks()
            if task is not asyncio.current_task() and not self._keeper.is_writing(task)
        ]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        await self._keeper.finish()
        await self._wire.close()
        await self._loop.shutdown_default_executor()

    async def _answer(self, question: Question) -> Completion[Any]:
        while (known := self._model.known(question)) is None:
            # Until its answer is on the disk a question has its place: no more can be cut off than were under way.
            async with self._slots:
                claim = self._model.claims.take(question.key)
                if claim:
                    return await self._claimed(question, claim)
            try:
                self._traffic.check()
            except Stopped as stopped:
                return self._model.degraded(question, f"another run is asking this, and {stopped.message}")
            # Its answer will be in the cache, or its claim will be free.
            await asyncio.sleep(LOOK_AGAIN)
        return known

    async def _claimed(self, question: Question, claim: Claim) -> Completion[Any]:
        asking = Asking(question.task, question.key, question.limit, before_sending=claim.mark)
        finished = not claim.unfinished
        try:
            known = self._model.known(question)
            if known:
                finished = True
                return known
            if claim.unfinished and self._model.settings.at_most_once:
                return self._model.degraded(question, "a run that was killed may have asked this; --at-most-once")
            self._again += claim.unfinished
            finished = False
            done = await self._asked(question, asking)
            finished = True
            return done
        finally:
            # Cut off before its request was sent, a question is as new as it was.
            claim.release(finished=finished or not (asking.ticket.requests or claim.unfinished))
            self._model.watch(self.receipt(), self._total)

    async def _asked(self, question: Question, asking: Asking) -> Completion[Any]:
        try:
            await self._open()
            answer = await self._endpoint.answer(asking, self._model.messages(question), question.inputs)
        except (Failure, Stopped) as error:
            reason = error.message
            self._note(error)
        except (Unusable, Exhausted) as error:
            reason = error.message
            if isinstance(error, Unusable) or not self._trouble:
                self._answered.set()
        except ConfigError as error:
            reason, self._fatal = error.message, error
        else:
            text, completion = self._model.entry(question, answer, **_facts(asking))
            self._answered.set()
            self._model.receipt.answers += 1
            return completion if await self._keeper.keep(question.key, text) else _unkept(completion)
        return self._model.degraded(question, reason, **_facts(asking))

    async def _open(self) -> None:
        """Lets the endpoint look around, once for all questions; what it finds holds for all of them."""
        self._opening = self._opening or asyncio.create_task(self._endpoint.open())
        await asyncio.shield(self._opening)

    def _note(self, error: Failure | Stopped) -> None:
        """Keeps what went wrong, and ends the run where every further request would be refused as well."""
        self._trouble = error.message
        status = error.status if isinstance(error, Failure) else None
        if status in REFUSED and not self._answered.is_set():
            self._fatal = ConfigError(f"{self._where()}: {error.message}.", REFUSED[status])

    def _where(self) -> str:
        return f"{self._model.name} at {notice.address(self._endpoint.provider.base)}"

    def _advice(self) -> str:
        if self._traffic.stopped and self._traffic.stopped.reason == "time":
            return "Raise --max-time; what has been answered is kept."
        if ollama.is_for(self._model.name):
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
        "reasked": asking.reasked,
    }
