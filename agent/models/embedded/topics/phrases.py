"""Noun phrases, told by where English lets a phrase begin and end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from agent.models.embedded.topics import words as english

Phrase = tuple[str, ...]
"""Words in lower case and in the singular, so that a phrase is the same however it is printed."""

Printed = tuple[str, ...]
"""Words as they stand in the text."""

Run = tuple[Printed, bool]
"""Words as printed that stand together, and whether a noun phrase surely ends with the last of them."""

_LONGEST = 4


def runs(text: str) -> list[Run]:
    """Returns the stretches of a text between punctuation, joining words, verbs, praise, numbers and links."""
    found: list[Run] = []
    run: list[str] = []
    for token, after in pairwise([*_TOKEN.findall(text), "."]):
        joins = (token.endswith("ing") and _closes(after)) or (_OF.match(token) and not _breaks(after))
        if not _breaks(token) or (run and joins):
            run.append(token)
        elif run:
            found.append((tuple(run), _closes(token)))
            run = []
    return [*found, (tuple(run), True)] if run else found


def phrases(found: Iterable[Run]) -> Iterator[tuple[Phrase, Printed]]:
    """Yields the stretches of up to four words of the runs, as counted and as printed."""
    for run, _ in found:
        keys = tuple(map(key, run))
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + _LONGEST) + 1):
                if run[start] != "of" and run[end - 1] != "of":
                    yield keys[start:end], run[start:end]


def heads(found: Iterable[Run]) -> Mapping[str, float]:
    """Returns for each word how often a noun phrase ends with it, from 0 to 1.

    `learning` ends many phrases, `multimodal` hardly any. A word seldom seen is judged by its ending too.
    """
    ends: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for run, closed in found:
        keys = [key(word) for word in run]
        for word, after in pairwise(keys):
            seen[word] += 1
            ends[word] += after == "of"
        if closed:
            seen[keys[-1]] += 1
            ends[keys[-1]] += 1
    return {
        word: (ends[word] + (0.5 if word.endswith(english.ADJECTIVAL) else 2.0)) / (seen[word] + 3) for word in seen
    }


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """Returns the form under which a printed word is counted."""
    return english.singular(word.lower())


def sound(phrase: Phrase, head: Mapping[str, float]) -> bool:
    """Whether a reader takes the words for a noun phrase that could be a subject."""
    first, last = phrase[0], phrase[-1]
    if len(phrase) > 1 and first.endswith(("ing", "ly")):
        return False
    if "of" in phrase and phrase[phrase.index("of") - 1] in _EMPTY:
        return False
    return last not in _EMPTY and head.get(last, 0.0) >= (0.4 if len(phrase) > 1 else 0.5)


_EMPTY = english.SCHOLARLY | english.VAGUE
_OF = re.compile(r"of\Z")
_TOKEN = re.compile(r"https?://\S+|[^\W_]+(?:[-'’/(][^\W_]+\)?)*|[^\w\s]")


@lru_cache(maxsize=50_000)
def _breaks(token: str) -> bool:
    lower = token.lower()
    if len(token) < 2 or not token[0].isalpha() or "://" in token or _COINED.match(token):
        return True
    return lower in english.FUNCTION or lower in english.EVALUATIVE or english.verbal(lower)


def _closes(token: str) -> bool:
    """Whether a noun phrase ends before the token, as `question answering` does before `in` and before a comma."""
    return not token[0].isalnum() or token.lower() in english.PREPOSITIONS


_COINED = re.compile(r".*[a-z][A-Z]|.*[A-Z]{2}[a-rt-z]|.*\d")
"""Names such as `FooNet` and `Foo2`; acronyms and their plurals are words."""
