"""Praise, certainties and advice, each kind with what must stand in the cited sentences to say it."""

from __future__ import annotations

import re
from functools import cache

_KINDS = {
    "best": (
        r"state[- ]of[- ]the[- ]art|SOTA|(?:the |our )?best(?:[- ](?:in[- ]class|known|performing|ever))?|sets? a new|"
        r"new (?:standard|record|state)|record[- ]breaking|(?:the )?(?:leading|strongest|top[- ]performing)|"
        r"cutting[- ]edge",
        r"outperform\w* (?:all|every|any)|top|first place|rank\w* first|highest|lead|superior to (?:all|every|any)|"
        r"unsurpassed",
    ),
    "first": (
        r"(?:the|our|as a|a) (?:very )?first(?:[- ]ever)?(?! (?:\d|two|three|four|few|dose|author|step|stage|phase|"
        r"half|quarter|day|"
        r"week|month|year|summer|season|report|session|language|place|sentence|layer|part|time|six|is\b|of\b|and\b|"
        r"was\b|with\b))"
        r"|first[- ]ever",
        r"first|never before|no (?:prior|previous|existing)|unprecedented",
    ),
    "much": (
        r"(?<!not )(?:clear(?:ly)?|notabl[ey]|significant(?:ly)?|substantial(?:ly)?|considerabl[ey]|dramatic(?:ally)?|"
        r"drastic(?:ally)?|marked(?:ly)?|remarkabl[ey]|tremendous(?:ly)?|vast(?:ly)?|massive(?:ly)?|huge(?:ly)?|"
        r"great(?:ly)|strongly|"
        r"far (?:better|more|superior)|by (?:far|a (?:wide|large|huge) margin))",
        r"significan|substan|consider|dramatic|drastic|notab|marked|clear|obvious|remark|tremend|vast|mass|huge|"
        r"great|much|far|"
        r"strong|large|exten|wide|extra|except|outstand|sizable|sharp|steep|impress|\d|twice|double|half|superior|"
        r"deep|profound|"
        r"surpris|severe|pronounced|order",
    ),
    "very": (
        r"highly|extremely|hugely|uniquely|exceptional(?:ly)?|extraordinar\w+|outstanding",
        r"highly|very|extreme|remark|strong|great|exception|extraordin|outstand|impress|superior|high|best|state|excel",
    ),
    "always": (
        r"always|invariably|never fails?|in (?:all|every|any) (?:cases?|settings?|domains?|conditions?|scenarios?|"
        r"situations?)|"
        r"universal(?:ly)?|every (?:task|domain|model|setting|benchmark|dataset|case|time)|"
        r"any (?:task|domain|model|setting|dataset|language|condition)s?|across the board|without (?:exception|fail)",
        r"always|every|each|any\b|consisten|universal|invariab|never|regardless|irrespective|"
        r"all (?:\w+ )?(?:cases|settings|domains|tasks|models|benchmarks|datasets|conditions|scenarios)",
    ),
    "consistently": (r"consistently|uniformly", r"consisten|uniform|always|all|every|each|across|stabl|robust|steadi"),
    "certain": (
        r"guarantee\w*|definitely|certainly|undoubtedly|unquestionably|definitive(?:ly)?|conclusive(?:ly)?|"
        r"beyond (?:any )?doubt|irrefutabl\w+|no doubt",
        r"guarant|certain|definit|conclus|prov|bound|theor|ensur",
    ),
    "proven": (
        r"prov(?:e|es|en|ed|ing)(?! (?:useful|helpful|effective|difficult|hard|to be))",
        r"proof|prov|theor|lemma|guarant|demonstrat\w+ (?:formal|mathemat)|establish",
    ),
    "solved": (r"(?:fully |completely |finally )?solv(?:e|es|ed|ing)", r"solv|solution|resolv|address|tackl|overcom"),
    "perfect": (
        r"perfect(?:ly)?|flawless(?:ly)?|ideal(?:ly)?|optimal(?:ly)?",
        r"perfect|flawless|ideal|optim|100|exact",
    ),
    "wholly": (
        r"complete(?:ly)?|total(?:ly)?(?= \w+ed\b)|entirely|eliminat(?:e|es|ed|ing)|eradicat\w+|cures?d?|once and "
        r"for all",
        r"complet|total|entire|full|eliminat|eradicat|remov|no longer|free\b|whole|cure|avoid|prevent|obviat|"
        r"end-to-end|zero|dispens|"
        r"discard|only|purely|sole|never|none|no\b",
    ),
    "unheard": (
        r"unprecedented|revolution\w*|ground-?breaking|breakthrough|unmatched|unparalleled|unrivall?ed|unbeatable|"
        r"game[- ]chang\w+|landmark|paradigm[- ]shift\w*|superhuman|human[- ]level|world[- ]class|novel paradigm|"
        r"ultimate|"
        r"gold[- ]standard|nothing else|transformative",
        r"unpreced|revolution|ground-?break|breakthrough|unmatch|unparallel|unrival|unbeat|game|landmark|paradigm|"
        r"superhuman|human|"
        r"world|gold|transform",
    ),
    "only": (r"(?:the )?only(?: (?:method|model|approach|system|way|one))", r"only|sole|unique|no other|alone"),
    "most": (
        r"the (?:most|largest|fastest|highest|lowest|greatest|smallest|biggest|richest|cheapest|safest|simplest)(?= "
        r"\w)",
        r"most|largest|fastest|highest|lowest|greatest|smallest|biggest|best|top|max|min|state|superior|outperform|"
        r"rich|cheap|safe|"
        r"simpl|first",
    ),
}

_ADVICE = (
    r"\b(?:should|ought to|must(?!-)|recommend\w*|advis(?:e|es|ed|able)|urge[sd]?|need(?:s)? to be (?:adopted|used)|"
    r"is (?:ready|suitable|safe|fit) for|are (?:ready|suitable|safe|fit) for|ready (?:for|to)|worth (?:adopting|using)|"
    r"(?:practitioners|clinicians|doctors|researchers|developers|policymakers|policy makers|users|teams|engineers|"
    r"readers|everyone|hospitals|companies|governments?) (?:can now|should|must|need to|are advised|are encouraged)|"
    r"encourag(?:e|es|ed) (?:to|the use|adoption)|advocat\w+|suggested for (?:use|clinical)|best choice|go-to|"
    r"prefer(?:red|able)|adopt(?:ed|ion)? (?:in|as|by) (?:practice|standard|default|all|every)|"
    r"(?:be|become) (?:the )?(?:default|standard)|essential (?:reading|for)|must[- ](?:read|cite|have)|call(?:s|ed)? "
    r"for)\b"
)


@cache
def overclaims() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Returns what is claimed, and the pattern of any of what must be cited for it, which is seldom needed."""
    return tuple(
        (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), rf"\b(?:{said}|{licence})") for said, licence in _KINDS.values()
    )


def licence(kind: str) -> str:
    """Returns the pattern of what must be cited to praise so, in whatever language."""
    said, others = _KINDS[kind]
    return rf"\b(?:{said}|{others})"


@cache
def recommendations() -> re.Pattern[str]:
    """Returns advice about what somebody is to do."""
    return re.compile(_ADVICE, re.IGNORECASE)
