"""The Jinja2 files of an issue, and how a user's own go before them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

OWN = "agent.render.newsletter.templates"


def names() -> list[str]:
    """Returns the names of the files: `mail.html.j2`."""
    return sorted(one.name for one in files(OWN).iterdir() if one.name.endswith(".j2"))


@cache
def environment(folder: Path | None = None) -> Environment:
    """Returns what renders them; a file of the same name in `folder` goes before the package's.

    Files named `.html.j2` escape every value by themselves.
    """
    from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    own = [FileSystemLoader(folder)] if folder else []
    return SandboxedEnvironment(
        loader=ChoiceLoader([*own, PackageLoader(OWN, "")]),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and ".html" in name),
        trim_blocks=True,
        lstrip_blocks=True,
    )
