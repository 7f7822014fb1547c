"""The web page and the mail of an issue, looked at and used in Chromium, without network.

Node does it (`run.mjs`), in one run for all tests of this file. Pictures of every page at every width, in light and
dark, stay in the folder that BROWSER_ARTIFACTS names, else in `.ci/artifacts`.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from agent.render.newsletter import mail, web
from agent.render.newsletter.blocks import Paper, Section
from tests.conftest import homes
from tests.render import hostile
from tests.render.newsletter import issues

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ARTIFACTS = Path(os.environ.get("BROWSER_ARTIFACTS") or ROOT / ".ci" / "artifacts")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WEEKS = {"week": "2025-W12", "large": "2025-W11"}
"""36 and 230 papers."""

LIVE = """
<script>alert(1)</script> </script><script>alert(1)</script> </style><script>alert(1)</script>
"><script>alert(1)</script> <img src=x onerror=alert(1)> <img src=https://x.example/p.png> <svg onload=alert(1)>
<svg><script>alert(1)</script></svg> <iframe src=https://x.example> <object data=https://x.example>
<embed src=https://x.example> <base href=https://x.example> <link rel=stylesheet href=https://x.example/a.css>
<style>@import "https://x.example/a.css";</style> <meta http-equiv=refresh content="0;url=https://x.example">
<form action=https://x.example><input autofocus onfocus=alert(1)> <details open ontoggle=alert(1)>
<video src=x onerror=alert(1)> <body onload=alert(1)> <a href="javascript:alert(1)">x</a>
<!--[if mso]><script>alert(1)</script><![endif]--> <!-- --> ]]> <?php ?> {{7*7}} {%raw%} &lt;script&gt;
[x](javascript:alert(1)) ![x](https://x.example/p.png) <template><script>alert(1)</script></template>
<math href=javascript:alert(1)>x</math> ' onmouseover='alert(1) " onmouseover="alert(1) ` onmouseover=`alert(1)
style="background:url(https://x.example)"
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What Node has found, by what it looked at."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed: apt-get install chromium")
    if not shutil.which("npm"):
        pytest.skip("Node and npm are not installed: apt-get install nodejs npm")
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=HERE)
    made, home = tmp_path_factory.mktemp("issues"), tmp_path_factory.mktemp("home")
    for name, week in WEEKS.items():
        drafted = ("newsletter", "seeds", "--week", week, "-o", made / name, "-q")
        run(sys.executable, "-m", "agent", *drafted, cwd=ROOT, **homes(home))
    write_hostile(made / "hostile")
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    with (ARTIFACTS / "notes.txt").open("w") as notes:
        done = run("node", "run.mjs", browser, made, ARTIFACTS, cwd=HERE, stderr=notes)
    return json.loads(done.stdout)


def run(*command, cwd, stderr=subprocess.PIPE, **variables):
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=os.environ | variables, stdout=subprocess.PIPE, stderr=stderr, text=True,
        timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command[0]}: {done.stderr or ''}{done.stdout}"
    return done


def write_hostile(folder):
    """An issue with nothing but attacks in every field, and in what its writer has written."""
    text = LIVE + "".join(hostile.ATTACKS)
    issue = issues.issue(issues.newsletter(hostile.digest(text), subject=text, preheader=text, closing=text))
    written = (Section, Paper)
    blocks = [
        replace(block, edited=text) if isinstance(block, written) and at % 2 else block
        for at, block in enumerate(issue.blocks)
    ]
    issue = replace(issue, blocks=tuple(blocks))
    (folder / "web").mkdir(parents=True)
    (folder / "web" / "index.html").write_text(web.page(issue), encoding="utf-8")
    (folder / "issue.html").write_text(mail.page(issue).html, encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "times"),
    [
        ("week web is valid", 1),
        ("week mail is valid", 1),
        ("large web is valid", 1),
        ("large mail is valid", 1),
        ("hostile web is valid", 1),
        ("hostile mail is valid", 1),
        ("week-web looks", 6),
        ("week-mail looks", 6),
        ("large-web looks", 1),
        ("large-mail looks", 1),
        ("hostile-web looks", 1),
        ("hostile-mail looks", 1),
        ("week-web search", 1),
        ("week-web filters", 1),
        ("week-web bookmarks", 1),
        ("week-web links", 1),
        ("week-web keyboard", 1),
        ("week-web hover", 1),
        ("large-web openings", 1),
        ("week-web tap", 1),
        ("week-web dark", 1),
        ("week-web paper", 1),
        ("week-web scriptless", 1),
        ("week-web speed", 1),
        ("large-web speed", 1),
    ],
)
def test_in_a_browser(results, what, times):
    """Node has looked at it as often as it should, and nothing was wrong with it."""
    found = [one for one in results if one["name"].startswith(what)]

    assert [f"{one['name']}: {one['failure']}" for one in found if one["failure"]] == []
    assert len(found) == times
