"""Imports what a run imports, and does once what is done once, before it is forked: hundreds of runs follow.

LiteLLM alone takes 4 s. Patterns and weights, which are made ready when they are first needed, take half a second.
"""

import gc
import importlib
import pkgutil

import typer

import agent
from agent import pipeline, publishing, render
from agent.cli import app
from agent.models.embedded import EmbeddedModel
from agent.models.endpoint.provider import Provider
from agent.models.wire import Wire
from agent.render.newsletter.formats import Format
from agent.sources.reading import read
from agent.tasks.newsletter import newsletter
from agent.window import Span
from tests.faults import command

for model in ("openai/x", "ollama_chat/x"):
    Provider(model, "http://127.0.0.1:9", Wire(timeout=1, connections=1))

# A command imports a module when it needs it, which would be in each child; LiteLLM must know its settings by now.
for module in pkgutil.walk_packages(agent.__path__, "agent."):
    importlib.import_module(module.name)

# A week of 36 papers.
made = pipeline.weekly(read([str(command.ROOT / "seeds")]), Span(), EmbeddedModel())
for form in ("terminal", "markdown", "json"):
    render.digest(made, form)
issue = publishing.press(newsletter(made, EmbeddedModel()), publishing.Style())
for one in Format:
    issue.text(one)

typer.main.get_command(app)

# What a child never looks through it shares with its parent; else each copies 100 MB only to count references.
gc.collect()
gc.freeze()
