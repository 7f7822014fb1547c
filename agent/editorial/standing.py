"""Whether a sentence can be read alone: what an abstract says before it, and what it would say next, is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.grounding.tokens import keys, tokens
from agent.models.embedded.leads import finished
from agent.text import fold

LONGEST = 45
"""Words of a line."""


def stands(text: str) -> bool:
    """Returns whether a sentence points at nothing that is told elsewhere, and says what is so, not what might be."""
    return not (
        _BEGINS.match(text)
        or _POINTS.search(text)
        or guesses(text)
        or _OF_THE_PAPER.search(text)
        or _CLOSES.search(text)
        or _OPEN.search(text)
        or _is_one_of_several(text)
    )


def _is_one_of_several(text: str) -> bool:
    """Whether a sentence has the number of a thing in a list, but not the list."""
    numbers = _NUMBER.findall(text)
    return bool(numbers) and (len(numbers) < 2 or numbers[0] not in _FIRST)


def guesses(text: str) -> bool:
    """Returns whether a sentence only says what its authors believe."""
    return bool(_GUESSES.search(text))


def tells(text: str, title: str) -> bool:
    """Returns whether a sentence says more than that there is what its title names."""
    return len(keys(text) - keys(title) - _EMPTY) > 1


def is_rich(text: str, title: str, name: str) -> bool:
    """Returns whether a sentence says more of the work than its title and what kind of thing it is."""
    told, known = fold(f"{title} {name}"), keys(title) | _EMPTY | _KINDS
    new = {token.key for token in tokens(_BRACKETS.sub("", text)) if token.means and fold(token.text) not in told}
    return len(new - known) > 1


_BRACKETS = re.compile(r" \([^()]*\)")
_PAPER = "paper|work|study|survey|article|report|review|thesis|book|chapter|tutorial|note"
_BEGINS = re.compile(
    r"(?:Given an? |Besides |[Ww]e then |Then |[a-z]{2,} |[A-Z]\S+ first [a-z]+s "
    r"|We propose (?:two|three|several) ways |[\w -]{1,50}(?:stage|phase|step), which "
    r"|(?:Subsequently|Then|Next|Afterwards?|Consequently|Therefore|Thus|Hence|Accordingly|Instead|Likewise|Similarly),"
    rf"|(?:It|They|These|Those|Such|Its|Their|This (?!{_PAPER}))\b"
    r"|In (?:the|a|this|that) (?:first|second|third|final|last|next|other) (?:stage|step|phase|part)\b"
    r"|(?:For|In|Under) (?:[Ss]cenario|[Ss]etting|[Cc]ase|[Ss]tage|[Pp]hase|[Tt]ask) (?:[IVX]+|\d|[A-Z])\b"
    r"|The (?:findings?|results?|former|latter|resulting(?! \w+, [A-Z])|key|main|core|idea)\b"
    r"|(?:With|Given|By|In|Despite|Through|Under) (?:their|its|such)\b|To (?:this|that) end\b"
    r"|Based on (?:this|these|the (?:analysis|observations?|findings?|results?))\b)"
)
_POINTS = re.compile(
    rf"\b(?:these|this\b(?! (?:{_PAPER}|end|week))|such (?!as\b)|aforementioned"
    r"|the (?:two|three|four) (?:factors|types|issues|problems|challenges|aspects|stages)\b"
    r"|those (?:\w+s|two|three)\b(?! that| who)"
    r"|the (?:former|latter|above|resulting|second stage|first stage)|(?:the )?following (?:aspects?|ways?|questions?)"
    r"|as follows|[Bb]oth (?:paradigms|fundamental|of these|issues|problems|challenges|limitations)"
    r"|the (?:issue|problem|challenge|gap|obstacle)s?(?! of| that| in| where| with| between| for| posed| observed)\b)\b"
)
_GUESSES = re.compile(r"\b(?:[Ww]e (?:conjecture|hypothesi[sz]e|believe|hope|speculate|suspect))\b")
_CLOSES = re.compile(r"\b(?:[Ww]e|authors) (?:are|were) able to\b|\bto further (?:improve|enhance|boost)\b[^,;]*\Z")
"""How authors come to an end: what else could be done."""
_OPEN = re.compile(
    r"\b(?:two|three|four|five|six|several|various|following|key|crucial|important) (?:[\w-]+ ){0,2}"
    r"(?:ways|aspects|components|techniques|stages|steps|parts|questions|elements|phases|properties|modules|designs|strategies)\.?\Z"
    r"|\b(?:inspired|based|designed|aimed|compared|according|such|as|and|or|of|to|with|for)\.?\Z"
)
"""How a sentence ends that has only announced what it would tell, or was cut too early."""
_OF_THE_PAPER = re.compile(
    r"\b(?:(?:organi[sz]ation|structure|remainder|rest) of (?:this|the|our) (?:paper|survey|article|work|review)"
    r"|contributions (?:can be|are) (?:summari[sz]ed|as|listed)|contributions? (?:is|are) \w+fold)\b"
    r"|\A[^,]{0,60}\b(?:is|are|will be|can be) (?:made )?(?:publicly |freely |openly )?"
    r"(?:public|available|released|browsed|downloaded)\b"
)
"""What speaks of the paper as a text, or only of what is released."""
_NUMBER = re.compile(r"(?<!\S)\(?(A?\d|i{1,3}|iv|v|[a-d])\)(?=\s)")
_FIRST = ("1", "i", "a", "A1")

_EMPTY = keys(
    "propose introduce present develop describe provide offer a new novel simple yet effective comprehensive systematic"
    " method approach framework model paper work study survey review technique strategy is the of for and to in on with"
    " one first authors family series"
)
_KINDS = keys(
    "benchmark dataset system module architecture algorithm strategy solution term call name dub evaluate evaluation"
    " large language vision visual multimodal multi-modal llm mllm lmm vlm lvlm by that which design use leverage"
    " enhance improve effectively systematically specifically efficiently comprehensively accurately ability capability"
    " performance task general various several cutting-edge tailored aimed"
)
"""Words that tell of any work what kind of thing it is, or praise it."""


def clipped(text: str) -> Iterator[str]:
    """Yields shorter forms of a sentence, without what only comments on it or points at something."""
    scene = _SCENE.match(text)
    if scene:
        yield finished(text[scene.end() :])
    comment = _COMMENT.search(text)
    if comment:
        yield finished(text[: comment.start()])
    means = _BY_DOING.match(text)
    if means:
        yield f"We {_DOING[means['doing']]} {means['what']}"
    listed = _LISTED.search(text)
    if listed:
        yield finished(listed["item"])
    yield from (short for short in [_ANSWER.sub(" ", text)] if short != text)
    pointer = _POINTS.search(text)
    if pointer:
        both = _BOTH.match(text)
        if both and pointer.start() < both.start("did"):
            yield f"We {both['did']}"
        cuts = [
            cut.start()
            for cut in _CUT.finditer(text, 0, pointer.end())
            if text.count("(", 0, cut.start()) == text.count(")", 0, cut.start())
        ]
        yield from (finished(text[:cut].rstrip(" ,;:")) for cut in reversed(cuts))


_SCENE = re.compile(r"Given an? [^,;:]{1,60}, (?=we )")
"""What there is before anything is done with it."""
_COMMENT = re.compile(
    r",? (?:thus |thereby |further |clearly )?(?:highlighting|demonstrating|showcasing|underscoring|validating"
    r"|indicating|suggesting|emphasi[sz]ing|illustrating|confirming|paving|setting|establishing)\b[^;:]*\Z"
)
"""What the authors think of it, at the end of a sentence."""
_LISTED = re.compile(r"\((?:i|1)\) (?P<item>We [a-z]+ .+?)(?:;|\Z)")
"""The first of several things that the authors did."""
_ANSWER = re.compile(
    r",? (?:that|which) (?:\w+ly )?(?:address|bridge|mitigate|tackle|solve|overcome|circumvent|alleviate|fill|resolve"
    r"|close)(?:e?s)? (?:this|these|the|both) (?:\w+ )?(?:gap|issue|problem|concern|challenge|obstacle|limitation"
    r"|trade-off|need|difficult(?:y|ie)|shortcoming|drawback)s?(?:,(?= \w+ing)| by(?= \w+ing))? (?=\w+ing\b|with\b)"
)
"""What something is an answer to, where the abstract has said that before."""
_DOING = {
    "proposing": "propose", "introducing": "introduce", "presenting": "present", "developing": "develop",
    "designing": "design", "providing": "provide", "offering": "offer", "evaluating": "evaluate",
    "constructing": "construct", "building": "build", "creating": "create", "examining": "examine",
    "investigating": "investigate", "exploring": "explore", "analyzing": "analyze", "studying": "study",
}  # fmt: skip
_BY_DOING = re.compile(
    r"(?:We|This (?:paper|work|study|survey|article|review)) (?:\w+ly )?(?:address|fill|tackle|bridge|overcome|mitigate"
    r"|solve|challenge|circumvent|close|narrow|meet|answer)(?:e?s)? [^;:]*? by (?:\w+ly )?"
    rf"(?P<doing>{'|'.join(_DOING)}) (?P<what>.+)"
)
"""What a gap is filled by says more than that there is one."""
_BOTH = re.compile(
    r"We (?:\w+ly )?[a-z]+ .*? and (?:then |further |also )?(?P<did>(?:propose|introduce|present|develop|design|build"
    r"|construct|create|release|describe|devise) .+)"
)
_CUT = re.compile(r",? (?=(?:which|that|to|by|via|for|with|through|using|and|in|on|while|where|when|so)\b)|, ")
