"""Checks what somebody wrote about papers against the numbered sentences of their abstracts, by code.

Comparison is on folded text, so that `2.8times` and `2.8 times` are the same; what is shown stays the source's own
characters. No model is asked, and nothing but the arguments is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.grounding.claim import Abstract, abstract
from agent.grounding.fault import BLOCKING, Kind, Violation
from agent.grounding.fields import judge
from agent.grounding.mending import ground
from agent.grounding.verdict import examine
from agent.schema import CitedSentence, Statement, SummaryFields

__all__ = ["BLOCKING", "Abstract", "Kind", "Violation", "abstract", "check", "check_cited", "examine", "ground"]


def check(draft: SummaryFields | Statement, sentences: Sequence[str], title: str = "") -> list[Violation]:
    """Returns what a draft says that the sentences it cites do not, field by field.

    `sentences` are those of the abstract, in order; evidence numbers count them from 1. Names may also stand in the
    title. A violation blocks or warns; an empty list means that nothing was found.
    """
    paper = abstract(title, tuple(sentences))
    if isinstance(draft, Statement):
        return examine(draft.text, [(paper, draft.evidence)])
    return [violation for _, _, found in judge(draft, paper) for violation in found]


def check_cited(
    sentence: CitedSentence, papers: Mapping[str, Abstract], field: str = "", language: str = "en"
) -> list[Violation]:
    """Returns what a sentence about several papers says that the sentences it cites do not; `papers` are by id.

    Of a sentence in another language only numbers, links and names are checked, which no translation changes.
    """
    unknown = abstract("", ())
    cites = [(papers.get(cite.paper_id, unknown), cite.evidence) for cite in sentence.cites]
    return examine(sentence.text, cites, field, language)
