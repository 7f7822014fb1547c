"""Sentences without the words that only tie them to the ones before."""

from __future__ import annotations

import re


def without_lead(sentence: str) -> str:
    """Returns the sentence without numbering, `However,`, `In this paper,` or `To address this issue,`."""
    text = sentence.strip()
    for _ in range(4):
        lead = _LEAD.match(text)
        if lead is None or len(text[lead.end() :].split()) < 3:
            break
        text = text[lead.end() :]
    return finished(text) or sentence


_LEAD = re.compile(
    r"""
    (?:
      (?:BACKGROUND|INTRODUCTION|OBJECTIVES?|AIMS?|PURPOSE|METHODS?|RESULTS|FINDINGS|CONCLUSIONS?|DESIGN|CONTEXT
        |Background|Introduction|Objectives?|Aims?|Purpose|Methods?|Results|Findings|Conclusions?|Design|Context
        |Motivation|Significance|Interpretation|Availability|Summary)
      (?::\s+|(?<=[A-Z]{4})\s(?=[A-Z][a-z]|[A-Z]\s))
    | (?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)|\d{1,2}\.(?=\s)|[-–—•*])\s*
    | (?:However|Specifically|Concretely|In\ particular|In\ specific|Therefore|Thus|Hence|Moreover|Furthermore
        |Additionally|Besides|Also|Notably|Importantly|Remarkably|Finally|Lastly|Then|Next|First|Firstly|Second|Secondly
        |Third|Thirdly|Further|In\ addition|Meanwhile|Consequently|Accordingly|As\ a\ result|As\ such|Overall|Briefly
        |In\ (?:short|summary|detail|contrast|response|fact|turn)|To\ this\ end|To\ that\ end|Here|Nevertheless
        |Nonetheless|Unfortunately|Indeed|Interestingly|Surprisingly|Strikingly|Essentially|Conversely
        |More\ specifically|So
        |Yet|Instead|Ultimately|For\ this\ purpose|Most\ importantly|More\ importantly|Herein|For\ this\ reason
        |On\ the\ other\ hand|On\ the\ one\ hand
        |In\ other\ words|For\ example|For\ instance|On\ top\ of\ (?:this|that)|Towards?\ (?:this|that)\ (?:goal|end))
      ,\s+
    | [Hh]ere,?\s+(?=we\b)
    | (?:Here\ )?[Ii]n\ (?:this|our|the\ present)[ ]
        (?:paper|work|study|survey|article|report|review|tutorial|letter|thesis|project|research),?\s+(?=\S)
    | (?:With|In|Through|By|From)\ (?:this|these|that|those|mind)\b[^,;:.]{0,60},\s+(?=(?:we|this|our|it)\b)
    | (?:Based|Building|Motivated|Inspired|Drawing|Guided|Driven)\ (?:on|upon|by|from)[ ]
        (?:this|these|those|that|such|it)\b[^,;:.]{0,80},\s+
    | (?:[Tt]o|[Ii]n\ order\ to|[Aa]iming\ to)\ (?:address|tackle|solve|overcome|resolve|mitigate
        |alleviate|fill|bridge|remedy|handle|counter|close
        |meet|answer|support|achieve|approach|improve\ upon|combat|do|realize|cope\ with|examine|analyze|understand
        |verify|investigate|explore|enhance|facilitate|evaluate|test|assess|benchmark|study|measure|reach|reduce|remove
        |deal\ with)\ (?:all\ |each\ of\ |both\ )?
      (?:this|these|those|such|that|them|it|the\ above|the\ aforementioned)\b[^,;:.]{0,80}?(?:,\s+|\s+(?=we\b))
    )
    """,
    re.X,
)


def finished(text: str) -> str:
    """Returns the text with a capital at its start, where that is no name or link, and a full stop at its end."""
    text = " ".join(text.split())
    if " ," in text or " ." in text or " ;" in text or " :" in text:
        text = _SPACED_SIGN.sub(r"\1", text)
    text = text.strip(" ,;:–—-")
    if text[:1].islower() and not _NAME_OR_LINK.match(text):
        text = text[0].upper() + text[1:]
    return text if text.rstrip('"”’)').endswith(_ENDS) or not text else f"{text}."


_SPACED_SIGN = re.compile(r"(?<![/:.])\s+([,.;:])(?=\s|$)")
_NAME_OR_LINK = re.compile(r"[a-z]+[A-Z\d]|\w+(?:://|@|\.\w)")
_ENDS = tuple(".!?。！？…")
