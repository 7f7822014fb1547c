"""Terms that tell a paper from others."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from agent.models.embedded.abstract import Abstract

_MOST = 8


def keywords(abstract: Abstract) -> tuple[str, ...]:
    """Returns up to eight terms: runs of content words, weighed by how often and how early they occur.

    A light form of S. Rose et al., "Automatic keyword extraction from individual documents", in: Text Mining, 2010.
    """
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for weight, text in ((2, abstract.title), *((1, sentence.text) for sentence in abstract.sentences)):
        for term in _terms(text):
            low = term.lower()
            counts[low] += weight
            spelt.setdefault(low, term)
    ranked = sorted(counts, key=lambda term: -counts[term] * (1 + 0.5 * min(2, term.count(" "))))
    chosen: list[str] = []
    for term in ranked:
        if len(chosen) == _MOST:
            break
        if (counts[term] > 1 or len(chosen) < 4) and not any(term in c or c in term for c in chosen):
            chosen.append(term)
    return tuple(spelt[term] for term in chosen)


_RUN = re.compile(r"(?<!\w\()[A-Za-z\u00c0-\u024f][\w'’^*+-]*(?: [A-Za-z\u00c0-\u024f][\w'’^*+-]*)*")
_LINK = re.compile(r"https?://\S+")
_STOP = frozenset(
    "a about above across after again against all almost along already also although among an and "
    "any are as at be because"
    " been before being below between both but by can cannot could did do does doing done down due "
    "during each either etc"
    " even ever every few first for four from further get given had has have having he her here how "
    "however i if in into is"
    " it its itself just less like made make makes making many may might more moreover most much "
    "must near nearly need needs"
    " neither new no nor not novel now of off often on once one only onto or other our out over own "
    "per propose proposed"
    " proposes present presents introduce introduces provide provides rather recent recently same "
    "second several she should"
    " show shows since so some still such than that the their them then there therefore these they "
    "third this those though"
    " three through thus to together too toward towards two under until up upon use used uses using "
    "various very via was we"
    " well were what when where whether which while who whose why will with within without would yet "
    "you your work paper"
    " study results result experiments extensive method methods approach approaches achieve achieves "
    "existing performance"
    " demonstrate demonstrates state-of-the-art based model models data task tasks framework significant significantly"
    " outperforms effective different available code problem problems including challenges challenge help helps enable"
    " enables enabling improve improves improving leverage leverages leveraging specifically furthermore additionally"
    " despite remains remain limited e.g i.e capabilities ability better high large important key address issue issues"
    " design designed develop developed evaluate evaluation find findings research researchers publicly http"
    " https".split()
)


def _terms(text: str) -> list[str]:
    """Returns the runs of one to three content words."""
    found = []
    for run in _RUN.findall(_LINK.sub(" . ", text) if "://" in text else text):
        part: list[str] = []
        for word in [*run.split(), "the"]:
            if _stops(word):
                if part and len(part) <= 3 and len("".join(part)) > 2:
                    found.append(" ".join(part))
                part = []
            else:
                part.append(word)
    return found


@lru_cache(maxsize=20_000)
def _stops(word: str) -> bool:
    """Whether a word ends a term; abstracts share most of their words."""
    return word.lower() in _STOP or word.lower().endswith("ly")
