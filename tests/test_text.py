"""Text of abstracts is cleaned, folded and split without losing what it says."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text import clean, fold, sentences, words

SEEDS = Path(__file__).parent.parent / "seeds"
LATEX = st.text(alphabet=st.sampled_from("ab1 .,;()[]{}$\\~^_%`'\"-—times\n\té\u202e\u200b。!?/:"), max_size=80)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (r"reaches 51.06\% accuracy", "reaches 51.06% accuracy"),
        (r"76\(\%\) accuracy", "76% accuracy"),
        ("is 2.8times faster", "is 2.8 times faster"),
        ("by 2.4-2.9times for", "by 2.4-2.9 times for"),
        ("at 1248times1248 pixels", "at 1248×1248 pixels"),
        ("(e.g., sim20times smaller)", "(e.g., ~20 times smaller)"),
        (r"about \textasciitilde42\% time", "about ~42% time"),
        (r"Pruning (\emph{WidgetNet}) is", "Pruning (WidgetNet) is"),
        (r"\textbf{\emph{nested}} marks", "nested marks"),
        (r"a model, \OurThing, that", "a model, OurThing, that"),
        (r"an \unknown{argument} stays", "an argument stays"),
        ("``quotes'' and `single'", "\"quotes\" and 'single'"),
        (r"we call {\mu}-Probe", "we call μ-Probe"),
        ("models~(WMs) and Fig.~3", "models (WMs) and Fig. 3"),
        ("by 75%~89%, or ~9%", "by 75%~89%, or ~9%"),
        ("such as Widget~doe2023widget and", "such as Widget and"),
        ("O(10^{12}) on V^* Probe, F_1", "O(10^12) on V^* Probe, F_1"),
        (r"for $x^2 \leq 3$ and $5 to $10", "for x^2 ≤ 3 and $5 to $10"),
        ("the set {0, 1}^n", "the set {0, 1}^n"),
        ("from {perception to reasoning}", "from perception to reasoning"),
        (r"G\"odel and Erd\H{o}s", "Gödel and Erdős"),
        ("at https://a.org/x{https://a.org/x}.", "at https://a.org/x."),
        ("at https://a.org/x/{this https URL}.", "at https://a.org/x/."),
        (r"at \url{https://a.org/x--y}", "at https://a.org/x--y"),
        ("at magenta{https://a.org}", "at https://a.org"),
        (r"see \href{https://a.org}{our page}", "see our page (https://a.org)"),
        ("one -- or two---three, 3--4", "one – or two—three, 3–4"),
        (r"visual Q\&A tasks", "visual Q&A tasks"),
        ("a\x00b\u202ec\u200bd \t\n e\u00a0f", "abcd e f"),
        ("Cafe\u0301 \ud800", "Café"),
    ],
)
def test_remains_of_latex_and_hidden_characters_are_resolved(printed: str, shown: str) -> None:
    """What is shown reads as the authors meant it."""
    assert clean(printed) == shown


@given(st.text() | LATEX)
def test_cleaning_never_raises_and_leaves_printable_text(text: str) -> None:
    """Any text becomes one line without control characters that can be written as UTF-8."""
    shown = clean(text)

    assert shown == " ".join(shown.split())
    assert not any(ord(character) < 32 or character in "\u202e\u200b\ufeff" for character in shown)
    assert shown.encode().decode() == shown


@given(st.text(alphabet=st.characters(categories=["L", "Nd"]), max_size=30))
def test_plain_words_come_through(text: str) -> None:
    """Letters and digits without any sign of LaTeX fold to the same before and after."""
    if "times" not in text:
        assert fold(clean(text)) == fold(text)


SPLITS = [
    (["We use v1. 5 of it.", "It wins."]),
    (["It beats WG-4.", "Then it stops."]),
    (["See Fig. 3 vs. Fig. 4 w.r.t. cost.", "Done."]),
    (["Doe et al. (2020) did.", "A. Doe did too."]),
    (["Models fail on tasks (e.g. How does it feel).", "We ask why."]),
    (["It prefers words (i.e., text) over images (e.g., charts, maps).", "We then test it."]),
    (["We do three things: 1) a thing; 2) a second thing; and 3) a third.", "They help."]),
    (["Larger ones exist, such as Widget-3.2-90B-Vision.", "We scale further."]),
    (["It falls by 40%.", "(4) Compared with others, it wins."]),
    (["Results are strong (14.0% success).", "Even so, gaps remain."]),
    (["Code is at https://a.org/x.y.", "Page: https://b.org/z"]),
    (["Expression rose at 37.5 °C (Fig. 2).", "In vitro, it fell (P < 0.001)."]),
    (["What now?", "Yes!", "\"Stop.\"", "Then go."]),
    (["Das ist gut.", "Es bleibt so."]),
    (["A single line without a stop"]),
]  # fmt: skip


@pytest.mark.parametrize("expected", SPLITS, ids=lambda split: split[0][:30])
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    """Abbreviations, versions, decimals, links, brackets and enumerations end no sentence."""
    assert sentences(" ".join(expected)) == expected


def test_a_bracket_that_closes_far_away_hides_no_sentence() -> None:
    """Only a short bracket is passed over: behind one that closes sentences later, each still ends."""
    row = "Every tray holds forty rows of small seeds, and most rows are sorted by hand before the rain comes back."

    assert sentences(f"We sort seeds (by weight. {' '.join([row] * 8)} The last is empty) for now.").count(row) == 8


def test_a_missing_space_and_a_script_without_spaces_still_split() -> None:
    """A stop glued to the next capital ends a sentence, and so does an ideographic full stop."""
    assert sentences("It has inputs and outputs.This classification holds.") == [
        "It has inputs and outputs.",
        "This classification holds.",
    ]
    assert sentences("这是一。那是二。") == ["这是一。", "那是二。"]


@given(st.text(max_size=200) | LATEX)
def test_sentences_give_the_text_again(text: str) -> None:
    """Nothing is lost or added between the sentences but white space."""
    shown = clean(text)

    assert "".join("".join(sentences(shown)).split()) == "".join(shown.split())


@pytest.mark.parametrize("unit", ["(", "{", "\\emph{", "$a", "(a. ", "e.g. ", "~a", "a.", "\\", "[1](", '"'])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    """Twenty thousand repetitions of a sign that opens something are cleaned and split within seconds."""
    begin = time.process_time()
    sentences(clean(unit * 20_000))

    assert time.process_time() - begin < 5


def test_seed_abstracts_lose_no_digit() -> None:
    """Every digit of the seed pages, but for citation keys and doubled links, is still there when cleaned."""
    lines = [line for page in sorted(SEEDS.glob("*.txt")) for line in page.read_text("utf-8").splitlines()]
    plain = [line for line in lines if "{http" not in line and "~" not in line and "x2013" not in line]

    assert len(plain) > 1000
    for line in plain:
        assert [c for c in clean(line) if c.isdigit()] == [c for c in line if c.isdigit()]


def test_compounds_are_one_word() -> None:
    """Words are lower case, and hyphens and apostrophes join."""
    assert words("Zero-shot models' don't-care, 3D!") == ["zero-shot", "models", "don't-care", "3d"]


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31mPeat\x1b[0m soils",
        "Peat \x9b1;31msoils",
        "\x1b[2J\x1b[1;1HPeat soils\x1b(B",
        "\x1b]0;owned\x07Peat soils",
        "\x1b]8;;https://evil.example\x1b\\Peat\x1b]8;;\x1b\\ soils",
        "\x1bPq#1\x1b\\Peat soils",
        "Peat\x1b soils",
        "Peat soils\x1b[",
    ],
)
def test_what_steers_a_terminal_is_left_out_whole(text):
    """Of an escape sequence nothing is left, and of the text around it nothing is lost."""
    assert clean(text) == "Peat soils"


def test_many_escapes_take_no_time():
    """Escapes without an end are looked at once each."""
    started = time.monotonic()
    clean("\x1b]" * 50_000 + "\x1b[" * 50_000 + "\x1b]" + "x" * 100_000)

    assert time.monotonic() - started < 1
