"""Mails handed to a real server on this machine."""

import datetime
import email
import socket
import ssl
import threading
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from agent import delivery
from agent.errors import ConfigError, EndpointError, UsageError
from agent.render.newsletter import eml, mail, plain
from agent.render.newsletter.pictures import Picture
from tests.render.newsletter import issues

CERTIFICATE = Path(__file__).parent / "fixtures" / "smtp" / "localhost.pem"
"""Of a server named localhost, made for these tests, with its key; nothing else trusts it."""
ISSUE = issues.issue()
CHART = Picture("numbers:topics", "0123@digest.invalid", b"\x89PNG" + bytes(range(256)) * 4, "Topics.")
TO, NOW = "you@example.org", datetime.datetime(2025, 3, 25, 9, 30, tzinfo=datetime.UTC)
SECRET, WRONG = "correct horse battery", "wrong horse"


def draft(issue=ISSUE):
    return eml.message(issue, mail.page(issue, pictures=[CHART]), plain.text(issue), [CHART])


@dataclass
class Box:
    """What a server was handed, and how it answers."""

    mails: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802  named by aiosmtpd
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content, session.ssl is not None))
        return self.answers.get("DATA", "250 OK")

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return self.answers.get("QUIT", "221 Bye")

    def authenticate(self, server, session, envelope, mechanism, data):
        good = data.login == b"ann@example.org" and data.password == SECRET.encode()
        return AuthResult(success=good, handled=False)


@contextmanager
def serving(box, *, starttls=False, implicit=False, password=False):
    """A server on this machine; yields its port."""
    context = None
    if starttls or implicit:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
    options = {"require_starttls": True, "tls_context": context} if starttls else {}
    if password:
        options |= {"authenticator": box.authenticate, "auth_required": True, "auth_require_tls": not implicit}
    controller = Controller(
        box, hostname="localhost", port=free(), ssl_context=context if implicit else None, **options
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free():
    with socket.create_server(("localhost", 0)) as made:
        return made.getsockname()[1]


@pytest.fixture
def trusted(monkeypatch):
    """The certificate of the tests is one that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def send(port, to=TO, issue=ISSUE, **server):
    delivery.send(draft(issue), to, delivery.server(f"localhost:{port}", **server), NOW)


def read(data):
    return email.message_from_bytes(data, policy=policy.default)


@pytest.mark.enable_socket
def test_it_arrives_over_tls_as_it_was_made(trusted):
    """The server gets the draft over an encrypted connection: marked as a test, to one address, and else the same."""
    box = Box()
    with serving(box, starttls=True) as port:
        send(port)
    [(sender, to, data, encrypted)] = box.mails
    got, made = read(data), read(draft())

    assert (sender, to, encrypted) == (TO, [TO], True)
    assert (got["Subject"], got["To"], got["From"]) == (f"[Test] {made['Subject']}", TO, TO)
    assert (got["X-Unsent"], got["X-Uniform-Type-Identifier"]) == (None, None)
    assert got["Date"] == "Tue, 25 Mar 2025 09:30:00 +0000"
    assert got["Message-ID"] != made["Message-ID"]
    parts = [[part.get_content() for part in one.walk() if not part.is_multipart()] for one in (got, made)]
    assert parts[0] == parts[1]
    assert [part["Content-ID"] for part in got.walk()] == [part["Content-ID"] for part in made.walk()]
    # From the first boundary on it is the same bytes.
    assert data.partition(b"\r\n\r\n")[2] == draft().partition(b"\r\n\r\n")[2]


@pytest.mark.enable_socket
def test_it_is_from_the_author(trusted):
    """Else from the user of the server, where that is an address."""
    box = Box()
    with serving(box, starttls=True, password=True) as port:
        for author in ("Zoë <zoe@example.org>", "", "Zoë"):
            send(port, issue=replace(ISSUE, author=author), user="ann@example.org", password=SECRET)

    assert [sender for sender, *_ in box.mails] == ["zoe@example.org", "ann@example.org", "ann@example.org"]
    assert read(box.mails[0][2])["From"] == "Zoë <zoe@example.org>"


@pytest.mark.enable_socket
def test_implicit_tls(trusted, monkeypatch):
    """On port 465 the encryption comes first."""
    box = Box()
    with serving(box, implicit=True) as port:
        monkeypatch.setattr(delivery, "IMPLICIT", port)
        send(port)

    assert len(box.mails) == 1


@pytest.mark.enable_socket
def test_a_server_that_does_not_encrypt():
    """It gets nothing, unless plain text was asked for."""
    box = Box()
    with serving(box) as port:
        with pytest.raises(EndpointError, match="does not encrypt") as caught:
            send(port)
        assert box.mails == []

        send(port, plain=True)

    assert caught.value.exit_code == 5
    assert [encrypted for *_, encrypted in box.mails] == [False]


@pytest.mark.enable_socket
def test_a_certificate_that_nobody_trusts():
    """No password and no mail goes to a server that cannot prove who it is."""
    box = Box()
    with serving(box, starttls=True) as port, pytest.raises(EndpointError, match="cannot prove that it is localhost"):
        send(port, user="ann@example.org", password=SECRET)

    assert box.mails == []


@pytest.mark.enable_socket
def test_a_certificate_of_another(trusted):
    """The name in it has to be the one that was asked for."""
    with serving(Box(), starttls=True) as port, pytest.raises(EndpointError, match=r"cannot prove that it is 127\.0"):
        delivery.send(draft(), TO, delivery.server(f"127.0.0.1:{port}"), NOW)


@pytest.mark.enable_socket
def test_a_wrong_password(trusted):
    """It says which variables to check, and never what is in them."""
    box = Box()
    with serving(box, starttls=True, password=True) as port, pytest.raises(ConfigError) as caught:
        send(port, user="ann@example.org", password=WRONG)

    assert "refused user and password (535)" in caught.value.message
    assert delivery.PASSWORD in caught.value.hint
    assert box.mails == []
    assert secretless(caught.value, WRONG)


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("command", "told"),
    [("MAIL", "refused the mail"), ("RCPT", "refused the address that the mail goes to"), ("DATA", "refused the mail")],
)
def test_a_server_that_refuses(trusted, command, told):
    """What it says is told without the password, in any shape, and without control characters."""
    sent = b64encode(f"\0ann@example.org\0{SECRET}".encode()).decode()
    box = Box(answers={command: f"550 Not \x1b[31m for {SECRET} or {sent}"})
    with serving(box, starttls=True, password=True) as port, pytest.raises(EndpointError, match=told) as caught:
        send(port, user="ann@example.org", password=SECRET)

    assert "(550: Not" in caught.value.message
    assert "\x1b" not in caught.value.message
    assert secretless(caught.value, SECRET)
    assert secretless(caught.value, sent)


def secretless(error, secret):
    chain = (error, error.__cause__, error.__suppress_context__ or error.__context__)
    return not any(secret in f"{one!r}{one}{getattr(one, 'hint', '')}" for one in chain)


@pytest.mark.enable_socket
def test_how_the_server_says_goodbye_changes_nothing(trusted):
    """The mail is sent by then."""
    box = Box(answers={"QUIT": "500 Never"})
    with serving(box, starttls=True) as port:
        send(port)

    assert len(box.mails) == 1


@pytest.mark.enable_socket
def test_nobody_is_there():
    """It says where nobody answered, and what to try."""
    with pytest.raises(
        EndpointError, match=r"localhost:\d+: the mail server cannot be reached: Connection refused"
    ) as no:
        send(free())

    assert "587" in no.value.hint


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("greeting", "told"), [(b"", "closed the connection"), (b"554 Go away\r\n", "refused the mail")]
)
def test_something_else_is_there(greeting, told):
    """A server that hangs up, or wants nobody, is told as such."""
    with socket.create_server(("localhost", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection:
                connection.sendall(greeting)

        talk = threading.Thread(target=answer)
        talk.start()
        with pytest.raises(EndpointError, match=told):
            send(server.getsockname()[1])
        talk.join()


@pytest.mark.enable_socket
def test_a_server_that_says_nothing(monkeypatch):
    """Nobody waits for it for ever."""
    monkeypatch.setattr(delivery, "SECONDS", 0.1)
    with socket.create_server(("localhost", 0)) as server, pytest.raises(EndpointError, match="did not answer within"):
        send(server.getsockname()[1])


@pytest.mark.parametrize(
    ("place", "host", "port", "shown"),
    [
        ("mail.example.org:587", "mail.example.org", 587, "mail.example.org:587"),
        ("localhost:25", "localhost", 25, "localhost:25"),
        ("[::1]:465", "::1", 465, "[::1]:465"),
        ("192.0.2.1:2525", "192.0.2.1", 2525, "192.0.2.1:2525"),
    ],
)
def test_places(place, host, port, shown):
    """Host and port; the password is never shown."""
    found = delivery.server(place, user="ann", password=SECRET)

    assert (found.host, found.port, found.place) == (host, port, shown)
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    "place",
    ["", "mail.example.org", "mail.example.org:", ":25", "a:0", "a:65536", "a b:25", "smtp://a:25", "a:25\n", "-:1"],
)
def test_no_places(place):
    """What is no host with a port is refused before anything is asked."""
    with pytest.raises(UsageError, match="is no mail server"):
        delivery.server(place)


@pytest.mark.parametrize(
    "place", ["mail.example.org:25", "192.0.2.1:25", "localhost.example.org:25", "[2001:db8::1]:25"]
)
def test_plain_text_stays_on_this_machine(place):
    """No password and no mail goes over a network for everybody to read."""
    with pytest.raises(UsageError, match="only a server on this machine"):
        delivery.server(place, plain=True)


@pytest.mark.parametrize(("user", "password"), [("ann", ""), ("", SECRET), ("ann", "pässword")])
def test_half_a_password(user, password):
    """A user without a password is a mistake, and what cannot be sent is told before."""
    with pytest.raises(ConfigError) as caught:
        delivery.server("mail.example.org:587", user=user, password=password)

    assert not password or secretless(caught.value, password)


@pytest.mark.parametrize(
    "address",
    [
        "", "you", "you@", "@example.org", "a@example.org,b@example.org", "a@example.org b@example.org",
        "a@example.org\r\nBcc: b@example.org", "a@example.org\n", "a@[127.0.0.1]", '"a b"@example.org', "a@b@c",
        "a@exämple.org", "<a@example.org", "a@example.org>", "a@example.org; b@example.org", "\x00a@example.org",
    ],
)  # fmt: skip
def test_one_address_only(address):
    """Lists, half addresses and line ends are refused, and nothing is sent."""
    with pytest.raises(UsageError, match="is not one mail address") as caught:
        delivery.send(draft(), address, delivery.server("localhost:1"))

    assert caught.value.message.isprintable()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"Subject: x\r\nFrom: a, b\r\nTo: c@d\r\nBcc: e@f\r\n\r\nx", b"From: \r\n\r\n"]
)
def test_a_draft_that_somebody_spoilt(data):
    """Whatever it holds, it goes to one address, and has a sender."""
    made = delivery.trial(data, TO)

    assert (made["To"], made["Bcc"], made["From"]) == (TO, None, TO)
    assert made["Subject"].startswith("[Test] ")
    assert made.as_bytes()
