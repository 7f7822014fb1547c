"""The operator that drops where a finding holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.faith.pairs import Pair

from .equivalent import fold
from .names import names
from .words import pick, put

WHERE = """datasets? benchmarks? tasks? settings? patients adults participants children mice rats humans students users
simulations? simulated languages? domains? regimes? conditions? scenarios? environments? zero-shot few-shot one-shot
low-resource cases? experiments? samples? networks? games? corpora corpus trials? problems? stud(?:y|ies) surveys?
years? weeks? months? days? women men people households schools? cities countries plots sites""".split()
PLACE = r"(?:on|in|across|among|under|within|for|during|at(?! least| most))"
ONLY = r"(?:especially |particularly |only |even |mainly |mostly |notably |both )?"
BREAKS = "without|that|which|by|with|than|compared|and|to|while|but|is|are|was|were|has|have"
INSIDE = rf"(?: (?!(?:{BREAKS})\b)[^\s,;:()]+){{1,9}}?"
AFTER_COMMA = r"which|with|while|whereas|but|yet|so|thus|\w+ing|because|although|where|compared|and (?:it|they|the)"
BEHIND = rf"(?=\.$|;| (?:by|without|compared|while|whereas|than)\b|, (?:{AFTER_COMMA})\b)"
BARE = set(
    """is are and or of both not well focus based trained tested evaluated particularly especially calls as on
in at essential achieves reaches attains outperforms performs was were relies effective important
necessary indispensable with needed crucial suitable unsuitable useful used critical key for by than
from to under improves improve improved improving required designed there more be been the a an""".split()
)
MEASURED = re.compile(r"\b(?:experiments?|evaluat\w+|results?|tested|the authors?) $")
SCOPE = re.compile(rf"(?:, )?{ONLY}{PLACE}{INSIDE}{BEHIND}")
OPENING = "On|In|Across|Among|Under|Within|For|During|Over|At|With|When|After"
LEADING = re.compile(rf"^(?:{OPENING}) [^,;:]{{3,90}}, (?=[a-zA-Z])")
GENERAL = re.compile(
    r"^(?:In (?:this|addition|particular|contrast|general|total|experiments)|For (?:instance|example|this)|At the same"
    r"|On the other|On average|In the (?:paper|study)|.*, (?:the authors|we|this))"
)
FINDING = re.compile(
    r"\b(?:outperform|improv|reduc|increas|achiev|surpass|effective|better|superior|higher|lower|faster|accura|perform"
    r"|exceed|struggl|fail|robust|competitive|gain|associat|correlat|predict|harm|degrad|generali[sz]|scale|converge|hold"
    r"|fell|rose|dropp|cut|lower|short|sav|occur|remain|detect|identif|beat|match|reach|attain|state of the art)\w*"
)


def scope(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A phrase that says where a finding holds is dropped."""
    made = (put(pair.text, spot, "") for spot in scopes(pair.text) if said_only_there(pair, spot))
    return pick((text for text in made if len(text.split()) >= 4), pair)


def scopes(text: str) -> Iterator[re.Match[str]]:
    """Finds phrases of place, population or setting that open a statement or end a clause of a finding."""
    if (leading := LEADING.match(text)) and limiting(leading[0]) and not GENERAL.match(text):
        yield leading
    starts = (spot.start() for spot in re.finditer(rf"(?:, |(?<= )){ONLY}{PLACE}\b", text))
    for spot in (SCOPE.match(text, start) for start in starts):
        told = FINDING.search(text[: spot.start()]) if spot else None
        if spot and told and limiting(spot[0]) and stands_alone(text[: spot.start()]):
            yield spot


def limiting(phrase: str) -> bool:
    """Whether the phrase names a place, a population, a setting or a dataset."""
    first = re.match(rf"[^\w]*{ONLY}\w+ (?:[\w-]+ ){{0,2}}?", phrase)
    named = any(spot.start() < 25 for spot in names(phrase[first.end() :])) if first else False
    return bool(re.search(rf"\b(?:{'|'.join(WHERE)})\b", phrase)) or (named and " for " not in f" {phrase}")


def stands_alone(before: str) -> bool:
    """Whether what stays is whole: the verb keeps an object, or needs none."""
    return before.split()[-1].lower() not in BARE and not MEASURED.search(before)


def said_only_there(pair: Pair, spot: re.Match[str]) -> bool:
    """Whether the cited sentences have the phrase's words and the rest of the statement has not."""
    words = [word for word in fold(spot[0]) if len(word) > 3]
    rest = fold(pair.text[: spot.start()] + pair.text[spot.end() :])
    source = " ".join(fold(pair.source))
    return bool(words) and any(word[:5] in source for word in words) and not any(word in rest for word in words)
