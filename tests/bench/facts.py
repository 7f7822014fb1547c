"""How far the facts of summaries agree with what people labelled."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from agent.schema import SummaryDraft

ENTITIES = ("benchmarks", "datasets", "models")
ROLES = {"problem": {"background", "objective"}, "approach": {"method"}, "findings": {"result"}}


def agreement(pairs: Iterable[tuple[SummaryDraft, Mapping[str, Any]]]) -> dict[str, float]:
    """Returns shares from 0 to 1: of papers, of cited sentences, or F1 of values, as the name says."""
    pairs = list(pairs)
    found = {
        "contribution": _share(draft.contribution in label["contribution"] for draft, label in pairs),
        "sentence of the TL;DR": _share(draft.tldr.evidence[0] in label["tldr_sentence"] for draft, label in pairs),
    }
    for part, roles in ROLES.items():
        cited = [[n for told in getattr(draft, part) for n in told.evidence] for draft, _ in pairs]
        fits = [
            label["roles"][number - 1] in roles or number in label[part]
            for numbers, (_, label) in zip(cited, pairs, strict=True) for number in numbers
        ]  # fmt: skip
        found[f"{part}: role fits"] = _share(fits)
        found[f"{part}: reached"] = _share(
            not label[part] or bool({*numbers} & {*label[part]})
            for numbers, (_, label) in zip(cited, pairs, strict=True)
        )
    found["name, F1"] = _f1(
        (
            [draft.name] if draft.name and label["name"] else [],
            label["name"][:1] if draft.name not in label["name"] else [draft.name],
        )
        for draft, label in pairs
    )
    found["results, F1"] = _f1(
        ([r.value for r in draft.results], [r["value"] for r in label["results"]]) for draft, label in pairs
    )
    found["links, F1"] = _f1(
        ([a.url for a in draft.artifacts], [a["url"] for a in label["artifacts"]]) for draft, label in pairs
    )
    found["entities, F1"] = _f1(
        (_listed(draft.model_dump(), ENTITIES), _listed(label, ENTITIES)) for draft, label in pairs
    )
    found["modalities, F1"] = _f1((draft.modalities, label["modalities"]) for draft, label in pairs)
    return found


def _listed(record: Mapping[str, Any], fields: Iterable[str]) -> list[str]:
    return [value for field in fields for value in record[field]]


def _share(good: Iterable[bool]) -> float:
    good = list(good)
    return sum(good) / len(good) if good else 0.0


def _f1(pairs: Iterable[tuple[Iterable[str], Iterable[str]]]) -> float:
    """Returns the F1 of values, equal when folded; one of four letters or more may stand inside the other."""
    hit = said = wanted = 0
    for mine, theirs in pairs:
        left = sorted({_fold(value) for value in theirs})
        values = sorted({_fold(value) for value in mine})
        said, wanted = said + len(values), wanted + len(left)
        for value in values:
            like = next((other for other in left if _same(value, other)), None)
            if like is not None:
                left.remove(like)
                hit += 1
    return 2 * hit / (said + wanted) if said + wanted else 1.0


def _fold(value: str) -> str:
    return re.sub(r"[^a-z0-9.%]+", "", value.lower()).strip(".")


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and (one in other or other in one))
