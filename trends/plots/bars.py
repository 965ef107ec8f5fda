"""One series of a panel as bars, with what a report found in it marked."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from trends.panel import Panel
from trends.plots._drawing import chart_words
from trends.plots._marks import Flag, shown_window, span_said
from trends.plots._paces import Pace
from trends.plots._rows import Asked, Row
from trends.plots._series import Look, series_chart
from trends.plots._speech import said
from trends.plots._style import SAND, styled

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
    pace : Pace, optional
        What the month is on pace for, if it is not over.
    """

    month: pd.Period
    title: str
    streak: tuple[pd.Period, pd.Period] | None = None
    since: pd.Period | None = None
    pace: Pace | None = None


def plot_series(
    panel: Panel, series: str, marks: Marks, ax: Axes | None = None, *, language: str = "en"
) -> Axes:
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
    language : str
        Of the words that are drawn and of the alternative text.

    Returns
    -------
    Axes

    Examples
    --------
    >>> panel = Panel([[379.0, 507, 588]], pd.period_range("2025-04", periods=3, freq="M"), ["km2"])
    >>> plot_series(panel, "km2", Marks(panel.months[-1], "A rise")).get_title(loc="left")
    'A rise'
    """
    with styled(language):
        return _drawn(drawn_span(panel, marks.month), series, marks, Asked(ax=ax))


def _drawn(shown: Panel, series: str, marks: Marks, asked: Asked) -> Axes:
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
        alt.append(said("alt_streak", span=span_said(*marks.streak)))
    if marks.since is not None and marks.since in shown.months:
        labels[shown.position(marks.since)] = ""
    if marks.pace is not None:
        alt.append(marks.pace.alt)
    main = shown.position(marks.month)
    look = Look(main=main, emphasis=emphasis, labels=labels, flags=flags, pace=marks.pace)
    return series_chart(
        asked.axes(), row, look, title=marks.title, subtitle=row.subtitle, source=row.source,
        alt=alt,
    )  # fmt: skip


def drawn_span(panel: Panel, month: pd.Period) -> Panel:
    """The months that a chart about `month` shows."""
    return shown_window(panel, month - SPAN + 1, month)


def alt_text(ax: Axes) -> str:
    """What a chart shows, in words, for those who do not see it.

    Parameters
    ----------
    ax : Axes
        That any function of `trends.plots` drew on; of a figure with several, all are described.

    Examples
    --------
    >>> panel = Panel([[379.0, 507, 588]], pd.period_range("2025-04", periods=3, freq="M"), ["km2"])
    >>> print(alt_text(plot_series(panel, "km2", Marks(panel.months[-1], "A rise"))))
    Bar chart of km2, April 2025 to June 2025. A rise. The highest value is 588 in June 2025, the
    lowest 379 in April 2025.
    """
    return chart_words(ax)
