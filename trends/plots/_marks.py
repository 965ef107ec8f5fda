"""What is marked along a series: bars and gaps, breaks and spans, each with its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from trends.panel import Anomaly, Panel
from trends.plots._dress import FloatRow
from trends.plots._fitting import Box, Places, halo, room, text_width
from trends.plots._speech import kind_words, month_said, said
from trends.plots._style import GREY, INK, MIST, PAPER, SMALL, text_colour

BREAKS = {"method break": "--", "splice": ":"}
FEW = 90  # months up to which each has a sign of its own
ROW = 11.0  # points that a row of names is high
HALF = 0.39  # of the distance between months, to each side of the middle of a bar


@dataclass(frozen=True, slots=True)
class Flag:
    """A line at `first`, or a band from `first` to `last`, and its name at the top."""

    text: str
    first: float
    last: float | None = None
    colour: str = MIST
    style: str = "-"

    @property
    def ink(self) -> str:
        """The colour of the name."""
        return INK if self.last is not None else text_colour(self.colour)


def anomaly_flags(panel: Panel) -> list[Flag]:
    """Lines for breaks and splices, bands for odd months, of those inside the panel."""
    start, end = panel.months[0].ordinal, panel.months[-1].ordinal
    flags = []
    for anomaly in panel.anomalies:
        first, last = anomaly.first.ordinal, anomaly.last.ordinal
        if anomaly.kind in BREAKS:
            if start < first <= end:
                style = BREAKS[anomaly.kind]
                words = kind_words(anomaly.kind)
                flags.append(Flag(words, first - 0.5, colour=INK, style=style))
        elif first <= end and start <= last:
            bounds = max(first, start) - 0.5, min(last, end) + 0.5
            flags.append(Flag(kind_words(anomaly.kind), *bounds))
    return flags


def anomaly_words(anomalies: Sequence[Anomaly], panel: Panel) -> list[str]:
    """The same, in sentences."""
    start, end = panel.months[0], panel.months[-1]
    return [
        said("alt_break", kind=kind_words(a.kind), month=month_said(a.first))
        if a.kind in BREAKS
        else said("alt_odd", kind=kind_words(a.kind), when=span_said(a.first, a.last))
        for a in anomalies
        if (start < a.first <= end if a.kind in BREAKS else a.first <= end and start <= a.last)
    ]


def span_said(first: pd.Period, last: pd.Period) -> str:
    """From a month to another, or the one."""
    if first == last:
        return month_said(first)
    return said("span", first=month_said(first), last=month_said(last))


def flag_rows(ax: Axes, flags: Sequence[Flag]) -> list[tuple[int, str, float]]:
    """Give each name the first row in which it lies on no other: row, alignment, offset."""
    places, width = Places(ax), room(ax)[0]
    taken: list[Box] = []
    out = []
    for flag in flags:
        if not flag.text:
            out.append((-1, "left", 0.0))
            continue
        wide = text_width(flag.text, SMALL) + 8
        x = places.at(flag.first, 0)[0]
        if flag.last is None:  # the name of a line stands before it, or else after
            ways = [("right", x - wide, -4.0), ("left", x, 4.0)]
            ways = [way for way in ways if -1 <= way[1] <= width + 1 - wide] or ways[1:]
        else:  # that of a band in its middle
            left = (x + places.at(flag.last, 0)[0] - wide) / 2
            left = max(min(left, width - wide), 0.0)
            ways = [("left", left, left - x + 4)]
        rows = ((row, way) for row in range(12) for way in ways)
        row, (align, left, offset) = next(
            (found for found in rows if _free(_box(found[1][1], found[0], wide), taken)),
            (12, ways[0]),
        )
        taken.append(_box(left, row, wide))
        out.append((row, align, offset))
    return out


def _box(left: float, row: int, wide: float) -> Box:
    return left, row, left + wide, row + 1.0


def _free(box: Box, taken: Sequence[Box]) -> bool:
    a, b, c, d = box
    return not any(a < g and e < c and b < h and f < d for e, f, g, h in taken)


def draw_flags(ax: Axes, flags: Sequence[Flag]) -> None:
    """Draw bands and lines, and write their names at the top."""
    height = room(ax)[1]
    for flag, (row, align, offset) in zip(flags, flag_rows(ax, flags), strict=True):
        if flag.last is not None:
            inset = 0.08  # so that two bands side by side are two
            ax.axvspan(
                flag.first + inset, flag.last - inset, color=flag.colour, linewidth=0, zorder=0
            )
        else:
            top = 1 - max(row, 0) * ROW / height
            ax.axvline(flag.first, 0, top, color=flag.colour, linestyle=flag.style, linewidth=1.1)
        if not flag.text:
            continue
        ax.annotate(
            flag.text,
            (flag.first, 1),
            xycoords=("data", "axes fraction"),
            xytext=(offset, -2 - row * ROW),
            textcoords="offset points",
            ha=align,
            va="top",
            fontsize=SMALL,
            color=flag.ink,
            path_effects=halo(),
            zorder=6,
        )


def flags_height(ax: Axes, flags: Sequence[Flag]) -> float:
    """Points that the names take at the top."""
    return ROW * (1 + max((row for row, _, _ in flag_rows(ax, flags)), default=-1)) + (
        4 if flags else 0
    )


def draw_bars(
    ax: Axes, at: FloatRow, values: FloatRow, colours: Sequence[str], partial: Sequence[bool]
) -> None:
    """One bar a month, hatched where the month is not complete; a question mark where unknown."""
    thin = len(at) > 150
    for x, value, colour, part in zip(at, values, colours, partial, strict=True):
        if np.isfinite(value):
            ax.bar(
                x,
                value,
                width=1.0 if thin else 2 * HALF,
                color=PAPER if part else colour,
                edgecolor=colour,
                hatch="////" if part else None,
                linewidth=0.0 if thin and not part else 0.6,
                zorder=2,
            )
    if len(at) <= FEW:
        for x in at[~np.isfinite(values)]:
            ax.annotate(
                "?", (x, 0), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom",
                fontsize=min(SMALL, room(ax)[0] / len(at)), color=GREY,
            )  # fmt: skip
    else:
        for first, last in stretches(~np.isfinite(values)):
            ax.axvspan(at[first] - 0.5, at[last] + 0.5, color=MIST, linewidth=0, zorder=0)


def take_bars(places: Places, at: FloatRow, values: FloatRow) -> None:
    """Keep text off the bars."""
    for x, value in zip(at, values, strict=True):
        if np.isfinite(value):
            places.take_data(x - HALF, 0, x + HALF, value)


def draw_line(
    ax: Axes,
    at: FloatRow,
    values: FloatRow,
    colour: str,
    partial: Sequence[bool],
    *,
    style: str = "-",
    marker: str = "o",
    thick: float = 1.9,
    level: bool = True,
    cuts: Sequence[float] = (),
) -> None:
    """A line that gaps and cuts break, with a point a month; hollow where it is not complete.

    An amount, which is no `level`, is less in a month that is not complete: no line falls to it.
    `cuts` are the places of method breaks.
    """
    known = np.isfinite(values)
    part = np.asarray(partial, dtype=bool) & known
    through = values if level else np.where(part, np.nan, values)
    for piece in np.split(np.arange(len(at)), np.searchsorted(at, sorted(cuts))):
        ax.plot(at[piece], through[piece], color=colour, linewidth=thick, linestyle=style,
                zorder=3, solid_capstyle="round", solid_joinstyle="round")  # fmt: skip
    beside = np.pad(np.isfinite(through), 1)
    alone = known & ~beside[:-2] & ~beside[2:]
    dots = (alone if len(at) > FEW else known) & ~part
    look: dict[str, Any] = {"color": colour, "linestyle": "none", "marker": marker}
    ax.plot(at[dots], values[dots], markersize=3.6, zorder=3, **look)
    ax.plot(at[part], values[part], markerfacecolor=PAPER, markersize=5.2, zorder=4, **look)


def stretches(flags: np.ndarray) -> list[tuple[int, int]]:
    """First and last position of each stretch of true values."""
    padded = np.concatenate([[False], np.asarray(flags, dtype=bool), [False]])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]


def partial_words(panel: Panel) -> list[str]:
    """``7 of 30 days``, for each month; empty where it is complete or unknown."""
    return [
        said("days", n=days, of=month.days_in_month) if 0 < days < month.days_in_month else ""
        for month, days in zip(panel.months, panel.observed_days, strict=True)
    ]


def odd_months(panel: Panel) -> list[int]:
    """Positions of months that are said to be one-off."""
    out = set()
    for anomaly in panel.anomalies:
        if anomaly.kind == "one-off" or {"ranks", "records"} & set(anomaly.excluded_from):
            inside = (panel.months >= anomaly.first) & (panel.months <= anomaly.last)
            out |= set(np.flatnonzero(inside).tolist())
    return sorted(out)


def floats(panel: Panel, series: str) -> FloatRow:
    """The values of a series as they are drawn: an infinite one is none."""
    values = panel[series].to_numpy(dtype=np.float64)
    return np.where(np.isfinite(values), values, np.nan)


def chosen_series(panel: Panel, series: str | None, where: str = "plot") -> str:
    """The series asked for, or the only one."""
    from trends.errors import BadOption

    if series is not None:
        panel[series]  # refuses an unknown name
        return series
    if panel.n_series > 1:
        needed = f"one of {', '.join(map(repr, panel.names[:8]))}, or kind='multiples'"
        raise BadOption(where, "series", f"a panel of {panel.n_series} series", needed)
    return panel.names[0]


def shown_window(panel: Panel, first: pd.Period | None, last: pd.Period) -> Panel:
    """The months that are drawn."""
    start = panel.months[0] if first is None else max(first, panel.months[0])
    return panel.window(min(start, last), last)
