"""One series of a panel as bars, with what a report found in it marked."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from trends.panel import Panel
from trends.plots._drawing import chart_words
from trends.plots._dress import name_words
from trends.plots._marks import BREAKS, Flag, shown_window
from trends.plots._rows import Asked, Row
from trends.plots._series import Look, series_chart
from trends.plots._style import SAND, styled
from trends.wording import month_words

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
    shown = drawn_span(panel, marks.month)
    row = Row.of_panel(shown, series)
    labels: dict[int, str] = {}
    emphasis: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
    alt: list[str] = []
    if marks.streak is not None:
        first = max((marks.streak[0] - shown.months[0]).n, 0)
        last = shown.position(marks.streak[1])
        labels = {first: "", last: ""}
        emphasis = tuple(range(first, last + 1))
        start = shown.months[0].ordinal
        flags = (Flag("", start + first - 0.5, start + last + 0.5, colour=SAND),)
        ends = " to ".join(map(month_words, marks.streak))
        alt.append(f"The months {ends} are shaded as a streak")
    if marks.since is not None and marks.since in shown.months:
        labels[shown.position(marks.since)] = ""
    look = Look(main=shown.position(marks.month), emphasis=emphasis, labels=labels, flags=flags)
    with styled():
        return series_chart(
            Asked(ax=ax).axes(),
            row,
            look,
            title=marks.title,
            subtitle=row.subtitle,
            source=row.source,
            alt=alt,
        )


def drawn_span(panel: Panel, month: pd.Period) -> Panel:
    """The months that a chart about `month` shows."""
    return shown_window(panel, month - SPAN + 1, month)


def alt_text(chart: Axes | Panel, series: str = "", marks: Marks | None = None) -> str:
    """What a chart shows, in words, for those who do not see it.

    Parameters
    ----------
    chart : Axes
        That any function of `trends.plots` drew on; of a figure with several, all are described.

    Examples
    --------
    >>> panel = Panel([[379.0, 507, 588]], pd.period_range("2025-04", periods=3, freq="M"), ["km2"])
    >>> print(alt_text(plot_series(panel, "km2", Marks(panel.months[-1], "A rise"))))
    Bar chart of km2, April 2025 to June 2025. A rise. The highest value is 588 in June 2025, the
    lowest 379 in April 2025.
    """
    if isinstance(chart, Axes):
        return chart_words(chart)
    assert marks is not None
    return _words_of_a_report(chart, series, marks)


def _words_of_a_report(panel: Panel, series: str, marks: Marks) -> str:
    """Say in words what `plot_series` draws, from the same facts."""
    shown = drawn_span(panel, marks.month)
    values = shown[series].dropna()
    name = name_words(panel, series)
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
