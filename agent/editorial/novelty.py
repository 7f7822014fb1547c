"""What one paper of a window speaks of and no other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from agent.schema import SummarizedPaper
from agent.text import clean

_MODALITIES: Mapping[str, tuple[str, str]] = {
    "audio": ("audio", " audio"),
    "speech": ("speech", " speech"),
    "3d": ("3D", " 3d"),
    "time-series": ("time series", " time series"),
    "graph": ("graphs", " graph"),
    "tabular": ("tables", " tab"),
}
"""How a kind of data is called, and with what all words for it begin."""
_HEADS = re.compile(
    r"(?:detection|recognition|captioning|answering|segmentation|retrieval|translation|recommendation|forecasting|"
    r"classification|localization|grounding|editing|synthesis|prediction|parsing|summarization|planning|navigation|"
    r"manipulation|tracking|matching|estimation|reconstruction|generation|calibration|pruning|compression|"
    r"distillation|quantization|alignment|search|diagnosis|verification|completion)\Z"
)
"""Last words of tasks that a reader can picture."""


class Corpus:
    """The papers of a window."""

    def __init__(self, papers: Sequence[SummarizedPaper], *, of_a_week: bool = True) -> None:
        self._papers = papers
        self.span = "of the week" if of_a_week else "here"
        """Among which papers one is the only one."""
        # The only one of 200 is rarer than the only one of 20.
        self.weight = 0.4 + 0.5 * math.log10(max(1, len(papers)))
        """How much it says to be the only one."""

    def alone(self, item: SummarizedPaper) -> str:
        """Returns what a paper is about and no other one speaks of; empty where there is nothing of the kind."""
        if len(self._papers) < _FEWEST:
            return ""
        title = _plain(item.paper.title)
        return next((name for name, signs in _subjects(item, title) if self._is_alone(signs)), "")

    def _is_alone(self, signs: Sequence[str]) -> bool:
        """Whether one text alone has all the signs, wherever they stand in it."""
        among = self._texts
        for sign in signs:
            among = [text for text in among if sign in text]
        return len(among) == 1

    @cached_property
    def _texts(self) -> list[str]:
        """Title and abstract of each paper."""
        return [f"{_plain(item.paper.title)}{_spaced(' '.join(item.paper.sentences))}" for item in self._papers]


_FEWEST = 10
"""Among fewer papers each is the only one on something."""


def _subjects(item: SummarizedPaper, title: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yields what the title says that the paper is about, and the signs of another that is about it too."""
    for task in item.summary.tasks:
        words = _plain(task)
        parts = [word for word in words.split() if word not in _GENERAL]
        known = len(parts) > 1 and words in title and _HEADS.search(words) and not parts[0].endswith("ing")
        if known and not _is_coined(parts, item.summary.name):
            yield task, [f" {part[:_STEM]}" for part in parts]
    for modality in item.summary.modalities:
        name, sign = _MODALITIES.get(modality, ("", ""))
        if name and sign in title:
            yield name, [sign]


def _is_coined(words: Sequence[str], name: str | None) -> bool:
    """Whether the paper's name is made of these words, so that they are its own and no task."""
    low = (name or "").lower()
    return "".join(word[0] for word in words) in low or all(word[:2] in low for word in words)


_STEM = 6
"""Letters that `distill` and `distillation` share."""
_GENERAL = frozenset("multimodal multi modal visual vision language zero few shot".split())
"""Words that tell no task from another here."""


def _plain(text: str) -> str:
    return _spaced(clean(text))


def _spaced(text: str) -> str:
    """A clean text in lower case with a space before each word, compounds parted."""
    return " " + text.lower().replace("-", " ").replace("(", " ")
