"""Whose a result is: what a sentence credits with it, and how an issue calls that."""

from __future__ import annotations

import re

from agent.models.embedded.newsletter.kinds import HEADS
from agent.schema import SummarizedPaper
from agent.text import clean


def subjects(text: str) -> list[str]:
    """Returns the things with names that do something in a text, in its order."""
    return [found["who"] for found in _DOING.finditer(text) if not _OBJECT.search(text[: found.start()])]


def work(item: SummarizedPaper) -> str | None:
    """Returns what the authors made that can reach something: its name, else what the title calls it.

    None where there is neither, and for data and studies: what a model gains is not theirs.
    """
    if not reaches(item):
        return None
    head, colon, _ = clean(item.paper.title).partition(": ")
    titled = head if colon and len(head.split()) <= _LONGEST and not _NO_NAME.match(head) else None
    return item.summary.name or titled


def reaches(item: SummarizedPaper) -> bool:
    """Returns whether what the paper contributes can reach something by itself."""
    return item.summary.contribution in ("method", "model", "system")


def credited(who: str, item: SummarizedPaper) -> str | None:
    """Returns how an issue calls the subject of a result, where it is the authors' own; None for that of others.

    What neither the paper's line nor its title names has to be introduced: `the authors’ BogNet`.
    """
    made, name = work(item), item.summary.name
    if made and (_named(made, who) or who in made):
        return who
    if who in (name, *HEADS) or not _is_own(who, item):
        return None
    return who if _named(who, f"{item.paper.title} {item.summary.tldr.text}") else f"the authors’ {who}"


def introduced(text: str, item: SummarizedPaper) -> str:
    """Returns a sentence in which the authors' own work is called so, where neither line nor title names it."""
    for who in dict.fromkeys(subjects(text)):
        called = credited(who, item)
        if called and called != who:
            text = re.sub(
                rf"(?:\b(?:[Oo]ur|[Tt]he)(?: authors’)? )?(?<![\w-]){re.escape(who)}(?![\w-])", called, text, count=1
            )
    return text[:1].upper() + text[1:] if text.startswith("the authors’") else text


_LONGEST = 5
"""Words of a title's head that can be a name."""
_NO_NAME = re.compile(r"(?:From|On|In|Towards?|How|Why|What|When|Are|Is|Can|Do|Does|The|An?|Beyond|\w+ing)\b")
_VERBS = (
    r"achiev|reach|attain|obtain|report|deliver|yield|demonstrat|offer|show|exhibit|gain|bring|provid|improv|increas|boost"
    r"|rais|enhanc|outperform|surpass|exceed|reduc|lower|cut|decreas|accelerat|sav|compress|scor"
)
_DOING = re.compile(
    r"(?<![\w-])(?P<who>[^\W\d_][\w^+.’'-]*[A-Z0-9^+][\w^+.-]*(?: \d+(?:\.\d+)?[BM])?)(?: models?)?(?:, [^,]{3,60},)? "
    rf"(?:[a-z]+ly )?(?:(?:is|can|could|also)\b|(?:{_VERBS})(?:e?s|ing)?\b)"
)
_OBJECT = re.compile(r"\b(?:with|of|and|or|on|to|by|over|using|than|as|like|from|for|in) $")
"""What stands behind these is no subject."""


def _named(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _is_own(who: str, item: SummarizedPaper) -> bool:
    """Whether the abstract says that the authors made it."""
    made = re.compile(
        r"\b(?:[Ww]e|[Tt]his (?:paper|work|study))\b[^.;]{0,60}?\b(?:propos|introduc|present|develop|design|buil|train"
        rf"|creat|devis|releas)\w*\b[^;]{{0,120}}?(?<![\w-]){re.escape(who)}(?![\w-])"
        rf"|\b[Oo]ur (?:[\w-]+ ){{0,3}}?{re.escape(who)}(?![\w-])"
    )
    return any(made.search(sentence) for sentence in item.paper.sentences)
