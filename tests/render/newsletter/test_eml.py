import datetime
import email
import os
import re
import subprocess
import sys
from dataclasses import replace
from email import policy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.render.newsletter import eml, mail, plain
from agent.render.newsletter.pictures import Picture
from agent.render.safe import printable
from tests.render import hostile
from tests.render.newsletter import issues

ISSUE = issues.issue()
MAIL, TEXT = mail.page(ISSUE), plain.text(ISSUE)
CHART = Picture("numbers:topics", "0123456789abcdef@digest.invalid", b"\x89PNG\r\n\x1a\n" + bytes(900), "Topics.")
ROOT = Path(__file__).parents[3]


def message(issue=ISSUE, *pictures, text=TEXT):
    return eml.message(issue, mail.page(issue, pictures=pictures), text, pictures)


def read(data):
    return email.message_from_bytes(data, policy=policy.default)


def content(part):
    return part.get_content().replace("\r\n", "\n")


def test_it_is_a_draft():
    """Outlook, Thunderbird and Apple Mail open it for writing; it goes to nobody yet."""
    found = read(message())

    assert found["X-Unsent"] == "1"
    assert found["X-Uniform-Type-Identifier"] == "com.apple.mail-draft"
    assert found["Subject"] == ISSUE.subject
    assert found["Content-Language"] == "en"
    assert (found["To"], found["From"], found["Cc"], found["Bcc"]) == (None, None, None, None)


def test_text_comes_before_html():
    """A program shows the last part that it can: the text is the same issue for those that show no HTML."""
    found = read(message())

    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert [content(part) for part in found.iter_parts()] == [TEXT, MAIL.html]
    assert not [part for part in found.walk() if part.defects]


def test_pictures_travel_with_the_html():
    """Each is found by the id that the HTML names, and one that it does not show stays at home."""
    unseen = replace(CHART, key="nowhere", cid="feed@digest.invalid")
    found = read(message(ISSUE, CHART, unseen))
    related = list(found.iter_parts())[1]
    page, *shown = related.iter_parts()

    assert (related.get_content_type(), related.get_param("type")) == ("multipart/related", "text/html")
    assert f"cid:{CHART.cid}" in content(page)
    assert [(part["Content-ID"], part.get_content_type(), part.get_content()) for part in shown] == [
        (f"<{CHART.cid}>", "image/png", CHART.png)
    ]
    assert shown[0].get_content_disposition() == "inline"


def test_lines_are_as_servers_want_them():
    """CRLF ends each of them, none is longer than 78 bytes, and all are ASCII."""
    data = message(replace(ISSUE, subject="Böden " * 30, author="Zoë <zoe@example.org>"), CHART, text="ü" * 5000)

    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(map(len, data.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(("day", "date"), [("2025-03-23", "Sun, 23 Mar 2025 12:00:00 +0000"), (None, None)])
def test_its_date_is_the_issues(day, date):
    """No clock is asked; without days there is no date, and the program that sends it sets one."""
    found = read(message(replace(ISSUE, day=day and datetime.date.fromisoformat(day))))

    assert found["Date"] == date


@pytest.mark.parametrize(
    ("author", "sender"),
    [
        ("", None),
        ("Ann Example", None),
        ("ann@example.org", "Soil Weekly <ann@example.org>"),
        ("Ann Example <ann@example.org>", "Ann Example <ann@example.org>"),
        ("Zoë, editor <zoe@example.org>", '"Zoë, editor" <zoe@example.org>'),
        ("a@example.org, b@example.org", None),
        ("a@example.org\r\nBcc: b@example.org", None),
        ("Ann <a@example.org>\nBcc: b", None),
        ("a@b@c", None), ("a@-b.org", None), ("@", None), ("a@b..c", None), (".a@b", None),
    ],
)  # fmt: skip
def test_from(author, sender):
    """The author is the sender where there is one address to be found, and else nobody."""
    found = read(message(replace(ISSUE, author=author)))

    assert found["From"] == sender
    assert found["Bcc"] is None


@settings(max_examples=30)
@given(hostile.texts, hostile.texts, st.sampled_from(["en", "x\r\nBcc: a@b", "", "de-AT", "é"]))
def test_no_header_is_injected(subject, author, language):
    """Whatever subject, author and language say, the headers are ours, and the subject is read as it was written."""
    issue = replace(ISSUE, subject=printable(subject), author=author, language=language)
    found = read(eml.message(issue, mail.Mail("<p>x"), "x"))
    ours = {
        "subject", "from", "date", "message-id", "x-unsent", "x-uniform-type-identifier", "content-language",
        "mime-version", "content-type",
    }  # fmt: skip

    assert {name.lower() for name in found} <= ours
    assert " ".join(found["Subject"].split()) == issue.subject


def test_ids_and_boundaries_come_from_the_content():
    """The same issue gives the same bytes; another one has another id and other boundaries."""
    one, other = message(ISSUE, CHART), message(ISSUE, CHART, text="Another.")
    marks = [re.findall(rb'boundary="([^"]*)"|^Message-ID: (.*)', data, re.MULTILINE) for data in (one, other)]

    assert one == message(ISSUE, CHART)
    assert len(marks[0]) == len(set(marks[0])) == 3
    assert not set(marks[0]) & set(marks[1])


def test_another_process_gives_the_same_bytes():
    """Nothing depends on how a process orders its sets."""
    program = (
        "import sys; from agent.render.newsletter import eml, mail, plain; from tests.render.newsletter import issues\n"
        "one = issues.issue(); sys.stdout.buffer.write(eml.message(one, mail.page(one), plain.text(one)))"
    )
    variables = os.environ | {"PYTHONHASHSEED": "7"}
    made = subprocess.run([sys.executable, "-c", program], env=variables, capture_output=True, check=True, cwd=ROOT)

    assert made.stdout == message()
