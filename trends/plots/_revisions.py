"""The revision triangle: each month as each vintage had it, and how far it was from the first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from trends.plots._dress import MONTHS, describe, make_room, number, upper, value_words, write_words
from trends.plots._fitting import room, text_width
from trends.plots._rows import Asked
from trends.plots._style import BLUE, GREY, LABEL, MIST, SMALL, SOFT, VERMILLION, readable
from trends.vintages import Revisions
from trends.wording import month_words, unit_words

MOST_MONTHS = 24
MOST_VINTAGES = 16
_DOWN_UP = LinearSegmentedColormap.from_list("down-up", [BLUE, "#F2F4F5", VERMILLION])


def draw_revisions(found: Revisions, asked: Asked) -> Axes:
    """Months down, vintages across: the value, and how far it is from the first known."""
    table = found.triangle()
    table = table[table.index <= asked.month] if asked.month is not None else table
    table = table[table.index >= asked.first] if asked.first is not None else table
    left_out = max(len(table) - MOST_MONTHS, 0), max(table.shape[1] - MOST_VINTAGES, 0)
    table = table.iloc[-MOST_MONTHS:, -MOST_VINTAGES:]
    ax = asked.axes()
    values = table.to_numpy(dtype=np.float64)
    moves = _moves(values)
    own, told = _title(found, table, moves)
    title = own if asked.title is None else asked.title
    unit = unit_words(found.unit)
    of = f", {unit}" if unit and unit != found.series else ""
    subtitle = f"{upper(found.series)}{of}, as known on each day. "
    subtitle += "Orange and +: more than first known; blue and \N{MINUS SIGN}: less"
    if any(left_out):
        subtitle += f". The last {len(table)} months and {table.shape[1]} vintages"
    subtitle = subtitle if asked.subtitle is None else asked.subtitle
    make_room(ax, title, subtitle, asked.source or "")
    _cells(ax, table, values, moves)
    write_words(ax, title, subtitle, asked.source or "")
    shape = f"Table of {len(table)} months by {table.shape[1]} vintages of {found.series}"
    describe(ax, shape, title, *told)
    return ax


def _moves(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Each value minus the first known of its month."""
    moves = np.full(values.shape, np.nan)
    for row, line in enumerate(values):
        known = np.flatnonzero(np.isfinite(line))
        if len(known):
            moves[row] = line - line[known[0]]
    return moves


def _cells(
    ax: Axes, table: pd.DataFrame, values: npt.NDArray[np.float64], moves: npt.NDArray[np.float64]
) -> None:
    n_months, n_days = max(len(table), 1), max(table.shape[1], 1)
    ax.set_xlim(-0.5, n_days - 0.5)
    ax.set_ylim(n_months - 0.5, -0.5)
    _names(ax, table)
    width, height = room(ax)
    size = min(LABEL, 0.75 * height / n_months)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(np.isfinite(moves), moves / np.maximum(np.abs(values - moves), 1e-300), 0)
    most = np.abs(shares).max(initial=0.0) or 1.0
    for row in range(len(table)):
        for column in range(table.shape[1]):
            value, move = values[row, column], moves[row, column]
            if not np.isfinite(value):
                continue
            share = np.clip(shares[row, column] / most, -1, 1)
            # from the middle on the colour jumps, so that no move is too small to be seen
            tone = 0.5 if move == 0 else 0.5 + np.sign(share) * (0.12 + 0.38 * abs(share))
            colour = MIST if move == 0 else _DOWN_UP(tone)
            ax.add_patch(
                Rectangle((column - 0.47, row - 0.44), 0.94, 0.88, facecolor=colour, linewidth=0)
            )
            sign = "" if move == 0 else f" ({'+' if move > 0 else ''}{number(move, 3)})"
            texts = [f"{value_words(value)}{sign}", value_words(value)]
            fit = [t for t in texts if text_width(t, size) <= 0.92 * width / n_days]
            if fit and size >= 5:
                ax.text(column, row, fit[0], ha="center", va="center", fontsize=size,
                        color=readable(colour))  # fmt: skip


def _names(ax: Axes, table: pd.DataFrame) -> None:
    vintages = [pd.Timestamp(day) for day in table.columns]
    days = [f"{day.day} {MONTHS[day.month - 1]}\n{day.year}" for day in vintages]
    months = [f"{MONTHS[m.month - 1]} {m.year}" for m in table.index]
    wide = max((text_width(day.split("\n")[0], SMALL) for day in days), default=1.0) + 6
    each = max(1, int(np.ceil(wide * len(days) / room(ax)[0])))
    down = max(1, int(np.ceil(SMALL * 1.2 * len(months) / room(ax)[1])))
    ax.xaxis.set_minor_locator(FixedLocator(list(range(0, len(days), each))))
    ax.xaxis.set_minor_formatter(FixedFormatter(days[::each]))
    ax.xaxis.set_major_locator(NullLocator())
    ax.yaxis.set_major_locator(FixedLocator(list(range(0, len(months), down))))
    ax.yaxis.set_major_formatter(FixedFormatter(months[::down]))
    ax.tick_params(
        axis="both", which="both", length=0, labelsize=SMALL, labelcolor=SOFT, color=GREY
    )
    ax.spines["bottom"].set_visible(False)


def _title(
    found: Revisions, table: pd.DataFrame, moves: npt.NDArray[np.float64]
) -> tuple[str, list[str]]:
    """How many months were revised, and the largest."""
    name = upper(found.series)
    known = np.isfinite(moves).sum(axis=1) > 1
    if not known.any():
        return f"{name}: no month is known from two vintages", []
    size = np.nanmax(np.abs(np.where(np.isfinite(moves), moves, 0.0)), axis=1)
    moved = (size > 0) & known
    title = f"{name}: {int(moved.sum())} of {int(known.sum())} months were revised"
    told = []
    for row in map(int, np.flatnonzero(moved)):
        line = table.iloc[row].dropna()
        told.append(
            f"{month_words(table.index[row])}: first {value_words(float(line.iloc[0]))}, "
            f"now {value_words(float(line.iloc[-1]))}"
        )
    if moved.any():
        largest = int(size.argmax())
        moved_by = moves[largest][np.isfinite(moves[largest])]
        most = float(moved_by[np.argmax(np.abs(moved_by))])
        title += (
            f", {month_words(table.index[largest])} by {'+' if most > 0 else ''}{number(most, 3)}"
        )
    return title, told
