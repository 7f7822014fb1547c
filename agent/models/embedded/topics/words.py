"""General English: words that say nothing about a topic, and words that do not stand in a label.

Only words of any science stand here; what is common in one field is told from its papers.
"""

from __future__ import annotations

FUNCTION = frozenset(
    "a an the of in on for to and or nor but with by from at as is are was were be been being am this that these "
    "those it its itself their our ours us we i my me them they themselves he she his her him you your which who whom "
    "whose what when where while how why whether than then there here such both each either neither other others "
    "another more most much many few fewer less least some any all none no not only own same so too very just even "
    "still also already yet can cannot could may might must shall should will would do does did done doing has have "
    "had having into onto over under between among amongst across through throughout during before after above below "
    "up down out off about against again further once however moreover furthermore additionally thus hence therefore "
    "although though despite if because since until unless via per within without toward towards upon along around "
    "behind beyond near like unlike instead rather e.g i.e eg ie et al etc vs versus due owing one two three four "
    "five six seven eight nine ten first second third finally lastly next namely every alone apart especially "
    "particularly notably specifically respectively simultaneously meanwhile often usually typically generally "
    "commonly widely largely mainly primarily highly significantly substantially effectively efficiently directly "
    "easily fully well let ever never".split()
)
"""Words that join others; a phrase ends before them."""

PREPOSITIONS = frozenset(
    "of in on for to and or with by from at as is are was were via within without toward towards across under over "
    "between among through during that which where when while than can has have into".split()
)
"""Words after which a new phrase begins, so that the one before is complete."""

VERBS = frozenset(
    "propose introduce present describe develop design devise provide offer show demonstrate illustrate reveal find "
    "observe discover investigate explore examine study analyze analyse assess evaluate measure compare achieve "
    "attain obtain reach yield outperform surpass exceed improve enhance boost increase decrease reduce lower enable "
    "allow permit help let make take give get use utilize utilise leverage employ apply adopt exploit address tackle "
    "solve overcome mitigate alleviate face suffer struggle fail lack require need rely depend remain become emerge "
    "exist include contain comprise consist involve consider aim seek focus attempt try strive build construct create "
    "establish formulate define extend expand combine integrate incorporate unify bridge perform conduct carry run "
    "train validate verify confirm prove suggest indicate imply argue claim report highlight underscore emphasize "
    "emphasise support facilitate promote foster ensure maintain preserve release publish open-source hope believe "
    "know identify determine understand generate produce capture extract select choose replace remove add avoid "
    "prevent limit hinder restrict cause lead result bring keep hold revisit rethink empower scale advance unlock "
    "harness adapt align learn predict detect see go come work do optimize optimise shed jointly answer ask call "
    "serve play cover follow categorize span outperforms".split()
)
"""Verbs of abstracts in their base form."""

EVALUATIVE = frozenset(
    "new novel recent existing previous prior current traditional conventional standard typical common popular "
    "various several different diverse numerous multiple many certain specific particular additional further "
    "effective significant substantial considerable remarkable impressive notable superior better best good great "
    "strong promising comprehensive extensive thorough systematic simple straightforward powerful innovative "
    "important crucial critical key main major essential vital fundamental necessary possible potential available "
    "high higher highest low lower lowest large larger big small smaller wide broad rich full whole entire overall "
    "similar comparable competitive challenging difficult hard easy complex first-ever state-of-the-art sota "
    "unprecedented advanced emerging rapid growing increasing increased improved enhanced proposed based realistic "
    "real actual true general-purpose unique distinct respective corresponding subsequent final initial early late "
    "last able unable capable suitable appropriate outstanding excellent compelling preliminary coherent consistent "
    "compact".split()
)
"""Adjectives that praise or place, and never tell one topic from another."""

SCHOLARLY = frozenset(
    "paper work study research article report approach method methods methodology technique techniques result results "
    "experiment experiments finding findings performance state art code github project page website http https www "
    "com io contribution contributions problem problems issue issues challenge challenges limitation limitations "
    "advantage advantages benefit benefits effectiveness efficacy way ways aspect aspects variety range number lot "
    "set sets case cases example examples fact addition order terms end goal goals aim aims insight insights "
    "potential improvement improvements gain gains advance advances advancement advancements success author authors "
    "future direction directions recently currently propose proposed show shown novel new existing extensive "
    "demonstrate introduce present achieve improve use using used based outperform significant significantly".split()
)
"""Words of any paper; they weigh nothing when papers are compared, and are no label alone."""

VAGUE = frozenset(
    "ability capability capacity information domain field scenario application landscape exploration detail output "
    "input process usage power eye hand focus question answer step forward attention interest world community people "
    "type kind form part side view role impact effect use user need demand system task setting property "
    "characteristic nature context content element component level degree time year day today area topic concept idea "
    "notion assumption quality quantity amount size value group class category line base basis foundation sense "
    "manner fashion mode style success failure baseline counterpart candidate option choice evidence outcome "
    "opportunity requirement consideration perspective viewpoint preliminary".split()
)
"""Nouns that every field uses; alone or as the last word they name no topic."""

ADJECTIVAL = ("al", "ive", "ous", "ic", "ed", "able", "ible", "ful", "less", "ary", "ly")
"""Endings of words that seldom end a noun phrase."""


def verbal(word: str) -> bool:
    """Whether a lower-case word is a form of a verb of abstracts and no noun of the same spelling."""
    return word not in _NOUNS and any(base in VERBS for base in _bases(word))


def singular(word: str) -> str:
    """Returns the form under which a noun is counted: `studies` and `study` are one term."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


_NOUNS = frozenset(
    "training learning understanding work works support claims reports focus results answer cover range".split()
)


def _bases(word: str) -> tuple[str, ...]:
    if word.endswith("ing"):
        stem = word[:-3]
        return (stem, stem + "e", stem[:-1])
    if word.endswith(("ies", "ied")):
        return (word, word[:-3] + "y")
    if word.endswith(("es", "ed")):
        return (word, word[:-1], word[:-2])
    return (word, word[:-1]) if word.endswith("s") else (word,)
