"""What becomes of a draft: what is carried stays, the rest is replaced by what it cites, or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.grounding.claim import Abstract, abstract
from agent.grounding.fields import SINGLE, judge
from agent.schema import Checks, Statement, SummaryDraft
from agent.text import fold

QUOTABLE = ("tldr", "problem", "approach", "findings")
"""Fields in which the cited sentence can stand; one that is cited for a limitation need not be one by itself."""


def ground(draft: SummaryDraft, title: str, sentences: Sequence[str]) -> tuple[SummaryDraft, Checks]:
    """Returns the draft with every statement that may not be shown replaced by the sentence it cites, or dropped.

    The TL;DR is never dropped: without usable evidence it becomes the abstract's first sentence. Whatever else is
    drafted and not carried is dropped, and so is a quotation that already stands elsewhere in the summary.
    """
    paper = abstract(title, tuple(sentences))
    left: dict[str, list[Any]] = {}
    kept = repaired = dropped = warned = 0
    said: set[str] = set()
    for field, item, found in judge(draft, paper):
        items = left.setdefault(field, [])
        if not any(one.blocks for one in found):
            items.append(_unmarked(item))
            kept, warned = kept + 1, warned + bool(found)
        elif quotation := _quotation(field, item, paper, said):
            items.append(quotation)
            repaired += 1
        else:
            dropped += 1
        said.update(fold(one.text) for one in items[-1:] if isinstance(one, Statement))
    update = {
        field: (items[0] if items else None) if field in SINGLE else tuple(items) for field, items in left.items()
    }
    return draft.model_copy(update=update), Checks(
        kept=kept, warned=warned, repaired=repaired, dropped=dropped, withheld=len(paper.planted)
    )


def _quotation(field: str, item: Any, paper: Abstract, said: set[str]) -> Statement | None:
    """The sentence that a statement cites, as a statement; None where none can stand for it."""
    if field not in QUOTABLE:
        return None
    usable = [number for number in item.evidence if paper.is_heard(number)]
    if field == "tldr":
        usable += [number for number in range(1, len(paper.sentences) + 1) if paper.is_heard(number)]
    quoted = [number for number in usable if field == "tldr" or fold(paper.sentences[number - 1]) not in said]
    return Statement(text=paper.sentences[quoted[0] - 1], evidence=quoted[:1], quoted=True) if quoted else None


def _unmarked(item: Any) -> Any:
    """Only a check says what is quoted."""
    return item.model_copy(update={"quoted": False}) if isinstance(item, Statement) and item.quoted else item
