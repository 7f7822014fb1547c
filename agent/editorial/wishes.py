"""What an editor asks of an issue."""

from __future__ import annotations

from dataclasses import dataclass

from agent.editorial.interests import Interests
from agent.schema import Paper


@dataclass(frozen=True)
class Wishes:
    """How an issue is to be cut and told; nothing given means what suits most."""

    top: int | None = None
    """Papers shown in full in all sections together; each section keeps one. None for all of up to 40, else 40."""
    sections: int | None = None
    """Most topics with a section of their own; papers of others are named in a last one."""
    interests: Interests | None = None
    """What the readers care for."""
    liked: tuple[Paper, ...] = ()
    """The papers that `interests` names, as the library has them; see `interests.liked`."""
    language: str | None = None
    """BCP 47; None for English."""
    tone: str | None = None
    """How it speaks, in words for a model."""
