"""Several sources of one quantity as lines."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from trends.plots._dress import BLUE, GREEN, INK, ORANGE, PURPLE, VERMILLION, dress, write_words
from trends.wording import unit_words

COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, INK)
STYLES = ("-", "--", ":")  # so that more sources than colours can still be told apart


def plot_sources(table: pd.DataFrame, title: str, unit: str = "", ax: Axes | None = None) -> Axes:
    """Draw sources of one quantity side by side, a line each, named where it ends.

    Parameters
    ----------
    table : DataFrame
        Months down, sources across, as `Comparison.frame` gives it. A gap breaks the line.
    title, unit : str
        What is shown.
    ax : Axes, optional
        Where to draw; on a new figure by default.

    Returns
    -------
    Axes

    Examples
    --------
    >>> months = pd.period_range("2025-04", periods=3, freq="M")
    >>> table = pd.DataFrame({"afp": [379.0, 507, 588], "isw": [187.0, 516, 482]}, index=months)
    >>> len(plot_sources(table, "Two sources", "km2").lines)
    2
    """
    if ax is None:
        ax = Figure(figsize=(8.6, 4.8), layout="constrained").subplots()
    at = np.arange(len(table))
    ends = {}
    for k, name in enumerate(table.columns):
        values = table[name].to_numpy(dtype=np.float64)
        colour, style = COLOURS[k % len(COLOURS)], STYLES[k // len(COLOURS) % 3]
        ax.plot(at, values, color=colour, linestyle=style, linewidth=1.8, marker="o", markersize=3)
        last = np.flatnonzero(~np.isnan(values))
        if len(last):
            ends[name] = (int(last[-1]), float(values[last[-1]]), colour)
    _end_labels(ax, ends)
    dress(ax, pd.PeriodIndex(table.index), signed=bool((table < 0).any(axis=None)))
    write_words(ax, title, f"{unit_words(unit)} a month" if unit else "")
    return ax


def _end_labels(ax: Axes, ends: dict[str, tuple[int, float, str]]) -> None:
    """Name each line at its end, from the top down, no two names on one another."""
    low, high = ax.get_ylim()
    gap = (high - low) / 18
    room = np.inf
    for name, (t, value, colour) in sorted(ends.items(), key=lambda end: -end[1][1]):
        height = min(value, room - gap)
        room = height
        ax.annotate(
            name,
            (t, value),
            xytext=(ax.get_xlim()[1] * 1.01, height),
            textcoords="data",
            va="center",
            fontsize=9,
            color=colour,
            parse_math=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.6, "alpha": 0.6},
        )
