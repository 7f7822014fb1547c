"""What kind of thing a paper contributes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.models.embedded.abstract import Abstract
from agent.schema import Contribution


def contribution(abstract: Abstract) -> Contribution:
    """Returns the main kind of contribution, by the words with which title and authors announce it."""
    weights: dict[Contribution, float] = dict.fromkeys(_HEADS, 0.0)
    weights["method"] += 0.5
    for kind, pattern, weight in _TITLE:
        weights[kind] += weight * bool(pattern.search(abstract.title))
    kinds = list(_announced(abstract))
    for place, kind in enumerate([kind for kind in kinds if kind]):
        weights[kind] += 2.5 if place == 0 else 1.2 if place == 1 else 0.6
    # A thing with a name but no noun is most often a method.
    weights["method"] += 1.0 * (None in kinds)
    if not any(sentence.cues["proposing"] for sentence in abstract.sentences):
        weights["analysis"] += 1.5
    if any(sentence.cues["studying"] for sentence in abstract.sentences[:5]):
        weights["analysis"] += 0.8
    for sentence in abstract.sentences:
        for kind, weight in _SAYING.items():
            weights[kind] += weight * bool(sentence.cues[f"is {kind}"])
    return max(weights, key=lambda kind: weights[kind])


_HEADS: dict[Contribution, str] = {
    "method": "method approach framework strategy technique algorithm paradigm mechanism module scheme "
        "solution pipeline loss"
    " objective training adapter projector procedure regime recipe decoding formulation optimization "
        "protocol tokenizer"
    " encoder adaptation pre-training pretraining tuning learning fine-tuning finetuning estimator",
    "model": "model models llm llms mllm mllms vlm vlms lmm lmms lvlm transformer network family architecture "
        "assistant generalist embedder retriever"
    " chatbot classifier",
    "dataset": "dataset datasets corpus corpora collection data",
    "benchmark": "benchmark benchmarks testbed suite challenge metric metrics leaderboard arena benchmarking "
        "evaluation",
    "survey": "survey review overview tutorial taxonomy roadmap",
    "analysis": "analysis study investigation examination exploration experiments findings experiment trial "
        "comparison",
    "system": "system toolkit library platform agent agents tool software engine interface application app "
        "package simulator demo",
    "theory": "theorem theorems proof bound bounds theory conjecture",
}  # fmt: skip
_KIND: dict[str, Contribution] = {word: kind for kind, words in _HEADS.items() for word in words.split()}

_TITLE: tuple[tuple[Contribution, re.Pattern[str], float], ...] = (
    (
        "survey",
        re.compile(
            r"\b(?:surveys?|systematic review|(?:literature|comprehensive|critical|scoping) review|overview"
            r"|tutorial|roadmap|: a review|review of)\b|\bprimer\b",
            re.I,
        ),
        5.0,
    ),
    (
        "benchmark",
        re.compile(
            r"bench(?:mark\w*)?\b|\bevaluation (?:suite|of)\b|: .*\bevaluation\b|\bchallenging\b|\beval\b"
            r"|\bstress[- ]test",
            re.I,
        ),
        2.5,
    ),
    ("dataset", re.compile(r"\b(?:datasets?|corpus|corpora)\b", re.I), 3.0),
    (
        "model",
        re.compile(
            r"^[^:]*:.*\b(?:an?|the|one|single|open|towards?)\b.*\b(?:models?|LLMs?|MLLMs?|VLMs?|LMMs?"
            r"|transformers?|networks?|assistants?)\b|\btechnical report\b|\bfoundation model\b|\bexpert\b",
            re.I,
        ),
        1.5,
    ),
    (
        "system",
        re.compile(
            r"\b(?:toolkit|platform|library|agent system|search engine|software|open-source tool|agents?)\b", re.I
        ),
        2.0,
    ),
    (
        "analysis",
        re.compile(
            r"^(?:(?:robustness|effectiveness|limits|limitations|reliability) of|how|what|why|do|does|is|are"
            r"|can|when|where|which|investigating|understanding|exploring|probing|revealing|unveiling"
            r"|assessing|analyzing|an? (?:empirical|preliminary|early|systematic)|on the|the (?:role|effects?"
            r"|impact) of|effects? of|association|evaluating|harnessing)\b|\b(?:analysis of|empirical (?:study"
            r"|analysis)|case study|exploration|trial|cohort|lessons|insights|preliminary|findings)\b",
            re.I,
        ),
        2.0,
    ),
    (
        "theory",
        re.compile(
            r"\b(?:theorem|lower bounds?|upper bounds?|conjecture|provably|theory of|convergence of"
            r"|complexity of)\b",
            re.I,
        ),
        3.0,
    ),
)

_SAYING: dict[Contribution, float] = {
    "survey": 2.0, "theory": 4.0, "analysis": 0.6, "benchmark": 1.0, "dataset": 1.0, "model": 0.3, "method": 0.7,
}  # fmt: skip
"""What a sentence that speaks of each kind weighs."""

_VERB = re.compile(
    r"\b(?:[Ww]e|paper|work|study|report|survey|article|to|and|contribution|research|by|here|is"
    r"|are)(?: \w+ly| also| then| further| first| here| the)?"
    r" (?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|releas\w+|describ\w+|construct\w*"
    r"|creat\w+|build\w*|built|establish\w*|unveil\w*|devis\w+|represents?|offers?|provides?|curat\w+"
    r"|collect\w*|implement\w*)\b"
)
_DESCRIBED = re.compile(r" (?:\([^()]*\) )?(?:is|are|serves as) (?=an?\b|the\b|one\b)")
_STOP = re.compile(
    r"\b(?:that|which|to|for|with|by|in|of|on|designed|capable|aimed|can|consisting|based|where|using"
    r"|from|is|are|has|via|through|specifically|enabling|leveraging|tailored)\b|[;.:]|,(?! (?:an?|the"
    r"|one)\b)"
)


def _announced(abstract: Abstract) -> Iterator[Contribution | None]:
    """Yields the kind of thing that each announcement names, None where it has a name but no noun."""
    for sentence in abstract.sentences:
        if abstract.name and (described := _DESCRIBED.match(sentence.text.partition(abstract.name)[2])):
            yield _head(sentence.text.partition(abstract.name)[2][described.end() :])
        if not sentence.cues["proposing"]:
            continue
        for verb in _VERB.finditer(sentence.text):
            yield _head(sentence.text[verb.end() : verb.end() + 220])
            break


def _head(text: str) -> Contribution | None:
    """Returns the kind of a noun phrase by its last noun, or by that of an apposition behind a name."""
    named = None
    for phrase in re.split(r", (?=(?:an?|the|one)\b)| [–—-]+ |\(|: ", text)[:3]:
        stop = _STOP.search(phrase, 1)
        words = re.findall(r"[A-Za-z][\w-]*", phrase[: stop.start()] if stop else phrase)
        heads = [_KIND[word.lower()] for word in words[:14] if word.lower() in _KIND]
        if heads:
            return heads[-1]
        if words and named is None:
            named = _shape(words)
    return named


def _shape(words: list[str]) -> Contribution | None:
    """Returns the kind that a name itself tells."""
    last = words[-1].lower()
    if last.endswith(("bench", "benchmark", "eval", "arena")):
        return "benchmark"
    return "model" if last.endswith(("net", "former", "lm", "llm")) else None
