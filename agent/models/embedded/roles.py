"""What each sentence of an abstract is there for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain

from agent.models.embedded.abstract import Sentence
from agent.models.embedded.linear import scores, weights
from agent.schema import Role

ROLES: tuple[Role, ...] = ("background", "objective", "method", "result", "other")
Chances = tuple[float, ...]
"""How likely a sentence has each of the roles, in their order; they sum to one."""


def chances(sentences: Sequence[Sentence]) -> tuple[Chances, ...]:
    """Returns how likely each sentence has each role.

    Two linear models, one upon the other: the first reads the words and the place of a sentence, the second what the
    first thinks of it and of its neighbours. Trained on CSAbstruct (A. Cohan et al., "Pretrained Language Models for
    Sequential Sentence Classification", EMNLP 2019) as in W. Cohen and V. Carvalho, "Stacked Sequential Learning",
    IJCAI 2005.
    """
    alone = [softmax(scores(weights("roles"), found)) for found in features(sentences)]
    together = [softmax(scores(weights("roles_context"), (), found)) for found in contexts(alone)]
    return tuple(_headed(sentence, chance) for sentence, chance in zip(sentences, together, strict=True))


def likeliest(chance: Chances) -> Role:
    """Returns the role with the highest chance."""
    return ROLES[chance.index(max(chance))]


def softmax(sums: Sequence[float]) -> Chances:
    """Returns the chances that belong to sums of weights."""
    highest = max(sums)
    raised = [math.exp(value - highest) for value in sums]
    whole = sum(raised)
    return tuple(value / whole for value in raised)


def features(sentences: Sequence[Sentence]) -> Iterator[list[str]]:
    """Yields for each sentence what is there to learn from: words, pairs of words, cues, its place and its neighbours.

    What is no word of the text begins with `@`.
    """
    count = len(sentences)
    own = [bool(sentence.cues["own"] or sentence.cues["proposing"]) for sentence in sentences]
    first = own.index(True) if any(own) else count
    last = count - 1 - own[::-1].index(True) if any(own) else -1
    for index, sentence in enumerate(sentences):
        words = list(chain.from_iterable(map(_tokens, sentence.text.lower().split())))
        places = (
            f"@at {min(index, 9)}", f"@left {min(count - 1 - index, 9)}", f"@of {min(count, 15)}",
            f"@at {min(index, 6)} of {min(count, 12)}", f"@tenth {10 * index // max(1, count - 1)}",
            f"@words {min(len(words) // 5, 10)}", f"@own {first < index} {own[index]} {last > index}",
        )  # fmt: skip
        cues = sentence.cues.items()
        yield [
            *{*words, *map(" ".join, zip(["<", *words], [*words, ">"], strict=True))},
            *places, *(["@quantified"] if sentence.quantified else ()),
            *(["@link"] if "://" in sentence.text else ()),
            *(f"@{group}" for group, _ in cues), *(f"@{group} twice" for group, often in cues if often > 1),
            *_beside("before", sentences[index - 1] if index else None),
            *_beside("after", sentences[index + 1] if index < count - 1 else None),
        ]  # fmt: skip


_TOKEN = re.compile(r"[a-z]+(?:[-'’][a-z]+)*|\d+(?:\.\d+)?|[%():;,?]")


@lru_cache(maxsize=50_000)
def _tokens(piece: str) -> tuple[str, ...]:
    """Returns the tokens of a piece without spaces, numbers all alike; abstracts share most of theirs."""
    return tuple("0" if token[0].isdigit() else token for token in _TOKEN.findall(piece))


def _beside(side: str, neighbour: Sentence | None) -> list[str]:
    if neighbour is None:
        return [f"@nothing {side}"]
    return [f"@{side} {' '.join(neighbour.words[:2])}", *(f"@{side} {group}" for group in neighbour.cues)]


def contexts(alone: Sequence[Chances]) -> Iterator[list[tuple[str, float]]]:
    """Yields for each sentence its chances and those of the two before and behind it, and the best of each side."""
    count = len(alone)
    before = list(accumulate(alone, _best))
    after = list(accumulate(reversed(alone), _best))
    for index, chance in enumerate(alone):
        found = [*zip(_NAMES["log"], (math.log(max(value, 1e-9)) for value in chance), strict=True)]
        for step in (-2, -1, 1, 2):
            if 0 <= index + step < count:
                found += zip(_NAMES[step], alone[index + step], strict=True)
        if index:
            found += zip(_NAMES["before"], before[index - 1], strict=True)
        if index < count - 1:
            found += zip(_NAMES["after"], after[count - 2 - index], strict=True)
        found += [("first", index == 0), ("last", index == count - 1)]
        yield [*found, ("place", index / count), ("count", count / 10)]


_NAMES = {side: tuple(f"{side} {role}" for role in ROLES) for side in ("log", -2, -1, 1, 2, "before", "after")}


def _best(one: Chances, other: Chances) -> Chances:
    return tuple(map(max, one, other))


_HEADED: dict[str, Role] = {
    "background": "background", "introduction": "background", "context": "background", "motivation": "background",
    "objective": "objective", "objectives": "objective", "aim": "objective", "aims": "objective",
    "purpose": "objective", "methods": "method", "method": "method", "design": "method", "approach": "method",
    "methodology": "method", "results": "result", "findings": "result", "conclusion": "result",
    "conclusions": "result", "availability": "other", "funding": "other",
}  # fmt: skip
_HEAD = re.compile(r"(?=([A-Za-z]+))(?:[A-Z]\w+(?: and \w+)?:|[A-Z]{4,}(?: AND [A-Z]+)? (?=[A-Z][a-z]|[A-Z] ))")


def _headed(sentence: Sentence, chance: Chances) -> Chances:
    """The chances, or certainty where the sentence begins with its section's heading or says where to find the code."""
    head = _HEAD.match(sentence.text)
    role = _HEADED.get(head[1].lower()) if head else None
    if sentence.cues["released"] and "://" in sentence.text:
        role = "other"
    return chance if role is None else tuple(float(role == other) for other in ROLES)
