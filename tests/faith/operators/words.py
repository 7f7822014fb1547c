"""English as far as the operators need it: verb forms, number of a subject, spots in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from tests.faith.pairs import Pair, share

MOST = 2
"""Mutants of one pair and operator."""
IRREGULAR = {
    "beat": ("beat", "beaten"), "build": ("built", "built"), "cut": ("cut", "cut"), "fall": ("fell", "fallen"),
    "find": ("found", "found"), "give": ("gave", "given"), "grow": ("grew", "grown"), "hold": ("held", "held"),
    "lead": ("led", "led"), "lose": ("lost", "lost"), "make": ("made", "made"), "rise": ("rose", "risen"),
    "run": ("ran", "run"), "show": ("showed", "shown"), "shrink": ("shrank", "shrunk"), "take": ("took", "taken"),
    "teach": ("taught", "taught"), "win": ("won", "won"), "drive": ("drove", "driven"),
    "undergo": ("underwent", "undergone"), "overcome": ("overcame", "overcome"), "become": ("became", "become"),
    "have": ("had", "had"), "do": ("did", "done"), "freeze": ("froze", "frozen"),
    "see": ("saw", "seen"), "keep": ("kept", "kept"), "break": ("broke", "broken"),
    "spend": ("spent", "spent"), "bring": ("brought", "brought"), "feed": ("fed", "fed"),
}  # fmt: skip
DOUBLING = {"cut", "drop", "fit", "lag", "map", "plug", "prefer", "run", "stop", "transfer", "win", "distil", "occur"}
VERBS = """delay decline attack disclose lack survive find give see freeze keep gain fade bind face accelerate
achieve adapt affect aid alleviate align allow alter answer avoid beat become boost bridge build capture
cause combine compare compress contain contribute control correlate cover decrease degrade deliver
depend detect determine differ diminish distil drive drop eliminate emerge employ enable encode
encourage enhance ensure enlarge exceed excel exhibit exploit extend extract facilitate fail fall filter
focus follow form generalize generate guide handle harm help hinder hold hurt identify impair implement
improve include incorporate increase incur indicate induce infer influence inform integrate introduce
involve lead leverage limit lose lower maintain make match maximize minimize mitigate need obtain offer
operate outperform overcome perform preserve predict prevent produce prolong promote provide raise reach
recover reduce refine rely remain remove render replace require resolve retain reveal rise run scale
select separate shift shorten solve speed stabilize struggle suffer supervise supply support suppress
surpass take teach tend train transfer transform translate undergo underperform miss lift halve double
score converge trigger vanish amplify agree rank cost use utilize vary worsen yield""".split()
NOUNS = set(
    """aids causes controls costs covers falls forms needs drops limits limit models results runs scales shifts
supports transfers trains uses aid cause control drop fall form harm help hold need run scale shift
support transfer use match matches yields guides increases decreases changes speed filters""".split()
)
"""Forms that are nouns about as often as verbs."""
PREPOSITIONS = set(
    """of in on for with from by at to across over under among between within without via through during
using than into against""".split()
)
SINGULARS = set(
    "bias analysis basis loss gas lens series class process access hypothesis diagnosis synthesis sepsis".split()
)
PLURALS = set("we they these those people children mice data humans both i you criteria phenomena".split())


def pick(texts: Iterable[str], pair: Pair, most: int = MOST) -> list[str]:
    """Keeps a few distinct texts, the same ones on every run."""
    return sorted(dict.fromkeys(texts), key=lambda text: share(f"{pair.key}{text}"))[:most]


def choose(items: Iterable[str], salt: str) -> str | None:
    """Picks one item by hash, or none of none."""
    return min(items, key=lambda item: share(f"{salt}|{item}"), default=None)


def put(text: str, spot: re.Match[str] | tuple[int, int], new: str) -> str:
    """Puts new words at a spot of the text, mending spaces and the capital of the first word."""
    start, end = spot if isinstance(spot, tuple) else spot.span()
    made = re.sub(r" (?=[,.;:?](?:\s|$))", "", re.sub(r"  +", " ", text[:start] + new + text[end:])).strip()
    return capital(made) if text[:1].isupper() else made


def capital(text: str) -> str:
    """Gives the text a capital."""
    return text[:1].upper() + text[1:]


def small(phrase: str) -> str:
    """Takes the capital of a plain word that opens a sentence."""
    plain = re.match(r"[A-Z][a-z]*(?:-[a-z]+)*(?: |$)", phrase) and not re.match(r"(?:I|[A-Z][a-z]* \d)", phrase)
    named = " " not in phrase and not re.search(r"(?:[^s]s|ing|ion|ity)$", phrase)
    return phrase[:1].lower() + phrase[1:] if plain and not named else phrase


def spots(text: str, words: Iterable[str]) -> Iterator[re.Match[str]]:
    """Finds whole words or phrases, whatever their case."""
    yield from words_pattern(tuple(words)).finditer(text)


@cache
def words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of the words, the longest first; nothing where there are none."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"\Z\A."
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


def replaced(text: str, table: dict[str, str], fits: Callable[[re.Match[str]], bool] = bool) -> Iterator[str]:
    """Replaces one word at a time by its counterpart."""
    for spot in spots(text, table):
        if fits(spot):
            new = table[spot[0].lower()]
            yield put(text, spot, capital(new) if spot[0][0].isupper() else new)


@cache
def forms(base: str) -> tuple[str, str, str, str, str]:
    """Base, third person, past, participle and -ing form of a verb; a second word stays as it is."""
    verb, _, rest = base.partition(" ")
    past = ending(verb, "ed")
    past, participle = IRREGULAR.get(verb, (past, past))
    every = verb, third(verb), past, participle, ending(verb, "ing")
    return tuple(f"{form} {rest}".strip() for form in every)  # type: ignore[return-value]


def third(verb: str) -> str:
    """The form after a singular subject."""
    if verb in ("have", "be"):
        return {"have": "has", "be": "is"}[verb]
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else "s")


def ending(verb: str, suffix: str) -> str:
    """The verb with -ed or -ing."""
    if verb in DOUBLING:
        return verb + verb[-1] + suffix
    if suffix == "ed" and re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + suffix


@cache
def inflected(place: int) -> dict[str, str]:
    """Maps one form of each known verb, by its place in `forms`, to the base; those that are also nouns are not."""
    return {forms(base)[place]: base for base in VERBS if forms(base)[place] not in NOUNS}


def plural(phrase: str) -> bool:
    """Whether the subject that a phrase ends with is plural, by its head before the first preposition."""
    if re.search(r"(?:%|\b(?:most|many|some|all|majority|number|half|rest|variety|range)) of [^,]*$", phrase):
        phrase = phrase.split(" of ")[-1]
    phrase = re.sub(
        r"(\w+) \w+ed (?:by|on|with|in|from|for|at|to|under|using|as) .*", r"\1", re.sub(r", [^,]*,$", "", phrase)
    )
    clauses = re.split(r"[,;:]|\b(?:that|which|while|but|whereas)\b", re.sub(r"\bwho\b.*", "", phrase))
    words = re.findall(r"[\w'-]+", next((part for part in reversed(clauses) if part.strip()), ""))
    words = [
        word for word in words if not word.lower().endswith("ly") and word.lower() not in ("also", "often", "still")
    ]
    words = words[1:] if words and words[0].lower() in ("and", "but", "or") else words
    head = next((i for i, word in enumerate(words) if i and word.lower() in PREPOSITIONS), len(words))
    subject = [word.lower() for word in words[:head]]
    last = subject[-1] if subject else ""
    regular = re.search(r"[^su'i]s$", last) and last not in SINGULARS
    return last in PLURALS or "and" in subject or bool(regular)


def agreeing(base: str, subject: str) -> str:
    """The present form of the verb that goes with a subject."""
    if base == "be":
        return "are" if plural(subject) else "is"
    return base if plural(subject) else forms(base)[1]


def base_of(word: str) -> str | None:
    """The base of a known finite verb form, or of a regular one by its ending."""
    for place in (0, 1, 2):
        if word in inflected(place):
            return inflected(place)[word]
    return None
