"""Further correct pairs, built by rule from SciTLDR and CSAbstruct where their files are given.

SciTLDR: Cachola et al. 2020, https://aclanthology.org/2020.findings-emnlp.428
CSAbstruct: Cohan et al. 2019, https://aclanthology.org/D19-1383
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from agent.schema import Statement

from .pairs import BUILT, Pair, records, share

MOST = 400
"""Pairs taken of one file, chosen by the hash of their key."""
LEAD_IN = re.compile(
    r"^(?:In this (?:paper|work|study|article|letter), )?(?:(?:Extensive |Our |The )?(?:experimental |empirical )?"
    r"(?:experiments|results|evaluation|analysis) (?:also )?(?:shows?|demonstrates?|reveals?)|"
    r"[Ww]e (?:also |then |further |empirically |experimentally )?(?:show|find|demonstrate|observe|prove)) that (?=\w)"
)
OPENING = re.compile(
    r"^(?:However|Moreover|Furthermore|In addition|Additionally|Finally|Specifically|In particular|Therefore|Thus|"
    r"In this (?:paper|work|study|article)|To this end|Here|Besides|Nevertheless|Consequently|As a result), (?=\w)"
)
PARENTHESIS = re.compile(r" \((?!e\.g|i\.e)[^()]{2,60}\)(?=[ ,.])")
TRAILING = re.compile(r", which [^,;]{10,120}\.$|, (?:thus|thereby|thus) \w+ing [^,;]{10,120}\.$")
RULES = (LEAD_IN, OPENING, PARENTHESIS, TRAILING)
SHORT = set("a i an as at be by do go he if in is it me my no of on or so to up us we vs".split())
BROKEN = re.compile(r" [.,;:)\]]|[(\[] |-LRB-|``|''|[^\x20-\x7e–—’“”éüöï]|[A-Za-z]\d{2,}[a-z]|\w\.\w{3,}|\.\.")
STOP = set(
    """a about above across after against all also among an and any are as at be been between both but by can do does
    each for from has have how if in into is it its more most new not of on only or other our over propose present
    show such than that the their them then these they this those through to under up use used using via we well when
    where whether which while who with within our introduce paper work study method approach novel""".split()
)
LOGIC = set("not no without never cannot fail fails may might could likely suggest suggests all always only".split())


def from_csabstruct(path: Path, most: int = MOST) -> list[Pair]:
    """Builds near-extractive pairs: a sentence without its lead-in, a parenthesis or a trailing clause."""
    pairs = [pair for record in records(path) for pair in near_extractive(record, path.stem)]
    return chosen(pairs, most)


def from_scitldr(path: Path, most: int = MOST) -> list[Pair]:
    """Builds near-extractive pairs and those targets that one sentence carries word by word."""
    found = list(records(path))
    targets = [pair for record in found for pair in carried(record, path.stem)]
    rest = (near_extractive({**record, "sentences": record["source"]}, path.stem) for record in found)
    return [*chosen(targets, most // 2), *chosen((pair for pairs in rest for pair in pairs), most // 2)]


def chosen(pairs: Iterable[Pair], most: int) -> list[Pair]:
    """Keeps some pairs, whatever their order."""
    return sorted(pairs, key=lambda pair: share(pair.key + pair.text))[:most]


def near_extractive(record: dict, stratum: str) -> Iterator[Pair]:
    """Yields at most two shortened sentences of an abstract that has no broken text."""
    sentences = tuple(sentence.strip() for sentence in record["sentences"])
    cuts = [(number, cut) for number, sentence in enumerate(sentences, 1) for cut in shortened(sentence)]
    for number, text in sorted(cuts, key=lambda cut: share(cut[1]))[:2]:
        yield Pair(
            key_of(sentences), stratum, record.get("title", ""), sentences, Statement(text=text, evidence=(number,))
        )


def key_of(sentences: Sequence[str]) -> str:
    """Names an abstract by its text, as not all files have ids."""
    return BUILT + hashlib.sha256(" ".join(sentences).encode()).hexdigest()[:12]


def shortened(sentence: str) -> list[str]:
    """Cuts a readable sentence by each rule that fits."""
    if not readable(sentence):
        return []
    cuts = (rule.sub("." if rule is TRAILING else "", sentence, count=1) for rule in RULES if rule.search(sentence))
    return [cut[0].upper() + cut[1:] for cut in cuts if len(cut.split()) >= 6]


def readable(sentence: str) -> bool:
    """Tells prose from headings, formulas and text that was taken apart by a tokenizer."""
    words = re.findall(r"[A-Za-z]+", sentence)
    torn = any(
        len(word) < 3 and word.islower() and word not in SHORT for word in re.findall(r"(?<!\S)[a-z]+", sentence)
    )
    ends = sentence.endswith(".") and sentence[:1].isupper()
    return ends and 8 <= len(words) <= 40 and not torn and not BROKEN.search(sentence)


def carried(record: dict, stratum: str) -> Iterator[Pair]:
    """Yields the target where its every content word, name and number stands in the best sentence."""
    sentences = tuple(sentence.strip() for sentence in record["source"])
    scores = dict(enumerate(record["rouge_scores"][: len(sentences)]))
    best = max(scores, key=lambda index: scores[index], default=0)
    text = record["target"][0].strip().rstrip(".")
    if covers(text, sentences[best]) and clear(text):
        statement = Statement(text=f"{text}.", evidence=(best + 1,))
        yield Pair(key_of(sentences), stratum, record["title"], sentences, statement)


def clear(text: str) -> bool:
    """Whether a target is one sentence of normal spelling."""
    spelled = text[:1].isupper() and not text.isupper() and not BROKEN.search(text)
    return spelled and len(text.split()) >= 7 and ". " not in text


def covers(text: str, source: str) -> bool:
    """Whether the content words of the text stand in the sentence and its logical words are the same."""
    logic = LOGIC & words_of(text), LOGIC & words_of(source)
    return stems(text) <= stems(source) and logic[0] == logic[1]


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9][a-z0-9.%]*[a-z0-9%]|[a-z0-9]", text.lower()))


def stems(text: str) -> set[str]:
    """Content words cut to six letters, numbers whole."""
    return {word if word[0].isdigit() else re.sub(r"(?:s|ed|ing)$", "", word)[:7] for word in words_of(text) - STOP}
