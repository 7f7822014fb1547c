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
_SHAPES = (
    # a command: no abstract begins a sentence with one of these
    rf"^[\W\d_]*{_LEADS}(?:{VERBS})\b(?! (?:lists?|sets?|of|and|or|is|are|was|were|in|on|for|to|by|with|from|"
    rf"as)\b)(?=[ ,:]\S)",
    # verbs that are nouns and adjectives as well
    rf"^[\W\d_]*{_LEADS}(?:{NOUNS})(?= (?:the|this|that|these|an?|all|any|every|your|my|our|only|it|me|them|with|in "
    rf"red|in your|clearly|exactly|also|\d|one|two|[\"'“]|(?-i:[A-Z]{{2}})))",
    rf"(?:[:;,]|\bplease|\bkindly|\bmust|\bshould|\band) (?:{VERBS}|{NOUNS}) (?:that this paper|(?:the |all |any |"
    rf"your |these |those |every )?(?:words?|line|rules?|"
    r"(?:previous|prior|above|earlier|preceding|foregoing)\b|instructions?\b(?! (?:tuning|following|data))|system "
    r"prompt|abstract above))",
    r"(?<!to )\b(?:ignore|disregard|forget|override)\b(?: \w+){0,3}? (?:previous|prior|above|preceding|earlier|"
    r"foregoing|all|any) (?:\w+ )?(?:instruction|prompt|direction|rule|guideline)s?\b",
    # you
    r"\byou (?:are|were|must|should|run|now|will (?:now|only|always))\b|\byour (?:\w+ )?(?:task|prompt|answer|"
    r"instructions?|key|output|summary|rules|system|api|reply|"
    r"response|review|users?|configuration|job|role|training)\b|\bbefore you\b|\bif you\b|\bas an ai\b|\bfrom now "
    r"on\b|\bdo anything now\b",
    # the summary that will be made, and its makers
    rf"\b(?:in|into|to|of|with) the (?:{_OUTPUTS}) field\b|\b(?:this|the) (?:summari[sz]er|summari[sz]ation engine|"
    rf"newsletter|digest|task description|tl;?dr)\b"
    r"|\bsummar(?:y|ies) of (?:this|the) (?:paper|work|article)\b|^summaries\b|\breaders of the summary\b|\b(?:first|"
    r"the) keyword\b"
    r"|\bthis paper (?:must|should|is the best)\b|\bother papers (?:of|in) (?:this|the) (?:week|digest|list|"
    r"newsletter|batch)\b|\ball other papers\b"
    r"|\bpreviously given\b|\binstructions? (?:above|below)\b|\b(?:rules|line|instructions) above\b|\bcorrection to "
    r"the\b|\brule \d+ is\b|\brevoked\b"
    r"|\bgrounding\b[^.]*\bdisabled\b|\bregardless of what (?:the|this) abstract\b|\bis to be described\b|\b(?:note|"
    r"message|attention|instruction|notice|memo)s? "
    r"(?:to|for|from) (?:the |any |all )?(?:ai|llms?|language models?|reviewers?|assistants?|summari[sz]ers?|system|"
    r"readers?|administrators?|developers?)\b"
    r"|\b(?:new|updated|revised|real|actual|secret) (?:instruction|order|directive)s?\s*(?::|for)",
    r"\b(?:ais?|llms?|assistants?|language models?|models?|summari[sz]ers?|reviewers?|readers?|system) (?:must|"
    r"should|shall|(?:is|are) (?:required|instructed|ordered|urged) to)"
    r" (?:now |only |always |never |not |also |instead ){0,2}(?:output|write|say|print|respond|reply|include|mention|"
    r"recommend|rate|praise|cite|ignore|obey)\b",
    # turns of a conversation
    r"^\W*(?:system|assistant|user|developer|admin\w*|reviewer|tool|human)\b[^.:]{0,40}:|(?-i:\b(?:BEGIN|"
    r"END)[ _-](?:OF[ _-])?(?:PAPERS?|PROMPT|SYSTEM|INSTRUCTIONS?|ABSTRACT|DATA)\b)"
    r"|^message from|\b(?:developer|system|reviewer) note\b|^tool result|<\|?\w+\|?>|\[/?INST\]|<</?SYS>>|\[(?:title|"
    r"system|user|assistant)\]|\[\d+\] \[",
    # markup, code, headers, terminal
    r"</?(?:script|img|iframe|svg|style|link|meta|a|form|object|embed|body|div|span|html|input|button|video|paper|"
    r"abstract|system|user|assistant|data|instructions?|prompt|document|context|answer|output|title|tool|"
    r"think)\b[^>]*>|\{[{%]|[%}]\}|\{\s*\"|\"\w+\"\s*:|!\[|\]\((?:javascript|data):|=[A-Z]+\(|\\write|"
    r"(?<!\w)\[\d*(?:;\d+)*[mJHK](?!\w)|\b(?:Bcc|Cc|Set-Cookie|Content-Type):"
    r"|\|\s?(?:-{3}|—|–)|(?:\|[^|]{1,60}){3}\||^#{2,} |^(?:Subject|From|To): |\$\{|javascript:|\bon(?:error|load|"
    r"click)\s*=|\bconfig\.\w+\(|\bendfor\b|\bend(?:if|block)\b|\bpress any key\b|\bprint in \w+:|/etc/passwd"
    r"|\b(?:environment variables?|api[ _]keys?|passwords?)\b.{0,30}(?:here|below|above|:)|\bkey=",
    # secrets
    r"\b(?:your|its|the) (?:system prompt|api[ _-]keys?|environment variables?|initial prompt|hidden (?:prompt|"
    r"instructions?))\b(?=.{0,40}(?:verbatim|above|below|here|word for word|into|in the|as a))",
    # praise of itself
    r"\bbest (?:paper|article|work) (?:ever|of|in)\b|\bpaper of the (?:year|decade|week)\b|\bmust[- ](?:cite|read)\b|"
    r"\burged to\b|\b10/10\b|\bis hiring\b|\bcite (?:it|this)\b|\bstrong accept\b|\bnobel\b"
    r"|\b(?:investors?|discount|limited offer|subscribe|buy now)\b.{0,40}\b(?:discount|investors?|now|today)\b",
)  # fmt: skip
_COMMAND = re.compile("|".join(_SHAPES[:3] + _SHAPES[3:]), re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,200}[\"”»]|(?<!\w)['‘][^'’]{8,160}['’](?!\w)")
_ABROAD = re.compile(
    r"\b(?:ignorier\w*|ignorez|ignora (?:las|los|todas|todos|le|tutte)|vergiss\w*|oubliez|olvida|esque[çc]a|"
    r"dimentica|negeer|schreib\w*|antworte|r[ée]pondez|responde|responda)\b"
    r"|\b(?:anweisung|instruccion|istruzion|instru[çc][õo]e)\w*|\binstructions (?:pr[ée]c|ant)",
    re.IGNORECASE,
)


def commands(sentence: str, words: Sequence[str]) -> bool:
    """Returns whether a sentence gives a command to a machine; `words` are its own in lower case."""
    if _CUES.isdisjoint(words) and _FIRST.isdisjoint(words[:3]) and not _SIGNS.search(sentence):
        # Most sentences have nothing that all commands have, and need not be looked at closely.
        return False
    bare = _QUOTED.sub(" ", sentence)
    return bool(_COMMAND.search(bare) or _ABROAD.search(bare) or (bare != sentence and _JSON.search(sentence)))


_CUES = frozenset(
    "you your ignore disregard forget override bypass summary summaries summarizer summariser summarization "
    "summarisation "
    "newsletter digest tl tldr keyword rule rules revoked grounding regardless note notes message messages attention "
    "instruction "
    "instructions directive directives order orders notice memo urged begin begins password passwords key keys "
    "environment "
    "prompt prompts javascript bcc cc cookie config endfor endif endblock press print passwd must should shall "
    "required "
    "instructed ordered best cite hiring nobel investor investors discount accept field described correction "
    "previously previous prior "
    "above earlier preceding foregoing line word words please kindly ai anything now answer output response json "
    "ignorier "
    "ignorez vergiss oubliez olvida dimentica negeer schreib antworte répondez repondez responde responda ignora "
    "instructions "
    "all buy subscribe limited offer secret real new updated revised actual from to".split()
) - frozenset(("to", "from", "all", "new", "real", "now"))
_FIRST = frozenset(
    re.split(r"[|\s]", f"{VERBS}|{NOUNS}".replace("'", " "))
    + "summarize summarise don system assistant user developer "
    "admin administrator administrators reviewer tool human message summaries".split()
)
_SIGNS = re.compile(
    r"[<>{}|\\`$#\[\]]|\":|=[A-Z]|://|\b(?:Subject|From|To): |anweisung|instru[ckz]|10/10|\(?\w+\(\)|\d[mJHK]\b",
    re.IGNORECASE,
)
_JSON = re.compile(r"\"\w+\"\s*:|\{\s*\"")
