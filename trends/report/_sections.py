"""What a report shows of one series: a chart, its words, a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from trends.checks import Finding, printed_figures
from trends.claims import Since, Streak
from trends.panel import Panel
from trends.plots import Marks, alt_text, plot_series, svg_text
from trends.report._tables import Row, last_months
from trends.wording import month_words


@dataclass(frozen=True, slots=True)
class Section:
    """What a report shows of one series."""

    name: str
    series: str
    panel: Panel
    marks: Marks
    chart: str
    alt: str
    rows: tuple[Row, ...]
    printed: tuple[str, ...]


def make_sections(
    panels: Sequence[Panel], month: pd.Period, findings: Sequence[Finding]
) -> list[Section]:
    """One section a series, in the order given."""
    sections: list[Section] = []
    for panel in panels:
        for series in panel.names:
            marks = _marks(panel, series, month, findings)
            name = panel.quantity or series
            if panel.quantity and panel.n_series > 1:
                name = f"{panel.quantity}, {series}"
            sections.append(
                Section(
                    name,
                    series,
                    panel,
                    marks,
                    svg_text(plot_series(panel, series, marks), f"chart{len(sections) + 1}-"),
                    alt_text(panel, series, marks),
                    tuple(last_months(panel, series, month)),
                    tuple(printed_figures(panel, month)),
                )
            )
    return sections


def _marks(panel: Panel, series: str, month: pd.Period, findings: Sequence[Finding]) -> Marks:
    """The chart shows the first claim of its series, and the streak and the since if there are."""
    own = [f.claim for f in findings if f.panel is panel and f.claim.series == series]
    streak = next((c for c in own if isinstance(c, Streak)), None)
    since = next((c for c in own if isinstance(c, Since)), None)
    name = panel.quantity or series
    title = own[0].sentence() if own else f"{name[:1].upper()}{name[1:]} to {month_words(month)}"
    return Marks(
        month,
        title,
        streak=None if streak is None else (month - streak.length, month),
        since=None if since is None else since.since,
    )
