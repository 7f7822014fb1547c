import io
import sys
from dataclasses import replace

import pytest

from agent.render.newsletter import pictures
from agent.render.newsletter.blocks import Bar, Figure, Numbers
from tests.render.newsletter import issues

BARS = (Bar("Soil carbon", 29, 1.0), Bar("Peat $x^2$ & <b> _y_", 9, 9 / 29), Bar("x" * 90, 1, 1 / 29))
KINDS = Figure("contributions", "Kinds of contribution", "3", BARS, "")
GAINS = Figure("gains", "Gains", "3", BARS, "")


def issue(topics=BARS, figures=(GAINS, KINDS), **fields):
    return issues.issue(blocks=(Numbers(key="numbers", label="Numbers", topics=topics, figures=figures, **fields),))


def chunks(png):
    """The types of its parts. Portable Network Graphics (Third Edition), section 5.3."""
    at = 8
    while at < len(png):
        yield png[at + 4 : at + 8]
        at += 12 + int.from_bytes(png[at : at + 4], "big")


@pytest.fixture(scope="module")
def drawn():
    return pictures.charts(issue())


def test_topics_and_one_figure_are_drawn(drawn):
    """What they show is also said in words, with labels in full."""
    assert [one.key for one in drawn] == ["numbers:topics", "numbers:contributions"]
    assert drawn[0].alt == f"Papers by topic: Soil carbon 29, Peat $x^2$ & <b> _y_ 9, {'x' * 90} 1."
    assert len({one.cid for one in drawn}) == 2


def test_a_picture_can_be_seen_on_any_ground(drawn):
    """It is opaque, has twice the pixels that it is shown with, and is small."""
    from PIL import Image

    picture = Image.open(io.BytesIO(drawn[0].png))

    assert picture.format == "PNG"
    assert picture.width == 2 * pictures.WIDTH == 2 * drawn[0].width
    assert "transparency" not in picture.info
    assert "A" not in picture.getbands()
    assert min(picture.convert("L").getpixel((x, 1)) for x in range(picture.width)) >= 250
    assert len(drawn[0].png) < 40_000


def test_the_same_bars_are_the_same_bytes(drawn):
    """The picture holds no date and no name of a program, only what is seen."""
    assert pictures.charts(issue()) == drawn
    assert set(chunks(drawn[0].png)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


@pytest.mark.parametrize("label", ["土壌炭素", "تربة", "אדמה", "🌱", "Géologie", "\ud800"])
def test_a_label_that_the_font_cannot_write(label):
    """Its bars stay cells of a table."""
    shown = pictures.charts(issue(topics=(*BARS, Bar(label, 1, 0.1))))

    assert [one.key for one in shown] == ["numbers:contributions"]


@pytest.mark.parametrize(
    "made", [issue(BARS[:1], ()), issue(edited="Mine."), issues.issue(blocks=())], ids=["one bar", "edited", "empty"]
)
def test_nothing_to_draw(made):
    """A single bar compares nothing, and what the writer wrote stays as it is."""
    assert pictures.charts(made) == ()


def test_without_the_extra(monkeypatch):
    """There are no pictures, and nothing goes wrong."""
    monkeypatch.setitem(sys.modules, "PIL", None)

    assert pictures.charts(issue()) == ()


def test_shares_beyond_their_bounds():
    """A bar is never longer than its track."""
    odd = tuple(replace(bar, share=share) for bar, share in zip(BARS, (7.0, -1.0, 0.0), strict=True))

    assert pictures.charts(issue(odd))
