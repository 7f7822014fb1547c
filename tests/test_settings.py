import os

import pytest

from agent import settings
from agent.errors import ConfigError


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """A folder and a user without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    for name in [name for name in os.environ if name.startswith("DIGEST_")]:
        monkeypatch.delenv(name)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_order(tmp_path, monkeypatch):
    """Flags go before variables, variables before ./digest.toml, that before the user's file, that before defaults."""
    seen = [settings.load().year]
    write(settings.user_file(), "year = 2001\n")
    seen.append(settings.load().year)
    write(tmp_path / "digest.toml", "\nyear = 2002\n")
    seen.append(settings.load().year)
    monkeypatch.setenv("DIGEST_YEAR", "2003")
    seen.append(settings.load().year)
    seen.append(settings.load(year=2004).year)

    assert seen == [None, 2001, 2002, 2003, 2004]


def test_origins(tmp_path, monkeypatch):
    """Each setting's origin is a variable, a file and line, or the default."""
    write(tmp_path / "digest.toml", "\nyear = 2002\n")
    monkeypatch.setenv("DIGEST_SOURCES", os.pathsep.join(["a", "b"]))

    assert settings.load().sources == ("a", "b")
    origins = settings.origins()
    assert (origins["sources"], origins["year"], origins["quiet"]) == ("DIGEST_SOURCES", "digest.toml:2", "default")
    assert list(origins) == list(settings.Settings.model_fields)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("yaer = 2025", r"digest\.toml:1: unknown setting 'yaer'", "'year'"),
        ("colour = 1", "unknown setting 'colour'", "Known settings: sources"),
        ("\nyear = 'soon'", r"digest\.toml:2: year: .*integer", "year of date lines"),
        ("year =", r"digest\.toml: cannot be read as TOML", "Mend"),
    ],
)
def test_wrong_files_are_refused(tmp_path, text, message, hint):
    """A wrong key or value is refused with its file and line and what to write instead."""
    write(tmp_path / "digest.toml", text)

    with pytest.raises(ConfigError, match=message) as caught:
        settings.load()
    assert hint in caught.value.hint


def test_slips_in_variables(monkeypatch):
    """A variable that is nearly one of ours is refused; one that another tool owns is left alone."""
    monkeypatch.setenv("DIGEST_ALGORITHM", "sha256")
    settings.load()
    monkeypatch.setenv("DIGEST_SORCES", "a")

    with pytest.raises(ConfigError, match="DIGEST_SORCES") as caught:
        settings.load()
    assert "DIGEST_SOURCES" in caught.value.hint


def test_a_stray_dotenv_is_never_read(tmp_path):
    """A `.env` in the folder changes nothing."""
    write(tmp_path / ".env", "DIGEST_YEAR=1999\n")

    assert settings.load().year is None
