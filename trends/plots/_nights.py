"""A calendar of nights: a square a day, a row of weeks a year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from trends.errors import BadOption, NoValues
from trends.plots._dress import (
    MONTHS,
    FloatRow,
    describe,
    make_room,
    number,
    upper,
    value_words,
    write_words,
)
from trends.plots._fitting import halo, room, text_width
from trends.plots._rows import Asked
from trends.plots._style import DARKER, GREY, INK, LABEL, PAPER, SMALL, SOFT, VERMILLION
from trends.wording import month_words, unit_words

CLASSES = 5
MOST_YEARS = 6
BLOCK = 10.4  # rows of squares from one year to the next
NONE, EMPTY = "#F1F3F5", "#C6CBD0"
_SHADES = LinearSegmentedColormap.from_list("nights", ["#CFE3F1", "#5AA2CF", "#0B5C97", "#08263F"])


@dataclass(frozen=True, slots=True)
class Days:
    """Consecutive days and their values, NaN where unknown."""

    days: tuple[pd.Period, ...]
    values: FloatRow

    def years(self) -> list[tuple[int, list[tuple[pd.Period, float]]]]:
        """The days of each year."""
        pairs = zip(self.days, map(float, self.values), strict=True)
        return [(year, list(found)) for year, found in groupby(pairs, lambda pair: pair[0].year)]

    @property
    def best(self) -> int | None:
        """Position of the highest, the first of several."""
        return int(np.nanargmax(self.values)) if np.isfinite(self.values).any() else None


def draw_nights(data: pd.Series[float], unit: str, asked: Asked) -> Axes:
    """Weeks across, Monday to Sunday down; darker is more, a cross unknown."""
    found = _daily(data, asked)
    years = found.years()
    if len(years) > MOST_YEARS:
        needed = f"at most {MOST_YEARS}: set first="
        raise BadOption("plot", "x", f"{len(years)} years of days", needed)
    bounds = class_bounds(found.values)
    ax = asked.axes()
    title, subtitle = _words(data, unit, found, asked)
    make_room(ax, title, subtitle, asked.source or "")
    _empty(ax, len(years))
    for block, (year, pairs) in enumerate(years):
        _draw_year(ax, year, pairs, block * BLOCK, bounds)
    _name_best(ax, found, years[0][0])
    unknown, none = int(np.isnan(found.values).sum()), int((found.values == 0).sum())
    _key(ax, bounds, len(years) * BLOCK + 0.6, bool(unknown), bool(none))
    write_words(ax, title, subtitle, asked.source or "")
    span = f"{_day_words(found.days[0])} to {_day_words(found.days[-1])}"
    facts = [f"{none} had none" if none else "", f"{unknown} are unknown" if unknown else ""]
    describe(ax, f"Calendar of {len(found.days)} days, {span}", title, *facts, *_month_words(found))
    return ax


def _words(data: pd.Series[float], unit: str, found: Days, asked: Asked) -> tuple[str, str]:
    """Title and subtitle: those asked for, or our own."""
    name = upper(str(data.name) if data.name is not None else "value of each day")
    title = f"{name}: no day is known"
    if found.best is not None:
        most, day = value_words(float(found.values[found.best])), found.days[found.best]
        title = f"{name}: {most} on {_day_words(day)}, the most of any day"
    own = f"{f'{upper(unit_words(unit))} a' if unit else 'A'} day, from Monday (top) to Sunday"
    return (
        title if asked.title is None else asked.title,
        own if asked.subtitle is None else asked.subtitle,
    )


def class_bounds(values: FloatRow) -> list[float]:
    """Bounds of classes with about as many days each, of two digits, the last the maximum.

    Days of none are a class of their own.
    """
    known = values[np.isfinite(values) & (values > 0)]
    if not len(known):
        return []
    shares = np.linspace(0, 1, CLASSES + 1)[1:-1]
    cuts = [float(f"{cut:.2g}") for cut in np.quantile(known, shares, method="lower")]
    return [*sorted({cut for cut in cuts if 0 < cut < known.max()}), float(known.max())]


def _daily(data: pd.Series[float], asked: Asked) -> Days:
    """Every day from the first to the last, of the months asked for."""
    index: object = data.index
    if isinstance(index, pd.DatetimeIndex):
        index = index.to_period("D")
    if not isinstance(index, pd.PeriodIndex) or index.freqstr != "D":
        needed = "a Series of days (a daily PeriodIndex or DatetimeIndex)"
        raise BadOption("plot", "x", f"an index of {type(data.index).__name__}", needed)
    if index.has_duplicates:
        raise BadOption("plot", "x", "a day given twice", "one value a day: add them up first")
    known = pd.Series(data.to_numpy(dtype=np.float64, na_value=np.nan), index).sort_index()
    inside = np.ones(len(known), dtype=bool)
    if asked.first is not None:
        inside &= known.index >= asked.first.start_time.to_period("D")
    if asked.month is not None:
        inside &= known.index <= asked.month.end_time.to_period("D")
    known = known[inside]
    if not len(known):
        raise NoValues("plot", "no day in the months asked for")
    if (known < 0).any() or np.isinf(known).any():
        raise BadOption("plot", "x", "a negative or infinite value", "counts: darker is more")
    every = pd.period_range(known.index[0], known.index[-1], freq="D")
    return Days(tuple(every), np.asarray(known.reindex(every), dtype=np.float64))


def _empty(ax: Axes, years: int) -> None:
    """Axes without ticks, wide enough for 53 weeks."""
    ax.spines[["bottom", "left"]].set_visible(False)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(NullLocator())
        axis.set_minor_locator(NullLocator())
    ax.tick_params(axis="both", which="both", labelleft=False, labelbottom=False, length=0)
    ax.set_xlim(-3.4, 53.2)
    ax.set_ylim(years * BLOCK + 2.2, -1.7)


def _day_words(day: pd.Period) -> str:
    return f"{day.day} {month_words(day)}"


def _month_words(found: Days) -> list[str]:
    """The totals of the last months."""
    known = pd.Series(found.values, [day.asfreq("M") for day in found.days]).dropna()
    totals = known.groupby(level=0).sum()
    pairs = list(zip(totals.index, totals.to_numpy(), strict=True))[-13:]
    return [f"{month_words(month)}: {value_words(float(total))} in all" for month, total in pairs]


def _place(day: pd.Period) -> tuple[int, int]:
    """The week of its year, from Monday on, and the weekday."""
    start = pd.Period(year=day.year, month=1, day=1, freq="D").day_of_week
    return (day.day_of_year - 1 + start) // 7, day.day_of_week


def _draw_year(
    ax: Axes, year: int, pairs: list[tuple[pd.Period, float]], top: float, bounds: list[float]
) -> None:
    ax.text(-0.9, top + 3.5, str(year), ha="right", va="center", fontsize=LABEL + 1,
            weight="bold", color=INK, rotation=90)  # fmt: skip
    for day, value in pairs:
        week, weekday = _place(day)
        _square(ax, week, top + weekday, value, bounds)
        if (day.day == 1 or day == pairs[0][0]) and day.day <= 22:
            ax.text(week, top - 0.3, MONTHS[day.month - 1], ha="left", va="bottom",
                    fontsize=SMALL, color=SOFT)  # fmt: skip
        if day.day == 1 and day.month > 1:
            _month_edge(ax, week, weekday, top)


def _name_best(ax: Axes, found: Days, first: int) -> None:
    if found.best is None or found.values[found.best] <= 0:
        return
    day, value = found.days[found.best], float(found.values[found.best])
    week, weekday = _place(day)
    top = (day.year - first) * BLOCK
    ax.add_patch(Rectangle((week - 0.03, top + weekday - 0.03), 0.98, 0.98, fill=False,
                           edgecolor=VERMILLION, linewidth=2, zorder=4))  # fmt: skip
    align = "left" if week < 5 else "right" if week > 47 else "center"
    ax.annotate(
        f"{value_words(value)}, {day.day} {MONTHS[day.month - 1]}", (week + 0.5, top + 7),
        xytext=(0, -1), textcoords="offset points", ha=align, va="top", fontsize=SMALL,
        weight="bold", color=DARKER[VERMILLION], path_effects=halo(), zorder=5,
    )  # fmt: skip


def _square(ax: Axes, x: float, y: float, value: float, bounds: list[float]) -> None:
    known = np.isfinite(value)
    colour = _shade(value, bounds) if known else PAPER
    look = {"linewidth": 0.0} if known else {"linewidth": 0.5, "edgecolor": EMPTY}
    ax.add_patch(Rectangle((x, y), 0.92, 0.92, facecolor=colour, **look))
    if not known:
        for ends in ([y + 0.25, y + 0.67], [y + 0.67, y + 0.25]):
            ax.plot([x + 0.25, x + 0.67], ends, color=GREY, linewidth=0.7)


def _shade(value: float, bounds: list[float]) -> object:
    if value <= 0 or not bounds:
        return NONE
    rank = min(int(np.searchsorted(bounds, value)), len(bounds) - 1)
    return _SHADES(1.0 if len(bounds) == 1 else rank / (len(bounds) - 1))


def _month_edge(ax: Axes, week: int, weekday: int, top: float) -> None:
    """A line between two months, around the corner where the first is no Monday."""
    x, y = week - 0.04, top + weekday - 0.04
    corner = ([x + 1, x + 1], [y, top]) if weekday else ([], [])
    ax.plot([x, x, *corner[0]], [top + 7, y, *corner[1]], color=PAPER, linewidth=3, zorder=3)
    ax.plot([x, x, *corner[0]], [top + 7, y, *corner[1]], color=INK, linewidth=0.9, zorder=3)


def _key(ax: Axes, bounds: list[float], y: float, gaps: bool, none: bool) -> None:
    """The classes, each with its numbers, so that none is told by its shade alone."""
    items = [("none", 0.0)] if none else []
    for low, high in pairwise([0.0, *bounds]):
        span = f"{number(low, 4)}\N{EN DASH}{number(high, 4)}"
        items.append((span if low else f"up to {number(high, 4)}", high))
    items += [("unknown", np.nan)] if gaps else []
    unit = room(ax)[0] / 56.6  # points of a square
    x = 0.0
    for text, value in items:
        _square(ax, x, y, value, bounds)
        ax.text(x + 1.25, y + 0.46, text, va="center", fontsize=SMALL, color=SOFT)
        x += 1.25 + text_width(text, SMALL) / unit + 1.3
