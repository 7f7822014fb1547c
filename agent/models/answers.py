"""Reads the text that a model answered into the asked shape; the text is hostile until it is read.

JSON is parsed, never mended by search and replace. What may stand for what is decided here:

    taken       an object after a BOM, in a fence, in prose, in an array, one level inside another object; of several
                objects the one that fits; the same object or the same key twice, where both are equal; unknown keys
                (ignored at every level); `"1"` or `1.0` for 1 and a number for a text; one value for a list of one,
                a list of one for a value; null for an absent list; `Time Series` for `time-series`; a list with
                null or a word outside its vocabulary in it (these are left out)
    cleaned     control characters and line ends (spaces), lone surrogates (U+FFFD), an object twice in a list, a text
                without end (null); in a list in which places mean something all stay, null as an empty object
    unreadable  nothing, null, prose, a refusal; only thoughts, or an object only within them; a schema, a skeleton,
                Python literals; JSON that is broken or cut; NaN and infinity; two values of one key; different objects
                that fit; a missing key without a default; deep nesting; lists without end

The time taken is linear in the length of the text.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from agent.models.base import Answer

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Found = TypeVar("Found")

LONGEST_ANSWER = 2_000_000
"""Characters; a hundred times the longest answer asked for."""
LONGEST_TEXT = 2_000
"""Characters of one text; a model that repeats itself without end writes more."""
LONGEST_REASON = 300
MOST_COMMAS = 50_000
MOST_PIECES = 1_000
"""Objects, thoughts and stray braces that are looked at before an answer is given up."""
ROUNDS = 4
"""Of taking one thing for another: a list in a list, a word in it, its spelling."""
PLACED = frozenset(("cells",))
"""Lists in which a place means something: one for each aspect, so that nothing may be left out."""
DEEPEST = 40
"""Levels of nesting; the shapes asked for have six."""


class Unreadable(ValueError):
    """An answer that is not what was asked."""

    def __init__(self, reason: str, *, incomplete: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        """Why, for the model and the user: at most 300 characters, names the shape's fields, quotes nothing."""
        self.incomplete = incomplete
        """Whether the text ends within its thoughts or its object, so that a higher limit of tokens may help."""


def read(text: str, shape: type[Answer]) -> Answer:
    """Returns the answer that stands in a text.

    At least one field of the shape must be without a default, or any object would fit. Raises `Unreadable`.
    """
    values, fault = _values(text)
    fitting = []
    for value in values:
        try:
            fitting.append(_fit(value, shape))
        except Unreadable as misfit:
            fault = fault or misfit
    return _only(fitting, fault)


def isolate(text: str) -> str:
    """Returns the one JSON object that stands in a text, cleaned, as JSON.

    Raises `Unreadable` where there is none, or anything beside it that looks like JSON: `read` may still know more.
    """
    values, fault = _values(text)
    if fault:
        raise fault
    return json.dumps(_only([value for value in values if isinstance(value, dict)], None), ensure_ascii=False)


def _only(found: Sequence[Found], fault: Unreadable | None) -> Found:
    if not found:
        raise fault or Unreadable("The answer holds no JSON object.")
    if any(other != found[0] for other in found[1:]):
        raise Unreadable("The answer holds several JSON objects that differ. Give only one.")
    return found[0]


def _values(text: str) -> tuple[list[Any], Unreadable | None]:
    """Returns the objects and arrays outside thoughts, each once, and what is wrong with what could not be parsed."""
    if len(text) > LONGEST_ANSWER:
        raise Unreadable("The answer is far longer than asked.")
    found: dict[str, Any] = {}
    fault: Unreadable | None = None if text.strip("\ufeff \r\n\t") else Unreadable("The answer is empty.")
    for source, value in _pieces(text):
        if not source:
            found, fault = {}, None
        elif isinstance(value, Unreadable):
            fault = value if fault is None or value.incomplete else fault
        else:
            found[source] = _clean(value)
    return list(found.values()), fault


_THOUGHT = r"(?:think|thinking|thought|reasoning)>"
_CLOSED = re.compile(f"</{_THOUGHT}", re.IGNORECASE)
_TOKEN = re.compile(rf"(?P<opened><{_THOUGHT})|(?P<closed></{_THOUGHT})|(?:\[\s*+)?\{{\s*+\"", re.IGNORECASE)


def _pieces(text: str) -> Iterator[tuple[str, Any]]:
    """Yields source and value of each object or array of objects, an `Unreadable` for one that cannot be parsed.

    Thoughts are passed over. A closing tag alone, yielded as an empty source, ends thoughts that began before the
    text: the chat templates of reasoning models write the opening tag themselves.
    """
    at = tried = 0
    for _ in range(MOST_PIECES):
        match = _TOKEN.search(text, at)
        if match is None:
            return
        start, at = match.span()
        if match.lastgroup == "closed":
            yield "", None
        elif match.lastgroup == "opened":
            closed = _CLOSED.search(text, at)
            if closed is None:
                yield (
                    match[0],
                    Unreadable("The answer ends within its thoughts. Give the JSON object.", incomplete=True),
                )
                return
            at = closed.end()
        else:
            value, at = _parse(text, start)
            yield text[start:at], value
            if isinstance(value, Unreadable):
                # Prose has braces too, so the next one is tried, but no stretch of text over and over.
                tried += at - start
                at = start + 1 if tried <= 4 * len(text) else at
    yield "…", Unreadable("The answer holds far more than one JSON object.")


def _parse(text: str, start: int) -> tuple[Any, int]:
    """Returns what begins at a position and where it ends, or what is wrong with it and where that shows."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except Unreadable:
        raise
    except json.JSONDecodeError as error:
        if error.msg.startswith("Unterminated string") or _END.match(text, error.pos):
            return Unreadable("The answer is incomplete: it ends inside its JSON object.", incomplete=True), len(text)
        return Unreadable("The answer is not valid JSON."), max(error.pos, start + 1)
    except (RecursionError, ValueError):
        raise Unreadable("The answer is nested too deeply, or a number in it is too long.") from None
    if text.count(",", start, end) > MOST_COMMAS:
        raise Unreadable("The answer lists far more than asked.")
    return value, end


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs) and any(value[key] != other for key, other in pairs):
        raise Unreadable("The answer has the same key twice in one object, with different values.")
    return value


def _finite(digits: str) -> float:
    """Refuses NaN and infinity, also as Python reads it from 1e999."""
    number = float(digits)
    if not math.isfinite(number):
        raise Unreadable("The answer holds a number that JSON does not have: NaN or infinity.")
    return number


# Not strict: models write line ends into texts.
_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_finite, parse_constant=_finite, strict=False)
_END = re.compile(r"\s*\Z")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _clean(value: Any, depth: int = 0, *, placed: bool = False) -> Any:
    """Returns a parsed value whose texts are single lines of Unicode and whose lists hold each object once."""
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            return None
        return value if value.isprintable() else _SURROGATE.sub("\ufffd", _UNFIT.sub(" ", value))
    if depth > DEEPEST:
        raise Unreadable("The answer is nested too deeply.")
    if isinstance(value, dict):
        return {_clean(key): _clean(inner, depth + 1, placed=key in PLACED) for key, inner in value.items()}
    if isinstance(value, list):
        items = [_clean(inner, depth + 1) for inner in value]
        if placed:
            return [{} if item is None else item for item in items]
        return list({repr(item): item for item in items}.values()) if items and isinstance(items[0], dict) else items
    return value


def _fit(value: Any, shape: type[Answer]) -> Answer:
    """Returns a parsed value in its shape, or the one thing in the shape that stands one level further in."""
    try:
        return _validate(_named(value, shape), shape)
    except Unreadable as misfit:
        inner = list(value.values()) if isinstance(value, dict) else value
        fitting = []
        for candidate in inner:
            if isinstance(candidate, dict | list):
                with suppress(Unreadable):
                    fitting.append(_validate(_named(candidate, shape), shape))
        return _only(fitting, misfit)


def _named(value: Any, shape: type[Answer]) -> dict[str, Any]:
    """Returns an object; an array is the value of the only field of a shape."""
    if isinstance(value, dict):
        return value
    return dict.fromkeys(shape.model_fields, value) if len(shape.model_fields) == 1 else {}


def _validate(value: dict[str, Any], shape: type[Answer]) -> Answer:
    """Validates, again after each round in which something could be taken for what was asked."""
    problems: Sequence[ErrorDetails] = ()
    for _ in range(ROUNDS):
        try:
            return shape.model_validate(value, strict=False, extra="ignore")
        except ValidationError as error:
            problems = error.errors(include_url=False)
        # The last first: what is left out of a list moves only what comes after it.
        if not sum(_take(value, problem) for problem in reversed(problems)):
            break
    raise Unreadable(_reason(problems))


def _take(value: dict[str, Any], problem: ErrorDetails) -> bool:
    """Puts what is meant in the place of what was given; returns whether it is plain what is meant."""
    last: Any
    *path, last = problem["loc"]
    kind, given = problem["type"], problem["input"]
    if kind == "missing":
        return False
    parent: Any = value
    for key in path:
        parent = parent[key]
    expected = _vocabulary(_expected(problem))
    if given is None and (kind == "tuple_type" or isinstance(parent, list)):
        del parent[last]
    elif kind == "tuple_type":
        parent[last] = [given]
    elif isinstance(given, list) and len(given) == 1:
        parent[last] = given[0]
    elif isinstance(given, str) and _fold(given) in expected:
        parent[last] = expected[_fold(given)]
    elif expected and isinstance(parent, list):
        del parent[last]
    elif kind == "string_type" and isinstance(given, int | float) and not isinstance(given, bool):
        parent[last] = str(given)
    else:
        return False
    return True


def _expected(problem: ErrorDetails) -> str:
    """Returns the words of a closed vocabulary as pydantic lists them; empty for any other problem."""
    return str(problem["ctx"]["expected"]) if problem["type"] == "literal_error" else ""


@cache
def _vocabulary(expected: str) -> dict[str, str]:
    return {_fold(word): word for word in re.findall(r"'([^']*)'", expected)}


def _fold(word: str) -> str:
    return word.strip().lower().replace(" ", "-").replace("_", "-")


def _reason(problems: Sequence[ErrorDetails]) -> str:
    """Returns what is wrong where, in the shape's own words, as much of it as may be said."""
    said = "The answer does not fit:"
    for number, problem in enumerate(problems):
        wrong = f" `{'.'.join(map(str, problem['loc']))}` {_wrong(problem)};"
        if len(said) + len(wrong) > LONGEST_REASON - 20:
            return f"{said} and {len(problems) - number} more."
        said += wrong
    return said.removesuffix(";") + "."


def _wrong(problem: ErrorDetails) -> str:
    kind = problem["type"]
    if kind == "literal_error":
        return f"must be {_expected(problem)}"
    return _WRONG.get(kind, "must be a whole number" if kind.startswith("int_") else "is not as asked")


_WRONG = {
    "missing": "is missing",
    "model_type": "must be an object",
    "tuple_type": "must be a list",
    "string_type": f"must be a text of at most {LONGEST_TEXT} characters",
}
