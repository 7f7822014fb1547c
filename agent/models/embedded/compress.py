"""Shorter forms of a sentence that say less, never something else."""

from __future__ import annotations

import re

from agent.models.embedded.shape import NAME

MOST_WORDS = 30


def compress(sentence: str, name: str | None = None) -> str:
    """Returns a sentence of at most thirty words where a clean clause boundary allows it.

    Leads, citations and asides go; `We propose X, a …` becomes `X is a …`. Every word left stands in the sentence but
    for `is`, `are`, `a` and `an`.
    """
    text = _without_asides(without_lead(sentence), name)
    if text.count('"') % 2:
        text = text.replace('"', "")
    text = _as_definition(_THEN.sub("We ", text))
    if len(text.split()) > MOST_WORDS and (main := _MAIN_CLAUSE.match(text)):
        text = _finished(main[1])
    if len(text.split()) > MOST_WORDS:
        text = _cut(text)
    return _finished(text) or sentence


def without_lead(sentence: str) -> str:
    """Returns the sentence without numbering, `However,`, `In this paper,` or `To address this issue,`."""
    text = sentence.strip()
    for _ in range(4):
        lead = _LEAD.match(text)
        if lead is None or len(text[lead.end() :].split()) < 3:
            break
        text = text[lead.end() :]
    return _finished(text) or sentence


_LEAD = re.compile(
    r"""
    (?:
      (?:BACKGROUND|INTRODUCTION|OBJECTIVES?|AIMS?|PURPOSE|METHODS?|RESULTS|FINDINGS|CONCLUSIONS?|DESIGN|CONTEXT
        |Background|Introduction|Objectives?|Aims?|Purpose|Methods?|Results|Findings|Conclusions?|Design|Context
        |Motivation|Significance|Interpretation|Availability|Summary):\s+
    | (?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)|\d{1,2}\.(?=\s)|[-–—•*])\s*
    | (?:However|Specifically|Concretely|In\ particular|In\ specific|Therefore|Thus|Hence|Moreover|Furthermore
        |Additionally|Besides|Also|Notably|Importantly|Remarkably|Finally|Lastly|Then|Next|First|Firstly|Second|Secondly
        |Third|Thirdly|Further|In\ addition|Meanwhile|Consequently|Accordingly|As\ a\ result|As\ such|Overall|Briefly
        |In\ (?:short|summary|detail|contrast|response|fact|turn)|To\ this\ end|To\ that\ end|Here|Nevertheless
        |Nonetheless|Unfortunately|Indeed|Interestingly|Surprisingly|Strikingly|Essentially|Conversely
        |More\ specifically|So
        |Yet|Instead|Ultimately|To\ our\ knowledge|To\ the\ best\ of\ our\ knowledge|As\ far\ as\ we\ know
        |For\ this\ purpose|Most\ importantly|More\ importantly|Herein|For\ this\ reason
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
        |meet|answer|support|achieve|approach|improve\ upon|combat|do|realize|cope\ with
        |deal\ with)\ (?:all\ |each\ of\ |both\ )?
      (?:this|these|those|such|that|them|it|the\ above|the\ aforementioned)\b[^,;:.]{0,80}?(?:,\s+|\s+(?=we\b))
    )
    """,
    re.X,
)

_CITATION = re.compile(
    r"(?<=[\w)])\s?\[\d+(?:[,–\s-]+\d+)*\]|\s?\((?:see )?[A-Z][\w'’-]+(?: et al\.?| and "
    r"[A-Z][\w'’-]+)?,? \d{4}[a-z]?\)"
)
_ASIDE = re.compile(r"\s\(([^()]*)\)")
_CARRIES = re.compile(r"\d\s?(?:%|[x×]\b|times|-?fold|points)|[+-]\d")
_COUNTS = re.compile(r"\d{1,2}|[a-h]|[ivx]{1,4}")


_THEN = re.compile(r"^We (?:then|also|further|first|thus|therefore|next|additionally|here|hence) ")


def _without_asides(text: str, name: str | None) -> str:
    """Drops citations and the brackets that hold neither a result, nor an enumeration, nor the paper's own name."""

    def left(match: re.Match[str]) -> str:
        if name and name in match[1]:
            return f" ({name})"
        return match[0] if _CARRIES.search(match[1]) or _COUNTS.fullmatch(match[1]) else ""

    return _ASIDE.sub(left, _CITATION.sub("", text))


_MAIN_CLAUSE = re.compile(
    r"(?:To|In order to|Motivated|Inspired|Based|Building|With|By|For|Given|Considering|Towards?"
    r"|Through|Drawing|Leveraging|Using|As|From|Due)\b[^.;:]{0,220}?, ((?:in this (?:paper|work), "
    r")?we (?!show|find|observe|demonstrate|can).*)"
)
"""A main clause by the authors behind a lead that says why or whence."""

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


def _as_definition(text: str) -> str:
    """Turns `We propose X, a …` and `We propose a … called X` into `X is a …`."""
    main = _MAIN_CLAUSE.match(text)
    if main and (defined := _as_definition(main[1])) != main[1] and len(defined.split()) >= _LEAST_WORDS:
        return defined
    apposed = _APPOSED.match(text)
    if apposed and not _LISTED.search(apposed["rest"]):
        return f"{apposed['name']} is {apposed['rest']}"
    called = _CALLED.match(text)
    if called and _FIT.match(called["rest"]) and not _LISTED.search(called["rest"]):
        rest = re.sub(r"^, (?=to |for |that |aimed |designed )", " ", called["rest"])
        return f"{called['name']} is {called['what']}{rest}"
    return text


_BOUNDARY = re.compile(
    r":? (?=\((?:i|1|a)\) |1\) |\[1\] )|(?:;|:| –| —|,) (?=which|where|while|whereas|thereby|thus"
    r"|enabling|allowing|leading|making|achieving|resulting|yielding"
    r"|including|such as|so that|and (?:we|it|they|this|our)|but|as well as|demonstrating|showing"
    r"|highlighting|providing|"
    r"outperforming|surpassing|offering|without|with|by|in|for|from|to|even|especially|particularly"
    r"|eliminating|reducing"
    r"|improving|facilitating|ensuring|producing|covering|encompassing|spanning|featuring|consisting"
    r"|comprising|revealing"
    r"|i\.e\.|e\.g\.|namely|necessitating|capturing|using|leveraging|based|specifically|and \w+ing"
    r"|and (?:can|is|are|has|have|then|further|thus)"
    r"|[\w-]+ing\b)|; "
)
_LOOSE = re.compile(
    r" (?=(?:while|whereas|by|which|so that|thereby|without|through|because|since|when|with|for|in order to|using)\b)"
)
_LEAST_WORDS = 9


def _cut(text: str) -> str:
    """Returns the longest beginning of at most thirty words that ends at a clause boundary, else the text."""
    for pattern in (_BOUNDARY, _LOOSE):
        ends = [match.start() for match in pattern.finditer(text, 0, _REACH)]
        fitting = [end for end in ends if _LEAST_WORDS <= len(text[:end].split()) <= MOST_WORDS and _closed(text[:end])]
        if fitting:
            return text[: fitting[-1]]
    return text


_REACH = 1_000
"""Characters within which thirty words end."""


def _closed(text: str) -> bool:
    """Whether no bracket, quote, lead clause or enumeration is left open."""
    return (
        text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
        and not _OPEN.search(text)
        and not (_SUBORDINATE.match(text) and "," not in text)
    )


_OPEN = re.compile(
    r"(?:\b(?:which|that) \w+|, (?:\w+ly )?\w+ing|\b(?:find|show|observe|reveal|demonstrate|found)s? "
    r"that (?!.* (?:is|are|can|have|has|\w+s) )[^,]*)$|"
    r"(?:\b(?:and|or|of|the|a|an|to|both|either|between|not only|more|less|is|are|be|that|as|than|with"
    r"|in|on|such)|,)$|\bnot only\b(?!.*\bbut\b)|:[^:]*$"
)
_SUBORDINATE = re.compile(
    r"(?:While|Although|Though|Whereas|When|If|Since|Because|By|Through|With|Given|Despite|Unlike"
    r"|Using|In|On|For|To|As|Via|Based|Starting|Leveraging|Trained)\b"
)


def _finished(text: str) -> str:
    """Returns the text with a capital at its start, where that is no name or link, and a full stop at its end."""
    text = re.sub(r"(?<![/:.])\s+([,.;:])(?=\s|$)", r"\1", " ".join(text.split())).strip(" ,;:–—-")
    if text[:1].islower() and not re.match(r"[a-z]+[A-Z\d]|\w+(?:://|@|\.\w)", text):
        text = text[0].upper() + text[1:]
    return text if re.search(r"[.!?。！？…][\"”’)]*$", text) or not text else f"{text}."
