"""What speaks for a paper: what an editor would print beside a pick, each found by code and none of it popularity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent.editorial.marks import Mark
from agent.editorial.novelty import Corpus
from agent.editorial.releases import announced, released
from agent.grounding import abstract, examine
from agent.models.embedded.newsletter.claims import Claim
from agent.models.embedded.outcomes import is_background
from agent.schema import ArtifactKind, Reason, SummarizedPaper
from agent.text import clean


class Weighed(NamedTuple):
    """A reason and how much it speaks for a paper."""

    reason: Reason
    weight: float


def reasons(
    item: SummarizedPaper, corpus: Corpus, reached: Sequence[Claim], marks: Sequence[Mark] = ()
) -> list[Weighed]:
    """Returns what speaks for a paper, the strongest first; one of a kind, but for interests.

    `reached` are the results that it states. That no other paper is on its subject comes last, however rare that is: it
    says nothing of what the paper does.
    """
    result = list(_result(reached))
    found = [
        *_interests(marks),
        *result,
        *_code(item),
        *_breadth(item, "".join(one.reason.text for one in result)),
        *_novelty(item, corpus),
        *_kind(item),
    ]
    return sorted(found, key=lambda weighed: (weighed.reason.kind == "novelty", -weighed.weight))


_OF_INTEREST, _MOST_OF_INTEREST = 2.0, 3.0
"""What interest counts at all, and what more where much of the paper is about it."""
_MOST_MARKS = 2


def _interests(marks: Sequence[Mark]) -> Iterator[Weighed]:
    for mark in marks[:_MOST_MARKS]:
        text = f"{mark.text[:1].upper()}{mark.text[1:]}"
        yield Weighed(Reason(kind="interest", text=text), _OF_INTEREST + min(mark.weight / 3, _MOST_OF_INTEREST))


def _result(reached: Sequence[Claim]) -> Iterator[Weighed]:
    """Yields the result that says most: on what it was measured, and by how much it is better than something."""
    found = [(one, 0.8 + 1.8 * one.outcome.is_measured_on_something + one.outcome.is_gain) for one in reached]
    if found:
        claim, weight = max(found, key=lambda one: one[1])
        yield Weighed(Reason(kind="result", text=claim.alone, evidence=(claim.evidence,)), weight)


def _code(item: SummarizedPaper) -> Iterator[Weighed]:
    """Yields what is out, else that code is promised, which says little."""
    there = [word for kind, word in _THINGS if kind in released(item.summary, item.paper)]
    if there:
        weight = (1.5 if "code" in there else 1.0) + 0.25 * (len(there) - 1)
        verb = "is" if there == ["code"] else "are"
        yield Weighed(_linked(item, f"{_listed(there)} {verb} out"), weight)
    elif "code" in announced(item.summary, item.paper):
        yield Weighed(_linked(item, "Code is announced"), ANNOUNCED)


_THINGS: tuple[tuple[ArtifactKind, str], ...] = (("code", "code"), ("data", "data"), ("model", "models"))
ANNOUNCED = 0.2
"""What the promise of code counts, for which alone no paper leads."""


def _linked(item: SummarizedPaper, text: str) -> Reason:
    """A reason that the sentences show in which the addresses stand."""
    urls = [artifact.url for artifact in item.summary.artifacts if artifact.kind in ("code", "data", "model")]
    evidence = [n for n, said in enumerate(item.paper.sentences, 1) if any(url in said for url in urls)]
    return Reason(kind="code", text=f"{text[:1].upper()}{text[1:]}", evidence=tuple(evidence))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


_COUNT = (
    r"(?P<count>\d{1,3}|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty)"
)
_TESTED = re.compile(
    rf"\b(?:on|across|over|in) (?:(?:all|the|a total of|these) )?(?P<bound>(?:more than|over|at least) )?{_COUNT} "
    rf"(?P<kind>(?:(?!of\b|out\b)[\w-]+ ){{0,4}}?)(?P<what>benchmarks|datasets|tasks|languages)\b"
)
_COVERING = re.compile(
    rf"\b(?:compris|cover|span|includ|contain|consist|encompass|featur)\w*(?: of| across)? (?:(?:a total of|all) )?"
    rf"(?P<bound>(?:more than|over|at least) )?{_COUNT} (?P<kind>(?:(?!of\b|out\b)[\w-]+ ){{0,3}}?)"
    rf"(?P<what>tasks|subtasks|languages|domains|subjects|disciplines|datasets|categories|scenarios|capabilities)\b"
)
_ENOUGH = 5
_LEAST_TESTS = re.compile(
    r"evaluat|experiment|test|outperform|achiev|improv|result|assess|show|surpass|benchmark|gain", re.I
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
        "twenty".split(), 5
    )
}  # fmt: skip


def _breadth(item: SummarizedPaper, said: str) -> Iterator[Weighed]:
    """Yields on how much it was tested, or how much it covers, where its abstract counts that and nothing said it."""
    found = [
        (count, Reason(kind="breadth", text=text, evidence=(number,)))
        for number, sentence in enumerate(item.paper.sentences, 1)
        for count, text in _counted(sentence, "Evaluates on" if item.summary.contribution in _JUDGING else "Tested on")
        if count >= _ENOUGH and not re.search(rf"\b{count}\b", said) and _carries(item, number, text)
    ]
    if found:
        count, reason = max(found, key=lambda one: one[0])
        yield Weighed(reason, 1.2 + min(count, 30) / 30)


_JUDGING = frozenset({"benchmark", "analysis", "survey"})
"""Works of these kinds test those of others."""


def _counted(sentence: str, tested: str) -> Iterator[tuple[int, str]]:
    """Yields on how much something was tested, and how much it covers."""
    for verb, pattern in ((tested, _TESTED), ("Covers", _COVERING)):
        told = pattern.search(sentence)
        if told and (pattern is not _TESTED or _LEAST_TESTS.search(sentence)):
            count = _NUMBERS.get(told["count"]) or int(told["count"])
            kind = "".join(f"{word} " for word in told["kind"].split() if not _PRAISE.fullmatch(word))
            yield count, f"{verb} {told['bound'] or ''}{told['count']} {kind}{told['what']}"


_PRAISE = re.compile(
    r"challenging|diverse|different|various|distinct|representative|carefully|comprehensive|popular|standard|typical"
    r"|critical|important|novel|new|well-known|widely|used|commonly|mainstream|meticulously|designed|high-quality|rich",
    re.IGNORECASE,
)
"""Words that praise what is counted, or say nothing of it; what kind it is, the others say."""


def _carries(item: SummarizedPaper, number: int, text: str) -> bool:
    """Whether a sentence of the paper's own work carries a text."""
    source = abstract(clean(item.paper.title), item.paper.sentences)
    return (
        not is_background(item, number)
        and source.is_heard(number)
        and not any(one.blocks for one in examine(text, [(source, (number,))]))
    )


def _novelty(item: SummarizedPaper, corpus: Corpus) -> Iterator[Weighed]:
    alone = corpus.alone(item)
    if alone:
        yield Weighed(Reason(kind="novelty", text=f"The only paper {corpus.span} on {alone}"), corpus.weight)


_KINDS = {
    "benchmark": ("Introduces a benchmark", 1.1),
    "dataset": ("Introduces a dataset", 1.1),
    "survey": ("A survey of its field", 1.3),
}


def _kind(item: SummarizedPaper) -> Iterator[Weighed]:
    """Yields what the paper is, where many can build on it."""
    if item.summary.contribution in _KINDS:
        text, weight = _KINDS[item.summary.contribution]
        yield Weighed(Reason(kind="kind", text=text, evidence=item.summary.tldr.evidence), weight)
