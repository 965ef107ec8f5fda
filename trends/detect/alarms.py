"""Months, or weeks, above what the past leads one to expect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.detect._segments import checked, left_out, locked, tidy
from trends.errors import BadOption, NoValues, TooShort, UnknownOption
from trends.kernels.expectations import MOST_YEARS, expectation_facts
from trends.models import adjust_p_values
from trends.panel import BoolArray, FloatArray, Panel, PanelLike, Plotted

__all__ = ["Alarms", "find_alarms"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Alarms(Plotted):
    """What `find_alarms` found. All arrays have shape (n_series, n_time).

    Parameters
    ----------
    panel : Panel or None
        What was judged; None for a bare array.
    values : float64 array
        What was judged; NaN where unknown, and in partial months.
    alpha : float
        Chance of an alarm where nothing happened.
    expected, lower, upper : float64 array
        What the steps before lead one to expect, and the bounds that a value lies above, or below,
        with chance `alpha`; those of counts lie half-way between counts. NaN where the past is too
        short.
    p_values : float64 array
        Chance of a value as high or higher. Of low counts it can exceed `alpha` where there is an
        alarm, for a bound counts only half of the chance of the value itself.
    alarms : bool array
        Whether the value is above `upper`.
    adjust : {'bh', 'by'}
        How `q_values` adjusts.
    """

    panel: Panel | None
    values: FloatArray
    alpha: float
    expected: FloatArray
    lower: FloatArray
    upper: FloatArray
    p_values: FloatArray
    alarms: BoolArray
    adjust: Literal["bh", "by"] = "bh"

    @property
    def q_values(self) -> FloatArray:
        """The p-values of each month adjusted for the number of series, shape as `p_values`."""
        columns = [adjust_p_values(column, method=self.adjust) for column in self.p_values.T]
        return np.column_stack(columns)

    def frame(self) -> pd.DataFrame:
        """One row a series and month, or step; `p` raw, and `q` adjusted over the series."""
        columns = {
            "value": self.values,
            "expected": self.expected,
            "lower": self.lower,
            "upper": self.upper,
            "p": self.p_values,
            "q": self.q_values,
            "alarm": self.alarms,
        }
        if self.panel is not None:
            return tidy(self.panel, **columns)
        n_series, n_time = self.values.shape
        clock = {
            "series": np.repeat(np.arange(n_series), n_time),
            "step": np.tile(np.arange(n_time), n_series),
        }
        return pd.DataFrame(clock).assign(**{name: a.ravel() for name, a in columns.items()})


def find_alarms(
    data: PanelLike | npt.ArrayLike,
    *,
    alpha: float = 0.01,
    period: int = 12,
    exposure: npt.ArrayLike | None = None,
    last: int | None = None,
    adjust: Literal["bh", "by"] = "bh",
) -> Alarms:
    """Find the months, or weeks, that are above what the steps before them lead one to expect.

    Counts are expected by a log-linear regression on trend and season with negative binomial noise,
    other numbers by a linear one; past outbreaks have less weight, and what residuals remember is
    carried on. A series counts as one of counts at a step if all that is looked at up to there is
    whole and not negative; of a panel in km2, or of a stock, never. Each step is judged by the
    steps before it alone, of at most seven years: at least 12 known ones, and at least a year's.

    Parameters
    ----------
    data : Panel, Series, DataFrame, or array_like of shape (n_time,) or (n_series, n_time)
        Monthly data as `as_panel` takes, of which partial months are left out and no bound looks
        across a method break; or bare numbers on any regular clock, NaN where unknown. A Series or
        DataFrame without dates, or with dates and another `period` than 12, is taken for bare
        numbers, a column a series.
    alpha : float
        Chance of an alarm where nothing happened.
    period : int
        Steps of a year: 12 for months, 52 for weeks.
    exposure : array_like of shape (n_time,), optional
        What a value is in proportion to. By default the days of the month for a flow, 1 otherwise.
    last : int, optional
        Judge only so many of the last steps; the others are NaN.
    adjust : {'bh', 'by'}
        How p-values are adjusted over the series of a month: Benjamini-Hochberg's way, or that of
        Benjamini and Yekutieli, which holds however the series depend on each other.

    Returns
    -------
    Alarms

    Raises
    ------
    BadOption
        If an option is out of its range, or the data are no numbers of one or two dimensions.
    NoValues, TooShort
        If nothing is known, or there are fewer than two steps.

    References
    ----------
    .. [1] A. Noufaily, D. G. Enki, P. Farrington, P. Garthwaite, N. Andrews and A. Charlett, "An
       improved algorithm for outbreak detection in multiple surveillance systems", Statistics in
       Medicine 32, 2013, doi:10.1002/sim.5595.

    Examples
    --------
    >>> weeks = [8, 9, 7, 8, 9, 8, 9, 10, 8, 9, 11, 9, 9, 31]
    >>> found = find_alarms(weeks, period=12)
    >>> found.alarms[0, -2:], found.upper[0, -1]
    (array([False,  True]), np.float64(20.5))
    """
    _check_options(alpha, period, last)
    if adjust not in ("bh", "by"):
        raise UnknownOption("find_alarms", adjust=adjust, known=("bh", "by"))
    panel = None
    if isinstance(data, pd.Series | pd.DataFrame) and not _monthly(data, period):
        data = data.to_numpy().T  # a column a series, on some other clock
    if isinstance(data, Panel | pd.Series | pd.DataFrame):
        panel = checked("find_alarms", data)
        if period != 12:
            raise BadOption("find_alarms", "period", period, "12, as months have")
        values = np.array(panel.values, dtype=np.float64)
        values[:, left_out(panel, "trends")] = np.nan
        segments = panel.segments()
    else:
        values = _bare(data)
        segments = (slice(0, values.shape[1]),)
    times = _exposure(exposure, panel, values.shape[1])
    whole = panel is None or (panel.kind == "flow" and panel.unit != "km2")
    first = 0 if last is None else max(0, values.shape[1] - last)
    facts = np.full((4, *values.shape), np.nan)
    for part in segments:
        for t in range(max(part.start, first), part.stop):
            seen = slice(max(part.start, t - MOST_YEARS * period), t + 1)
            row = expectation_facts(values[:, seen], times[seen], period, alpha, whole)
            facts[:, :, t] = row[:, :4].T
    expected, lower, upper, p_values = (locked(fact) for fact in facts)
    with np.errstate(invalid="ignore"):
        alarms = locked(values > upper)
    return Alarms(panel, locked(values), alpha, expected, lower, upper, p_values, alarms, adjust)


def _check_options(alpha: float, period: object, last: object) -> None:
    if not isinstance(alpha, int | float) or not 0 < alpha < 0.5:
        raise BadOption("find_alarms", "alpha", alpha, "between 0 and 0.5")
    for name, found in (("period", period), ("last", 1 if last is None else last)):
        if isinstance(found, bool) or not isinstance(found, int | np.integer) or found < 1:
            raise BadOption("find_alarms", name, found, "a whole number of at least 1")


def _monthly(data: pd.Series | pd.DataFrame, period: int) -> bool:
    dates = isinstance(data.index, pd.DatetimeIndex) and period == 12
    return dates or isinstance(data.index, pd.PeriodIndex)


def _bare(data: object) -> FloatArray:
    try:
        values = np.array(data, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadOption("find_alarms", "data", data, "numbers") from None
    if values.ndim == 1:
        values = values[None, :]
    if values.ndim != 2:
        raise BadOption("find_alarms", "data", values.shape, "an array of one or two dimensions")
    if values.shape[1] < 2:
        raise TooShort("find_alarms", values.shape[1], 2)
    if np.isinf(values).any():
        raise BadOption("find_alarms", "data", "an infinite value", "finite; NaN where unknown")
    if np.isnan(values).all():
        raise NoValues("find_alarms")
    return values


def _exposure(given: npt.ArrayLike | None, panel: Panel | None, n_time: int) -> FloatArray:
    if given is None:
        if panel is None or panel.kind != "flow":
            return np.ones(n_time)
        return panel.months.days_in_month.to_numpy(np.float64)
    try:
        times = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadOption("find_alarms", "exposure", given, "numbers") from None
    if times.shape != (n_time,) or not (np.isfinite(times) & (times > 0)).all():
        raise BadOption("find_alarms", "exposure", times, f"{n_time} positive numbers")
    return times
