"""What all charts wear: colours, a monthly axis, title, subtitle and source."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

# Okabe and Ito (2008), https://jfly.uni-koeln.de/color/: told apart without colour vision
BLUE, VERMILLION, GREEN, PURPLE, ORANGE = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"
ROOM = 4  # months that the name of a year takes
SKY, GREY, INK, SOFT = "#9CCBE8", "#8A8F94", "#1B1F23", "#4A5157"


def dress(ax: Axes, months: pd.PeriodIndex, *, signed: bool) -> None:
    """Give `ax` years and months below and plain numbers beside."""
    years = [t for t, month in enumerate(months) if month.month == 1]
    if not years or years[0] >= ROOM:
        years.insert(0, 0)
    ax.set_xticks(years, [str(months[t].year) for t in years])
    ax.set_xticks(range(len(months)), minor=True)
    ax.tick_params(axis="x", which="minor", length=2, color=GREY)
    ax.tick_params(axis="both", which="major", length=4, color=GREY, labelsize=9)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", "\N{MINUS SIGN}"))
    ax.grid(axis="y", color="#E3E6E8", linewidth=0.8)
    ax.set_axisbelow(True)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(GREY)
    if signed:
        ax.axhline(0, color=GREY, linewidth=1)


def write_words(ax: Axes, title: str, subtitle: str, source: str = "") -> None:
    """Title, subtitle and source; a dollar sign in them is a dollar sign and begins no formula."""
    plain: dict[str, Any] = {"parse_math": False, "color": SOFT}
    lines = textwrap.fill(_drawable(title), 74)
    ax.set_title(lines, loc="left", fontsize=12, weight="bold", pad=24, parse_math=False)
    subtitle = textwrap.shorten(_drawable(subtitle), 110, placeholder=" …")
    ax.text(0, 1.03, subtitle, transform=ax.transAxes, fontsize=9.5, **plain)
    if source:
        lines = textwrap.fill(_drawable(f"Source: {source}"), 125)
        ax.set_xlabel(lines, fontsize=7.5, loc="left", labelpad=8, **plain)


def _drawable(text: str) -> str:
    """Text without half characters, which no font draws."""
    return text.encode("utf-8", "replace").decode("utf-8")
