"""What a report shows of one series: a chart, its words, a table, what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from trends.checks import Finding, printed_figures
from trends.claims import Since, Streak
from trends.panel import Panel
from trends.plots import Marks, Pace, alt_text, drawn_span, plot_series
from trends.report._disagreements import disagreement
from trends.report._expectations import Fits, expectation, fits_of
from trends.report._nowcasts import DaysLike, outlook, pace_of, pace_title
from trends.report._tables import Row, last_months
from trends.wording import Words, month_words, quantity_words

DRAWN = ("record", "since", "streak", "rank", "multiple", "change", "threshold", "sign")
SPANS = ("rise", "fall", "acceleration", "slowing")  # the streaks that are of months


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """What a report shows of one series.

    Parameters
    ----------
    name, series : str
        Its words, and its name in the panel.
    panel : Panel
    marks : Marks
        What the chart points at.
    alt : str
        The chart in words.
    legend : tuple of str
        What its colours, hatches and lines mean; only of those that it has.
    rows : tuple of Row
        The last 13 months.
    printed : tuple of str
        What publishers printed for the month.
    expectation, disagreement : dict
        What models and other definitions say of the month.
    nowcast : dict, optional
        What the month is on pace for, if it is partial.
    fits : Fits
        The models, to be drawn.
    """

    name: str
    series: str
    panel: Panel
    marks: Marks
    alt: str
    legend: tuple[str, ...]
    rows: tuple[Row, ...]
    printed: tuple[str, ...]
    expectation: dict[str, Any]
    disagreement: dict[str, Any]
    nowcast: dict[str, Any] | None
    fits: Fits


def make_sections(
    panels: Sequence[Panel],
    month: pd.Period,
    findings: Sequence[Finding],
    words: Words,
    days: DaysLike | None = None,
) -> list[Section]:
    """One section a series, in the order given."""
    return [
        _section(panel, series, month, findings, words, days)
        for panel in panels
        for series in panel.names
    ]


def _section(
    panel: Panel,
    series: str,
    month: pd.Period,
    findings: Sequence[Finding],
    words: Words,
    days: DaysLike | None,
) -> Section:
    name = str(quantity_words(panel.quantity or series, words.language))
    if panel.quantity and panel.n_series > 1:
        name = f"{name}, {quantity_words(series, words.language)}"
    own = [f for f in findings if f.panel is panel and f.claim.series == series]
    nowcast = outlook(panel, series, name, month, words, days)
    marks = _marks(panel, name, month, own, nowcast, words)
    fits = fits_of(panel, series, month)
    return Section(
        name,
        series,
        panel,
        marks,
        alt_text(plot_series(panel, series, marks, language=words.language)),
        tuple(_legend(panel, series, marks, words)),
        tuple(last_months(panel, series, month, words)),
        tuple(printed_figures(panel, month, words.language)),
        expectation(fits, name, words),
        disagreement(panel, series, month, own, words),
        nowcast,
        fits,
    )


def _marks(
    panel: Panel,
    name: str,
    month: pd.Period,
    own: Sequence[Finding],
    nowcast: dict[str, Any] | None,
    words: Words,
) -> Marks:
    """The chart shows the first claim that months can show, and a streak and a since if any."""
    claims = [finding.claim for finding in own if finding.claim.type in DRAWN]
    streaks = (c for c in claims if isinstance(c, Streak) and c.kind in SPANS)
    streak = next(streaks, None)
    since = next((c for c in claims if isinstance(c, Since)), None)
    title = words(
        "chart.plain_title",
        name=f"{name[:1].upper()}{name[1:]}",
        month=month_words(month, words.language),
    )
    pace: Pace | None = None
    if nowcast is not None and nowcast["point"] is not None:
        title = pace_title(nowcast, name, panel.unit, month, words)
        if panel.kind == "flow":  # the chart of a stock shows another quantity
            pace = pace_of(nowcast, panel.unit, month, words)
    return Marks(
        month,
        claims[0].sentence(words.language) if claims else title,
        streak=None if streak is None else (month - streak.length, month),
        since=None if since is None else since.since,
        pace=pace,
    )


def _legend(panel: Panel, series: str, marks: Marks, words: Words) -> list[str]:
    shown = drawn_span(panel, marks.month)
    statuses = {shown.status(month) for month in shown.months}
    said = []
    if shown.status(marks.month) == "complete":
        said.append(words("chart.marked", month=month_words(marks.month, words.language)))
    if marks.streak is not None:
        first, last = (month_words(month, words.language) for month in marks.streak)
        said.append(words("chart.streak", first=first, last=last))
    if "partial" in statuses:
        said.append(words("chart.partial"))
    if marks.pace is not None:
        said.append(words("chart.whisker"))
    if shown[series].isna().any():
        said.append(words("chart.unknown"))
    drawn = [a.kind for a in shown.anomalies if shown.months[0] < a.first <= shown.months[-1]]
    if "method break" in drawn:
        said.append(words("chart.breaks"))
    if "splice" in drawn:
        said.append(words("chart.splices"))
    return said
