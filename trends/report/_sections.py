"""What a report shows of one series: a chart, its words, a table, what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from trends.checks import Finding, printed_figures
from trends.claims import Since, Streak
from trends.panel import Panel
from trends.plots import Marks, alt_text, drawn_span
from trends.report._disagreements import disagreement
from trends.report._expectations import expectation
from trends.report._tables import Row, last_months
from trends.report._words import Words
from trends.wording import month_words

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


def make_sections(
    panels: Sequence[Panel], month: pd.Period, findings: Sequence[Finding], words: Words
) -> list[Section]:
    """One section a series, in the order given."""
    return [
        _section(panel, series, month, findings, words)
        for panel in panels
        for series in panel.names
    ]


def _section(
    panel: Panel, series: str, month: pd.Period, findings: Sequence[Finding], words: Words
) -> Section:
    name = panel.quantity or series
    if panel.quantity and panel.n_series > 1:
        name = f"{panel.quantity}, {series}"
    own = [f for f in findings if f.panel is panel and f.claim.series == series]
    marks = _marks(name, month, own, words)
    return Section(
        name,
        series,
        panel,
        marks,
        alt_text(panel, series, marks),
        tuple(_legend(panel, series, marks, words)),
        tuple(last_months(panel, series, month, words)),
        tuple(printed_figures(panel, month)),
        expectation(panel, series, name, month, words),
        disagreement(panel, series, month, own, words),
    )


def _marks(name: str, month: pd.Period, own: Sequence[Finding], words: Words) -> Marks:
    """The chart shows the first claim that months can show, and a streak and a since if any."""
    claims = [finding.claim for finding in own if finding.claim.type in DRAWN]
    streaks = (c for c in claims if isinstance(c, Streak) and c.kind in SPANS)
    streak = next(streaks, None)
    since = next((c for c in claims if isinstance(c, Since)), None)
    plain = words(
        "chart.plain_title", name=f"{name[:1].upper()}{name[1:]}", month=month_words(month)
    )
    return Marks(
        month,
        claims[0].sentence() if claims else plain,
        streak=None if streak is None else (month - streak.length, month),
        since=None if since is None else since.since,
    )


def _legend(panel: Panel, series: str, marks: Marks, words: Words) -> list[str]:
    shown = drawn_span(panel, marks.month)
    statuses = {shown.status(month) for month in shown.months}
    said = []
    if shown.status(marks.month) == "complete":
        said.append(words("chart.marked", month=month_words(marks.month)))
    if marks.streak is not None:
        first, last = (month_words(month) for month in marks.streak)
        said.append(words("chart.streak", first=first, last=last))
    if "partial" in statuses:
        said.append(words("chart.partial"))
    if shown[series].isna().any():
        said.append(words("chart.unknown"))
    drawn = [a.kind for a in shown.anomalies if shown.months[0] < a.first <= shown.months[-1]]
    if "method break" in drawn:
        said.append(words("chart.breaks"))
    if "splice" in drawn:
        said.append(words("chart.splices"))
    return said
