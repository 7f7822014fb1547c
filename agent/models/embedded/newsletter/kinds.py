"""What kind of thing a named work is, in the words of a sentence that names it: `a video understanding benchmark`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agent.models.embedded.topics.clauses import NAME, marked
from agent.schema import SummarizedPaper

HEADS = {
    "benchmark": "benchmarks", "dataset": "datasets", "corpus": "corpora", "survey": "surveys", "model": "models",
    "framework": "frameworks", "method": "methods", "approach": "approaches", "architecture": "architectures",
    "system": "systems", "toolkit": "toolkits", "library": "libraries", "assistant": "assistants", "agent": "agents",
    "strategy": "strategies", "mechanism": "mechanisms", "module": "modules", "paradigm": "paradigms",
    "algorithm": "algorithms", "technique": "techniques", "pipeline": "pipelines", "metric": "metrics",
    "objective": "objectives", "adapter": "adapters", "encoder": "encoders", "network": "networks", "MLLM": "MLLMs",
    "LMM": "LMMs", "VLM": "VLMs", "LVLM": "LVLMs", "LLM": "LLMs",
}  # fmt: skip
"""What a work can be called, and several of them."""


class Kind(NamedTuple):
    """What a work is."""

    name: str
    head: str
    """`benchmark`."""
    words: tuple[str, ...]
    """What stands before the head and says which: `video`, `understanding`."""
    purpose: str
    """` for video`; empty where nothing of the kind stands behind the head."""
    evidence: int
    """Number of the sentence."""

    @property
    def phrase(self) -> str:
        """The words, the head and the purpose, without article."""
        return " ".join((*self.words, self.head)) + self.purpose

    @property
    def tells(self) -> bool:
        """Whether it says more than the head does."""
        return bool(self.words or self.purpose)


def kind(item: SummarizedPaper) -> Kind | None:
    """Returns what the named work is, as the sentence says that tells most of it; None where none says it plainly."""
    name = item.summary.name
    # What others made, and is only looked at, is not what the paper is.
    found = list(_kinds(item, name)) if name and item.summary.contribution not in ("analysis", "survey") else []
    return max(found, key=lambda one: (one.tells, len(one.words) <= _FEW, -one.evidence), default=None)


_FEW = 3
_MOST = 4


def _kinds(item: SummarizedPaper, name: str) -> Iterator[Kind]:
    for number in (*item.summary.tldr.evidence, *(n for one in item.summary.approach for n in one.evidence)):
        if not 0 < number <= len(item.paper.sentences):
            continue
        sentence = marked(item.paper.sentences[number - 1], name)
        for form in _FORMS:
            said = form.search(sentence)
            words = _telling(said["words"].split(), name) if said else None
            if said and words is not None:
                head = said["head"] if said["head"] in HEADS else said["head"].lower()
                purpose = _PURPOSE.match(sentence, said.end("head"))
                yield Kind(name, head, words, purpose[0].replace(NAME, name) if purpose else "", number)


_BREAKS = (
    r"more|most|less|best|any|each|such|other|of|for|to|in|on|with|that|which|by|from|as|is|are|was|be|we|an?|or|using|via"
    r"|into|its|their|our|this|these|between|at|over|through|under|than|can|will|two|three|\d+"
)
"""Words that are no part of the noun before the head."""
_HEAD = (
    rf"(?P<head>(?:{'|'.join(HEADS)})|(?:{'|'.join(map(str.title, HEADS))}))"
    r"(?=[,.;:()]|$|s?,? (?:of|for|to|in|on|with|without|that|which|by|from|as|and|we|called|named|termed|dubbed|namely"
    r"|where|at|over|via|using|through|covering|comprising|consisting|containing|featuring|spanning|\w+(?:ed|ing|ble)"
    rf"|[A-Z\d{NAME}]|\w*[A-Z])|\s[(“\"])"
)
_PHRASE = rf"(?P<words>(?:(?!(?i:{_BREAKS})\b(?!-))[\w+/-]+,? ){{0,6}}?){_HEAD}"
_PURPOSE = re.compile(
    r" for (?!(?:the|this|these|those|each|such|example|instance|all|any|both|our|their|its|more|better|short)\b)"
    r"[\w-]+(?: (?!that\b|which\b|with\b|to\b|by\b|using\b|and\b|in\b|on\b|of\b|from\b)[\w-]+){0,2}"
    r"(?=[,.;]|$| (?:that|which|with|to|by|using)\b)"
)
_LONG = rf"(?:[A-Z][\w-]*[ ,]*)*?(?:\(?{NAME}\)?)"
_FORMS = (
    re.compile(rf"{NAME}(?: \([^()]*\))?(?:, (?:which )?(?:is )?| is )(?:an?|the(?: first| largest)?) {_PHRASE}"),
    re.compile(rf"\b(?:an?|the|our|this) {_PHRASE},? (?:called |named |termed |dubbed |namely |for short )?{_LONG}"),
    re.compile(rf"{NAME}\)? (?P<words>){_HEAD}"),
)
"""How a sentence says what the named work is, the plainest first."""
_EMPTY = re.compile(
    r"first|largest|large-scale|large|novel|new|comprehensive|simple|simpler|general|general-purpose|unified|efficient"
    r"|effective|open-source|open|evaluation|systematic|high-quality|challenging|lightweight|diverse|rigorous|innovative"
    r"|pioneering|powerful|robust|yet|and|carefully|meticulously|curated|designed|tailored|strong|advanced|flexible|two"
    r"|versatile|practical|holistic|extensive|massive|original|one|the|proposed|generic|scalable|new-generation|elegant"
    r"|straightforward|ultimate|state-of-the-art|cutting-edge|dedicated|specialized|alternative|standard|plug-and-play|light-?weighted|first-ever|\w+-efficient|augmented|enhanced|promising",
    re.IGNORECASE,
)
"""Words that praise a work, or say nothing of what it is."""


def _telling(words: list[str], name: str) -> tuple[str, ...] | None:
    """The words that say which; None where they are no part of the same noun, or too many."""
    if any(name in word or (word.endswith(",") and not _EMPTY.fullmatch(word[:-1])) for word in words):
        return None
    kept = [word for word in words if not _EMPTY.fullmatch(word.rstrip(","))]
    low = [word.lower() if word[1:].islower() else word for word in kept]
    return tuple(low) if len(low) <= _MOST and not any(word.endswith("ly") for word in low) else None
