"""What a question asks: which papers it is about, what it wants to know of each, and in what form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from agent.schema import Contribution

_SPLIT = re.compile(
    r",? (?:and|but) (?=(?:what|how|where|which|why|who|whether|by how|on what|on which|with what|from what|against"
    r"|for what|at what|is it|does it|do they|are they)\b)"
    r"|, (?=(?:what|how|where|why|who|which|whether|on which|on what|by how|and by|and with|and at)\b)"
    r"|\s[-–—]+\s|;\s|[?!.:]\s+|[?!.]$",
    re.IGNORECASE,
)
"""Where one clause of a question ends and the next begins."""

_PEOPLE = r"(?:papers?|works|studies|articles?|authors|researchers|people|groups|projects)"
_MADE = (
    r"(?:benchmarks?|datasets?|data sets?|corpora|corpus|models?|methods?|approach(?:es)?|techniques?|systems?|agents?"
    r"|frameworks?|surveys?|reviews?|tools?|toolkits?|architectures?|evaluations?|evaluation sets?|test sets?"
    r"|training sets?|strategies|ways|kinds|types|families)"
)
_ALL = re.compile(
    rf"\b(?:which|what|in which|any|all|the|of these|list|find|show|are there|name) (?:[\w/,-]+ ){{0,6}}?{_PEOPLE}\b"
    rf"|\b(?:which|what) (?:[\w/,-]+ ){{0,6}}?{_MADE} (?!does\b|do you\b|did\b)"
    r"|\bwho (?:uses?|tries|has|builds?|makes?|works?|trains?|else)\b|\bare there\b|\bis there\b|\blist\b"
    rf"|^\W*(?:{_PEOPLE}|{_MADE}) (?:that|which|on|about|for|with|using)\b|\blooking for\b",
    re.IGNORECASE,
)
"""Asks for all papers of a kind."""

_PAPERS = re.compile(
    rf"\b(?:which|what|in which|all|of these|list|find|show|are there|any) (?:[\w/,-]+ ){{0,4}}?{_PEOPLE}\b"
    r"|\bwho (?:uses?|tries|has|builds?|makes?|works?|trains?|else)\b",
    re.IGNORECASE,
)

_LEAD = re.compile(
    r"^\W*(?:for (?:a|my|the|an) [\w -]{1,40}[:,] )?"
    r"(?:(?:please )?(?:list|find|show me|give me|name|tell me|i am|i'm|we are|looking for|i want|i need)"
    r"(?: all| the| any)*"
    r"|are there(?: any)?|is there(?: any| a)?|in which|which|what|who|how|why)\b(?: of (?:these|the|those))?",
    re.IGNORECASE,
)

_FIGURES = re.compile(
    r"\bhow (?:much|many|big|large|long|fast|far|high|small|often|few|near|badly|well|heavy|expensive)\b|\bby how\b"
    r"|\b(?:figures?|numbers?|percentages?|per ?cent|scores?|accurac(?:y|ies)|rates?|margins?|speed-?ups?|latency|flops"
    r"|gains?|size|cost|hours|resolution|parameters|dollars|tonnes)\b",
    re.IGNORECASE,
)

_CONTEST = re.compile(
    r"\bby how (?:much|many|far)\b|\bwho wins\b|\bwins?\b|\bhead[ -]to[ -]head\b|\bbeats?\b"
    r"|\boutperforms?\b"
    r"|\b(?:which|who) (?:one )?(?:is|are|was|does|do|did|has|had|gets?|reach(?:es)?|scores?|cut|cuts|performs?|works?)"
    r"(?: [\w-]+){0,5} (?:better|best|faster|higher|lower|more|less|further|stronger|cheaper|smaller|larger)\b"
    r"|\b(?:better|faster|higher|lower|stronger|cheaper|more accurate|further|lighter) than\b"
    r"|\bscores?\b[^?]{0,30}\bcompare\b|\bcompare\b[^?]{0,30}\bscores?\b",
    re.IGNORECASE,
)
"""Asks who is ahead, or by how much."""
_EACH = re.compile(r"\beach\b", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """A question, read."""

    text: str
    clauses: tuple[str, ...]
    """Its parts, without the words that only ask; the first says which papers are meant, where it asks for a kind."""
    wants_all: bool
    """Whether it asks which papers there are of a kind."""
    wants_papers: bool
    """Whether it says so in as many words: `which papers`."""
    wants_figures: bool
    """Whether it asks for numbers."""
    is_contest: bool
    """Whether it asks who is ahead, or by how much."""
    kinds: frozenset[Contribution] = frozenset()
    """The kinds of contribution that it asks for, where it asks for benchmarks, datasets or surveys."""

    @property
    def criterion(self) -> str:
        """What the papers that are meant have in common."""
        return next((clause for clause in self.clauses if _ALL.search(clause)), self.clauses[0]) if self.clauses else ""

    def names_kind(self, words: str) -> bool:
        """Returns whether some words say no more than the kind of contribution that is asked for."""
        return bool(self.kinds) and words.lower().rstrip("s") in _KINDS

    def asks_figure(self, words: str) -> bool:
        """Returns whether the clause with these words asks for a number."""
        return any(words in clause and _FIGURE.search(clause) for clause in self.clauses)


_FIGURE = re.compile(
    r"\bhow (?:much|many|big|large|long|fast|far|high|small|often|few|little)\b|\bby how\b|\bby what\b|\bat what\b"
    r"|\bwhat (?:[\w-]+ ){0,4}?(?:figures?|numbers?|percentages?|scores?|accurac(?:y|ies)|rates?|margins?|speed-?ups?"
    r"|latency|flops|gains?|savings?|size|cost|resolution|improvements?|length|fid|bleu|share)\b"
    r"|\b(?:figures?|numbers?|up to what)\b",
    re.IGNORECASE,
)


def read(text: str) -> Question:
    """Returns what a question asks; any text is one."""
    parts = tuple(part.strip() for part in _SPLIT.split(text) if part and part.strip())
    asked = Question(
        text,
        parts or (text,),
        wants_all=bool(_ALL.search(text)),
        wants_papers=bool(_PAPERS.search(text)),
        wants_figures=bool(_FIGURES.search(text)),
        is_contest=bool(_CONTEST.search(text)) and not _EACH.search(text),
    )
    found = _OF_A_KIND.search(asked.criterion)
    return replace(asked, kinds=_KINDS[found[1].lower()]) if found else asked


_KINDS: dict[str, frozenset[Contribution]] = {
    **dict.fromkeys(("benchmark", "evaluation", "test"), frozenset({"benchmark", "dataset"})),
    **dict.fromkeys(("dataset", "corpus", "corpora"), frozenset({"dataset", "benchmark"})),
    **dict.fromkeys(("survey", "review", "overview"), frozenset({"survey"})),
}
_OF_A_KIND = re.compile(
    r"^\W*(?:which|what|list|find|show me|are there(?: any)?)\b(?: [^,\s]+){0,6}? "
    r"(benchmark|dataset|evaluation|test|corpus|corpora|survey|review|overview)(?:s\b| (?:sets?|suites?)\b|\b)"
    r"(?! (?:for|with|does|do|did|papers)\b)",
    re.IGNORECASE,
)


def without_lead(clause: str) -> str:
    """Returns a clause without `Which of these` and the like."""
    return _LEAD.sub("", clause, 1).strip() or clause
