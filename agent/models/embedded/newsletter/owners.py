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
    """Returns a sentence in which the authors' own work is called so, where neither line nor title names it.

    Only what begins a clause is: `FooNet-trained BogNet` and what the authors are already said to do stay as they are.
    """
    for who in dict.fromkeys(subjects(text)):
        called = credited(who, item)
        if called and called != who:
            place = re.compile(rf"{_CLAUSE}(?:\b(?:[Oo]ur|[Tt]he)(?: authors’)? )?{re.escape(who)}(?![\w-])")
            found = place.search(text)
            if found and "authors" not in text[: found.start()]:
                text = text[: found.start()] + called + text[found.end() :]
    return text[:1].upper() + text[1:] if text.startswith("the authors’") else text


_CLAUSE = r"(?:\A|(?<=[,;:] )|(?<=while )|(?<=whereas )|(?<=but )|(?<=and )|(?<=where )|(?<=that )|(?<=reveal that, ))"
_LONGEST = 5
"""Words of a title's head that can be a name."""
_NO_NAME = re.compile(r"(?:From|On|In|Towards?|How|Why|What|When|Are|Is|Can|Do|Does|The|An?|Beyond|\w+ing)\b")
_APART = r"(?:with|for|on|in|by|to|of|from|using|that|which|and|or|than|over|against|compar\w*|based|called|named)\b"
"""What stands behind these is not what is announced."""
_ANNOUNCED = (
    r"\b(?:[Ww]e|[Tt]his (?:paper|work|study)) (?:\w+ly |then |also |further |first )?"
    r"(?:propos|introduc|present|develop|design|buil|creat|devis|releas)[a-z]* "
    rf"(?:(?!{_APART})[a-z][\w-]*,? ){{0,6}}(?:(?:called|named|termed|dubbed|namely|i\.e\.,) )?"
)
_OURS = rf"\b[Oo]ur (?:(?:own|proposed|new|novel|final|best|{'|'.join(HEADS)}),? ){{0,3}}"
_VERBS = (
    r"achiev|reach|attain|obtain|report|deliver|yield|demonstrat|offer|show|exhibit|gain|bring|provid|improv|increas|boost"
    r"|rais|enhanc|outperform|surpass|exceed|reduc|lower|cut|decreas|accelerat|sav|compress|scor"
)
_DOING = re.compile(
    r"(?<![\w^+.’'-])(?P<who>(?=[\w^+.’'-]{1,40}(?![\w^+.’'-]))[^\W\d_][\w^+.’'-]*[A-Z0-9^+][\w^+.-]*"
    r"(?: \d+(?:\.\d+)?[BM])?)(?: models?)?(?:, [^,]{3,60},)? "
    rf"(?:[a-z]+ly )?(?:(?:is|can|could|also)\b|(?:{_VERBS})(?:e?s|ing)?\b)"
)
_OBJECT = re.compile(r"\b(?:with|of|and|or|on|to|by|over|using|than|as|like|from|for|in) $")
"""What stands behind these is no subject."""


def _named(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _is_own(who: str, item: SummarizedPaper) -> bool:
    """Whether the abstract says that the authors made it."""
    made = re.compile(rf"(?:{_ANNOUNCED}|{_OURS}){re.escape(who)}(?![\w-])")
    return any(made.search(sentence) for sentence in item.paper.sentences)
