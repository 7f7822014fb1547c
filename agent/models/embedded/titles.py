"""What a paper's title says that its work is called."""

from __future__ import annotations

import re

from agent.models.embedded.abstract import Abstract
from agent.models.embedded.shape import coined


def from_title(abstract: Abstract) -> list[tuple[str, float]]:
    """Returns what stands before the title's colon, as the abstract spells it."""
    head, colon, _ = abstract.title.partition(":")
    if not colon:
        head, colon, _ = _DESCRIBED.sub(":", abstract.title, 1).partition(":")
    head = _DRESSED.sub("", head.strip()) or head
    words = head.split()
    if not colon or not 0 < len(words) <= 5 or head.rstrip().endswith("?"):
        return []
    spelt = _as_spelt(head.strip(), abstract)
    if words[-1].lower() in ("models", "networks", "llms", "systems") and not any(map(coined, words[:-1])):
        return []
    if spelt is None and len(words) > 1:
        spelt = _hyphened(words, abstract)
    if spelt is None:
        # Some papers say their name in the title only.
        return [(words[0], 3.5)] if len(words) == 1 and coined(words[0]) else []
    sure = len(words) == 1 or any(map(coined, words)) or _is_announced(spelt, abstract)
    return [(spelt, 4.5 if sure else 2.5)]


def _is_announced(spelt: str, abstract: Abstract) -> bool:
    """Whether words are written as a name where something is announced, and no short form of them stands beside."""
    return spelt.istitle() and any(
        sentence.cues["proposing"] and f"{spelt} " in sentence.text and f"{spelt} (" not in sentence.text
        for sentence in abstract.sentences
    )


_DESCRIBED = re.compile(r"(?<=\w), (?=(?:an?|the) [a-z])")
_DRESSED = re.compile(
    r"^(?:The|Introducing|Presenting) (?=[A-Z]\S*[A-Z0-9])|(?<=[A-Z0-9]) (?:experiment|survey|trial|study|project"
    r"|mission|collaboration|technical report)$",
    re.I,
)


def _as_spelt(name: str, abstract: Abstract) -> str | None:
    """Returns the name as the abstract spells it: the same letters, first with their case."""
    text = " ".join(_LINK.sub("", sentence.text) for sentence in abstract.sentences)
    for look_in, look_for in ((text, name), (text.lower(), name.lower())):
        at = look_in.find(look_for)
        while at >= 0:
            end = at + len(look_for)
            if not (_inside(text[at - 1 : at]) or _inside(text[end : end + 1])):
                return text[at:end] if any(c.isupper() or c.isdigit() for c in text[at:end]) else None
            at = look_in.find(look_for, end)
    return _spaced(name, text)


def _inside(neighbour: str) -> bool:
    return neighbour.isalnum() or neighbour == "-"


def _spaced(name: str, text: str) -> str | None:
    """Returns the name where the abstract parts its words otherwise: `FooBar`, `Foo Bar`, `Foo-Bar`."""
    wanted = "".join(filter(str.isalnum, name))
    places = [place for place, character in enumerate(text) if character.isalnum()]
    at = "".join(text[place] for place in places).find(wanted)
    if at < 0 or not wanted:
        return None
    begin, end = places[at], places[at + len(wanted) - 1] + 1
    whole = not (_inside(text[begin - 1 : begin]) or _inside(text[end : end + 1]))
    return text[begin:end] if whole and "." not in text[begin:end] else None


def _hyphened(words: list[str], abstract: Abstract) -> str | None:
    """Returns the name where the abstract makes one word of it and says what it is: `we propose foo-and-bar, a …`."""
    told = re.compile(rf" ({re.escape('-'.join(words))}), (?:an?|to|which|that) ", re.I)
    found = (told.search(sentence.text) for sentence in abstract.sentences if sentence.cues["proposing"])
    return next((match[1] for match in found if match), None)


_LINK = re.compile(r"https?://\S+")
