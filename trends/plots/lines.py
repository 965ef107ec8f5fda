"""Several sources of one quantity, from a table."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from trends.plots._comparing import Table, draw_table
from trends.plots._rows import Asked
from trends.plots._style import styled
from trends.wording import unit_words


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
    >>> plot_sources(table, "Two sources", "km2").get_title(loc="left")
    'Two sources'
    """
    with styled():
        words = (title, f"{unit_words(unit)} a month" if unit else "", "")
        whole = pd.DataFrame(False, index=table.index, columns=table.columns)
        shown = Table(values=table, partial=whole, breaks={})
        return draw_table(Asked(ax=ax).axes(), shown, words)
