"""An issue as HTML for mail programs: tables, styles in the tags, and nothing that is fetched.

Gmail shows no more than 102 kB of a mail, so a longer one is cut where it hurts least, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from agent.render.cited import Source
from agent.render.newsletter import edited, shortening
from agent.render.newsletter.blocks import Block, Further, Intro, Issue, Numbers, Paper, Pick, Section
from agent.render.newsletter.palette import DARK, LIGHT
from agent.render.newsletter.templates import render
from agent.render.safe import web

if TYPE_CHECKING:
    from css_inline import CSSInliner

    from agent.render.newsletter.pictures import Picture

LIMIT = 100_000
"""Bytes of a mail."""
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages by their code, BCP 47."""


@dataclass(frozen=True)
class Mail:
    """An issue as a mail."""

    html: str
    cut: int = 0
    """Papers that the issue shows or names in its sections, and the mail does not."""
    shortened: bool = False
    """Whether anything was left out, papers or not."""


def page(issue: Issue, folder: Path | None = None, pictures: Sequence[Picture] = (), limit: int = LIMIT) -> Mail:
    """Returns the mail, in at most `limit` bytes of UTF-8 wherever leaving parts out can make it so.

    `folder` may hold a `mail.html.j2` of the user's own, and `pictures` stand in the place of the bars that they show.
    Raises `ConfigError` when the user's template fails.
    """
    mail = Mail(_laid_out(issue, folder, pictures))
    over, gone = _size(mail) - limit, 0
    parts = shortening.parts(issue) if over > 0 else ()
    while over > 0 and gone < len(parts):
        gone = shortening.enough(parts, gone, over)
        shown = shortening.without(issue, parts[:gone])
        cut = len(shortening.placed(issue) - shortening.placed(shown))
        mail = Mail(_laid_out(shown, folder, pictures, cut, shortened=True), cut, shortened=True)
        over = _size(mail) - limit
    return mail


def _size(mail: Mail) -> int:
    return len(mail.html.encode("utf-8", "replace"))


def _laid_out(
    issue: Issue, folder: Path | None, pictures: Sequence[Picture], cut: int = 0, *, shortened: bool = False
) -> str:
    places = _places(issue.blocks)
    papers = (at for at, block in enumerate(issue.blocks) if isinstance(block, Section | Paper | Further))
    html = render(
        "mail.html.j2",
        folder,
        issue=issue,
        light=LIGHT,
        dark=DARK,
        direction="rtl" if issue.language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr",
        written=written(issue, edited.as_html),
        places=places,
        pages={source.number: _page(source) for source in issue.sources},
        pictures={picture.key: picture for picture in pictures},
        online=web(f"{issue.site}/{issue.slug}") if issue.site else None,
        cut=cut,
        shortened=shortened,
        last=max(papers, default=len(issue.blocks) - 1),
    )
    return f"{_inliner().inline(html)}\n"


def _places(blocks: Sequence[Block]) -> Mapping[int, int]:
    """The block in which each paper that is referred to is found, by its number: its own, else where it leads."""
    places: dict[int, int] = {}
    cited = set(_cited(blocks))
    for kind in (Paper, Further, Pick):
        for at, block in enumerate(blocks):
            if isinstance(block, kind):
                shown = block.sources if isinstance(block, Further) else (block.source,)
                places |= {one.number: at for one in shown if one.number in cited and one.number not in places}
    return places


def _cited(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, Intro | Section):
            said = block.sentences if isinstance(block, Intro) else block.overview
            yield from (citation.source.number for one in said for citation in one.citations)
        elif isinstance(block, Numbers):
            bars = (bar for figure in block.figures if figure.kind == "gains" for bar in figure.bars)
            yield from (source.number for bar in bars for source in bar.sources)


def written(issue: Issue, shown: Callable[[str], str]) -> Mapping[int, str]:
    """Returns what the writer made of blocks, by where these stand."""
    return {at: shown(block.edited) for at, block in enumerate(issue.blocks) if block.edited is not None}


def _page(source: Source) -> str:
    """The paper's own page; empty where none is known."""
    return next((link.url for link in source.links if "paper" in link.label.split(" + ")), "")


@cache
def _inliner() -> CSSInliner:
    """Puts the styles into the tags; those for dark mode stay in the head, and nothing is loaded from anywhere."""
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, minify_css=True)
