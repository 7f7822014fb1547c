"""Answers as one HTML page that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from agent.render.comparison.content import NOT_STATED, Answer
from agent.render.words import counted

if TYPE_CHECKING:
    from jinja2 import Template

ABREAST = 3
"""Up to so many papers are columns; more are rows."""


def page(answers: Sequence[Answer]) -> str:
    """Returns the page; a single question is its heading, else each one heads its part."""
    single = answers[0].question if len(answers) == 1 else ""
    title = single or f"Answers to {counted(len(answers), 'question')}"
    return _template().render(
        answers=answers,
        title=title,
        level=2 if single else 3,
        abreast=ABREAST,
        not_stated=NOT_STATED,
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = files("agent.render.comparison").joinpath("page.html.j2").read_text(encoding="utf-8")
    environment = Environment(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)
