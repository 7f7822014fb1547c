"""One connection: reads requests and writes answers, byte by byte where that is the point."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from tests.fakes.call import REDIRECTED, Call
from tests.fakes.faults import FILLING, HUGE
from tests.fakes.replies import Reply, render

if TYPE_CHECKING:
    from tests.fakes.server import FakeServer

NO_LINGER = struct.pack("ii", 1, 0)
"""Closing sends a reset instead of the usual end."""
PAUSE = 0.2
"""Seconds between two bytes of a drip."""
GRACE = 0.05
"""Seconds in which the client can begin to read before the reset in the body."""
BLOCK = b"a" * 65_536
REASONS = {status.value: status.phrase for status in HTTPStatus} | {529: "Overloaded"}


class Connection(asyncio.Protocol):
    """Takes one request at a time; those that follow on the same connection wait for its answer."""

    def __init__(self, server: FakeServer, number: int) -> None:
        self.server = server
        self.number = number
        self.buffer = bytearray()
        self.head: tuple[str, str, dict[str, str]] | None = None
        self.call: Call | None = None
        self.status = 0
        self.later: asyncio.TimerHandle | None = None
        self.task: asyncio.Task[None] | None = None
        self.drained = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks to be told when the last byte has left, not when the buffer is merely low."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(high=0)
        self.server.connections.add(self)

    def data_received(self, data: bytes) -> None:
        """Takes bytes in any portions."""
        self.buffer += data
        if self.call is None:
            self.read()

    def resume_writing(self) -> None:
        """Everything written so far has left."""
        if self.task:
            self.drained.set()
        elif self.call:
            self.finish()

    def connection_lost(self, error: Exception | None) -> None:
        """Forgets what was still to be done; a request that never arrived whole is noted."""
        self.server.connections.discard(self)
        if self.later:
            self.later.cancel()
        if self.task:
            self.task.cancel()
        if self.call:
            self.server.leave(self.call)
        elif self.head:
            self.server.receive(self.request(whole=False))

    def read(self) -> None:
        """Reads the next request, if it is there, and has it answered."""
        if self.head is None and (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            self.head = _head(self.buffer[:end].decode("latin-1"))
            del self.buffer[: end + 4]
        if self.head and len(self.buffer) >= self.length:
            self.call, reply = self.server.receive(self.request(whole=True))
            self.head = None
            delay = reply.delay + (self.server.latency if self.call.number >= 0 else 0)
            if delay > 0:
                self.later = asyncio.get_running_loop().call_later(delay, self.answer, self.call, reply)
            else:
                self.answer(self.call, reply)

    @property
    def length(self) -> int:
        """Bytes of the body that is being read."""
        return int(self.head[2].get("content-length", 0)) if self.head else 0

    def request(self, *, whole: bool) -> Call:
        """Takes the request out of the buffer."""
        assert self.head
        raw = bytes(self.buffer[: self.length])
        del self.buffer[: self.length]
        method, path, headers = self.head
        return Call(method, path, headers, raw, whole, time.monotonic(), self.number)

    def answer(self, call: Call, reply: Reply) -> None:
        """Writes the answer, or does what comes instead of it."""
        self.status = reply.status
        match reply.fault:
            case "":
                body = render(call, reply.body)
                self.write(_start(reply.status, reply.headers, len(body)) + body)
            case "redirect":
                self.write(_start(reply.status, {**reply.headers, "Location": REDIRECTED + call.path}, 0))
            case "reset":
                self.reset()
            case "reset-in-body":
                body = render(call, reply.body)
                self.transport.write(_start(reply.status, reply.headers, len(body)) + body[: len(body) // 2])
                self.later = asyncio.get_running_loop().call_later(GRACE, self.reset)
            case "close":
                self.transport.close()
            case "drip":
                self.task = asyncio.create_task(self.drip(reply))
            case "huge":
                self.task = asyncio.create_task(self.flood(call, reply))

    def write(self, data: bytes) -> None:
        """Writes the last bytes of an answer."""
        self.transport.write(data)
        if not self.transport.get_write_buffer_size():
            self.finish()

    def finish(self) -> None:
        """Notes that the answer is out and turns to the next request."""
        call, self.call = self.call, None
        assert call
        self.server.answered(call, self.status)
        if call.headers.get("connection", "").lower() == "close":
            self.transport.close()
        elif self.buffer:
            asyncio.get_running_loop().call_soon(self.read)

    def reset(self) -> None:
        """Ends the connection so that the other side reads `ECONNRESET`."""
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        self.transport.abort()

    async def drip(self, reply: Reply) -> None:
        """Sends white space, which JSON may begin with, for ever."""
        self.transport.write(_start(reply.status, {"Transfer-Encoding": "chunked", **reply.headers}, None))
        while True:
            self.transport.write(b"1\r\n \r\n")
            await asyncio.sleep(PAUSE)

    async def flood(self, call: Call, reply: Reply) -> None:
        """Sends a good answer with a text of 50 MB, no faster than it is read."""
        before, _, after = render(call, reply.body).partition(FILLING.encode())
        blocks = -(-HUGE // len(BLOCK))
        self.transport.write(_start(200, reply.headers, len(before) + blocks * len(BLOCK) + len(after)) + before)
        for _ in range(blocks):
            if self.transport.is_closing():
                # The client has hung up; asyncio logs each write to nobody.
                return
            self.drained.clear()
            self.transport.write(BLOCK)
            if self.transport.get_write_buffer_size():
                await self.drained.wait()
        self.task = None
        self.write(after)


def _head(text: str) -> tuple[str, str, dict[str, str]]:
    first, *lines = text.split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return method, path, {name.lower(): value.strip() for name, _, value in pairs}


def _start(status: int, headers: Mapping[str, str], length: int | None) -> bytes:
    given = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    kind = "" if "Content-Type" in headers else "Content-Type: application/json\r\n"
    size = "" if length is None else f"Content-Length: {length}\r\n"
    return f"HTTP/1.1 {status} {REASONS.get(status, '')}\r\n{kind}{size}{given}\r\n".encode("latin-1")
