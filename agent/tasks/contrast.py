"""Papers that are set against each other: only where one of them does so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.grounding.fault import Fault
from agent.grounding.tokens import keys, tokens
from agent.grounding.words import LOSING, WINNING
from agent.tasks.citing import Cited, Sources, said
from agent.tasks.clauses import Clause

_DEGREES = frozenset(
    "higher lower more less fewer greater larger smaller faster slower stronger weaker cheaper better worse best worst "
    "highest lowest fastest slowest strongest weakest ahead behind gap".split()
)
_APART = re.compile(
    r"\b(?:differ\w*|an?other|other|separate|distinct|not (?:directly )?compar\w+|cannot be (?:directly )?compared)\b",
    re.I,
)
_SETTING = re.compile(r"\b(?:benchmark|dataset|setting|task|metric|condition|test|measure|experiment)s?\b", re.I)


def uncompared(text: str, parts: Sequence[Clause], cited: Cited, sources: Sources) -> Iterator[Fault]:
    """Finds papers, or figures of theirs, that are compared though no cited sentence compares them.

    A sentence that says that they come from different benchmarks or settings may.
    """
    if len(cited) < 2 or (_APART.search(text) and _SETTING.search(text)):
        return
    figures = _figures(text, cited, sources)
    for part in parts:
        won = [token for token in tokens(part.text) if WINNING.match(token.low) or LOSING.match(token.low)]
        than = any(token.low == "than" for token in tokens(part.text))
        compared = won + [token for token in tokens(part.text) if token.low in _DEGREES and (figures or than)]
        if part.relates and compared and not _is_compared(part, cited, sources):
            yield Fault("comparison", compared[0].text, "no cited sentence compares these papers")
        elif len(figures) > 1:
            mine = [part.paper] if part.paper in cited else list(cited)
            carried = said(mine, cited, sources)
            for token in compared:
                if token.key not in carried:
                    yield Fault("comparison", token.text, "no cited sentence compares these figures")


def _figures(text: str, cited: Cited, sources: Sources) -> set[str]:
    """Ids of the papers of which a figure is told."""
    mine = {token.key for token in tokens(text) if token.kind == "number" and not token.is_spelled}
    return {key for key in cited if any(mine & keys(sentence) for sentence in sources[key].carrying(cited[key]))}


def _is_compared(part: Clause, cited: Cited, sources: Sources) -> bool:
    """Whether one sentence of one of the papers names another, and has the numbers that are told."""
    ids = part.names or cited.keys()
    numbers = {token.key for token in tokens(part.text) if token.kind == "number" and not token.is_spelled}
    for key in cited.keys() & ids:
        others = [sources[other].main for other in ids - {key}]
        for sentence in sources[key].carrying(cited[key]):
            if numbers <= keys(sentence) and any(main and main <= keys(sentence) for main in others):
                return True
    return False
