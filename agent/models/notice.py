"""What is said to the user around a run: before anything is sent, and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agent.models.budget import BYTES_A_TOKEN, Price, Receipt

if TYPE_CHECKING:
    from agent.models.remote import Question

USUAL_ANSWER = 350
"""Tokens of a usual answer about one paper."""
_USUAL = {"section": 1000}
"""Of answers that are usually longer."""


def before(name: str, base: str | None, price: Price | None, unknown: Sequence[Question], cached: int) -> str:
    """Returns what goes where, and about how much that is, cached answers left out."""
    tokens_in = sum(question.size for question in unknown) // BYTES_A_TOKEN
    tokens_out = sum(min(_USUAL.get(question.task.name, USUAL_ANSWER), question.limit) for question in unknown)
    task = unknown[0].task.name
    what = _ONCE.get(task) or _counted(len(unknown), _SENT.get(task, "abstract"))
    known = f"; {_counted(cached, 'answer')} from the cache" if cached else ""
    return (
        f"sending {what} to {name} at {address(base)}: about {tokens_in:,} tokens in and {tokens_out:,} out, "
        f"{_dollars(price.of(tokens_in, tokens_out) if price else None)}{known}"
    )


_ONCE = {"topics": "the summaries, to be grouped", "newsletter": "the opening of an issue"}
_SENT = {"compare": "question", "section": "section"}


def still_to_come(*, retold: bool, most: int | None = None) -> str:
    """Returns what a newsletter sends once it has its summaries; how much that is, these decide.

    `retold` is whether the sections are told in another language or tone, `most` how many there may be.
    """
    and_ = "," if retold else " and"
    told = f" and {f'up to {most:,} sections' if most else 'each section'} told anew" if retold else ""
    return f"once the papers are summarized come the grouping{and_} the opening of the issue{told}"


def after(receipt: Receipt) -> str:
    """Returns what a run did and spent."""
    if not receipt.requests and not receipt.degraded:
        return (
            f"{_counted(receipt.answers, 'answer')} in all, {receipt.cached} of them from the cache; nothing was sent"
        )
    answered = receipt.answers - receipt.degraded
    parts = [
        f"{_counted(answered, 'answer')}, {receipt.cached} of them from the cache" if answered else "no answer",
        f"{_counted(receipt.requests, 'request')}" + (f" ({receipt.retries} repeated)" if receipt.retries else ""),
        f"{receipt.tokens_in:,} tokens in and {receipt.tokens_out:,} out",
        _dollars(receipt.cost),
        f"{receipt.seconds:.1f} s",
    ]
    again = f"; {_counted(receipt.again, 'question')} of a run that was killed sent once more" if receipt.again else ""
    degraded = f"; {receipt.degraded} by the embedded model instead" if receipt.degraded and answered else ""
    return " · ".join(parts) + again + degraded


def address(base: str | None) -> str:
    """Returns an address without what may stand before and behind it: a password, a key."""
    parts = urlsplit(base or "")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else "its provider's address"


def _dollars(cost: float | None) -> str:
    if cost is None:
        return "cost unknown"
    return f"${cost:.2f}" if cost >= 0.01 else f"${cost:.4f}" if cost else "no cost"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
