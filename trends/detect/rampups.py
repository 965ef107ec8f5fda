"""Series whose rate changed, or whose recent level is up, among many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.detect._segments import checked, left_out, locked, row_blocks
from trends.errors import BadOption, UnknownOption
from trends.kernels import rampups as kernel
from trends.models.multiplicity import adjust_p_values
from trends.models.rampups import (
    LEAST_KNOWN,
    SMALL_MEAN,
    STANDARD_DAYS,
    RampupResults,
    fit_rampup,
    hardly_vary,
)
from trends.panel import BoolArray, FloatArray, IntArray, Panel, PanelLike, Shown

__all__ = ["Rampups", "find_rampups"]

Adjust = Literal["bh", "by"]
_TYPES = ("nothing", "step", "ramp", "step", "ramp")  # by the kernel's type of a single change


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rampups(Shown):
    """What `find_rampups` found. All arrays have shape (n_series,), unless said otherwise.

    Parameters
    ----------
    panel : Panel
        The panel that was given.
    part : slice
        Months since the last method break, which alone were looked at.
    alpha : float
        Level of `changed`, `risen` and their adjusted forms.
    adjust : {'bh', 'by'} or None
        How `q_change` and `q_recent` were made.
    period : int
        Steps of a season.
    facts : float64 array, shape (n_series, n_facts)
        As `trends.kernels.rampups.rampup_facts` tells them.
    p_change, p_recent : float64 array
        Of any change that a straight line does not explain; of a recent level that is not higher.
        NaN with fewer than eight known months.
    q_change, q_recent : float64 array
        The same, adjusted for the number of series: as they are where `adjust` is None.
    means : float64 array
        Mean value of a month of 30.4 days.
    counts : bool array
        Which series are counts.
    """

    panel: Panel
    part: slice
    alpha: float
    adjust: Adjust | None
    period: int
    facts: FloatArray
    p_change: FloatArray
    p_recent: FloatArray
    q_change: FloatArray
    q_recent: FloatArray
    means: FloatArray
    counts: BoolArray

    @property
    def changed(self) -> BoolArray:
        """Which series changed, one by one."""
        return np.asarray(self.p_change <= self.alpha)

    @property
    def risen(self) -> BoolArray:
        """Which series' recent level is up, one by one."""
        return np.asarray(self.p_recent <= self.alpha)

    @property
    def adjusted(self) -> BoolArray:
        """Which series changed or rose, adjusted; shape (n_series, 2)."""
        return np.column_stack([self.q_change <= self.alpha, self.q_recent <= self.alpha])

    @property
    def windows(self) -> IntArray:
        """How many recent months were compared with those before: 3, 6 or 12; 0 for none."""
        return self.facts[:, kernel.RECENT_WINDOW].astype(np.int32)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The single change that fits best, if one is found after the adjustment.

        Otherwise 'outlier', where a month was set aside, or 'nothing'.
        """
        best = self.facts[:, kernel.BEST_TYPE].astype(int)
        outlier = self.facts[:, kernel.N_OUTLIERS] > 0
        return tuple(
            _TYPES[b] if c else "outlier" if o else "nothing"
            for b, c, o in zip(best, self.adjusted[:, 0], outlier, strict=True)
        )

    @property
    def onsets(self) -> pd.PeriodIndex:
        """First month of that single change; NaT where there is none. `fit` has its interval."""
        at = self.facts[:, kernel.BEST_ONSET].astype(int)
        months = self.panel.months[self.part]
        return pd.PeriodIndex(months.take(np.maximum(at, 0)).where(self.adjusted[:, 0] & (at > 0)))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader of each series must know; empty for nothing."""
        few = self.facts[:, kernel.N_KNOWN] < LEAST_KNOWN
        told = {
            "insufficient": few,
            "drift": self.facts[:, kernel.DRIFT] > 0,
            "short": (self.facts[:, kernel.SHORT] > 0) & ~few,
            "small counts": self.counts & (self.means < SMALL_MEAN),
            "outlier or onset, undecided": self.facts[:, kernel.UNDECIDED] > 0,
        }
        rows = zip(*told.values(), strict=True)
        return tuple("; ".join(n for n, f in zip(told, r, strict=True) if f) for r in rows)

    def fit(self, name: str) -> RampupResults:
        """Estimate one series in full: onset, growth, intervals."""
        return fit_rampup(self.panel.select(name), period=self.period)

    def frame(self) -> pd.DataFrame:
        """One row a series: kind, onset, p-values raw and adjusted, warnings."""
        adjusted = self.adjusted
        return pd.DataFrame(
            {
                "series": list(self.panel.names),
                "known_months": self.facts[:, kernel.N_KNOWN].astype(int),
                "mean": self.means,
                "kind": self.kinds,
                "onset": self.onsets,
                "p_change": self.p_change,
                "q_change": self.q_change,
                "changed": adjusted[:, 0],
                "recent_window": self.windows,
                "p_recent": self.p_recent,
                "q_recent": self.q_recent,
                "risen": adjusted[:, 1],
                "warnings": self.warnings,
            }
        )


def find_rampups(
    data: PanelLike, *, alpha: float = 0.05, adjust: Adjust | None = "bh", period: int = 12
) -> Rampups:
    """Find the series of which the rate changed, and those of which the recent level is up.

    Two questions with a p-value each, as `fit_rampup` asks them: is there any change that a
    straight line does not explain; are the last 3, 6 or 12 months above those before. Flows are
    divided by the days of the month. Only complete months after the last method break are looked
    at. What is known at a month is found in ``panel.until(month)``.

    Parameters
    ----------
    data : Panel, Series or DataFrame
        As `as_panel` takes.
    alpha : float
        Of the series that `frame` says changed, this share is false on average.
    adjust : {'bh', 'by'} or None
        For the number of series: Benjamini and Hochberg [1]_, for series that are independent or
        rise together; Benjamini and Yekutieli [2]_, for any; None, not at all.
    period : int
        Months of a season.

    Returns
    -------
    Rampups
        Raw and adjusted p-values both; ``.fit(name)`` gives one series with its intervals.

    Raises
    ------
    BadOption, UnknownOption
        If an option is out of its range.
    TooShort, NoValues
        If there are fewer than two months, or no value of a complete month.

    References
    ----------
    .. [1] Y. Benjamini and Y. Hochberg (1995), Journal of the Royal Statistical Society B 57,
       289-300, doi:10.1111/j.2517-6161.1995.tb02031.x.
    .. [2] Y. Benjamini and D. Yekutieli (2001), Annals of Statistics 29, 1165-1188,
       doi:10.1214/aos/1013699998.

    Examples
    --------
    >>> y = [31, 22, 35, 27, 30, 41, 24, 29, 33, 26, 38, 28, 23, 34, 30, 66, 71, 58, 80, 62, 69, 74]
    >>> months = pd.period_range("2023-01", periods=22, freq="M")
    >>> found = find_rampups(pd.Series(y, months, name="strikes"))
    >>> found.frame()[["kind", "onset", "changed", "risen"]]
       kind    onset  changed  risen
    0  step  2024-04     True   True
    """
    if not isinstance(alpha, int | float) or not 0 < alpha < 1:
        raise BadOption("find_rampups", "alpha", alpha, "between 0 and 1")
    if adjust not in ("bh", "by", None):
        raise UnknownOption("find_rampups", adjust=adjust, known=("bh", "by", None))
    if isinstance(period, bool) or not isinstance(period, int | np.integer) or period < 2:
        raise BadOption("find_rampups", "period", period, "a whole number of at least 2")
    panel = checked("find_rampups", data)
    part = panel.segments()[-1]
    facts, means, counts = _facts(panel, part, int(period))
    known = facts[:, kernel.N_KNOWN] >= LEAST_KNOWN
    p_change, p_recent = (
        np.where(known, facts[:, column], np.nan) for column in (kernel.P_CHANGE, kernel.P_RECENT)
    )
    q_change, q_recent = (
        p if adjust is None else adjust_p_values(p, method=adjust) for p in (p_change, p_recent)
    )
    return Rampups(
        panel,
        part,
        alpha,
        adjust,
        int(period),
        facts=locked(facts),
        p_change=locked(p_change),
        p_recent=locked(p_recent),
        q_change=locked(q_change),
        q_recent=locked(q_recent),
        means=locked(means),
        counts=locked(counts),
    )


def _facts(
    panel: Panel, part: slice, period: int
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    hidden = left_out(panel, None)[part]
    days = panel.months[part].days_in_month.to_numpy(np.float64)
    exposure = days / STANDARD_DAYS if panel.kind == "flow" else np.ones(len(days))
    facts = np.empty((panel.n_series, kernel.N_FACTS))
    means = np.full(panel.n_series, np.nan)
    counts = np.zeros(panel.n_series, dtype=np.bool_)
    for rows in row_blocks(panel.values):
        values = np.where(hidden, np.nan, panel.values[rows, part])
        if panel.kind == "flow" and panel.unit != "km2":
            whole = np.isnan(values) | ((values >= 0) & (values == np.floor(values)))
            counts[rows] = whole.all(axis=1)
        rates = values / exposure
        some = ~np.isnan(rates).all(axis=1)
        means[rows][some] = np.nanmean(rates[some], axis=1)
        for kind in (False, True):
            chosen = np.flatnonzero(counts[rows] == kind)
            if len(chosen):
                facts[rows][chosen] = kernel.rampup_facts(rates[chosen], kind, period, True)
        quiet = np.flatnonzero(some)[hardly_vary(values[some])]
        facts[rows][quiet, kernel.P_CHANGE] = facts[rows][quiet, kernel.P_RECENT] = 1.0
        facts[rows][quiet, kernel.CHANGED] = 0.0
    return facts, means, counts
