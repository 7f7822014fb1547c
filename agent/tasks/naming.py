"""What a topic may be called: by words that its papers have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.grounding import Abstract
from agent.grounding.fields import carried
from agent.grounding.tokens import tokens
from agent.sections import RESIDUAL

MOST_KEYWORDS = 8
LONGEST_KEYWORD = 4
LONGEST = 5
"""Words of a label that is made of keywords."""
FEW = 3
"""So many papers have little in common but their topic."""


def is_heading(label: str, sources: Sequence[Abstract]) -> bool:
    """Whether a label is one of those that `digest` gives itself to papers such as these.

    It is the name of a theme of research that is known beforehand, of which some paper speaks or to which papers of
    its kind belong, or of the papers that stand in none.
    """
    # Commands that group nothing do without the rules of grouping, and start sooner.
    from agent.models.embedded.topics import themes

    if label in RESIDUAL:
        return True
    mine = [theme for theme in themes.built_in() if label in (theme.label, theme.family)]
    spoken = (keyword.removeprefix("=") for theme in mine for keyword, _ in theme.keywords)
    return any(theme.contribution for theme in mine) or any(carried(keyword, sources) for keyword in spoken)


class Words:
    """The words of a topic's papers, but for what speaks to a machine."""

    def __init__(self, sources: Iterable[Abstract]) -> None:
        self._sources = tuple(sources)

    def keywords(self, drafted: Sequence[str]) -> tuple[str, ...]:
        """Returns the keywords that the papers have, each once."""
        short = (word for word in dict.fromkeys(drafted) if len(word.split()) <= LONGEST_KEYWORD)
        return tuple([word for word in short if carried(word, self._sources)][:MOST_KEYWORDS])

    def label(self, drafted: str, keywords: Sequence[str]) -> str:
        """Returns the label where it may stand, else one made of keywords; empty where there are none.

        It may where the papers have its words, and where it is a heading of our own.
        """
        if is_heading(drafted, self._sources) or (carried(drafted, self._sources) and self._is_shared(drafted)):
            return drafted
        pair = " and ".join(keywords[:2])
        short = pair if len(pair.split()) <= LONGEST else keywords[0]
        return short[:1].upper() + short[1:]

    def _is_shared(self, label: str) -> bool:
        """Whether a label is not one paper's alone: of many papers, more than one has half of its words."""
        keys = {token.key for token in tokens(label) if token.means}
        shared = [key for key in keys if sum(key in source.keys for source in self._sources) > 1]
        return len(self._sources) < FEW or 2 * len(shared) >= len(keys)
