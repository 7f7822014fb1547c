"""Releases of LiteLLM that must not be used."""

from __future__ import annotations

import importlib.metadata

from agent.errors import ConfigError

MALICIOUS = ("1.82.7", "1.82.8")
"""Gone from the index, but not from every mirror."""
BROKEN = ("1.106.", "1.107.", "1.108.0", "1.108.1", "1.108.2", "1.108.3")
"""Every call that carries tools fails: `No module named 'mcp'`."""


def refuse(version: str | None = None) -> str:
    """Returns the version of LiteLLM that is installed.

    Raises `ConfigError` when it must not be used.
    """
    version = version or importlib.metadata.version("litellm")
    if version in MALICIOUS or version.startswith(BROKEN):
        raise ConfigError(f"litellm {version} must not be used.", f"pip install --upgrade 'litellm!={version}'")
    return version
