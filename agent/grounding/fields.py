"""The fields of a summary, each checked in its own way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from agent.grounding.claim import Abstract, Claim
from agent.grounding.fault import BLOCKING, Fault, Violation
from agent.grounding.leftovers import leftovers
from agent.grounding.names import known, spelt, stands
from agent.grounding.tokens import Token, tokens
from agent.grounding.verdict import examine, fault_of, violation
from agent.grounding.words import FUNCTION, stem
from agent.schema import Artifact, Result, Statement, SummaryFields
from agent.text import fold

SINGLE = ("tldr", "name")
STATEMENTS = ("tldr", "problem", "approach", "findings", "limitations")
NAMES = ("name", "benchmarks", "datasets", "models", "keywords")
LONGEST_NAME = 12
"""Words."""
MOST = {
    "results": 20,
    "artifacts": 20,
    "keywords": 12,
    "tasks": 8,
    **dict.fromkeys(("benchmarks", "datasets", "models"), 30),
}
"""How many items of a field an abstract has room for; the next ones are dropped."""

Judged = tuple[str, Any, list[Violation]]
"""A field, one of its items, and what is wrong with the item."""


def judge(draft: SummaryFields, paper: Abstract) -> Iterator[Judged]:
    """Yields each item of each field with its violations, in the order of the fields."""
    for field in SummaryFields.model_fields:
        check = _CHECKS.get(field)
        value = getattr(draft, field)
        if check is None or value is None:
            continue
        for number, item in enumerate((value,) if field in SINGLE else value, 1):
            place = field if field in SINGLE else f"{field}.{number}"
            if number > MOST.get(field, number):
                found = [_wrong("length", place, str(item)[:80], f"more than {MOST[field]}", "no abstract has so many")]
            else:
                found = check(item, paper, place)
            yield field, item, found


def _statement(item: Statement, paper: Abstract, place: str) -> list[Violation]:
    return examine(item.text, [(paper, item.evidence)], place)


def _result(item: Result, paper: Abstract, place: str) -> list[Violation]:
    """A result is copied: each of its parts stands in a sentence it cites."""
    found = fault_of([(paper, item.evidence)])
    support = paper.carrying(item.evidence)
    text = " · ".join(part for part in (item.value, item.metric, item.on, item.versus) if part)
    for name in ("value", "metric", "on", "versus"):
        part = getattr(item, name)
        if part and not found and not any(_copied(part, s) or (name != "value" and part in s) for s in support):
            found.append(Fault("number" if name == "value" else "name", part, "the cited sentences do not say it so"))
    return [violation(fault, text, [(paper, item.evidence)], place) for fault in found]


def _copied(part: str, sentence: str) -> bool:
    """Whether a part stands in a sentence, its numbers as numbers: folded, 12.5 has both 1.25 and 2.5 in it."""
    if part in sentence and not (part[0].isdigit() and re.search(rf"[\d.,]{re.escape(part)}", sentence)):
        return True
    numbers = {token.key for token in tokens(part) if token.kind == "number"}
    return bool(fold(part)) and fold(part) in fold(sentence) and numbers <= {token.key for token in tokens(sentence)}


def _name(item: str, paper: Abstract, place: str) -> list[Violation]:
    """A name is copied from what the paper says to a reader."""
    claim = Claim(item, paper.heard, (paper,))
    faults = list(leftovers(claim))
    if not fold(item) or fold(item) not in paper.folded:
        faults.append(Fault("name", item, "the paper does not have this name"))
    elif len(item.split()) > LONGEST_NAME:
        faults.append(Fault("length", item, "a name is a few words"))
    return [_wrong(fault.kind, place, item, fault.found, fault.reason) for fault in faults]


def _task(item: str, paper: Abstract, place: str) -> list[Violation]:
    """A task is a standard term: the paper has one of its words at least, the others are its own or those of tasks."""
    said = [token for token in tokens(item) if token.means or token.kind == "link"]
    strange = [t.text for t in said if t.kind == "link" or not (t.key in _OF_TASKS or _known(t, paper))]
    if strange or len(said) > LONGEST_NAME or not (any(paper.has(t.key) for t in said) or paper.has(_initials(said))):
        return [_wrong("name", place, item, " ".join(strange) or item, "the paper does not speak of this task")]
    return [_wrong(f.kind, place, item, f.found, f.reason) for f in leftovers(Claim(item, paper.heard, (paper,)))]


def _initials(said: Sequence[Token]) -> str:
    """The acronym of a task."""
    return "".join(token.low[0] for token in said)


_OF_TASKS = frozenset(
    map(
        stem,
        "image video text speech audio language vision visual multimodal document code music sound scene object point "
        "cloud graph time series table tabular data knowledge natural medical clinical human machine robot face action "
        "event question answering classification segmentation detection recognition generation retrieval translation "
        "captioning summarization reasoning understanding grounding tracking estimation reconstruction synthesis "
        "prediction forecasting regression clustering ranking recommendation localization completion editing search "
        "matching alignment extraction parsing planning control navigation manipulation modeling learning training "
        "evaluation benchmarking analysis compression denoising restoration enhancement inpainting registration "
        "simulation optimization verification diagnosis screening annotation entity relation sentiment semantic "
        "instance depth pose motion style transfer domain adaptation few shot zero open set dialogue conversation "
        "instruction following representation anomaly fact checking report information open vocabulary keypoint super "
        "resolution textual similarity embedding sentence word lexical encoding imputation discovery inference "
        "decision making game playing program".split(),
    )
)
"""Words of which the standard names of tasks are made, in fields of all kinds; with them alone nothing is promoted."""


def _artifact(item: Artifact, paper: Abstract, place: str) -> list[Violation]:
    if any(stands(item.url, sentence) for sentence in paper.heard):
        return []
    return [_wrong("link", place, item.url, item.url, "the abstract does not have this link")]


def carried(term: str, papers: Sequence[Abstract]) -> bool:
    """Returns whether a label or keyword of some papers is made of words that they have, and of nothing else."""
    said = tokens(term)
    claim = Claim(term, tuple(text for paper in papers for text in paper.heard), tuple(papers))
    # A letter of a script without spaces is a mark by itself.
    if any(leftovers(claim)) or not any(t.means or (t.kind == "mark" and t.text.isalpha()) for t in said):
        return False
    return all(token.low in FUNCTION or token.key in _PLAIN or _has(token, papers) for token in said)


def _has(token: Token, papers: Sequence[Abstract]) -> bool:
    if token.kind == "mark":
        return token.text in _JOINTS or (token.text.isalpha() and any(token.text in paper.folded for paper in papers))
    # Most words stand in some paper as they are: that is told before any paper is read word by word.
    is_spelt = token.kind != "number" and any(spelt(token, paper) for paper in papers)
    return token.kind != "link" and (is_spelt or any(_known(token, paper) for paper in papers))


def _known(token: Token, paper: Abstract) -> bool:
    """Whether a paper has a word, name or number; a number as a whole, since 12.5 has 2 and 5 in it."""
    return paper.has(token.key) if token.kind == "number" else known(token, paper)


_JOINTS = frozenset("-–—,&/:()'’+.·")
"""Signs that a term may have; those of markup are not among them."""
_PLAIN = frozenset(
    map(stem, "method approach technique application system model tool study research analysis evaluation task".split())
)
"""Words that name no field and praise nothing, so that a label may have them though no paper does."""


def _wrong(kind: Any, place: str, text: str, found: str, reason: str) -> Violation:
    return Violation(kind=kind, blocks=kind in BLOCKING, field=place, text=text, found=found, reason=reason)


_CHECKS: dict[str, Callable[[Any, Abstract, str], list[Violation]]] = {
    **dict.fromkeys(STATEMENTS, _statement),
    **dict.fromkeys(NAMES, _name),
    "results": _result,
    "tasks": _task,
    "artifacts": _artifact,
}


def violations(judged: Sequence[Judged]) -> list[Violation]:
    """Returns all violations in one list."""
    return [one for _, _, found in judged for one in found]
