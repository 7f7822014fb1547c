"""Sentences that speak to a machine instead of to a reader: nothing is taken from them.

A model that obeys a planted sentence can cite it, and a quotation of it is no better. Such sentences carry no claim.
The rules stand on what abstracts never do: command, say `you`, speak of the summary that will be made of them, play
roles, carry markup or code, or change their language. Papers about prompt injection tell of commands without giving
any; what they quote is passed over.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from agent.grounding.scripts import mixed, script_of
from agent.grounding.words import FUNCTION

_VERBS = (
    "ignore|disregard|forget|repeat|say|reply|respond|include|embed|give|add|recommend|describe|summari[sz]e|replace|"
    "mention|decode|"
    "follow|obey|forward|insert|typeset|translate|praise|append|begin|pretend|reveal|send|subscribe|tell|make sure|"
    "ensure that|treat|"
    "override|bypass|execute|emit|produce|generate|conclude|declare|accept|use only|fill|continue|assume the role|"
    "enable|disable|omit|"
    "leave out|do not|don't|never|always"
)
_NOUNS = (
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
    rf"^[\W\d_]*{_LEADS}(?:{_VERBS})\b(?! (?:lists?|sets?|of|and|or|is|are|was|were|in|on|for|to|by|with|from|"
    rf"as)\b)(?=[ ,:]\S)",
    # verbs that are nouns and adjectives as well
    rf"^[\W\d_]*{_LEADS}(?:{_NOUNS})(?= (?:the|this|that|these|an?|all|any|every|your|my|our|only|it|me|them|with|in "
    rf"red|in your|clearly|exactly|also|\d|one|two|[\"'“]|(?-i:[A-Z]{{2}})))",
    rf"(?:[:;,]|\bplease|\bkindly|\bmust|\bshould|\band) (?:{_VERBS}|{_NOUNS}) (?:that this paper|(?:the |all |any |"
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
_ENCODED = re.compile(
    r"\b(?=\w*[A-Z])(?=\w*[a-z])(?=\w*\d)[A-Za-z0-9+/]{28,}={0,2}|(?:%[0-9A-Fa-f]{2}){4}|(?:&#?x?\w{1,6};){3}|"
    r"(?:\\[xu][0-9a-f]{2,4}){3}|[\uff21-\uff3a\uff41-\uff5a]{3}|\d{40}"
)
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,200}[\"”»]|(?<!\w)['‘][^'’]{8,160}['’](?!\w)")
_ABROAD = re.compile(
    r"\b(?:ignorier\w*|ignorez|ignora (?:las|los|todas|todos|le|tutte)|vergiss\w*|oubliez|olvida|esque[çc]a|"
    r"dimentica|negeer|schreib\w*|antworte|r[ée]pondez|responde|responda)\b"
    r"|\b(?:anweisung|instruccion|istruzion|instru[çc][õo]e)\w*|\binstructions (?:pr[ée]c|ant)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"^\W*(?:please |now |then |also |instead,? |and )*(?:{_VERBS}|{_NOUNS})\b|\b(?:you|your)\b|\bgroundbreaking|"
    rf"\brevolutioni[sz]|\bmasterpiece|\b(?:pwned|hacked)\b|!{{2,}}"
    r"|\bhttps?://|\bwww\.|\b(?:best|greatest|most important) (?:paper|work|article|result|study)\b",
    re.IGNORECASE,
)
"""What is harmless anywhere but beside a planted sentence."""
_LEETS = tuple(str.maketrans("01345789@$", f"o{one}eastbgas") for one in "il")
_LEETED = re.compile(r"\b(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{3,}\b")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def addressed(sentences: tuple[str, ...]) -> frozenset[int]:
    """Returns the 1-based numbers of the sentences that speak to a machine, and of those beside them that serve it."""
    latin = _is_latin(sentences)
    planted = {number for number, sentence in enumerate(sentences, 1) if _is_planted(sentence, latin=latin)}
    if planted:
        for numbers, step in ((range(1, len(sentences) + 1), 1), (range(len(sentences), 0, -1), -1)):
            for number in numbers:
                if number - step in planted and _BESIDE.search(sentences[number - 1]):
                    planted.add(number)
    return frozenset(planted)


def title_addressed(title: str, sentences: Sequence[str]) -> bool:
    """Returns whether a title speaks to a machine.

    Honest titles command too (`Don't Stop Pretraining`), so that a command counts only where it follows a title.
    """
    words = title.split()
    tails = [" ".join(words[at:]) for at in range(2, len(words)) if _opens(words, at)]
    return _is_planted(_LEADING.sub("", title), latin=_is_latin(sentences)) or any(
        _is_planted(tail, latin=False) for tail in tails
    )


_LEADING = re.compile(rf"^[\W\d_]*(?:{_VERBS}|{_NOUNS})\b", re.IGNORECASE)


def _opens(words: Sequence[str], at: int) -> bool:
    """Whether a word of a title may begin a sentence: it has a capital or a digit, and goes on as no title does."""
    begins = words[at][:1].isupper() or not words[at][:1].isalpha()
    return begins and words[at - 1].lower() not in FUNCTION and words[at - 1][-1:] not in ":?!—–-,"


def _is_planted(sentence: str, *, latin: bool) -> bool:
    plain = unicodedata.normalize("NFKC", sentence) if not sentence.isascii() else sentence
    if _ENCODED.search(sentence) or _commands(plain):
        return True
    if latin and (_is_foreign(plain) or mixed(plain)):
        return True
    if len(_LEETED.findall(plain.lower())) >= 3 and any(_commands(plain.lower().translate(leet)) for leet in _LEETS):
        return True
    return _is_scrambled(plain) and _commands(codecs.decode(plain, "rot13"))


def _commands(sentence: str) -> bool:
    bare = (
        _QUOTED.sub(" ", sentence)
        if '"' in sentence or "“" in sentence or "'" in sentence or "‘" in sentence
        else sentence
    )
    return bool(_COMMAND.search(bare) or _ABROAD.search(bare)) or (bare != sentence and bool(_JSON.search(sentence)))


_JSON = re.compile(r"\"\w+\"\s*:|\{\s*\"")


def _is_scrambled(sentence: str) -> bool:
    """Whether none of its words is one of the small words that English has in every sentence."""
    words = _WORD.findall(sentence.lower())
    return len(words) >= 4 and FUNCTION.isdisjoint(words)


def _is_latin(sentences: Sequence[str]) -> bool:
    """Whether most of an abstract is in Latin letters."""
    foreign = sum(not s.isascii() and sum(1 for c in s if script_of(c)) * 3 > len(s) for s in sentences)
    return foreign * 2 <= len(sentences)


def _is_foreign(sentence: str) -> bool:
    """Whether much of a sentence is in another script, or in another language of the same one."""
    if not sentence.isascii() and sum(1 for character in sentence if script_of(character)) >= 4:
        return True
    words = _WORD.findall(sentence.lower())
    foreign = sum(word in _FOREIGN for word in words)
    return foreign >= 3 and foreign > 2 * sum(word in FUNCTION for word in words)


_FOREIGN = frozenset(
    "der die das und ist nicht ein eine für mit von den dem des auf im zu wird werden sind dass dieser diese dieses "
    "le la les des une est et "
    "dans pour sur avec par que qui du au aux ce cette el los las una es y del por con para se su lo esta este il "
    "che di per sono della è nel "
    "questo não uma os dos da em esta het een van op ook niet zijn och att som på är av för det".split()
) - FUNCTION  # fmt: skip
