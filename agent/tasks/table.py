"""The table of a comparison: a cell stays where its paper states it, and is empty anywhere else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from agent.grounding import Abstract, Violation, examine
from agent.grounding.claim import Claim
from agent.grounding.fields import carried
from agent.grounding.leftovers import leftovers
from agent.grounding.verdict import violation
from agent.schema import Cell, Row, RowDraft
from agent.tasks.attribution import outdone
from agent.tasks.citing import Sources
from agent.text import fold

MOST_ASPECTS = 8
MOST_READ = 50
"""Aspects that are looked at: a model that repeats itself writes thousands."""
LONGEST_ASPECT = 6
"""Words."""
NOTHING = re.compile(
    r"\W*|(?:it is |is )?(?:not |un)(?:stated|specified|reported|mentioned|given|available|applicable|provided|"
    r"disclosed|known|clear|described|discussed)(?: in (?:the |this )?(?:abstract|paper|text|sentences))?\W*|n\s?/?\s?a"
    r"\W*|none(?: (?:stated|given|reported|mentioned))?\W*|null|nil|no information\W*",
    re.IGNORECASE,
)
"""What a model writes where the abstract states nothing."""


def judge_cell(cell: Cell, paper_id: str, sources: Sources, field: str = "") -> list[Violation]:
    """Returns what a cell says that the sentences that it cites do not."""
    text, cites = cell.text or "", [(sources[paper_id], cell.evidence)]
    found = examine(text, cites, field)
    if any(one.blocks for one in found):
        return found
    return found + [violation(fault, text, cites, field) for fault in outdone(text, paper_id, cell.evidence, sources)]


def is_said(cell: Cell) -> bool:
    """Returns whether a cell says anything; a phrase for nothing is nothing."""
    return cell.text is not None and not NOTHING.fullmatch(cell.text)


def table(
    drafted: Sequence[str], rows: Sequence[RowDraft], sources: Sources, told: Sequence[Abstract], fates: Counter[str]
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Returns the aspects and rows that may be shown, and counts what became of each cell that says anything.

    `told` are the question and the papers, of whose words aspects are made. A row stands where its paper stands among
    the sources; columns and rows in which nothing is said are left out.
    """
    columns = dict(_columns(drafted, told, fates))
    first = {row.paper: row for row in reversed(rows) if 0 < row.paper <= len(sources)}
    cells = {
        key: {at: _ground(cell, key, sources, fates) for at, cell in enumerate(first[number].cells) if at in columns}
        for number, key in enumerate(sources, 1)
        if number in first
    }
    shown = [at for at in columns if any(at in row and row[at].text for row in cells.values())]
    fates["dropped"] += sum(is_said(cell) for row in rows for cell in row.cells) - sum(
        is_said(cell) for row in first.values() for at, cell in enumerate(row.cells) if at in columns
    )
    made = [Row(paper_id=key, cells=tuple(row.get(at, Cell()) for at in shown)) for key, row in cells.items()]
    return tuple(columns[at] for at in shown), tuple(row for row in made if any(cell.text for cell in row.cells))


def _columns(drafted: Sequence[str], told: Sequence[Abstract], fates: Counter[str]) -> Iterator[tuple[int, str]]:
    """Yields place and words of each aspect that may stand over a column."""
    taken: set[str] = set()
    for at, aspect in enumerate(drafted[:MOST_READ]):
        words = " ".join(aspect.split())
        if not is_aspect(words, told):
            fates["dropped"] += 1
        elif fold(words) not in taken and len(taken) < MOST_ASPECTS:
            taken.add(fold(words))
            yield at, words


def is_aspect(words: str, told: Sequence[Abstract]) -> bool:
    """Returns whether a phrase may head a column: short, of words of the question, the papers, or comparisons."""
    fits = 0 < len(words.split()) <= LONGEST_ASPECT and words.isprintable() and bool(fold(words))
    return fits and not any(leftovers(Claim(words, (), ()))) and is_known(words, told)


def is_known(words: str, told: Sequence[Abstract]) -> bool:
    """Returns whether a phrase is made of words of the question, the papers, or comparisons."""
    return carried(re.sub(r"(?<=\w)['’]s\b", "", words), (*told, HEADS))


def _ground(cell: Cell, paper_id: str, sources: Sources, fates: Counter[str]) -> Cell:
    """The cell, or an empty one where its paper does not state it."""
    if not is_said(cell):
        return Cell()
    found = judge_cell(cell, paper_id, sources)
    if any(one.blocks for one in found) or not str(cell.text).isprintable():
        fates["dropped"] += 1
        return Cell()
    fates["kept"] += 1
    fates["warned"] += bool(found)
    return Cell(text=cell.text, evidence=tuple(dict.fromkeys(cell.evidence)))


_WORDS = """
accuracy action addressed adaptation advantage aim amount annotation application approach architecture area assumption
availability backbone base baseline basis behavior benchmark benefit budget capability category challenge change claim
code collection comparison component compression computation conclusion condition construction context contribution
control cost coverage criterion data dataset decoder deployment description design detail device difference dimension
direction domain drawback effect efficiency effort emphasis encoder energy error evaluation evidence example
experiment factor feature feedback figure finding fit focus format function fusion gain gap generality goal
granularity guidance handling hardware headline idea improvement inference information initialization input insight
integration interaction interface kind knowledge label language latency layer learning length level license limit
limitation location loss main margin matched maximum measure measurement mechanism memory metric minimum modality
model module motivation name need novelty number objective openness optimization origin output overhead parameter part
path performance phase pipeline position precision problem procedure process property purpose quality quantity
question range rate ratio reason recall reduction reference release reported requirement resolution resource result
reward robustness role sample scale scenario scope score selection setting setup signal size source speed speedup
stage state stated step strategy strength structure subject supervision support target task teacher technique test
theme throughput time tool topic total train training transfer type use used user validation value variant version
weakness weight work year zero
""".split()
"""Words of which the heads of tables of papers are made; none names a thing or praises one."""
HEADS = Abstract("", tuple(_WORDS))
