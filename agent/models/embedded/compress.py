"""Shorter forms of a sentence that say less, never something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.models.embedded.definition import definition
from agent.models.embedded.leads import finished, without_lead

MOST_WORDS = 30
_LEAST_WORDS = 7


@dataclass(frozen=True)
class Shortening:
    """A form of a sentence and the steps that led to it."""

    text: str
    steps: frozenset[str]
    """Out of `asides`, `relative`, `main`, `definition`, `clause` and `phrase`; none for the sentence without lead."""


def shortenings(sentence: str, name: str | None = None) -> list[Shortening]:
    """Returns the forms of a sentence that are sentences, each once; the whole one without its lead comes first.

    Leads, citations, asides, relative clauses and what stands before the main clause go, what follows a boundary of
    clauses or phrases may go; `We propose X, a …` becomes `X is a …`. Every word left stands in the sentence but for
    `is`. A claim of being the first keeps its `to our knowledge`.
    """
    whole = without_lead(sentence)
    plain = _THEN.sub("We ", _without_asides(whole, name))
    found: dict[str, frozenset[str]] = {whole: frozenset(), finished(plain): frozenset({"asides"})}
    bases: list[tuple[str, frozenset[str]]] = [(plain, frozenset())]
    for step, shorten in (("relative", _without_relatives), ("main", _main_clause), ("definition", definition)):
        shorter = [(text, steps | {step}) for base, steps in bases if (text := shorten(base)) and text != base]
        bases += shorter
    for text, steps in bases:
        found.setdefault(finished(text), steps)
        for step, boundary in (("clause", _CLAUSE), ("phrase", _PHRASE)):
            for match in boundary.finditer(text, 0, _REACH):
                beginning = text[: match.start()]
                if _stands(beginning):
                    found.setdefault(finished(beginning), steps | {step})
    return [Shortening(text, steps) for text, steps in found.items() if text and _hedged(text, sentence)]


def _hedged(text: str, sentence: str) -> bool:
    """Whether a form that still claims to be the first is as careful about it as its sentence."""
    # Few sentences have the word, which shows much faster.
    if "know" not in sentence or not (hedge := _HEDGE.search(sentence)):
        return True
    return hedge[0].lower() in text.lower() or not _CLAIMS.search(text)


_HEDGE = re.compile(r"\b(?:to (?:the best of )?our (?:current )?knowledge|(?:as|so) far as we know)\b", re.I)
_CLAIMS = re.compile(r"\b(?:first|only|no|none|most|best|(?:larg|fast|strong|earli|high|small)est)\b")
_REACH = 1_000
"""Characters within which thirty words end."""
_THEN = re.compile(r"^We(?:,)? (?:then|also|further|first|thus|therefore|next|additionally|here|hence) ")
_CITATION = re.compile(
    r"(?<=[\w)])\s?\[\d+(?:[,–\s-]+\d+)*\]|\s?\((?:see )?[A-Z][\w'’-]+(?: et al\.?| and "
    r"[A-Z][\w'’-]+)?,? \d{4}[a-z]?\)"
)
_ASIDE = re.compile(r"\s\(([^()]*)\)(?![\w^_])")
_NAMING = re.compile(r"(?:dubbed|named|called|termed|abbreviated|or|simply|namely|i\.e\.,?) (?:as )?")
_WORDED = re.compile(r"[^\W\d_]{2}")
_CARRIES = re.compile(r"\d\s?(?:%|[x×]\b|times|-?fold|points)|[+-]\d")
_COUNTS = re.compile(r"\d{1,2}|[a-h]|[ivx]{1,4}")


def _without_asides(text: str, name: str | None) -> str:
    """Drops citations and the brackets that hold neither a result, nor an enumeration, nor the paper's own name."""

    def left(match: re.Match[str]) -> str:
        if name and _NAMING.sub("", match[1]) == name:
            return f" ({name})"
        # Without a word it is an interval, a number or the argument of a function, and the sentence needs it.
        kept = _CARRIES.search(match[1]) or _COUNTS.fullmatch(match[1]) or not _WORDED.search(match[1])
        return match[0] if kept else ""

    if "(" in text or "[" in text:
        text = _ASIDE.sub(left, _CITATION.sub("", text))
    return text


_RELATIVE = re.compile(
    r", (?:which|where|who|whose|e\.g\.|i\.e\.|including|such as)\b[^,;:()]{3,120}, "
    r"(?=(?:is|are|can|has|have|to|for|by|with|in|on|we|and|that|which|using|from|does|do|was|were)\b)"
)


def _without_relatives(text: str) -> str:
    return _RELATIVE.sub(" ", text)


_MAIN_CLAUSE = re.compile(
    r"(?:To|In order to|Motivated|Inspired|Based|Building|With|By|For|Given|Considering|Towards?|Through|Drawing"
    r"|Leveraging|Using|As|From|Due|While|Although|Though|Despite|Unlike|Instead|Since|Because|When|Under|Rather|Along"
    r"|Via|After|On|In|At)\b[^.;:]{0,260}?, ((?:we|our|this (?:paper|work|study)) .*)"
)
"""A main clause by the authors behind a lead that says why, when or whence."""


def _main_clause(text: str) -> str | None:
    match = _MAIN_CLAUSE.match(text)
    return _THEN.sub("We ", finished(match[1])) if match else None


_CLAUSE = re.compile(
    r"(?:[,;:]| –| —) (?!(?:if|when|unless|provided|but|yet|although|though|while|whereas|under|only|except|assuming"
    r"|given|as long as|without|subject to|at the (?:cost|expense)|even|however|albeit|despite"
    r"|in (?:case|some|most)|not)\b)"
)
"""Where a clause ends; a condition or a contrast behind it is not cut off, since the claim would be another."""
_PHRASE = re.compile(
    r" (?=(?:by|which|so that|thereby|through|because|since|where|with|for|in order to|using|via|such as|across"
    r"|compared|including|based on|as well as|instead of|rather than"
    r"|and (?:we|that|show|demonstrate|then|thus|can|is|are|to|provide|achieve|evaluate|apply|use|prove|also|propose"
    r"|introduce|present|develop|discuss|establish|analyze|improve)|that can|that is|that are"
    r"|to (?:\w+ly )?(?:improve|reduce|increase|achieve|address|enable|enhance|learn|obtain|generate|solve|help|make"
    r"|allow|avoid|ensure|provide|capture|model|train|handle|predict|control|produce))\b)"
)


def _stands(text: str) -> bool:
    """Whether the beginning of a sentence is one itself: nothing is left open, no lead stands alone."""
    return (
        len(text.split()) >= _LEAST_WORDS
        and text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
        and ":" not in text
        and not ("not only" in text and _NOT_ONLY.search(text))
        # What may be open or awaited ends with three or six words at most; in those it is found ten times as fast.
        and not _OPEN.search(" ".join(text.rsplit(" ", 3)[-3:]))
        and not (" that" in text and (told := _TOLD.search(text)) and not _FINITE.search(text, told.end()))
        and not ("," not in text and _SUBORDINATE.match(text))
        and not _AWAITING.search(" ".join(text.rsplit(" ", 6)[-6:]))
        and not (" and " in text and _TWICE.search(text))
        and says(text)
    )


def says(text: str) -> bool:
    """Whether a text has what looks like the verb of a sentence."""
    return text.startswith("We ") or _FINITE.search(text) is not None or _OURS.search(text) is not None


_OURS = re.compile(
    r"\b(?:[Ww]e|[Tt]hey|I) \w|\bfell\b|\brose\b|\bgrew\b|\bled\b|\bshowed\b|\bfound\b|\b\w{3,}(?:izes|ifies)\b"
)
_AWAITING = re.compile(
    r"\b(?:provid|equip|endow|suppl|compar|align|pair|replac|associat|coupl|enrich|furnish)\w* (?:[\w-]+ ){0,4}[\w-]+$"
)
"""A verb at the end whose `with`, `to` or `by` was cut off."""
_TWICE = re.compile(r"\b(an? [\w-]+(?: [\w-]+)?)\b.*\band \1$")
"""The end of a list that says the same again, because what told the two apart was cut off."""


_TOLD = re.compile(
    r"\b(?:argue|show|find|observe|reveal|demonstrate|prove|suggest|indicate|conclude|hypothesize|conjecture|posit|note"
    r"|believe|establish|confirm|verify|found|argued|observed|revealed|demonstrated|proved|suggested|evidence|insight"
    r"|hypothesis|idea|fact|view|finding|observation|claim|result)s?(?: \w+ly)? that\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|can|could|may|might|will|would|has|have|had|does|do|did|must|should|cannot|need|needs"
    r"|(?:outperform|achieve|improve|reduce|yield|lead|enable|allow|perform|exhibit|exist|learn|provide|produce|require"
    r"|depend|suffer|generalize|converge|remain|become|contain|capture|make|help|fail|obtain|attain|exceed|emerge|play"
    r"|follow|behave|correlate|tend|hold|increase|decrease|rely|give|use|work|come|arise|occur)s?|surpass(?:es)?"
    r"|(?:propose|introduce|present|show|demonstrate|combine|adopt|employ|address|integrate|incorporate|extend|offer"
    r"|reveal|indicate|suggest|describe|explore|examine|investigate|analyze|compare|evaluate|generate|predict|transfer"
    r"|align|encode|select|remove|replace|reach|enhance|bridge|unif|consist|comprise|leverage|utilize|exploit|seek|solve"
    r"|tackle|mitigate|maintain|preserve|retain|ensure|facilitate|explain|argue|aim|support|build|outline|review"
    r"|survey|discus|combin|appl|cover|focus|establish|develop|deliver|run|take|make|draw)(?:e?s|ies))\b"
)
_OPEN = re.compile(
    r"(?:\b(?:which|that) \w+|, (?:\w+ly )?\w+ing)$"
    r"|\b(?:and|or|of|the|a|an|to|both|either|between|not only|more|less|is|are|be|that|as|than|with|in|on|such|for|by"
    r"|from|at|their|its|our|this|these|into|only|also|can|which|where|when|we|not|but|was|were|has|have|been|novel|new"
    r"|e\.g|i\.e|using|based|via|et|al|able|due|how|whether|if|it|they|one|two|three|show|find|demonstrate|prove"
    r"|propose|introduce|present|most|very|well|respectively)$"
    r"|\b(?:to|can|could|may|will|we) (?:\w+ly )?\w+$|,$"
)
_NOT_ONLY = re.compile(r"\bnot only\b(?!.*\bbut\b)")
_SUBORDINATE = re.compile(
    r"(?:While|Although|Though|Whereas|When|If|Since|Because|By|Through|With|Given|Despite|Unlike"
    r"|Using|In|On|For|To|As|Via|Based|Starting|Leveraging|Trained)\b"
)
