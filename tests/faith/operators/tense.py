"""The operator that makes a finding of one study a general truth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.faith.pairs import Pair

from .equivalent import mentions
from .words import agreeing, base_of, forms, inflected, pick, plural, put

AUXILIARY = re.compile(
    r"(?i)\b(?:we|authors|study|been|be|is|are|was|were|has|have|had|not|that|which|who|to|by|the|an?|and|of|once|there|in|on|with|for|all|alongside|from|at|its|their|despite|using|more|most|less|least)$"
)
STATE = (
    r"(?:significantly |strongly |positively |negatively |also |not |only |up to )?"
    r"(?:associated|correlated|related|linked|higher|lower|faster|better|worse|more|less|fewer|larger|smaller|greater|effective|able|sufficient|unaffected|due|"
    r"similar|superior|common|comparable|stable|robust|limited|reduced|increased|improved|\d|most|least|close|good|found|"
    r"observed|detected|seen|caused|driven|explained|predicted|lost|missed|needed|unchanged|confined|never|no )"
)
SUBORDINATE = re.compile(r"(?i)\b(?:once|when|after|since|because|if|until|whose)\b[^,]*$")
OWNED = re.compile(r" (?:not|no|an?|the|[a-z]+er|more|less|fewer|\d+)\b")
ADJECTIVES = """predicted required improved limited reduced increased combined affected covered supported extended
filtered enhanced raised shortened accelerated generalized detected preserved correlated""".split()
FINITE = {*inflected(1), *inflected(2), "is", "are", "was", "were", "can", "may", "has", "have"}
UNIVERSAL = {"was": "is", "were": "are"}
EFFECTS = """delay decline attack disclose lack recover survive give see freeze keep gain fade face lose break reduce
increase improve outperform affect predict correlate lead cause decrease enhance boost exceed surpass
perform achieve yield exhibit influence raise lower differ vary depend require prevent produce provide
drop rise prolong alleviate impair degrade worsen contribute tend fail struggle reveal remain help
accelerate slow beat generalize facilitate hinder enable suffer support miss lift halve double score
converge trigger vanish amplify agree grow shrink occur detect rise fall win make show retain limit
determine maintain""".split()


EFFECTS_PAST = {form for form, base in inflected(2).items() if base in EFFECTS}


def tense(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A past finding of one study becomes a present truth, and `can improve` becomes `always improves`."""
    return pick([*present(pair), *always(pair)], pair)


def present(pair: Pair) -> Iterator[str]:
    """Writes the present for the past that a cited sentence has too."""
    past = {form: inflected(2)[form] for form in EFFECTS_PAST}
    for spot in re.finditer(r"\b[a-z]+\b", pair.text):
        before, behind = pair.text[: spot.start()].rstrip(), pair.text[spot.end() :]
        if not told_past(pair, spot[0]) or AUXILIARY.search(before) or SUBORDINATE.search(before):
            continue
        if spot[0] in UNIVERSAL and before and re.match(rf" (?:{STATE})", behind):
            yield put(pair.text, spot, UNIVERSAL[spot[0]])
        elif spot[0] in ("had", "did") and before and OWNED.match(behind):
            yield put(pair.text, spot, agreeing({"had": "have", "did": "do"}[spot[0]], before))
        elif spot[0] in past and finite(before) and not participle(spot[0], behind):
            yield put(pair.text, spot, agreeing(past[spot[0]], before))


def participle(word: str, behind: str) -> bool:
    """Whether the form is no finite verb: `produced by`, or `required` where another verb follows in its clause."""
    agent = re.match(r" by (?!\d|up|about|around|more|an?\b)", behind)
    rest = re.findall(r"[a-z]+", re.split(r"[,;:.]|\b(?:and|but|that|which|than|as|while|when)\b", behind)[0])
    other = any(word in FINITE for word in rest)
    return bool(agent) or (word in ADJECTIVES and other)


def told_past(pair: Pair, word: str) -> bool:
    """Whether the cited sentences tell of the past, and not of this in the present."""
    words = set(re.findall(r"[a-z]+", pair.source.lower()))
    base = inflected(2).get(word)
    past = word in words or bool(words & {"was", "were", "had", "did"}) or bool(words & EFFECTS_PAST)
    return past and not (base and set(forms(base)[:2]) & words)


def finite(before: str) -> bool:
    """Whether the word behind may be a verb and not a participle: a subject of at most eight words stands before it."""
    subject = re.split(r"[,;:]|\b(?:that|which|who)\b", before)[-1].split()
    return 0 < len(subject) <= 8 and not any(
        base_of(word) for word in subject if word in inflected(1) or word in inflected(2)
    )


def always(pair: Pair) -> Iterator[str]:
    """Writes `always improves` for `can improve`."""
    if mentions(pair.source, "always|all cases") or not mentions(pair.source, "can "):
        return
    for spot in re.finditer(r"\bcan (?:also |effectively |significantly |further )?([a-z]+)\b(?! ?,)", pair.text):
        before = pair.text[: spot.start()].rstrip()
        if spot[1] in inflected(0) or spot[1] in EFFECTS:
            yield put(pair.text, spot, f"always {agreeing(spot[1], before)}")
        elif spot[1] == "be" and before:
            yield put(pair.text, spot, f"{'are' if plural(before) else 'is'} always")
