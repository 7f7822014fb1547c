"""Text of abstracts: cleaned for reading, folded for comparing, split into sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""A language tag, loosely. RFC 5646."""


def clean(text: str) -> str:
    r"""Returns text fit to show: NFC, no control characters, white space folded, remains of LaTeX resolved.

    Letters, digits and links come through; what changes is their dress: `51.06\%` becomes `51.06%`, `2.8times`
    becomes `2.8 times`, `\emph{Name}` becomes `Name`.
    """
    if "\x1b" in text or "\x9b" in text:
        text = _TERMINAL.sub("", text)
    text = _UNSEEN.sub("", text)
    if _LATEX_SIGNS.search(text):
        pieces = _LINK.split(_plain_links(_ESCAPED.sub(r"\1", text)))
        pieces[::2] = [_plain(piece) for piece in pieces[::2]]
        text = "".join(pieces)
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Returns the form in which texts are compared: letters and digits only, compatibility forms, lower case."""
    if text.isascii():
        return text.lower().translate(_ASCII_SIGNS)
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def words(text: str) -> list[str]:
    """Returns the words of a text in lower case; a compound such as `zero-shot` is one word."""
    return _WORD.findall(text.lower())


def sentences(text: str) -> list[str]:
    """Splits a cleaned abstract into its sentences; joined by spaces they give the text again.

    syntok decides. It is handed tokens that suit abstracts (abbreviations, links, decimals and short brackets are one
    token each), because with its own it splits before `(e.g.` and inside `1) …; 2) …`.
    """
    starts = {start for start in _starts(text) if _ENDED.search(text, max(0, start - 8), start)}
    if not text.isascii():
        starts.update(match.end() for match in _UNSPACED_END.finditer(text))
    cuts = sorted(starts)
    bounds = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return [sentence for begin, end in bounds if (sentence := text[begin:end].strip())]


_ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e01ef]"
)
"""Controls, bidirectional marks, zero-width characters, variation selectors, tags and lone surrogates."""

_TERMINAL = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?"  # colours, the cursor, clearing the screen
    r"|\x1b[\]PX^_][^\x07\x1b\x9c]{0,2000}(?:\x07|\x1b\\|\x9c)"  # window titles, links
    r"|\x1b[!-/]{1,8}[0-~]"  # character sets
)
"""What steers a terminal, whole: without its first byte the rest would stand there as text (ECMA-48, 5.4 and 5.6)."""

_LATEX_SIGNS = re.compile(
    # Every one begins with a sign or a digit, so that letters are passed over quickly.
    r"[\\${}~`]|''|--|%\w+arrow"
    r"|\d(?:times|\.\d+pm\d|(?<=\btimes\d)|(?<=\bsim\d)|(?<=\bapprox\d)|(?<=\b[lg]eq\d)|(?<=[a-z]x2)01[34][a-z])"
)
_ESCAPED = re.compile(r"\\([%&_#])")
_LINK = re.compile(r"(https?://[^\s{}\\$]+)")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def _plain_links(text: str) -> str:
    """Leaves one link where LaTeX or its remains give a target and a link text."""
    for pattern, plain in _LINK_REMAINS:
        text = pattern.sub(plain, text)
    return text


_LINK_REMAINS = (
    # A target and, in braces, the same link or the words that arXiv shows in its place.
    (re.compile(r"(?:\\?\bhref)?\{?(https?://[^\s{}]+)\}?\{(?:https?://[^\s{}]*|this https? URL|)\}", re.I), r"\1"),
    (re.compile(r"\\?\bhref\{(https?://[^\s{}]+)\}\{([^{}]*)\}"), r"\2 (\1)"),
    (
        re.compile(
            r"(?:\\?\b(?:url|path|texttt|color|red|blue|cyan|magenta|purple))?\{{1,3}(https?://[^\s{}]+)\}{1,3}"
        ),
        r"\1",
    ),
)


def _plain(text: str) -> str:
    """Resolves LaTeX and its remains in a stretch without links."""
    text = _MATH.sub(r"\1", _ACCENT.sub(_accented, text))
    if "\\" in text:
        for _ in range(3):
            text = _COMMAND.sub(_argument, text)
        text = _BARE.sub(_sign, text).replace("\\", "")
    for sign, pattern, plain in _REMAINS:
        if sign in text:
            text = pattern.sub(plain, text)
    return _without_groups(text) if "{" in text or "}" in text else text


def _without_groups(text: str) -> str:
    """Drops the braces of LaTeX groups and keeps those of sets, such as `{0, 1}`."""
    text = _RAISED.sub(r"\1(\2)", text)
    for _ in range(2):
        text = _GROUP.sub(r"\1", text)
    return text if text.count("{") == text.count("}") else text.replace("{", "").replace("}", "")


_GROUP = re.compile(r"(?:(?<=[_^])|(?!\{[^{}]{0,40}[,|:=<>][^{}]{0,40}\}))\{([^{}]*)\}")
_RAISED = re.compile(r"([_^])\{([^{}]*[^\w{}+-][^{}]*)\}")
_ACCENT = re.compile(r"\\(?:([\"'`^~=.])(?:\{([A-Za-z])\}|([A-Za-z]))|([uvHck])\{([A-Za-z])\})")
_MARKS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
}  # fmt: skip


def _accented(match: re.Match[str]) -> str:
    return (match[2] or match[3] or match[5]) + _MARKS[match[1] or match[4]]


_MATH = re.compile(r"\$(?=\S)((?:[^$\\]|\\.){1,200}?)(?<=\S)\$(?!\d)")
"""Mathematics between dollar signs by Pandoc's rule, so that `from $5 to $10` stays money."""

_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(?:\[[^\[\]]*\])?\{([^{}]*)\}")
_BARE = re.compile(r"\\(?:([A-Za-z]+) ?|([,;:!> \\()\[\]]))")
_UNREAD = frozenset("cite citep citet citealp citeauthor ref eqref label vspace hspace color begin end".split())
_SILENT = frozenset("emph bf it em tt sc rm sf text left right big displaystyle item noindent xspace".split())
_SIGNS = {
    "times": "×", "sim": "~", "textasciitilde": "~", "approx": "≈", "geq": "≥", "ge": "≥", "leq": "≤", "le": "≤",
    "pm": "±", "cdot": "·", "to": "→", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "ldots": "…", "dots": "…",
    "degree": "°", "circ": "°", "in": "∈", "ell": "ℓ", "sqrt": "√", "sum": "∑", "neq": "≠", "ll": "≪", "gg": "≫",
    "uparrow": "↑", "downarrow": "↓", "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "aa": "å",
    "textendash": "–", "textemdash": "—", "langle": "⟨", "rangle": "⟩", "varepsilon": "ε", "percent": "%",
    "quad": " ", "qquad": " ", "newline": " ",
    **dict(zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
        "omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(),
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True,
    )),
}  # fmt: skip


def _argument(match: re.Match[str]) -> str:
    """Returns what a reader sees of a command with an argument."""
    name, argument = match.groups()
    if name in _UNREAD:
        return ""
    return _SIGNS.get(name, "") + argument


def _sign(match: re.Match[str]) -> str:
    """Returns what a reader sees of a command without an argument; an unknown one leaves its name."""
    name, mark = match.groups()
    if name is None:
        return " " if mark in " \\" else ""
    if name in _SILENT:
        return ""
    # The space behind a letter belongs to the command; behind a sign or a word it is one.
    space = " " if match[0].endswith(" ") and not _SIGNS.get(name, " ").isalpha() else ""
    return _SIGNS.get(name, name) + space


_REMAINS = (
    ("{", re.compile(r"\b(?:emph|textbf|textit|textsc|texttt|text|url|href)(?=\{)"), ""),
    ("~", re.compile(r"(?<=\w)~[A-Za-z]+\d{4}[A-Za-z]*\b(?:,\s?[A-Za-z]+\d{4}[A-Za-z]*\b)*"), ""),
    ("~", re.compile(r"(?<=[A-Za-z.,;:)])~(?=[\w(\[])"), " "),
    ("sim", re.compile(r"\bsim(?=\d)"), "~"),
    ("approx", re.compile(r"\bapprox(?=\d)"), "~"),
    ("geq", re.compile(r"\bgeq(?=\d)"), "≥"),
    ("leq", re.compile(r"\bleq(?=\d)"), "≤"),
    ("pm", re.compile(r"(?<=\d)pm(?=\d)"), "±"),
    ("times", re.compile(r"(?<=\d)times(?=\d)|\btimes(?=\d)"), "×"),
    ("times", re.compile(r"(?<=\d)times\b"), " times"),
    ("uparrow", re.compile(r"(?<=[\d%])\s?uparrow\b"), "↑"),
    ("downarrow", re.compile(r"(?<=[\d%])\s?downarrow\b"), "↓"),
    ("x201", re.compile(r"(?<=[a-z])x(?:2013|2014)(?=[a-z])"), "–"),
    ("`", re.compile(r"``"), '"'),
    ("''", re.compile(r"''"), '"'),
    ("`", re.compile(r"`"), "'"),
    ("---", re.compile(r"---"), "—"),
    ("--", re.compile(r"(?<=[\w)%.])--(?=[\w(])|(?<=\s)--(?=\s)"), "–"),
)
"""What conversions to plain text leave behind: commands without backslash, citation keys, ties, quotes, dashes.

Each stands behind what it has in any case, for which a text is searched many times as fast.
"""


def _starts(text: str) -> Iterator[int]:
    """Yields where syntok lets a sentence begin, but for the first."""
    found = _syntok().segment(_tokens(text))
    next(found, None)
    return (tokens[0].offset for tokens in found)


@lru_cache(maxsize=1)
def _syntok() -> ModuleType:
    # A tenth of a second to import: only who splits pays.
    import syntok.segmenter

    return syntok.segmenter  # type: ignore[no-any-return]


def _tokens(text: str) -> Iterator[object]:
    """Yields syntok's tokens, cut so that every sign that may end a sentence is a token and every other is not."""
    token, end = _syntok().Token, 0
    for match in _pieces(text):
        start = match.start()
        yield token(text[end:start], _seen(match), start)
        end = match.end()


def _pieces(text: str) -> list[re.Match[str]]:
    """The tokens, with long stretches of words as one; behind an open bracket syntok counts, and gets shorter ones."""
    found = list(_TOKEN.finditer(text))
    if text.isascii() and not any(match[0] in "([{" for match in found):
        return found
    return list(_short_token().finditer(text))


def _seen(match: re.Match[str]) -> str:
    """Returns what syntok is shown: it takes semicolons for ends and words with dots for abbreviations."""
    if match.lastgroup is None:
        return "," if match[0] == ";" else match[0]
    if match.lastgroup == "plain":
        return "plain"
    return match[0].replace(".", "-") if match.lastgroup == "word" else "Aside"


_TOKENS = r"""
    (?P<plain>%s)                                                         # words amid a sentence: one token, for speed
  | (?P<aside>https?://\S*[\w/] | \((?:[^().!?]|\.(?=[\w,;)]|\s[a-z(])){0,400}\))  # links, brackets around no sentence
  | (?:\b(?:e\.g|i\.e|et\ al|vs|cf|resp|approx|w\.r\.t|a\.k\.a|viz|ca|Figs?|Eqs?|Secs?|Tabs?|Refs?|Nos?|Drs?|Prof|St)\.)
  | \b(?:[A-Z]\.)+(?=\s?[A-Z][a-z]|\s[a-z])                               # initials
  | (?P<word>v\d+\.\ ?\d+ | [^\W_]+(?:(?:[-–'’/_+&@^*:,]+|\.(?![A-Z][a-z]))[^\W_]+)*)        # words, versions, decimals
  | \.{2,}
  | \S
"""
_TOKEN = re.compile(
    _TOKENS % r"(?<=[a-z,]\ )[A-Za-z0-9-]+(?:,?\ [A-Za-z0-9-]+)*(?=,?\ (?!al\b)[A-Za-z0-9])", re.VERBOSE
)


@lru_cache(maxsize=1)
def _short_token() -> re.Pattern[str]:
    return re.compile(_TOKENS % r"(?<=[a-z]\ )[a-z]+(?:\ [a-z]+)+(?=\ (?!al\b)[a-z])", re.VERBOSE)


_ENDED = re.compile(r"[.!?。！？…][\"'”’)\]]*\s*\Z")
"""The end of a sentence, whatever syntok says: without such a sign before it, there is no next one."""

_UNSPACED_END = re.compile(r"[。！？]+[」』”’）]*")
"""Chinese and Japanese put no space after a sentence, and syntok then sees none."""
