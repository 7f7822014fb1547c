"""Mails of the two weeks in `seeds/`, looked at by what knows HTML and mail programs; `make test-mail` runs this.

What caniemail.com knows comes with `npm ci --prefix tests/mail`.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from agent import pipeline
from agent.editorial.wishes import Wishes
from agent.models.embedded import EmbeddedModel
from agent.render.newsletter import mail, pictures
from agent.render.newsletter.content import compose
from agent.sources.reading import read
from agent.window import Span
from tests.render.newsletter.mails import strictly

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
FALLBACKS = {
    "<style> element": "all styles but those for dark mode and narrow screens are in the tags",
    "@media": "without it the mail is light, and its margins are those of a wide screen",
    "<body> element": "its colour is that of the table around everything, too",
    "Local anchors": "a reference says the number that stands before the paper",
    "display:none": "the preheader is one pixel high and has no height",
    "overflow": "the preheader has `mso-hide` for the programs that need it",
    "overflow-wrap": "only a word longer than the screen widens the mail",
    "border-radius": "pictures have corners",
    "aria-label attribute": "the subject is the first heading",
    "role attribute": "tables that lay out are read as tables",
}
"""What Gmail or Outlook do not support of a mail, and what their readers have instead."""


@pytest.fixture(scope="module", params=["2025-W11", "2025-W12"])
def issue(request, seeds):
    made = pipeline.newsletter(read([str(seeds)]), Span(week=request.param), EmbeddedModel(), (), Wishes())
    return compose(made)


def test_a_week_is_a_valid_mail(issue):
    """A strict HTML parser finds no error, nothing is left out, and Gmail does not clip it."""
    for shown in ((), pictures.charts(issue)):
        made = mail.page(issue, pictures=shown)

        strictly(made.html)
        assert len(made.html.encode()) < mail.LIMIT
        assert made.cut == 0


def test_mail_programs_show_it(issue, tmp_path):
    """Gmail and Outlook support everything but what has a fallback, and every fallback is needed."""
    if not shutil.which("node") or not (HERE / "node_modules").is_dir():
        pytest.skip("`npm ci --prefix tests/mail` installs what caniemail.com knows; it needs Node 20.19 or newer")
    page = tmp_path / "mail.html"
    page.write_text(mail.page(issue, pictures=pictures.charts(issue)).html)
    run = subprocess.run(["node", HERE / "programs.mjs", page], capture_output=True, text=True, check=True)

    assert set(json.loads(run.stdout)) == set(FALLBACKS)
