"""The page of an issue on loopback, as a browser and as others would ask for it."""

import http.client
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import DigestError
from agent.preview import HEADERS, serve

pytestmark = pytest.mark.enable_socket

ROOT = Path(__file__).parents[1]
PAGE = "<!doctype html><title>Böden</title>"
SERVE = f"from agent.preview import serve\nserve({PAGE!r}, print, browse=lambda address: print('opened', address))"


@pytest.fixture(scope="module")
def server():
    """A preview in a process of its own, which what it said about itself and its port come with."""
    process = subprocess.Popen([sys.executable, "-uc", SERVE], cwd=ROOT, text=True, stdout=-1, stderr=-1)
    lines = [process.stdout.readline(), process.stdout.readline()]
    yield lines, int(lines[1].rpartition(":")[2].strip("/\n"))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "", "")


def ask(port, method="GET", path="/", hosts=("127.0.0.1:{port}",)):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    for host in hosts:
        connection.putheader("Host", host.format(port=port))
    connection.endheaders()
    answer = connection.getresponse()
    return answer, answer.read().decode()


def test_the_address_is_told_and_opened(server):
    """The address is told as soon as it answers, and the browser is opened there."""
    lines, port = server

    assert lines == [
        f"The page is at http://127.0.0.1:{port}/ until you end this with Ctrl-C.\n",
        f"opened http://127.0.0.1:{port}/\n",
    ]


@pytest.mark.parametrize(("method", "body"), [("GET", PAGE), ("HEAD", "")])
@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}"])
@pytest.mark.parametrize("path", ["/", "/?a=b"])
def test_the_page_is_served(server, method, body, host, path):
    """A browser on this machine gets the page, in UTF-8, with its length."""
    answer, text = ask(server[1], method, path, [host])

    assert (answer.status, text) == (200, body)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(PAGE.encode()))


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (421, {"hosts": ["evil.example"]}),
        (421, {"hosts": ["evil.example:{port}"]}),
        (421, {"hosts": ["127.0.0.1"]}),
        (421, {"hosts": ["127.0.0.1:{port}.evil.example"]}),
        (421, {"hosts": []}),
        (421, {"hosts": ["127.0.0.1:{port}", "evil.example"]}),
        (404, {"path": "/favicon.ico"}),
        (404, {"path": "/../etc/passwd"}),
        (501, {"method": "POST"}),
        (501, {"method": "OPTIONS"}),
        (501, {"method": "CONNECT"}),
    ],
)
def test_nothing_else_is(server, status, asked):
    """Another name, another address and any other method get an error that does not hold the page."""
    answer, text = ask(server[1], **asked)

    assert answer.status == status
    assert PAGE not in text


@pytest.mark.parametrize("path", ["/", "/x"])
def test_other_sites_are_kept_out(server, path):
    """No site may frame, embed, sniff or keep what is served; nothing is said about what serves it."""
    answer, _ = ask(server[1], path=path)

    assert HEADERS.items() <= dict(answer.headers).items()
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Python" not in answer.headers["Server"]


def test_only_this_machine_is_answered(server):
    """Other addresses of this machine, which a network could reach, are not listened on."""
    with socket.socket() as other:
        other.settimeout(2)

        assert other.connect_ex(("127.0.0.2", server[1])) != 0


def test_silent_connections_hold_nobody_up(server):
    """Browsers open connections that they never use; the page is served all the same."""
    silent = [socket.create_connection(("127.0.0.1", server[1])) for _ in range(3)]

    assert ask(server[1])[1] == PAGE
    for one in silent:
        one.close()


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_port_that_cannot_be_had(port):
    """A port that is taken, or is none, is told with what to try."""
    with pytest.raises(DigestError, match=f"127.0.0.1:{port}"):
        serve(PAGE, print, port=port)


def test_a_port_that_is_taken(server):
    """A port on which something else listens is told."""
    with pytest.raises(DigestError, match="in use"):
        serve(PAGE, print, port=server[1])
