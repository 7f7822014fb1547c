"""Quantitative results: a value, what it measures, on what, against what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from agent.models.embedded.abstract import Abstract, Sentence
from agent.models.embedded.concepts import computing
from agent.models.embedded.quantities import Telling, Value
from agent.models.embedded.respective import Slot, shared_out
from agent.models.embedded.values import values
from agent.schema import Result


def results(abstract: Abstract) -> tuple[Result, ...]:
    """Returns what the abstract reports in numbers, in its order; sizes of data, models and inputs are no results."""
    found: dict[tuple[str, str | None, int], Result] = {}
    measuring = not computing(abstract)
    turn = _turn(abstract)
    for sentence, role in zip(abstract.sentences, abstract.roles, strict=True):
        if _FACTORS.isdisjoint(sentence.words) and not _DIGIT.search(sentence.text):
            continue
        telling = _telling(sentence, role == "result", sentence.number >= turn, measuring)
        if telling is not None:
            for result in _described(sentence, values(sentence.text, telling)):
                found.setdefault((result.value, result.on, sentence.number), result)
    return tuple(found.values())


_FACTORS = frozenset(
    "times twice magnitude doubles halves doubling halving tripling doubled halved half threefold twofold fivefold"
    " tenfold"
    " two-fold three-fold four-fold five-fold ten-fold out".split()
)
"""Words that may tell a factor or a count without a digit."""
_DIGIT = re.compile(r"\d")


def _turn(abstract: Abstract) -> int:
    """Returns the number of the sentence from which on the authors speak of their own work."""
    if not any(sentence.cues["own"] for sentence in abstract.sentences):
        # The first sentence of an abstract that never says `we` is still about the world.
        return 2
    for sentence, role in zip(abstract.sentences, abstract.roles, strict=True):
        if _TURNING & sentence.cues.keys() or role in ("method", "result") or (
            abstract.name and abstract.name in sentence.text
        ):  # fmt: skip
            return sentence.number
    return 1


_TURNING = frozenset(("own", "proposing", "studying", "finding"))


def _telling(sentence: Sentence, as_result: bool, own: bool, measuring: bool) -> Telling | None:
    """Returns how far a sentence can be trusted; None where it speaks of the world before the paper."""
    cues = sentence.cues
    if not own:
        return None
    reported = as_result or bool(cues["finding"] or cues["proving"] >= 2 or " show " in sentence.text)
    if not reported and measuring:
        reported = not (cues["proposing"] or cues["studying"]) and bool(_OUTCOME.search(sentence.text))
    return Telling(reported, measuring)


_OUTCOME = re.compile(
    r"\b(?:f[ae]ll|ris[ei]|rose|increas|decreas|reduc|delay|declin|decay|dissolv|occurr|average|reach|yield|relat"
    r"|higher"
    r"|lower|faster|slower|likely|greater|smaller|less|tighter|obtain|attribut|project|estimate[sd]? |was|were|is"
    r"|are|has"
    r"|have)"
)


def _described(sentence: Sentence, found: list[Value]) -> Iterator[Result]:
    """Yields the values with what the sentence says of them; neighbours in a list share it."""
    text = sentence.text
    for group in _groups(text, found):
        begin, end = group[0].begin, group[-1].end
        common = _Said(_metric(text, begin, end), _on(text, begin, end), _versus(text, begin, end))
        told: list[dict[Slot, str]] | None = shared_out(text, group) if len(group) > 1 else None
        for place, value in enumerate(group):
            said = replace(common, **told[place]) if told is not None else common
            yield Result(
                value=value.text,
                metric=said.metric,
                on=said.on if said.on != said.metric else None,
                versus=said.versus,
                evidence=(sentence.number,),
            )


@dataclass(frozen=True)
class _Said:
    """What a sentence says of a value."""

    metric: str | None
    on: str | None
    versus: str | None


def _groups(text: str, found: list[Value]) -> list[list[Value]]:
    """Returns the values with those put beside each other in one list: `12%, 13% and 14%`, `from 9% to 4%`."""
    groups: list[list[Value]] = []
    for value in found:
        if groups and _GLUE.fullmatch(text, groups[-1][-1].end, value.begin):
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


_GLUE = re.compile(r"(?:,| ?/|,? and| or| to|,? &)? ?(?:by |of )?(?:a |an |~)?")
_NEAR = 300
"""Characters on either side of a value in which its counterpart is looked for."""


def _metric(text: str, begin: int, end: int) -> str | None:
    """Returns what is measured: `51% overall accuracy`, `accuracy of 51%`, `reduces memory usage by 45%`."""
    if " of " in text[begin:end]:
        return None
    after = _METRIC_AFTER.match(text, end)
    if after and not _NO_METRIC.fullmatch(after[1]):
        return after[1]
    before = text[max(0, begin - 90) : begin]
    found = _METRIC_BEFORE.search(before) or _SUBJECT.search(before)
    if found is None:
        return None
    metric = _VERBS.sub("", next(filter(None, found.groups()))).strip(" (")
    return metric if metric and not _NO_METRIC.fullmatch(metric) else None


_END = (
    r"(?=[,;:()]| \(|\.(?!\d)|$| (?:such as|and|or|by|with|while|compared|comparing|over|than|when|using|without|on"
    r"|in|for"
    r"|at|to|from|across|against|versus|vs|under|respectively|is|are|was|were|which|that|after|as|of|relative"
    r"|even|where|despite|through|only|among|but|whereas|yet|achieved"
    r"|observed|typically|trained|fine-tuned|finetuned)\b)"
)
_NOUNS = r"((?:[\w@^*+'’&/-]+ ){0,3}?[A-Za-z@^*+][\w@^*+'’&/-]*)"
_NO_START = (
    r"(?!(?:on|in|over|of|without|within|during|and|or|to|for|when|across|compared|with|by|than|while|respectively"
    r"|better"
    r"|as|at|from|after|using|the|is|are|was|were|has|had|have|can|could|will|that|which|toward|towards|relative|per"
    r"|but"
    r"|between|where|whereas|under|even|only|against|respective)\b)"
)
_METRIC_AFTER = re.compile(
    r"\s(?:(?:relative|absolute|average|further|mean|its|as many|as much) )*(?:(?:reduction|improvement|increase|gain"
    r"|decrease|drop|boost|savings?)s? (?:in|of) (?:the )?|of (?:the |all |its |our )?(?!\d))?"
    rf"{_NO_START}{_NOUNS}{_END}"
)
_SCORES = (
    r"accurac(?:y|ies)|precision|recall|F-?1(?:[- ]scores?)?|F-scores?|F-measure|AU(?:RO|PR)?C|area under the curve"
    r"|BLEU|ROUGE(?:-[L12])?|METEOR|CIDEr|[WC]ER|mAP|AP|mIoU|IoU|PSNR|SSIM|FID|LPIPS|perplexity"
    r"|(?:R|Recall|Precision)@\d+|NDCG(?:@\d+)?|MRR|[RM]?MSE|MAE|R\^?2|Dice|kappa|(?:\w+ )?scores?"
    r"|(?:odds|hazard|risk|rate) ratio|relative risk|[OHR]R|sensitivity|specificity|slope"
)
"""What may stand right before its value."""
_QUANTITIES = (
    r"rates?|levels?|improvements?|gains?|reductions?|increases?|boosts?|speedups?|drops?|efficiency|errors?|loss"
    r"|coefficient|resolution|energy|yield|time|survival|ratio|correlation|effect size"
)
"""What needs `of`, `is` or the like before its value."""
_LEAD = (
    r" (?:an? |the |up to |about |around |approximately |over |nearly |almost |roughly |at least |more than |average "
    r"|on average |as much as |only |by |~|≈ ?)*$"
)
_LINKS = r" (?:of|at|is|was|are|were|reaches|reached|to|=|exceeding|from|averages?)"
_METRIC_BEFORE = re.compile(
    rf"(?<![\w.-])((?:[\w@'’-]+ ){{0,2}}(?:(?:{_SCORES})(?=(?: \([^()]*\))?(?:,|{_LINKS})? )"
    rf"|(?:{_QUANTITIES})(?={_LINKS} )))"
    rf"(?: \([^()]*\))?(?:,|{_LINKS})?{_LEAD}"
    r"|(?:reduc|improv|increas|decreas|boost|cut|lower|rais|enhanc|sav|accelerat|shrink|speed|delay)\w* "
    rf"(?:the |its |their )?((?:[\w'’-]+ ){{1,4}}?)(?:by|from){_LEAD}"
)
_SUBJECT = re.compile(
    r"(?:^|[,;:] |\b(?:and|that|the|while|whereas|performance of) )((?:[\w'’-]+ ){1,4}?)(?:was |were |is |are |has "
    r"|have )?(?:expanded|fell"
    r"|f[ae]lls?|rose|rises?|declin|dropp?|increas|decreas|improv|grew|reduc|enrich)\w*(?: \w+ly)?(?: by| from| to)?"
    + _LEAD
)
_NO_METRIC = re.compile(
    r"(?:it|they|we|them|this|that|these .*|which|level|(?:previous|prior|existing) .*|the|state-of-the-art|SOTA"
    r"|overall"
    r"|respectively"
    r"|achieved|more|less|better|worse|likely|(?:below|between|above) .*|[a-z]{1,2}|results|performance of .*"
    r"|.*\b(?:but|not)\b.*)",
    re.I,
)
_VERBS = re.compile(
    r"^(?:.*\b(?:an?|the|and|whereas|while|with|its|of|in|on|by|we|it|that|show\w*|achiev\w*|reach\w*|attain\w*"
    r"|obtain\w*|yield\w*|deliver\w*|provid\w*|scor(?:es|ed|ing)|improv(?:es|ed|ing)|increas(?:es|ed|ing)|rais(?:es"
    r"|ed|ing)"
    r"|reduc(?:es|ed|ing)|boost(?:s|ed|ing)|had|has|have) )+|\s+(?:by|from)$",
    re.I,
)


def _on(text: str, begin: int, end: int) -> str | None:
    """Returns the benchmark, data or setting: the nearest behind the value, else one before it."""
    for behind in _ON.finditer(_until_next(text[end : end + _NEAR])):
        if _PLACE.search(behind[1]):
            return behind[1]
    labelled = _LABEL.search(text, max(0, begin - 80), begin) if text.endswith(": ", 0, begin) else None
    if labelled:
        return labelled[1]
    ahead = _ON_LEAD.match(text[: min(begin, _NEAR)])
    return ahead[1] if ahead and _PLACE.search(ahead[1]) else None


_PLACE = re.compile(
    r"[A-Z]|[a-z]\d|benchmark|dataset|task|test|setting|corpus|challenge|patient|participant|trial|data\b"
    r"|images|videos|languages|mice|cells"
)
_LABEL = re.compile(r"([A-Z][\w^*+./-]*(?: [A-Z][\w-]*){0,3}): $")
_NAMED = r"(?:the |our |its |their |a |all )*((?:[\w@^*+'’&/.-]+ ){0,5}?[\w@^*+'’&/-]+)"
_ALSO = r"(?:(?:, [A-Z][\w@^*+'’&/-]*)*,? and (?:the )?[A-Z][\w@^*+'’&/-]*(?: [\w-]+){0,2}?)?"
_ON = re.compile(
    rf"\b(?:on|across|in) (?:the |our |its |their |a |all )*({_NAMED[_NAMED.index('((') + 1 : -1]}{_ALSO}){_END}"
)
_ON_LEAD = re.compile(rf"(?:[Oo]n|[Ii]n|[Aa]cross) {_NAMED}(?=,| (?:we|our)\b)")


def _until_next(text: str) -> str:
    """Returns the text up to the next value or clause, whose words belong to it."""
    return _NEXT.split(text, maxsplit=1)[0]


_NEXT = re.compile(r"\d\s?%|;|, (?:and|while|which|surpass|outperform|whereas|but)\b|\b(?:while|whereas)\b")


def _versus(text: str, begin: int, end: int) -> str | None:
    """Returns what the value is compared with."""
    behind = _VERSUS.search(text, end, end + _NEAR)
    if behind and ";" not in text[end : behind.start()]:
        return behind[1] if behind[1] not in _UNNAMED else None
    ahead = list(_VERSUS.finditer(text, max(0, begin - _NEAR), begin))
    if not ahead or ahead[-1][1] in _UNNAMED or ahead[-1][1].endswith((" more", " less")):
        return None
    return ahead[-1][1]


_UNNAMED = frozenset("state those them these it that others ours one models methods".split())
"""What a reader who sees the result alone could not tell."""


_VERSUS = re.compile(
    rf"\b(?:than|over|compared (?:to|with)|versus|vs\.?|against|relative to|surpass(?:ing|es)"
    rf"|outperform(?:ing|s)|exceed(?:ing|s)|beat(?:ing|s)|in comparison (?:to|with)|comparing to) "
    rf"(?:on )?(?!\d){_NAMED}{_END}"
)
