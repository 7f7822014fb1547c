"""The one retry layer: what is asked again, when, and when a run stops asking.

What is asked again: 408, 429, 5xx, 529, broken connections, timeouts, answers that are empty or no JSON
(`Failure.retryable`). Never: 400, 401, 403, 404, 422, redirects, TLS errors, answers that are too large.

All workers of a run share one `Traffic`, because an endpoint has one state:

    start, or after a failure     one request at a time, until one succeeds
    after a 429                   nobody sends before the time asked for; then one, two, four … up to half as many
                                  under way as before, and slowly more from there
    five failures in a row        nobody sends any more (the breaker)
    a bad key, no such model      nobody sends any more, after one request

Requests that were under way together and fail together count as one failure of the row: they tell one thing.
"""

from __future__ import annotations

import asyncio
import math
import random as randomness
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from agent.models.failure import LONGEST_WAIT, Failure, Unsent, wait_asked

__all__ = ["Failure", "Stopped", "Ticket", "Traffic", "wait_asked"]

Answer = TypeVar("Answer")

REQUESTS_A_TICKET = 4
FAILURES_IN_A_ROW = 5
FREE_RETRIES = 10
RETRIES_A_CALL = 0.1
FIRST_WAIT = 0.5
LONGEST_BACKOFF = 30.0
# Whether something listens is known at once; a second try is for a server that is just being restarted.
_QUICK = frozenset({"refused", "dns"})
_QUICK_WAIT = 0.2
# What the first answer says of the endpoint as a whole; later it may be about one paper.
_HOPELESS_AT_FIRST = frozenset({403, 404, 405, 410})
_HOPELESS_KINDS_AT_FIRST = frozenset({"redirect", "tls", "proxy", "request"})


class Stopped(Exception):
    """The run sends nothing any more."""

    def __init__(self, reason: Literal["breaker", "rejected", "silent", "time"], cause: Failure | None = None) -> None:
        self.reason = reason
        """`breaker`: five failures in a row; `rejected`: key, account or model are wrong; `silent`: nothing answered at
        the first question; `time`: time is over."""
        self.cause = cause
        """The failure that ended it; None where the time ran out."""
        told = {
            "breaker": f"no further requests after {FAILURES_IN_A_ROW} failures in a row",
            "rejected": "no further requests, since every one would be rejected",
            "silent": "no further requests, since nothing answers there",
            "time": "no further requests, since the time for this run is over",
        }[reason]
        self.message = f"{told} (the last: {cause.message})" if cause else told
        """One line, fit to be shown."""
        super().__init__(self.message)


@dataclass(slots=True)
class Ticket:
    """What one answer has cost so far, over retries, re-asks and other ways of asking."""

    requests: int = 0
    """At most four."""
    last: Failure | None = None
    """What the latest request brought; None when it brought an answer."""
    wait: float = 0.0
    """Seconds before the next try."""
    again: bool = False
    """Whether the next request is a retry, paid from the run's budget."""


class Traffic:
    """What all workers of a run share: the pause after a 429, the retry budget, the breaker, the end of the time.

    Counted from its making, `max_seconds` bounds everything: nothing is sent later, no wait passes it, and a request
    under way is cut off. `longest_wait` caps what a server can ask for.
    """

    def __init__(
        self,
        *,
        max_seconds: float | None = None,
        longest_wait: float = LONGEST_WAIT,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: randomness.Random | None = None,
    ) -> None:
        self.requests = 0
        """Requests sent."""
        self.calls = 0
        """Requests sent that were not retries."""
        self.failures: Counter[str] = Counter()
        """Failed requests by status or kind."""
        self.paused = 0.0
        """Seconds during which nobody was allowed to send."""
        self.stopped: Stopped | None = None
        """Why nothing is sent any more; None while all is well."""
        self._clock, self._sleep = clock, sleep
        self._random = random or randomness.Random()  # noqa: S311  # jitter, no secret
        self._end = math.inf if max_seconds is None else clock() + max_seconds
        self._longest_wait = longest_wait
        self._promised = 0
        self._not_before = -math.inf
        self._under_way = 0
        self._allowed = 1.0
        self._ceiling = math.inf
        self._answered = False
        self._row = 0
        self._epoch = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._naps: set[asyncio.Future[None]] = set()

    @property
    def retries(self) -> int:
        """Requests that asked for the same answer again."""
        return self.requests - self.calls

    async def send(self, attempt: Callable[[], Awaitable[Answer]], ticket: Ticket) -> Answer:
        """Makes the attempt until it brings an answer; raises the last `Failure`, or `Stopped`.

        An attempt is one request, and says what went wrong by `Failure`. Other exceptions pass through, uncounted.
        """
        from tenacity import AsyncRetrying, retry_if_exception

        retrying = AsyncRetrying(
            retry=retry_if_exception(lambda error: isinstance(error, Failure) and error.retryable),
            stop=lambda state: self._is_final(ticket),
            wait=lambda state: ticket.wait,
            before_sleep=lambda state: self._promise(ticket),
            sleep=self._nap,
            reraise=True,
        )
        answer: Answer = await retrying(self._request, attempt, ticket)
        return answer

    async def _request(self, attempt: Callable[[], Awaitable[Answer]], ticket: Ticket) -> Answer:
        if ticket.requests >= REQUESTS_A_TICKET:
            raise ticket.last or Failure("spent", f"no usable answer after {REQUESTS_A_TICKET} requests")
        await self._turn()
        again = ticket.again
        self._count(ticket, again, 1)
        ticket.again, ticket.last, epoch = False, None, self._epoch
        try:
            async with asyncio.timeout(None if self._end == math.inf else self._end - self._clock()) as limit:
                answer = await attempt()
        except Failure as failure:
            ticket.last = failure
            ticket.wait = self._note(failure, ticket, epoch)
            raise
        except Unsent:
            self._count(ticket, again, -1)
            raise
        except TimeoutError:
            if limit.expired():
                self._close(Stopped("time"))
                self.check()
            raise
        else:
            self._succeed(epoch)
            return answer
        finally:
            self._under_way -= 1
            self._wake()

    def _count(self, ticket: Ticket, again: bool, step: int) -> None:
        self.requests += step
        self.calls += step * (not again)
        ticket.requests += step

    async def _turn(self) -> None:
        """Waits until this worker may send, and takes its place."""
        while True:
            self.check()
            wait = self._not_before - self._clock()
            if wait > 0:
                await self._nap(wait)
            elif self._under_way >= self._allowed:
                place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._queue.append(place)
                await place
            else:
                self._under_way += 1
                return

    def check(self) -> None:
        """Raises `Stopped` when nothing is sent any more."""
        if self.stopped is None and self._clock() >= self._end:
            self._close(Stopped("time"))
        if self.stopped is not None:
            # A new one each time: raised twice, an exception drags the first traceback along.
            raise Stopped(self.stopped.reason, self.stopped.cause)

    async def _nap(self, seconds: float) -> None:
        """Sleeps, unless that would pass the end of the run; wakes when the run stops."""
        if self._clock() + seconds >= self._end:
            self._close(Stopped("time"))
        self.check()
        nap = asyncio.ensure_future(self._sleep(seconds))
        self._naps.add(nap)
        try:
            await asyncio.wait([nap])
        finally:
            self._naps.discard(nap)
            nap.cancel()
        self.check()

    def _succeed(self, epoch: int) -> None:
        self._answered = True
        self._row = 0
        if self._ceiling == math.inf:
            self._allowed = math.inf
        elif epoch != self._epoch:
            # Sent before the 429, it says nothing about what is allowed since.
            return
        elif self._allowed < self._ceiling:
            self._allowed = min(self._allowed * 2, self._ceiling)
        else:
            self._allowed = self._ceiling = self._ceiling + 1 / self._ceiling

    def _note(self, failure: Failure, ticket: Ticket, epoch: int) -> float:
        """Draws the conclusions from a failure, and returns the seconds to wait before the next try."""
        self.failures[failure.name] += 1
        if self._is_hopeless(failure):
            self._close(Stopped("rejected", failure))
            return 0.0
        if failure.kind in _QUICK and ticket.requests > 1 and not self._answered:
            # Nothing listens, and nothing began to.
            self._close(Stopped("silent", failure))
            return 0.0
        if self._answered and not failure.retryable:
            # The endpoint works; this question does not.
            return 0.0
        alone = self._allowed == 1
        if epoch == self._epoch:
            self._epoch += 1
            self._row += 1
            self._allowed = 1.0
            if failure.status == 429 and not alone:
                self._ceiling = max(1.0, self._under_way // 2)
        if self._row >= FAILURES_IN_A_ROW:
            self._close(Stopped("breaker", failure))
        wait = self._wait(failure, max(ticket.requests, self._row))
        if failure.retryable and (alone or failure.status == 429 or failure.retry_after is not None):
            self._pause(wait)
        return wait

    def _is_hopeless(self, failure: Failure) -> bool:
        if failure.status == 401 or failure.unpaid:
            return True
        at_first = failure.status in _HOPELESS_AT_FIRST or failure.kind in _HOPELESS_KINDS_AT_FIRST
        return at_first and not self._answered

    def _wait(self, failure: Failure, tries: int) -> float:
        """Returns what the server asks for, else a random time from half a step to a whole one (equal jitter)."""
        if failure.retry_after is not None:
            return min(failure.retry_after, self._longest_wait)
        doubled = FIRST_WAIT * 2 ** (tries - 1)
        step = _QUICK_WAIT if failure.kind in _QUICK else min(doubled, LONGEST_BACKOFF)
        return step / 2 + self._random.random() * step / 2

    def _pause(self, seconds: float) -> None:
        """Lets nobody send for so long; the moment when it ends only moves forward."""
        now = self._clock()
        if now + seconds > self._not_before:
            self.paused += now + seconds - max(now, self._not_before)
            self._not_before = now + seconds

    def _is_final(self, ticket: Ticket) -> bool:
        most = 2 if ticket.last and ticket.last.kind in _QUICK else REQUESTS_A_TICKET
        return (
            self.stopped is not None
            or ticket.requests >= most
            or self._promised + 1 > FREE_RETRIES + RETRIES_A_CALL * self.calls
            or self._clock() + ticket.wait >= self._end
        )

    def _promise(self, ticket: Ticket) -> None:
        self._promised += 1
        ticket.again = True

    def _close(self, stopped: Stopped) -> None:
        if self.stopped is None:
            self.stopped = stopped
            for nap in self._naps:
                nap.cancel()
            self._wake()

    def _wake(self) -> None:
        for _ in range(len(self._queue)):
            place = self._queue.popleft()
            if not place.done():
                place.set_result(None)
