"""What became of what was added to a library."""

from __future__ import annotations

from agent.schema import SCHEMA_VERSION, Record, Remark


class AddReport(Record):
    """What became of the entries that were added to a library."""

    schema_version: int = SCHEMA_VERSION
    library: str
    entries: int
    """Records met, the unreadable ones included."""
    new: int
    """Papers that the library did not have."""
    known: int
    """Papers that it had already."""
    completed: int
    """Of these, those of which it now knows a further field or place."""
    duplicates: int
    """Records of a paper that this run had met before; entries are new, known, unreadable or duplicates."""
    united: int
    """Papers that turned out to be others of the library under another title."""
    unreadable: int
    papers: int
    """Papers that the library holds now."""
    remarks: tuple[Remark, ...] = ()
