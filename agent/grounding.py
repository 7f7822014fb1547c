"""Checks what a model wrote against the numbered sentences of the abstracts, by code.

Comparison is on folded text, so that `2.8times` and `2.8 times` are the same; what is shown stays the source's own
characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from agent.schema import Checks, Citation, CitedSentence, Result, Statement, SummaryDraft
from agent.text import fold, words

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+")

SINGLE = ("tldr", "name")
STATEMENTS = ("problem", "approach", "findings")
NAMES = ("benchmarks", "datasets", "models", "keywords")

AKIN = 0.25
"""The least share of a statement's words that its sentences must have; an honest paraphrase has more than a third."""
STEM = 5
"""Letters by which two words are taken for forms of one."""
FUNCTION_WORDS = frozenset(
    "about after also although among another based been before being between both cannot could does during each either "
    "from have having here however into itself just like many more most much only other over same several should since "
    "some such than that their them then there these they this those though through thus under used uses using very "
    "none null were what when where whether which while will with within without would your".split()
)

Cited = TypeVar("Cited", Statement, Result)
Verdict = tuple[object, object | None]


def ground(draft: SummaryDraft, title: str, sentences: Sequence[str]) -> tuple[SummaryDraft, Checks]:
    """Returns the draft with every unsupported statement replaced by the sentence it cites, or dropped.

    Names must stand in the title or a sentence, links verbatim in a sentence, values in the sentences they cite. The
    TL;DR is never dropped: without usable evidence it becomes the abstract's first sentence.
    """
    pairs = _verdicts(draft, title, sentences)
    update: dict[str, object] = {}
    for field, outcomes in pairs.items():
        left = tuple(after for _, after in outcomes if after is not None)
        update[field] = (left[0] if left else None) if field in SINGLE else left
    return draft.model_copy(update=update), _count([pair for outcomes in pairs.values() for pair in outcomes])


def unsupported(text: str, support: Iterable[str]) -> list[str]:
    """Returns the numbers and links of a text that do not stand in any of the supporting sentences."""
    support = list(support)
    numbers = {number for sentence in support for number in NUMBER.findall(sentence)}
    missing = [link for link in LINK.findall(text) if not any(link.rstrip(".,;)") in s for s in support)]
    return missing + [number for number in NUMBER.findall(LINK.sub(" ", text)) if number not in numbers]


def akin(text: str, support: Iterable[str]) -> bool:
    """Tells whether a text speaks of what its supporting sentences speak of, as an excuse or an error would not.

    A floor, not a proof: a quarter of the words that mean something must stand there in some form.
    """
    mine = _stems(text)
    return bool(mine) and len(mine & _stems(" ".join(support))) >= AKIN * len(mine)


def cited(evidence: Iterable[int], sentences: Sequence[str]) -> list[str]:
    """Returns the sentences that evidence numbers point at; numbers that point nowhere are passed over."""
    return [sentences[number - 1] for number in evidence if 0 < number <= len(sentences)]


def supported(sentence: CitedSentence, sentences_of: Mapping[str, Sequence[str]]) -> bool:
    """Whether every citation exists and carries the sentence's numbers and links together with the others."""
    if not sentence.cites or not all(_exists(cite, sentences_of) for cite in sentence.cites):
        return False
    return not unsupported(
        sentence.text, [s for cite in sentence.cites for s in cited(cite.evidence, sentences_of[cite.paper_id])]
    )


def _exists(cite: Citation, sentences_of: Mapping[str, Sequence[str]]) -> bool:
    known = sentences_of.get(cite.paper_id, ())
    return bool(cite.evidence) and len(cited(cite.evidence, known)) == len(cite.evidence)


def _carried(item: Cited, sentences: Sequence[str]) -> list[str]:
    """The cited sentences, or none when one of the numbers points nowhere."""
    found = cited(item.evidence, sentences)
    return found if len(found) == len(item.evidence) else []


def _verdicts(draft: SummaryDraft, title: str, sentences: Sequence[str]) -> dict[str, list[Verdict]]:
    """Each checked item of each field, with what is left of it: itself, its mended form, or None."""
    text = fold(" ".join((title, *sentences)))
    stems = _stems(" ".join((title, *sentences)))
    named = {field: getattr(draft, field) for field in NAMES} | {"name": (draft.name,) if draft.name else ()}
    return {
        "tldr": [(draft.tldr, _mend(draft.tldr, sentences) or Statement(text=sentences[0], evidence=(1,)))],
        **{field: [(s, _mend(s, sentences)) for s in getattr(draft, field)] for field in STATEMENTS},
        # A sentence that is cited for a limitation need not be one by itself.
        "limitations": [(s, s if _mend(s, sentences) is s else None) for s in draft.limitations],
        "tasks": [(t, t if _stems(t) & stems else None) for t in draft.tasks],
        **{field: [(n, n if fold(n) and fold(n) in text else None) for n in names] for field, names in named.items()},
        "results": [(r, r if _states(r, sentences) else None) for r in draft.results],
        "artifacts": [(a, a if any(a.url in s for s in sentences) else None) for a in draft.artifacts],
    }


def _count(verdicts: Sequence[Verdict]) -> Checks:
    kept = sum(after is before for before, after in verdicts)
    dropped = sum(after is None for _, after in verdicts)
    return Checks(kept=kept, repaired=len(verdicts) - kept - dropped, dropped=dropped)


def _mend(statement: Statement, sentences: Sequence[str]) -> Statement | None:
    support = _carried(statement, sentences)
    if fold(statement.text) in map(fold, support):
        return statement
    if not _stems(statement.text):
        # `N/A`, `none`, a dash: said where the field should have been left out.
        return None
    if support and akin(statement.text, support) and not unsupported(statement.text, support):
        return statement
    known = tuple(number for number in statement.evidence if 0 < number <= len(sentences))
    return Statement(text=sentences[known[0] - 1], evidence=known[:1]) if known else None


def _states(result: Result, sentences: Sequence[str]) -> bool:
    support = [fold(sentence) for sentence in _carried(result, sentences)]
    parts = [part for part in (result.value, result.metric, result.on, result.versus) if part]
    return bool(support) and all(any(fold(part) in sentence for sentence in support) for part in parts)


def _stems(text: str) -> set[str]:
    meaning = (word for word in words(text) if word not in FUNCTION_WORDS and (len(word) > 2 or not word.isascii()))
    return {word[:STEM] for word in meaning}
