"""The operator on who does what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.faith.pairs import Pair

from .clauses import clause, noun_phrase, swap_ends
from .words import agreeing, capital, forms, inflected, pick, plural, put, small, spots

ACTING = """activate affect attack cause compress control drive encode extend filter follow generate guide induce
influence inform integrate precede predict prevent regulate replace supervise suppress teach train trigger""".split()
PASSIVE = re.compile(
    r"\b(?P<verb>is|are|was|were)(?P<rest> (?:guided|driven|caused|induced|influenced|predicted|generated|controlled"
    r"|supervised|informed|triggered|preceded|followed|produced|built|based|derived|inspired|adapted|initialized|distilled"
    r"|replaced|encoded|refined|steered) (?:by|from|on|upon))(?= )"
)
PHRASE = r"(?:(?!by|via|with|using|for|in|on|and|into|to|from|that|than|instead|rather|over)[\w'-]+ ?){1,5}(?<! )"
STOP = r"(?=[,.;]|$| (?:by|via|with|using|for|in|on|and|without|through|at)\b)"
MOVES = (
    r"distill?s?|distill?ing|translat\w+|convert\w*|transform\w*|map\w*|inject\w*|incorporat\w+|integrat\w+|encod\w+"
)
WANTS = r"on|in|from|by|with|of|using|uses?|for|to|favou?rs?|require[sd]?"
BETWEEN = [
    rf"(?<!, )(?<!ranging )\bfrom (?P<a>{PHRASE}) (?P<m>(?:in)?to) (?P<b>{PHRASE}){STOP}",
    rf"\b(?:{MOVES}|transfer\w*|project\w*|feed\w*|turn\w*) (?P<a>{PHRASE}) (?P<m>into|to|onto) (?P<b>{PHRASE}){STOP}",
    rf"\b(?:{WANTS}) (?P<a>{PHRASE}) (?P<m>instead of|rather than|and tested on) (?P<b>{PHRASE}){STOP}",
    rf"\b(?:replac|substitut|exchang|swap)(?:es?|ed|ing) (?P<a>{PHRASE}) (?P<m>with|by|for) (?P<b>{PHRASE})(?=[,.;]|$)",
]
COMPOUND = re.compile(r"\b([A-Za-z]+)-to-([a-z]+)\b")
SYMMETRIC = {"end", "one", "point", "state", "up", "many", "peer", "image-image", "face", "sequence", "seq", "signal"}
ADVERB = r"(?:(?:\w+ly|also|even|often|further) )?"
OTHERS = re.compile(
    r"\b(?:most |many )?(?:existing|current|previous|prior|traditional|conventional)(?= )", re.IGNORECASE
)
METHOD = r"(?:method|model|approach|framework|algorithm|technique|system|pipeline)"
OWN = re.compile(
    rf"\b(?:(?:our|the proposed|this|the new) (?=(?:[\w-]+ )?{METHOD}\b)|the {METHOD}(?= [a-z]+))",
    re.IGNORECASE,
)


def roles(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """Agent and patient change places, or a property of prior work is given to the new method."""
    made = [*turned(pair.text), *turned_passive(pair.text)]
    return pick([*made, *flows(pair.text), *compounds(pair.text), *credited(pair.text)], pair)


def turned(text: str) -> Iterator[str]:
    """Turns `X predicts Y` into `Y predicts X`."""
    acting = {forms(base)[place]: base for place in (1, 2) for base in ACTING}
    for spot in spots(text, acting):
        if (parts := clause(text, spot, ADVERB)) and not re.match(r"\d|no ", parts.b):
            past = spot[0] == forms(acting[spot[0]])[2]
            yield swap_ends(text, parts, spot[0] if past else agreeing(acting[spot[0]], parts.b))


def turned_passive(text: str) -> Iterator[str]:
    """Turns `A is guided by B` into `B is guided by A`."""
    for spot in PASSIVE.finditer(text):
        if (parts := clause(text, spot, ADVERB)) and not re.match(r"\d|scratch", parts.b):
            past, many = spot["verb"] in ("was", "were"), plural(parts.b)
            be = ("were" if many else "was") if past else ("are" if many else "is")
            yield swap_ends(text, parts, be + spot["rest"])


def flows(text: str) -> Iterator[str]:
    """Turns `from A to B` into `from B to A`, and `A into B` behind a verb of transfer."""
    for rule in BETWEEN:
        for spot in re.finditer(rule, text):
            a, b = spot["a"], spot["b"]
            if noun_phrase(a) and noun_phrase(b) and parallel(a, b):
                yield put(text, (spot.start("a"), spot.end("b")), f"{b} {spot['m']} {small(a)}")


def parallel(a: str, b: str) -> bool:
    """Whether both phrases are things: no figures, no verb in front, no lone adjective."""
    verb = b.split()[0] in inflected(0)
    adjective = re.fullmatch(r"\w+(?:ous|al|ic|ive|ary|ed|ing)", a)
    return not (verb or adjective or re.search(r"\d", a + b))


def compounds(text: str) -> Iterator[str]:
    """Turns `text-to-image` into `image-to-text`."""
    for spot in COMPOUND.finditer(text):
        a, b = spot[1], spot[2]
        if a.lower() != b and not {a.lower(), b} & SYMMETRIC:
            new = f"{b.capitalize() if a[0].isupper() else b}-to-{a.lower()}"
            yield put(text, spot, new)


def credited(text: str) -> Iterator[str]:
    """Says of the new method what is said of existing ones, and the other way round."""
    for spot in OTHERS.finditer(text):
        if re.match(r" (?:[\w-]+ ){0,4}?[\w-]+s\b", text[spot.end() :]) and subject_here(text, spot):
            yield put(text, spot, "The proposed" if spot.start() == 0 else "the proposed")
    for spot in OWN.finditer(text):
        if subject_here(text, spot):
            new = "the existing " if spot[0].endswith(" ") else "the baseline"
            yield put(text, spot, capital(new) if spot.start() == 0 else new)


def subject_here(text: str, spot: re.Match[str]) -> bool:
    """Whether the phrase opens its clause, as a subject does."""
    return bool(re.search(r"(?:^|[;:] |\bthat |\bbut |\bwhile |\bwhere |\bbecause )(?:the )?$", text[: spot.start()]))
