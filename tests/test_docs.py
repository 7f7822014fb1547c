"""What the documents say is checked against what the program does."""

import os
import re

import pytest

from agent.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def quoted(name):
    """The output that README shows under a name."""
    found = re.search(
        rf"<!-- output: {re.escape(name)} -->\n```text\n((?:(?!```).)*?)\n```\n<!-- end of output -->",
        README,
        re.DOTALL,
    )
    assert found, name
    return found[1]


def renew(name, text):
    """Puts the real output into README."""
    old, new = (f"<!-- output: {name} -->\n```text\n{shown}\n```" for shown in (quoted(name), text))
    path = ROOT / "README.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_readme_shows_the_real_output(digest):
    """The two pieces of output at the top of README are the beginning and the end of what is printed."""
    lines = digest("weekly", "seeds/", cwd=ROOT).stdout.splitlines()
    begin = "\n".join(lines[: next(n for n, line in enumerate(lines) if line.startswith("  3  "))]).rstrip()
    end = "\n".join(lines[lines.index("Left out") :])
    if os.environ.get("UPDATE_GOLDEN"):
        renew("digest weekly seeds/", begin)
        renew("digest weekly seeds/ (end)", end)
        return

    assert quoted("digest weekly seeds/") == begin
    assert quoted("digest weekly seeds/ (end)") == end


def test_readme_shows_the_real_answer(digest):
    """The answer in README is what is printed."""
    printed = digest("ask", QUESTION, "seeds/", cwd=ROOT).stdout.rstrip()
    if os.environ.get("UPDATE_GOLDEN"):
        renew("digest ask", printed)
        return

    assert quoted("digest ask") == printed


QUESTION = "How much faster and lighter than DeiT is Vision Mamba, and at what resolution?"


def test_settings_table():
    """README lists every setting with its variable, its default and its meaning."""
    rows = {
        f"| `{key}` | `DIGEST_{key.upper()}` | {shown(field.default)} | {field.description} |"
        for key, field in Settings.model_fields.items()
    }

    assert {line for line in README.splitlines() if re.match(r"\| `\w+` \|", line)} == rows


def shown(value):
    """How README writes a default."""
    return str(value).lower() if value or value is False else "none"


SHOWN = re.findall(r"^    digest (\w+(?: show)?) .*?(?:#|$)", README, re.MULTILINE)


@pytest.mark.parametrize("line", dict.fromkeys(SHOWN))
def test_commands_in_readme_exist(digest, line):
    """Each command that README shows exists."""
    assert digest(*line.split(), "--help").returncode == 0


def test_flags_in_readme_exist(digest):
    """Each flag that README names is one of some command, and each of the main command's."""
    commands = ["weekly", "summarize", "newsletter", "ask", "search", "papers", "prompts", "config show"]
    helps = digest("--help").stdout + "".join(digest(*command.split(), "--help").stdout for command in commands)
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) - {"--format"}

    assert [flag for flag in sorted(named) if flag not in helps] == []


def test_the_house_in_readme_stands():
    """Each file and folder that README draws exists."""
    drawn = re.findall(r"^    ((?:agent|prompts|tests|cache|seeds)/\S*)", README, re.MULTILINE)

    assert len(drawn) > 8
    assert [path for path in drawn if not (ROOT / path).exists()] == []


def test_exit_codes_in_readme(digest):
    """README and help list the same exit codes."""
    section = README.split("## Exit codes")[1].split("##")[0]
    listed, text = re.findall(r"`(\d+)`", section), digest("--help").stdout

    assert [code for code in listed if f"\n    {code}  " not in text] == []
    assert len(listed) == 8


def test_the_library_example_runs(tmp_path):
    """The code in README runs as it stands."""
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1].replace('"seeds"', f'"{ROOT / "seeds"}"')

    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
