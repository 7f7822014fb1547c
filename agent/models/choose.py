"""Which model answers: the one that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from agent.models.base import Model
from agent.models.embedded import EmbeddedModel
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.models.budget import Receipt


def choose(
    settings: Settings,
    *,
    dry_run: bool = False,
    say: Callable[[str], None] = lambda _: None,
    watch: Callable[[Receipt, int], None] = lambda *_: None,
) -> Model:
    """Returns the model, to be closed when the run is over.

    `say` is told what the user should know, `watch` after each answer what was done so far and how much there is to do.
    """
    if settings.model == EmbeddedModel.name:
        return EmbeddedModel()
    # With neither of these does the embedded model's start-up have to do.
    from agent.cache import Cache
    from agent.cache.claims import Claims
    from agent.models.remote import RemoteModel

    folder = cache_folder(settings)
    return RemoteModel(
        settings, Cache(folder, max_size=settings.max_cache_size), Claims(folder), EmbeddedModel(),
        runs=folder / "runs", dry_run=dry_run, say=say, watch=watch,
    )  # fmt: skip


def cache_folder(settings: Settings) -> Path:
    """Returns the folder of the cached answers: as set, else `cache/` of a checkout, else the user's cache."""
    import platformdirs

    checkout = Path(__file__).parents[2]
    if settings.cache:
        return settings.cache.expanduser()
    return (
        checkout / "cache" if (checkout / "pyproject.toml").is_file() else Path(platformdirs.user_cache_dir("digest"))
    )
