"""What can be checked of a sentence in another language than its sources: what no translation changes.

Numbers with their units, links and names stay as they are; which words a language has for the rest, no rule here knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.grounding.claim import Claim, abstract
from agent.grounding.fault import Fault, Rule
from agent.grounding.leftovers import leftovers, length
from agent.grounding.names import known, links
from agent.grounding.quantities import numbers as english_numbers
from agent.grounding.tokens import Token, tokens


def is_english(language: str) -> bool:
    """Returns whether a BCP 47 tag is of English, of whatever country."""
    return language.replace("_", "-").partition("-")[0].casefold() in ("", "en")


def numbers(claim: Claim) -> Iterator[Fault]:
    """Finds numbers in digits that no cited sentence has so, or not with this unit; `34,2` is `34.2`."""
    plain = Claim(_DECIMAL.sub(".", claim.text), claim.support, claim.about)
    spelled = {token.text for token in plain.tokens if token.is_spelled}
    yield from (fault for fault in english_numbers(plain) if fault.found not in spelled)


_DECIMAL = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")


def names(claim: Claim) -> Iterator[Fault]:
    """Finds names that neither a cited sentence nor the title has: with a capital inside, or a digit.

    A capital at the beginning tells no name where all nouns have one.
    """
    titles = tuple(paper.title for paper in claim.about if 0 not in paper.planted)
    carrying = abstract("", (*claim.support, *titles))
    for written in _WORD.findall(claim.text):
        name = _name_in(written)
        if name and name.lower() not in _COMMON and not all(known(token, carrying) for token in _names(name)):
            yield Fault("name", name, "no cited sentence has this name")


_WORD = re.compile(r"(?<![\w@/.])[^\W_][\w.+&^@-]*\w\+*|(?<!\w)[^\W\d_]+")
_STRONG = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|[a-z][A-Z]|[A-Z]{2}")
_COMMON = frozenset(
    "ki ia ai ml nlp llm llms lm lms cv gpu gpus cpu cpus api apis 2d 3d tv pc ii iii iv usa us uk eu".split()
)
"""Names of nothing in particular, in any of the larger languages."""


def _name_in(written: str) -> str:
    """The part of a compound that is a name: of `FooNet-3B-basiert` that is `FooNet-3B`; empty where none is."""
    parts = written.split("-")
    strong = [bool(_STRONG.search(part)) or (part.isdigit() and at > 0) for at, part in enumerate(parts)]
    if not any(_STRONG.search(part) for part in parts):
        # `Omni-3` has its digit alone behind the hyphen.
        digits = [at for at, part in enumerate(parts) if at and part[:1].isdigit()]
        return "-".join(parts[: digits[-1] + 1]) if digits and parts[0][:1].isupper() else ""
    last = max(at for at, is_strong in enumerate(strong) if is_strong)
    first = min(at for at, is_strong in enumerate(strong) if is_strong)
    return "-".join(parts[first : last + 1])


def _names(name: str) -> list[Token]:
    return [token for token in tokens(f"of {name}") if token.kind in ("name", "word") and token.low != "of"]


RULES: tuple[Rule, ...] = (leftovers, length, links, numbers, names)
