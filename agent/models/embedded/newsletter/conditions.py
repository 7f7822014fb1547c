"""Under which condition a result holds, as the sentence says that states it."""

from __future__ import annotations

import re


def condition(before: str, after: str) -> str:
    """Returns ` with the help of BogNet` out of what stands around a result; empty where nothing limits it."""
    ahead, behind = _AHEAD.search(before), _BEHIND.match(after)
    if behind:
        return f" {behind['when'].rstrip(' .')}"
    return f" {ahead['when'][0].lower()}{ahead['when'][1:]}" if ahead else ""


_LIMITS = (
    r"with the (?:help|assistance|aid|support) of|with only|under|using (?:the same|an?|only|as little as)"
    r"|(?:when|if|once|after) (?:being )?\w+(?:ed|ing|t)\b"
    r"|(?:pre-?|fine-?)?(?:trained|tuned|evaluated|tested) (?:only )?(?:on|with|using)"
    r"|(?:in|for|at) (?:an?|the) (?=[^,;]{0,80}\b(?:settings?|setup|set-up|regimes?|scenarios?)\b)"
)
_ELSE = r"\b(?:while|but|whereas)\b"
"""What stands behind these limits something else."""
_AHEAD = re.compile(rf"(?:^|, |: )(?P<when>(?i:{_LIMITS})[^,;:]*), (?!and\b|or\b)")
_BEHIND = re.compile(
    rf"(?:(?!{_ELSE})[^,;:.]|\.\d)*?,? ?(?<!and )\b(?P<when>(?:{_LIMITS}) (?:(?!{_ELSE})[^,;:%()]|,(?=\d))+?)"
    rf"(?=[,;:]|\.?$| {_ELSE})"
)
"""What limits a result may stand behind another result of the same clause."""
