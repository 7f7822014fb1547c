"""What kind of thing a paper contributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.models.embedded.abstract import Abstract
from agent.models.embedded.concepts import computing
from agent.schema import Contribution


def contribution(abstract: Abstract) -> Contribution:
    """Returns the main kind of contribution, by the words with which title and authors announce it."""
    weights: dict[Contribution, float] = dict.fromkeys(_HEADS, 0.0)
    title = abstract.title.casefold()
    for titled, signs, pattern, weight in _TITLE:
        # Each pattern stands behind what it has in any case, for which a title is searched many times as fast.
        if any(sign in title for sign in signs):
            weights[titled] += weight * bool(pattern.search(abstract.title))
    if (apposed := _titled(abstract.title)) is not None:
        weights[apposed] += 1.5
    announced = sorted(_announced(abstract), key=lambda announced: not announced[0])
    for place, (named, kind) in enumerate(announced):
        # What has a name is analysed too, in most papers that announce it.
        if kind and not (kind == "analysis" and place and abstract.name):
            weights[kind] += 2.5 + 0.5 * named if place == 0 else 1.2 if place == 1 else 0.6
    for sentence in abstract.sentences:
        for spoken_of, weight in _SAYING.items():
            weights[spoken_of] += weight * (f"is {spoken_of}" in sentence.cues)
    _weigh_the_rest(weights, abstract, [kind for _, kind in announced])
    return max(weights, key=lambda kind: weights[kind])


def _weigh_the_rest(
    weights: dict[Contribution, float], abstract: Abstract, kinds: Sequence[Contribution | None]
) -> None:
    """Adds what speaks for a method, an analysis or a proof where no noun tells."""
    # A thing with a name but no noun is most often a method.
    weights["method"] += 0.5 + 1.0 * (None in kinds)
    if not any(sentence.cues["proposing"] for sentence in abstract.sentences):
        weights["method"] += 0.7 * (abstract.name is not None)
        weights["analysis"] += 1.5 * (abstract.name is None and not _speaks_of_its_own(abstract))
    if any(sentence.cues["studying"] for sentence in abstract.sentences[:5]):
        weights["analysis"] += 0.8
    if not computing(abstract) and not any(kinds):
        weights["theory"] += _proved(abstract)
        weights["analysis"] += 1.6 * (abstract.name is None)


def _speaks_of_its_own(abstract: Abstract) -> bool:
    """Whether the authors speak of a method of theirs that has no name."""
    return any(_OWN_WORK.search(sentence.text) for sentence in abstract.sentences)


_OWN_WORK = re.compile(r"\b(?:our proposed|[Tt]his (?:study|paper|work) (?:constructs|builds|trains) an?) ")

_HEADS: dict[Contribution, str] = {
    "method": "method methods approach approaches framework strategy strategies technique techniques algorithm"
        " paradigm mechanism module scheme solution pipeline loss objective training adapter projector procedure regime"
        " recipe extension decoding formulation optimization protocol tokenizer encoder adaptation pre-training"
        " pretraining tuning learning fine-tuning finetuning estimator",
    "model": "model models llm llms mllm mllms vlm vlms lmm lmms lvlm transformer network family architecture assistant"
        " generalist embedder retriever chatbot classifier",
    "dataset": "dataset datasets corpus corpora collection data database resource registry repository compendium"
        " catalogue catalog atlas archive",
    "benchmark": "benchmark benchmarks testbed suite challenge metric metrics leaderboard arena benchmarking"
        " evaluation",
    "survey": "survey review overview tutorial taxonomy roadmap",
    "analysis": "analysis study investigation examination exploration experiments findings experiment trial "
        "comparison",
    "system": "system toolkit library platform agent agents tool software engine interface application app "
        "package simulator demo",
    "theory": "theorem theorems proof bound bounds theory conjecture",
}  # fmt: skip
_KIND: dict[str, Contribution] = {word: kind for kind, words in _HEADS.items() for word in words.split()}

_TITLE: tuple[tuple[Contribution, tuple[str, ...], re.Pattern[str], float], ...] = (
    (
        "survey",
        ("survey", "review", "overview", "tutorial", "roadmap", "primer"),
        re.compile(
            r"(?<!(?-i:[A-Z0-9][A-Z0-9]) )\bsurveys?\b|\b(?:systematic review|(?:literature|comprehensive|critical"
            r"|scoping) review|overview"
            r"|tutorial|roadmap|: a review|review of)\b|\bprimer\b",
            re.I,
        ),
        5.0,
    ),
    (
        "benchmark",
        ("bench", "eval", "challenging", "stress"),
        re.compile(
            r"bench(?:marks?)?\b|(?<!and )\bbenchmark(?:ing|ed)\b|\bevaluation (?:suite|of)\b|: .*\bevaluation\b"
            r"|\bchallenging\b|\beval\b|\bstress[- ]test",
            re.I,
        ),
        2.5,
    ),
    ("dataset", ("dataset", "corpus", "corpora"), re.compile(r"(?<!and )\b(?:datasets?|corpus|corpora)\b", re.I), 3.0),
    (
        "model",
        ("model", "llm", "vlm", "lmm", "transformer", "network", "assistant", "report", "expert"),
        re.compile(
            r"^[^:]*:.*\b(?:an?|the|one|single|open|towards?)\b.*\b(?:models?|LLMs?|MLLMs?|VLMs?|LMMs?"
            r"|transformers?|networks?|assistants?)\b|\btechnical report\b|\bfoundation model\b|\bexpert\b",
            re.I,
        ),
        1.5,
    ),
    (
        "system",
        ("tool", "platform", "library", "agent", "engine", "software"),
        re.compile(
            r"\b(?:toolkit|platform|library|agent system|search engine|software|open-source tool|agents?)\b", re.I
        ),
        2.0,
    ),
    (
        "analysis",
        ("",),
        re.compile(
            r"^(?:(?:robustness|effectiveness|limits|limitations|reliability) of|how|what|why|do|does|is|are"
            r"|can|when|where|which|investigating|understanding|exploring|probing|revealing|unveiling"
            r"|assessing|analyzing|an? (?:empirical|preliminary|early|systematic)|on|the (?:role|effects?"
            r"|impact) of|effects? of|association|evaluating)\b|\b(?:analysis of|empirical (?:study"
            r"|analysis)|case study|exploration|trial|cohort|lessons|insights|preliminary|findings)\b",
            re.I,
        ),
        2.0,
    ),
    (
        "theory",
        ("theorem", "bound", "conjecture", "provably", "theory", "convergence", "complexity"),
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

_APPOSED_TITLE = re.compile(r"^[^:,]+[:,] (?=(?:an?|the) )", re.I)


def _titled(title: str) -> Contribution | None:
    """Returns the kind of thing that a title says its name to be: `Foo: A fast solver`."""
    apposed = _APPOSED_TITLE.match(title)
    return _head(title[apposed.end() :]) if apposed else None


def _proved(abstract: Abstract) -> float:
    """Returns how much of an abstract is said in the words of proofs."""
    found = {word.lower() for sentence in abstract.sentences for word in _PROVING.findall(sentence.text)}
    return 4.0 if len(found) > 2 else 3.5 if len(found) == 2 else 0.0


_PROVING = re.compile(
    r"\b(theorem|lemma|conjecture|well-posed\w*|(?:upper|lower) bound|homology|cohomology|manifold|exponent|estimate"
    r"|prove"
    r"|polynomial|asymptotic|almost surely|i\.i\.d|integer|algebra|group|prime|proof|counterexample|dissipation"
    r"|initial data"
    r"|closed|finite|torsion|regularity|infinite|tensor|graph|random walk|residue|quasimode|knot|braid|operator)s?\b",
    re.I,
)

_VERB = re.compile(
    r"\b(?:[Ww]e|paper|work|study|report|survey|article|to|and|contribution|research|by|here|is"
    r"|are)(?: \w+ly| also| then| further| first| here| the)?"
    r" (?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|releas\w+|describ\w+|construct\w*"
    r"|creat\w+|build\w*|built|establish\w*|unveil\w*|devis\w+|represents?|offers?|provides?|curat\w+"
    r"|collect\w*|implement\w*|contribut\w+)\b"
)
_DESCRIBED = re.compile(r" (?:\([^()]*\) )?(?:is|are|serves as) (?=an?\b|the\b|one\b)")
_STOP = re.compile(
    r"(?<![\w-])(?:that|which|to|for|with|by|in|of|on|designed|capable|adept|able|at|aimed|can|consisting|based|where"
    r"|using|as|from|is|are|has|via|through|specifically|enabling|leveraging|utilizing|employing|incorporating"
    r"|integrating|combining|containing|comprising|featuring|covering|evaluating|assessing|tailored)(?![\w-])"
    r"|\(|[;:]|\.(?!\d)|,(?! (?:an?|the|one)\b)"
)


def _announced(abstract: Abstract) -> Iterator[tuple[bool, Contribution | None]]:
    """Yields whether each announcement has the paper's name, and the kind of thing that it names, if any."""
    besides = abstract.besides()
    for sentence in abstract.sentences:
        if abstract.name and (described := _DESCRIBED.match(sentence.text.partition(abstract.name)[2])):
            yield True, _head(sentence.text.partition(abstract.name)[2][described.end() :])
        if not (sentence.cues["proposing"] or _OWN_WORK.search(sentence.text)):
            if abstract.name and (result := _resulting(abstract.name, sentence.text)):
                yield True, result
            continue
        verbs = list(_VERB.finditer(sentence.text))
        told = next((verb for verb in verbs if not verb[0].startswith(("to ", "by "))), verbs[0] if verbs else None)
        if told is not None:
            named = abstract.name is not None and abstract.name in sentence.text
            kind = _head(sentence.text[told.end() : told.end() + 220])
            means = kind == "dataset" and _AND_THEN.search(sentence.text, told.end())
            yield named and sentence.number not in besides, None if means else kind


_AND_THEN = re.compile(r"\band then (?:utili[sz]e|use|employ|train|fine-?tune)\b")
"""Data with which something is done at once are the means to it."""


def _resulting(name: str, text: str) -> Contribution | None:
    """Returns the kind of what has come of the work: `the resulting model, X,` or `we trained X, a model`."""
    before, found, behind = text.partition(name)
    if found and (made := _OUTCOME.search(before)):
        return _KIND.get(made["noun"])
    return _head(behind[2:]) if found and behind.startswith((", a ", ", an ")) and _TRAINED.search(before) else None


_OUTCOME = re.compile(r"\b[Tt]he resulting (?P<noun>[\w-]+),? $")
_TRAINED = re.compile(r"\bwe (?:pre-?|fine-?)?train(?:ed)? $")
_BRACKETS = re.compile(r" \((?!an? )[^()]*\)")
_GROUP = re.compile(r"\b(suite|family|series|set|collection|pair) of\b")
_PHRASES = re.compile(r", (?=(?:an?|the|one)\b)| [–—-]+ |\((?=an? )|: ")


def _head(text: str) -> Contribution | None:
    """Returns the kind of a noun phrase by its last noun, or by that of an apposition behind a name."""
    named = None
    for phrase in _PHRASES.split(_GROUP.sub(r"\1", _BRACKETS.sub("", text)))[:3]:
        stop = _STOP.search(phrase, 1)
        words = re.findall(r"[A-Za-z][\w-]*", phrase[: stop.start()] if stop else phrase)[:14]
        heads = [word for word in words if word.lower() in _KIND]
        kind = _kind(heads) if heads else _shape(words)
        if heads and not heads[-1].istitle():
            return kind
        # A noun that is spelt as a name may be a part of one, which says less than the apposition behind it.
        named = named or kind
    return named


def _kind(heads: list[str]) -> Contribution:
    """Returns the kind that the last of some nouns tells; an evaluation framework is a benchmark."""
    kind = _KIND[heads[-1].lower()]
    return "benchmark" if kind in ("method", "system") and "evaluation" in map(str.lower, heads) else kind


def _shape(words: list[str]) -> Contribution | None:
    """Returns the kind that a name itself tells."""
    last = words[-1].lower() if words else ""
    if last.endswith(("bench", "benchmark", "eval", "arena")):
        return "benchmark"
    return "model" if last.endswith(("net", "former", "lm", "llm")) else None
