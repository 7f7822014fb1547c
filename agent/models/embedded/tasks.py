"""Which standard tasks a paper names."""

from __future__ import annotations

import re
from collections import Counter

from agent.models.embedded.abstract import Abstract


def tasks(abstract: Abstract) -> tuple[str, ...]:
    """Returns up to five task names in lower case, most often named first: up to two words before a task's noun."""
    counts: Counter[str] = Counter()
    counts.update(dict.fromkeys(_named(abstract.title), 2))
    for sentence in abstract.sentences:
        if not _LAST_WORDS.isdisjoint(sentence.words):
            counts.update(_named(sentence.text))
    longest = [
        task for task in counts if not any(task != other and task in other.split(" ", 1)[-1] for other in counts)
    ]
    ranked = sorted(longest, key=lambda task: -counts[task])
    return tuple(ranked[:5])


_NOUNS = (
    r"answering|captioning|retrieval|classification|segmentation|detection|recognition|translation|summarization"
    r"|generation|reasoning|grounding|understanding|parsing|matching|estimation|tracking|reconstruction|synthesis"
    r"|forecasting|localization|navigation|manipulation|planning|prediction|editing|alignment|reranking|ranking"
    r"|recommendation|inpainting|super-resolution|denoising|completion|extraction|linking|disambiguation|inference"
    r"|anomaly detection|clustering|tagging|diarization|separation|control|optimization|simulation|diagnosis|screening"
)
_TASK = re.compile(rf"\b(?:{_NOUNS})\b(?! (?:model|method|framework)s?\b)")
_LAST_WORDS = frozenset(re.split(r"[| ]", _NOUNS))
_BEFORE = re.compile(r"(?<![\w'’-])(?:[A-Za-z][a-z]*(?:-[A-Za-z]+)*[ -]){1,3}$")
_NO_PART = frozenset(
    "a an the of in on for and or to with by from as at its their our this that these those both various diverse such"
    " novel new effective efficient accurate better improved strong robust including multiple many several existing"
    " different unified general enhanced like is are can via using during while improves enable enables enabling"
    " improve improving we achieve supports comprehensive joint further complex challenging fundamental superior"
    " high-quality state-of-the-art simultaneous advanced precise across human-like not more than into over"
    " potential significant automatic systematic seamless deep requires between within through all any each other"
    " when while lack lacks undergo undergoes encounter encounters true proposed widely-used often without perform"
    " performs require support applied need must may could can't how what whether why where which"
    " tasks task be was were has have models model data training test also both first only based overall".split()
)


def _named(text: str) -> list[str]:
    found: dict[str, None] = {}
    for match in _TASK.finditer(text):
        before = _BEFORE.search(text[max(0, match.start() - 50) : match.start()])
        words = before[0].replace("- ", "-").split() if before else []
        for cut in range(len(words) - 1, -1, -1):
            if words[cut].lower() in _NO_PART or words[cut].lower().endswith("ly"):
                words = words[cut + 1 :]
                break
        if words:
            joint = "" if words[-1].endswith("-") else " "
            found[f"{' '.join(words)}{joint}{match[0]}".lower()] = None
    return list(found)
