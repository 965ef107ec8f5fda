"""One series along its clock, with what was found in it marked."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes

from trends.plots._dress import (
    FloatRow,
    clock_axis,
    describe,
    make_room,
    value_axis,
    value_words,
    write_words,
)
from trends.plots._fitting import Places, halo, room, spread, text_width
from trends.plots._marks import (
    FEW,
    HALF,
    Flag,
    draw_bars,
    draw_flags,
    draw_line,
    flags_height,
    take_bars,
)
from trends.plots._paces import LINE, Pace, draw_pace, whisker
from trends.plots._rows import Row
from trends.plots._speech import said, spoken
from trends.plots._style import BASE, BLUE, INK, LABEL, PALE, PAPER, SMALL, VERMILLION, text_colour
from trends.wording import language_of

BESIDE = 0.75  # of a month, from the middle of a bar to its whisker
CUT = 3.0  # times as high as all others a one-off month is cut
RANGE = 1.7  # an expected range is drawn up to as many times the height of the data


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A line over a series, with a band: what was fitted, or expected.

    `parts` numbers the stretches within which the line is drawn through; `focus` is the position
    that the chart is about, whose range must be seen; that of others may lie outside.
    """

    middle: FloatRow
    low: FloatRow
    high: FloatRow
    name: str
    colour: str = INK
    parts: np.ndarray | None = None
    dashed: bool = False
    focus: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a chart points at, by position.

    Parameters
    ----------
    main : int, optional
        What the chart is about.
    emphasis : tuple of int
        Other months to stand out, as those of a streak.
    labels : dict of int to str
        What to write at a value; the value where empty. The first are written first.
    marked : tuple of int
        Months with a triangle: records and alarms.
    rings : tuple of int
        Months with a ring: outliers.
    pace : Pace, optional
        Of the month `main`, drawn as a whisker.
    """

    main: int | None = None
    emphasis: tuple[int, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)
    marked: tuple[int, ...] = ()
    rings: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
    overlay: Overlay | None = None
    pace: Pace | None = None


def series_chart(
    ax: Axes, row: Row, look: Look, *, title: str, subtitle: str, source: str, alt: list[str]
) -> Axes:
    """Draw it all: the limits first, for text is set out by them."""
    over = look.overlay
    make_room(ax, title, subtitle, source)
    ends = [] if over is None else [over.name]
    beyond = max((text_width(name, SMALL, "bold") + 10 for name in ends), default=0.0)
    at = clock_axis(ax, row.clock, beyond)
    flags = [*row.flags, *look.flags]
    beyond_words = _limits(ax, row, look, flags)
    draw_flags(ax, flags)
    cut = [t for t in row.odd if row.values[t] > ax.get_ylim()[1]]
    if row.line:
        draw_line(ax, at, row.values, BLUE, row.is_partial, cuts=row.cuts)
    else:
        draw_bars(ax, at, row.values, _colours(row, look), row.is_partial)
    if over is not None:
        _draw_overlay(ax, at, over)
    _draw_signs(ax, at, row, look)
    if look.pace is not None and look.main is not None:
        draw_pace(ax, float(at[look.main]), look.pace)
    _write_values(ax, at, row, look)
    _write_cut(ax, at, row, cut)
    keys = [beyond_words, row.key_words()]
    subtitle = ". ".join(part for part in (subtitle, *keys) if part)
    write_words(ax, title, subtitle, source)
    about = said("alt_line" if row.line else "alt_bars", name=row.name, span=row.span_words())
    describe(
        ax, about, title, row.extremes_words(), *alt, beyond_words, *row.gaps_words(), *row.facts
    )
    return ax


def _limits(ax: Axes, row: Row, look: Look, flags: list[Flag]) -> str:
    """Set the limits of the values; say what of a range lies beyond them."""
    rest = np.delete(row.values, list(row.odd))
    rest = rest[np.isfinite(rest)]
    tame = row.values
    if len(rest) and np.nanmax(np.abs(row.values)) / CUT > np.abs(rest).max() > 0:
        tame = rest
    seen, words = [tame], ""
    if look.overlay is not None:
        over = look.overlay
        middle = over.middle if over.focus is None else over.middle[over.focus : over.focus + 1]
        near = np.concatenate([tame, middle])
        near = near[np.isfinite(near)]
        low, high = (near.min(), near.max()) if len(near) else (0.0, 1.0)
        if not row.line:
            low, high = min(low, 0.0), max(high, 0.0)
        reach = (high - low) * RANGE or 1.0
        floor, ceiling = (high - reach if low < 0 else low), low + reach
        band = np.concatenate([over.low, over.high])
        band = band[np.isfinite(band)]
        if len(band) and (band.max() > ceiling or band.min() < floor):
            outside = [v for v in (band.min(), band.max()) if not floor <= v <= ceiling]
            ends = language_of(spoken()).join([value_words(end) for end in outside])
            words = said("beyond", values=ends)
        seen += [near, np.clip(band, floor, ceiling)]
    if look.pace is not None:
        seen.append(np.array([look.pace.low, look.pace.high]))
    labels = 13.0 if look.labels or look.main is not None else 0.0
    if look.pace is not None:
        labels = LINE * len(look.pace.words) + 4
    labels += 8.0 if look.marked else 0.0
    rows = flags_height(ax, flags)
    value_axis(ax, np.concatenate(seen), zero=not row.line, above=labels + rows, below=labels)
    return words


def _colours(row: Row, look: Look) -> list[str]:
    # behind a line the bars are paler, so that the line is what is seen
    colours = [BASE if look.overlay is None else PALE] * len(row.values)
    for t in look.marked if look.overlay is not None else ():
        colours[t] = VERMILLION if look.main is None else BLUE
    for t in look.emphasis:
        colours[t] = BLUE
    if look.main is not None:
        colours[look.main] = VERMILLION
    return colours


def _draw_overlay(ax: Axes, at: FloatRow, over: Overlay) -> None:
    parts = np.zeros(len(at), dtype=np.int64) if over.parts is None else over.parts
    for part in np.unique(parts):
        here = parts == part
        x = at[here]
        ax.fill_between(
            x,
            over.low[here],
            over.high[here],
            color=over.colour,
            alpha=0.16,
            linewidth=0,
            zorder=1.5,
        )
        for edge in (over.low, over.high):
            ax.plot(x, edge[here], color=over.colour, linewidth=0.7, alpha=0.55, zorder=2.3)
        style = (0, (4, 1.6)) if over.dashed else "-"
        for width, colour in ((4.0, PAPER), (2.0, over.colour)):
            ax.plot(x, over.middle[here], color=colour, linewidth=width, zorder=3.2,
                    linestyle=style if colour != PAPER else "-")  # fmt: skip
    known, beside = np.flatnonzero(np.isfinite(over.middle)), 0.0
    if over.focus is not None and np.isfinite(over.low[over.focus]):
        beside = BESIDE  # off the bar and its value
        ends = float(over.low[over.focus]), float(over.high[over.focus])
        whisker(ax, float(at[over.focus]) + beside, *ends, text_colour(over.colour))
    if len(known):
        _end_name(ax, at[known[-1]] + beside, float(over.middle[known[-1]]), over.name, over.colour)


def _end_name(ax: Axes, x: float, y: float, name: str, colour: str) -> None:
    low, high = ax.get_ylim()
    ax.annotate(
        name, (x, min(max(y, low), high)), xytext=(8, 0), textcoords="offset points", va="center",
        fontsize=SMALL, weight="bold", color=text_colour(colour), path_effects=halo(),
    )  # fmt: skip


def _draw_signs(ax: Axes, at: FloatRow, row: Row, look: Look) -> None:
    """Triangles over records and alarms, rings about outliers."""
    for t in look.marked:
        y = row.values[t]
        if np.isfinite(y):
            up = y >= 0
            ax.annotate(
                "▼" if up else "▲", (at[t], y), xytext=(0, 2 if up else -2),
                textcoords="offset points", ha="center", va="bottom" if up else "top",
                fontsize=6.5, color=text_colour(VERMILLION), path_effects=halo(1.5), zorder=5,
            )  # fmt: skip
    if look.rings:
        rings = list(look.rings)
        ax.plot(at[rings], row.values[rings], "o", color=VERMILLION, markerfacecolor="none",
                markersize=9, markeredgewidth=1.6, zorder=5)  # fmt: skip


def _write_values(ax: Axes, at: FloatRow, row: Row, look: Look) -> None:
    places = Places(ax)
    if look.pace is not None and look.main is not None:
        places.take_data(at[look.main] - HALF, look.pace.low, at[look.main] + HALF, look.pace.high)
        for k, line in enumerate(reversed(look.pace.words)):
            x, y = places.at(at[-1] + HALF, look.pace.high)
            wide = text_width(line, LABEL, "bold")
            places.taken.append((x - wide, y + 5 + LINE * k, x, y + 5 + LINE * (k + 1)))
    if not row.line:
        take_bars(places, at, row.values)
        for x in at[~np.isfinite(row.values)] if len(at) <= FEW else ():
            places.take_points(x, 0.0, 4, 11)
    for t in look.marked:
        places.take_points(at[t], row.values[t], 4, 9 if row.values[t] >= 0 else -9)
    if look.overlay is not None:
        known = np.flatnonzero(np.isfinite(look.overlay.middle))
        for t in known[-1:]:  # its name
            y = look.overlay.middle[t]
            places.take_points(at[t] + 1, y, 60, 6)
            places.take_points(at[t] + 1, y, 60, -6)
    wanted: dict[int, str] = {}
    if look.main is not None and look.pace is None:
        wanted[look.main] = look.labels.get(look.main, "")
    wanted |= {t: text for t, text in look.labels.items() if t not in wanted}
    for t, words in enumerate(row.partial):
        if words and look.pace is None:
            wanted.setdefault(t, words)
    for t, text in wanted.items():
        y = row.values[t]
        if not np.isfinite(y):
            continue
        main = t == look.main
        lift = 8.0 if t in look.marked else 0.0
        places.label(
            at[t], y, text or value_words(y), must=main, half=0.0 if row.line else HALF, lift=lift,
            fontsize=LABEL if main else SMALL, weight="bold" if main else "normal", zorder=5,
        )  # fmt: skip


def _write_cut(ax: Axes, at: FloatRow, row: Row, cut: list[int]) -> None:
    """Say how high the bars are that the chart cuts, where it cuts them."""
    top = ax.get_ylim()[1]
    for t in cut:
        ax.annotate(
            f"↑ {value_words(row.values[t])}", (at[t], top), xytext=(7, -20),
            textcoords="offset points", va="top", fontsize=SMALL, color=INK,
            path_effects=halo(), zorder=6,
        )  # fmt: skip
        ax.annotate(
            "≈", (at[t], top), xytext=(0, -30), textcoords="offset points", ha="center",
            va="center", fontsize=15, weight="bold", color=PAPER, zorder=6,
        )  # fmt: skip


def spaced(ax: Axes, heights: list[float], gap: float) -> list[float]:
    """Move values on the axis apart, so that names beside them do not touch; `gap` in points."""
    low, high = ax.get_ylim()
    tall = room(ax)[1]
    points = [(y - low) / (high - low) * tall for y in heights]
    return [low + p / tall * (high - low) for p in spread(points, gap, gap / 2, tall - gap / 2)]
