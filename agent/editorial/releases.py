"""What a paper has released, and what it only announces: its abstract says which, in the sentence with the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.addresses import absolute
from agent.schema import Artifact, ArtifactKind, Paper, Summary

KINDS: tuple[ArtifactKind, ...] = ("code", "data", "model", "demo", "page")


def released(summary: Summary, paper: Paper) -> tuple[ArtifactKind, ...]:
    """Returns the kinds of what is there, as far as the abstract says and links it; each once, code first."""
    kinds = {one.kind for one in _linked(summary) if not is_announced(one, paper.sentences)}
    return tuple(kind for kind in KINDS if kind in kinds)


def announced(summary: Summary, paper: Paper) -> tuple[ArtifactKind, ...]:
    """Returns the kinds that are only promised; each once, code first."""
    there = released(summary, paper)
    kinds = {one.kind for one in _linked(summary)}
    return tuple(kind for kind in KINDS if kind in kinds and kind not in there)


def is_announced(artifact: Artifact, sentences: Sequence[str]) -> bool:
    """Returns whether every sentence with the address says of it that it is still to come."""
    places = [(said, at) for said in sentences if (at := said.find(artifact.url)) >= 0]
    return bool(places) and all(_is_to_come(said[:at], said[at + len(artifact.url) :]) for said, at in places)


def _linked(summary: Summary) -> Iterator[Artifact]:
    """Yields what a reader is shown a link to."""
    yield from (one for one in summary.artifacts if absolute(one.url))


def _is_to_come(before: str, after: str) -> bool:
    """Whether what is said around an address is a promise: the last verb before it decides, else the first behind."""
    clause = re.split(r"[;:,]", after, maxsplit=1)[0]
    if _CONDITION.search(before) or _LATER.search(clause) or _CONDITION.search(clause):
        return True
    releasing = list(_RELEASING.finditer(before))
    if not releasing:
        return bool(_WILL.search(clause))
    last = releasing[-1]
    start = releasing[-2].end() if len(releasing) > 1 else 0
    wills = list(_WILL.finditer(before, start, last.start()))
    return bool(wills and not _PRESENT.search(before, wills[-1].end(), last.start())) or bool(
        _LATER.search(before, last.end())
    )


_RELEASING = re.compile(
    r"\b(?:available|accessible|accessed|releas\w+|open-?\s?sourc\w+|publish\w*|publici[sz]ed?|found|provid\w+|shar(?:e|ed|ing)"
    r"|host\w*|posted|uploaded|public|appear|maintained)\b",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"\b(?:will|shall|to be|(?:going|plan\w*|intend\w*|aim\w*|expect\w*|promise\w*|commit\w*|prepar\w+|hop(?:e|ing)) "
    r"(?:to|on)|under construction|in preparation)\b|['’]ll\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?:is|are|has been|have been|can be)\b")
_LATER = re.compile(r"\b(?:soon|shortly|in the (?:near )?future|later|at a later)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:upon|after|pending|once|when|following)\b[^.;]{0,40}\b(?:accept\w*|publication|published|review|approv\w*)\b",
    re.IGNORECASE,
)
