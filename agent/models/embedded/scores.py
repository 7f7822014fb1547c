"""Bare numbers that are scores: `AUC of 0.93`, `84.6 F1`, `from 71.2 to 80.4`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.models.embedded.quantities import NUMBER, RANGE, Telling, Value, began_at


def scored(text: str, begin: int, end: int, telling: Telling) -> bool:
    """Whether a bare number is a score: `AUC of 0.93`, `84.6 F1`, `(+4.6 on …)`, `by 2.1`."""
    before, number = text[max(0, begin - 60) : begin], text[begin:end]
    if _UNSCORED.match(text, end):
        return False
    if telling.reported and _changed(text, begin, end, telling):
        return True
    if RANGE.match(text, end):
        return False
    if number[0] in "+−-" and before[-1:] in (" ", "("):
        gained = _GAINED.match(text, end) or metric_behind(text, end)
        return bool(gained) and "CI" not in before[-12:]
    if "." not in number:
        return _metered(before) and bool(_ALONE.match(text, end)) and not _YEAR.fullmatch(number)
    if telling.measuring and telling.reported and before.endswith("(") and text.startswith(")", end):
        return True
    if _metered(before) or _OBTAINED.search(before) or metric_behind(text, end) or _COMPARED_BEHIND.match(text, end):
        return True
    if _EQUALS.search(before):
        return telling.measuring and not _PROBABLE.search(before)
    return bool(_BY.search(before) and _BEHIND_BY.match(text, end))


def beside(text: str, begin: int, end: int, found: Sequence[Value]) -> bool:
    """Whether a bare number is compared with the score before it, or is one of its list."""
    if not found or _UNSCORED.match(text, end) or "." not in text[begin:end]:
        return False
    last = found[-1]
    bare = last.text[-1].isdigit() and "." in last.text
    return bare and begin - last.end < _REACH and bool(_JOINT.fullmatch(text, last.end, begin))


_REACH = 60
"""Characters between two scores that are compared."""


_SCORES = frozenset(
    "accuracy accuracies precision recall F1 F-1 F-score F-scores F-measure AUC AUROC AUPRC curve BLEU METEOR CIDEr WER"
    " CER mAP AP mIoU IoU PSNR SSIM FID LPIPS perplexity NDCG MRR MSE RMSE MAE R2 R^2 Dice kappa correlation"
    " coefficient"
    " score scores ratio risk OR HR RR aOR aHR aRR size sizes d sensitivity specificity rate slope amplitude exponent"
    " maximum minimum".split()
)
_AT = ("R@", "Recall@", "Precision@", "NDCG@", "nDCG@", "ROUGE", "F1")
_OF = re.compile(
    r"(?: \([^()]*\))?(?:,? (?:of|=|reaches|reached|at|is|was|to|are|rises?|from|:)|:|,)?"
    r"(?: up to| about| around| over| approximately| from)? $"
)
_OBTAINED = re.compile(
    r"\b(?:scor(?:es|ed|ing)(?: of)?|(?:achiev|attain|obtain)\w*|(?:gains?|improvements?|increases?) of"
    r"|(?:average|mean|median) \w+ (?:of|is|was)) $"
)
_EQUALS = re.compile(r"[A-Za-z]\w* = $")
_ALONE = re.compile(r" (?:on|in|for|and|with|at|over|across|compared|vs)\b|[,;)]|\.?$")
_UNSCORED = re.compile(r"[\w%]|\.?\d|\s?(?:[x×]|billion|million|[KMB]\b)")
_COMPARED_BEHIND = re.compile(r" (?:higher|lower|better|worse)\b")
_GAINED = re.compile(r" (?:on|in|over|for|points)\b|[,;)]|\.?$")
_BY = re.compile(r"\bby (?:up to |about |around )?$")
_BEHIND_BY = re.compile(r" (?:over|on|in|compared|and|for|with)\b|[,;)]|\.(?!\d)")


def _metered(before: str) -> bool:
    """Whether a score is named right before its value: `accuracy of`, `(RR`."""
    link = _OF.search(before)
    words = before[: link.start()].split() if link else []
    return bool(words) and _is_score(words[-1])


def metric_behind(text: str, end: int) -> bool:
    """Whether a score is named right behind its value: `84.6 F1`, `48.0 top-1 accuracy`."""
    return text.startswith(" ", end) and any(map(_is_score, text[end : end + 50].split()[:2]))


def _is_score(word: str) -> bool:
    word = word.strip("(),.;:")
    return word in _SCORES or word.startswith(_AT)


def _changed(text: str, begin: int, end: int, telling: Telling) -> bool:
    """Whether a bare number is where a change began or ended; whole numbers are taken for years and settings."""
    if "." not in text[begin:end] and (
        _YEAR.fullmatch(text, begin, end) or not (telling.measuring or _fewer(text, begin))
    ):
        return False
    return began_at(text, begin, end) or bool(_CHANGED.search(text[max(0, begin - 100) : begin]))


def _fewer(text: str, begin: int) -> bool:
    return bool(_REDUCING.search(text[max(0, begin - 100) : begin]))


_REDUCING = re.compile(r"\b(?:reduc|shrink|cut|lower|decreas|compress)\w*")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CHANGED = re.compile(rf"(?<!ging )(?<!ying )(?<!ning )\bfrom (?:a \w+ )?{NUMBER} to (?:an? )?$")
_PROBABLE = re.compile(r"\b(?:[pPnNzkdt]|p-value|I\^?2|alpha|α) ?= $")
_JOINT = re.compile(
    r"[^\d;]*(?:\b(?:and|or|vs\.?|versus|compared (?:to|with)|than|against|over)\b|, |/)[^\d;]*(?<=[ (/])"
)
