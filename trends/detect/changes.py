"""Changes against the month, or the year, before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from trends.detect._segments import SHARES, by_segment, checked, locked, tidy
from trends.errors import UnknownOption
from trends.kernels import differences, ratios
from trends.panel import FloatArray, Panel, PanelLike, Plotted

__all__ = ["Changes", "find_changes"]

_LAGS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Changes(Plotted):
    """What `find_changes` found. All arrays have shape (n_series, n_time).

    Parameters
    ----------
    panel : Panel
        What was compared: the panel given, or its per-day rates.
    against : {'month', 'year'}
        What each month was compared with.
    per : {'month', 'day'}
        Whether amounts a month or rates a day were compared.
    bases : float64 array
        The value that each month was compared with.
    differences : float64 array
        The month minus its base, in the unit of `panel`; of percentages, percentage points.
    ratios : float64 array
        The month divided by its base. NaN unless the base is positive, and for percentages.
    changes : float64 array
        ``ratios - 1``: 0.368 is +36.8%.
    """

    panel: Panel
    against: Literal["month", "year"]
    per: Literal["month", "day"]
    bases: FloatArray
    differences: FloatArray
    ratios: FloatArray
    changes: FloatArray

    def frame(self) -> pd.DataFrame:
        """One row a series and month; `base_month` is the month of `base`."""
        frame = tidy(
            self.panel,
            value=self.panel.values,
            base=self.bases,
            difference=self.differences,
            ratio=self.ratios,
            change=self.changes,
        )
        before = pd.PeriodIndex(frame["month"]) - _LAGS[self.against]
        frame.insert(3, "base_month", before)
        return frame


def find_changes(
    data: PanelLike,
    *,
    against: Literal["month", "year"] = "month",
    per: Literal["month", "day"] = "month",
) -> Changes:
    """Compare each complete month with the month, or the same month of the year, before.

    A change is ``x[t] / x[s] - 1``, stated only for a positive base; the difference is stated
    always. Partial months are not compared, and nothing is compared across a method break.

    Parameters
    ----------
    data : Panel, Series or DataFrame
        As `as_panel` takes.
    against : {'month', 'year'}
        What to compare with.
    per : {'month', 'day'}
        Compare the amounts a month, or those divided by the days of the month: June has 30 days
        and May 31, so that both are true and differ.

    Returns
    -------
    Changes
        NaN wherever a month has nothing to be compared with.

    Raises
    ------
    UnknownOption
        If an option has no such value.
    WrongKind
        If ``per="day"`` and the data are not a flow.
    TooShort, NoValues
        If there are fewer than two months, or no value of a complete month.

    Examples
    --------
    >>> drones = pd.Series([3974.0, 5438.0], pd.period_range("2025-05", "2025-06", freq="M"))
    >>> find_changes(drones).changes.round(3)
    array([[  nan, 0.368]])
    >>> find_changes(drones, per="day").changes.round(3)
    array([[  nan, 0.414]])
    """
    if against not in _LAGS:
        raise UnknownOption("find_changes", against=against, known=tuple(_LAGS))
    if per not in ("month", "day"):
        raise UnknownOption("find_changes", per=per, known=("month", "day"))
    panel = checked("find_changes", data)
    share = panel.unit in SHARES
    if per == "day":
        panel = panel.per_day()
    lag = _LAGS[against]
    absolute = by_segment(differences, panel, None, lag)
    multiples = by_segment(ratios, panel, None, lag)
    if share:
        multiples.fill(np.nan)
    bases = np.full(absolute.shape, np.nan)
    bases[:, lag:] = panel.values[:, :-lag]
    bases[np.isnan(absolute)] = np.nan
    return Changes(
        panel,
        against,
        per,
        bases=locked(bases),
        differences=locked(absolute),
        ratios=locked(multiples),
        changes=locked(multiples - 1.0),
    )
