"""The log of a run: a JSON line a request, with the field names of OpenTelemetry's GenAI conventions.

https://opentelemetry.io/docs/specs/semconv/gen-ai/ . Neither keys nor abstracts are written; messages only where the
user asked for it.
"""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any, TextIO


class RunLog:
    """A file a run, `<folder>/<time>-<process>.jsonl`, that begins with the first line written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: TextIO | None = None
        self._broken = False

    def write(self, **fields: Any) -> None:
        """Appends a line; a log that cannot be written costs no answer."""
        now = datetime.datetime.now(datetime.UTC)
        line = json.dumps({"time": now.isoformat(timespec="milliseconds"), **fields}, ensure_ascii=True)
        try:
            self._file = self._file or (None if self._broken else self._open(now))
            if self._file:
                self._file.write(line + "\n")
                self._file.flush()
        except OSError:
            self._broken, self._file = True, None

    def close(self) -> None:
        """Closes the file."""
        if self._file:
            self._file.close()
            self._file = None

    def _open(self, now: datetime.datetime) -> TextIO:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{now:%Y%m%dT%H%M%S}-{os.getpid()}.jsonl"
        return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8")
