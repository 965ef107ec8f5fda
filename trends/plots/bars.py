"""One series as bars, with what was found in it marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from trends.panel import Panel
from trends.plots._dress import BLUE, INK, SKY, VERMILLION, dress, write_words
from trends.wording import unit_words

BREAKS = {"method break": "--", "splice": ":"}
SPAN = 37  # months drawn: three years and the month they are compared with


@dataclass(frozen=True, slots=True)
class Marks:
    """What a chart points at.

    Parameters
    ----------
    month : Period
        The month that the chart is about.
    title : str
        The claim that the chart shows.
    streak : tuple of Period, optional
        The first and the last month of a streak.
    since : Period, optional
        The month that the claim reaches back to.
    """

    month: pd.Period
    title: str
    streak: tuple[pd.Period, pd.Period] | None = None
    since: pd.Period | None = None


def plot_series(panel: Panel, series: str, marks: Marks, ax: Axes | None = None) -> Axes:
    """Draw the three years of a series that end in a month.

    Parameters
    ----------
    panel : Panel
        Where the series is.
    series : str
        Its name.
    marks : Marks
        What to point at.
    ax : Axes, optional
        Where to draw; on a new figure by default.

    Returns
    -------
    Axes

    Examples
    --------
    >>> panel = Panel([[379.0, 507, 588]], pd.period_range("2025-04", periods=3, freq="M"), ["km2"])
    >>> plot_series(panel, "km2", Marks(panel.months[-1], "A rise")).get_title(loc="left")
    'A rise'
    """
    if ax is None:
        ax = Figure(figsize=(8.6, 4.3), layout="constrained").subplots()
    shown = drawn_span(panel, marks.month)
    values = shown[series]
    _bars(ax, shown, values.to_numpy(), marks)
    _span_marks(ax, shown, marks)
    _labels(ax, shown, values, marks)
    dress(ax, shown.months, signed=bool((values < 0).any()))
    ax.set_xlim(-0.8, len(values) - 0.2)  # not by the bars: months without one are shown too
    unit = f", {unit_words(panel.unit)} a month" if panel.unit else ""
    write_words(ax, marks.title, f"{_name(panel, series)}{unit}", panel.source)
    return ax


def drawn_span(panel: Panel, month: pd.Period) -> Panel:
    """The months that a chart about `month` shows."""
    return panel.window(max(panel.months[0], month - SPAN + 1), month)


def _name(panel: Panel, series: str) -> str:
    """What the bars are: the quantity, and the series where there are several."""
    if not panel.quantity or panel.n_series == 1:
        return panel.quantity or series
    return f"{panel.quantity}, {series}"


def _bars(ax: Axes, shown: Panel, values: np.ndarray, marks: Marks) -> None:
    for t, month in enumerate(shown.months):
        if np.isnan(values[t]):
            ax.text(t, 0, "?", ha="center", va="bottom", fontsize=8, color="#5F666B")
            continue
        in_streak = marks.streak is not None and marks.streak[0] <= month <= marks.streak[1]
        colour = VERMILLION if month == marks.month else BLUE if in_streak else SKY
        partial = shown.status(month) == "partial"
        ax.bar(
            t,
            values[t],
            width=0.78,
            color="white" if partial else colour,
            edgecolor=colour,
            hatch="////" if partial else None,
            linewidth=0.6,
        )


def _span_marks(ax: Axes, shown: Panel, marks: Marks) -> None:
    if marks.streak is not None:
        first = max(marks.streak[0], shown.months[0])
        a, b = shown.position(first), shown.position(marks.streak[1])
        ax.axvspan(a - 0.5, b + 0.5, color="#F3EBDD", zorder=0)
    for anomaly in shown.anomalies:
        if anomaly.kind in BREAKS:
            if shown.months[0] < anomaly.first <= shown.months[-1]:
                t = shown.position(anomaly.first) - 0.5
                ax.axvline(t, color=INK, linewidth=1, linestyle=BREAKS[anomaly.kind])
                _name_at(ax, t, anomaly.kind, "right")
        elif anomaly.first <= shown.months[-1] and shown.months[0] <= anomaly.last:
            left = shown.position(max(anomaly.first, shown.months[0])) - 0.5
            right = shown.position(min(anomaly.last, shown.months[-1])) + 0.5
            ax.axvspan(left, right, color="#ECEEF0", zorder=0)
            _name_at(ax, left, anomaly.kind, "left")


def _name_at(ax: Axes, t: float, kind: str, side: Literal["left", "right"]) -> None:
    ax.annotate(
        kind,
        (t, 1),
        xycoords=("data", "axes fraction"),
        xytext=(3 if side == "left" else -3, -2),
        textcoords="offset points",
        ha=side,
        va="top",
        fontsize=8,
        color=INK,
    )


def _labels(ax: Axes, shown: Panel, values: pd.Series[float], marks: Marks) -> None:
    numbers = values.to_numpy()
    wanted = {marks.month, *((marks.streak) or ()), *([marks.since] if marks.since else [])}
    for month in sorted(wanted):
        if not shown.months[0] <= month <= shown.months[-1]:
            continue
        t = shown.position(month)
        if np.isnan(numbers[t]):
            continue
        text = f"{numbers[t]:,.0f}" if abs(numbers[t]) >= 100 else f"{numbers[t]:,.4g}"
        ax.annotate(
            text.replace("-", "\N{MINUS SIGN}"),
            (t, numbers[t]),
            xytext=(0, 3 if numbers[t] >= 0 else -3),
            textcoords="offset points",
            ha="center",
            va="bottom" if numbers[t] >= 0 else "top",
            fontsize=9 if month == marks.month else 8,
            weight="bold" if month == marks.month else "normal",
            color=INK,
        )
    low, high = ax.get_ylim()
    ax.set_ylim(low, high + 0.06 * (high - low))  # room for the labels


def alt_text(panel: Panel, series: str, marks: Marks) -> str:
    """Say in words what `plot_series` draws, from the same facts."""
    shown = drawn_span(panel, marks.month)
    values = shown[series].dropna()
    name = _name(panel, series)
    unit = f" {panel.unit}" if panel.unit and panel.unit not in name else ""
    if not len(values):
        return f"Bar chart of {name}: no value is known."
    parts = [
        f"Bar chart of {name} by month, {shown.months[0]} to {shown.months[-1]}.",
        marks.title if marks.title.endswith(".") else f"{marks.title}.",
    ]
    whole = values[[shown.status(month) == "complete" for month in values.index]]
    if len(whole):
        of = " of a complete month" if len(whole) < len(values) else ""
        parts.append(
            f"The highest bar{of} is {whole.idxmax()} with {whole.max():,.10g}{unit}, the lowest "
            f"{whole.idxmin()} with {whole.min():,.10g}{unit}."
        )
    if marks.streak is not None:
        parts.append(f"The months {marks.streak[0]} to {marks.streak[1]} are shaded as a streak.")
    missing = shown.n_time - len(values)
    if missing:
        are = "month is" if missing == 1 else "months are"
        parts.append(f"{missing} {are} unknown and marked with a question mark.")
    partial = [str(month) for month in values.index if shown.status(month) == "partial"]
    if partial:
        parts.append(f"Hatched because not complete: {', '.join(partial)}.")
    parts += [
        f"A line marks a {a.kind} at {a.first}."
        for a in shown.anomalies
        if a.kind in BREAKS and shown.months[0] < a.first <= shown.months[-1]
    ]
    parts += [
        f"Shaded as {a.kind}: {a.first} to {a.last}."
        for a in shown.anomalies
        if a.kind not in BREAKS and a.first <= shown.months[-1] and shown.months[0] <= a.last
    ]
    return " ".join(parts)
