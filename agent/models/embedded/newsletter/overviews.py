"""What papers of a section have in common, told by their names: the subjects of which several titles or gists speak."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from agent.grounding import abstract, check_cited
from agent.grounding.tokens import tokens
from agent.models.embedded.newsletter.kinds import HEADS
from agent.models.embedded.newsletter.material import has
from agent.models.embedded.newsletter.phrasing import capital, listed
from agent.models.embedded.topics.phrases import Phrase, key, phrases, runs
from agent.models.embedded.topics.telling import Telling, tell
from agent.models.embedded.topics.themes import built_in
from agent.schema import Citation, CitedSentence, Paper, SummarizedPaper
from agent.text import clean, words

_LEAST = 0.12
"""How much a subject must tell of its section; what the whole issue speaks of tells less."""
_NAMED, _SUBJECTS = 4, 3
"""Papers of a subject that are named, and subjects."""
_LONGEST_NAME = 24
"""Characters."""
_GENERAL = frozenset(
    "understanding learning representation modeling training generation reasoning evaluation comprehension perception "
    "analysis ai multimodal multi-modal visual vision language deep large task llm mllm lmm vlm lvlm model".split()
)
"""Words that make no subject of a section by themselves, nor with the words of its label."""


class Speaker(NamedTuple):
    """A named paper that speaks of a subject."""

    name: str
    paper: Paper
    sentence: int
    """Number of the first of its sentences that has the words."""


class Subject(NamedTuple):
    """What at least two papers speak of."""

    phrase: Phrase
    speakers: Sequence[Speaker]


def shared(sections: Sequence[tuple[str, Sequence[SummarizedPaper]]]) -> list[tuple[CitedSentence, ...]]:
    """Returns for each section, a label and its papers, a sentence on what some of them deal with, or nothing."""
    gists = [[_gist(item) for item in items] for _, items in sections]
    return [
        _told(list(_subjects(label, items, telling)))
        for (label, items), telling in zip(sections, tell(gists), strict=True)
    ]


def _gist(item: SummarizedPaper) -> SummarizedPaper:
    """The paper with no sentences but those of its TL;DR: what it is about, not all that it mentions."""
    sentences = item.paper.sentences
    gist = tuple(sentences[number - 1] for number in item.summary.tldr.evidence if 0 < number <= len(sentences))
    return item.model_copy(update={"paper": item.paper.model_copy(update={"sentences": gist})})


def _subjects(label: str, items: Sequence[SummarizedPaper], telling: Telling) -> Iterator[Subject]:
    """Yields the subjects, the most telling first; no paper has two."""
    silent = {key(word) for word in words(label)} | _GENERAL
    found = [phrase for phrase, value in telling.terms.items() if value >= _LEAST and _tells(phrase, silent)]
    left = [item for item in items if item.summary.name and len(item.summary.name) <= _LONGEST_NAME]
    for phrase in sorted(found, key=lambda phrase: (-telling.terms[phrase], phrase)):
        forms = [phrase, *(one for one in found if len(one) > len(phrase) and set(phrase) <= set(one))]
        subjects = [_subject(form, left) for form in forms]
        # Where as many speak of token pruning as of pruning, it is that.
        best = max(subjects, key=lambda subject: (len(subject.speakers), len(subject.phrase)))
        if len(best.speakers) > 1:
            told = {one.paper.id for one in best.speakers}
            left = [item for item in left if item.paper.id not in told]
            yield best


def _subject(phrase: Phrase, items: Sequence[SummarizedPaper]) -> Subject:
    return Subject(phrase, _sound(phrase, (one for item in items for one in _speaking(item, phrase))))


def _tells(phrase: Phrase, silent: Collection[str]) -> bool:
    """Whether a phrase can be a subject; a word alone only where themes of research are told by it."""
    return phrase[-1] not in _THINGS and not set(phrase).issubset(silent) and (len(phrase) > 1 or phrase in _themes())


_THINGS = frozenset(head.lower() for head in HEADS)


@lru_cache(maxsize=1)
def _themes() -> frozenset[Phrase]:
    return frozenset(
        tuple(map(key, words(keyword))) for theme in built_in() for keyword, weight in theme.keywords if weight >= 1.0
    )


def _speaking(item: SummarizedPaper, phrase: Phrase) -> Iterator[Speaker]:
    """Yields the paper where it is about the phrase, and a sentence has its words.

    It is where its title speaks of it, or its TL;DR and another sentence: one may do so in passing.
    """
    name = str(item.summary.name)
    speaking = [number for number, text in enumerate(item.paper.sentences, 1) if phrase in _printed(text, name)]
    gist = len(speaking) > 1 and not set(speaking).isdisjoint(item.summary.tldr.evidence)
    if gist or phrase in _printed(clean(item.paper.title), name):
        wanted = [token for token in tokens(" ".join(phrase)) if token.means]
        having = [number for number, text in enumerate(item.paper.sentences, 1) if has((text,), wanted)]
        yield from (Speaker(name, item.paper, number) for number in having[:1])


@lru_cache(maxsize=4096)
def _printed(text: str, name: str) -> Mapping[Phrase, str]:
    """The phrases of a text, but for what belongs to the paper's name, as they are printed."""
    return {phrase: " ".join(printed) for phrase, printed in phrases(runs(text.replace(name, " . ")))}


def _sound(phrase: Phrase, speaking: Iterator[Speaker]) -> list[Speaker]:
    """The first papers of which it can be told together that they speak of the phrase."""
    sound: list[Speaker] = []
    for one in speaking:
        if len(sound) < _NAMED and (not sound or _is_carried([Subject(phrase, [*sound, one])])):
            sound.append(one)
    return sound


def _told(subjects: Sequence[Subject]) -> tuple[CitedSentence, ...]:
    """The sentence on the first subjects, on fewer where one on more is not carried."""
    told = (subjects[:count] for count in range(min(_SUBJECTS, len(subjects)), 0, -1))
    return next(((_said(some),) for some in told if _is_carried(some)), ())


def _is_carried(subjects: Sequence[Subject]) -> bool:
    papers = (one.paper for subject in subjects for one in subject.speakers)
    return not check_cited(_said(subjects), {one.id: abstract(clean(one.title), one.sentences) for one in papers})


def _said(subjects: Sequence[Subject]) -> CitedSentence:
    """Returns `A, B and C deal with pruning; D and E with distillation` with what carries it."""
    parts = [
        f"{listed([one.name for one in subject.speakers])} {'with' if place else 'deal with'} {_called(subject)}"
        for place, subject in enumerate(subjects)
    ]
    cites = (
        Citation(paper_id=one.paper.id, evidence=(one.sentence,)) for subject in subjects for one in subject.speakers
    )
    return CitedSentence(text=f"{capital('; '.join(parts))}.", cites=tuple(cites))


def _called(subject: Subject) -> str:
    """The subject as its papers print it: in the plural where it has one, and without the capitals of a title."""
    texts = [(text, one.name) for one in subject.speakers for text in (*one.paper.sentences, clean(one.paper.title))]
    forms = Counter(form for text, name in texts if (form := _printed(text, name).get(subject.phrase)))
    plural = Counter({form: times for form, times in forms.items() if form.lower() != " ".join(subject.phrase)})
    usual = plural if 4 * plural.total() >= forms.total() else forms
    best = max(usual, key=lambda form: (usual[form], form), default=" ".join(subject.phrase))
    plain = {word for text, _ in texts for word in text.split()}
    best = " ".join(word.lower() if word.lower() in plain else word for word in best.split())
    return best if usual is plural or _UNCOUNTED.search(best) else _several(best)


_UNCOUNTED = re.compile(r"(?:ing|[aeiou][ts]ion|ment|[ae]nce|ity|ness|ism|graphy|[A-Z][A-Za-z]*|s)$")
"""How nouns end that have no plural here, or are in it."""


def _several(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:x|z|ch|sh)$", noun) else f"{noun}s"
