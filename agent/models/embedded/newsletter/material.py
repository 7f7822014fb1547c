"""What there is to tell of an issue's papers: clauses that stand alone, checked against the sentences they cite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agent.grounding import Abstract, abstract, check_cited
from agent.grounding.tokens import Token, keys, tokens
from agent.models.embedded.newsletter.claims import Claim, claims
from agent.models.embedded.newsletter.kinds import HEADS
from agent.models.embedded.newsletter.phrasing import lowered, modest, uncapped, unpraised
from agent.models.embedded.topics.clauses import UNNAMED, deed
from agent.models.embedded.topics.overviews import praises
from agent.schema import Citation, CitedSentence, DraftSentence, NumberedCitation, SummarizedPaper
from agent.text import clean

LONGEST_DEED = 24
"""Words."""


@dataclass(frozen=True)
class Told:
    """Words about one paper, and where they stand in it."""

    number: int
    text: str
    evidence: tuple[int, ...]
    name: str | None

    @property
    def cite(self) -> NumberedCitation:
        """What carries the words."""
        return NumberedCitation(paper=self.number, evidence=self.evidence)

    @property
    def is_named(self) -> bool:
        """Whether they speak of the paper by its name."""
        return bool(self.name) and self.text.startswith(str(self.name))

    @property
    def what(self) -> str:
        """`a method that …` of `X is a method that …`; empty where the words are of another form."""
        rest = self.text.removeprefix(f"{self.name} is ") if self.is_named else self.text
        return rest if rest != self.text and rest.startswith(("a ", "an ", "the ")) else ""


Result = tuple[Told, Claim]
"""What is said of it by name, and what it is."""


@dataclass(frozen=True)
class Theme:
    """A topic and its papers, in the order in which they should be told of."""

    label: str
    papers: tuple[tuple[int, SummarizedPaper], ...]

    @cached_property
    def deeds(self) -> list[Told]:
        """What the papers do, in their order, but for those that praise themselves."""
        return [told for number, item in self.papers if (told := _deed(number, item)) and _reads(told.text)]

    @property
    def results(self) -> Iterator[Result]:
        """What named work measured."""
        for number, item in self.papers:
            for claim in claims(item):
                if claim.who:
                    yield Told(number, claim.told, (claim.evidence,), claim.name), claim


@dataclass(frozen=True)
class Issue:
    """What an issue opens with, and what it can be checked against."""

    themes: tuple[Theme, ...]
    leading: tuple[int, ...]
    """Numbers of the papers that the editor picked."""
    sources: Mapping[str, Abstract]
    """What the papers say, by their numbers as text."""

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> Issue:
        """Returns the issue that the inputs of the prompt tell of."""
        themes = tuple(
            Theme(topic["label"], tuple((paper["number"], paper["item"]) for paper in topic["papers"]))
            for topic in inputs["topics"]
        )
        sources = {
            str(number): abstract(clean(item.paper.title), item.paper.sentences)
            for theme in themes
            for number, item in theme.papers
        }
        return cls(themes, tuple(inputs["leading"]), sources)

    @cached_property
    def papers(self) -> dict[int, SummarizedPaper]:
        """By number."""
        return {number: item for theme in self.themes for number, item in theme.papers}

    @cached_property
    def theme_of(self) -> dict[int, Theme]:
        """The topic of each paper, by number."""
        return {number: theme for theme in self.themes for number, _ in theme.papers}

    @cached_property
    def deed_of(self) -> dict[int, Told]:
        """What the papers do, by number, where that can be told."""
        return {told.number: told for theme in self.themes for told in theme.deeds}

    def speaks_of(self, number: int, label: str) -> bool:
        """Returns whether a paper's own sentences have all the words of a label, or others of their stems."""
        words = [token for token in tokens(lowered(label)) if token.means]
        item = self.papers[number]
        return bool(words) and has((item.paper.title, *item.paper.sentences), words)

    def adds(self, number: int, text: str) -> bool:
        """Returns whether a text says more of a paper than that there is what its title names."""
        return _adds(text, self.papers[number])

    def carries(self, sentence: DraftSentence) -> bool:
        """Returns whether a sentence can be shown: the sentences it cites say all of it, without a doubt."""
        cites = tuple(Citation(paper_id=str(one.paper), evidence=one.evidence) for one in sentence.cites)
        return bool(cites) and not check_cited(CitedSentence(text=sentence.text, cites=cites), self.sources)

    def first(self, sentences: Iterable[DraftSentence]) -> DraftSentence | None:
        """Returns the first sentence that can be shown."""
        return next((one for one in sentences if self.carries(one)), None)


def has(sentences: Sequence[str], words: Sequence[Token]) -> bool:
    """Returns whether sentences have all the words together, or others of their stems: `medical` speaks of medicine."""
    keys = {token.key[:_BEGINNING] for sentence in sentences for token in tokens(sentence)}
    return all(word.key[:_BEGINNING] in keys for word in words)


_BEGINNING = 5
"""Letters."""


def _reads(text: str) -> bool:
    """Whether an editor would print the words: they do not praise, and one thing is not called several."""
    return not (praises(text) or _MISCOUNTED.search(text))


_MISCOUNTED = re.compile(rf"\bis an? (?:[\w-]+ ){{0,4}}?(?:{'|'.join(HEADS.values())})\b")


def _deed(number: int, item: SummarizedPaper) -> Told | None:
    """What a paper does, in the words that say it best: more than its title, without praise, and of what is named."""
    summary = item.summary
    sentences = item.paper.sentences
    spelt = re.findall(r"[\w-]+", " ".join(sentences))
    plain = {form for word in spelt for form in (word, word.removesuffix("s"))}
    told: Sequence[Told] = [
        Told(number, uncapped(modest(form, sentences), plain, summary.name or ""), statement.evidence, summary.name)
        for statement in (summary.tldr, *summary.approach)
        for said in (_abridged(statement.text, summary.name), statement.text)
        if (text := deed(said, summary.name, LONGEST_DEED))
        for form in _forms(_by_name(text, summary.name))
    ]

    def faults(one: Told) -> int:
        return 4 * (not _adds(one.text, item)) + 2 * praises(one.text) + one.text.startswith(UNNAMED)

    return min(told, key=faults, default=None)


def _forms(text: str) -> Iterator[str]:
    """Yields a clause without adjectives of praise, and up to where it praises all the same."""
    told = unpraised(text)
    yield told
    cuts = [cut.start() for cut in _JOINT.finditer(told) if praises(told[cut.start() :])]
    yield from (told[:cut] for cut in cuts[-1:] if len(told[:cut].split()) >= _LEAST)


_JOINT = re.compile(r",? (?:that|which|to|while|with|by|and|achieving|enabling|allowing|designed) ")
_LEAST = 7
"""Words of a clause that was cut."""


def _adds(text: str, item: SummarizedPaper) -> bool:
    return len(_parted(text) - _parted(item.paper.title) - _EMPTY) > 1


def _parted(text: str) -> frozenset[str]:
    """The words of a text by what they mean, compounds parted."""
    return keys(_COMPOUND.sub(" ", text))


_COMPOUND = re.compile(r"(?<=\w)-(?=\w)")
_EMPTY = keys(
    "propose introduce present develop describe provide offer design build one paper new novel simple yet effective"
    " comprehensive systematic systematically first large scale general unified method approach framework model"
    " strategy technique mechanism work study benchmark dataset evaluate evaluation capabilities abilities large"
    " language models MLLMs LMMs VLMs LVLMs tailored designed is the of for and to in on with a"
)
"""Words that say nothing beside a title."""


def _by_name(text: str, name: str | None) -> str:
    """Returns `X is proposed to …` out of `One paper proposes X to …`."""
    told = _MADE.match(text)
    if not told or not name or not told["rest"].removeprefix(name).startswith((" to ", " for ")):
        return text
    return f"{name} is {told['verb']}ed{told['rest'].removeprefix(name)}"


_MADE = re.compile(rf"{UNNAMED} (?P<verb>propos|introduc|present|develop|design)e?s (?P<rest>.+)")


def _abridged(text: str, name: str | None) -> str:
    """The sentence with a name alone where it stands in brackets behind what it is short for."""
    if not name or f"({name})" not in text:
        return text
    return re.sub(
        rf"{_PROPOSING}(?:[^\s,;:()]+ ){{1,12}}\({re.escape(name)}\)", rf"\g<1>{_escaped(name)}", text, count=1
    )


def _escaped(name: str) -> str:
    """The name as a replacement, in which a backslash would mean something."""
    return name.replace("\\", r"\\")


_PROPOSING = r"^((?:We|This (?:paper|work|study)) (?:\w+ly )?(?:proposes?|introduces?|presents?|develops?|designs?) )"
