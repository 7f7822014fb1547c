"""Operators on numbers: a digit, another number of the abstract, a number that nobody gave, units and percent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.faith.pairs import Pair

from .equivalent import mentions
from .figures import COUNTS, Figure, figures
from .words import choose, inflected, pick, put, spots

UNITS = [
    ("milliseconds", "seconds"), ("ms", "s"), ("seconds", "minutes"), ("minutes", "hours"), ("hours", "days"),
    ("days", "weeks"), ("weeks", "months"), ("months", "years"), ("second", "minute"), ("minute", "hour"),
    ("hour", "day"), ("day", "week"), ("month", "year"), ("GB", "MB"), ("TB", "GB"), ("KB", "MB"),
    ("mg", "g"), ("kg", "g"), ("mm", "cm"), ("m", "cm"), ("km", "m"), ("meters", "centimeters"), ("K", "M"), ("k", "M"),
    ("M", "B"), ("thousand", "million"), ("million", "billion"), ("trillion", "billion"), ("Hz", "kHz"), ("MHz", "GHz"),
    ("kHz", "Hz"), ("bits", "bytes"), ("bit", "byte"), ("frames", "videos"), ("dB", "dBm"), ("W", "kW"), ("mW", "W"),
    ("hundred", "thousand"),
]  # fmt: skip
TURNED_UNITS = {**{large: small for small, large in UNITS[::-1]}, **dict(UNITS)}
QUANTITY = "several multiple various many numerous different diverse".split()
COUNTED = """datasets benchmarks tasks models languages methods experiments domains baselines participants patients
images videos environments scenarios architectures settings users samples annotators systems LLMs MLLMs""".split()
COMPARED = "outperform improve surpass exceed reduce increase boost accelerate decrease enhance lower".split()
CHANGE = (
    r"(?:higher|lower|more|less|fewer|faster|slower|better|worse|larger|smaller|longer|above|below|gains?|increase|\
reduction|improvement|drop|decrease|savings?)"
)
INVENTED = "7 9 11 13 14 17 18 21 23 26 27 34 38 42 47".split()


def digit(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A digit of a number is another one, or a spelled number is."""
    known = {figure.value for figure in figures(pair.abstract)}
    made = (put(pair.text, (f.start, f.end), new) for f in figures(pair.text) for new in altered(f, known)[:1])
    return pick(made, pair)


def altered(figure: Figure, known: set[float]) -> list[str]:
    """Writes the number with one other digit, so that the abstract has no such number."""
    if figure.sort == "word":
        nearby = (int(figure.value) - 2 + step for step in (1, -1, 2, -2))
        return [COUNTS[i] for i in nearby if 0 <= i < len(COUNTS) and i + 2 not in known]
    written, most = figure.written, 100 if figure.sort == "%" and figure.value <= 100 else 1e15
    places = [i for i, sign in enumerate(written) if sign.isdigit()]
    tries = [(i, (int(written[i]) + step) % 10) for step in (3, 1, 5, 2) for i in (places[-1], places[0])]
    news = [written[:i] + str(new) + written[i + 1 :] for i, new in tries if new or i]
    return [new for new in news if (value := float(new.replace(",", ""))) not in known and 0 < value <= most]


def numbers_swapped(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """Two numbers change places, or one gives way to another number of the abstract."""
    own = figures(pair.text)
    made = [exchange(pair.text, a, b) for a in own for b in own if a.start < b.start and differ(pair, a, b)]
    foreign = [figure for sentence in pair.sentences for figure in figures(sentence)]
    made += [put(pair.text, (a.start, a.end), cased(b, a)) for a in own for b in foreign if misplaced(pair, a, b)]
    return pick(made, pair)


def differ(pair: Pair, a: Figure, b: Figure) -> bool:
    """Whether exchanging two numbers of the statement says something else."""
    between = pair.text[a.end : b.start]
    listed = re.fullmatch(r"[%KMBxs×]?(?:,| and| or| to|, and)? ?", between) and "respectively" not in pair.text
    return a.sort == b.sort and a.value != b.value and a.after != b.after and not listed


def misplaced(pair: Pair, a: Figure, b: Figure) -> bool:
    """Whether the second number is of the first one's sort but stands with other things."""
    said = any(f.value == b.value and f.after == a.after != "" for s in pair.cited for f in figures(s))
    twice = any(f.value == b.value for f in figures(pair.text))
    alike = ("." in a.written) == ("." in b.written) and a.value / 30 < b.value < a.value * 30
    year = any(1900 < f.value < 2100 and len(f.written) == 4 for f in (a, b))
    part = re.search(r"\d of (?:the )?$", pair.text[: a.start])
    return a.sort == b.sort and a.value != b.value and alike and not (said or twice or year or part)


def exchange(text: str, a: Figure, b: Figure) -> str:
    """Writes each number where the other stood."""
    return text[: a.start] + cased(b, a) + text[a.end : b.start] + cased(a, b) + text[b.end :]


def cased(new: Figure, old: Figure) -> str:
    return new.written.capitalize() if old.written[0].isupper() else new.written.lower()


def number_invented(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """A number that nobody gave replaces a quantity word, counts a plural or measures a comparison."""
    known = {figure.value for figure in figures(pair.abstract)}
    number = choose((n for n in INVENTED if float(n) not in known), pair.key + pair.text) or "19"
    made = [put(pair.text, spot, number) for spot in spots(pair.text, QUANTITY) if counted(pair.text[spot.end() :])]
    made += [put(pair.text, (spot.end(), spot.end()), f" {number}") for spot in before_counted(pair.text)]
    return pick([*made, *measured(pair.text, number)], pair)


def counted(rest: str) -> bool:
    """Whether a countable plural follows."""
    return bool(re.match(rf" (?:[\w-]+ ){{0,2}}(?:{'|'.join(COUNTED)})\b", rest))


def before_counted(text: str) -> Iterator[re.Match[str]]:
    """Finds the spots before a countable plural that has no number yet."""
    unnumbered = rf"\b(?:on|across|in|over|from|with|of|for)(?= (?:[a-z]+(?:-[a-z]+)* )?(?:{'|'.join(COUNTED)})\b)"
    quantities = {*QUANTITY, *COUNTS, "both", "all", "most", "some", "other", "these", "such", "few", "its", "their"}
    for spot in re.finditer(unnumbered, text):
        if not quantities & set(text[spot.end() :].split()[:2]):
            yield spot


def measured(text: str, number: str) -> Iterator[str]:
    """Adds by how much a comparison goes, at the end of the statement."""
    compared = {form for form, base in {**inflected(1), **inflected(0)}.items() if base in COMPARED}
    plain = not figures(text) and not re.search(r"[,;:()]| (?:by|while|when|because|and) ", text)
    if plain and any(len(text[spot.end() :].split()) < 8 for spot in spots(text, compared)) and text.endswith("."):
        yield f"{text[:-1]} by {number}.{int(number) % 9 + 1}%."


def unit(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """The unit of a number is a larger or smaller one."""
    spot = re.compile(rf"(?<=\d)([ -]?)({'|'.join(sorted(TURNED_UNITS, key=len, reverse=True))})\b(?!\w)")
    found = [m for m in spot.finditer(pair.text) if figures(pair.text) and m[2] in TURNED_UNITS]
    spelled = rf"\b(?:{'|'.join(COUNTS)}|few|several)([ -])(seconds|minutes|hours|days|weeks|months|years|million)\b"
    found += list(re.finditer(spelled, pair.text))
    made = (put(pair.text, m.span(2), TURNED_UNITS[m[2]]) for m in found if not shown(pair, TURNED_UNITS[m[2]]))
    return pick(made, pair)


def shown(pair: Pair, unit: str) -> bool:
    """Whether a cited sentence has a number in that unit."""
    return any(re.search(rf"\d[ -]?{unit}\b", sentence) for sentence in pair.cited)


def percent_points(pair: Pair, others: Sequence[Pair]) -> list[str]:
    """Percent become percentage points or times, points and times become percent."""
    both = mentions(pair.source, "points?") and re.search(r"%|percent", pair.source)
    rules = [
        (r"(?<=\d) ?(?:%|percent)(?! points?| percentage)", [" percentage points", " times"]),
        (r"(?<=\d)%? (?:percentage |absolute |\w+ )?points?\b", ["%"]),
        (r"(?<=\d) ?(?:×|x|times)(?![\w-])", ["%"]),
    ]
    changes = ((spot, new) for rule, news in rules for spot in re.finditer(rule, pair.text) for new in news)
    return [] if both else pick((put(pair.text, *change) for change in changes if change_of(pair.text, *change)), pair)


def change_of(text: str, spot: re.Match[str], new: str) -> bool:
    """Whether the number says by how much something changes, so that percent, points and times can be mistaken."""
    before = rf"\b(?:by|{CHANGE} of)(?: [a-z]+){{0,4}} ?[+-]?[\d.,]+$"
    behind = rf" (?:relative |absolute |average )?{CHANGE}\b"
    attributive = new != "%" and not re.match(
        r" ?(?:[,.;)]|on\b|in\b|over\b|and\b|relative|compared|while|for|from|at\b)", text[spot.end() :]
    )
    small_times = (
        new == " times" and float((re.search(r"[\d.]+$", text[: spot.start()]) or ["0"])[0].strip(".") or 0) < 1.5
    )
    changed = (not small_times and re.search(before, text[: spot.start()])) or re.match(behind, text[spot.end() :])
    return bool(changed) and (not attributive or (new == " times" and bool(re.match(behind, text[spot.end() :]))))
