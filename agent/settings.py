"""Every knob and its default: flags > DIGEST_* > ./digest.toml > the user's file > defaults."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from agent.errors import ConfigError

PREFIX = "DIGEST_"
PROJECT_FILE = Path("digest.toml")


class Settings(BaseSettings):
    """The settings of one run."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    # Descriptions, not docstrings: pydantic would parse this file at every start to find those.
    sources: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Files and folders that are read when a command is given none; without any, ./seeds."
    )
    library: Path | None = Field(
        None,
        description="File of the papers added with `digest add`; without it one in the user's data folder.",
    )
    year: int | None = Field(
        None,
        ge=1900,
        le=2999,
        description="The year of date lines that name none; goes before the `sources.toml` beside the files.",
    )
    model: str = Field(
        "embedded", description="Who writes: `embedded`, or a LiteLLM model string such as `ollama_chat/qwen3:8b`."
    )
    api_base: str | None = Field(None, description="Address of the endpoint, where it is not the provider's own.")
    concurrency: int | None = Field(
        None, ge=1, le=1024, description="Requests under way at once; without it 4 for Ollama and 16 for others."
    )
    timeout: float = Field(300.0, gt=0, description="Seconds for one request, from connecting to the last byte.")
    max_time: float | None = Field(None, gt=0, description="Seconds for all requests of a run.")
    max_calls: int | None = Field(None, ge=0, description="Requests in a run, retries and re-asks counted.")
    max_tokens: int | None = Field(None, ge=0, description="Tokens in a run, read and written.")
    max_cost: float | None = Field(None, ge=0, description="US dollars in a run; refused where the price is unknown.")
    at_most_once: bool = Field(
        False, description="Whether a request that a killed run may have sent is never sent again."
    )
    cache: Path | None = Field(
        None, description="Folder of the cached answers; without it `cache/` of a checkout, else the user's cache."
    )
    max_cache_size: int | None = Field(
        None, ge=0, description="Bytes the cache may hold; beyond them new answers are not kept, and you are told."
    )
    topics: Path | None = Field(None, description="File with the sections into which a digest sorts its papers.")
    interests: Path | None = Field(
        None, description="File with what the readers of a newsletter care for: it ranks and marks papers."
    )
    language: str | None = Field(
        None, description="Language of a newsletter, such as `de`; only an endpoint writes another than English."
    )
    tone: str | None = Field(None, max_length=200, description="How a newsletter speaks, in words for an endpoint.")
    publication: str = Field("Digest", min_length=1, max_length=200, description="Title of the newsletter.")
    author: str = Field("", max_length=200, description="Who sends it: `Name <name@example.org>`, or a name.")
    site: str = Field("", description="Address under which issues are published, such as `https://example.org/news`.")
    templates: Path | None = Field(None, description="Folder of Jinja2 files that go before those of the package.")
    log_content: bool = Field(False, description="Whether abstracts and answers are written into the run log.")
    quiet: bool = Field(False, description="Whether remarks on stderr are left out; errors never are.")

    @field_validator("sources", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """A variable holds several paths the way PATH does."""
        return tuple(value.split(os.pathsep)) if isinstance(value, str) else value

    @field_validator("site")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s<>\"]+", value):
            raise ValueError(f"{value!r} does not begin with https:// or http://")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Orders the sources, strongest first; a stray `.env` is never read."""
        files = (TomlConfigSettingsSource(settings_cls, path) for path in _files())
        return init_settings, env_settings, *files


def load(**flags: Any) -> Settings:
    """Returns the settings; flags that are None count as not given.

    Raises `ConfigError` for unknown keys and wrong values, with their place.
    """
    given = {key: value for key, value in flags.items() if value is not None}
    _refuse_slips()
    try:
        return Settings(**given)
    except ValidationError as error:
        raise _explained(error) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        broken = next((path for path in _files() if not _readable(path)), PROJECT_FILE)
        raise ConfigError(f"{broken}: cannot be read as TOML: {error}", "Mend the file or move it away.") from None


def origins() -> dict[str, str]:
    """Returns where each setting comes from: a variable's name, `file:line` or `default`."""
    places = dict.fromkeys(Settings.model_fields, "default")
    for path in reversed(_files()):
        text = path.read_text(encoding="utf-8")
        places |= {key: f"{path}:{_line(text, key)}" for key in tomllib.loads(text)}
    return places | {key: f"{PREFIX}{key.upper()}" for key in EnvSettingsSource(Settings)()}


def library_file(knobs: Settings) -> Path:
    """Returns the place of the library on disk; it need not exist."""
    return knobs.library or platformdirs.user_data_path("digest") / "library.sqlite3"


def user_file() -> Path:
    """Returns the place of the user's settings file; it need not exist."""
    return Path(platformdirs.user_config_dir("digest")) / "digest.toml"


def _files() -> list[Path]:
    return [path for path in (PROJECT_FILE, user_file()) if path.is_file()]


def _readable(path: Path) -> bool:
    try:
        tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        return False
    return True


def _line(text: str, key: str) -> int:
    found = re.search(rf"^[\s\[\"']*{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key, Settings.model_fields, n=1)
    return near[0] if near else ""


def _refuse_slips() -> None:
    """A variable that is nearly one of ours is a slip; other tools may use the prefix as well."""
    for name in sorted(os.environ):
        key = name.removeprefix(PREFIX).lower()
        if name.startswith(PREFIX) and key not in Settings.model_fields and _nearest(key):
            raise ConfigError(f"{name}: unknown setting.", f"Did you mean {PREFIX}{_nearest(key).upper()}?")


def _explained(error: ValidationError) -> ConfigError:
    first = error.errors()[0]
    key = str(first["loc"][0])
    place = origins().get(key, "default")
    if first["type"] == "extra_forbidden":
        near = _nearest(key)
        known = f"Did you mean {near!r}?" if near else f"Known settings: {', '.join(Settings.model_fields)}."
        return ConfigError(f"{place}: unknown setting {key!r}.", known)
    shown = f"{place}: {key}" if place != "default" else f"--{key.replace('_', '-')}"
    return ConfigError(f"{shown}: {first['msg']}.", Settings.model_fields[key].description or "")
