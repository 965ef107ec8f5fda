"""The months that a new claim may be drawn from, as one array a panel."""

from __future__ import annotations

import numpy as np
import pandas as pd

from trends.panel import FloatArray, Panel, Purpose


def comparable_rows(
    panel: Panel, month: pd.Period, purpose: Purpose | None = None
) -> tuple[FloatArray, pd.Period]:
    """The complete months up to `month` after the latest method break, and the first of them.

    Months that `purpose` leaves out are NaN.
    """
    known = panel.until(month)
    start = known.segments()[-1].start
    rows: FloatArray = np.array(known.known()[:, start:], dtype=np.float64)
    first: pd.Period = known.months[start]
    for anomaly in panel.anomalies:
        if purpose in anomaly.excluded_from and anomaly.last >= first:
            low = max((anomaly.first - first).n, 0)
            rows[:, low : (anomaly.last - first).n + 1] = np.nan
    return rows, first


def latest(flags: FloatArray, rows: FloatArray) -> int:
    """How many steps back the latest flagged month lies; 0 with none, -1 past an unknown one."""
    for back in range(1, len(rows)):
        if np.isnan(rows[-1 - back]):
            return -1
        if flags[-1 - back]:
            return back
    return 0
