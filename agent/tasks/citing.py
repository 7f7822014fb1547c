"""Sentences about several papers: each is shown, quoted or dropped, by what the sentences say that it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from agent.grounding import Abstract, Violation, check_cited
from agent.grounding.tokens import keys
from agent.schema import Citation, CitedSentence, DraftSentence
from agent.text import fold

Sources = Mapping[str, Abstract]
"""What papers say, by their ids."""
Cited = Mapping[str, Sequence[int]]
"""Numbers of the cited sentences, by the ids of their papers."""
Judge = Callable[[CitedSentence, Sources], list[Violation]]
"""Says what is wrong with a sentence."""


def cite(sentence: DraftSentence, ids: Sequence[str]) -> CitedSentence:
    """Returns the sentence with ids for numbers, each paper and each of its sentences cited once.

    A number that points nowhere becomes an id that no paper has.
    """
    cited: dict[str, dict[int, None]] = {}
    for one in sentence.cites:
        paper_id = ids[one.paper - 1] if 0 < one.paper <= len(ids) else ""
        cited.setdefault(paper_id, {}).update(dict.fromkeys(one.evidence))
    cites = tuple(Citation(paper_id=key, evidence=tuple(evidence)) for key, evidence in cited.items())
    return CitedSentence(text=sentence.text, cites=cites)


def within(sentence: CitedSentence, sources: Sources) -> bool:
    """Returns whether it cites these papers only, and sentences of each."""
    return all(cite.paper_id in sources and cite.evidence for cite in sentence.cites)


def said(ids: Iterable[str], cited: Cited, sources: Sources) -> frozenset[str]:
    """Returns the keys of the words of the cited sentences of some papers."""
    return frozenset[str]().union(*(keys(one) for key in ids for one in sources[key].carrying(cited[key])))


def mended(
    drafted: Sequence[CitedSentence],
    sources: Sources,
    most: int,
    fates: Counter[str],
    judge: Judge = check_cited,
) -> Iterator[CitedSentence]:
    """Yields the sentences that may be shown, at most so many, and counts what became of each in `fates`."""
    done: set[str] = set()
    for sentence in drafted:
        found = judge(sentence, sources)
        sound = within(sentence, sources) and not any(violation.blocks for violation in found)
        shown = sentence if sound else _quotation(sentence, sources)
        if shown is None or fold(shown.text) in done or len(done) == most:
            fates["dropped"] += 1
            continue
        fates["kept" if sound else "repaired"] += 1
        fates["warned"] += bool(sound and found)
        done.add(fold(shown.text))
        yield shown


def _quotation(sentence: CitedSentence, sources: Sources) -> CitedSentence | None:
    """The first sentence that it cites, where that is all of one paper; None where nothing can stand for it."""
    (paper_id, *others) = {cite.paper_id for cite in sentence.cites} or {""}
    if others or paper_id not in sources:
        return None
    source = sources[paper_id]
    heard = [number for cite in sentence.cites for number in cite.evidence if source.is_heard(number)][:1]
    if not heard:
        return None
    cite = Citation(paper_id=paper_id, evidence=tuple(heard))
    return CitedSentence(text=source.sentences[heard[0] - 1], cites=(cite,), quoted=True)
