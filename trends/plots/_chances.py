"""How surprising a finding is: its chance under each null model, in the month and anywhere."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from trends.models import SurpriseResults
from trends.plots._dress import describe, make_room, upper, write_words
from trends.plots._fitting import halo, text_width
from trends.plots._rows import Asked
from trends.plots._style import BLUE, GRID, SMALL, SOFT, VERMILLION, text_colour

NULLS = {
    "exchangeable": "months in random order",
    "ar": "memory alone",
    "trend": "trend and memory",
    "season": "trend, season and memory",
}
SCOPES = (("this month", VERMILLION, "o"), ("anywhere", BLUE, "s"))


def draw_chances(found: SurpriseResults, asked: Asked) -> Axes:
    """A row a null model; two points, each with its chance, on a logarithmic scale."""
    frame = found.frame()
    nulls = list(dict.fromkeys(frame["null"]))
    words = found.summary()
    title = words.split(". ")[0].rstrip(".") if asked.title is None else asked.title
    own = "How often chance makes as much, in this month and anywhere in the span searched"
    subtitle = own if asked.subtitle is None else asked.subtitle
    ax = asked.axes()
    make_room(ax, title, subtitle, asked.source or "")
    known = frame["chance"].to_numpy(dtype=np.float64)
    least = known[known > 0].min(initial=0.01)
    low = 10.0 ** math.floor(math.log10(least) - 0.15)
    ax.set_xscale("log")
    ax.set_xlim(low, 1.6)
    ax.set_ylim(len(nulls) - 0.35, -0.75)
    ticks = [10.0**power for power in range(round(math.log10(low)), 1)]
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_major_formatter(FixedFormatter([chance_words(tick) for tick in ticks]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_locator(FixedLocator(range(len(nulls))))
    ax.yaxis.set_major_formatter(FixedFormatter([upper(NULLS.get(null, null)) for null in nulls]))
    ax.tick_params(axis="y", length=0, pad=5)
    ax.tick_params(axis="x", length=0, pad=5, labelcolor=SOFT)
    ax.grid(visible=True, axis="x", color=GRID, linewidth=0.8, linestyle="-")
    for row, null in enumerate(nulls):
        chances = frame[frame["null"] == null].set_index("scope")["chance"]
        ends = [max(float(chances[scope]), low) for scope, _, _ in SCOPES]
        ax.plot(ends, [row, row], color=GRID, linewidth=4, zorder=1, solid_capstyle="round")
        for (scope, colour, marker), x in zip(SCOPES, ends, strict=True):
            ax.plot([x], [row], marker, color=colour, markersize=8, zorder=3)
            _name(ax, x, row, scope, float(chances[scope]), colour)
    write_words(ax, title, subtitle, asked.source or "")
    describe(ax, "Chart of chances", words)
    return ax


def _name(ax: Axes, x: float, row: int, scope: str, chance: float, colour: str) -> None:
    """Over its point where it is of the month, else below, so that the two never touch."""
    up = scope == "this month"
    words = f"{scope} {chance_words(chance)}"
    near_end = x > 0.4 and text_width(words, SMALL) > 20
    ax.annotate(
        words, (x, row), xytext=(4 if near_end else 0, 8 if up else -8), textcoords="offset points",
        ha="right" if near_end else "center", va="bottom" if up else "top", fontsize=SMALL,
        weight="bold", color=text_colour(colour), path_effects=halo(), zorder=4,
    )  # fmt: skip


def chance_words(chance: float) -> str:
    """A chance in percent, or as one in so many where it is small."""
    if chance <= 0:
        return "0"
    if chance < 0.001:
        return f"1 in {float(f'{1 / chance:.2g}'):,.0f}"
    return f"{100 * chance:.2g}%" if chance < 0.995 else "100%"
