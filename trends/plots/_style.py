"""The style that charts are drawn and saved in, whatever the user's own is."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import matplotlib as mpl
import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from trends.errors import BadOption, UnknownOption
from trends.plots._speech import speaking

Size: TypeAlias = Literal["page", "wide", "square"] | tuple[float, float]

# Okabe and Ito (2008), https://jfly.uni-koeln.de/color/: told apart without colour vision
BLUE, VERMILLION, GREEN, PURPLE, ORANGE = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"
# Where they are text they are darker, so that they stand out 4.5 to 1 from white
DARKER = {VERMILLION: "#B04B00", GREEN: "#00755A", PURPLE: "#9C4477", ORANGE: "#8A5C00"}
BASE = "#6798BB"  # 3 to 1 from white
PALE, SAND, MIST = "#A9C6DB", "#F3E9D7", "#ECEEF0"
GREY, GRID, INK, SOFT, PAPER = "#767C82", "#E1E4E7", "#1B1F23", "#4A5157", "#FFFFFF"

TITLE, SUBTITLE, LABEL, SMALL = 13.0, 10.0, 9.0, 8.0  # points
# Inches, and dots an inch: the second is 1200 x 675 pixels, the third 1080 x 1080.
SIZES = {"page": (8.6, 4.4, 160), "wide": (6.0, 3.375, 200), "square": (5.4, 5.4, 200)}

STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib, so that it is there everywhere
    "font.size": LABEL,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name begins no formula
    "hatch.linewidth": 1.0,
    "svg.fonttype": "path",
    "svg.hashsalt": "attack-trends",
}
_LOCK = threading.RLock()


@contextlib.contextmanager
def styled(language: str = "en") -> Iterator[None]:
    """Draw in our style, from matplotlib's defaults on; the user's settings are put back."""
    with _LOCK, style.context(["default", STYLE]), speaking(language):
        yield


class Chart(Axes):
    """Axes that a notebook shows, with their words for those who do not see them."""

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        from trends.plots._drawing import chart_words, png_bytes

        figure = self.figure.canvas.figure
        width = round(figure.get_figwidth() * 100)
        return png_bytes(self), {"width": width, "alt": chart_words(self)}


def new_figure(size: Size) -> Figure:
    """An empty figure of one of the sizes, or of a width and a height in inches."""
    if isinstance(size, str):
        if size not in SIZES:
            raise UnknownOption("plot", size=size, known=tuple(SIZES))
        width, height, dpi = SIZES[size]
    else:
        (width, height), dpi = checked_size(size), SIZES["page"][2]
    engine = ConstrainedLayoutEngine(w_pad=0.14, h_pad=0.12)
    return Figure(figsize=(width, height), dpi=dpi, layout=engine)


def new_axes(size: Size) -> Axes:
    """Axes that fill a new figure."""
    figure = new_figure(size)
    # where the layout will about put them: labels are set out before it runs
    room = {"left": 0.08, "right": 0.975, "bottom": 0.15, "top": 0.8}
    grid = figure.add_gridspec(1, 1, **room)
    return figure.add_subplot(grid[0, 0], axes_class=Chart)


def page_axes(size: tuple[float, float]) -> Axes:
    """Axes of a new figure of a width and a height in inches, without a margin of its own."""
    figure = Figure(figsize=size, layout="constrained")
    return figure.add_subplot(axes_class=Chart)


def checked_size(size: tuple[float, float]) -> tuple[float, float]:
    """A width and a height that can be drawn."""
    try:
        width, height = (float(side) for side in size)
    except (TypeError, ValueError):
        width = height = 0.0
    if not (1 <= width <= 60 and 1 <= height <= 60):
        raise BadOption("plot", "size", size, "'page', 'wide', 'square', or two lengths in inches")
    return width, height


def text_colour(colour: str) -> str:
    """The colour that text about something of a colour has."""
    return DARKER.get(colour, colour)


def readable(background: Any) -> str:
    """Ink or paper, whichever stands out more from a background."""
    light = np.asarray(to_rgb(background))
    light = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    return PAPER if float(light @ (0.2126, 0.7152, 0.0722)) < 0.179 else INK


def reset(ax: Axes) -> None:
    """Take from axes that were given whatever the user's own settings made of them."""
    ax.set_facecolor(PAPER)
    own = (ax.patch, *ax.spines.values(), *ax.xaxis.findobj(), *ax.yaxis.findobj())
    for artist in own:
        artist.set_sketch_params(None)
    ax.set_axisbelow(True)
    ax.grid(visible=False, which="both")
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set(visible=True, color=GREY, linewidth=0.8)
    for axis in (ax.xaxis, ax.yaxis):
        axis.label.set(fontfamily=mpl.rcParams["font.family"], fontsize=LABEL)
    every: dict[str, Any] = {
        "colors": GREY,
        "labelcolor": INK,
        "labelsize": LABEL,
        "labelfontfamily": "DejaVu Sans",
        "direction": "out",
        "labelrotation": 0,
        "top": False,
        "right": False,
        "labeltop": False,
        "labelright": False,
        "bottom": True,
        "labelbottom": True,
        "left": True,
        "labelleft": True,
    }
    ax.minorticks_off()
    ax.tick_params(axis="both", which="both", **every)
