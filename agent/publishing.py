"""Writes the files of an issue beside each other, and loses nothing that a writer did to an earlier draft of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from agent import lock, shelf, sums
from agent.errors import StorageError, UsageError
from agent.kept import Kept
from agent.render.json import pretty
from agent.render.newsletter.blocks import Issue
from agent.render.newsletter.content import Masthead, compose
from agent.render.newsletter.formats import FEEDS, NAMES, Feed, Format, Target
from agent.render.newsletter.settling import settled
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

    folder: Path
    """Where its files are; feeds may be in the one above."""
    files: tuple[Path, ...]
    counts: Counts | None
    """What was kept of an earlier draft; None where there was none."""
    cut: int
    """Papers for which the mail had no room."""
    shortened: bool
    """Whether it had no room for something, papers or lists."""
    put_away: Path | None
    """Where the issue that lay on top before is now."""
    saved: tuple[Path, ...]
    """Where those files are now that were in the way, and not as `digest` wrote them."""


def look(out: Path, slug: str, formats: Sequence[Format], style: Style, *, force: bool) -> None:
    """Raises `DigestError` when something in a folder cannot be gone on with, before anything is asked or written."""
    from agent.render.newsletter import feeds, templates

    templates.environment(style.templates)
    shelf.in_the_way(out, slug, force=force)
    if not force:
        drafts.read(shelf.home(out, slug) / shelf.DRAFT)
    for one in formats:
        if one in FEEDS and (earlier := _read(out / NAMES[one])) is not None:
            feeds.check(earlier, "atom" if one is Format.ATOM else "jsonfeed", str(out / NAMES[one]))


def press(newsletter: Newsletter, style: Style, out: Path | None = None, *, force: bool = False) -> Press:
    """Returns what lays out an issue, with what its writer did to the draft of it that is in a folder.

    With `force` the draft is not looked at. Raises `DigestError` when it cannot be read.
    """
    fresh = compose(newsletter, style.masthead)
    if not out:
        return Press(newsletter, fresh, style)
    draft = shelf.home(out, fresh.slug) / shelf.DRAFT
    seen = None if force else _read(draft)
    before = shelf.in_the_way(out, fresh.slug, force=force)
    kept = None if force or before else drafts.read(draft)
    issue = compose(newsletter, style.masthead, kept.numbers) if kept else fresh
    return Press(newsletter, issue, style, kept, place=shelf.Place(out, draft.parent, seen, before, force))


def issue(
    newsletter: Newsletter, style: Style, out: Path, formats: Sequence[Format], *, force: bool = False
) -> tuple[Press, Published]:
    """Lays out an issue and writes it into its folder, into which no other run writes meanwhile.

    Raises what `press` and `publish` raise, and `StorageError` when another run does not come to an end.
    """
    shelf.make(out)
    with lock.alone(out):
        laid = press(newsletter, style, out, force=force)
        return laid, publish(laid, formats)


def publish(press: Press, formats: Sequence[Format]) -> Published:
    """Writes an issue into its folder, which is made where it is missing.

    Everything is laid out before anything is written. The files of another issue that lie there are put away, feeds are
    continued, and what somebody else wrote or changed is kept beside the new file, and so is a draft that is forced out
    of its place. Raises `StorageError` and `UsageError` when something could get lost.
    """
    place = press.place
    if place is None:
        raise ValueError("an issue without a folder cannot be published")
    made = list(press.files(formats))
    _refuse_if_changed(place)
    for path, _ in made:
        shelf.make(path.parent)
    saved = shelf.put_away(place.out, place.before) if place.before else []
    files = {path.relative_to(place.home).as_posix(): text.encode() for path, text in made if place.replaces(path)}
    saved += [shelf.aside(place.home / name) for name in sums.strange(place.home, files)]
    # A draft that digest wrote last may still be full of the writer's words.
    files.pop(shelf.DRAFT, None)
    with sums.noting(place.home, files):
        for path, text in made:
            if path.name == shelf.DRAFT and not place.before:
                _refuse_if_changed(place)
            write([text], path)
    mailed = press.mail if Format.HTML in formats or Format.EML in formats else None
    return Published(
        folder=place.home,
        files=tuple(path for path, _ in made),
        counts=press.counts,
        cut=mailed.cut if mailed else 0,
        shortened=bool(mailed and mailed.shortened),
        put_away=place.out / place.before if place.before else None,
        saved=tuple(saved),
    )


class Press:
    """Lays out an issue in any format; what several formats need is made once."""

    def __init__(
        self,
        newsletter: Newsletter,
        issue: Issue,
        style: Style,
        kept: Kept | None = None,
        place: shelf.Place | None = None,
    ) -> None:
        from agent.render.newsletter.merging import merge

        self.newsletter = newsletter
        self.style = style
        self.place = place
        merged: tuple[Issue, Counts | None] = merge(issue, kept) if kept else (issue, None)
        self.issue, self.counts = settled(merged[0]), merged[1]
        self.aged: dict[Format, int] = {}
        """Older entries for which a feed that was laid out has no room."""

    def files(self, formats: Sequence[Format]) -> Iterator[tuple[Path, str]]:
        """Yields each file and its content; a feed goes on from the one that is there."""
        if self.place:
            yield from ((self.place.of(one), self.text(one)) for one in formats)
            yield from ((self.place.home / name, text) for name, text in self._exports())

    def text(self, format: Format) -> str:  # noqa: A002  named as the option is
        """Returns the content of one file."""
        makers: Mapping[Format, Callable[[], str]] = {
            Format.MARKDOWN: lambda: self.markdown,
            Format.HTML: lambda: self.mail.html,
            Format.EML: lambda: self.message.decode("ascii"),
            Format.TEXT: lambda: self.plain,
            Format.WEB: lambda: self._web(),
            Format.ATOM: lambda: self._feed(format),
            Format.JSONFEED: lambda: self._feed(format),
            Format.JSON: lambda: pretty(self.newsletter),
        }
        return makers[format]()

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

    def _web(self) -> str:
        from agent.render.newsletter import web

        return web.page(self.issue, self.style.templates)

    def _feed(self, format: Format) -> str:  # noqa: A002
        from agent.render.newsletter import feeds

        make = feeds.atom if format is Format.ATOM else feeds.json_feed
        path = self.place.of(format) if self.place else None
        place = {"place": str(path)} if path else {}
        made = make(self.issue, _read(path), self.style.feed.value, folder=self.style.templates, **place)
        self.aged[format] = made.aged
        return made.text

    def _exports(self) -> Iterator[tuple[str, str]]:
        """What the platform of the writer imports."""
        from agent.render.newsletter import targets

        if self.style.target is not Target.PLAIN:
            given = (self.markdown, self.mail.html, self.plain, self.style.templates)
            yield from targets.export(self.issue, self.style.target, *given).items()


def _refuse_if_changed(place: shelf.Place) -> None:
    """Raises `UsageError` when somebody has saved the draft since it was read."""
    draft = place.home / shelf.DRAFT
    if not place.force and _read(draft) != place.seen:
        raise UsageError(
            f"{draft}: it was changed while this ran, and has been left alone.",
            "Run the same command again: what is cached costs nothing.",
        )


def _read(path: Path | None) -> str | None:
    """The text of a file that may not be there, with its own line ends."""
    try:
        content = sums.content(path) if path else None
        return None if content is None else content.decode()
    except UnicodeDecodeError as error:
        raise StorageError(f"{path}: cannot be read: {error}.", "Move it away, or name another folder.") from error
