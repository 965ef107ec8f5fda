"""A series with its prominent streaks as levels: so many months at or above so much."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from trends.detect import ProminentStreaks
from trends.plots._dress import upper, value_words
from trends.plots._findings import finish, shown
from trends.plots._fitting import halo
from trends.plots._marks import chosen_series
from trends.plots._rows import Asked, Row
from trends.plots._series import Look, spaced
from trends.plots._style import INK, PAPER, SMALL
from trends.wording import month_words

MOST = 4  # levels drawn
APART = 1.5  # times as long as another a streak must be to be drawn beside it


def draw_prominent(found: ProminentStreaks, asked: Asked) -> Axes:
    """Draw the few that cover most, of clearly different lengths, each with its words."""
    series = chosen_series(found.panel, asked.series)
    window, _ = shown(found.panel, series, asked)
    start = found.panel.position(window.months[0])
    row = Row.of_panel(window, series)
    picked = _picked(found, found.panel.names.index(series), start, start + window.n_time)
    told = [_streak_words(found, row, s) for s in picked]
    title = f"{upper(row.name)}: {told[0] if told else 'no prominent streak'}"
    alt = [f"Levels mark: {'; '.join(told)}"] if told else []
    inside = {t - start for s in picked[:1] for t in range(found.first[s], found.last[s] + 1)}
    look = Look(emphasis=tuple(t for t in sorted(inside) if t >= 0))
    ax = finish(found.panel, series, asked, window, look, title, alt)
    levels = [float(found.levels[s]) for s in picked]
    for s, height in zip(picked, spaced(ax, levels, SMALL * 1.4), strict=True):
        _draw_level(ax, window.months, found, s, start, height)
    return ax


def _picked(found: ProminentStreaks, k: int, start: int, stop: int) -> list[int]:
    mine = np.flatnonzero((found.series == k) & (found.last < stop) & (found.last >= start))
    lengths = found.lengths.astype(np.float64)
    levels = np.asarray(found.levels, dtype=np.float64)
    if not len(mine):
        return []
    # how far above the lowest of all levels (below the highest), times how long
    sign = 1.0 if found.direction == "high" else -1.0
    base = min(0.0, (sign * levels[mine]).min()) if sign > 0 else (sign * levels[mine]).min()
    size = (sign * levels - base) * lengths
    picked: list[int] = []
    for s in mine[np.argsort(-size[mine], kind="stable")]:
        others = [max(lengths[s] / lengths[p], lengths[p] / lengths[s]) for p in picked]
        if lengths[s] > 1 and all(ratio >= APART for ratio in others):
            picked.append(int(s))
    return picked[:MOST]


def _streak_words(found: ProminentStreaks, row: Row, s: int) -> str:
    months = found.panel.months
    side = "at or above" if found.direction == "high" else "at or below"
    ends = f"{month_words(months[found.first[s]])} to {month_words(months[found.last[s]])}"
    level = row.amount(float(found.levels[s]))
    return f"{found.lengths[s]} months {side} {level}, {ends}"


def _draw_level(
    ax: Axes, months: pd.PeriodIndex, found: ProminentStreaks, s: int, start: int, height: float
) -> None:
    """A line at the level, and its words at `height`, where those of others leave room."""
    base = months[0].ordinal - start
    a = max(base + int(found.first[s]), months[0].ordinal) - 0.45
    b = min(base + int(found.last[s]), months[-1].ordinal) + 0.45
    level = float(found.levels[s])
    for width, colour in ((3.8, PAPER), (1.8, INK)):
        ax.plot(
            [a, b], [level] * 2, color=colour, linewidth=width, solid_capstyle="butt", zorder=3.5
        )
    high = found.direction == "high"
    words = f"{found.lengths[s]} months {'≥' if high else '≤'} {value_words(level)}"
    # the month before a streak is on the other side of its level: there the words have room
    left, right = ax.get_xlim()
    early = (a - left) / (right - left) < 0.25
    ax.annotate(
        words, (a, height), xytext=(3 if early else -4, 6 if early else 0),
        textcoords="offset points", ha="left" if early else "right",
        va="center", fontsize=SMALL, weight="bold", color=INK,
        path_effects=halo(3), zorder=6,
    )  # fmt: skip
