"""Looks whether everything is there that a run will need, and says what to do where it is not."""

from __future__ import annotations

import asyncio
import importlib.metadata
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agent.errors import ConfigError, DigestError, EndpointError, StorageError
from agent.models import banned
from agent.models.choose import cache_folder
from agent.render.words import counted
from agent.settings import Settings
from agent.tasks import summarize

PACKAGES = ("litellm", "instructor", "pydantic", "tenacity", "diskcache")

TITLE = "Mireflux: Measuring Methane over Peat"
SENTENCES = (
    "Peat soils store much carbon.",
    "We propose Mireflux, a chamber that measures methane fluxes.",
    "On the Fenland benchmark, Mireflux lowers the error by 12.5% compared with closed chambers.",
)
"""A made-up paper, for the one request that shows whether an endpoint gives structured answers."""

START_OLLAMA = "Start it with `ollama serve`, or tell where it is with OLLAMA_HOST or --api-base, without /v1."


@dataclass(frozen=True)
class Finding:
    """What a look at one thing found."""

    about: str
    state: Literal["ok", "wrong", "skipped"]
    told: str
    error: DigestError | None = None
    """What would stop a run; None unless something is wrong."""


def examine(settings: Settings, may_ask: Callable[[str], bool]) -> Iterator[Finding]:
    """Yields a finding a thing, in the order in which a run needs them.

    `may_ask` is asked before the one tiny request is sent, which may cost money.
    """
    yield _look("python", _python)
    yield _look("packages", _packages)
    yield _look("full-text search", _full_text)
    yield _look("cache", lambda: _cache(cache_folder(settings)))
    if settings.model == "embedded":
        yield Finding("model", "ok", "embedded: needs no key, no network and no cache")
        return
    reachable = _look("endpoint", lambda: _endpoint(settings))
    yield reachable
    if reachable.state == "wrong":
        yield Finding("structured answer", "skipped", "nobody to ask")
    elif not may_ask(f"Send one tiny request to {settings.model}?"):
        yield Finding("structured answer", "skipped", "not asked; --yes sends one tiny request")
    else:
        yield _look("structured answer", lambda: _structured(settings))


def ollama_models(settings: Settings) -> tuple[str, list[str]]:
    """Returns where Ollama listens, fit to be shown, and the names of the models it has.

    Raises `EndpointError` when nothing of its kind answers there, `ConfigError` when there is no such address.
    """
    from agent.models import ollama
    from agent.models.notice import address
    from agent.models.remote import address_of
    from agent.models.wire import Failure, Wire

    base = address_of(settings) if ollama.is_for(settings.model) else ollama.address()

    async def ask() -> list[str]:
        wire = Wire(timeout=2.0, connections=1)
        try:
            return await ollama.pulled_models(wire, str(base))
        finally:
            await wire.close()

    try:
        return address(base), asyncio.run(ask())
    except Failure as failure:
        raise EndpointError(failure.message, START_OLLAMA) from None


def keys() -> list[str]:
    """Returns the names of the variables that hold a provider's key; never their values."""
    return sorted(name for name, value in os.environ.items() if name.endswith("_API_KEY") and value)


def _look(about: str, examined: Callable[[], str]) -> Finding:
    try:
        return Finding(about, "ok", examined())
    except DigestError as error:
        return Finding(about, "wrong", error.message, error)


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"


def _packages() -> str:
    try:
        versions = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    except importlib.metadata.PackageNotFoundError as error:
        raise ConfigError(f"{error.name} is not installed.", f"pip install {error.name}") from None
    banned.refuse()
    return ", ".join(versions)


def _full_text() -> str:
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.Error as error:
        raise StorageError(f"SQLite {sqlite3.sqlite_version} has no FTS5: {error}.", "Use another Python.") from None
    return f"SQLite {sqlite3.sqlite_version} with FTS5"


def _cache(folder: Path) -> str:
    from agent.cache import Cache
    from agent.cache import care as caring

    cache = Cache(folder)
    try:
        problems = caring.verify(cache)
        count = caring.stats(cache).entries
    finally:
        cache.close()
    if problems:
        raise StorageError("; ".join(problems[:3]), "See `digest cache verify`.")
    return f"{folder}: " + (f"{counted(count, 'answer')}, all sound" if count else "no answers yet")


def _endpoint(settings: Settings) -> str:
    """The endpoint's own account of itself; nothing is sent that could cost anything."""
    from agent.models import ollama
    from agent.models.dispatch import REFUSED
    from agent.models.endpoint import probe
    from agent.models.remote import address_of
    from agent.models.wire import Failure

    try:
        return asyncio.run(probe(settings.model, address_of(settings)))
    except Failure as failure:
        if failure.status in {401, 403}:
            raise ConfigError(failure.message, REFUSED[failure.status]) from None
        advice = START_OLLAMA if ollama.is_for(settings.model) else "Look at --api-base, and at whether it runs."
        raise EndpointError(failure.message, advice) from None


def _structured(settings: Settings) -> str:
    from agent.models.choose import choose

    with tempfile.TemporaryDirectory() as folder:
        model = choose(settings.model_copy(update={"cache": Path(folder), "max_calls": 4, "max_cost": None}))
        try:
            done = model.complete(summarize.TASK, {"title": TITLE, "sentences": SENTENCES}).provenance
        finally:
            model.close()
    if done.degraded:
        raise EndpointError(f"no: {done.degraded}", "Try another model, or one that is better at JSON.")
    spent = f"{done.tokens_in:,} tokens in and {done.tokens_out:,} out, {counted(done.attempts, 'request')}"
    return f"yes, in {done.seconds:.1f} s: {spent}"
