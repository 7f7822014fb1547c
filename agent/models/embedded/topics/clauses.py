"""Sentences of abstracts turned into clauses that stand alone in somebody else's text."""

from __future__ import annotations

import re
from collections.abc import Container

from agent.models.embedded.topics.words import FUNCTION

UNNAMED = "One paper"
"""The subject where authors say `we` and name nothing."""


def stands_alone(text: str) -> bool:
    """Whether a sentence points neither back at another one nor at its authors."""
    return not (_POINTS_BACK.match(text) or _POINTS.search(text) or _FIRST_PERSON.search(text))


def deed(text: str, name: str | None, most: int) -> str | None:
    """Returns a clause of at most `most` words, without full stop, on what a paper does; None where none is safe.

    `We introduce X, which …` becomes `X …`, `We build a corpus X of …` becomes `X is a corpus of …`, and `We study …`
    becomes `One paper studies …`. Other words are left out, never put in.
    """
    named = marked(text.strip(), name)
    clause = _FIRST.sub(NAME, _plain_praise(_retold(named).rstrip(" .;:"))).replace(NAME, name or "")
    return _short(clause, most) if clause else None


def outcome(text: str, name: str | None, most: int) -> str | None:
    """Returns a clause of at most `most` words on what came out of the named work; None where none is safe."""
    clause = _SPOKEN.sub("", _REPORTED.sub("", text.strip())).rstrip(" .;:")
    return _short(clause, most) if name and name in clause else None


def finding(text: str, plain: Container[str], most: int) -> str | None:
    """Returns `One paper reports that …` out of a sentence on what came out; None where that is not safe.

    `plain` holds the words that are written without a capital elsewhere.
    """
    first, _, rest = _REPORTED.sub("", text.strip()).rstrip(" .;:").partition(" ")
    lower = first.lower()
    if not stands_alone(text) or not (first == lower or lower in FUNCTION or lower in plain):
        return None
    return _short(f"{UNNAMED} reports that {lower} {rest}", most)


def without_authors(text: str) -> str:
    """Returns `Proposes X` out of `We propose X`; the text as it is where the authors do something else besides."""
    told = _WE.fullmatch(text)
    if not told or told["did"] or told["past"] or _FIRST_PERSON.search(told["rest"]):
        return text
    if _GOES_ON.search(text) or _AND_THEN.search(text):
        return text
    return f"{_third(told['verb'], None).capitalize()} {told['rest']}"


def without_paper(text: str) -> str:
    """Returns `Proposes X` out of `This paper proposes X`; any other text as it is."""
    told = _PAPER.fullmatch(text)
    if not told or _IS.match(told["rest"]):
        return text
    return told["rest"][:1].upper() + told["rest"][1:]


_IS = re.compile(r"(?:is|has|does|was)\b")


def finished(text: str) -> str:
    """Returns the clause as a sentence."""
    start = text if re.match(r"\S*[a-z][A-Z]", text) else text[:1].upper() + text[1:]
    return start if start.endswith((".", "!", "?")) else start + "."


_POINTS_BACK = re.compile(
    r"(?:This|These|Those|That|Such|It|Its|They|Their|Both|Here|Then|Also|So|Another|Others?|Some|He|She|"
    r"Despite (?:this|its|these|the)|The (?:former|latter|same|resulting|limitation|problem|issue|challenge|findings?"
    r"|results?|key|idea|goal|first|second))\b"
)
_POINTS = re.compile(
    r"\b(?:this|these|those|such(?! as)|the (?:proposed|above|former|latter|resulting|paper|work|study|authors|two"
    r"|three|four|following)|the (?:issue|problem|challenge|gap)s?(?! of| that| in| where)\b"
    r"|aforementioned|mentioned|herein|respectively|Figure|Table|Section"
    r"|[Bb]oth (?:paradigms|approaches|methods|of))\b|https?://|\?",
)
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]urs?|[Oo]urselves|us|I|[Mm]y)\b")

_SPOKEN = re.compile(
    r"^(?:Collectively|Overall|Notably|Moreover|Furthermore|Finally|Remarkably|Importantly|Impressively|Recently"
    r"|Particularly|Empirically|Specifically|Additionally|In particular|In addition|As a result), "
)

_TELLS = (
    "propose|introduce|present|develop|design|release|describe|unveil|build|construct|create|devise|offer|provide"
    "|contribute|study|investigate|explore|examine|analyze|analyse|evaluate|compare|survey|review|extend|revisit"
    "|establish|formulate|train|curate|collect|assess|address|tackle|combine|adapt|apply|use|employ|leverage|exploit"
    "|model|measure|test|estimate|derive|prove"
)
_WE = re.compile(
    r"(?:Here,? )?[Ww]e (?:(?:first|also|further|then|here|next|therefore|thus) )?"
    rf"(?:(?P<verb>{_TELLS})(?P<past>e?d)?|(?P<did>[a-z]{{3,}}ed)) (?P<rest>.+)"
)
_PAPER = re.compile(
    r"(?:This|The|The present|Our) (?:paper|work|study|survey|article|report|review|thesis) (?P<rest>[a-z]+s\b .+)"
)
_REPORTED = re.compile(
    r"^(?:[^,.;]{0,60}, )?"
    r"(?:[Ww]e|[^,.;]{0,80}\b(?:[Ee]xperiments?|[Rr]esults?|[Ee]valuations?|[Aa]nalys[ie]s|[Ff]indings|[Bb]enchmarking))\b"
    r"[^,.;]{0,60}?"
    r"\b(?:shows?|finds?|found|demonstrates?|observes?|reveals?|confirms?|proves?|conclude|verify) that,? "
)
"""Who says that a statement holds; `suggest that` stays, since without it more would be said."""

_GOES_ON = re.compile(rf" and (?:then |also |further )?(?:{_TELLS}|show|find|demonstrate|observe) ")
"""The authors are the subject of what follows, though they are not named again."""
_AND_THEN = re.compile(r",? and (?:then|also|further|subsequently|finally) [a-z]")


def marked(text: str, name: str | None) -> str:
    """Returns the text with `NAME` where the name stands as a word, so that patterns need not be made for each name."""
    if not name:
        return text
    before, *parts = text.split(name)
    for part in parts:
        alone = not (before[-1:].isalnum() or before[-1:] == "-" or part[:1].isalnum() or part[:1] == "-")
        before += (NAME if alone else name) + part
    return before


def _retold(text: str) -> str:
    """Returns the sentence with what was made, or one paper, in the place of `we`; empty where that can't be."""
    reported = _REPORTED.sub("", text)
    if reported != text:
        told = reported if NAME in reported else f"{UNNAMED} finds that {reported}"
        return "" if _GOES_ON.search(reported) else told
    by_authors = _WE.match(text)
    if by_authors:
        verb = by_authors["did"] or _third(by_authors["verb"], by_authors["past"])
        plain = f"{UNNAMED} {verb} {by_authors['rest']}"
        return _defined(by_authors["rest"]) or plain
    by_paper = _PAPER.match(text)
    if by_paper:
        return _defined(by_paper["rest"].partition(" ")[2]) or f"{UNNAMED} {by_paper['rest']}"
    return text if text.removeprefix("The ").startswith(NAME) else ""


def _defined(text: str) -> str:
    """Returns `X …` out of `X, which …` and `X is a …` out of `X, a …`, `a … X …` and `a …, X, …`; else nothing."""
    relative = _RELATIVE.match(text)
    if relative:
        return f"{NAME} {relative['rest']}"
    apposed = _APPOSED.match(text) or _NAMED.match(text)
    if not apposed:
        return ""
    return f"{NAME} is {apposed['what']}" + _AIM.sub(" ", apposed["rest"] or "")


NAME = "\x00"
"""Stands for the paper's name; no text holds this character."""

_FIRST = re.compile(rf"^{NAME} (?:first|firstly|then|further)\b")
_RELATIVE = re.compile(rf"(?:the )?{NAME}(?: \([^()]*\))?, (?:which|that) (?P<rest>[a-z]+s\b.+)")
_APPOSED = re.compile(rf"(?:the )?{NAME}(?: \([^()]*\))?,? (?P<what>an?|the first|the largest)(?P<rest> .+)")
_NAMED = re.compile(
    rf"(?P<what>an? [^,;:()]*?),? (?:called |named |termed |dubbed |namely )?{NAME}(?: \([^()]*\))?(?P<rest>,? .*)?$"
)
_AIM = re.compile(r"^, (?=to |for |that |of )")


def _third(verb: str, past: str | None) -> str:
    if past:
        return verb + past
    if verb.endswith("y"):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")


_NOVEL = re.compile(r"\b([Aa])n? (?:novel|new|pioneering|innovative|groundbreaking|powerful)(?:,? and)?,? (?=(\w))")


def _plain_praise(text: str) -> str:
    """Leaves out that something is new: in a digest all is."""
    return _NOVEL.sub(lambda match: f"{match[1]}{'n' if match[2].lower() in 'aeio' else ''} ", text)


_CLAUSE = re.compile(
    r"(?:;|:| –| —|,) (?=(?:which|where|thereby|thus|enabling|allowing|leading|making|achieving|resulting|yielding"
    r"|including|such as|so|and (?:it|they|then|can|is|are|has)|as well as|demonstrating|showing|highlighting|providing"
    r"|offering|outperforming|surpassing|without|with|by|capable|comprising|designed|covering|encompassing|spanning"
    r"|mirroring|using|based|especially|particularly|eliminating|reducing|improving|ensuring)\b)"
    r"| (?=(?:by|so that|thereby|without|through|using|via)\b)"
)
"""Where a sentence may end early; what follows `but`, `when` or `under` limits what was said and is never cut."""

_LEAST = 7


def _short(clause: str, most: int) -> str | None:
    """Returns the longest beginning that ends with a clause, is short enough and stands alone."""
    ends = [match.start() for match in _CLAUSE.finditer(clause)]
    for end in (len(clause), *reversed(ends)):
        part = clause[:end].rstrip(" ,;:–—")
        least = _LEAST + 2 * part.startswith(UNNAMED)
        if least <= len(part.split()) <= most and stands_alone(part) and _closed(part):
            return part
    return None


def _closed(text: str) -> bool:
    """Whether no bracket, quote, clause or enumeration is left open."""
    last = text.split()[-1].lower()
    even = all(text.count(left) == text.count(right) for left, right in ("()", "[]", "“”")) and text.count('"') % 2 == 0
    return (
        even
        and last not in FUNCTION
        and not _LEADING.search(text)
        and not re.search(r"\bnot only\b(?!.*\bbut\b)", text)
    )


_LEADING = re.compile(
    r"(?:^(?:While|Although|Though|Whereas|When|If|Since|Because|By|Through|With|Given|Despite|Unlike|Using|As)"
    r"|\bthat,? (?:with|when|while|by|in|for|under|using|given|despite|without))\b[^,]*$|\(\d\)|\bis [a-z]* ?$"
)
