"""The papers read so far, each once, in SQLite: in memory, or on disk after `digest add`."""

from agent.library.identity import paper_id
from agent.library.merging import Added
from agent.library.store import Library

__all__ = ["Added", "Library", "paper_id"]
