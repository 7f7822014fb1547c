"""Bars as PNG pictures that travel in the mail, since mail programs show no SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from agent.render.newsletter.blocks import Bar, Issue, Numbers
from agent.render.newsletter.palette import LIGHT

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

    Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

WIDTH, ROW, MARGIN = 544, 48, 16
"""Pixels of the mail: across the picture, for a bar with its label, and around all of them."""
SCALE = 2
"""Pixels of the picture for one of the mail, since most screens have that many."""
SIZE = 20
"""Of the letters: on a telephone the picture is shown at six tenths of its width."""
LONGEST = 42
"""Characters of a label that fit; the words for those who do not see the picture have all of them."""
SHADES = 6
"""Between the colours of letters and of the card, at the edges of letters; more are not seen, and take bytes."""
DRAWN = frozenset({"contributions", "benchmarks"})
"""Kinds of figures; the first that is there is drawn."""


@dataclass(frozen=True)
class Picture:
    """A picture that a mail holds."""

    key: str
    """What it stands for: the block's key and `topics` or the kind of the figure."""
    cid: str
    """By which the mail refers to it."""
    png: bytes
    alt: str
    """What it says, in words."""
    width: int = WIDTH
    """As it is shown, in pixels."""


def charts(issue: Issue) -> tuple[Picture, ...]:
    """Returns the sizes of the topics, and one figure, as pictures.

    None without the extra `plots`, and none of bars whose labels its font cannot write: they stay cells of a table.
    The same bars give the same bytes wherever Pillow is the same.
    """
    try:
        from PIL import ImageFont

        # The one that Pillow brings, so that no machine draws with another.
        font = ImageFont.load_default(SIZE * SCALE)
    except ImportError:
        return ()
    return tuple(_picture(*one, font) for one in _charted(issue) if _writable(one[2], font))


def _charted(issue: Issue) -> Iterator[tuple[str, str, Sequence[Bar]]]:
    numbers = next((one for one in issue.blocks if isinstance(one, Numbers) and one.edited is None), None)
    if not numbers:
        return
    if len(numbers.topics) > 1:
        yield f"{numbers.key}:topics", "Papers by topic", numbers.topics
    figures = (one for one in numbers.figures if one.kind in DRAWN and len(one.bars) > 1)
    for figure in list(figures)[:1]:
        yield f"{numbers.key}:{figure.kind}", figure.label, figure.bars


def _writable(bars: Sequence[Bar], font: Font) -> bool:
    """Whether the font has every sign; one that it lacks is drawn like U+FFFF, which no font has."""
    lacking = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(sign)) != lacking for sign in {sign for bar in bars for sign in bar.label})


def _picture(key: str, label: str, bars: Sequence[Bar], font: Font) -> Picture:
    png = _png(bars, font)
    alt = f"{label}: {', '.join(f'{bar.label} {bar.count}' for bar in bars)}."
    return Picture(key, f"{sha256(key.encode() + png).hexdigest()[:24]}@digest.invalid", png, alt)


def _png(bars: Sequence[Bar], font: Font) -> bytes:
    """Opaque, since nobody knows the colour of the mail's ground, and of few colours, for a third of the bytes."""
    from PIL import Image, ImageDraw

    height = len(bars) * ROW + 2 * MARGIN - 6
    drawn = Image.new("RGB", (WIDTH * SCALE, height * SCALE), LIGHT.card)
    canvas = ImageDraw.Draw(drawn)
    for place, bar in enumerate(bars):
        _draw(canvas, bar, MARGIN + place * ROW, font)
    made = BytesIO()
    drawn.quantize(palette=_colors(), dither=Image.Dither.NONE).save(made, "PNG")
    return made.getvalue()


def _draw(canvas: ImageDraw.ImageDraw, bar: Bar, top: int, font: Font) -> None:
    """Its label and count on one line, the bar below."""
    left, right, line = MARGIN * SCALE, (WIDTH - MARGIN) * SCALE, (top + 18) * SCALE
    label = bar.label if len(bar.label) <= LONGEST else f"{bar.label[: LONGEST - 1].rstrip()}…"
    canvas.text((left, line), label, LIGHT.text, font, "ls")
    # The font has no bold letters.
    canvas.text((right, line), str(bar.count), LIGHT.text, font, "rs", stroke_width=1)
    for color, share in ((LIGHT.track, 1.0), (LIGHT.accent, min(max(bar.share, 0.01), 1.0))):
        end = left + round((right - left) * share)
        canvas.rectangle((left, line + 7 * SCALE, end - 1, line + 17 * SCALE - 1), color)


def _colors() -> Image.Image:
    """A picture with the colours that there may be in one."""
    from PIL import Image, ImageColor

    text, card, *bars = map(ImageColor.getrgb, (LIGHT.text, LIGHT.card, LIGHT.track, LIGHT.accent))
    steps = (step / (SHADES + 1) for step in range(SHADES + 2))
    shades = [tuple(round(a + (b - a) * step) for a, b in zip(text, card, strict=True)) for step in steps]
    colors = Image.new("P", (1, 1))
    colors.putpalette([part for color in (*shades, *bars) for part in color])
    return colors
