"""Operators on names: another one of the abstract, one from outside, an invented dataset or link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.faith.pairs import Pair

from .names import DATA, kind, listed, named_in, names, related
from .words import choose, pick, put, spots

GENERIC = "datasets benchmarks tasks".split()
RELEASED = [
    "The code is available at https://github.com/{owner}/{name}.",
    "See https://{name}.github.io for code and data.",
    "The paper is published as https://doi.org/10.1145/{digits}.",
    "Models are released at https://huggingface.co/{owner}/{name}.",
]


def entity_inside(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A name gives way to another name of its kind in the abstract, which gives way to it in turn."""
    candidates = named_in(pair)
    made = (rename(pair.text, a[0], b) for a in names(pair.text) for b in candidates if exchangeable(pair, a[0], b))
    return pick(made, pair)


def exchangeable(pair: Pair, a: str, b: str) -> bool:
    """Whether two names are of one kind, and stand in no list that makes them equal here."""
    alike = kind(a, pair.abstract) == kind(b, pair.abstract) and not related(a, b)
    ordered = "respectively" in pair.text
    return alike and (ordered or not any(listed(a, b, sentence) for sentence in (pair.text, *pair.sentences)))


def rename(text: str, a: str, b: str) -> str:
    """Exchanges two names wherever they stand."""
    spot = re.compile(rf"(?<![\w-])(?:{re.escape(a)}|{re.escape(b)})(?![\w-])")
    return spot.sub(lambda match: b if match[0] == a else a, text)


def entity_outside(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A name gives way to a name of its kind from another abstract."""
    made = (rename_to_foreign(pair, spot[0], others) for spot in names(pair.text))
    return pick((text for text in made if text), pair)


def rename_to_foreign(pair: Pair, name: str, others: Sequence[Pair]) -> str | None:
    """Writes a name of another abstract instead of one, where one of its kind is found."""
    sort = kind(name, pair.abstract)
    foreign = (new for new in foreign_names(others)[sort] if fresh(pair, new) and not related(name, new))
    new = choose(foreign, pair.key + name)
    return re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", new, pair.text) if new else None


def foreign_names(others: Sequence[Pair]) -> dict[str, list[str]]:
    """The names of other abstracts by kind."""
    abstracts = {pair.key: pair for pair in others}
    found: dict[str, list[str]] = defaultdict(list)
    for pair in abstracts.values():
        for name in named_in(pair):
            found[kind(name, pair.abstract)].append(name)
    return found


def fresh(pair: Pair, name: str) -> bool:
    """Whether the abstract knows no such name."""
    return name.lower() not in pair.abstract.lower()


def dataset_invented(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A dataset that the abstract does not name is added or takes the place of a general word."""
    unknown = [name for name in (*DATA, *foreign_names(others)["data"]) if fresh(pair, name)]
    first = choose(unknown, pair.key + pair.text) or "ImageNet"
    second = choose((name for name in unknown if name != first), pair.text) or "COCO"
    own = [spot for spot in names(pair.text) if kind(spot[0], pair.abstract) == "data"]
    made = [put(pair.text, spot, first) for spot in own]
    made += [put(pair.text, (spot.end(), spot.end()), f" such as {first} and {second}") for spot in generic(pair.text)]
    return pick([*made, *evaluated(pair.text, first)], pair)


def generic(text: str) -> Iterator[re.Match[str]]:
    """Finds general words for data before a stop, where examples can follow."""
    for spot in spots(text, GENERIC):
        if re.match(r"[.,;]", text[spot.end() :]) and not names(text[spot.end() :])[:1]:
            yield spot


def evaluated(text: str, name: str) -> Iterator[str]:
    """Adds where something was measured, behind a statement that says what was achieved."""
    achieved = re.search(r"\b(?:outperform|improve|achiev|surpass|accura|perform|better|effective)", text)
    if achieved and re.search(r"[a-z]\.$", text) and not re.search(r"[,:;]|\bon\b[^.]*$", text):
        yield f"{text[:-1]} on {name}."


def url_invented(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A link is added, or the one that stands there leads elsewhere."""
    words = re.findall(r"[A-Za-z]{3,}", pair.title or pair.text)
    name = next(iter(names(pair.title)), [words[0].lower() if words else "paper"])[0]
    filled = {"owner": f"{words[-1].lower() if words else 'lab'}-lab", "name": re.sub(r"[^\w-]", "", name)}
    filled["digits"] = str(sum(map(ord, pair.text)) * 1237 % 9_000_000 + 1_000_000)
    made = [f"{pair.text} {template.format(**filled)}" for template in RELEASED]
    if links := list(re.finditer(r"https?://[^\s)]*[\w/]", pair.text)):
        made = [put(pair.text, link, link[0].rstrip("/") + "-code") for link in links]
        made += [put(pair.text, link, link[0].replace("://", "://www.my")) for link in links]
    return pick(made, pair, 1)
