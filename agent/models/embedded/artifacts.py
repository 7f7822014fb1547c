"""What is released with a paper: links and what they lead to."""

from __future__ import annotations

import re

from agent.addresses import HOST
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
            is_given = not _HOST.fullmatch(url) or _GIVEN.search(sentence.text[begin : link.start()])
            if "." in url and is_given and not _FOREIGN.search(sentence.text[begin : link.start()]):
                for kind in _kinds(sentence.text[begin : link.start()], after, url):
                    found.setdefault((kind, url), Artifact(kind=kind, url=url))
            begin = link.end()
    return tuple(found.values())


_LINK = re.compile(
    r"https?://[^\s<>\"{}|^`（），。]+|\bwww\.[^\s<>\"{}|^`]+"
    rf"|(?<=[ (]){HOST}(?:/[^\s<>\"{{}}|^`]*)?(?=[\s.,;:)]|$)"
)
_HOST = re.compile(HOST)
_GIVEN = re.compile(
    r"\b(?:available|accessible"
    r"|(?:is|are|be|been) (?:\w+ ){0,3}(?:released|open[- ]?sourced|published|hosted|found))"
    r"(?: \w+ly| online)? (?:at|on|from|via):? $"
    r"|\b(?:releas\w+|open[- ]?sourc\w+|publish\w*|codes?|page|website|homepage)\b"
    r"(?:(?!\b(?:collect|crawl|scrap|gather|(?<!open[- ])sourc|mined|taken|posted|with\b))[^,;:.]){0,80}"
    r" (?:at|via|visit):? $"
    r"|\b(?:code|page|website|homepage|demo): $",
    re.I,
)
"""What stands before a host alone where something is released there: others are named in passing."""
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
_OF_PAPERS = re.compile(
    r"\b(?:collections?|lists?|compilations?|overviews?|repositor(?:y|ies)) (?:of|including|with) [^,;]*\bpapers\b"
    r"|\b(?:reading|paper|curated) lists?\b"
    r"|\b(?:track|compil|collect|list|gather|summari[sz]|maintain)\w* [^,;]*\b(?:papers?|works|studies|literature)\b",
    re.I,
)
"""What others have written, which is no release even where their code is listed with it."""
_DETAIL = re.compile(
    r"\b(?:(?<=code )|(?<=codes )|(?<=implementation )|(?<=codebase ))(?:of|for) [^,;]*"
    r"|\b(?:language|multimodal|large|foundation|our|the|of|for) (?:models?|data)\b(?= (?:of|for"
    r"|to|that|in|with)\b)"
    r"|\b(?:training|evaluation|inference|train|test|source|data[- ]processing|benchmark|model"
    r"|preprocessing|dataset) (?=code\b|codes\b|scripts?\b)"
    r"|\bmodel (?=generations?\b|outputs?\b|responses?\b|predictions?\b|results?\b)"
    r"|\bevaluation of \w+|\bcode generation\b|\bopen[- ]?source\b"
)
_AIM = re.compile(
    r"\b(?:to|and|which|hoping) (?:\w+ly |we hope )?(?:encourage|facilitate|foster|promote|support|enable|inspire"
    r"|advance|stimulate|spur|accelerate|aid|help|further|drive|ease|benefit)\b[^;:]*"
)
"""What something is released for."""
_ABOUT = re.compile(
    r"\b(?:pages?|sites?|websites?|details?|information|results?|examples?|videos?|visuali[sz]ations?|samples?)"
    r" (?:of|for|from|about|on)\b[^,;]*",
    re.I,
)
"""What a page, or what is shown there, is about."""
_CODE_HOSTS = re.compile(r"github\.com|gitlab\.|bitbucket\.|codeberg\.|\bgitee\.", re.I)
_AWESOME = re.compile(r"/awesome[-_]", re.I)
"""How lists of papers are called."""
_HUB = re.compile(r"huggingface|hf\.co|hf-mirror|modelscope\.cn", re.I)


def _kinds(before: str, after: str, url: str) -> list[ArtifactKind]:
    """Returns what the words before a link, or in a bare line behind it, say is there."""
    clause = _clause(before)
    if _OF_PAPERS.search(clause) or _AWESOME.search(url):
        return ["page"]
    leads_to_page = _PAGE.search(clause)
    told = _ABOUT.sub("", clause) if leads_to_page else clause
    words = _DETAIL.sub(lambda match: match[0] if match[0].endswith(("models", "model")) else "", _AIM.sub("", told))
    kinds = [kind for kind, pattern in _KINDS if pattern.search(words)]
    if _COMPILED.search(clause + after) and "code" not in kinds:
        return ["page"]
    if kinds or leads_to_page:
        return kinds or ["page"]
    if "/datasets/" in url or "/spaces/" in url:
        return ["data" if "/datasets/" in url else "demo"]
    if _CODE_HOSTS.search(url):
        return ["code"]
    return ["model"] if _HUB.search(url) and not after.strip(" .") else ["page"]


def _clause(before: str) -> str:
    """Returns the last clause before a link that tells what is released; parts of one list are no clauses."""
    found = ""
    for part in _CUT.split(before):
        if part.strip(" ,(:"):
            found = part if not found or _SAID.search(found) else f"{found}, {part}"
    return found or before


_CUT = re.compile(r"(?:;|, and (?=our|the|we|all)|, while|, (?=we\b)|\band (?=our|the|we|all) |\. )")
_SAID = re.compile(
    r"\b(?:is|are|was|were|be|been|can|will|we|achiev\w+|show\w*|has|have|releas\w+|provid\w+|[Tt]o \w+)\b", re.I
)
"""What makes a clause of a part."""
