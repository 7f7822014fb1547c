"""An issue as a mail that is not sent yet: mail programs open it as a draft.

Nothing in it comes from a clock or from chance: its id and its boundaries are made from what it says, and its date is
the issue's. RFC 5322, 2045–2047, 2387 and 2392.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256

from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.feeds.entries import NOWHERE
from agent.render.newsletter.mail import Mail
from agent.render.newsletter.pictures import Picture
from agent.render.safe import printable
from agent.text import LANGUAGE

DRAFT = {"X-Unsent": "1", "X-Uniform-Type-Identifier": "com.apple.mail-draft"}
"""What makes Outlook and Thunderbird, and Apple Mail, open a file for writing; a draft needs no sender."""


def message(issue: Issue, mail: Mail, text: str, pictures: Sequence[Picture] = ()) -> bytes:
    """Returns the draft: the mail, its text for those who want no HTML, and the pictures that the mail shows.

    It has a sender where the issue's author is given with an address, and no recipient.
    """
    made = EmailMessage(policy=policy.SMTP)
    made["Subject"] = _worded(issue.subject)
    sender = mailbox(issue.author)
    if sender:
        made["From"] = Address(_worded(sender.display_name or issue.publication), addr_spec=sender.addr_spec)
    if issue.day:
        made["Date"] = datetime.datetime.combine(issue.day, datetime.time(12), datetime.UTC)
    made["Message-ID"] = identity(issue.subject, text, mail.html, *(picture.cid for picture in pictures))
    for name, value in DRAFT.items():
        made[name] = value
    _fill(made, mail, text, pictures)
    if LANGUAGE.fullmatch(issue.language):
        made["Content-Language"] = issue.language
    return made.as_bytes()


def identity(*texts: str) -> str:
    """Returns an id for a message with these texts."""
    return f"<{_digest(*texts)[:32]}@{NOWHERE}>"


def mailbox(text: str) -> Address | None:
    """Returns the address that a text is, with the name before it; None where it is none, or more than one."""
    found = _MAILBOX.fullmatch(text.strip())
    if not found or not text.isprintable():
        return None
    return Address((found["name"] or "").strip(), addr_spec=found["angled"] or found["bare"])


_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?=[^>]{{1,253}}>?\Z){_LABEL}(?:\.{_LABEL})*"
_MAILBOX = re.compile(rf'"?(?P<name>[^"<>@\\]*)"? ?<(?P<angled>{_ADDRESS})>|(?P<bare>{_ADDRESS})')
"""RFC 5321, without what servers take no more: quotes, comments, addresses of machines."""


def _worded(text: str) -> str:
    """Text for a header in which nothing is an encoded word: `email` would decode it, line ends in it too. RFC 2047."""
    return printable(text).replace("=?", "= ?")


def _digest(*texts: str) -> str:
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _fill(made: EmailMessage, mail: Mail, text: str, pictures: Sequence[Picture]) -> None:
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    shown = [picture for picture in pictures if f"cid:{picture.cid}" in mail.html]
    page = list(made.iter_parts())[-1]
    for picture in shown:
        cid, name = f"<{picture.cid}>", f"{picture.cid.partition('@')[0]}.png"
        page.add_related(picture.png, "image", "png", cid=cid, disposition="inline", filename=name)
    if shown:
        page.set_param("type", "text/html")
    for depth, part in enumerate(one for one in made.walk() if one.is_multipart()):
        part.set_boundary(f"digest-{_digest(text, mail.html, str(depth))[:40]}")
