import asyncio
import gc
import json
import socket
import subprocess
import sys
import textwrap
import threading
import traceback
import tracemalloc
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agent.models.redact import said, told
from agent.models.route import proxy_for
from agent.models.wire import Failure, Wire
from tests.fakes import FAULTS, FakeServer, Reply, answer

pytestmark = pytest.mark.enable_socket

ROOT = Path(__file__).parents[2]
SENTENCE = 'We present FOO, a "new" method\nthat improves everything by 12.5% on ImageNet and naïve baselines.'
MODEL = "meta-llama/Llama-3.3-70B-Instruct-Turbo"
BODY = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": SENTENCE}]}).encode()
KEYS = ("sk-canary-Zx81Qw72Er63Ty54", "0123456789abcdef0123456789abcdef", "opensesame")


def ask(url, *, headers=None, body=BODY, timeout=30.0, times=1, path="/v1/chat/completions", connections=4):
    """Sends the body so many times at once; returns what the last came to."""

    async def story():
        wire = Wire(timeout=timeout, connections=connections)
        try:
            calls = (wire.post(url + path, headers or {}, body) for _ in range(times))
            return (await asyncio.gather(*calls, return_exceptions=True))[-1]
        finally:
            await wire.close()

    return asyncio.run(story())


@contextmanager
def raw_server(*pieces):
    """A server that answers each connection with these bytes, whatever it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65_536)
                    for piece in pieces:
                        connection.sendall(piece)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_an_answer_comes_parsed():
    """A good answer has status, headers, bytes, the parsed body and the seconds it took."""
    with FakeServer([answer("Grüße")]) as server:
        reply = ask(server.url)

    assert reply.status == 200
    assert json.loads(reply.body) == reply.data
    assert reply.data["choices"][0]["message"]["content"] == "Grüße"
    assert reply.headers["content-type"] == "application/json"
    assert 0 < reply.seconds < 30


MEANINGS = {
    "429-seconds": ("429", True, 1), "429-milliseconds": ("429", True, 0.05), "429-negative": ("429", True, 0),
    "429-absurd": ("429", True, 120), "429-garbage": ("429", True, None), "429-none": ("429", True, None),
    **{str(status): (str(status), False, None) for status in (400, 401, 403, 404, 422)},
    **{str(status): (str(status), True, None) for status in (408, 500, 502, 503, 529)},
    "reset": ("reset", True, None), "reset-in-body": ("reset", True, None), "close": ("reset", True, None),
    "hang": ("timeout", True, None), "drip": ("timeout", True, None),
    "huge": ("too-large", False, None), "gzip-bomb": ("too-large", False, None),
    "html-200": ("not-json", True, None), "html-502": ("502", True, None), "invalid-json": ("not-json", True, None),
    "empty-body": ("empty", True, None),
    "redirect-302": ("redirect", False, None), "redirect-307": ("redirect", False, None),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "meaning"), MEANINGS.items(), ids=MEANINGS.keys())
def test_each_fault_has_its_name(fault, meaning):
    """What a server does wrong becomes a failure of one kind, after one request and within the deadline."""
    with FakeServer([FAULTS[fault]()], repeat=True) as server:
        failure = ask(server.url, timeout=0.5 if fault in ("hang", "drip") else 30)

    assert isinstance(failure, Failure)
    assert (failure.name, failure.retryable, failure.retry_after) == meaning
    assert len(server.calls) == 1
    assert server.followed == 0
    assert "<" not in failure.message


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (b'{"error": {"message": "too long", "code": "context_length_exceeded"}}', "too long"),
        (b'{"error": "model \'x\' not found"}', "model 'x' not found"),
        (b'{"message": "no route"}', "no route"),
        (b'{"detail": "Not Found"}', "Not Found"),
        (b'{"detail": [{"loc": ["body"], "msg": "field required", "input": "secret"}]}', "field required"),
        (b'[{"error": {"code": 400, "message": "API key not valid"}}]', "API key not valid"),
        (b'{"error": {"message": null}}', "Bad Request"),
        (b'{"error": {"message": "line\\u0007 one\\n\\u202eline two\\ud800"}}', "line one line two"),
        (b"<html><h1>Sign in</h1></html>", "Bad Request"),
        (b"[" * 100_000, "Bad Request"),
        (b"", "Bad Request"),
        (b'{"error": "' + b"word " * 200 + b'"}', ("word " * 200)[:199] + "…"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words(reply, message):
    """The server's own message is shown, on one line; HTML and nonsense give way to the name of the status."""
    with FakeServer([Reply(reply, status=400)]) as server:
        failure = ask(server.url)

    assert failure.message == f"HTTP 400: {message}"


def test_the_providers_name_for_the_error_is_kept():
    """The code tells an account without money from one that is too fast."""
    body = {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}
    with FakeServer([Reply(body, status=429)]) as server:
        failure = ask(server.url)

    assert (failure.code, failure.unpaid, failure.retryable) == ("insufficient_quota", True, False)


def test_a_refusal_that_drips_keeps_its_status():
    """A failure's body that breaks off does not hide the status."""
    with raw_server(b"HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\n{") as place:
        failure = ask(f"http://{place}")

    assert failure.name == "401"


def test_a_redirect_names_the_host_only():
    """Where a redirect leads is told without path and query, and nobody goes there."""
    with FakeServer([Reply(b"", 307, {"Location": "https://user:pw@evil.example/login?key=secret"})]) as server:
        failure = ask(server.url)

    assert failure.message == "HTTP 307: the server sends us on to evil.example; redirects are not followed"


ADDRESSES = {
    "http://[::1": "request", "ftp://x/y": "request", "nonsense": "request", "http://x:99999": "request",
    "http://127.1:9": "request", f"http://{'a' * 70}.example": "dns", "http://127.0.0.1:1": "refused",
}  # fmt: skip


@pytest.mark.parametrize(("url", "kind"), ADDRESSES.items())
def test_an_address_that_leads_nowhere_is_told_at_once(url, kind):
    """A broken address, an impossible host and a closed port fail long before the deadline."""
    failure = ask(url, timeout=60, path="/")

    assert failure.kind == kind


@pytest.mark.parametrize(
    ("scheme", "pieces", "kind"),
    [
        ("http", [b"SSH-2.0-OpenSSH_9.6\r\n"], "not-http"),
        ("http", [b"HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\n"], "not-http"),
        ("http", [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"], "reset"),
        ("https", [b"HTTP/1.1 400 Bad Request\r\n\r\n"], "tls"),
    ],
)
def test_another_protocol_is_recognized(scheme, pieces, kind):
    """A server that does not speak HTTP, or not over TLS, is told from one that breaks off."""
    with raw_server(*pieces) as place:
        failure = ask(f"{scheme}://{place}")

    assert failure.kind == kind


def test_an_answer_in_pieces_has_an_end():
    """The deadline holds from connecting to the last byte, and an earlier one of the caller goes first."""

    async def story(url):
        wire = Wire(timeout=60, connections=1)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            await wire.post(url, {}, BODY, deadline=begun + 0.3)
        except Failure as failure:
            return failure, loop.time() - begun
        finally:
            await wire.close()

    with FakeServer([FAULTS["drip"]()]) as server:
        failure, seconds = asyncio.run(story(f"{server.url}/v1/chat/completions"))

    assert failure.kind == "timeout"
    assert 0.3 <= seconds < 10


@pytest.mark.parametrize("fault", ["huge", "gzip-bomb"])
def test_a_large_answer_takes_little_memory(fault):
    """An answer of 50 MB, or of 100 kB that unpack to 100 MB, is cut off near the limit."""
    with FakeServer([FAULTS[fault]()]) as server:
        tracemalloc.start()
        failure = ask(server.url)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert failure.message == "an answer of over 2,000,000 bytes was cut off"
    assert peak < 12_000_000


def test_an_answer_at_the_limit_passes():
    """Exactly as many bytes as allowed are allowed."""
    body = b'"' + b"a" * 1_999_998 + b'"'
    with FakeServer([Reply(body), Reply(body + b" ")]) as server:
        fits, over = ask(server.url), ask(server.url)

    assert len(fits.body) == 2_000_000
    assert over.kind == "too-large"


def test_a_large_request_arrives_whole():
    """Two megabytes of request are sent without a warning."""
    body = json.dumps({"model": "x", "messages": [{"role": "user", "content": "é" * 1_000_000}]}).encode()
    with FakeServer([answer("{}")]) as server:
        reply = ask(server.url, body=body, headers={"Content-Type": "application/json"})

    assert reply.status == 200
    assert server.calls[0].whole
    assert server.calls[0].raw == body


def test_connections_are_shared():
    """A hundred calls need no more connections than are allowed."""
    with FakeServer([answer("{}")], repeat=True) as server:
        ask(server.url, times=100, connections=4)

    assert len(server.calls) == 100
    assert server.opened <= 4


def test_only_what_was_given_is_sent(monkeypatch, tmp_path):
    """Neither netrc nor a cookie nor a proxy of the environment touches a request to this machine."""
    (tmp_path / ".netrc").write_text("default login somebody password opensesame\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    reply = Reply(b"{}", headers={"Set-Cookie": "session=1; Path=/"})
    with FakeServer([reply, reply]) as server:
        for _ in range(2):
            assert ask(server.url, times=1).status == 200

    for call in server.calls:
        names = {name.lower() for name in call.headers}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "content-length", "content-type"}


def test_cookies_are_not_kept():
    """What a server sets is not sent back on the next call of the same client."""

    async def story(url):
        wire = Wire(timeout=5, connections=1)
        for _ in range(2):
            await wire.post(url, {}, BODY)
        await wire.close()

    with FakeServer([Reply(b"{}", headers={"Set-Cookie": "session=1; Path=/"})], repeat=True) as server:
        asyncio.run(story(server.url.replace("127.0.0.1", "localhost") + "/v1/chat/completions"))

    assert [name for name in server.calls[1].headers if name.lower() == "cookie"] == []


@pytest.mark.parametrize(
    ("host", "proxy"),
    [
        *((host, None) for host in ("localhost", "LOCALHOST", "ollama.localhost", "127.0.0.1", "127.8.9.1", "[::1]")),
        *((host, None) for host in ("0.0.0.0", "[::]", "[::ffff:127.0.0.1]")),  # noqa: S104
        *((host, "http://proxy:3128") for host in ("128.0.0.1", "localhost.example", "10.0.0.1", "[fe80::1]")),
    ],
)
def test_this_machine_needs_no_proxy(monkeypatch, host, proxy):
    """Loopback addresses are asked directly, whatever the environment says, and no others."""
    monkeypatch.setenv("http_proxy", "http://proxy:3128")
    monkeypatch.setenv("no_proxy", "")

    assert proxy_for(f"http://{host}:11434/api/chat") == proxy


def test_the_proxy_of_the_environment_is_used(monkeypatch):
    """Another machine is asked through the proxy, which gets its own password and no other."""
    with FakeServer([answer("{}")]) as server:
        monkeypatch.setenv("http_proxy", server.url.replace("http://", "http://somebody:opensesame@"))
        reply = ask("http://model.example", headers={"Authorization": "Bearer key"})

    assert reply.status == 200
    assert server.calls[0].path == "http://model.example/v1/chat/completions"
    assert {name.lower(): value for name, value in server.calls[0].headers.items()} | {
        "host": "model.example",
        "authorization": "Bearer key",
        "proxy-authorization": "Basic c29tZWJvZHk6b3BlbnNlc2FtZQ==",
    } == {name.lower(): value for name, value in server.calls[0].headers.items()}


@pytest.mark.parametrize(
    ("proxy", "message"),
    [
        ("http://127.0.0.1:1", "the proxy for http://model.example cannot be reached"),
        ("127.0.0.1:1", "the proxy for http://model.example cannot be reached"),
        ("socks5://127.0.0.1:1", "the environment names a socks5 proxy for http://model.example"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_told(monkeypatch, proxy, message):
    """Nobody goes around a proxy in silence."""
    monkeypatch.setenv("http_proxy", proxy)

    failure = ask("http://model.example")

    assert failure.kind == "proxy"
    assert failure.message.startswith(message)


def test_no_proxy_is_honoured(monkeypatch):
    """A host that the environment excepts is asked directly."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "model.invalid")

    failure = ask(f"http://{'a' * 70}.model.invalid")

    assert failure.kind == "dns"


ECHO = [
    Reply(
        lambda call, status=status: {"error": {"message": f"{call.path} {call.headers} {call.raw.decode()!r}"}},
        status=status,
    )
    for status in (400, 401, 500)
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("place", ["Authorization", "x-api-key", "?key=", "SOME_API_KEY"])
@pytest.mark.parametrize("reply", [*ECHO, *(FAULTS[name]() for name in ("401-echo", "html-200", "reset", "huge"))])
def test_no_failure_knows_the_key_or_the_abstract(monkeypatch, reply, place, key):
    """Neither stands in message, attributes, causes or traceback of a failure, even when the server repeats them."""
    path, headers = "/v1/chat/completions", {}
    if place == "?key=":
        path += place + key
    elif place == "SOME_API_KEY":
        monkeypatch.setenv(place, key)
        headers = {"Via": key}
    else:
        headers = {place: f"Bearer {key}" if place == "Authorization" else key}
    with FakeServer([reply], repeat=True) as server:
        failure = ask(server.url, path=path, headers=headers)

    told_all = "\n".join([*traceback.format_exception(failure), repr(failure), repr(vars(failure)), str(failure)])
    assert key not in told_all
    assert key[:12] not in told_all
    assert "ImageNet" not in told_all
    assert "FOO" not in told_all
    assert failure.__context__ is None
    assert failure.__cause__ is None


def test_a_key_that_cannot_be_sent_is_not_told():
    """A key with a line end inside fails before anything is sent, and the next call does not suffer."""
    with FakeServer([answer("{}")], repeat=True) as server:
        failure = ask(server.url, headers={"Authorization": f"Bearer {KEYS[0]}\n"})
        reply = ask(server.url)

    assert failure.kind == "request"
    assert KEYS[0] not in failure.message
    assert reply.status == 200
    assert len(server.calls) == 1


HIDING = [
    ("Incorrect API key provided: sk-proj-abcd1234efgh", "Incorrect API key provided: [hidden]"),
    ("Incorrect API key provided: abcd****************wxyz.", "Incorrect API key provided: [hidden]"),
    ("sent Bearer abcdef12345", "sent [hidden]"),
    ("sent Bearer\x00abcdef12345", "sent [hidden]"),
    ("Missing bearer authentication in header", "Missing bearer authentication in header"),
    ("key AIzaSyA-1234567890 is off", "key [hidden] is off"),
    ("hf_abcdefghijkl and gsk_abcdefghijkl", "[hidden] and [hidden]"),
    ("id 0123456789abcdef0123456789abcdef!", "id [hidden]!"),
    (f"The model `{MODEL}` does not exist", f"The model `{MODEL}` does not exist"),
    ("a\x00b\x1b[31m\u2028c", "a b [31m c"),
    ("model's max is 8192 tokens", "model's max is 8192 tokens"),
]


@pytest.mark.parametrize(("text", "shown"), HIDING)
def test_what_looks_like_a_key_is_hidden(text, shown):
    """Shapes of keys give way to a mark; model names and plain words stay."""

    assert told(text, body=BODY) == shown


@pytest.mark.parametrize(
    "echo",
    [
        SENTENCE,
        SENTENCE[5:60],
        json.dumps(SENTENCE),
        repr(json.dumps(SENTENCE)),
        SENTENCE.replace("\n", " "),
        json.dumps({"messages": [{"content": SENTENCE}]}),
    ],
)
def test_an_echo_of_the_request_is_hidden(echo):
    """However a server quotes the abstract, its words are gone and its own words stay."""
    shown = told(f"invalid prompt: {echo} (too long)", body=BODY)

    assert shown.startswith("invalid prompt:")
    assert shown.endswith("(too long)")
    assert "[…]" in shown
    assert not {"improves", "everything", "FOO", "ImageNet"} & set(shown.replace('"', " ").split())


def test_short_words_of_the_environment_hide_nothing(monkeypatch):
    """A key that says that there is none, such as `none`, is no secret."""
    monkeypatch.setenv("LOCAL_API_KEY", "none")

    assert told("none of the models is loaded") == "none of the models is loaded"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.binary(), st.dictionaries(st.text(), st.text()), st.text())
@example("a" * 3000, b'{"messages": "' + b"a" * 3000 + b'"}', {"Authorization": ""}, "http://[")
@example("x" * 50, b"[" * 100_000, {"Authorization": "Bearer \\"}, "http://u:p@h/?key=(((((((")
def test_whatever_a_server_says_can_be_shown(text, body, headers, url):
    """A message is one printable line of at most 200 characters, and nothing makes its reading fail."""
    shown = told(text, url, headers, body)

    assert len(shown) <= 200
    assert shown.isprintable()
    assert told(shown) == shown or "[" in shown


ERRORS = st.recursive(
    st.none() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["error", "message", "detail", "msg"]), inner),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ERRORS)
def test_an_error_of_any_shape_is_read(body):
    """The message of a failure is a text, whatever the shape of its body."""

    assert isinstance(said(body), str)


def test_an_interrupted_run_leaves_nothing_behind():
    """After Ctrl-C with calls under way and a name server that is silent, Python has nothing to complain about."""
    script = textwrap.dedent("""
        import asyncio, gc, os, signal, socket, sys, time
        from agent.models.wire import Wire
        socket.getaddrinfo = lambda *_, **__: time.sleep(120)
        async def main():
            wire = Wire(timeout=60, connections=50)
            try:
                asyncio.get_running_loop().call_later(0.5, os.kill, os.getpid(), signal.SIGINT)
                calls = [wire.post(sys.argv[1] + "/v1/chat/completions", {}, b"{}") for _ in range(20)]
                await asyncio.gather(*calls, wire.post("http://silent.example/", {}, b"{}"))
            finally:
                await wire.close()
        try:
            asyncio.run(main())
        except KeyboardInterrupt:
            print("interrupted")
        gc.collect()
    """)
    with FakeServer([FAULTS["hang"](), FAULTS["drip"]()], repeat=True) as server:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", script, server.url],
            capture_output=True, text=True, timeout=60, cwd=ROOT, check=False,
        )  # fmt: skip

    assert (done.stdout, done.stderr, done.returncode) == ("interrupted\n", "", 0)


def test_a_cancelled_call_frees_its_connection():
    """With one connection allowed, the next call goes through after a hanging one was cancelled."""

    async def story(url):
        wire = Wire(timeout=60, connections=1)
        hanging = asyncio.ensure_future(wire.post(url, {}, BODY))
        await asyncio.sleep(0.1)
        hanging.cancel()
        await asyncio.wait([hanging])
        try:
            return await wire.post(url, {}, BODY)
        finally:
            await wire.close()

    with FakeServer([FAULTS["hang"](), answer("{}")]) as server:
        reply = asyncio.run(story(f"{server.url}/v1/chat/completions"))

    assert reply.status == 200
    gc.collect()


def test_importing_is_cheap():
    """Neither aiohttp nor tenacity is loaded before the first call."""
    script = (
        "import sys, agent.models.wire, agent.models.retry; print({'aiohttp', 'tenacity', 'yarl'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout == "set()\n"
