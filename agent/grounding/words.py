"""The words by which a claim can say more, less or the opposite of what it cites: closed lists of ordinary English.

None names a paper, model or benchmark. All are compared in lower case; lists of stems are made from whole words, so
that a reader sees words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION = _set(
    "a an the this that these those it its itself they them their he she his her we us our ours you your i my one ones "
    "who whom whose which what where when why how there here and or but nor so yet if then than as of in on at by for "
    "from to into onto with within without via per through across between among amongst over under above below about "
    "against along around before after during until since toward towards upon while whereas although though because "
    "thus hence therefore however moreover furthermore also too only just even still already again further both either "
    "neither each every all any some most more less least much many few several other another such same own not no "
    "never none cannot can could may might must shall should will would do does did done doing is are was were be been "
    "being am has have had having very quite rather using use used uses based including include includes e.g i.e etc "
    "respectively namely specifically et al"
)
"""Words without a meaning of their own; overlap does not count them."""

FOREIGN = (
    frozenset(
        "der die das und ist nicht ein eine für mit von den dem des auf im zu wird werden sind dass dieser diese "
        "dieses "
        "le la les des une est et "
        "dans pour sur avec par que qui du au aux ce cette el los las una es y del por con para se su lo esta este il "
        "che di per sono della è nel "
        "questo não uma os dos da em esta het een van op ook niet zijn och att som på är av för det".split()
    )
    - FUNCTION
)
"""Small words of other languages with Latin letters."""

NEGATORS = _set(
    "not no never none neither nor cannot without nothing nobody nowhere n't don't doesn't didn't isn't aren't wasn't "
    "weren't won't can't couldn't hasn't haven't hadn't shouldn't wouldn't non"
)
"""Words that deny what follows them."""
DENIALS = _set(
    "short fail fails failed failing failure lack lacks lacked lacking absent absence avoid avoids avoided avoiding "
    "eliminate "
    "eliminates eliminated eliminating remove removes removed removing prevent prevents prevented preventing ignore "
    "ignores ignored ignoring neglect neglects neglected neglecting overlook overlooks overlooked overlooking hardly "
    "rarely seldom barely scarcely little few free unable incapable impossible insufficient inadequate limited limits "
    "limitation limitations struggle struggles struggled struggling difficult difficulty hard  "
    "refuse refuses refused bypass bypasses bypassing obviate obviates obviating instead rather unlike exclude "
    "excludes "
    "excluded excluding omit omits omitted omitting skip skips skipped skipping stop stops stopped cease ceased "
    "miss misses missed missing poor poorly deny denies denied reject rejects rejected  unsolved "
    "unexplored underexplored unclear unknown unavailable inaccessible infeasible unrelated uncommon unaffected "
    "unchanged unsafe unfaithful untested unseen unlabeled unsupervised unpaired unnecessary unneeded useless "
    "negligible "
    "nonexistent ineffective inconsistent inaccurate incorrect incorrectly irrelevant invisible inability minus "
    "except barring beyond null deletion deleted deleting deletes knockout knockouts depleted depletion depleting "
    "ablated ablation deficient deficiency withdrawal vanish vanishes vanished disappear disappears disappeared nil "
    "zero training-free insignificant unlikely doubt"
)
"""Words that deny something by what they mean; any may stand for a negator in a paraphrase."""
PSEUDO_NEGATIONS = re.compile(
    r"\b(?:not only|not just|not merely|not to mention|no longer|no doubt|whether or not|if not|no matter|no less|"
    r"not least|nothing but|not necessarily)\b"
)
"""Negators that do not deny what follows."""

HEDGES = _set(
    "may might could would can appear appears appeared seem seems seemed seemingly suggest suggests suggested "
    "suggesting likely possibly possible probably probable perhaps potentially potential plausible plausibly "
    "presumably "
    "apparently arguably preliminary tentative tentatively tends tend tended indicate indicates indicated indicating "
    "approximately roughly about nearly almost around hypothesize hypothesizes hypothesized hypothesise conjecture "
    "conjectured speculate believe believed believes estimated estimates estimate aim aims aimed seek seeks attempt "
    "attempts attempted promising expect expected expects partly partially somewhat generally typically often usually "
    "sometimes largely mostly mainly in-part up-to consistent assume assumes assuming assumed candidate putative "
    "associated correlated correlates association correlation hint hints hinted points"
)
"""Any of these keeps a claim from being certain."""
STRONG_HEDGES = _set(
    "may might could appear appears appeared seem seems seemed suggest suggests suggested suggesting likely possibly "
    "possible probably perhaps potentially potential plausible plausibly presumably apparently arguably preliminary "
    "tentative tentatively tends tend tended hypothesize hypothesizes hypothesized conjecture conjectured speculate "
    "hint hints hinted partly partially sometimes putative indicate indicates indicated"
)
"""Hedges whose loss makes a claim certain that was not."""

ASSOCIATION = _set(
    "associated association associations correlated correlates correlate correlation correlations linked correlational"
)
CAUSATION = _set(
    "cause causes caused causing lead leads led leading drive drives drove driven driving result results resulted "
    "produce produces produced trigger triggers triggered induce induces induced make makes made thanks owing due "
    "prevent prevents prevented protect protects protected increase increases increased increasing reduce reduces "
    "reduced reducing lower lowers lowered raise raises raised improve improves improved worsen worsens worsened "
    "boost boosts boosted determine determines determined explain explains"
)

QUANTIFIERS = {
    **dict.fromkeys(_set("no none zero hardly rarely never neither"), 0),
    **dict.fromkeys(_set("few fewer little seldom minority limited less"), 1),
    **dict.fromkeys(
        _set("some certain several sometimes occasionally part partly partially selected one two three four"), 2
    ),
    **dict.fromkeys(_set("many often frequently various numerous multiple diverse half various"), 3),
    **dict.fromkeys(
        _set("most mostly majority largely usually typically generally mainly nearly almost predominantly primarily"), 4
    ),
    **dict.fromkeys(
        _set(
            "all every always entire entirely universally everywhere everyone invariably completely fully "
            "exclusively whole consistently each both any"
        ),
        5,
    ),
}
"""How much of a whole a word speaks of, from none to all."""

AXES: tuple[tuple[str, str], ...] = (
    (  # amount
        "increase increases increased increasing increasingly increment raise raises raised raising rise rises rose "
        "risen rising grow grows grew grown growing growth gain gains gained gaining boost boosts boosted boosting "
        "elevate elevates elevated elevating expand expands expanded expanding enlarge enlarges enlarged extend "
        "higher high highest more larger large greater greatest bigger above upward upwards exceed exceeds exceeded "
        "longer additional double doubles doubled triple tripled maximize maximizes maximized maximise amplify "
        "amplifies amplified scale-up accumulate up upregulate upregulated upregulates uplift heighten heightened "
        "abundant up-regulated",
        "decrease decreases decreased decreasing decrement reduce reduces reduced reducing reduction reductions lower "
        "lowers lowered lowering low lowest drop drops dropped dropping fall falls fell fallen falling decline "
        "declines declined declining diminish diminishes diminished diminishing cut cuts cutting shrink shrinks "
        "shrank shrinking lessen lessens lessened fewer less smaller small below downward downwards under shorten "
        "shortens shortened shorter halve halves halved minimize minimizes minimized minimise minimal save saves "
        "saved saving savings mitigate mitigates mitigated mitigating alleviate alleviates alleviated curb curbs "
        "suppress suppressed suppresses down downregulate downregulated downregulates attenuate attenuates attenuated "
        "deplete depleted compress compresses compressed trim trims loses loss losses scarce down-regulated",
    ),
    (  # quality
        "improve improves improved improving improvement improvements better best enhance enhances enhanced enhancing "
        "enhancement outperform outperforms outperformed outperforming surpass surpasses surpassed surpassing beat "
        "beats beaten beating superior superiority strengthen strengthens strengthened stronger strong strongest "
        "exceed exceeds exceeded excel excels excelled win wins won benefit benefits benefited advance advances "
        "advanced gain gains good well boost boosts boosted boosting raise raises raised outdo outdoes top tops "
        "topped effective effectively gained refine refines refined upgrade upgrades restore restores restored "
        "recover recovers recovered ahead favorable favourable overtake overtakes helps help helped facilitate "
        "facilitates facilitated enrich enriches successful successfully succeed succeeds succeeded success "
        "competitive safer healthier resolve resolves resolved",
        "worsen worsens worsened worsening worse worst degrade degrades degraded degrading degradation deteriorate "
        "deteriorates deteriorated deterioration underperform underperforms underperformed underperforming inferior "
        "weaken weakens weakened weaker weak weakest impair impairs impaired impairment harm harms harmed harming "
        "harmful hurt hurts damage damages damaged decline declines declined trail trails trailed lag lags lagged bad "
        "badly poor poorly poorer lose loses lost loss losses drop drops dropped hinder hinders hindered hamper "
        "hampers hampered undermine undermines undermined compromise compromises compromised suffer suffers suffered "
        "fail fails failed failing failure behind ineffective unfavorable unfavourable disrupt disrupts disrupted "
        "unsuccessful unsuccessfully struggle struggles struggled detriment detrimental fall falls reduce reduces "
        "reduced limits limit decrease decreases decreased riskier sicker uncompetitive exacerbate exacerbates "
        "exacerbated aggravate aggravates aggravated",
    ),
    (  # speed
        "fast faster fastest accelerate accelerates accelerated accelerating acceleration speed speeds sped speedup "
        "speedups speed-up quick quicker quickest quickly rapid rapidly early earlier earliest hasten hastens "
        "hastened swift swiftly prompt promptly soon sooner",
        "slow slower slowest slowly slowdown slow-down slows slowed slowing decelerate decelerates decelerated delay "
        "delays delayed delaying late later latest lag lags gradual gradually postpone postponed",
    ),
    (  # sign
        "positive positively",
        "negative negatively inversely inverse",
    ),
    (  # action
        "promote promotes promoted activate activates activated activation stimulate stimulates stimulated enable "
        "enables enabled enabling allow allows allowed allowing permit permits induce induces induced encourage "
        "encourages support supports supported confirm confirms confirmed accept accepts accepted agree agrees favor "
        "favors favored add adds added gain attract attracts attracted strengthen strengthens strengthened cause "
        "causes caused",
        "inhibit inhibits inhibited inhibition suppress suppresses suppressed suppression deactivate deactivates "
        "block blocks blocked blocking prevent prevents prevented preventing forbid forbids disable disables disabled "
        "discourage discourages refute refutes refuted contradict contradicts contradicted reject rejects rejected "
        "disagree disagrees oppose opposes opposed remove removes removed repel repels repelled weaken weakens "
        "weakened constrain constrains protect protects protected",
    ),
    (  # ease
        "easy easier easily simple simpler efficient efficiently efficiency robust robustness stable stability "
        "reliable reliably accurate accurately consistent consistently sufficient able capable possible safe secure "
        "cheap cheaper inexpensive low-cost adequate significant significantly correct correctly faithful faithfully",
        "hard harder difficult complex inefficient inefficiently inefficiency fragile brittle vulnerable "
        "unstable instability unreliable unreliably inaccurate inaccurately inconsistent inconsistently insufficient "
        "unable incapable impossible unsafe insecure costly costlier expensive inadequate insignificant "
        "insignificantly incorrect incorrectly unfaithful unfaithfully nonsignificant",
    ),
    (  # likeness
        "similar similarly same equal equally identical comparable alike match matches matched matching",
        "different differently dissimilar unequal distinct differ differs differed",
    ),
    (  # order
        "before earlier above preceding",
        "after later below following",
    ),
)
"""Words that point somewhere and words that point the other way; a word may stand on several axes."""

WINNING = re.compile(
    r"outperform|surpass|exceed|beat(?:s|en|ing)?$|outdo|outscore|outpace|superior|overtak|better|win(?:s|ning)?$|"
    r"won$|top(?:s|ped)$|"
    r"excel|dominat|outstrip|outclass|outshin"
)
LOSING = re.compile(r"underperform|inferior|worse|trail|lag(?:s|ged|ging)?$|behind|los(?:e|es|t)$")

PRIOR = re.compile(
    r"\b(?:existing|previous|prior|earlier|current|conventional|traditional|recent|most|many|such|these) (?:\w+ ){0,3}?"
    r"(?:work|works|methods?|approach(?:es)?|models?|systems?|studies|techniques?|frameworks?|research|benchmarks?|"
    r"datasets?|solutions?|literature|efforts?|attempts?)\b|\bto date\b|\bhave (?:been|focused|relied|shown)\b|"
    r"\bet al\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "reduct:reduc shrunk:shrink shrank:shrink sped:speed worsen:bad fewer:few beaten:beat increment:increas "
        "accuraci:accur efficaci:effect mice:mous children:child people:person better:good best:good worse:bad "
        "worst:bad led:lead fell:fall fallen:fall rose:rise risen:rise grew:grow grown:grow found:find shown:show "
        "built:build made:make given:give taken:take took:take held:hold kept:keep ran:run drew:draw drawn:draw "
        "lost:lose loss:lose growth:grow analys:analyz learnt:learn data:dataset distil:distill distillat:distill "
        "women:woman men:man written:write wrote:write chosen:choos chose:choos choic:choos lower:low higher:high "
        "highest:high lowest:low faster:fast fastest:fast slower:slow larger:larg smaller:small longer:long "
        "shorter:short stronger:strong weaker:weak explan:explain assumpt:assum detector:detect descript:describ "
        "introduct:introduc product:produc percept:perceiv behaviour:behavior colour:color tumour:tumor "
        "modell:model labell:label comparison:compar"
    ).split()
)
"""Forms that the rules of the stemmer do not bring together."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Returns what the forms of a lower-case English word share (the Snowball stemmer, and irregular forms)."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    root: str = _stemmer().stemWord(word)  # type: ignore[attr-defined]
    return _IRREGULAR.get(root, root)


def stems(words: Sequence[str]) -> list[str]:
    """Returns the stems of many words, in a quarter of the time that one by one takes."""
    roots = _stemmer().stemWords(words)  # type: ignore[attr-defined]
    return [
        _IRREGULAR[word] if word in _IRREGULAR else _IRREGULAR.get(root, root)
        for word, root in zip(words, roots, strict=True)
    ]
