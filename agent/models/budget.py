"""What a run may spend, held before each request, and the receipt of what it did spend."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from agent.errors import DigestError
from agent.models.failure import Unsent

BYTES_A_TOKEN = 4
"""English text, on the average of today's tokenizers; an estimate, never a bill."""
FEWEST_BYTES_A_TOKEN = 2
"""What a limit reckons with, so that it holds whatever the tokenizer."""


class Exhausted(Unsent, DigestError):
    """The next request could pass a limit of the run, so it was not sent."""


@dataclass(frozen=True)
class Price:
    """US dollars a token."""

    read: float
    written: float

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """Returns the cost in US dollars."""
        return tokens_in * self.read + tokens_out * self.written


@dataclass(frozen=True)
class Held:
    """What a request may cost at most, set aside while it is under way."""

    tokens_in: int
    tokens_out: int


@dataclass
class Receipt:
    """What a run did and spent."""

    answers: int = 0
    """Answers that were used, the cached ones included."""
    cached: int = 0
    requests: int = 0
    retries: int = 0
    again: int = 0
    """Questions that a run which was killed may have sent before."""
    degraded: int = 0
    """Answers that the embedded model gave instead."""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = 0.0
    """US dollars; None where the price is unknown."""
    seconds: float = 0.0


class Budget:
    """Hard limits on the requests, tokens and dollars of a run; retries and re-asks count like any other.

    Before a request the most it can cost is set aside, and afterwards what it did cost is booked. A request without an
    answer is booked in full, since it may have been billed.
    """

    def __init__(
        self,
        price: Price | None,
        *,
        max_calls: int | None = None,
        max_tokens: int | None = None,
        max_cost: float | None = None,
    ) -> None:
        self.price = price
        self.requests = self.tokens_in = self.tokens_out = 0
        self._held_in = self._held_out = 0
        self._waiting: list[asyncio.Future[None]] = []
        self._max_calls, self._max_tokens, self._max_cost = max_calls, max_tokens, max_cost

    async def hold(self, prompt_bytes: int, tokens_out: int) -> Held:
        """Sets aside what a request may cost; waits while what others have set aside stands in the way.

        Raises `Exhausted` when it could pass a limit.
        """
        held = Held(prompt_bytes // FEWEST_BYTES_A_TOKEN + 1, tokens_out)
        while reason := self._refusal(held):
            if not self._held_in or self._is_spent():
                raise Exhausted(reason)
            booked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(booked)
            await booked
        self.requests += 1
        self._held_in += held.tokens_in
        self._held_out += held.tokens_out
        return held

    def book(self, held: Held, tokens_in: int | None = None, tokens_out: int | None = None) -> None:
        """Books what a request did cost; what is not known counts in full."""
        self._held_in -= held.tokens_in
        self._held_out -= held.tokens_out
        self.tokens_in += held.tokens_in if tokens_in is None else tokens_in
        self.tokens_out += held.tokens_out if tokens_out is None else tokens_out
        waiting, self._waiting = self._waiting, []
        for booked in waiting:
            if not booked.done():
                booked.set_result(None)

    def _is_spent(self) -> bool:
        return self._max_calls is not None and self.requests >= self._max_calls

    def _refusal(self, held: Held) -> str:
        """Why the request cannot be sent now; empty when it can."""
        tokens_in = self.tokens_in + self._held_in + held.tokens_in
        written = self.tokens_out + self._held_out + held.tokens_out
        if self._is_spent():
            return f"--max-calls {self._max_calls} is reached"
        if self._max_tokens is not None and tokens_in + written > self._max_tokens:
            return f"--max-tokens {self._max_tokens} would be passed"
        if self._max_cost is not None and self.price and self.price.of(tokens_in, written) > self._max_cost:
            return f"--max-cost {self._max_cost} would be passed"
        return ""

    @property
    def cost(self) -> float | None:
        """US dollars booked so far; None where the price is unknown."""
        return self.price.of(self.tokens_in, self.tokens_out) if self.price else None
