"""Prompts are files: YAML front matter, then Jinja2 blocks that are the roles of the messages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.errors import ConfigError

if TYPE_CHECKING:
    from jinja2 import Environment, Template

SUFFIX = ".md.j2"
ROLES = ("system", "user")


class FrontMatter(BaseModel):
    """What a prompt file says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: int
    description: str
    inputs: dict[str, str]
    """Name and meaning of each value the template uses; no more and no fewer may be given."""
    returns: str
    """Name of the answer's model in `agent.schema`."""
    params: dict[str, float | int | str] = {}
    """Sampling parameters for an endpoint."""


@dataclass(frozen=True)
class Prompt:
    """A prompt file, read."""

    front: FrontMatter
    body: str
    raw: str
    """The whole file."""

    @cached_property
    def sha(self) -> str:
        """First 12 hex digits of the sha-256 of the whole file."""
        return hashlib.sha256(self.raw.encode()).hexdigest()[:12]

    @property
    def version(self) -> int:
        """Grows with every change of meaning."""
        return self.front.version


@dataclass(frozen=True)
class Message:
    """One message of a rendered prompt."""

    role: str
    content: str


def names() -> list[str]:
    """Returns the names of all prompts, sorted."""
    return sorted(path.name.removesuffix(SUFFIX) for path in folder().glob(f"*{SUFFIX}"))


@cache
def describe(name: str) -> Prompt:
    """Returns a prompt without rendering it.

    Raises `ConfigError` when there is no such prompt or its front matter is wrong.
    """
    path = folder() / f"{name}{SUFFIX}"
    if name not in names():
        raise ConfigError(f"There is no prompt named {name!r}.", f"Known prompts: {', '.join(names())}.")
    raw = path.read_text(encoding="utf-8")
    front, body = _split(raw, path)
    return Prompt(front, body, raw)


def render(name: str, inputs: Mapping[str, Any]) -> list[Message]:
    """Returns the messages of a prompt; values are inserted as they are and never rendered again.

    Raises `ConfigError` when inputs and front matter differ, or the template uses a value it does not declare.
    """
    prompt = describe(name)
    declared = set(prompt.front.inputs)
    if declared != set(inputs):
        raise ConfigError(f"Prompt {name!r} takes {sorted(declared)}, but was given {sorted(inputs)}.")
    template = _template(name)
    context = template.new_context(dict(inputs))
    return [Message(role, "".join(template.blocks[role](context)).strip()) for role in ROLES]


def folder() -> Path:
    """Returns the folder of the prompt files: inside the installed package, else at the top of the checkout."""
    here = Path(__file__).parent
    installed = here / "_prompts"
    return installed if installed.is_dir() else here.parent / "prompts"


def _split(raw: str, path: Path) -> tuple[FrontMatter, str]:
    import yaml

    try:
        _, front, body = raw.split("---\n", 2)
        return FrontMatter.model_validate(yaml.safe_load(front)), body
    except (ValueError, yaml.YAMLError, ValidationError) as error:
        raise ConfigError(f"{path}: the front matter cannot be read: {error}") from error


@cache
def _template(name: str) -> Template:
    from jinja2 import TemplateError, meta

    prompt, environment = describe(name), _environment()
    try:
        used = meta.find_undeclared_variables(environment.parse(prompt.body))
        template = environment.from_string(prompt.body)
    except TemplateError as error:
        raise ConfigError(f"Prompt {prompt.front.name!r} is not a valid template: {error}") from error
    if used != set(prompt.front.inputs):
        odd = ", ".join(sorted(used ^ set(prompt.front.inputs)))
        raise ConfigError(f"Prompt {prompt.front.name!r}: used and declared inputs differ: {odd}.")
    if set(template.blocks) != set(ROLES):
        raise ConfigError(f"Prompt {prompt.front.name!r} needs exactly the blocks {', '.join(ROLES)}.")
    return template


@cache
def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    # Prompts are plain text: escaping for HTML would change what the model reads.
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701
    environment.filters["line"] = _line
    return environment


def _line(text: str) -> str:
    """The text on one line; three times as fast as Jinja's own `split() | join`."""
    return " ".join(text.split())
