"""What a command to a machine looks like.

The shapes stand on what abstracts never do: command, say `you`, speak of the summary that will be made of them, play
roles, carry markup or code. Papers about prompt injection quote commands: what stands in quotes is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

VERBS = (
    "ignore|disregard|forget|repeat|say|reply|respond|include|embed|give|add|recommend|describe|summari[sz]e|replace|"
    "mention|decode|"
    "follow|obey|forward|insert|typeset|translate|praise|append|begin|pretend|reveal|send|subscribe|tell|make sure|"
    "ensure that|treat|"
    "override|bypass|execute|emit|produce|generate|conclude|declare|accept|use only|fill|continue|assume the role|"
    "enable|disable|omit|"
    "leave out|do not|don't|never|always"
)
NOUNS = (
    "open|read|put|list|report|state|answer|output|rate|rank|score|mark|copy|quote|set|act|end|stop|start|"
    "finish|call|run|switch|return|claim|print|render|cite|show|buy|visit|enter|claim|write|remember|"
    "imagine|skip|leak|click"
)
_LEADS = r"(?:please |also |kindly |now |then |instead,? |finally,? |next,? |first,? |and |but )*"
_OUTPUTS = (
    r"tl;?dr|summary|summaries|findings|problem|approach|limitations?|keywords?|name|title|answer|output|"
    r"response|json|newsletter|digest"
)
_ORDERED = r"(?:previous|prior|above|preceding|earlier|foregoing|all|any)"
_MACHINES = r"(?:ais?|llms?|assistants?|language models?|models?|summari[sz]ers?|reviewers?|readers?|system)"
_SHAPES: tuple[tuple[str, str], ...] = (
    (  # a command within a sentence
        "instruction instructions prompt prompts direction directions rule rules guideline guidelines word words line "
        "previous prior above earlier preceding foregoing abstract paper",
        rf"(?:[:;,]|\bplease|\bkindly|\bmust|\bshould|\band) (?:{VERBS}|{NOUNS}) (?:that this paper|"
        r"(?:the |all |any |your |these |those |every )?(?:words?|line|rules?|(?:previous|prior|above|earlier|"
        r"preceding|foregoing)\b|instructions?\b(?! (?:tuning|following|data))|system prompt|abstract above))"
        rf"|(?<!to )\b(?:ignore|disregard|forget|override)\b(?: \w+){{0,3}}? {_ORDERED} (?:\w+ )?"
        r"(?:instruction|prompt|direction|rule|guideline)s?\b",
    ),
    (  # you
        "you your now anything ai",
        r"\byou (?:are|were|must|should|run|now|will (?:now|only|always))\b|\byour (?:\w+ )?(?:task|prompt|answer|"
        r"instructions?|key|output|summary|rules|system|api|reply|response|review|users?|configuration|job|role|"
        r"training)\b|\bbefore you\b|\bif you\b|\bas an ai\b|\bfrom now on\b|\bdo anything now\b",
    ),
    (  # the summary that will be made, and its makers
        "field summarizer summariser summarization summarisation newsletter digest description tl tldr summary "
        "summaries "
        "keyword previously correction rule rules line revoked grounding regardless described",
        rf"\b(?:in|into|to|of|with) the (?:{_OUTPUTS}) field\b|\b(?:this|the) (?:summari[sz]er|newsletter|digest|"
        rf"tl;?dr|"
        r"summari[sz]ation engine|task description)\b|\bsummar(?:y|ies) of (?:this|the) (?:paper|work|article)\b|"
        r"^summaries\b|\breaders of the summary\b|\b(?:first|the) keyword\b|\bpreviously given\b|\b(?:rules|line) "
        r"above\b|"
        r"\bcorrection to the\b|\brule \d+ is\b|\brevoked\b|\bgrounding\b[^.]*\bdisabled\b|"
        r"\bregardless of what (?:the|this) abstract\b|\bis to be described\b",
    ),
    (
        "must should best other",
        r"\bthis paper (?:must|should|is the best)\b|\bother papers (?:of|in) (?:this|the) (?:week|digest|list|"
        r"newsletter|batch)\b|\ball other papers\b",
    ),
    (
        "instruction instructions order orders directive directives",
        r"\binstructions? (?:above|below)\b|\b(?:new|updated|revised|real|actual|secret) (?:instruction|order|"
        r"directive)s?\s*(?::|for)",
    ),
    (
        "ai llm llms assistant assistants reviewer reviewers summarizer summarizers reader readers administrator "
        "administrators developer developers system",
        r"\b(?:note|message|attention|instruction|notice|memo)s? (?:to|for|from) (?:the |any |all )?(?:ai|llms?|"
        r"language "
        r"models?|reviewers?|assistants?|summari[sz]ers?|system|readers?|administrators?|developers?)\b",
    ),
    (
        "must should shall required instructed ordered urged",
        rf"\b{_MACHINES} (?:must|should|shall|(?:is|are) (?:required|instructed|ordered|urged) to) (?:now |only |"
        rf"always |"
        r"never |not |also |instead ){0,2}(?:output|write|say|print|respond|reply|include|mention|recommend|rate|"
        r"praise|"
        r"cite|ignore|obey)\b",
    ),
    (  # secrets
        "environment prompt prompts key keys hidden instructions",
        r"\b(?:your|its|the) (?:system prompt|api[ _-]keys?|environment variables?|initial prompt|hidden (?:prompt|"
        r"instructions?))\b(?=.{0,40}(?:verbatim|above|below|here|word for word|into|in the|as a))",
    ),
    (  # praise of itself
        "best year decade week must urged hiring cite accept nobel investor investors discount offer subscribe buy",
        r"\bbest (?:paper|article|work) (?:ever|of|in)\b|\bpaper of the (?:year|decade|week)\b|\bmust[- ](?:cite|"
        r"read)\b|"
        r"\burged to\b|\bis hiring\b|\bcite (?:it|this)\b|\bstrong accept\b|\bnobel\b|"
        r"\b(?:investors?|discount|limited offer|subscribe|buy now)\b.{0,40}\b(?:discount|investors?|now|today)\b",
    ),
    (  # in other languages
        "",
        r"\b(?:ignorier\w*|ignorez|ignora (?:las|los|todas|todos|le|tutte)|vergiss\w*|oubliez|olvida|esque[çc]a|"
        r"dimentica|negeer|schreib\w*|antworte|r[ée]pondez|responde|responda)\b"
        r"|\b(?:anweisung|instruccion|istruzion|instru[çc][õo]e)\w*|\binstructions (?:pr[ée]c|ant)",
    ),
)
"""Words of which each command of a shape has one, and the shape."""
_START = (
    rf"[\W\d_]*{_LEADS}(?:{VERBS})\b(?! (?:lists?|sets?|of|and|or|is|are|was|were|in|on|for|to|by|with|from|"
    rf"as)\b)(?=[ ,:]\S)",
    # verbs that are nouns and adjectives as well
    rf"[\W\d_]*{_LEADS}(?:{NOUNS})(?= (?:the|this|that|these|an?|all|any|every|your|my|our|only|it|me|them|with|in red|"
    rf"in your|clearly|exactly|also|\d|one|two|[\"'“]|(?-i:[A-Z]{{2}})))",
)
_MARKED = (
    # turns of a conversation
    r"^\W*(?:system|assistant|user|developer|admin\w*|reviewer|tool|human)\b[^.:]{0,40}:|(?-i:\b(?:BEGIN|END)[ _-]"
    r"(?:OF[ _-])?(?:PAPERS?|PROMPT|SYSTEM|INSTRUCTIONS?|ABSTRACT|DATA)\b)|^message from|\b(?:developer|system|"
    r"reviewer) "
    r"note\b|^tool result|<\|?\w+\|?>|\[/?INST\]|<</?SYS>>|\[(?:title|system|user|assistant)\]|\[\d+\] \[",
    # markup, code, headers, terminal
    r"</?(?:script|img|iframe|svg|style|link|meta|a|form|object|embed|body|div|span|html|input|button|video|paper|"
    r"abstract|system|user|assistant|data|instructions?|prompt|document|context|answer|output|title|tool|"
    r"think)\b[^>]*>|"
    r"\{[{%]|[%}]\}|\{\s*\"|\"\w+\"\s*:|!\[|\]\((?:javascript|data):|=[A-Z]+\(|\\write|"
    r"(?<!\w)\[\d*(?:;\d+)*[mJHK](?!\w)|\b(?:Bcc|Cc|Set-Cookie|Content-Type):|\|\s?(?:-{3}|—|–)|(?:\|[^|]{1,60}){3}\||"
    r"^#{2,} |^(?:Subject|From|To): |\$\{|javascript:|\bon(?:error|load|click)\s*=|\bconfig\.\w+\(|/etc/passwd|"
    r"\b10/10\b|"
    r"\bendfor\b|\bend(?:if|block)\b|\bpress any key\b|\bprint in \w+:|\bkey=|"
    r"\b(?:environment variables?|api[ _]keys?|passwords?)\b.{0,30}(?:here|below|above|:)",
)
_COMMANDS = tuple((frozenset(cues.split()), shape) for cues, shape in _SHAPES)
_BEGINNING = "|".join(_START)
_MARKS = "|".join(_MARKED)
# Compiled when they are needed, which in most runs they are not: it takes as long as reading a page.
_QUOTE = re.compile("[\"“«'‘]")
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,200}[\"”»]|(?<!\w)['‘][^'’]{8,160}['’](?!\w)")


def commands(sentence: str, words: Sequence[str]) -> bool:
    """Returns whether a sentence gives a command to a machine; `words` are its own in lower case."""
    begins = not _FIRST.isdisjoint(words[:4])
    foreign = _may_be_foreign(sentence, words)
    cued, signed = foreign or not _CUES.isdisjoint(words), _is_signed(sentence, words)
    if not (begins or cued or signed):
        return False
    bare = _QUOTED.sub(" ", sentence) if _QUOTE.search(sentence) else sentence
    if begins and re.match(_BEGINNING, bare, re.IGNORECASE):
        return True
    if signed and (re.search(_MARKS, bare, re.IGNORECASE) or (bare != sentence and _JSON.search(sentence))):
        return True
    return cued and any(
        re.search(shape, bare, re.IGNORECASE)
        for cues, shape in _COMMANDS
        if (foreign if not cues else not cues.isdisjoint(words))
    )


def suspect(text: str, words: Sequence[str]) -> bool:
    """Returns whether a text has anything that commands have; most have not, and need not be looked at closely."""
    return (
        not (_SAID.isdisjoint(words) and _CUES.isdisjoint(words))
        or _is_signed(text, words)
        or any(word.startswith(_ABROAD) for word in words)
    )


def _may_be_foreign(sentence: str, words: Sequence[str]) -> bool:
    return not sentence.isascii() or any(word.startswith(_ABROAD) for word in words)


def _is_signed(sentence: str, words: Sequence[str]) -> bool:
    """Whether a sentence has what is in every turn of a conversation, and in all markup and code."""
    # The letters of the longer signs are looked for among the words first: that is ten times as fast.
    if sentence.isascii() and not _SIGN.search(sentence) and _SIGN_WORDS.isdisjoint(words):
        return any(word.startswith(_SIGN_STARTS) for word in words) and bool(_SIGNS.search(sentence))
    return bool(_SIGNS.search(sentence))


_CUES = frozenset(word for cues, _ in _COMMANDS for word in cues)
_ABROAD = (
    "ignor",
    "vergiss",
    "oublie",
    "olvida",
    "esqueca",
    "dimentica",
    "negeer",
    "schreib",
    "antworte",
    "repondez",
    "respond",
    "anweisung",
    "instruccion",
    "istruzion",
    "instrucoe",
    "instruction",
)
_SAID = frozenset((*re.split(r"[|\s]", f"{VERBS}|{NOUNS}".replace("'", " ")), "summarize", "summarise", "don"))
"""Words of the verbs."""
_FIRST = frozenset((*re.findall(r"(?:^|\|)([a-z]+)", f"{VERBS}|{NOUNS}"), "summarize", "summarise"))
"""The first word of each."""
_SIGNS = re.compile(
    r"[<>{}|\\$#\[\]:=]|10/10|/etc/|\b(?:BEGIN|END)[ _-]|\b(?:message from|tool result|endfor|endif|endblock|press "
    r"any|config\.|"
    r"(?:developer|system|reviewer) note|environment var|api[ _]key|passwords?)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[<>{}|\\$#\[\]:=]|10/10|/[eE][tT][cC]/")
_SIGN_WORDS = frozenset("begin end message tool press config developer system reviewer environment api".split())
_SIGN_STARTS = ("endfor", "endif", "endblock", "password")
"""What each of the signs has, or begins with."""
_JSON = re.compile(r"\"\w+\"\s*:|\{\s*\"")
