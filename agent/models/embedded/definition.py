"""`We propose X, a …` as the definition that it is."""

from __future__ import annotations

import re

from agent.models.embedded.shape import NAME


def definition(text: str) -> str | None:
    """Returns `X is a …` for `We propose X, a …` and `We propose a … called X`; None where it is no such sentence."""
    apposed = _APPOSED.match(text)
    if apposed and not _LISTED.search(apposed["rest"]):
        return f"{apposed['name']} is {apposed['rest']}"
    called = _CALLED.match(text)
    if called and _FIT.match(called["rest"]) and not _LISTED.search(called["rest"]):
        rest = re.sub(r"^, (?=to |for |that |aimed |designed )", " ", called["rest"])
        return f"{called['name']} is {called['what']}{rest}"
    return None


_VERB = (
    r"(?:propose|introduce|present|develop|design|release|describe|unveil|build|construct|create"
    r"|devise|offer|represent|contribute)"
)
_SUBJECT = (
    rf"(?:[Ww]e (?:also |further |then |here |first |therefore |thus |proudly |next )?{_VERB}(?:e?d)?"
    rf"|(?:[Tt]his|[Tt]he|[Tt]he present|[Oo]ur) (?:paper|work|study|report|survey|article"
    rf"|contribution) {_VERB}s)"
)
_NAMED = rf"(?:the )?[\"“]?(?P<name>{NAME}(?:[ -]{NAME}){{0,5}})[\"”]?"
_APPOSED = re.compile(rf"{_SUBJECT} {_NAMED}(?:,| –| —| -|:) (?P<rest>(?:an?|the|one of the) .*)")
_CALLED = re.compile(
    rf"{_SUBJECT} (?P<what>an? (?:(?! (?:called|named|termed|dubbed) | and an? )[^,;:])*?),? (?:called"
    rf"|named|termed|dubbed|coined|namely|referred to as|dubbed as) {_NAMED}(?P<rest>[ ,.].*)"
)
_LISTED = re.compile(rf",? (?:and|along with|together with) (?:an? |the )?{NAME}(?:,|:| –| —| \(|$)")
"""A second thing is proposed in the same breath."""
_FIT = re.compile(
    r"(?P<head>[.,]|,? (?:that|which|to|for|with|in|as|by|aimed|designed|consisting|comprising|based"
    r"|built|where|capable|featuring|tailored|specifically)\b)"
)
