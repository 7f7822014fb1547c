"""One mail to one address, over SMTP: how a writer looks at an issue in their own mail program before it is sent.

The connection is encrypted and the server's certificate checked, before any password or mail goes over it; only a
server on this machine may be spoken to in plain text, and only where that is asked for. RFC 5321, 3207, 4954, 8314.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage

from agent.errors import ConfigError, DigestError, EndpointError, UsageError
from agent.models.redact import told
from agent.render.newsletter.eml import DRAFT, identity, mailbox
from agent.render.safe import printable

PREFIX = "[Test] "
"""Goes before the subject, so that nobody takes it for the issue."""
IMPLICIT = 465
"""The port on which the encryption comes first; on all others it is asked for with STARTTLS."""
USER, PASSWORD = "DIGEST_SMTP_USER", "DIGEST_SMTP_PASSWORD"
SECONDS = 30.0
"""For connecting, and for each answer of the server."""


@dataclass(frozen=True)
class Server:
    """Who takes the mail."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    plain: bool = False
    """Whether to speak without encryption: only to a server on this machine."""

    @property
    def place(self) -> str:
        """As it was given: `mail.example.org:587`."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def server(place: str, *, user: str = "", password: str = "", plain: bool = False) -> Server:
    """Returns the server at `host:port`.

    Raises `UsageError` when this is no such place, or is to be spoken to in plain text and not on this machine, and
    `ConfigError` when there is a user without a password or a password without a user.
    """
    found = _PLACE.fullmatch(place)
    if not found or not 0 < int(found["port"]) < 65536:
        raise UsageError(
            f"{printable(place)!r} is no mail server.", "Give host and port: `--smtp mail.example.org:587`."
        )
    made = Server(found["name"] or found["address"], int(found["port"]), user, password, plain)
    if plain and not _here(made.host):
        raise UsageError(
            f"{made.place}: only a server on this machine may be spoken to with --smtp-plain.",
            "Leave --smtp-plain out: the connection is then encrypted.",
        )
    if bool(user) != bool(password):
        raise ConfigError(
            f"{made.place}: there is a {'user' if user else 'password'} without a {'password' if user else 'user'}.",
            f"Set both {USER} and {PASSWORD}, or neither.",
        )
    if not f"{user}{password}".isascii():
        raise ConfigError(
            f"{made.place}: user or password has a letter beyond ASCII, which cannot be sent.",
            f"Check {USER} and {PASSWORD}.",
        )
    return made


def recipient(address: str) -> Address:
    """Returns the address; raises `UsageError` when it is none, or more than one."""
    found = mailbox(address)
    if not found:
        raise UsageError(f"{printable(address)!r} is not one mail address.", "Give one: `--send-test you@example.org`.")
    return found


def trial(draft: bytes, to: str, user: str = "", at: datetime.datetime | None = None) -> EmailMessage:
    """Returns a draft as a mail to one address, marked as a test and otherwise the same.

    It is from the draft's sender, else from the user of the server, else from whom it goes to. Its date is `at` where
    that is given: a mail of last month is easily taken for spam. Raises `UsageError` as `recipient` does.
    """
    mail, whom = message_from_bytes(draft, policy=policy.SMTP), recipient(to)
    for name in (*DRAFT, "To", "Cc", "Bcc"):
        del mail[name]
    if not _sender(mail):
        _put(mail, "From", mailbox(user) or whom)
    if at:
        _put(mail, "Date", at)
    _put(mail, "Subject", f"{PREFIX}{mail['Subject'] or ''}")
    _put(mail, "To", whom)
    _put(mail, "Message-ID", identity(str(mail["Message-ID"]), str(whom), str(mail["Date"])))
    return mail


def send(message: bytes, to: str, server: Server, at: datetime.datetime | None = None) -> None:
    """Sends a draft to one address as a test; see `trial`.

    Raises `UsageError` when the address is none; `ConfigError` when the server does not take user and password; and
    `EndpointError` when it cannot be reached, does not encrypt, cannot prove who it is, or refuses the mail.
    """
    mail, whom = trial(message, to, server.user, at), recipient(to)
    with _failures(server), closing(_connected(server)) as connection:
        if server.user:
            connection.login(server.user, server.password)
        connection.sendmail(_sender(mail), [whom.addr_spec], mail.as_bytes())
        # It is sent: how the server says goodbye changes nothing.
        with suppress(OSError):
            connection.quit()


_PLACE = re.compile(
    r"(?:(?P<name>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)|\[(?P<address>[0-9A-Fa-f:.]+)\]):(?P<port>[0-9]{1,5})"
)
_GREETING = "[127.0.0.1]"
"""How the program introduces itself; the name of the machine is nobody's business. RFC 5321, section 4.1.4."""


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _sender(mail: EmailMessage) -> str:
    """The address that a mail is from; empty where it has none."""
    addresses = getattr(mail["From"], "addresses", ())
    return str(addresses[0].addr_spec) if addresses and mailbox(addresses[0].addr_spec) else ""


def _put(mail: EmailMessage, name: str, value: object) -> None:
    del mail[name]
    mail[name] = value


def _connected(server: Server) -> smtplib.SMTP:
    """A connection that may be spoken over: encrypted, with whom was meant, or in plain text on this machine."""
    trusted = ssl.create_default_context()
    if server.port == IMPLICIT and not server.plain:
        return smtplib.SMTP_SSL(server.host, server.port, _GREETING, timeout=SECONDS, context=trusted)
    connection = smtplib.SMTP(server.host, server.port, _GREETING, timeout=SECONDS)
    try:
        connection.ehlo_or_helo_if_needed()
        if server.plain:
            return connection
        if not connection.has_extn("starttls"):
            raise EndpointError(
                f"{server.place}: the mail server does not encrypt (it offers no STARTTLS); nothing was sent.",
                f"Try its port {IMPLICIT} or 587; a server on this machine may be spoken to with --smtp-plain.",
            )
        connection.starttls(context=trusted)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _failures(server: Server) -> Iterator[None]:
    """Whatever goes wrong with the server, told with the place and what to try."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        # Errors of smtplib and ssl are OSErrors. The cause is left out: what a server says may repeat the password.
        raise _failure(error, server) from None


def _failure(error: OSError | UnicodeError, server: Server) -> DigestError:
    place = server.place
    match error:
        case smtplib.SMTPAuthenticationError():
            return ConfigError(
                f"{place}: the mail server refused user and password ({error.smtp_code}).",
                f"Check {USER} and {PASSWORD}; many providers want a password made for one program.",
            )
        case smtplib.SMTPNotSupportedError():
            return ConfigError(f"{place}: the mail server takes no password.", f"Leave {USER} and {PASSWORD} out.")
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
            return _refusal(server, "refused the address that the mail goes to", code, answer)
        case smtplib.SMTPResponseException():
            return _refusal(server, "refused the mail", error.smtp_code, error.smtp_error)
        case smtplib.SMTPServerDisconnected() if not isinstance(error.__context__, TimeoutError):
            return EndpointError(f"{place}: the mail server closed the connection.", _PORTS)
        case ssl.SSLCertVerificationError():
            return EndpointError(
                f"{place}: the mail server cannot prove that it is {server.host}: {printable(error.verify_message)}.",
                "Give it by the name that its certificate has.",
            )
        case ssl.SSLError():
            return EndpointError(f"{place}: no encrypted connection can be made: {_reason(error)}.", _PORTS)
        case TimeoutError() | smtplib.SMTPServerDisconnected():
            return EndpointError(f"{place}: the mail server did not answer within {SECONDS:g} s.", _PORTS)
    return EndpointError(f"{place}: the mail server cannot be reached: {_reason(error)}.", _PORTS)


_PORTS = f"Check host and port; mail is handed in at 587 (STARTTLS) or {IMPLICIT} (encrypted from the start)."


def _refusal(server: Server, what: str, code: int, answer: bytes | str) -> DigestError:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    for secret in _secrets(server):
        said = said.replace(secret, "[hidden]")
    hint = "A server takes mail from addresses that it knows: set the author of the newsletter to one of these."
    return EndpointError(f"{server.place}: the mail server {what} ({code}: {told(said)}).", hint)


def _secrets(server: Server) -> Iterator[str]:
    """The password, and how it goes over the line. RFC 4616."""
    if server.password:
        yield server.password
        for sent in (f"\0{server.user}\0{server.password}", server.password):
            yield b64encode(sent.encode()).decode()


def _reason(error: OSError | UnicodeError) -> str:
    told = (getattr(error, name, None) for name in ("reason", "strerror"))
    return printable(next((text for text in told if text), str(error) or type(error).__name__))
