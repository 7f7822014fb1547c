import re

import pytest

from agent.errors import ConfigError, UsageError
from agent.render.newsletter import templates
from agent.render.newsletter.templates import copy, names, render

BROKEN = {
    "a tag that is never closed": ("one\n{% if wide %}\n", 2, "nexpected end of template"),
    "half an expression": ("one\n\n{{ 1 + }}\n", 3, "unexpected"),
    "a value that is not there": ("one\n{{ nobody }}\n", 2, "'nobody' is undefined"),
    "an attribute that is not there": ("{{ wide.nobody.name }}\n", 1, "no attribute 'nobody'"),
    "a filter that is not there": ("one\n{{ wide | sparkle }}\n", 2, "No filter named 'sparkle'"),
    "a division by zero": ("one\ntwo\n{{ 1 / 0 }}\n", 3, "ZeroDivisionError: division by zero"),
    "a macro that calls itself": ("{% macro m() %}\n{{ m() }}\n{% endmacro %}\n{{ m() }}", 2, "RecursionError"),
    "a file that is not there": ("one\n{% include 'gone.j2' %}\n", 2, "there is no template 'gone.j2'"),
    "a way out of the sandbox": ("{{ ''.__class__.__mro__ }}\n", 1, "is unsafe"),
    "a list without an end": ("one\n{% for i in range(10 ** 9) %}{% endfor %}\n", 2, "Range too big"),
}


@pytest.mark.parametrize(("text", "line", "why"), BROKEN.values(), ids=list(BROKEN))
def test_a_broken_template_is_named_with_its_line(tmp_path, text, line, why):
    """A user's template that fails is a wrong setting: file, line, reason and what to do are told."""
    own = tmp_path / "mail.html.j2"
    own.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=re.escape(f"{own}:{line}: ") + ".*" + re.escape(why)) as told:
        render("mail.html.j2", tmp_path, wide=True)
    assert "digest templates export" in told.value.hint


def test_a_template_in_another_encoding_is_named(tmp_path):
    """A file that is not UTF-8 has no lines to name, and is named itself."""
    (tmp_path / "mail.html.j2").write_bytes("é".encode("latin-1"))

    with pytest.raises(ConfigError, match=r"mail\.html\.j2: UnicodeDecodeError"):
        render("mail.html.j2", tmp_path)


def test_the_innermost_file_is_blamed(tmp_path):
    """Where one file of the user's includes another, the one that fails is named."""
    (tmp_path / "mail.html.j2").write_text("{% include 'part.j2' %}", encoding="utf-8")
    (tmp_path / "part.j2").write_text("\n{{ 1 / 0 }}", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"part\.j2:2: ZeroDivisionError"):
        render("mail.html.j2", tmp_path)


def test_a_failure_of_ours_is_not_blamed_on_the_user(tmp_path):
    """Where the package's own file fails, the error comes through, with a folder of the user's and without."""
    for folder in (None, tmp_path):
        with pytest.raises(Exception, match="undefined") as raised:
            render("feed.html.j2", folder)
        assert not isinstance(raised.value, ConfigError)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """A setting that names no folder is an error, and not silently the package's own."""
    with pytest.raises(ConfigError, match="no such folder") as told:
        render("feed.html.j2", tmp_path / "gone")
    assert f"digest templates export {tmp_path / 'gone'}" in told.value.hint


def test_a_file_of_the_user_goes_first(tmp_path):
    """A file in the user's folder is rendered in the place of the package's, and escapes by itself."""
    (tmp_path / "feed.html.j2").write_text("mine: {{ said }}", encoding="utf-8")

    assert render("feed.html.j2", tmp_path, said="<b>") == "mine: &lt;b&gt;"


def test_copies_never_overwrite_what_was_changed(tmp_path):
    """Copying twice writes once; a changed file stops it before anything is written, unless it is forced."""
    place = tmp_path / "new" / "templates"
    assert [path.name for path in copy(place)] == names()
    assert copy(place) == ()

    first, last = place / names()[0], place / names()[-1]
    last.write_text("mine", encoding="utf-8")
    first.unlink()
    with pytest.raises(UsageError, match=re.escape(last.name)):
        copy(place)
    assert not first.exists()
    assert last.read_text(encoding="utf-8") == "mine"

    assert copy(place, force=True) == (first, last)
    assert last.read_text(encoding="utf-8") == (templates.home() / last.name).read_text(encoding="utf-8")


def test_the_command_copies_and_says_where_they_are_read(digest, tmp_path):
    """`templates export` prints what it wrote and how to have it read; `templates path` then shows the folder."""
    exported = digest("templates", "export", "mine")
    assert exported.stdout.split() == [f"mine/{name}" for name in names()]
    assert 'templates = "mine"' in exported.stderr

    (tmp_path / "digest.toml").write_text(exported.stderr.partition("write ")[2].partition(" into ")[0])
    (tmp_path / "mine" / "other.j2").touch()
    shown = digest("templates", "path").stdout
    assert "yours    mine (digest.toml:1)\n" in shown
    assert "other.j2: the package has none of this name" in shown
    assert f"package  {templates.home()}\n" in shown


def test_the_command_refuses_to_overwrite(digest, tmp_path):
    """`templates export` over a changed file is a slip of the command line that names the file."""
    (tmp_path / "feed.html.j2").write_text("mine", encoding="utf-8")
    refused = digest("templates", "export", ".")

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "feed.html.j2, changed" in refused.stderr
    assert "--force" in refused.stderr
