"""The server: who is asked what, in which order, and what was seen of it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.fakes.call import REDIRECTED, Call
from tests.fakes.connection import Connection
from tests.fakes.replies import ChatCompletion, Reply, Script, error

HOST = "127.0.0.1"
BACKLOG = 4096


class FakeServer:
    """A model server on a loopback port, in a thread of its own, for the length of a `with` block.

    Leaving the block raises `AssertionError` when the script ran out or failed; the client was answered 400.
    """

    def __init__(
        self,
        script: Script | Sequence[Reply],
        *,
        repeat: bool = False,
        latency: float = 0.0,
        models: Sequence[str] = ("x", "qwen3:8b"),
        context: int = 32_768,
        capabilities: Sequence[str] = ("completion",),
        log: Path | None = None,
        port: int = 0,
        keep: bool = True,
    ) -> None:
        self.script = script if callable(script) else _in_order(script, repeat)
        self.latency = latency
        """Seconds that each chat call takes on top of its reply's delay."""
        self.models = models
        """What Ollama has; any other name is 404 on its paths."""
        self.context = context
        self.capabilities = capabilities
        self.log = log
        """Gets a JSON line when a chat call arrived whole and when its answer is out."""
        self.keep = keep
        """Whether `calls` and `paths` are kept; long runs cannot afford them."""
        self.calls: list[Call] = []
        """Chat calls in the order of their arrival, those that did not arrive whole among them."""
        self.paths: list[str] = []
        """Paths of all requests."""
        self.problems: list[str] = []
        self.received = 0
        """Chat calls so far."""
        self.active = 0
        """Chat calls that wait for their answer."""
        self.highest = 0
        """Most of them at once."""
        self.opened = 0
        """Connections ever made."""
        self.connections: set[Connection] = set()
        self._port = port

    def __enter__(self) -> FakeServer:
        """Listens from here on."""
        self._log = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600) if self.log else None
        self._socket = socket.create_server((HOST, self._port), backlog=BACKLOG)
        self.url = f"http://{HOST}:{self._socket.getsockname()[1]}"
        self._loop, self._ending = asyncio.new_event_loop(), asyncio.Event()
        self._loop.set_exception_handler(lambda _, context: self.problems.append(str(context)))
        self._thread = threading.Thread(target=self._run, name="fake server", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Drops all connections."""
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join()
        if self._log is not None:
            os.close(self._log)
        if self.problems and kind is None:
            raise AssertionError("; ".join(self.problems[:3]))

    @property
    def followed(self) -> int:
        """How often a client followed a redirect."""
        return sum(path.startswith(REDIRECTED) for path in self.paths)

    def wait_for(self, calls: int, seconds: float = 10.0) -> None:
        """Returns when so many chat calls have arrived; raises `TimeoutError` when they do not."""
        end = time.monotonic() + seconds
        while self.received < calls:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.received} of {calls} chat calls arrived within {seconds} s")
            time.sleep(0.001)

    def receive(self, call: Call) -> tuple[Call, Reply]:
        """Notes a request and finds its reply."""
        if self.keep:
            self.paths.append(call.path)
        if call.shape is None or call.method != "POST":
            return call, self._page(call)
        call = replace(call, number=self.received)
        self.received += 1
        if self.keep:
            self.calls.append(call)
        if not call.whole:
            return call, Reply()
        self.active += 1
        self.highest = max(self.highest, self.active)
        self._note("received", call)
        return call, self._chat(call)

    def answered(self, call: Call, status: int) -> None:
        """Notes that the last byte of an answer has left."""
        if call.number >= 0:
            self._note("answered", call, status=status)
        self.leave(call)

    def leave(self, call: Call) -> None:
        """Counts a call off, answered or not."""
        self.active -= call.number >= 0

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        server = await self._loop.create_server(self._connection, sock=self._socket, backlog=BACKLOG)
        await self._ending.wait()
        # A connection that is still being made, in a task, when the server closes would be left open by asyncio.
        self._loop.remove_reader(self._socket)
        while (others := asyncio.all_tasks() - {asyncio.current_task()}) or self.connections:
            for connection in list(self.connections):
                connection.transport.abort()
            await (asyncio.wait(others) if others else asyncio.sleep(0))
        server.close()

    def _connection(self) -> Connection:
        self.opened += 1
        return Connection(self, self.opened - 1)

    def _chat(self, call: Call) -> Reply:
        name = str(call.fields.get("model"))
        if call.shape == "ollama" and not self._has(name):
            return _not_found(name)
        if call.fields.get("stream"):
            return self._failed(call, "the fake does not stream")
        try:
            return self.script(call)
        except Exception as reason:
            return self._failed(call, str(reason))

    def _failed(self, call: Call, reason: str) -> Reply:
        self.problems.append(f"chat call {call.number}: {reason}")
        return error(400, reason)

    def _page(self, call: Call) -> Reply:
        path = call.path.partition("?")[0]
        if path.startswith(REDIRECTED):
            return Reply(ChatCompletion('{"redirected": true}'))
        match call.method, path:
            case "GET", "/":
                return Reply("Ollama is running", headers={"Content-Type": "text/plain"})
            case "GET", "/api/version":
                return Reply({"version": "0.11.4"})
            case "GET", "/api/tags":
                return Reply({"models": [_tag(name) for name in self.models]})
            case "POST", "/api/show":
                return self._show(call)
            case "GET", "/v1/models":
                return Reply({"object": "list", "data": [_model(name) for name in self.models]})
        return error(404, "not found")

    def _show(self, call: Call) -> Reply:
        name = str(call.fields.get("model") or call.fields.get("name"))
        if not self._has(name):
            return _not_found(name)
        facts = {"general.architecture": "fake", "fake.context_length": self.context}
        return Reply({"model_info": facts, "capabilities": list(self.capabilities), "details": {"family": "fake"}})

    def _has(self, name: str) -> bool:
        return name.removesuffix(":latest") in {known.removesuffix(":latest") for known in self.models}

    def _note(self, event: str, call: Call, **more: int) -> None:
        if self._log is None:
            return
        now = time.monotonic()
        fields = {"event": event, "number": call.number, "path": call.path, "sha256": call.sha256, "when": now}
        # One unbuffered write a line, so that a kill between two lines loses neither.
        os.write(self._log, json.dumps(fields | more).encode() + b"\n")


def _in_order(replies: Sequence[Reply], repeat: bool) -> Script:
    left = iter(replies)

    def script(call: Call) -> Reply:
        reply = next(left, replies[-1] if repeat else None)
        if reply is None:
            raise LookupError(f"the script has {len(replies)} replies and no more")
        return reply

    return script


def _not_found(name: str) -> Reply:
    return error(404, f"model '{name}' not found")


def _tag(name: str) -> dict[str, Any]:
    full = name if ":" in name else f"{name}:latest"
    return {"name": full, "model": full, "size": 5_000_000_000, "digest": "0" * 64, "details": {"family": "fake"}}


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1742169600, "owned_by": "fake"}
