"""What all charts wear: a clock below, numbers beside, a title, a subtitle and a source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.gridspec import GridSpec
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
from matplotlib.transforms import ScaledTranslation

from trends.panel import Panel
from trends.plots._fitting import LEADING, drawable, room, text_width, wrapped
from trends.plots._speech import said, spoken
from trends.plots._style import (
    GREY,
    GRID,
    INK,
    LABEL,
    SMALL,
    SOFT,
    SUBTITLE,
    TITLE,
    Chart,
)
from trends.wording import day_words, language_of, quantity_words, read_words, unit_words

FloatRow = npt.NDArray[np.float64]
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUS = "\N{MINUS SIGN}"
ALT = "_trends_alt"  # the attribute of axes that holds their words
LARGEST = 1e300  # drawn: an axis needs room above it
MARGIN = 10.0  # points about a chart
NAMED = 14  # as many months have each its name
_SCALES = ((1e12, "trillions"), (1e9, "billions"), (1e6, "millions"))


def number(value: float, digits: int = 10, language: str = "") -> str:
    """A number as short as a chart needs it, in the language that is spoken or another.

    Examples
    --------
    >>> number(5438), number(-0.25), number(1_250_000), number(3e-9), number(2e21)
    ('5,438', '−0.25', '1.25m', '3·10⁻⁹', '2·10²¹')
    """
    size, language = abs(value), language or spoken()
    put = language_of(language).number
    if size >= 1e15 or 0 < size < 1e-4:
        digit, power = f"{size:.2e}".split("e")  # a power of ten this small may be no number
        power = str(int(power))
        raised = power.translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        text = f"{put(f'{float(digit):.3g}')}·10{raised}"
    else:
        text = put(f"{size:,.{digits}g}")
        for scale, word in _SCALES:
            if size >= scale:
                text = read_words(language)(
                    f"chart.{word}", number=put(f"{size / scale:,.{min(digits, 6)}g}")
                )
                break
    return f"{MINUS}{text}" if value < 0 and any(c in text for c in "123456789") else text


def value_words(value: float) -> str:
    """A value as it stands on a chart: whole from 100 on, else of four digits."""
    return number(round(value)) if 100 <= abs(value) < 1e6 else number(value, 4)


def upper(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def places_of(months: pd.PeriodIndex) -> FloatRow:
    """Where months stand on the axis: their ordinals, as where pandas draws them."""
    return np.asarray(months.asi8, dtype=np.float64)


def month_axis(ax: Axes, first: int, last: int, beyond: float = 0.0) -> None:
    """Years below, their bounds marked; of few months, the months too.

    `beyond` is how many points to leave free after the last month, for names.
    """
    _span(ax, first, last, beyond)
    months = pd.period_range(pd.Period(ordinal=first, freq="M"), periods=last - first + 1)
    if len(months) <= NAMED:
        _name_months(ax, months)
        return
    starts = [month.ordinal for month in months if month.month == 1]
    left, right = ax.get_xlim()
    width = room(ax)[0] / (right - left)  # of a month
    need = text_width("2025", LABEL) + 5
    step = next((k for k in (1, 2, 5, 10, 20, 50) if 12 * k * width >= need), 100)
    if step > 1:
        starts = [start for start in starts if (1970 + start // 12) % step == 0]
        at = [(start - 0.5, str(1970 + start // 12)) for start in starts]
    else:
        bounds = [first - 0.5, *(start - 0.5 for start in starts if start > first), last + 0.5]
        at = [
            ((a + b) / 2, str(1970 + math.ceil(a) // 12))
            for a, b in pairwise(bounds)
            if (b - a) * width >= need - 3
        ]
    ticks = [start - 0.5 for start in starts if start > first]
    _set_ticks(ax, ticks, at)


def _span(ax: Axes, first: float, last: float, beyond: float) -> None:
    """Set the limits, not by the data: months without any are shown too."""
    width = room(ax)[0]
    share = max(1 - beyond / width, 0.4)
    ax.set_xlim(first - 0.8, first - 0.8 + (last - first + 1.6) / share)


def _name_months(ax: Axes, months: pd.PeriodIndex) -> None:
    ticks = [month.ordinal - 0.5 for month in months[1:] if month.month == 1]
    names_of_months = said("months").split(" ")
    names = [
        (
            float(month.ordinal),
            names_of_months[month.month - 1]
            + (f"\n{month.year}" if t == 0 or month.month == 1 else ""),
        )
        for t, month in enumerate(months)
    ]
    _set_ticks(ax, ticks, names)


def _set_ticks(ax: Axes, ticks: Sequence[float], names: Sequence[tuple[float, str]]) -> None:
    ax.xaxis.set_major_locator(FixedLocator(list(ticks)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, position: ""))
    ax.xaxis.set_minor_locator(FixedLocator([at for at, _ in names]))
    words = dict(names)
    ax.xaxis.set_minor_formatter(FuncFormatter(lambda value, position: words.get(value, "")))
    ax.tick_params(axis="x", which="major", length=7, width=0.8, color=GREY)
    ax.tick_params(axis="x", which="minor", length=0, pad=5, labelsize=LABEL, labelcolor=SOFT)


def clock_axis(ax: Axes, clock: pd.Index, beyond: float = 0.0) -> FloatRow:
    """Put months, or steps, below, and return where they stand."""
    if isinstance(clock, pd.PeriodIndex):
        at = places_of(clock)
        month_axis(ax, int(at[0]), int(at[-1]), beyond)
        return at
    at = np.asarray(clock, dtype=np.float64)
    _span(ax, at[0], at[-1], beyond)
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, position: number(value)))
    ax.tick_params(axis="x", which="major", length=4, width=0.8, color=GREY, labelcolor=SOFT)
    return at


def value_axis(
    ax: Axes, values: npt.ArrayLike, *, zero: bool = True, above: float = 0.0, below: float = 0.0
) -> None:
    """Set the limits and write numbers beside, with lines across.

    Parameters
    ----------
    values : array_like
        What must be seen.
    zero : bool
        Whether the axis must reach zero, as that of bars does.
    above, below : float
        Points to leave free for text over and under the values.
    """
    known = np.asarray(values, dtype=np.float64).ravel()
    known = np.clip(known[np.isfinite(known)], -LARGEST, LARGEST)
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high, low = (high + (abs(high) or 1.0), low if zero else low - (abs(low) or 1.0))
    height = room(ax)[1]
    pad = 0.0 if zero else 0.06 * (high - low)
    below = below + 4 if low < 0 else 0.0
    share = max(1 - (above + below + 4) / height, 0.3)
    unit = (high - low + 2 * pad) / share / height  # of a point
    ax.set_ylim(low - pad - below * unit, high + pad + (above + 4) * unit)
    ticks = 5 if height > 130 else 3 if height > 60 else 2
    ax.yaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    language = spoken()  # of now: numbers are written when the figure is saved
    ax.yaxis.set_major_formatter(
        FuncFormatter(lambda value, position: number(value, language=language))
    )
    ax.grid(
        visible=True, axis="y", which="major", color=GRID, linewidth=0.8, linestyle="-", alpha=1
    )
    ax.tick_params(axis="y", which="both", length=0, pad=5, labelcolor=SOFT)
    if low < 0 < high or zero:
        ax.axhline(0, color=INK, linewidth=0.9, zorder=2.5)
    if zero and low == 0:
        ax.spines["bottom"].set_visible(False)  # the line at zero is the one below


def make_room(ax: Axes, title: str, subtitle: str, source: str) -> None:
    """Put axes of our own about where the layout will, so that text can be set out by them."""
    if not isinstance(ax, Chart):
        return
    figure = ax.figure.canvas.figure
    wide, high = figure.get_figwidth() * 72, figure.get_figheight() * 72
    lines, above, below, size = _broken(ax, title, subtitle, source, wide - 2 * MARGIN)
    top = MARGIN + 9 + len(lines) * size * LEADING + len(above) * SUBTITLE * LEADING + 4
    bottom = MARGIN + 26 + len(below) * SMALL * LEADING
    place = ax.get_subplotspec()
    if place is not None:
        grid = GridSpec(
            1, 1, figure, left=0.08, right=0.975, bottom=bottom / high, top=max(1 - top / high, 0.4)
        )
        ax.set_subplotspec(grid[0, 0])


def _broken(
    ax: Axes, title: str, subtitle: str, source: str, width: float
) -> tuple[list[str], list[str], list[str], float]:
    """The lines of title, subtitle and source, and the size of the title."""
    high = ax.figure.canvas.figure.get_figheight() * 72
    above = wrapped(subtitle, width, SUBTITLE, most=3) if drawable(subtitle) else []
    below = wrapped(said("source", source=source), width, SMALL, most=3) if drawable(source) else []
    lines, size = [], TITLE
    if drawable(title):
        lines = wrapped(title, width, TITLE, "bold", most=9)
        size = TITLE if len(lines) <= 3 else TITLE - 2
        most = max(2, int(0.38 * high / (size * LEADING)))
        lines = wrapped(title, width, size, "bold", most=most)
    return lines, above, below, size


def write_words(ax: Axes, title: str, subtitle: str, source: str = "") -> None:
    """Write the claim and the unit above, and the source below, flush with the numbers."""
    left = _numbers_width(ax)
    figure = ax.figure.canvas.figure
    width = min(room(ax)[0] + left, figure.get_figwidth() * 72 - 2 * MARGIN)
    lines, above, below, size = _broken(ax, title, subtitle, source, width)
    pad = 9.0
    if above:
        _write(ax, "\n".join(above), (-left, pad), SUBTITLE, SOFT, "bottom")
        pad += len(above) * SUBTITLE * LEADING + 4
    heading = ax.set_title(
        "\n".join(lines), loc="left", y=1.0, fontsize=size, fontweight="bold", color=INK,
        fontfamily="DejaVu Sans", linespacing=LEADING, parse_math=False,
    )  # fmt: skip
    heading.set_transform(ax.transAxes + _shift(ax, -left, pad))
    if below:
        names = ax.xaxis.get_minor_formatter().format_ticks(list(ax.xaxis.get_minorticklocs()))
        rows = 2 if any("\n" in name for name in names) else 1
        down = 14 + LABEL * LEADING * rows
        _write(ax, "\n".join(below), (-left, -down), SMALL, SOFT, "top")


def _numbers_width(ax: Axes) -> float:
    """Points that the numbers beside the axes take."""
    low, high = sorted(ax.get_ylim())
    if not ax.yaxis.get_tick_params().get("labelleft", True):
        return 0.0
    ticks = [tick for tick in ax.get_yticks() if low <= tick <= high]
    labels = ax.yaxis.get_major_formatter().format_ticks(ticks)
    return max((text_width(label, LABEL) for label in labels), default=0.0) + 5.0


def _shift(ax: Axes, right: float, up: float) -> ScaledTranslation:
    return ScaledTranslation(right / 72, up / 72, ax.figure.dpi_scale_trans)


def _write(
    ax: Axes, text: str, offset: tuple[float, float], size: float, colour: str, va: str
) -> None:
    ax.annotate(
        text,
        (0, 1 if va == "bottom" else 0),
        xycoords="axes fraction",
        xytext=offset,
        textcoords="offset points",
        ha="left",
        va=va,
        fontsize=size,
        color=colour,
        linespacing=LEADING,
        annotation_clip=False,
    )


def describe(ax: Axes, *sentences: str) -> None:
    """Give axes their words, for those who do not see them."""
    parts = [drawable(each) for each in sentences if drawable(each)]
    setattr(ax, ALT, " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts))


def per_words(panel: Panel) -> str:
    """What the values are: ``km² a month``; a unit that is the quantity's own noun is not said."""
    unit = unit_words(panel.unit, spoken())
    if panel.kind == "stock":
        return said("level", unit=unit) if unit else ""
    if panel.kind == "rate":
        return unit
    own = not unit or panel.unit in panel.quantity
    return said("monthly") if own else said("monthly_unit", unit=unit)


def name_words(panel: Panel, series: str) -> str:
    """What the values are of: the quantity, and the series where there are several."""
    name = quantity_words(panel.quantity or series, spoken())
    if not panel.quantity or panel.n_series == 1:
        return str(name)
    return f"{name}, {quantity_words(series, spoken())}"


def subtitle_words(panel: Panel, series: str) -> str:
    """The quantity and the unit in one line."""
    name, per = upper(name_words(panel, series)), per_words(panel)
    return f"{name} {per}" if per == said("monthly") else f"{name}, {per}" if per else name


def source_words(panel: Panel) -> str:
    """Who published the values, and as of when."""
    if panel.as_of is None or not panel.source:
        return panel.source
    return said("as_of", source=panel.source, day=day_words(panel.as_of, spoken()))
