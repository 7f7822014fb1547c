"""Shows a page in the browser: one page, served on loopback to this machine only, until the user ends it."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from agent.errors import DigestError

HOST = "127.0.0.1"
SECONDS = 10.0
"""How long a connection may say nothing."""
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",  # which the page itself cannot say; it names what it may load
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def serve(
    page: str, told: Callable[[str], object], *, port: int = 0, browse: Callable[[str], object] = webbrowser.open
) -> None:
    """Serves a page on loopback and opens the browser there; returns when the user interrupts.

    `told` gets a line with the address as soon as it answers; port 0 takes a free one. A browser that cannot be opened
    is no failure, since the address is told. Raises `DigestError` when the port cannot be had.
    """
    with _listening(page.encode(errors="replace"), port) as server, suppress(KeyboardInterrupt):
        address = f"http://{HOST}:{server.server_port}/"
        told(f"The page is at {address} until you end this with Ctrl-C.")
        # In a thread of its own: a browser of the terminal would wait for the page before anybody serves it.
        Thread(target=_open, args=(browse, address), daemon=True).start()
        server.serve_forever(poll_interval=0.1)


def _open(browse: Callable[[str], object], address: str) -> None:
    with suppress(webbrowser.Error, OSError):
        browse(address)


def _listening(page: bytes, port: int) -> _Server:
    try:
        return _Server(page, port)
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DigestError(f"{HOST}:{port}: the page cannot be served: {why}.", "Name another port.") from None


class _Server(ThreadingHTTPServer):
    """Holds the one page; in threads, as browsers open connections that they may never use."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, page: bytes, port: int) -> None:
        self.page = page
        super().__init__((HOST, port), _Answer)

    @property
    def names(self) -> set[str]:
        """What a browser calls us that was not led here by the name of another site."""
        return {f"{name}:{self.server_port}" for name in (HOST, "localhost")}

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: a browser that hangs up is no matter."""


class _Answer(BaseHTTPRequestHandler):
    """Answers GET and HEAD of the one address, and only to its own name.

    The name is looked at because any site can let its own name point to this machine and then read what it answers
    (DNS rebinding).
    """

    server: _Server
    timeout = SECONDS
    server_version, sys_version = "digest", ""

    def do_GET(self) -> None:
        if self._answered():
            self.wfile.write(self.server.page)

    def do_HEAD(self) -> None:
        self._answered()

    def _answered(self) -> bool:
        """Sends the head of the answer; returns whether the page belongs to it."""
        if self.headers.get_all("Host") not in [[name] for name in self.server.names]:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path.partition("?")[0] != "/":
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(self.server.page)))
            self.end_headers()
            return True
        return False

    def end_headers(self) -> None:
        """Adds to every answer, errors too, what keeps other sites out."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the base class calls it
        """Says nothing of requests."""
