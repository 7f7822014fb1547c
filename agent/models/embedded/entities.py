"""Names of benchmarks, datasets and models that an abstract mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agent.models.embedded.abstract import Abstract
from agent.models.embedded.concepts import abbreviations, computing
from agent.models.embedded.mentions import BENCHMARK, Kind, mentioned
from agent.schema import Contribution


@dataclass(frozen=True)
class Entities:
    """What is mentioned, each kind in the order of the abstract."""

    benchmarks: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


def entities(abstract: Abstract, contribution: Contribution) -> Entities:
    """Returns the names that are spelt as names and stand where benchmarks, datasets or models stand."""
    if not computing(abstract):
        # A gene, a star or a trial number is spelt like a model; only computing has benchmarks, datasets and models.
        return Entities()
    explained = abbreviations(abstract)
    concepts = {form for each in explained if each.is_concept for form in _forms(each.short)}
    spelt_out = " ".join(each.long_form for each in explained)
    kinds: dict[str, Kind] = {}
    if abstract.name and (own := _own(abstract, contribution)):
        kinds[abstract.name] = own
    for sentence in abstract.sentences:
        for name, kind in mentioned(_LINK.sub("", sentence.text) if "://" in sentence.text else sentence.text):
            if name != abstract.name and name not in spelt_out and concepts.isdisjoint((name, *name.split())):
                kinds.setdefault(name, kind)
    for each in explained:
        if each.short in kinds and _WHOLE.search(each.long_form):
            kinds.setdefault(each.long_form, kinds[each.short])
    return Entities(*(tuple(name for name, of in kinds.items() if of == kind) for kind in _KINDS))


def _forms(short: str) -> tuple[str, str, str]:
    """Returns an abbreviation in singular and plural."""
    single = short.rstrip("s")
    return short, single, f"{single}s"


_KINDS: tuple[Kind, ...] = ("benchmark", "dataset", "model")
_WHOLE = re.compile(r"^[A-Z].* (?:Benchmark|Dataset|Corpus|Model|Network|Transformer|Suite)$")
"""A long form that is itself the name of a thing."""
_OWN: dict[Contribution, Kind] = {"benchmark": "benchmark", "dataset": "dataset", "model": "model"}
_MODEL_SHAPE = re.compile(r"(?:LMM|L?LM|VLM|Net|[Ff]ormer|VLA|\dB|[Mm]odel)(?:$|-)")
_SIZE_BEHIND = re.compile(r"-[\w.-]*\d[BM]\b")
_LINK = re.compile(r"https?://\S+")


def _own(abstract: Abstract, contribution: Contribution) -> Kind | None:
    """Returns which kind the paper's own thing is; a method is a model where the text calls it one."""
    name = abstract.name or ""
    texts = [sentence.text for sentence in abstract.sentences if name in _LINK.sub("", sentence.text)]
    if not texts:
        return None
    if BENCHMARK.search(name):
        return "benchmark"
    if contribution in _OWN:
        return _OWN[contribution]
    called = next(filter(None, (_called(text, name) for text in texts)), None)
    if called in _KINDS_CALLED:
        return _KINDS_CALLED[called]
    shaped = called != "framework" and _MODEL_SHAPE.search(name)
    sized = any(_SIZE_BEHIND.match(text.partition(name)[2]) for text in texts)
    ours = called is None and any("our model" in sentence.text.lower() for sentence in abstract.sentences)
    return "model" if shaped or sized or ours else None


_Called = Literal["benchmark", "dataset", "model", "method", "framework"]
_NAMED: dict[_Called, str] = {
    "model": "model models network transformer architecture llm mllm vlm",
    "benchmark": "benchmark testbed",
    "dataset": "dataset corpus",
    "framework": "framework module toolkit system",
    "method": "strategy solution paradigm method approach algorithm technique pipeline scheme mechanism",
}
_HEADS: dict[str, _Called] = {word: called for called, words in _NAMED.items() for word in words.split()}
_KINDS_CALLED: dict[str | None, Kind] = {"benchmark": "benchmark", "dataset": "dataset", "model": "model"}
_HEAD = "|".join(_HEADS)
_BEHIND = re.compile(
    rf"(?: \([^()]*\)|\))?(?:,? (?:is |as )?(?:an? |the |one )(?:(?!for |to |of |that |which |with "
    rf"|by )[\w/-]+,? ){{0,8}}?| )"
    rf"({_HEAD})\b| (?:is|was) (?:\w+ )?((?:pre-?)?trained)",
    re.I,
)
_BEFORE = re.compile(
    rf"\b({_HEAD})(?:,? (?:called |named |termed |dubbed )?|,? (?:called|named|termed|dubbed) [^.;]{{0,70}}\(| \()$",
    re.I,
)


def _called(text: str, name: str) -> _Called | None:
    """Returns what a sentence calls the paper's own thing."""
    before, _, after = text.partition(name)
    found = _BEFORE.search(before[-110:]) or _BEHIND.match(after)
    if found is None:
        return None
    return _HEADS.get(found[1].lower(), "method") if found[1] else "model"
