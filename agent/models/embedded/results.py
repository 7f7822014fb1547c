"""Quantitative results: a value, what it measures, on what, against what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.models.embedded.abstract import Abstract, Sentence
from agent.schema import Result


def results(abstract: Abstract) -> tuple[Result, ...]:
    """Returns what the abstract reports in numbers, in its order; sizes of data, models and inputs are no results."""
    found: dict[tuple[str, int], Result] = {}
    for sentence, role in zip(abstract.sentences, abstract.roles, strict=True):
        if not _DIGIT.search(sentence.text) and not sentence.cues["multiplying"]:
            continue
        for match in _values(sentence, reported=role == "result"):
            result = _described(sentence, match)
            found.setdefault((result.value, sentence.number), result)
    return tuple(found.values())


_DIGIT = re.compile(r"\d")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = (
    r"(?:\s?%|\s(?:percent(?:age points?)?|pp|points?)\b|-fold\b|\sfold\b|\s?[x×](?![\w])"
    r"|\s?[x×](?=[\s,.;)])|\s?times\b|-times\b"
    r"|\s?(?:dB|FPS|fps|ms)\b)"
)
_RANGE = rf"[+−-]?{_NUMBER}{_UNIT}?(?:\s?(?:[-–—~]|to)\s?{_NUMBER})?{_UNIT}"
_WORDED = re.compile(
    r"\b(?:tens|hundreds|thousands|dozens) of times\b|\b(?:an|one|two|three|several|\d+)(?: \w+)? "
    r"orders? of magnitude\b|\btwice\b"
    r"|\b\d+ (?:out )?of (?:the )?\d+\b(?! \w+ (?:models|languages))|\b(?:doubles|halves|doubling|halving|tripling)\b"
)
_METRIC = (
    r"(?:accuracy|accuracies|precision|recall|F1(?:[- ]scores?)?|F-scores?|F-measure|AUC|AUROC|AUPRC"
    r"|BLEU|ROUGE(?:-[L12])?|METEOR|CIDEr|WER|CER|mAP|AP|IoU|mIoU"
    r"|PSNR|SSIM|FID|LPIPS|perplexity|R@\d+|Recall@\d+|NDCG(?:@\d+)?|MRR|MSE|RMSE|MAE|R2|R\^2|Dice(?: "
    r"score)?|kappa|correlation"
    r"|(?:(?:\w+ )?scores?)|odds ratio|hazard ratio|relative risk|risk ratio|OR|HR|RR|effect size"
    r"|Cohen's d|sensitivity|specificity|error rate|success rate)"
)
# Digits are counted: without an end they would be read in the third power of their number.
_MEASURED = re.compile(
    rf"\b{_METRIC}(?: \([^()]*\))? (?:of|=|reaches|reached|at|is|was|to) (?:up to |about |around |over "
    rf"|approximately )?(?P<a>[+−-]?\d{{0,12}}\.?\d{{1,12}})(?![\w.]{{0,12}}\d|\s?%|[\w%])"
    rf"|(?<![\w.-])(?P<b>[+−-]?\d+\.\d+) (?:\w+ )?{_METRIC}\b"
    r"|\bscor(?:es|ed|ing) (?:of )?(?P<c>\d*\.\d+|\d+)(?![\w%])|(?<=[\s(])(?P<d>[+−]\d+(?:\.\d+)?)(?= "
    r"(?:on|in|over|for|points)\b|[,)])"
    r"|\bby (?:up to |about |around )?(?P<e>\d+(?:\.\d+)? (?:mm ?Hg|mmol/L|mg/dL|kg|cm|°C|years|months"
    r"|seconds|hours|minutes)\b|\d+\.\d+(?= (?:over|on|in|compared|and|for|with)\b|[,;)]|\.(?!\d)))"
)
_VALUE = re.compile(rf"(?<![\w.,^]){_RANGE}(?![\w])|(?<![\w.]){_NUMBER}%(?:[~–-]{_NUMBER}%)")

_GAIN = re.compile(
    r"\b(?:improv|outperform|surpass|exceed|achiev|attain|reach|gain|boost|increas|reduc|decreas|drop"
    r"|declin|lower|higher|faster|slower|speed|sav|"
    r"better|worse|accuracy|error|rate|relative|absolute|performance|margin|advantage|fewer|smaller"
    r"|cheaper|less|get|gain|obtain|tokens per|cut|more|compress|retain|preserv|"
    r"maintain|prun|score|level|only|ratio|recall|precision|success|win|agree|correct|beat|over|up to"
    r"|deliver|yield|enhance|rais|shrink|fall|fell|"
    r"show|find|found|report|observ|risk|mortality|survival|prevalence|incidence|respon|patients"
    r"|participants|efficien|compared|versus|vs|match|grow|rise|rose)",
    re.I,
)
_SIZES = re.compile(
    r"^\s?(?:of )?(?:the |our |all |its )?(?:training |labell?ed |annotated |original |vision |visual "
    r"|image |video |text )?(?:tokens?|data|samples?|images?|parameters?|params|questions|words|papers"
    r"|pairs|videos|confidence interval|CI\b|of (?:the )?(?:world|population|people|global))",
    re.I,
)
_NOT_RESULT = re.compile(
    r"\b(?:confidence|significance|top|age[ds]?|CI|probability|threshold|ratio of|resolution of"
    r"|masking|mask|first|last)\s(?:\w+ )?\(?$",
    re.I,
)


def _values(sentence: Sentence, *, reported: bool) -> Iterator[re.Match[str]]:
    """Yields the places of the values that a sentence reports."""
    text = sentence.text
    announced = reported or bool(sentence.cues["finding"] or sentence.cues["proving"] >= 2 or " show " in text)
    spans: list[tuple[int, int]] = []
    patterns = (_VALUE, _MEASURED, _WORDED)
    for pattern in patterns:
        for match in pattern.finditer(text):
            begin, end = _span(match)
            if len(spans) == _MOST:
                return
            if any(begin < other_end and end > other for other, other_end in spans):
                continue
            if announced and _is_result(text, begin, end):
                spans.append((begin, end))
                yield match


_MOST = 20
"""Values that one sentence can report; more of them are no prose."""


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Returns where the value stands: the named part of the pattern, else all of it."""
    return match.span(match.lastgroup) if match.lastgroup else match.span()


def _is_result(text: str, begin: int, end: int) -> bool:
    """Whether the words around a value speak of an outcome and not of a size."""
    before, after = text[max(0, begin - 90) : begin], text[end : end + 40]
    if _NOT_RESULT.search(before) or re.match(r"\s?(?:CI|confidence|resolution|pixels|\d+ (?:x|×))", after):
        return False
    if re.match(r"[x×]\s?\d", text[end - 1 : end + 3]):
        return False
    if text[begin] in "+-−":
        return True
    if _SIZES.match(after) and not _GAIN.search(before[-40:]):
        return False
    return bool(_GAIN.search(before) or _GAIN.search(after))


def _described(sentence: Sentence, match: re.Match[str]) -> Result:
    """Returns the value with what the sentence says of it."""
    begin, end = _span(match)
    text = sentence.text
    return Result(
        value=text[begin:end].strip(),
        metric=_metric(text, begin, end),
        on=_on(text, begin, end),
        versus=_versus(text, begin, end),
        evidence=(sentence.number,),
    )


def _metric(text: str, begin: int, end: int) -> str | None:
    """Returns what is measured: `51% overall accuracy`, `accuracy of 51%`, `reduces memory usage by 45%`."""
    if " of " in text[begin:end]:
        return None
    after = _METRIC_AFTER.match(text[end:])
    if after and not _NO_METRIC.fullmatch(after[1]):
        return after[1]
    before = _METRIC_BEFORE.search(text[max(0, begin - 90) : begin])
    if before:
        metric = _VERBS.sub("", before["of"] or before["by"]).strip()
        return metric if metric and not _NO_METRIC.fullmatch(metric) else None
    return None


_NO_METRIC = re.compile(
    r"(?:it|them|this|that|level|previous .*|prior .*|the|state-of-the-art|SOTA|overall|respectively|achieved"
    r"|(?:below|between|above) .*|[a-z]{1,2})",
    re.I,
)


_VERBS = re.compile(
    r"^(?:.*\b(?:an?|the|and|with|its|show\w*|achiev\w*|reach\w*|attain\w*|obtain\w*|yield\w*"
    r"|deliver\w*|provid\w*) )+|\s+by$",
    re.I,
)


def _on(text: str, begin: int, end: int) -> str | None:
    """Returns the benchmark, data or setting: the nearest behind the value, else one before it."""
    for behind in _ON.finditer(_until_next(text[end : end + _NEAR])):
        if _PLACE.search(behind[1]):
            return behind[1]
    labelled = re.search(r"([A-Z][\w^*+./-]*(?: [A-Z][\w-]*){0,3}): $", text[max(0, begin - 80) : begin])
    if labelled:
        return labelled[1]
    ahead = _ON_LEAD.match(text[: min(begin, _NEAR)])
    return ahead[1] if ahead and _PLACE.search(ahead[1]) else None


_PLACE = re.compile(
    r"[A-Z]|[a-z]\d|benchmark|dataset|task|test|setting|corpus|challenge|patient|participant|trial|data\b"
    r"|images|videos|languages|mice|cells"
)


_NEAR = 300
"""Characters on either side of a value in which its counterpart is looked for."""


def _versus(text: str, begin: int, end: int) -> str | None:
    """Returns what the value is compared with."""
    behind = _VERSUS.search(text[end : end + _NEAR])
    ahead = list(_VERSUS.finditer(text[max(0, begin - _NEAR) : begin]))
    if behind and ";" not in text[end : end + behind.start()]:
        return behind[1]
    return ahead[-1][1] if ahead and not ahead[-1][1].endswith((" more", " less")) else None


_END = (
    r"(?=[,;:()]| \(|\.(?!\d)|$| (?:and|or|by|with|while|compared|over|than|when|using|without|on|in|for"
    r"|at|to|from|across|against|versus|vs|under|respectively|is|are|was|were|which|that|after|as|of"
    r"|even|where|despite|through|only|among)\b)"
)
_NOUNS = r"((?:[\w@^*+'’&/-]+ ){0,3}?[A-Za-z@^*+][\w@^*+'’&/-]*)"
_METRIC_AFTER = re.compile(
    r"\s(?:(?:relative|absolute|average|further|mean|more|fewer|less|its|as many|as much) "
    r")*(?:(?:reduction|improvement|increase|gain|decrease|drop|boost|savings?)s? (?:in|of) (?:the "
    r")?)?"
    rf"(?!on\b|in\b|over\b|of\b|without\b|within\b|during\b|and\b|to\b|for\b|when\b|across\b|compared\b"
    rf"|with\b|by\b|than\b|while\b|respectively\b|better\b|as\b|at\b|from\b|after\b|using\b"
    rf"|the\b){_NOUNS}{_END}"
)
_METRIC_BEFORE = re.compile(
    rf"(?:(?P<of>(?:[\w@'’-]+ ){{0,2}}{_METRIC}|(?:[\w-]+ )?(?:rate|level|improvement|gain|reduction"
    rf"|increase|boost|speedup|drop|ratio|rates|efficiency)s?)(?: \([^()]*\))? (?:of|at|is|was|reaches"
    rf"|to|=|exceeding)"
    r"|(?:reduc|improv|increas|decreas|boost|cut|lower|rais|enhanc|sav|accelerat|shrink|speed)\w* "
    r"(?:the |its |their )?(?P<by>(?:[\w'’-]+ ){1,4}?)by)"
    r" (?:an? |the |up to |about |around |approximately |over |nearly |almost |roughly |at least "
    r"|more than |average |on average |as much as |only |by |~)*$"
)
_NAMED = r"(?:the |our |its |their |a |all )*((?:[\w@^*+'’&/.-]+ ){0,5}?[\w@^*+'’&/-]+)"
_ON = re.compile(rf"\b(?:on|across|in) {_NAMED}{_END}")
_ON_LEAD = re.compile(rf"(?:[Oo]n|[Ii]n|[Aa]cross) {_NAMED}(?=,| (?:we|our)\b)")
_VERSUS = re.compile(
    rf"\b(?:than|over|compared (?:to|with)|versus|vs\.?|against|relative to|surpass(?:ing|es)"
    rf"|outperform(?:ing|s)|exceed(?:ing|s)|beat(?:ing|s)|in comparison (?:to|with)|comparing to) "
    rf"(?:on )?(?!\d){_NAMED}{_END}"
)


def _until_next(text: str) -> str:
    """Returns the text up to the next value or clause, whose words belong to it."""
    return re.split(r"\d\s?%|;|, (?:and|while|which|surpass|outperform)|\bwhile\b", text, maxsplit=1)[0]
