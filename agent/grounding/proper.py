"""Names in sentences of other languages: each must stand in the paper, unless it may be a word, or be translated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from agent.grounding.claim import Abstract, Claim, abstract
from agent.grounding.fault import Fault
from agent.grounding.languages import Language
from agent.grounding.names import known
from agent.grounding.scripts import scripts
from agent.grounding.tokens import Token, tokens

ALIKE = 0.75
"""How like an English word a word is that comes from the same: `langage`, `européenne`, `Londres`."""


def names(claim: Claim, spoken: Language) -> Iterator[Fault]:
    """Finds names that neither a cited sentence nor the title has: with a capital inside, or a digit."""
    titles = tuple(paper.title for paper in claim.about if 0 not in paper.planted)
    carrying = abstract("", (*claim.support, *titles))
    for written in _WORD.findall(claim.text):
        name = _name_in(written)
        if not name or name.lower() in _COMMON or _turned(name, carrying):
            continue
        if not all(known(token, carrying) for token in _names(name)):
            yield Fault("name", name, "no cited sentence has this name", sure=not _may_be_turned(name, claim))


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


def _turned(name: str, carrying: Abstract) -> bool:
    """Whether a short form is that of a cited sentence with its letters in another order, as `ADN` is of `DNA`."""
    return name.isalpha() and any(
        sorted(name.lower()) == sorted(token.low) for token in carrying.tokens if token.text.isupper()
    )


def _may_be_turned(name: str, claim: Claim) -> bool:
    """Whether three letters may be the short form of a language for that of another, as `MRT` is for `MRI`."""
    said = {token.text for token in claim.tokens}
    theirs = (token.text for sentence in claim.cited for token in sentence if token.text.isupper())
    return len(name) == 3 and any(
        len(other) == 3 and other not in said and sum(map(str.__ne__, name, other)) == 1 for other in theirs
    )


def capitalized(claim: Claim, spoken: Language) -> Iterator[Fault]:
    """Finds words with a capital amid a sentence that the paper does not have, where a capital tells a name.

    A name of a place or an era has another form in each language. So what is not alike blocks only where the cited
    sentences have no such word that it may stand for, and where it is no part of a phrase in capitals.
    """
    text, foreign = claim.text, bool(scripts(claim.text))
    phrases = [found.span() for found in _PHRASE.finditer(text)]
    for found in _CAPITALIZED.finditer(text):
        word = found[0]
        if (not foreign and _opens(text[: found.start()])) or _is_known(word, claim, spoken):
            continue
        in_phrase = any(start <= found.start() < end for start, end in phrases)
        sure = not in_phrase and not _left_over(claim)
        yield Fault("name", word, "the paper does not have this name", sure=sure)


_UPPER = "A-ZÀ-ÖØ-ÞĆČŁŚŠŹŻŽ"
_CAPITAL = rf"[{_UPPER}][^\W\d_{_UPPER}]{{2,}}"
_CAPITALIZED = re.compile(rf"(?<![\w@/.-]){_CAPITAL}(?![\w@/])")
_LINKS = r"(?:d[eaiou]s?|d[eo]l+[aeo]?|du|por|para|pour|et|y|e|en|of|van|von|-|–)"
_PHRASE = re.compile(rf"{_CAPITAL}(?:[ -](?:{_LINKS} )?{_CAPITAL})+|{_CAPITAL}[^.;()]{{0,60}}\([A-Z]{{2,}}s?\)")


def _opens(before: str) -> bool:
    """Whether a sentence, a quotation or a title begins here."""
    before = before.rstrip()
    return not before or before[-1] in '.!?:;…«»"“”„‘¿¡—–•*'


def _is_known(word: str, claim: Claim, spoken: Language) -> bool:
    plain = _plain(word)
    if word.lower() in spoken.capitals or any(known(token, paper) for paper in claim.about for token in _names(word)):
        return True
    return bool(get_close_matches(plain, [*_vocabulary(claim.about)], 1, ALIKE))


@lru_cache(maxsize=64)
def _vocabulary(papers: tuple[Abstract, ...]) -> frozenset[str]:
    words = (re.findall(r"[^\W\d_]+", text) for paper in papers for text in paper.heard)
    return frozenset(_plain(word) for found in words for word in found)


def _plain(word: str) -> str:
    """A word without accents, in lower case."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


def _left_over(claim: Claim) -> bool:
    """Whether a cited sentence has a word with a capital that is not in the claim, and may be translated there."""
    mine = {_plain(word) for word in re.findall(r"[^\W\d_]+", claim.text)}
    return any(
        token.kind == "name" and token.text.isalpha() and token.text[1:].islower()
        and not get_close_matches(_plain(token.text), mine, 1, ALIKE)
        for sentence in claim.cited
        for token in sentence
    )  # fmt: skip


def compared(claim: Claim, spoken: Language) -> Iterator[Fault]:
    """Finds whom something is compared with or comes from, by a word without article that the paper does not have.

    Where all nouns have a capital this may be a name, and may be none: an editor is to look.
    """
    for found in _COMPARED.finditer(claim.text):
        if not _ENDING.search(found["name"]) and not _is_known(found["name"], claim, spoken):
            yield Fault("name", found["name"], "the paper does not have this name", sure=False)


_COMPARED = re.compile(
    rf"(?:\b(?:von|bei|gegenüber|laut)|\b[a-zäöü]+er als) (?P<name>{_CAPITAL})(?! und\b)(?=[\s,.;:)]|\Z)"
)
_ENDING = re.compile(r"(?:e|en|er|n|s|ung|heit|keit|schaft|tion|tät|ik|um|nis|ling|sch|cht|aft|zeit|kraft|bar|el)\Z")
"""How nouns end that need no article: plurals, and what cannot be counted."""
