"""What a topic is called: a phrase that its papers share and others lack."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from agent.models.embedded.topics.phrases import Phrase, runs
from agent.models.embedded.topics.telling import Telling, tell
from agent.models.embedded.topics.words import ADJECTIVAL
from agent.schema import SummarizedPaper
from agent.text import clean


@dataclass(frozen=True)
class Naming:
    """What a topic is called and the terms that tell it from the others."""

    label: str
    """Two to five words where the papers have them."""
    keywords: tuple[str, ...]
    """At most six."""


Known = tuple[Sequence[SummarizedPaper], Sequence[str], Sequence[str]]
"""The papers of a topic, the labels that it can have, the best first, and its keywords, where these are known."""


def name_topics(topics: Sequence[Known]) -> list[Naming]:
    """Names each topic, no two alike; the first ones choose first.

    A topic of which no label is known is named after what its papers share and the others lack.
    """
    taken: set[str] = set()
    namings = []
    tellings = tell([topic for topic, _, _ in topics]) if any(not labels for _, labels, _ in topics) else []
    for number, (topic, labels, keywords) in enumerate(topics):
        telling = tellings[number] if tellings else None
        wanted = chain(labels, _labels(topic, telling) if telling else _from_titles(topic), _numbered())
        label = next(label for label in wanted if label.casefold() not in taken)
        taken.add(label.casefold())
        namings.append(Naming(label, tuple(keywords) or (_keywords(telling) if telling else ())))
    return namings


def _labels(topic: Sequence[SummarizedPaper], telling: Telling) -> Iterator[str]:
    """Yields what the topic could be called, the best first."""
    phrases = _ranked_phrases(telling)
    pair = _pair(telling)
    if pair and (not phrases or _tells_more(pair, phrases[0], telling)):
        yield _capital(" and ".join(telling.printed[noun] for noun in pair))
    yield from (_capital(telling.printed[phrase]) for phrase in phrases)
    yield from _from_titles(topic)


def _numbered() -> Iterator[str]:
    number = 0
    while number := number + 1:
        yield f"Topic {number}"


_BY_LENGTH = (0.0, 0.0, 1.0, 1.15, 1.1)


def _ranked_phrases(telling: Telling) -> list[Phrase]:
    """Returns the phrases of two to four words, the most telling first."""
    within = _within_longer(telling)
    scores = {
        phrase: _BY_LENGTH[len(phrase)] * (value + _by_word(phrase, telling))
        for phrase, value in telling.terms.items()
        if len(phrase) > 1 and within.get(phrase, 0.0) < 0.7 * telling.shares[phrase]
    }
    return sorted(scores, key=lambda phrase: (-scores[phrase], phrase))


def _within_longer(telling: Telling) -> dict[Phrase, float]:
    """Returns for each phrase the share of the commonest one that is a word longer and holds it."""
    within: dict[Phrase, float] = {}
    for longer in telling.terms:
        for phrase in (longer[1:], longer[:-1]):
            within[phrase] = max(within.get(phrase, 0.0), telling.shares[longer])
    return within


def _by_word(phrase: Phrase, telling: Telling) -> float:
    """Returns what the words of a phrase tell each on its own: the mean of the best and of all."""
    values = [telling.words.get(word, 0.0) for word in phrase if word != "of"]
    return (max(values) + math.fsum(values) / len(values)) / 2


def _pair(telling: Telling) -> tuple[Phrase, Phrase] | None:
    """Returns the two most telling nouns; acronyms, compounds and what few papers speak of do not pair well."""
    nouns = [
        term
        for term in telling.terms
        if len(term) == 1
        and telling.printed[term].isalpha()
        and telling.printed[term].islower()
        and telling.shares[term] > max(2.0, 0.2 * telling.size)
    ]
    nouns.sort(key=lambda term: (-telling.terms[term], term))
    return (nouns[0], nouns[1]) if len(nouns) > 1 else None


def _tells_more(pair: tuple[Phrase, Phrase], phrase: Phrase, telling: Telling) -> bool:
    """Whether even the lesser noun of the pair tells clearly more than the phrase, which has neither."""
    lesser = min(telling.terms[noun] for noun in pair)
    return lesser > 1.6 * telling.terms[phrase] and not any(noun[0] in phrase for noun in pair)


def _from_titles(topic: Sequence[SummarizedPaper]) -> Iterator[str]:
    """Yields words that stand together in a title, the most typical paper's first."""
    for item in topic:
        title = clean(item.paper.title) or clean(" ".join(item.paper.sentences[:1]))
        spans = sorted((run for run, _ in runs(title.rpartition(": ")[2])), key=len, reverse=True)
        yield from (_capital(" ".join(words[-5:])) for words in spans if len(words) > 1)
        if title:
            yield _capital(" ".join(title.split()[:5]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _keywords(telling: Telling) -> tuple[str, ...]:
    """Returns up to six telling terms that share no word."""
    chosen: list[Phrase] = []
    shared = [
        term
        for term in telling.terms
        if telling.shares[term] > 0.12 * telling.size and not (len(term) == 1 and term[0].endswith(ADJECTIVAL))
    ]
    for term in sorted(shared, key=lambda term: (-telling.terms[term] * (1 + 0.5 * (len(term) > 1)), term)):
        if len(chosen) < 6 and len(term) < 4 and not any(set(term) & set(other) for other in chosen):
            chosen.append(term)
    return tuple(telling.printed[term] for term in chosen)
