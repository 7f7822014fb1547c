"""Bars as PNG pictures that travel in the mail, since mail programs show no SVG."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.render.newsletter.blocks import Bar, Issue, Numbers
from agent.render.newsletter.palette import LIGHT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, ROW, MARGIN = 544, 48, 16
"""Pixels of the mail: across the picture, for a bar with its label, and around all of them."""
SCALE = 2
"""Pixels of the picture for one of the mail, since most screens have that many."""
SIZE = 18
"""Of the letters: on a telephone the picture is shown at six tenths of its width."""
LONGEST = 42
"""Characters of a label that fit; the words for those who do not see the picture have all of them."""
COLORS = 32
"""Of the picture: two of bars, and shades of one at the edges of letters."""
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
    The same bars give the same bytes wherever matplotlib is the same.
    """
    if not find_spec("matplotlib"):
        return ()
    return tuple(_picture(*one) for one in _charted(issue) if _writable(one[2]))


def _charted(issue: Issue) -> Iterator[tuple[str, str, Sequence[Bar]]]:
    numbers = next((one for one in issue.blocks if isinstance(one, Numbers) and one.edited is None), None)
    if not numbers:
        return
    if len(numbers.topics) > 1:
        yield f"{numbers.key}:topics", "Papers by topic", numbers.topics
    figures = (one for one in numbers.figures if one.kind in DRAWN and len(one.bars) > 1)
    for figure in list(figures)[:1]:
        yield f"{numbers.key}:{figure.kind}", figure.label, figure.bars


def _writable(bars: Sequence[Bar]) -> bool:
    """Whether the font has every sign; scripts from right to left would be drawn backwards."""
    from matplotlib.ft2font import FT2Font

    signs = {sign for bar in bars for sign in bar.label}
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in signs):
        return False
    return {*map(ord, signs)} <= FT2Font(str(_font(""))).get_charmap().keys()


def _picture(key: str, label: str, bars: Sequence[Bar]) -> Picture:
    png = _png(bars)
    alt = f"{label}: {', '.join(f'{bar.label} {bar.count}' for bar in bars)}."
    return Picture(key, f"{sha256(key.encode() + png).hexdigest()[:24]}@digest.invalid", png, alt)


def _png(bars: Sequence[Bar]) -> bytes:
    from matplotlib import rc_context, rcParamsDefault
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = len(bars) * ROW + 2 * MARGIN - 6
    # What a user has set for plots of their own must not change these.
    with rc_context({name: rcParamsDefault[name] for name in rcParamsDefault if not name.startswith("backend")}):
        figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * SCALE, facecolor=LIGHT.card)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        axes.set_axis_off()
        for place, bar in enumerate(bars):
            _draw(axes, bar, MARGIN + place * ROW)
        return _compressed(FigureCanvasAgg(figure))


def _compressed(canvas: Any) -> bytes:
    """The picture in as many colours as it needs, in a third of the bytes."""
    # matplotlib needs Pillow to write any picture.
    from PIL import Image

    canvas.draw()
    drawn = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    made = BytesIO()
    drawn.quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(made, "PNG")
    return made.getvalue()


def _draw(axes: Axes, bar: Bar, top: float) -> None:
    """Its label and count on one line, the bar below; opaque, since nobody knows the colour of the mail's ground."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import Rectangle

    across = WIDTH - 2 * MARGIN
    label = bar.label if len(bar.label) <= LONGEST else f"{bar.label[: LONGEST - 1].rstrip()}…"
    plain, bold = (FontProperties(fname=_font(style), size=SIZE * 0.72) for style in ("", "-Bold"))
    axes.text(MARGIN, top + SIZE, label, fontproperties=plain, color=LIGHT.text, parse_math=False)
    axes.text(MARGIN + across, top + SIZE, str(bar.count), fontproperties=bold, color=LIGHT.text, ha="right")
    for color, share in ((LIGHT.track, 1.0), (LIGHT.accent, min(max(bar.share, 0.01), 1.0))):
        axes.add_patch(Rectangle((MARGIN, top + SIZE + 7), across * share, 10, facecolor=color, linewidth=0))


def _font(style: str) -> Path:
    """The font that comes with matplotlib, so that no machine draws with another."""
    from matplotlib import get_data_path

    return Path(get_data_path(), "fonts", "ttf", f"DejaVuSans{style}.ttf")
