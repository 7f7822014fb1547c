"""Lines of a terminal page: wrapped, indented, without trailing spaces."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from itertools import zip_longest

from rich.console import Console
from rich.style import Style
from rich.text import Text

NARROWEST = 40
"""Below this nothing reads well; narrower terminals wrap by themselves."""


class Page:
    """A page that grows line by line; the same lines give the same bytes on every machine."""

    def __init__(self, width: int, *, color: bool) -> None:
        self.width = max(width, NARROWEST)
        self.color = color
        self._lines: list[Text] = []
        # Whatever the environment says of colours and sizes has been decided by the caller.
        self._console = Console(
            file=io.StringIO(), width=self.width, force_terminal=color, color_system="standard" if color else None,
            no_color=not color, force_jupyter=False, legacy_windows=False, highlight=False, markup=False, emoji=False,
            _environ={},
        )  # fmt: skip

    def gap(self, lines: int = 1) -> None:
        """Adds empty lines until the page ends in that many; none at its top."""
        ended = next((count for count, line in enumerate(reversed(self._lines)) if line), lines)
        self._lines += [Text() for _ in range(lines - ended)]

    def add(self, text: Text, indent: int = 0, first: Text | None = None) -> None:
        """Adds a wrapped paragraph; `first` stands in the indent of its first line."""
        for number, line in enumerate(text.wrap(self._console, self.width - indent)):
            self._lines.append(Text.assemble(_margin(indent, None if number else first), line))

    def add_whole(self, parts: Sequence[Text], indent: int, first: Text | None = None) -> None:
        """Adds parts that are never broken, such as links: on one line where they fit, else a line each."""
        row = Text("   ").join(parts)
        for number, line in enumerate([row] if indent + row.cell_len <= self.width else parts):
            self._lines.append(Text.assemble(_margin(indent, None if number else first), line))

    def columns(self, columns: Sequence[Sequence[Text]], width: int, gap: int, indent: int = 0) -> None:
        """Adds columns of wrapped paragraphs beside each other."""
        wrapped = [[line for text in column for line in text.wrap(self._console, width)] for column in columns]
        for lines in zip_longest(*wrapped, fillvalue=Text()):
            row = Text(" " * indent)
            for number, line in enumerate(lines):
                line.rstrip()
                row.append(" " * (indent + number * (width + gap) - row.cell_len)).append_text(line)
            self._lines.append(row)

    def rule(self, left: Text, right: Text) -> None:
        """Adds a heading line that runs over the page, a text at either end."""
        dashes = self.width - left.cell_len - right.cell_len - 2
        if dashes < 2:
            self.add(Text.assemble(left, " ", right))
            return
        self._lines.append(Text.assemble(left, (f" {'─' * dashes} ", "dim"), right))

    def text(self) -> str:
        """Returns the page; without colour it is plain text."""
        lines = self._lines
        for line in lines:
            line.rstrip()
        if not self.color:
            return "".join(f"{line.plain}\n" for line in lines)
        with self._console.capture() as captured:
            self._console.print(Text("\n").join(lines), soft_wrap=True)
        # rich numbers hyperlinks at random so that the parts of a wrapped one belong together; ours are never wrapped.
        return re.sub(r"\x1b\]8;id=[^;]*;", "\x1b]8;;", captured.get())


def _margin(indent: int, first: Text | None) -> Text:
    first = first or Text()
    return Text.assemble(first, " " * (indent - first.cell_len))


def linked(label: str, url: str) -> Text:
    """Returns a labelled address that a terminal can follow."""
    return Text.assemble((f"{label} ", "dim"), (url, Style(underline=True, link=url)))
