"""A year and the month before it as bars; and years laid over one another."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from trends.panel import Panel
from trends.plots._dress import (
    MONTHS,
    describe,
    make_room,
    subtitle_words,
    upper,
    value_axis,
    value_words,
    write_words,
)
from trends.plots._findings import finish
from trends.plots._fitting import halo, room, text_width
from trends.plots._headlines import change_words, headline, last_complete
from trends.plots._marks import chosen_series, draw_line, shown_window
from trends.plots._rows import Asked, Row
from trends.plots._series import Look, spaced
from trends.plots._style import BLUE, GREEN, GREY, LABEL, PURPLE, SMALL, VERMILLION, text_colour
from trends.wording import month_words

RECENT = ((VERMILLION, "-"), (BLUE, "--"), (GREEN, "-."), (PURPLE, ":"))  # the newest year first
OLD = "#B9BEC3"


def draw_year(panel: Panel, asked: Asked) -> Axes:
    """Thirteen months, each with its value; the last and the first, a year before, stand out."""
    series = chosen_series(panel, asked.series)
    month = asked.month if asked.month is not None else last_complete(panel, series)
    month = panel.months[-1] if month is None else month
    window = shown_window(panel, month - 12, month)
    row = Row.of_panel(window, series)
    main = window.n_time - 1
    labels = dict.fromkeys(range(main, -1, -1), "")
    earlier = (0,) if window.n_time == 13 else ()
    title = headline(panel, series, month)
    alt, words = [], ""
    if earlier:
        before, now = float(row.values[0]), float(row.values[main])
        whole = window.complete[0] and window.complete[main] and len(window.segments()) == 1
        if whole and np.isfinite(before) and np.isfinite(now):
            change = now / before - 1 if before > 0 else np.nan
            words = change_words(panel, change, now - before)
            words = f"{upper(words)} {month_words(window.months[0])}"
            alt.append(words)
    look = Look(main=main, emphasis=earlier, labels=labels)
    known = [
        f"{month_words(window.months[t])} {row.amount(value)}"
        for t, value in enumerate(row.values)
        if np.isfinite(value)
    ]
    alt.append(f"Month by month: {', '.join(known)}" if known else "")
    return finish(panel, series, asked, window, look, title, alt, words)


def draw_years(panel: Panel, asked: Asked) -> Axes:
    """January to December, a line a year, the newest year thick; each named where it ends."""
    series = chosen_series(panel, asked.series)
    month = asked.month if asked.month is not None else panel.months[-1]
    window = shown_window(panel, asked.first, month)
    row = Row.of_panel(window, series)
    ax = asked.axes()
    title, subtitle, source = _words(window, series, row, asked)
    make_room(ax, title, subtitle, source)
    _year_axis(ax)
    value_axis(ax, row.values, zero=not row.line)
    years = sorted({m.year for m in window.months}, reverse=True)
    _name_years(ax, _draw_lines(ax, window, row, years))
    write_words(ax, title, subtitle, source)
    lines = f"Line chart of {row.name} by month of the year, a line for each of {len(years)} years"
    newest = [f"{m} {value_words(v)}" for m, v in _newest(window, row)]
    told = f"{years[0]}: {', '.join(newest)}" if newest else ""
    describe(ax, lines, title, row.extremes_words(), told, *row.gaps_words(), *row.facts)
    return ax


End = tuple[str, float, float, str, int]  # name, place, value, colour, years back


def _draw_lines(ax: Axes, window: Panel, row: Row, years: list[int]) -> list[End]:
    """Draw the oldest year first; return where each ends."""
    ends: list[End] = []
    for back, year in reversed(list(enumerate(years))):
        here = np.asarray(window.months.year) == year
        values = row.values[here]
        known = np.isfinite(values)
        if not known.any():
            continue
        colour, style = RECENT[back] if back < len(RECENT) else (OLD, "-")
        at = np.asarray(window.months.month[here], dtype=np.float64)
        part = np.array(row.is_partial)[here]
        first = pd.Period(year=year, month=1, freq="M").ordinal - 1
        draw_line(
            ax, at, values, colour, part.tolist(), style=style, level=row.line,
            thick=2.6 if back == 0 else 1.5, cuts=[cut - first for cut in row.cuts],
        )  # fmt: skip
        whole = known & ~part
        last = int(np.flatnonzero(whole if whole.any() else known)[-1])
        ends.append((str(year), at[last], float(values[last]), colour, back))
    return ends


def _words(window: Panel, series: str, row: Row, asked: Asked) -> tuple[str, str, str]:
    """Title, subtitle and source: those asked for, or our own."""
    title, subtitle, source = asked.title, asked.subtitle, asked.source
    if title is None:
        title = _title(window, series, last_complete(window, series))
    if subtitle is None:
        subtitle = subtitle_words(window, series)
        if any(row.is_partial):
            subtitle += ". Hollow: month not complete"
        if window.n_time > 12 * (len(RECENT) + 1):
            subtitle += ". Grey: earlier years"
    return title, subtitle, row.source if source is None else source


def _newest(window: Panel, row: Row) -> list[tuple[str, float]]:
    year = window.months[-1].year
    return [
        (MONTHS[m.month - 1], float(v))
        for m, v in zip(window.months, row.values, strict=True)
        if m.year == year and np.isfinite(v)
    ]


def _title(window: Panel, series: str, about: pd.Period | None) -> str:
    """The month against the same month of the year before."""
    if about is not None and about - 12 >= window.months[0]:
        one = window.select(series).until(about)
        part = one.segments()[-1]
        before, now = (float(one.values[0, one.position(at)]) for at in (about - 12, about))
        known = one.status(about - 12) == "complete" and one.position(about - 12) >= part.start
        if known and before > 0 and np.isfinite(now) and one.kind != "stock":
            name = upper(Row.of_panel(window, series).name)
            return (
                f"{name} in {month_words(about)}: {value_words(now)}, "
                f"{change_words(one, now / before - 1, now - before)} "
                f"{month_words(about - 12)}"
            )
    return headline(window, series, about)


def _year_axis(ax: Axes) -> None:
    beyond = text_width("2025", LABEL, "bold") / 30
    ax.set_xlim(0.6, 12.4 + beyond)
    ax.xaxis.set_major_locator(FixedLocator(list(range(1, 13))))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, position: MONTHS[int(value) - 1] if 1 <= value <= 12 else "")
    )
    ax.tick_params(axis="x", which="major", length=4, width=0.8, color=GREY)


def _name_years(ax: Axes, ends: list[End]) -> None:
    """Names beside the ends: those of whole years in a column, of others where they end."""
    fit = max(1, int(room(ax)[1] / (LABEL * 1.4)) - 1)  # the newest, where not all have a place
    ends = sorted(ends, key=lambda end: end[4])[:fit]
    column = [end for end in ends if end[1] == 12]
    heights = spaced(ax, [end[2] for end in column], LABEL * 1.25)
    at = dict(zip([end[0] for end in column], heights, strict=True))
    for name, x, y, colour, back in ends:
        text = colour if colour != OLD else GREY
        ax.annotate(
            name, (x, at.get(name, y)), xytext=(8, 0), textcoords="offset points", va="center",
            fontsize=LABEL + 1 if back == 0 else SMALL, weight="bold" if back < 2 else "normal",
            color=text_colour(text), path_effects=halo(), annotation_clip=False, zorder=6,
        )  # fmt: skip
