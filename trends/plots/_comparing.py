"""Several sources of one quantity as lines, named where they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from trends.errors import BadOption, MonthOutside, whole
from trends.panel import Panel
from trends.plots._dress import (
    FloatRow,
    clock_axis,
    describe,
    make_room,
    per_words,
    source_words,
    upper,
    value_axis,
    value_words,
    write_words,
)
from trends.plots._fitting import halo, text_width
from trends.plots._marks import Flag, draw_flags, draw_line, flags_height, floats, partial_words
from trends.plots._rows import Asked
from trends.plots._series import spaced
from trends.plots._style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    LABEL,
    ORANGE,
    PURPLE,
    VERMILLION,
    text_colour,
)
from trends.wording import month_words

COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, INK)
MARKERS = ("o", "s", "^", "D", "v", "P")
STYLES = ("-", "--", ":")  # so that more sources than colours can still be told apart
MOST = len(COLOURS) * len(STYLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Months down, sources across, and what is to be known of each.

    Parameters
    ----------
    values, partial : DataFrame
        NaN where unknown; whether the month is not complete.
    breaks : dict of str to list of Period
        The first months of new definitions.
    level : bool
        Whether the values are levels, and not amounts.
    """

    values: pd.DataFrame
    partial: pd.DataFrame
    breaks: dict[str, list[pd.Period]]
    level: bool = False

    @property
    def months(self) -> pd.PeriodIndex:
        """The clock."""
        return pd.PeriodIndex(self.values.index)

    @property
    def broken(self) -> list[tuple[str, pd.Period]]:
        """The breaks between the months drawn."""
        first, last = self.months[0], self.months[-1]
        return [
            (name, at) for name, all_ in self.breaks.items() for at in all_ if first < at <= last
        ]


def draw_table(ax: Axes, table: Table, words: tuple[str, str, str]) -> Axes:
    """A line a column, the name where it ends; a thin grey line from the lowest to the highest."""
    names = [str(name) for name in table.values.columns]
    make_room(ax, *words)
    beyond = max((text_width(name, LABEL, "bold") for name in names), default=0.0) + 14
    at = clock_axis(ax, table.months, beyond)
    values = table.values.to_numpy(dtype=np.float64)
    flags = [
        Flag(f"method break ({name})", month.ordinal - 0.5, colour=INK, style="--")
        for name, month in table.broken
    ]
    zero = not table.level and not (values < 0).any()
    value_axis(ax, values, zero=zero, above=flags_height(ax, flags))
    draw_flags(ax, flags)
    for t, row in enumerate(values):
        known = row[np.isfinite(row)]
        if len(known) > 1:
            ax.plot([at[t]] * 2, [known.min(), known.max()], color=GRID, linewidth=3, zorder=1)
    _name_ends(ax, _draw_lines(ax, table, at, values), float(at[-1]))
    write_words(ax, *words)
    about = f"Line chart of {len(names)} sources, {table.months[0]} to {table.months[-1]}"
    facts = [f"A line marks a method break of {name} at {at}" for name, at in table.broken]
    describe(ax, about, words[0], *_ends_words(table.values), *facts)
    return ax


def _draw_lines(
    ax: Axes, table: Table, at: FloatRow, values: FloatRow
) -> list[tuple[str, float, float, str]]:
    """Draw each source; return its name, where it ends, and its colour."""
    ends = []
    for k, name in enumerate(table.values.columns):
        colour = COLOURS[k % len(COLOURS)]
        draw_line(
            ax,
            at,
            values[:, k],
            colour,
            table.partial.iloc[:, k].tolist(),
            style=STYLES[k // len(COLOURS) % len(STYLES)],
            marker=MARKERS[k % len(MARKERS)],
            level=table.level,
            cuts=[month.ordinal - 0.5 for month in table.breaks.get(name, [])],
        )
        known = np.flatnonzero(np.isfinite(values[:, k]))
        if len(known):
            ends.append((str(name), float(at[known[-1]]), float(values[known[-1], k]), colour))
    return ends


def _name_ends(ax: Axes, ends: list[tuple[str, float, float, str]], last: float) -> None:
    """Write each name beside the end of its line, no two on one another."""
    heights = spaced(ax, [y for _, _, y, _ in ends], LABEL * 1.3)
    for (name, x, y, colour), height in zip(ends, heights, strict=True):
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.7, "alpha": 0.7}
        ax.annotate(
            name,
            (x, y),
            xytext=(last + 0.9, height),
            textcoords="data",
            va="center",
            fontsize=LABEL,
            weight="bold",
            color=text_colour(colour),
            path_effects=halo(),
            arrowprops={**arrow, "shrinkA": 1, "shrinkB": 2},
            annotation_clip=False,
            zorder=6,
        )


def _ends_words(table: pd.DataFrame) -> list[str]:
    said = []
    for name in table.columns:
        known = table[name].dropna()
        if len(known):
            last = known.index[-1]
            said.append(f"{name}: {value_words(float(known.iloc[-1]))} in {month_words(last)}")
        else:
            said.append(f"{name}: no value is known")
    return said


def draw_sources(panels: Mapping[str, Panel], asked: Asked) -> Axes:
    """Sources of one quantity side by side."""
    table = _table(panels, asked)
    one = next(iter(panels.values()))
    said = dict.fromkeys(source_words(panel) for panel in panels.values() if panel.source)
    words = (
        asked.title if asked.title is not None else _title(table, one),
        asked.subtitle if asked.subtitle is not None else _subtitle(table, one),
        asked.source if asked.source is not None else "; ".join(said),
    )
    return draw_table(asked.axes(), table, words)


def _table(panels: Mapping[str, Panel], asked: Asked) -> Table:
    if not panels:
        raise BadOption("plot", "x", "no panel", "one source or more")
    if len(panels) > MOST:
        raise BadOption("plot", "x", f"{len(panels)} sources", f"at most {MOST}: select some")
    columns, parts, breaks = {}, {}, {}
    for name, panel in ((whole(name), panel) for name, panel in panels.items()):
        if panel.n_series != 1:
            needed = "one series each: take it with panel.select(name)"
            raise BadOption("plot", name, f"{panel.n_series} series", needed)
        columns[name] = pd.Series(floats(panel, panel.names[0]), panel.months)
        days = [bool(words) for words in partial_words(panel)]
        parts[name] = pd.Series(days, panel.months, dtype=bool)
        breaks[name] = [a.first for a in panel.anomalies if a.kind == "method break"]
    first = min(panel.months[0] for panel in panels.values())
    last = max(panel.months[-1] for panel in panels.values())
    for month in (asked.first, asked.month):
        if month is not None and not first <= month <= last:
            raise MonthOutside("plot", month, first, last)
    first = first if asked.first is None else asked.first
    months = pd.period_range(first, last if asked.month is None else asked.month, freq="M")
    partial = pd.DataFrame(
        {name: part.reindex(months, fill_value=False) for name, part in parts.items()}
    )
    values = pd.DataFrame(columns).reindex(months)
    return Table(values=values, partial=partial, breaks=breaks, level=_is_level(panels))


def _is_level(panels: Mapping[str, Panel]) -> bool:
    return all(panel.kind == "stock" for panel in panels.values())


def _subtitle(table: Table, panel: Panel) -> str:
    per = per_words(panel)
    name = upper(panel.quantity or panel.names[0])
    said = (f"{name} {per}" if per == "a month" else f"{name}, {per}") + ", by source"
    hollow = (table.partial & table.values.notna()).to_numpy().any()
    return f"{said}. Hollow: month not complete" if hollow else said


def _title(table: Table, panel: Panel) -> str:
    """How far apart the sources are in the last month that is complete in all."""
    name = upper(panel.quantity or panel.names[0])
    both = table.values.mask(table.partial).dropna()
    if both.shape[1] < 2 or both.empty:
        return f"{name}, by source"
    low, high = float(both.iloc[-1].min()), float(both.iloc[-1].max())
    month = month_words(pd.PeriodIndex(both.index)[-1])
    if low == high:
        return f"{name} in {month}: {value_words(low)} in every source"
    return f"{name} in {month}: {value_words(low)} to {value_words(high)}, by source"
