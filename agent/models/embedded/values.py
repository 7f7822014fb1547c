"""Which numbers of a sentence report an outcome."""

from __future__ import annotations

import re

from agent.models.embedded.quantities import CHANGE, Stems, Telling, Unit, Value, quantities
from agent.models.embedded.scores import beside, metric_behind, scored


def values(text: str, telling: Telling) -> list[Value]:
    """Returns the outcomes that a sentence states in numbers, in its order; at most twenty.

    Sizes of data, models and inputs, settings, dates, intervals of confidence and probabilities are none.
    """
    found: list[Value] = []
    for begin, end, unit in quantities(text)[:_READ]:
        if len(found) == _MOST:
            break
        if (not found or begin >= found[-1].end) and _is_outcome(text, begin, end, unit, telling, found):
            found.append(Value(text[begin:end], begin, end))
    return found


_READ = 100
_MOST = 20
"""Values that one sentence can report; more of them are no prose."""
_NEAR = Stems(
    "improv outperform surpass exceed achiev attain reach gain boost increas reduc decreas drop declin lower higher"
    " faster"
    " slower speed sav better worse accura error rate relative absolute performance margin advantage fewer smaller"
    " cheaper"
    " less get obtain cut more compress retain preserv maintain prun score level only ratio recall precision success"
    " win"
    " agree correct beat over deliver yield enhanc rais shrink fall fell show find found report observ risk mortality"
    " survival prevalence incidence respon patients participants efficien compared versus vs match grow rise rose verif"
    " solv tight enrich expand average merely just"
)
"""Words beside a number that is an outcome, in a sentence that reports."""
_STRONG = Stems(
    "improv outperform surpass exceed achieves achieved achieving attain boost faster slower fell rose increases"
    " increased"
    " increasing reduces reduced reducing decreases decreased decreasing raises raised raising enhances enhanced"
    " enhancing"
    " saves saved saving accelerates accelerated accelerating dropped declined lower higher better worse accuracy"
    " speedup"
    " fewer"
)
"""Words that tell an outcome in any sentence of the authors' own work."""
_SIZE = re.compile(
    r"\s?(?:of )?(?:the |our |all |its )?(?:training |labell?ed |annotated |original |vision |visual |image |video "
    r"|text )?"
    r"(?:tokens?|data|samples?|images?|parameters?|params|questions|words|papers|pairs|videos"
    r"|of (?:the )?(?:world|population|people|global))",
    re.I,
)
_NO_OUTCOME = re.compile(
    r"\s?(?:CI\b|confidence|more (?:parameters|data|training data)\b|resolution|pixels|coverage|cohort|\w+ diameter"
    r"|(?:long|thick|wide|deep|tall)\b|wt\b"
    r"|mol\b|of (?:the )?(?:cohort|sample)\b|\d+ (?:x|×)|[x×]\s?\d)"
)
_SETTING = re.compile(
    r"\b(?:confidence|significance level|top|age[ds]?|CI|I\^?2|probability|thresholds?|cut-?off|(?:mask\w*|sampling"
    r"|split) ratio"
    r"|mask\w*|first|last|discovery rate|follow-up|dos(?:e|es|age)|margin|depth|length|wavelength|luminosity|radius"
    r"|diameter|thickness|(?:mass|beam|photon) energy"
    r"|live time|coverage|total\w*|exposure|baseline|older than|younger than|where \w+ \w+|enriched to|(?:canonical"
    r"|local|literature|reference|nominal|accepted|published) value)"
    r"(?: of| at| was| is| to|:)?\s(?:(?!by\b)\w+ |[<>=≤≥] ?)?\(?$|\bat (?:an? |the )(?!rate )(?:[\w-]+ ){1,4}of $"
    r"|(?:[Cc]onfidence limit|CI)\b[^;()]{0,20}$|[<>≤≥] ?$",
    re.I,
)


def _is_outcome(text: str, begin: int, end: int, unit: Unit, telling: Telling, found: list[Value]) -> bool:
    """Whether the words around a number speak of an outcome and not of a size or a setting."""
    before, after = text[max(0, begin - 90) : begin], text[end : end + 40]
    if unit == "none":
        if text[begin] in "+−-" and _SETTING.search(before):
            return False
        return scored(text, begin, end, telling) or beside(text, begin, end, found)
    if _SETTING.search(before) or _NO_OUTCOME.match(after):
        return False
    if (
        found
        and _ALIKE.fullmatch(text, found[-1].end, begin)
        and _bare_unit(found[-1].text) == _bare_unit(text[begin:end])
    ):
        return True
    if text[begin] in "+−-":
        return unit == "share" or (telling.reported and not before.endswith(("at ", "to ")))
    if unit == "measure":
        return _measured(before, telling)
    if unit == "worded":
        return telling.reported or _STRONG.occur(before) or _STRONG.occur(after)
    if _IN_A.search(before + text[begin:end]):
        return False
    near = _NEAR if telling.reported else _STRONG
    if _SIZE.match(after) and not near.occur(before[-40:]):
        return False
    told = telling.reported and telling.measuring and not before.endswith("= ")
    return told or bool(
        near.occur(before)
        or near.occur(after)
        or "up to " in before
        or metric_behind(text, end)
        or _RATE.search(text, begin, end)
    )


_ALIKE = re.compile(r"(?: (?:with|in|for) \w+(?: \w+)?)?,? (?:and|vs\.?|versus|or) ")
_RATE = re.compile(r"FPS$|fps$|per second$|/s(?:ec)?$")
_IN_A = re.compile(r"\ban? [\d.]+ (?:ms|dB|fps|FPS)$|\(\d\s?σ$|= \d+x$")


def _bare_unit(value: str) -> str:
    """Returns the unit of a value."""
    return value.lstrip("+−-0123456789.,± ")


_STATED = re.compile(
    r"(?:\b(?:of|is|was|are|were|be|than|reach\w*|yield\w*|averag\w*|only|about|approximately|median \w+ \w+|in"
    r"|as (?:small"
    r"|low|high|large|long) as|needs|indicate[sd]?|being|(?P<to>to|for|by|from))|[=~≈])\s(?:about |~|≈|only |up to "
    r"|less than )*$"
)


def _measured(before: str, telling: Telling) -> bool:
    """Whether a number with a unit of measurement is stated as what was found."""
    if telling.reported and not telling.measuring and _COSTING.search(before):
        return True
    stated = _STATED.search(before)
    if stated is None:
        return False
    if stated["to"] == "for":
        return telling.reported and bool(_LASTING.search(before))
    changed = CHANGE.occur(before)
    if stated["to"] == "by" and changed:
        return True
    return telling.measuring and telling.reported and (changed or not stated["to"])


_LASTING = re.compile(r"\b(?:run|ran|last|persist|surviv|stable|maintain)\w*[^,;]{0,30}$")
_COSTING = re.compile(
    r"\b(?:sav(?:es|ed|ing)|within|takes|took|requir(?:es|ing) only|in (?:only|just|under)) (?:only |about |up to )?$"
)
