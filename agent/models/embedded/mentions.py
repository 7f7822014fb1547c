"""Where a sentence mentions benchmarks, datasets and models, told by spelling and by the words around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from agent.models.embedded.concepts import GENERIC
from agent.models.embedded.shape import NAME, coined, expansion

Kind = Literal["benchmark", "dataset", "model"]
BENCHMARK = re.compile(r"(?:[Bb]ench(?:mark)?(?:\+\+|[- ]?\d[\w.]*)?|[a-z]QA|-VQA|Eval|Arena|[Cc]hallenge)$")
"""How names of benchmarks end."""


def mentioned(text: str) -> Iterator[tuple[str, Kind]]:
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
                    yield run.name, "benchmark" if kind == "model" and BENCHMARK.search(run.name) else kind


_RUN = re.compile(rf"(?<![\w^/.-])({NAME}(?: (?:{NAME}|\d+(?:\.\d+)?(?:[xB]\d*\w*)?))*)")
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
    r"|tokens|stage|format|objective)s?\b"
)
_FROM_MODEL = re.compile(
    r"(?:\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|rival\w*|such as|like|including|e\.g\.,?"
    r"|i\.e\.,?|than|[Cc]ompar\w+ (?:to|with)|versus|vs\.?|against|prompt\w*"
    r"|over|by|in|[Ll]everag\w+|[Uu]sing|[Uu]nlike|use|utiliz\w+|employ\w*|adopt\w*|models?|encoders?|backbones?"
    r"|advanced"
    r"|called|named|evaluat\w+|from|of|both|even|only|and|with|on|parameter|vanilla|baseline|powered "
    r"by"
    r"|LLMs?|MLLMs?|VLMs?|LVLMs?|LMMs?|the|advances like),?|[(,:–/])\s(?:the |an? |and |or |SOTA |models? "
    r"|\w+ model |\d+B |\d\.\d+B )?$"
)
_MODEL_AFTER = re.compile(
    r"^\)?(?:'s|-based|-style| (?:[\w-]+ )?(?:models?|encoders?|backbones?|LLMs?|architectures?"
    r"|famil(?:y|ies)|series|variants?)\b)"
)
_ON = re.compile(
    r"\b(?:[Oo]n|[Aa]cross)(?: (?!of\b|and\b)[\w'-]+){0,5}?[ (]$|\b(?:benchmarks?|datasets?|tasks)(?:,? "
    r"(?:including|such as|like|namely|e\.g\.,?|i\.e\.,?)|:| -| –| ?\() ?(?:the )?$"
)


@dataclass(frozen=True)
class _Run:
    """A run of words that are spelt as names."""

    name: str
    begin: int
    end: int
    is_coined: bool


def _runs(text: str) -> Iterator[_Run]:
    for match in _RUN.finditer(text):
        begin = match.start()
        if begin <= 1 and match[1].isalpha() and match[1][1:].islower():
            continue
        while lead := _NO_LEAD.match(text, begin, match.end()):
            begin = lead.end()
        name = _trimmed(text[begin : match.end()])
        is_coined = any(map(coined, name.split()))
        # A capital at the start of a sentence says nothing.
        behind = text[begin + len(name) :][:40]
        if (
            name
            and _CAPITAL.search(name)
            and (is_coined or (begin > 1 and (_weakly(name) or _spelt_out(name, behind))))
        ):
            yield _Run(name, begin, begin + len(name), is_coined)


_NO_LEAD = re.compile(
    r"(?:(?:The|With|For|In|On|Our|We|By|From|To|Using|Unlike|While|When|As|A|An|Both|Like|Given|Via"
    r"|Based|Existing|Current|Recent|However|Inspired"
    r"|Large|Moreover|Notably|Specifically|Also|And|Despite|Since|Although|Through|Each|All|Many|Most"
    r"|Some|These|This|It|Its|Compared|Experiments?|SOTA|State-of-the-art|M?LLMs?|L?VLMs?|LMMs?|English|Chinese"
    r"|Multimodal"
    r"|Vanilla|Standard|Towards?|[A-Z][a-z]+ing|Both|Extensive|Our|Finally|Furthermore|Additionally)\b"
    r"|\d+(?:\.\d+)?[BMK]\b|\d+)\s+"
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
    " mixture experts code project page python first second third zero few shot stage task open-source research"
    " university".split()
)


def _weakly(name: str) -> bool:
    """Whether a capitalised run may still be a name: none of its words is a common noun or a place."""
    words = name.lower().split()
    if len(name) <= 3 or any(_COMMON.issuperset(word.split("-")) for word in words):
        return False
    return len(words) > 2 or not (_ACTIVITY.search(name) or name.endswith("ly"))


def _spelt_out(name: str, behind: str) -> bool:
    """Whether a name of several common words is called a benchmark or dataset."""
    return name.count(" ") > 1 and behind.startswith((" benchmark", " dataset", " corpus", " challenge"))


_ACTIVITY = re.compile(r"(?:[a-z]ing|[a-z]tion|sis|[a-z]ity|ism|ment)$")
"""How the names of tasks end."""


_JOINED = re.compile(r"(?: \([^()]*\))?(?:, and |, or |, | and | or |/| & |; )(?:even |the |much larger )*")


def _kind(text: str, runs: list[_Run]) -> Kind | None:
    """Returns what a list of names lists: by the noun behind it, the words before it, and the spelling."""
    before, after = text[max(0, runs[0].begin - 70) : runs[0].begin], text[runs[-1].end : runs[-1].end + 60]
    is_coined = any(run.is_coined for run in runs)
    near = before[-40:]
    if _METHOD_BEFORE.search(near):
        return None
    if (to := _TO_BENCH.match(after)) and (is_coined or not to[0].rstrip("s").endswith("task")):
        return "benchmark"
    if _TO_DATA.match(after):
        return "dataset"
    if apposed := _APPOSED.match(after):
        return _APPOSED_KINDS.get(apposed[1].lower(), "model")
    if called := _KIND_BEFORE.search(near):
        return "dataset" if called[1] != "benchmark" else "benchmark"
    if any(BENCHMARK.search(run.name) for run in runs):
        return "benchmark"
    if any(_SIZED.search(run.name) for run in runs) or _OF_SIZE.match(after):
        return "model"
    if _MODEL_AFTER.match(after) or _COMPARED.search(near):
        return "model"
    if not is_coined:
        return "benchmark" if _LISTED.search(near) else None
    if _ON.search(before) or _FOR_TASK.search(near):
        return "benchmark"
    if _FROM_MODEL.search(near) or runs[0].begin == 0 or any(_versioned(run.name) for run in runs):
        return "model"
    return None


_METHOD_BEFORE = re.compile(
    r"\b(?:(?:method|approach|framework|strategy|scheme|algorithm|technique|module|metric|loss|mechanism|optimizer)s?,?"
    r" (?:called |named |namely |termed |dubbed )?|metrics?,? (?:such as|like|including) )$"
)
_KIND_BEFORE = re.compile(r"\b(dataset|corpus|database|benchmark)s?,? (?:called |named |namely |termed |dubbed )?$")
_APPOSED = re.compile(
    r"(?: \([^()]*\))?, (?:an?|the) (?:(?!for\b|to\b|of\b|that\b|which\b|with\b|by\b)[\w/-]+,? ){0,7}?(benchmark"
    r"|dataset|corpus"
    r"|models?|M?LLM|VLM|LMM)\b"
)
_APPOSED_KINDS: dict[str, Kind] = {"benchmark": "benchmark", "dataset": "dataset", "corpus": "dataset"}
_FOR_TASK = re.compile(
    r"\b(?:classification|retrieval|answering|recognition|captioning|detection|segmentation|understanding|reasoning"
    r"|grounding)"
    r" \((?:e\.g\.,? )?$"
)
_OF_SIZE = re.compile(r" (?:with|\() ?(?:only |over |about )?\d+(?:\.\d+)?[BM]\b")
_LISTED = re.compile(r"\b(?:benchmarks|datasets)(?: \(|,? (?:including|such as|like|namely) |: )$")
_COMPARED = re.compile(
    r"\b(?:outperform\w*|surpass\w*|rival\w*|models?,? (?:such as|like|including)|models? \((?:e\.g\.,"
    r"|such as)?|(?:LLMs?|MLLMs?|LVLMs?|LMMs?|VLMs?)(?: \(e\.g\.,|,? (?:such as|like)))"
    r" (?:the |even |both |larger )*$"
)


_SIZED = re.compile(r"\d[BM](?:$|[- ])|\dx\d+B")


def _versioned(name: str) -> bool:
    return any(map(str.isdigit, name)) and coined(name)


def _trimmed(name: str) -> str:
    """Returns a name without what makes an adjective of it, and without a score behind it."""
    name = name.rstrip(".,;:'’-")
    return name if name.isalnum() else _SUFFIX.sub("", name)


_SUFFIX = re.compile(
    r"(?:'s|’s|-based|-style|-like|-only|-aware|-generated|-driven|-assisted|-level|-pretrained|-trained|-base"
    r"|-inspired|-powered|-scale|-related|-series|-shot|-empowered|-involved|-enhanced|-augmented|-centric|-guided"
    r"|-specific|-oriented"
    r"| 0\.\d+| \d+\.\d\d+)$"
)


def _single(name: str, before: str, after: str) -> bool:
    """Whether the name is that of one thing, not of many (`FOOs`), of a kind of thing, a part or a long form."""
    if _NO_NAME.search(name) or _OWN_PART.match(after):
        return False
    if any(_generic(word) for word in name.split()) or _NO_LEAD.fullmatch(f"{name} "):
        return False
    short = _SHORT_BEHIND.match(after) or (before.endswith(" (") and _SHORT_BEFORE.search(before))
    return not (short and expansion(name, short[1].rstrip("s")))


def _generic(word: str) -> bool:
    """Whether a word, or each of its parts, is an abbreviation that names nothing."""
    return word.lower().rstrip("s") in GENERIC or all(part.lower() in GENERIC for part in word.split("-"))


_NO_NAME = re.compile(
    r"[A-Z]s\b|Nets$|^\d+-?[A-Za-z]?$|^[\d.]+ ?[GMKT]B$|[AHV]100|RTX|^(?:Top|Rank|Recall|R|D|Acc)[-@]?\d+$"
    r"|^\d+(?:\.\d+)?[KMBkx]$"
)
"""Plurals, sizes, hardware and ranks."""
_SHORT_BEHIND = re.compile(r" \(([A-Z][\w-]+)\)")
_SHORT_BEFORE = re.compile(r"([A-Z][\w-]+) \($")
