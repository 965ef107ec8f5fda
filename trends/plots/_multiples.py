"""Many series, a small chart each."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from trends.errors import BadOption
from trends.panel import Panel
from trends.plots._dress import (
    ALT,
    MARGIN,
    clock_axis,
    describe,
    per_words,
    source_words,
    upper,
    value_axis,
    value_words,
)
from trends.plots._fitting import LEADING, Places, drawable, wrapped
from trends.plots._headlines import last_complete
from trends.plots._marks import HALF, draw_bars, draw_line, shown_window
from trends.plots._rows import Asked, Row
from trends.plots._style import (
    BASE,
    BLUE,
    INK,
    LABEL,
    SIZES,
    SMALL,
    SOFT,
    SUBTITLE,
    TITLE,
    VERMILLION,
    Chart,
    new_figure,
    reset,
)
from trends.wording import month_words

MOST = 48
LEAST_WIDTH, LEAST_HEIGHT = 1.1, 0.7  # inches of a small chart


def draw_multiples(panel: Panel, asked: Asked) -> npt.NDArray[Any]:
    """Draw a grid of axes; they share the scale of values unless asked otherwise."""
    if panel.n_series > MOST:
        needed = f"at most {MOST}: take some with panel.select(...)"
        raise BadOption("plot", "x", f"a panel of {panel.n_series:,} series", needed)
    if asked.ax is not None:
        raise BadOption("plot", "ax", asked.ax, "None: small multiples make a figure of their own")
    window = shown_window(panel, asked.first, asked.month or panel.months[-1])
    figure, rows, columns = _figure(panel.n_series, asked)
    grid = _words(figure, window, asked, rows, columns)
    axes = np.full((rows, columns), None, dtype=object)
    kept = [Row.of_panel(window, name) for name in window.names]
    every = np.concatenate([row.values for row in kept])
    for k, row in enumerate(kept):
        shared = axes[0, 0] if asked.sharey else None
        place = grid[k // columns, k % columns]
        ax = figure.add_subplot(place, axes_class=Chart, sharey=shared)
        axes[k // columns, k % columns] = ax
        reset(ax)
        main = asked.month or last_complete(window, window.names[k])
        position = None if main is None else window.position(main)
        _small(ax, row, window.names[k], every if asked.sharey else row.values, position)
        if asked.sharey and k % columns:
            ax.tick_params(axis="y", labelleft=False)
    first = axes[0, 0]
    describe(first, f"{panel.n_series} small charts", str(figure.get_label()), getattr(first, ALT))
    return axes


def _figure(number: int, asked: Asked) -> tuple[Figure, int, int]:
    """A figure, and how many rows and columns it has."""
    if asked.size == "page":
        width = SIZES["page"][0]
        columns = _columns(number, round(width / 2.4))
        rows = math.ceil(number / columns)
        return new_figure((width, max(3.4, 1.1 + 1.6 * rows))), rows, columns
    figure = new_figure(asked.size)
    width, height = figure.get_figwidth(), max(figure.get_figheight() - 1.2, 0.5)
    columns = _columns(number, max(1, round(math.sqrt(number * width / height / 1.6))))
    rows = math.ceil(number / columns)
    if height / rows < LEAST_HEIGHT or width / columns < LEAST_WIDTH:
        raise BadOption("plot", "size", asked.size, f"larger, or 'page', for {number} series")
    return figure, rows, columns


def _columns(number: int, most: int) -> int:
    """As many as fit, or a third fewer where that leaves no place empty."""
    most = min(number, most)
    few = range(most - most // 3, most + 1)
    return min(few, key=lambda columns: (-number % columns > 0, -columns))


def _small(ax: Axes, row: Row, name: str, scale: npt.NDArray[np.float64], main: int | None) -> None:
    at = clock_axis(ax, row.clock)
    value_axis(ax, scale, zero=not row.line, above=14)
    if row.line:
        draw_line(ax, at, row.values, BLUE, row.is_partial, cuts=row.cuts)
    else:
        colours = [VERMILLION if t == main else BASE for t in range(len(at))]
        draw_bars(ax, at, row.values, colours, row.is_partial)
    for flag in row.flags:
        if flag.last is None:
            ax.axvline(flag.first, color=INK, linestyle=flag.style, linewidth=0.9)
    if main is not None and np.isfinite(row.values[main]):
        y = float(row.values[main])
        Places(ax).label(
            at[main], y, value_words(y), must=True, half=0.0 if row.line else HALF,
            fontsize=SMALL, weight="bold",
        )  # fmt: skip
    width = ax.get_window_extent().width * 72 / ax.figure.dpi
    title = wrapped(name, width, LABEL + 0.5, "bold", most=2)
    ax.set_title(
        "\n".join(title), loc="left", fontsize=LABEL + 0.5, weight="bold", color=INK, pad=5
    )
    told = "" if main is None else f"{value_words(float(row.values[main]))} in {row.when(main)}"
    describe(ax, f"{upper(name)}, {row.span_words()}: {told}", row.extremes_words(), *row.facts)


def _words(figure: Figure, window: Panel, asked: Asked, rows: int, columns: int) -> GridSpec:
    """Write the title above and the source below all charts; a grid for what is between."""
    width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    name = upper(window.quantity or "Series")
    months = f"{month_words(window.months[0])} to {month_words(window.months[-1])}"
    title = f"{name}, {months}" if asked.title is None else asked.title
    scale = "all on one scale" if asked.sharey else "each on its own scale"
    per = per_words(window)
    said = f"{name} {per}" if per == "a month" else upper(per)
    said = f"{said}; {scale}" if said else upper(scale)
    subtitle = said if asked.subtitle is None else asked.subtitle
    source = source_words(window) if asked.source is None else asked.source
    most = max(1, int(0.16 * height / (TITLE * LEADING)))
    inside = width - 2 * MARGIN
    parts = ((title, TITLE, "bold", INK, most), (subtitle, SUBTITLE, "normal", SOFT, 3))
    figure.set_label(drawable(title))
    down = MARGIN
    for text, size, weight, colour, most_lines in parts:
        lines = wrapped(text, inside, size, weight, most_lines) if drawable(text) else []
        figure.text(
            MARGIN / width, 1 - down / height, "\n".join(lines), va="top", fontsize=size,
            weight=weight, color=colour, linespacing=LEADING,
        )  # fmt: skip
        down += len(lines) * size * LEADING + 4
    up = 4.0
    if drawable(source):
        lines = wrapped(f"Source: {source}", inside, SMALL)
        figure.text(
            MARGIN / width, MARGIN / height, "\n".join(lines), va="bottom", fontsize=SMALL,
            color=SOFT, linespacing=LEADING,
        )  # fmt: skip
        up = MARGIN + len(lines) * SMALL * LEADING + 4
    # the layout arranges what is between
    between = (0, up / height, 1, 1 - (up + down) / height)
    figure.set_layout_engine("constrained", rect=between, h_pad=0.04, w_pad=0.1, wspace=0.03)
    room = {"left": 0.06, "right": 0.98, "bottom": up / height, "top": 1 - down / height}
    return figure.add_gridspec(rows, columns, **room)
