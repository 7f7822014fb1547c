"""What papers of a section have in common, told by their names: the subjects of which several titles or gists speak."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from agent.grounding import abstract, check_cited
from agent.grounding.tokens import tokens
from agent.models.embedded.newsletter.kinds import HEADS
from agent.models.embedded.newsletter.material import has
from agent.models.embedded.newsletter.phrasing import capital, listed
from agent.models.embedded.shape import expansion
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
_BEGINNING = 5
"""Letters in which words are alike: what is medical belongs to medicine."""
_GENERAL = frozenset(
    "understanding learning representation modeling training generation reasoning evaluation comprehension perception "
    "analysis ai multimodal multi-modal visual vision language deep large task llm mllm lmm vlm lvlm model".split()
)
"""Words that make no subject of a section by themselves, nor with the words of its label."""


_SAID = (("deal with", "with"), ("are about", "about"))
"""How a section says it, in turns."""


class Speaker(NamedTuple):
    """A paper that is about a subject."""

    name: str | None
    """None where it has none that is short."""
    paper: Paper
    sentences: tuple[int, ...]
    """Numbers of its sentences that have the words; the first is cited."""
    is_titled: bool
    """Whether its title has them."""


class Subject(NamedTuple):
    """What at least two papers are about."""

    phrase: Phrase
    speakers: Sequence[Speaker]
    """Those that are told."""
    others: int
    """How many more there are."""


class Section(NamedTuple):
    """Papers and what tells them from those of other sections."""

    label: str
    items: Sequence[SummarizedPaper]
    telling: Telling
    verbs: tuple[str, str]
    """What is said of the papers of the first subject, and of those of another."""


def shared(sections: Sequence[tuple[str, Sequence[SummarizedPaper]]]) -> list[tuple[CitedSentence, ...]]:
    """Returns for each section, a label and its papers, a sentence on what some of them deal with, or nothing."""
    gists = [[_gist(item) for item in items] for _, items in sections]
    told: list[tuple[CitedSentence, ...]] = []
    for (label, items), telling in zip(sections, tell(gists), strict=True):
        section = Section(label, items, telling, _SAID[sum(map(bool, told)) % len(_SAID)])
        told.append(_told(list(_subjects(section)), section))
    return told


def _gist(item: SummarizedPaper) -> SummarizedPaper:
    """The paper with no sentences but those of its TL;DR: what it is about, not all that it mentions."""
    sentences = item.paper.sentences
    gist = tuple(sentences[number - 1] for number in item.summary.tldr.evidence if 0 < number <= len(sentences))
    return item.model_copy(update={"paper": item.paper.model_copy(update={"sentences": gist})})


def _subjects(section: Section) -> Iterator[Subject]:
    """Yields the subjects, the most telling first; no paper has two, and none is that of more than half of them."""
    terms = section.telling.terms
    silent = {key(word)[:_BEGINNING] for word in words(section.label)} | _GENERAL
    found = [phrase for phrase, value in terms.items() if value >= _LEAST and _tells(phrase, silent)]
    told: set[str] = set()
    for phrase in sorted(found, key=lambda phrase: (-terms[phrase], phrase)):
        forms = [phrase, *(one for one in found if len(one) > len(phrase) and set(phrase) <= set(one))]
        subjects = [subject for form in forms if (subject := _subject(form, section, told))]
        # Where as many speak of token pruning as of pruning, it is that.
        best = max(subjects, key=lambda one: (len(one.speakers) + one.others, len(one.phrase)), default=None)
        if best:
            told |= {one.paper.id for one in best.speakers}
            yield best


def _tells(phrase: Phrase, silent: AbstractSet[str]) -> bool:
    """Whether a phrase can be a subject: beside general words it has two others, or one that tells a theme."""
    left = [word for word in phrase if silent.isdisjoint((word, word[:_BEGINNING]))]
    return phrase[-1] not in _THINGS and (len(left) > 1 or any((word,) in _themes() for word in left))


_THINGS = frozenset(head.lower() for head in HEADS)


@lru_cache(maxsize=1)
def _themes() -> frozenset[Phrase]:
    return frozenset(
        tuple(map(key, words(keyword))) for theme in built_in() for keyword, weight in theme.keywords if weight >= 1.0
    )


def _subject(phrase: Phrase, section: Section, told: Collection[str]) -> Subject | None:
    """Returns the papers that are about a phrase, those first whose title has it; None where it tells too few or most.

    Two titles must have it: what no title speaks of is seldom what papers are about.
    """
    speakers = [one for item in section.items for one in _speaking(item, phrase)]
    named = [one for one in speakers if one.name and one.paper.id not in told]
    named.sort(key=lambda one: not one.is_titled)
    if 2 * len(speakers) > max(len(section.items), 3):
        return None
    sound: list[Speaker] = []
    for one in named:
        forms = (one._replace(sentences=(number,)) for number in one.sentences)
        sound += islice((form for form in forms if _is_carried([Subject(phrase, [*sound, form], 0)], section)), 1)
        if len(sound) == _NAMED:
            break
    enough = sum(one.is_titled for one in sound) > 1
    # In the order of the section, as their numbers behind the sentence are.
    sound = [one for item in section.items for one in sound if one.paper.id == item.paper.id]
    return Subject(phrase, sound, len(speakers) - len(sound)) if enough else None


def _speaking(item: SummarizedPaper, phrase: Phrase) -> Iterator[Speaker]:
    """Yields the paper where it is about the phrase, and a sentence has its words.

    It is where its title speaks of it, or its gist or the problem it starts from, and another sentence: one may do so
    in passing. What its own name stands for counts only
    where other sentences speak of the like.
    """
    summary, paper = item.summary, item.paper
    own = _own_words(item)
    having = _having(phrase, [_without(own, text) for text in paper.sentences])
    stated = {number for part in (summary.tldr, *summary.problem) for number in part.evidence}
    titled = phrase in _printed(_without(own[-1:], clean(paper.title)))
    if titled and not having and len(_having(phrase[-1:], paper.sentences)) > 1:
        having = _having(phrase, paper.sentences)
    if having and (titled or (len(having) > 1 and not stated.isdisjoint(having))):
        name = summary.name if summary.name and len(summary.name) <= _LONGEST_NAME else None
        yield Speaker(name, paper, having, titled)


def _having(phrase: Phrase, sentences: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the sentences that have the words of a phrase."""
    wanted = [token for token in tokens(" ".join(phrase)) if token.means]
    return tuple(number for number, text in enumerate(sentences, 1) if has((text,), wanted))


def _own_words(item: SummarizedPaper) -> tuple[str, ...]:
    """The paper's name and what it is short for."""
    name = item.summary.name
    if not name:
        return ()
    ends = [(text, text.find(f"({name})")) for text in item.paper.sentences]
    forms = (expansion(text[:end], name) for text, end in ends if end > 0)
    return (*filter(None, forms), name)


def _without(own: Sequence[str], text: str) -> str:
    for form in own:
        text = re.sub(re.escape(form), " . ", text, flags=re.IGNORECASE)
    return text


@lru_cache(maxsize=4096)
def _printed(text: str) -> Mapping[Phrase, str]:
    """The phrases of a text as they are printed."""
    return {phrase: " ".join(printed) for phrase, printed in phrases(runs(text))}


def _told(subjects: Sequence[Subject], section: Section) -> tuple[CitedSentence, ...]:
    """The sentence on the first subjects, on fewer where one on more is not carried."""
    told = (subjects[:count] for count in range(min(_SUBJECTS, len(subjects)), 0, -1))
    return next(((_said(some, section),) for some in told if _is_carried(some, section)), ())


def _is_carried(subjects: Sequence[Subject], section: Section) -> bool:
    papers = (one.paper for subject in subjects for one in subject.speakers)
    sources = {one.id: abstract(clean(one.title), one.sentences) for one in papers}
    return not check_cited(_said(subjects, section), sources)


def _said(subjects: Sequence[Subject], section: Section) -> CitedSentence:
    """Returns `A, B and C deal with pruning; D and E, among others, with distillation` with what carries it."""
    parts = [
        f"{listed([str(one.name) for one in subject.speakers])}{', among others,' if subject.others else ''} "
        f"{section.verbs[bool(place)]} {_called(subject, section)}"
        for place, subject in enumerate(subjects)
    ]
    cites = (
        Citation(paper_id=one.paper.id, evidence=one.sentences[:1]) for subject in subjects for one in subject.speakers
    )
    return CitedSentence(text=f"{capital('; '.join(parts))}.", cites=tuple(cites))


def _called(subject: Subject, section: Section) -> str:
    """The subject as its papers print it: in the plural where it has one, and without the capitals of a title."""
    texts = [text for one in subject.speakers for text in (*one.paper.sentences, clean(one.paper.title))]
    forms = Counter(form for text in texts if (form := _printed(text).get(subject.phrase)))
    plural = Counter({form: times for form, times in forms.items() if form.lower() != " ".join(subject.phrase)})
    usual = plural if 4 * plural.total() >= forms.total() else forms
    best = max(usual, key=lambda form: (usual[form], form), default=" ".join(subject.phrase))
    plain = {word for item in section.items for text in item.paper.sentences for word in re.findall(r"[\w-]+", text)}
    best = " ".join(word.lower() if word.lower() in plain else word for word in best.split())
    return best if usual is plural or _UNCOUNTED.search(best) else _several(best)


_UNCOUNTED = re.compile(r"(?:ing|[aeiou][ts]ion|ment|[ae]nce|ity|ness|ism|graphy|[A-Z][A-Za-z]*|s)$")
"""How nouns end that have no plural here, or are in it."""


def _several(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:x|z|ch|sh)$", noun) else f"{noun}s"
