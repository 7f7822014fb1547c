"""Imports what a run imports, before it is forked: LiteLLM alone takes 4 s, and hundreds of runs follow."""

import gc
import importlib
import pkgutil

import agent
from agent.models.endpoint.provider import Provider
from agent.models.wire import Wire
from tests.faults import command as command

# Commands import what they need when they need it: here all of it, or each run would.
for module in pkgutil.walk_packages(agent.__path__, "agent."):
    importlib.import_module(module.name)

for model in ("openai/x", "ollama_chat/x"):
    Provider(model, "http://127.0.0.1:9", Wire(timeout=1, connections=1))

# What a child never looks through it shares with its parent; else each copies 100 MB only to count references.
gc.collect()
gc.freeze()
