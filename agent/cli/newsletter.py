"""The command that drafts an issue of a newsletter."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.asking import model_of, settings_of
from agent.cli.options import (
    Everything,
    IncludeUndated,
    Library,
    Paths,
    Quiet,
    Since,
    Topics,
    Until,
    Verbose,
    Week,
    Year,
    asks,
)
from agent.cli.talk import PARTIAL, day, publish, read, remark, say
from agent.errors import UsageError
from agent.render.newsletter.formats import NAMES, Feed, Format, Target
from agent.render.words import counted

if TYPE_CHECKING:
    from agent.delivery import Server
    from agent.editorial.wishes import Wishes
    from agent.publishing import Press, Published, Style
    from agent.schema import Newsletter, Remark
    from agent.sections import Section
    from agent.settings import Settings
    from agent.sources.reading import Reading


COUNTED = ("intro", "numbers", "changes")
"""Kinds of blocks with counts of all papers."""


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(epilog="\b\nExample:\n  digest newsletter seeds/ --week 2025-W12 -o out/")(newsletter)


@asks
def newsletter(
    paths: Paths = None,
    *,
    week: Week = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
    include_undated: IncludeUndated = False,
    topics: Topics = None,
    interests: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What your readers care for, as TOML: it ranks and marks.")
    ] = None,
    top: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Papers shown in full; the others by title.")
    ] = None,
    sections: Annotated[int | None, typer.Option(metavar="N", min=1, help="Most topics with a section.")] = None,
    language: Annotated[str | None, typer.Option(metavar="de", help="Another language; needs an endpoint.")] = None,
    tone: Annotated[str | None, typer.Option(metavar="WORDS", help="How it speaks; needs an endpoint.")] = None,
    library: Library = None,
    year: Year = None,
    format: Annotated[  # noqa: A002
        list[Format] | None, typer.Option(help="Which files; give it again for more. Default: all.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder of the files; - for stdout.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="A new draft; yours becomes issue.md.bak.")] = False,
    target: Annotated[Target, typer.Option(help="A further file that this platform imports.")] = Target.PLAIN,
    feed: Annotated[Feed, typer.Option(help="An entry of the feeds is an issue, or a paper.")] = Feed.ISSUES,
    preview: Annotated[bool, typer.Option("--preview", help="Show the page in your browser.")] = False,
    send_test: Annotated[
        str | None, typer.Option("--send-test", metavar="ADDRESS", help="Send it to one address, after asking you.")
    ] = None,
    smtp: Annotated[str | None, typer.Option(metavar="HOST:PORT", help="The mail server of --send-test.")] = None,
    smtp_plain: Annotated[bool, typer.Option("--smtp-plain", help="Without TLS; on this machine only.")] = False,
    yes: Annotated[bool, typer.Option("-y", "--yes", help="Send without asking.")] = False,
    quiet: Quiet = None,
    verbose: Verbose = False,
    endpoint: dict[str, Any],
) -> None:
    """Draft an issue of a newsletter, to edit and send.

    Picks with their reasons, sections by topic, counts, and what changed since the week before, as Markdown, mail,
    text, web page, feeds and JSON. Edit issue.md and run it again: your words stay, in every format but JSON, and new
    papers are added. Without a folder the Markdown goes to stdout.
    """
    from agent import pipeline, publishing
    from agent.grounding.languages import is_english
    from agent.render.newsletter.content import slug
    from agent.window import Span, pick

    chosen = _chosen(format, output, target)
    server = _server(send_test, smtp, plain=smtp_plain, agreed=yes)
    span = Span(week, day("--since", since), day("--until", until), everything, include_undated)
    own = {"topics": topics, "interests": interests, "language": language, "tone": tone}
    knobs, dry_run = settings_of(endpoint | own, quiet)
    wishes, style = _wishes(knobs, top, sections), _style(knobs, feed, target)
    if knobs.tone and knobs.model == "embedded" and not knobs.quiet:
        say("note: the embedded model has one tone; --tone needs an endpoint")
    reading = read(paths, year, None, quiet=quiet, verbose=verbose, library=library)
    if not knobs.quiet:
        remark(_unknown(knobs, wishes, reading), verbose=verbose)
    folder = output if chosen.folder else None
    if folder:
        # What cannot be gone on with must be told before anything is paid for.
        publishing.look(folder, slug(pick(span, reading.library)), chosen.formats, style, force=force)
    if dry_run and knobs.model != "embedded":
        from agent.models.notice import still_to_come

        say(f"note: {still_to_come(retold=bool(knobs.tone) or not is_english(knobs.language or 'en'), most=sections)}")
    with model_of(knobs, dry_run) as model:
        made = pipeline.newsletter(reading, span, model, _topics(knobs), wishes)
    press = _put(made, style, folder, chosen, force=force, quiet=knobs.quiet, silent=preview or bool(send_test))
    if send_test and server:
        _send(press, send_test, server, agreed=yes)
    if preview:
        from agent.preview import serve

        serve(press.text(Format.WEB), say)
    if made.partial:
        raise typer.Exit(PARTIAL)


@dataclass(frozen=True)
class _Chosen:
    """Which files, and whether they go into a folder."""

    formats: tuple[Format, ...]
    folder: bool


def _chosen(formats: list[Format] | None, output: Path | None, target: Target) -> _Chosen:
    """Without a folder one file goes to stdout: the Markdown, unless another is named."""
    if output and str(output) != "-":
        if output.exists() and not output.is_dir():
            raise UsageError(f"-o {output}: it is no folder.", "Name a folder, or use -o - with one --format.")
        return _Chosen(tuple(dict.fromkeys(formats or Format)), folder=True)
    if formats and len(set(formats)) > 1:
        raise UsageError("Only one file can go to stdout.", "Give one --format, or name a folder with -o.")
    if target is not Target.PLAIN:
        raise UsageError(f"--target {target.value} writes a file of its own.", "Name a folder for it with -o.")
    return _Chosen(tuple(formats or (Format.MARKDOWN,))[:1], folder=False)


def _topics(knobs: Settings) -> tuple[Section, ...]:
    from agent import sections

    return sections.read(knobs.topics) if knobs.topics else ()


def _server(to: str | None, smtp: str | None, *, plain: bool, agreed: bool) -> Server | None:
    """The mail server that the command line names, with its password from the environment."""
    if bool(to) != bool(smtp):
        raise UsageError("--send-test and --smtp go together.", "Like --send-test you@example.org --smtp host:587.")
    if not smtp:
        return None
    from agent import delivery

    delivery.recipient(to or "")
    if not agreed and not (sys.stdin and sys.stdin.isatty()):
        raise UsageError("Nobody is there to be asked whether to send.", "Give --yes to send without asking.")
    user, password = os.environ.get(delivery.USER, ""), os.environ.get(delivery.PASSWORD, "")
    return delivery.server(smtp, user=user, password=password, plain=plain)


def _wishes(knobs: Settings, top: int | None, sections: int | None) -> Wishes:
    from agent.editorial import interests
    from agent.editorial.wishes import Wishes

    liked = interests.read(knobs.interests) if knobs.interests else None
    return Wishes(top=top, sections=sections, interests=liked, language=knobs.language, tone=knobs.tone)


def _unknown(knobs: Settings, wishes: Wishes, reading: Reading) -> list[Remark]:
    """Which papers the interests name, and nobody has read."""
    from agent.editorial import interests

    if not knobs.interests or not wishes.interests:
        return []
    return list(interests.unknown(knobs.interests, wishes.interests, reading.library))


def _style(knobs: Settings, feed: Feed, target: Target) -> Style:
    from agent.publishing import Style
    from agent.render.newsletter.content import Masthead

    masthead = Masthead(publication=knobs.publication, site=knobs.site, author=knobs.author)
    return Style(masthead=masthead, templates=knobs.templates, feed=feed, target=target)


def _put(
    made: Newsletter, style: Style, folder: Path | None, chosen: _Chosen, *, force: bool, quiet: bool, silent: bool
) -> Press:
    """Writes the files, and says what became of those there; to stdout only where nothing else is shown."""
    from agent import publishing

    if folder is None:
        press = publishing.press(made, style)
        if not silent:
            publish([press.text(chosen.formats[0])], None)
        return press
    press, done = publishing.issue(made, style, folder, chosen.formats, force=force)
    if not quiet:
        for line in _told(done, press):
            say(line)
    return press


def _told(done: Published, press: Press) -> Iterator[str]:
    if done.put_away:
        yield f"note: the files of the issue that was there are in {done.put_away} now"
    if done.saved:
        yield f"note: what was there, and somebody wrote or changed, is kept as {', '.join(map(str, done.saved))}"
    if done.counts:
        yield f"note: {done.folder / 'issue.md'}: {done.counts}"
    kept = [block.kind for block in press.issue.blocks if block.edited is not None and block.kind in COUNTED]
    if kept:
        yield f"note: what you edited keeps its numbers, also where papers were added: {', '.join(kept)}"
    for one, number in press.aged.items():
        if number:
            older = counted(number, f"older {press.style.feed.value.removesuffix('s')}")
            yield f"note: {NAMES[one]} keeps the newest; {older} left out"
    if done.shortened:
        missing = counted(done.cut, "paper") if done.cut else "its last lists"
        advice = "" if press.issue.site else "; with the setting `site` it links to the rest"
        yield f"note: the mail has no room for {missing}, and says so{advice}"
    yield f"wrote {', '.join(map(str, done.files))}"


def _send(press: Press, to: str, server: Server, *, agreed: bool) -> None:
    """Sends the mail to one address, once somebody has agreed."""
    from agent.delivery import send

    if not agreed:
        typer.confirm(f"Send “{press.issue.subject}” to {to} through {server.place}?", err=True, abort=True)
    send(press.message, to, server, datetime.datetime.now(datetime.UTC))
    say(f"sent to {to}")
