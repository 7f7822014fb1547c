"""Texts as the checks see them: words with their stems, names, and quantities with their units."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from agent.grounding.words import FUNCTION, stem
from agent.text import fold


class Token(NamedTuple):
    """A word, name, quantity or mark of a text."""

    text: str
    """As written."""
    low: str
    """In lower case."""
    key: str
    """What equal tokens share: the stem of a word, the folded name, the value of a quantity."""
    kind: str
    """`word`, `name`, `number`, `link` or `mark`."""
    at: int
    """Where it begins."""
    unit: str = ""
    """Of a number: `%`, `points`, `times`, a unit of measurement, or nothing."""
    opens: bool = False
    """Whether it begins a sentence."""

    @property
    def is_spelled(self) -> bool:
        """Whether it is a number in letters."""
        return self.kind == "number" and self.text[:1].isalpha()

    @staticmethod
    def of(text: str) -> tuple[Token, ...]:
        """Returns the tokens of a text."""
        return tokens(text)

    @property
    def means(self) -> bool:
        """Whether it has a meaning of its own."""
        return self.kind in ("name", "number", "link") or (self.kind == "word" and self.low not in FUNCTION)


_LINK = r"(?:https?://|www\.)[^\s<>\"]+|10\.\d{4,9}/[^\s<>\"]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\b(?:[\w-]{1,63}\.)+(?:com|org|io|net|ai|edu|gov|dev|co|info|me|app|xyz|example|test|evil|site|ru|cn|de|uk)(?:/[^\s<>\"]*)?(?![\w@])"
LINK = re.compile(_LINK, re.IGNORECASE)
_NUMBER = r"(?<![\w.])[-+−±]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?![\d])"
_DIGITS = re.compile(_NUMBER)
_UNITS = (
    ("points", r"\s?-?(?:%|percent(?:age)?|per cent)?[\s-]?(?:points?\b|pp\b|p\.p\.|pts?\b)|\s?%p\b"),
    ("%", r"\s?%|[\s-]?percent\b|\s?per\s?cent\b|\s?percentage\b|\s?pct\b"),
    ("times", r"\s?[×x](?![\w×])|\s?×|[\s-]?times\b|[\s-]?folds?\b|\s?X\b(?!-)"),
    ("ms", r"\s?ms\b|[\s-]?milliseconds?\b"),
    ("µs", r"\s?[µμu]s\b|[\s-]?microseconds?\b"),
    ("ns", r"\s?ns\b|[\s-]?nanoseconds?\b"),
    ("s", r"\s?s\b|[\s-]?sec\b|[\s-]?seconds?\b"),
    ("min", r"[\s-]?min(?:s|utes?)?\b"),
    ("h", r"\s?h(?:rs?)?\b|[\s-]?hours?\b"),
    ("day", r"[\s-]?days?\b"),
    ("week", r"[\s-]?weeks?\b"),
    ("month", r"[\s-]?months?\b"),
    ("year", r"[\s-]?years?\b|[\s-]?yrs?\b"),
    ("decade", r"[\s-]?decades?\b"),
    ("KB", r"\s?k(?:ilo)?b(?:ytes?)?\b"),
    ("MB", r"\s?(?:M|mega)B(?:ytes?)?\b|[\s-]?megabytes?\b|\s?MiB\b"),
    ("GB", r"\s?GB\b|[\s-]?gigabytes?\b|\s?GiB\b"),
    ("TB", r"\s?TB\b|[\s-]?terabytes?\b|\s?TiB\b"),
    ("kg", r"\s?kg\b|[\s-]?kilograms?\b"),
    ("mg", r"\s?mg\b|[\s-]?milligrams?\b"),
    ("µg", r"\s?(?:[µμ]g|mcg|ug)\b|[\s-]?micrograms?\b"),
    ("ng", r"\s?ng\b|[\s-]?nanograms?\b"),
    ("g", r"\s?g\b|[\s-]?grams?\b"),
    ("t", r"[\s-]?tonn?es?\b|[\s-]?tons?\b"),
    ("km", r"\s?km\b|[\s-]?kilomet(?:er|re)s?\b"),
    ("cm", r"\s?cm\b|[\s-]?centimet(?:er|re)s?\b"),
    ("mm", r"\s?mm\b|[\s-]?millimet(?:er|re)s?\b"),
    ("µm", r"\s?[µμu]m\b|[\s-]?micromet(?:er|re)s?\b|[\s-]?microns?\b"),
    ("nm", r"\s?nm\b|[\s-]?nanomet(?:er|re)s?\b"),
    ("m", r"\s?m\b(?!-)|[\s-]?met(?:er|re)s?\b"),
    ("mile", r"[\s-]?miles?\b"),
    ("°C", r"\s?°\s?C\b|\s?degrees? (?:C\b|Celsius)"),
    ("°F", r"\s?°\s?F\b|\s?degrees? (?:F\b|Fahrenheit)"),
    ("K", r"\s(?:K\b|kelvins?\b)"),
    ("GHz", r"\s?GHz\b|[\s-]?gigahertz\b"),
    ("MHz", r"\s?MHz\b|[\s-]?megahertz\b"),
    ("kHz", r"\s?kHz\b|[\s-]?kilohertz\b"),
    ("Hz", r"\s?Hz\b|[\s-]?hertz\b"),
    ("kWh", r"\s?kWh\b"), ("MWh", r"\s?MWh\b"), ("Wh", r"\s?Wh\b"),
    ("GW", r"\s?GW\b"), ("MW", r"\s?MW\b"), ("kW", r"\s?kW\b|[\s-]?kilowatts?\b"), ("mW", r"\s?mW\b"),
    ("W", r"\s?W\b|[\s-]?watts?\b"),
    ("meV", r"\s?meV\b"), ("keV", r"\s?keV\b"), ("MeV", r"\s?MeV\b"), ("GeV", r"\s?GeV\b"), ("TeV", r"\s?TeV\b"),
    ("eV", r"\s?eV\b"), ("mV", r"\s?mV\b"), ("kV", r"\s?kV\b"), ("V", r"\s?V\b|[\s-]?volts?\b"),
    ("mA", r"\s?mA\b"), ("kPa", r"\s?kPa\b"), ("MPa", r"\s?MPa\b"), ("GPa", r"\s?GPa\b"), ("Pa", r"\s?Pa\b"),
    ("mM", r"\s?mM\b|[\s-]?millimolar\b"), ("µM", r"\s?[µμ]M\b|[\s-]?micromolar\b"),
    ("nM", r"\s?nM\b|[\s-]?nanomolar\b"),
    ("mL", r"\s?m[lL]\b|[\s-]?millilit(?:er|re)s?\b"), ("µL", r"\s?[µμ][lL]\b"),
    ("L", r"\s?L\b|[\s-]?lit(?:er|re)s?\b"),
    ("kJ", r"\s?kJ\b"), ("J", r"\s?J\b|[\s-]?joules?\b"), ("T", r"\s?T\b(?!-)|[\s-]?tesla\b"), ("mT", r"\s?mT\b"),
    ("dB", r"\s?dB\b|[\s-]?decibels?\b"), ("fps", r"\s?fps\b|\s?frames per second\b"),
    ("Gbps", r"\s?Gb(?:ps|it/s)\b"), ("Mbps", r"\s?Mb(?:ps|it/s)\b"), ("kbps", r"\s?kb(?:ps|it/s)\b"),
    ("bit", r"[\s-]?bits?\b"), ("byte", r"[\s-]?bytes?\b"),
    ("kpc", r"\s?kpc\b"), ("Mpc", r"\s?Mpc\b"), ("pc", r"\s?pc\b|[\s-]?parsecs?\b"),
    ("ppm", r"\s?ppm\b"), ("ppb", r"\s?ppb\b"),
    ("$", r"\s?(?:USD|dollars?)\b"), ("€", r"\s?(?:EUR|euros?)\b"),
)  # fmt: skip
_UNIT = re.compile("|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS)))
_SCALE = re.compile(
    r"\s?(?:(?P<k>[kK](?![a-zA-Z])|thousand\b)|(?P<m>M(?![a-zA-Z])|[\s-]?million\b)|(?P<b>B(?![a-zA-Z])|billion\b)|"
    r"(?P<t>trillion\b))"
)
_TOKEN = re.compile(
    # Most of a text is words in lower case with spaces between them: no link can begin there, and one step takes all.
    r"(?P<plain>(?-i:[a-z]+(?:\ [a-z]+)*)(?=[\s,;)\]('\"!?]|:(?!/)|\.(?:\s|\Z)|\Z))"
    rf"|(?P<link>{_LINK})"
    r"|(?P<name>(?=[^\W_]{0,60}?[A-Za-z])[^\W_]+(?:[-–_.+&][^\W_]+)*\+{0,2})"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<mark>\S)",
    re.IGNORECASE,
)
_SPELLED = {
    word: str(value) for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
     "dozen": "12"}  # fmt: skip
_TENS = re.compile(
    r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(one|two|three|four|five|six|seven|eight|nine)\Z"
)
_POWERS = {"k": 3, "m": 6, "b": 9, "t": 12}
_NAMELIKE = re.compile(
    r"[^\W\d_]*[a-z]\w*[A-Z]|[A-Z][\w.&/+-]*[A-Z]|[A-Za-z]+[-.]?\d|\d+[A-Za-z]|[A-Z]\w*[-+]\w|\w+-[A-Z]"
)


# What TeX writes with a sign: M² is M^2, and 10⁵ is no 105.
_RAISED = re.compile("[⁰¹²³⁴-⁹⁺⁻]+")
_LOWERED = re.compile("[₀-₉₊₋]+")


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Returns the tokens of a text in order; a compound such as `zero-shot` gives one for each of its parts."""
    found: list[Token] = []
    at, opens = 0, True
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _RAISED.sub(r"^\g<0>", _LOWERED.sub(r"_\g<0>", text)))
    while match := _TOKEN.search(text, at):
        kind = str(match.lastgroup)
        written, start, at = match[0], match.start(), match.end()
        if kind == "plain":
            for word in written.split(" "):
                key, kind = _reading(word, opens=False) or (word, "word")
                token, start = Token(word, word, key, kind, start, "", opens and kind == "word"), start + len(word)
                found.append(token if kind == "word" else _measured(token, text, start))
                start, opens = start + 1, False
            continue
        if kind == "number" or (kind == "name" and written[0].isdigit()):
            quantity, at = _quantity(text, start) or (None, at)
            if quantity:
                found.append(quantity)
                opens = False
                continue
        if kind == "link":
            found.append(Token(written, written.lower(), written.rstrip(".,;)"), "link", start))
        elif kind == "mark":
            found.append(Token(written, written, written, "mark", start))
            opens = written in ".!?"
            continue
        else:
            found += _words(written, start, opens=opens)
            if found and found[-1].is_spelled:
                found[-1] = _measured(found[-1], text, at)
        opens = False
    return tuple(found)


@lru_cache(maxsize=4096)
def keys(text: str) -> frozenset[str]:
    """Returns the keys of the tokens of a text."""
    return frozenset(token.key for token in tokens(text))


@lru_cache(maxsize=50_000)
def _reading(written: str, *, opens: bool) -> tuple[str, str] | None:
    """The key and kind of a word, a number in letters or a name; None for a compound of several words."""
    low = written.lower()
    if low in _SPELLED or _TENS.match(low):
        return _spelled(low), "number"
    if written.isalpha() and written.islower():
        return written if written in FUNCTION else stem(written), "word"
    if _is_name(written, opens=opens):
        is_word = written.isalpha() and written[1:].islower()
        return stem(low) if is_word else fold(written).removesuffix("s"), "name"
    return None


def _measured(number: Token, text: str, end: int) -> Token:
    """A number in letters, with the unit that stands behind it."""
    unit = _UNIT.match(text, end)
    return number._replace(unit=_UNITS[int(str(unit.lastgroup)[1:])][0]) if unit else number


def _quantity(text: str, start: int) -> tuple[Token, int] | None:
    match = _DIGITS.match(text, start)
    if not match:
        return None
    end, power = match.end(), 0
    if scale := _SCALE.match(text, end):
        end, power = scale.end(), _POWERS[str(scale.lastgroup)]
    unit = _UNIT.match(text, end)
    if unit:
        end = unit.end()
    elif end < len(text) and (text[end].isalnum() or text[end] == "_"):
        return None
    name = (
        _UNITS[int(str(unit.lastgroup)[1:])][0] if unit else ("$" if text[start - 1 : start] in "$€£" and start else "")
    )
    return Token(text[start:end], text[start:end].lower(), _value(match[0], power), "number", start, name), end


def unit_of(word: str) -> str:
    """Returns the unit that a word by itself is, or nothing."""
    match = _UNIT.fullmatch(f" {word}")
    return _UNITS[int(str(match.lastgroup)[1:])][0] if match else ""


def _value(digits: str, power: int) -> str:
    """The value of a number as plain digits, without sign."""
    whole, _, part = digits.lstrip("+-−±").replace(",", "").partition(".")
    if power:
        moved = part.ljust(power, "0")
        whole, part = whole + moved[:power], moved[power:]
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def _words(written: str, start: int, *, opens: bool) -> list[Token]:
    if reading := _reading(written, opens=opens):
        key, kind = reading
        return [Token(written, written.lower(), key, kind, start, "", opens and kind != "number")]
    found, at = [], start
    for part in _JOINTS.split(written):
        if part and part[0] not in "-–_./+&":
            bare = part.lower()
            if bare in _SPELLED:
                found.append(Token(part, bare, _SPELLED[bare], "number", at, ""))
            else:
                found.append(
                    Token(part, bare, bare if bare in FUNCTION else stem(bare), "word", at, opens=opens and at == start)
                )
        at += len(part)
    return found


_JOINTS = re.compile(r"([-–_./+&]+)")


def _spelled(low: str) -> str:
    if low in _SPELLED:
        return _SPELLED[low]
    tens, ones = low.split("-")
    return str(int(_SPELLED[tens]) + int(_SPELLED[ones]))


def _is_name(written: str, *, opens: bool) -> bool:
    if written.islower() and written.replace("-", "").isalpha():
        return False
    # `The` cannot look like a name, and there are many like it.
    if not (written[1:].islower() and written.isalpha()) and _NAMELIKE.search(written[:60]):
        return not (written[:1].isupper() and written[1:].islower() and "-" in written and opens) and not (
            "-" in written
            and all(part.islower() or (i == 0 and part[1:].islower()) for i, part in enumerate(written.split("-")))
        )
    return written[:1].isupper() and not opens and len(written) > 1 and written.lower() not in FUNCTION


def abbreviates(short: str, words: tuple[str, ...]) -> bool:
    """Returns whether an acronym is made of the beginnings of neighbouring words: `ViT` of `vision transformers`."""
    short = short.lower().removesuffix("s")
    return len(short) > 1 and any(_begins(short, words[at:]) for at in range(len(words)))


def _begins(short: str, words: tuple[str, ...]) -> bool:
    """Whether each of the first words gives some of its first letters, two in all but one of them at most."""
    if not short:
        return True
    return bool(words) and any(
        words[0].startswith(short[:length]) and _begins(short[length:], words[1:])
        for length in (1, 2)
        if length <= len(short)
    )
