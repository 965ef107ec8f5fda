"""What a month that is not over may end at, and the whisker that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from trends.plots._fitting import halo, room
from trends.plots._style import INK, LABEL, PAPER, SMALL

LINE = 11.5  # points that a line of a label is high


@dataclass(frozen=True, slots=True)
class Pace:
    """What a month that is not over may end at.

    Parameters
    ----------
    point, low, high : float
        The middle and the ends of the interval, in the unit of the series.
    words : tuple of str
        What is written at it, a line each; the first bold.
    alt : str
        The same for those who do not see it.
    """

    point: float
    low: float
    high: float
    words: tuple[str, ...] = ()
    alt: str = ""


def draw_pace(ax: Axes, x: float, pace: Pace) -> None:
    """The interval as a whisker over the bar, its middle a diamond, and above it what it is."""
    whisker(ax, x, pace.low, pace.high, INK)
    ax.plot([x], [pace.point], "D", color=INK, markeredgecolor=PAPER, markersize=6.5, zorder=5)
    end = (ax.get_xlim()[1] - x) / (ax.get_xlim()[1] - ax.get_xlim()[0]) * room(ax)[0]
    for k, line in enumerate(reversed(pace.words)):
        first = k == len(pace.words) - 1
        ax.annotate(
            line, (x, pace.high), xytext=(end, 5 + LINE * k), textcoords="offset points",
            ha="right", va="bottom", fontsize=LABEL if first else SMALL, color=INK,
            weight="bold" if first else "normal", path_effects=halo(), zorder=6,
        )  # fmt: skip


def whisker(ax: Axes, x: float, low: float, high: float, colour: str) -> None:
    """A line with a cap at either end."""
    for width, shade in ((4.5, PAPER), (1.6, colour)):
        ax.plot([x, x], [low, high], color=shade, linewidth=width, zorder=4,
                solid_capstyle="butt")  # fmt: skip
    ax.plot([x, x], [low, high], "_", color=colour, markersize=9, markeredgewidth=1.6, zorder=4)
