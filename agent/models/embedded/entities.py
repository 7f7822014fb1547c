"""Names of benchmarks, datasets and models that an abstract mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from agent.models.embedded.abstract import Abstract
from agent.models.embedded.concepts import GENERIC, concepts_of
from agent.models.embedded.shape import NAME, coined, expansion
from agent.schema import Contribution

Kind = Literal["benchmark", "dataset", "model"]


@dataclass(frozen=True)
class Entities:
    """What is mentioned, each kind in the order of the abstract."""

    benchmarks: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


def entities(abstract: Abstract, contribution: Contribution) -> Entities:
    """Returns the names that are spelt as names and stand where benchmarks, datasets or models stand."""
    if all(_COMPUTING.isdisjoint(sentence.words) for sentence in abstract.sentences):
        # A gene, a star or a trial number is spelt like a model; only computing has benchmarks, datasets and models.
        return Entities()
    concepts = concepts_of(abstract)
    kinds: dict[str, Kind] = {}
    if abstract.name and (own := _own(abstract, contribution)):
        kinds[abstract.name] = own
    for sentence in abstract.sentences:
        for name, kind in _mentioned(_LINK.sub("", sentence.text)):
            if name != abstract.name and concepts.isdisjoint((name, *name.split())):
                kinds.setdefault(name, kind)
    return Entities(*(tuple(name for name, of in kinds.items() if of == kind) for kind in _KINDS))


_COMPUTING = frozenset(
    "learning network networks neural benchmark benchmarks dataset datasets llm llms training "
    "trained pretrained pre-trained"
    " transformer transformers language mllm mllms baselines vision-language multimodal classifier "
    "classifiers corpus".split()
)
_KINDS: tuple[Kind, ...] = ("benchmark", "dataset", "model")
_OWN: dict[Contribution, Kind] = {"benchmark": "benchmark", "dataset": "dataset", "model": "model"}
_MODEL_SHAPE = re.compile(r"(?:LMM|L?LM|VLM|Net|[Ff]ormer|VLA|\dB|[Mm]odel)(?:$|-)")
_LINK = re.compile(r"https?://\S+")


def _own(abstract: Abstract, contribution: Contribution) -> Kind | None:
    """Returns which kind the paper's own thing is; a method is a model where the text calls it one."""
    name = abstract.name or ""
    if _BENCH_SHAPE.search(name):
        return "benchmark"
    if contribution in _OWN:
        return _OWN[contribution]
    named = _MODEL_SHAPE.search(name) or any(_called_model(sentence.text, name) for sentence in abstract.sentences)
    return "model" if named and contribution in ("method", "system") else None


_MODEL_BEFORE = re.compile(r"\b[Oo]ur (?:\w+ )?model,? $")
_MODEL_BEHIND = re.compile(
    r"(?: \([^()]*\))?,? (?:is )?an? (?:[\w-]+ ){0,6}?(?:model|network|transformer)\b| (?:is|was) "
    r"(?:\w+ )?(?:pre-?)?trained| models?\b"
)


def _called_model(text: str, name: str) -> bool:
    """Whether a sentence calls the paper's own thing a model."""
    before, found, after = text.partition(name)
    return "our model" in text.lower() or bool(found and (_MODEL_BEFORE.search(before) or _MODEL_BEHIND.match(after)))


_RUN = re.compile(rf"(?<![\w^/-])({NAME}(?: (?:{NAME}|\d+(?:\.\d+)?(?:[xB]\d*\w*)?))*)")
_BENCH_SHAPE = re.compile(r"(?:[Bb]ench(?:mark)?(?:\+\+|[- ]?\d[\w.]*)?|[a-z]QA|-VQA|Eval|Arena|[Cc]hallenge)$")
_TO_DATA = re.compile(
    r"^\)?,?(?: (?!and\b|or\b|is\b|with\b|of\b|for\b|in\b|by\b|to\b)[\w-]+){0,3}? (?:datasets?|corpus"
    r"|corpora|database|data\b)"
)
_TO_BENCH = re.compile(
    r"^\)?,?(?: (?!and\b|or\b|is\b|with\b|of\b|for\b|in\b|by\b|to\b)[\w-]+){0,3}? (?:benchmarks?"
    r"|challenge|leaderboard|test suite|test set|suite|tasks?\b)"
)
_OWN_PART = re.compile(
    r"^\)?(?: \([^()]*\))? (?:\w+ )?(?:module|strategy|adapter|loss|mechanism|algorithm|technique"
    r"|framework|optimization|method|attention"
    r"|paradigm|pipeline|scheme|approach|layer|block|metric|score|tuning|training|learning|token"
    r"|tokens|stage|format|objective|task)s?\b"
)
_FROM_MODEL = re.compile(
    r"(?:\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|rival\w*|such as|like|including|e\.g\.,?"
    r"|i\.e\.,?|than|compar\w+ (?:to|with)|versus|vs\.?|against|prompt\w*"
    r"|over|by|leverag\w+|using|use|utiliz\w+|employ\w*|adopt\w*|models?|encoders?|backbones?|advanced"
    r"|called|named|evaluat\w+|from|of|both|even|only|and|with|on|parameter|vanilla|baseline|powered "
    r"by"
    r"|LLMs?|MLLMs?|VLMs?|LVLMs?|LMMs?|the|advances like),?|[(,:–/])\s(?:the |an? |and |or |models? |\w+ model )?$"
)
_MODEL_AFTER = re.compile(
    r"^\)?(?:'s|-based|-style| (?:[\w-]+ )?(?:models?|encoders?|backbones?|LLMs?|architectures?"
    r"|famil(?:y|ies)|series|variants?)\b)"
)
_ON = re.compile(
    r"\b(?:on|across|in)(?: (?!of\b|and\b)[\w'-]+){0,5}?[ (]$|\b(?:benchmarks?|datasets?|tasks)(?:,? "
    r"(?:including|such as|like|namely|e\.g\.,?|i\.e\.,?)|:| -| –|\() ?(?:the )?$"
)


def _mentioned(text: str) -> Iterator[tuple[str, Kind]]:
    """Yields the names of a sentence; what stands in one list is of one kind."""
    lists: list[list[_Run]] = []
    for run in _runs(text):
        if lists and _JOINED.fullmatch(text[lists[-1][-1].end : run.begin]):
            lists[-1].append(run)
        else:
            lists.append([run])
    for runs in lists:
        kind = _kind(text, runs)
        if kind is not None:
            for run in runs:
                if _single(run.name, text[: run.begin], text[run.end :]):
                    yield run.name, "benchmark" if kind == "model" and _BENCH_SHAPE.search(run.name) else kind


@dataclass(frozen=True)
class _Run:
    """A run of words that are spelt as names."""

    name: str
    begin: int
    end: int
    is_coined: bool


def _runs(text: str) -> Iterator[_Run]:
    for match in _RUN.finditer(text):
        lead = _NO_LEAD.match(match[1])
        begin = match.start() + (lead.end() if lead else 0)
        name = _trimmed(text[begin : match.end()])
        is_coined = any(map(coined, name.split()))
        # A capital at the start of a sentence says nothing.
        if name and _CAPITAL.search(name) and (is_coined or (begin > 1 and _weakly(name))):
            yield _Run(name, begin, begin + len(name), is_coined)


_NO_LEAD = re.compile(
    r"(?:(?:The|With|For|In|On|Our|We|By|From|To|Using|Unlike|While|When|As|A|An|Both|Like|Given|Via"
    r"|Based|Existing|Current|Recent|However|Inspired"
    r"|Large|Moreover|Notably|Specifically|Also|And|Despite|Since|Although|Through|Each|All|Many|Most"
    r"|Some|These|This|It|Its|Compared|Experiments?)\b"
    r"|\d+(?:\.\d+)?[BMK]\b|\d+)\s*"
)
_CAPITAL = re.compile(r"[A-ZΑ-Ω]")
_COMMON = frozenset(
    "model models learning language large visual vision multimodal multi-modal network networks "
    "neural deep image images"
    " video text audio data dataset benchmark training reasoning understanding generation attention "
    "intelligence artificial"
    " machine natural processing question answering english chinese german french spanish japanese "
    "arabic european american"
    " internet web github january february march april june july august september october november december bayesian"
    " gaussian markov fourier monte carlo united states china europe figure table section appendix "
    "transformer transformers"
    " mixture experts code project page python first second third stage task open-source research university".split()
)


def _weakly(name: str) -> bool:
    """Whether a capitalised run may still be a name: none of its words is a common noun or a place."""
    return all(word.lower() not in _COMMON for word in name.split()) and len(name) > 3


_JOINED = re.compile(r"(?: \([^()]*\))?(?:, and |, or |, | and | or |/| & |; )(?:even |the |much larger )*")


def _kind(text: str, runs: list[_Run]) -> Kind | None:
    """Returns what a list of names lists: by the noun behind it, the words before it, and the spelling."""
    before, after = text[max(0, runs[0].begin - 70) : runs[0].begin], text[runs[-1].end : runs[-1].end + 60]
    if _TO_BENCH.match(after):
        return "benchmark"
    if _TO_DATA.match(after):
        return "dataset"
    if any(_BENCH_SHAPE.search(run.name) for run in runs):
        return "benchmark"
    if any(_SIZED.search(run.name) for run in runs):
        return "model"
    if _MODEL_AFTER.match(after) or _COMPARED.search(before):
        return "model"
    if not any(run.is_coined for run in runs):
        return None
    if _ON.search(before):
        return "benchmark"
    if _FROM_MODEL.search(before) or runs[0].begin == 0 or any(_versioned(run.name) for run in runs):
        return "model"
    return None


_COMPARED = re.compile(
    r"\b(?:outperform\w*|surpass\w*|rival\w*|models?,? (?:such as|like|including)|models? \((?:e\.g\.,"
    r"|such as)?|(?:LLMs?|MLLMs?|LVLMs?|LMMs?|VLMs?)(?: \(e\.g\.,|,? (?:such as|like)))"
    r" (?:the |even |both |larger )*$"
)


_SIZED = re.compile(r"\d[BM](?:$|[- ])|\dx\d+B")


def _versioned(name: str) -> bool:
    return bool(re.search(r"\d", name)) and coined(name)


def _trimmed(name: str) -> str:
    return re.sub(
        r"(?:'s|’s|-based|-style|-like|-only|-aware|-generated|-driven|-assisted|-level)$", "", name.rstrip(".,;:'’-")
    )


def _single(name: str, before: str, after: str) -> bool:
    """Whether the name is that of one thing, not of many (`FOOs`), of a kind of thing, a part or a long form."""
    if re.search(r"[A-Z]s\b|Nets$|^\d+[A-Za-z]?$|^\d+(?:\.\d+)?[KMBkx]$", name) or _OWN_PART.match(after):
        return False
    if any(word.lower().rstrip("s") in GENERIC for word in name.split()):
        return False
    short = re.match(r" \(([A-Z][\w-]+)\)", after) or re.search(r"([A-Z][\w-]+) \($", before)
    return not (short and expansion(name, short[1].rstrip("s")))
