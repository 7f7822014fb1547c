"""What is released with a paper: links and what they lead to."""

from __future__ import annotations

import re

from agent.models.embedded.abstract import Abstract
from agent.schema import Artifact, ArtifactKind


def artifacts(abstract: Abstract) -> tuple[Artifact, ...]:
    """Returns each link of the abstract once for each thing that its clause says is there."""
    found: dict[tuple[str, str], Artifact] = {}
    for sentence in abstract.sentences:
        if not sentence.cues["releasing"] and "://" not in sentence.text:
            continue
        links = list(_LINK.finditer(sentence.text))
        begin = 0
        for number, link in enumerate(links):
            url = _trimmed(link[0])
            after = (
                sentence.text[link.end() : links[number + 1].start()]
                if number + 1 < len(links)
                else sentence.text[link.end() :]
            )
            if "." in url and not _FOREIGN.search(sentence.text[begin : link.start()]):
                for kind in _kinds(sentence.text[begin : link.start()], after, url):
                    found.setdefault((kind, url), Artifact(kind=kind, url=url))
            begin = link.end()
    return tuple(found.values())


_LINK = re.compile(
    r"https?://[^\s<>\"{}|^`（），。]+|\bwww\.[^\s<>\"{}|^`]+"
    r"|(?<=[ (])(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|ch|edu|dev|co|de|fr|uk|jp|cn|gov|eu"
    r"|app)(?:/[^\s<>\"{}|^`]*)?(?=[\s.,;:)]|$)"
)
_FOREIGN = re.compile(r"\b(?:benchmark|challenge|leaderboard|dataset|corpus) \($")
"""A link in brackets behind somebody's benchmark is a reference, not a release."""


def _trimmed(url: str) -> str:
    """Returns the link without the punctuation of the sentence around it."""
    url = url.rstrip(".,;:!?'\"”’*")
    while url.endswith((")", "]")) and url.count("(") + url.count("[") < url.count(")") + url.count("]"):
        url = url[:-1].rstrip(".,;:!?'\"”’*")
    return url


_KINDS: tuple[tuple[ArtifactKind, re.Pattern[str]], ...] = (
    (
        "code",
        re.compile(
            r"\b(?:source )?(?:code|codes|codebase|scripts?|implementations?|software|toolkit|library|package"
            r"|source)\b",
            re.I,
        ),
    ),
    ("data", re.compile(r"\b(?:data|datasets?|corpus|corpora|benchmarks?|annotations?|instructions|samples)\b", re.I)),
    ("model", re.compile(r"\b(?:models?|weights|checkpoints?|pre-?trained|parameters)\b", re.I)),
    ("demo", re.compile(r"\b(?:demos?|demonstration|playground|online interface)\b", re.I)),
)
_PAGE = re.compile(
    r"\b(?:(?:project|home|web|website|survey|paper) ?-?(?:page|site|website|homepage)|website"
    r"|homepage|webpage|home page)\b",
    re.I,
)
_COMPILED = re.compile(
    r"\b(?:survey|papers?|reading list|literature|curated list|collection of|regularly maintained|resources)\b", re.I
)
_DETAIL = re.compile(
    r"\b(?:(?<=code )|(?<=codes )|(?<=implementation )|(?<=codebase ))(?:of|for) [^,;]*"
    r"|\b(?:language|multimodal|large|foundation|our|the|of|for) (?:models?|data|code)\b(?= (?:of|for"
    r"|to|that|in|with)\b)"
    r"|\b(?:training|evaluation|inference|train|test|source|data[- ]processing|benchmark|model"
    r"|preprocessing|dataset) (?=code\b|codes\b|scripts?\b)"
    r"|\bevaluation of \w+|\bcode generation\b|\bopen[- ]?source\b"
)
_CODE_HOSTS = re.compile(r"github\.com|gitlab\.|bitbucket\.|codeberg\.|\bgitee\.", re.I)
_HUB = re.compile(r"huggingface|hf\.co|hf-mirror|modelscope\.cn", re.I)


def _kinds(before: str, after: str, url: str) -> list[ArtifactKind]:
    """Returns what the words before a link, or in a bare line behind it, say is there."""
    clause = _clause(before)
    words = _DETAIL.sub(lambda match: match[0] if match[0].endswith(("models", "model")) else "", clause)
    kinds = [kind for kind, pattern in _KINDS if pattern.search(words)]
    if _PAGE.search(clause):
        # `Project page with code and data` leads to a page.
        return ["page"]
    if _COMPILED.search(clause + after) and "code" not in kinds:
        return ["page"]
    if kinds:
        return kinds
    if "/datasets/" in url or "/spaces/" in url:
        return ["data" if "/datasets/" in url else "demo"]
    if _CODE_HOSTS.search(url):
        return ["code"]
    return ["model"] if _HUB.search(url) and not after.strip(" .") else ["page"]


def _clause(before: str) -> str:
    """Returns the last clause before a link that tells what is released."""
    parts = re.split(r"(?:;|, and (?=our|the|we|all)|, while|\band (?=our|the|we|all) |\. )", before)
    spoken = [part for part in parts if part.strip(" ,(:")]
    return spoken[-1] if spoken else before
