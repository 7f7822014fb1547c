"""Writes the files of an issue beside each other, and loses nothing that a writer did to an earlier draft of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import StorageError, UsageError
from agent.kept import Kept
from agent.render.json import pretty
from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.content import Masthead, compose
from agent.render.newsletter.formats import EXPORTS, FEEDS, NAMES, Feed, Format, Target
from agent.render.output import write
from agent.sources import kept as drafts

if TYPE_CHECKING:
    from agent.render.newsletter.mail import Mail
    from agent.render.newsletter.merging import Counts
    from agent.schema import Newsletter


@dataclass(frozen=True)
class Style:
    """How the files of an issue are made."""

    masthead: Masthead = field(default_factory=Masthead)
    templates: Path | None = None
    """Folder of Jinja2 files that go before those of the package."""
    feed: Feed = Feed.ISSUES
    target: Target = Target.PLAIN


@dataclass(frozen=True)
class Published:
    """What became of an issue."""

    files: tuple[Path, ...]
    counts: Counts | None
    """What was kept of an earlier draft; None where there was none."""
    cut: int
    """Papers for which the mail had no room."""
    archived: Path | None
    """Where the issue that was there before is now."""


def look(out: Path, formats: Sequence[Format], *, force: bool) -> None:
    """Raises `DigestError` when a folder has a draft or a feed that cannot be gone on with."""
    from agent.render.newsletter import feeds

    if not force:
        drafts.read(out / NAMES[Format.MARKDOWN])
    for one in formats:
        if one in FEEDS and (earlier := _read(out / NAMES[one])) is not None:
            feeds.check(earlier, "atom" if one is Format.ATOM else "jsonfeed", str(out / NAMES[one]))


def press(newsletter: Newsletter, style: Style, out: Path | None = None, *, force: bool = False) -> Press:
    """Returns what lays out an issue, with what its writer did to the draft of it that is in a folder.

    With `force` the draft is not looked at. Raises `DigestError` when it cannot be read.
    """
    draft = out / NAMES[Format.MARKDOWN] if out and not force else None
    seen = _read(draft)
    kept = drafts.read(draft) if draft else None
    issue = compose(newsletter, style.masthead, kept.numbers if kept else None)
    if kept and kept.slug != issue.slug:
        return Press(newsletter, compose(newsletter, style.masthead), style, before=kept.slug, seen=seen)
    return Press(newsletter, issue, style, kept, seen=seen)


def publish(press: Press, out: Path, formats: Sequence[Format]) -> Published:
    """Writes an issue into a folder, which is made where it is missing.

    The files of another issue that are there move into a folder of its own; feeds are continued. Raises
    `StorageError` and `UsageError` when something could get lost.
    """
    _make(out)
    press.refuse_if_changed(out / NAMES[Format.MARKDOWN])
    archived = _archive(out, press.before) if press.before else None
    written = []
    for name, text in press.files(formats, out):
        path = out / name
        _make(path.parent)
        write([text], path)
        written.append(path)
    cut = press.mail.cut if Format.HTML in formats or Format.EML in formats else 0
    return Published(tuple(written), press.counts, cut, archived)


class Press:
    """Lays out an issue in any format; what several formats need is made once."""

    def __init__(
        self,
        newsletter: Newsletter,
        issue: Issue,
        style: Style,
        kept: Kept | None = None,
        *,
        before: str = "",
        seen: str | None = None,
    ) -> None:
        from agent.render.newsletter.merging import merge

        self.newsletter = newsletter
        self.style = style
        self.before = before
        """The issue whose files are in the way."""
        self.seen = seen
        """The draft as it was read; None where none was looked at."""
        merged: tuple[Issue, Counts | None] = merge(issue, kept) if kept else (issue, None)
        self.issue, self.counts = merged

    def refuse_if_changed(self, draft: Path) -> None:
        """Raises `UsageError` when somebody has saved the draft since it was read."""
        if self.seen is not None and _read(draft) != self.seen:
            raise UsageError(
                f"{draft}: it was changed while this ran, and has been left alone.",
                "Run the same command again: what is cached costs nothing.",
            )

    def files(self, formats: Iterable[Format], out: Path) -> Iterator[tuple[str, str]]:
        """Yields the name and the content of each file; a feed goes on from the one that is in `out`."""
        for one in formats:
            yield NAMES[one], self.text(one, out / NAMES[one])
        yield from self._exports()

    def text(self, format: Format, earlier: Path | None) -> str:  # noqa: A002  named as the option is
        """Returns the content of one file."""
        from agent.render.newsletter import web

        if format in FEEDS:
            return self._feed(format, earlier)
        if format is Format.JSON:
            return pretty(self.newsletter)
        if format is Format.WEB:
            return web.page(self.issue, self.style.templates)
        if format is Format.EML:
            return self.message.decode("ascii")
        return {Format.MARKDOWN: self.markdown, Format.HTML: self.mail.html, Format.TEXT: self.plain}[format]

    @cached_property
    def markdown(self) -> str:
        """The draft that a writer edits."""
        from agent.render.newsletter import markdown

        return markdown.issue(self.issue, self.style.templates)

    @cached_property
    def mail(self) -> Mail:
        """The HTML of the mail."""
        from agent.render.newsletter import mail

        return mail.page(self.issue, self.style.templates)

    @cached_property
    def plain(self) -> str:
        """The text of the mail."""
        from agent.render.newsletter import plain

        return plain.text(self.issue, self.style.templates)

    @cached_property
    def message(self) -> bytes:
        """The whole mail, as a draft."""
        from agent.render.newsletter import eml, mail, pictures

        charts = pictures.charts(self.issue)
        body = mail.page(self.issue, self.style.templates, charts) if charts else self.mail
        return eml.message(self.issue, body, self.plain, charts)

    def _feed(self, format: Format, earlier: Path | None) -> str:  # noqa: A002
        from agent.render.newsletter import feeds

        make = feeds.atom if format is Format.ATOM else feeds.json_feed
        place = {} if earlier is None else {"place": str(earlier)}
        return make(self.issue, _read(earlier), self.style.feed.value, folder=self.style.templates, **place)

    def _exports(self) -> Iterator[tuple[str, str]]:
        """What the platform of the writer imports."""
        from agent.render.newsletter import targets

        if self.style.target is not Target.PLAIN:
            given = (self.markdown, self.mail.html, self.plain, self.style.templates)
            yield from targets.export(self.issue, self.style.target, *given).items()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{folder}: the folder cannot be made: {error.strerror or error}.", "Name another with -o."
        ) from error


def _read(path: Path | None) -> str | None:
    """The text of a file that may not be there."""
    try:
        return path.read_text(encoding="utf-8") if path and path.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{path}: cannot be read: {error}.", "Move it away, or name another folder.") from error


def _archive(out: Path, slug: str) -> Path:
    """Moves the files of an issue into a folder of its own; feeds stay where their readers know them."""
    folder = out / slug
    if folder.exists():
        raise UsageError(
            f"{out}: it holds a draft of {slug}, and so does {folder}.",
            "Move one of them away, or name another folder.",
        )
    _make(folder)
    own = (name.split("/")[0] for one, name in NAMES.items() if one not in FEEDS)
    for name in (*own, *EXPORTS.values()):
        try:
            (out / name).rename(folder / name)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(f"{out / name}: cannot be moved: {error.strerror}.", "Name another folder.") from error
    return folder
