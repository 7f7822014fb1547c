"""One paper in a digest: what it is called, what is new, its headline result, where to find it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent import text
from agent.editorial.headlines import headline
from agent.editorial.releases import is_announced
from agent.render.safe import printable, told, web
from agent.schema import Artifact, Paper, Result, Summary

UNTITLED = "Untitled"


@dataclass(frozen=True)
class Heading:
    """A title in two parts; together they are the title, preceded by the name where the title lacks it."""

    lead: str
    """What the eye looks for: the paper's name, or the title up to its colon. Never empty."""
    joint: str = ""
    rest: str = ""

    @property
    def whole(self) -> str:
        """The parts together."""
        return f"{self.lead}{self.joint}{self.rest}"


@dataclass(frozen=True)
class Link:
    """A link and what is behind it."""

    label: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A paper, ready to be laid out."""

    number: int
    paper_id: str
    heading: Heading
    tldr: str
    """Empty when the paper has no summary."""
    headline: str
    """The abstract's own words on the first result; empty when there is none, or the TL;DR says it already."""
    links: tuple[Link, ...]
    evidence: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    """The sentences that carry the TL;DR and the headline."""


def entry(number: int, paper: Paper, summary: Summary | None) -> Entry:
    """Returns the entry of a paper."""
    if not summary:
        return Entry(number, paper.id, heading(paper, None), "", "", links(paper, ()))
    tldr = told(summary.tldr)
    found = headline(paper, summary)
    return Entry(
        number=number,
        paper_id=paper.id,
        heading=heading(paper, summary.name),
        tldr=tldr,
        headline=told(found) if found else "",
        links=links(paper, summary.artifacts),
        evidence=(summary.tldr.evidence, found.evidence if found else ()),
    )


def title(paper: Paper) -> str:
    """Returns the title, remains of LaTeX resolved."""
    return printable(text.clean(paper.title)) or UNTITLED


def heading(paper: Paper, name: str | None) -> Heading:
    """Returns the title with the name put in front only where the title does not have it."""
    full, name = title(paper), printable(name or "")
    if name and not _holds(full, name):
        return Heading(name, " · ", full)
    joint = _JOINT.search(full)
    if not joint:
        return Heading(full)
    return Heading(full[: joint.start()], joint[0], full[joint.end() :])


def _holds(title: str, name: str) -> bool:
    """Whether a title has a name, be it spelt `FooNet 3` or `Foo-Net3`; a short one must be a word of its own."""
    folded = text.fold(name)
    spelt = len(folded) > 4 and folded in text.fold(title)
    return spelt or bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE))


def links(paper: Paper, artifacts: Iterable[Artifact]) -> tuple[Link, ...]:
    """Returns the links of a paper: what it releases, then its own page; one link an address."""
    labels: dict[str, list[str]] = {}
    found = [(_kind(artifact, paper), artifact.url) for artifact in artifacts] + [("paper", _page(paper))]
    for label, url in found:
        target = web(url)
        if target and label not in labels.setdefault(target, []):
            labels[target].append(label)
    return tuple(Link(" + ".join(names), target) for target, names in labels.items())


def _kind(artifact: Artifact, paper: Paper) -> str:
    return f"{artifact.kind} (announced)" if is_announced(artifact, paper.sentences) else artifact.kind


def facets(result: Result) -> tuple[str, ...]:
    """Returns a result as its value and what is known about it; the direction is not known and not implied."""
    told = (result.value, result.metric, result.on and f"on {result.on}", result.versus and f"vs. {result.versus}")
    return tuple(shown for part in told if part and (shown := printable(part)))


_JOINT = re.compile(r"(?<=\S): (?=\S)|(?<=\S)：(?=\S)|(?<=\S) [–—] (?=\S)")
"""What parts a title from its subtitle."""


def _page(paper: Paper) -> str:
    if paper.url:
        return paper.url
    if paper.arxiv_id:
        return f"https://arxiv.org/abs/{paper.arxiv_id}"
    return f"https://doi.org/{paper.doi}" if paper.doi else ""
