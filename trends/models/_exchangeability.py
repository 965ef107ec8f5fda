"""Whether the order of the months could be random: four tests, and the rule that joins them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.kernels.associations import mann_kendall_tests
from trends.models._endog import Endog, EndogLike
from trends.models._least_squares import least_squares
from trends.models._record_chances import counted
from trends.panel import Shown

FloatRow = npt.NDArray[np.float64]
LEAST_TESTED = 12  # known months, below which no test has a chance to reject
LEAST_SEASONS = 24  # known months, below which a season is not tested
TREND, RECORDS, MEMORY, SEASON = "Mann-Kendall", "Foster-Stuart d", "lag 1", "season"


@dataclass(frozen=True, slots=True, repr=False)
class FosterStuartResults(Shown):
    """What `fit_foster_stuart` counted.

    Parameters
    ----------
    highs, lows : int
        The months that are higher, or lower, than all before them. The first month is neither.
    nobs : int
        The number of known months.
    d, s : int
        ``highs - lows``, and their sum.
    pvalue_d : float
        Two-sided: the chance of a `d` as far from 0.
    pvalue_s : float
        One-sided: the chance of as many records of both kinds.
    """

    highs: int
    lows: int
    nobs: int
    d: int
    s: int
    pvalue_d: float
    pvalue_s: float

    def summary(self) -> str:
        """One line."""
        return (
            f"{self.highs} highest and {self.lows} lowest months so far in {self.nobs}: "
            f"d = {self.d} (p = {self.pvalue_d:.3g}, drift), "
            f"s = {self.s} (p = {self.pvalue_s:.3g}, growing spread)"
        )


def fit_foster_stuart(data: EndogLike) -> FosterStuartResults:
    """Test by the number of records whether a series drifts, or its spread grows.

    In a random order without ties the i-th value is a highest with chance 1 / i, a lowest with
    chance 1 / i, and neither otherwise, whatever happened before: so both distributions are summed
    up exactly, and not approximated. Ties make records rarer: `pvalue_s` is then too high.

    Parameters
    ----------
    data : array_like, Series or Panel
        One series. Unknown months are passed over.

    Returns
    -------
    FosterStuartResults

    Raises
    ------
    TooShort, NoValues, BadOption
        If there are fewer than two known values, or it is not one series.

    References
    ----------
    .. [1] F. G. Foster and A. Stuart (1954), "Distribution-free tests in time-series based on the
       breaking of records", Journal of the Royal Statistical Society B 16, 1-22,
       doi:10.1111/j.2517-6161.1954.tb00143.x.

    Examples
    --------
    >>> found = fit_foster_stuart([3, 1, 4, 5, 9, 2, 6, 12])
    >>> found.d, found.s, round(found.pvalue_d, 3), round(found.pvalue_s, 3)
    (3, 5, 0.178, 0.175)
    """
    values = Endog.of("fit_foster_stuart", data).values
    return foster_stuart(values[~np.isnan(values)])


def foster_stuart(known: FloatRow) -> FosterStuartResults:
    """Count and test; `known` holds no NaN."""
    n = len(known)
    highs = int((known[1:] > np.maximum.accumulate(known)[:-1]).sum())
    lows = int((known[1:] < np.minimum.accumulate(known)[:-1]).sum())
    d, s = highs - lows, highs + lows
    chances = difference_chances(n)
    far = np.abs(np.arange(len(chances)) - (n - 1)) >= abs(d)
    either = counted(np.minimum(2 / np.arange(2, n + 1), 1.0))
    p_d, p_s = float(chances[far].sum()), float(either[s:].sum())
    return FosterStuartResults(highs, lows, n, d, s, min(1.0, p_d), min(1.0, p_s))


def difference_chances(n: int) -> FloatRow:
    """Distribution of d = -(n - 1) ... n - 1 in a random order of n values."""
    found = np.ones(1)
    for i in range(2, n + 1):
        nothing = np.pad(found, 1) * (1 - 2 / i)
        found = nothing + (np.pad(found, (2, 0)) + np.pad(found, (0, 2))) / i
    return found


def exchangeability(values: FloatRow, months: pd.PeriodIndex | None) -> dict[str, float]:
    """p-value of each test that the series is long enough for: none below `LEAST_TESTED` months."""
    at = np.flatnonzero(~np.isnan(values))
    known = values[at]
    if len(known) < LEAST_TESTED or np.ptp(known) == 0:
        return {}
    ranks = np.asarray(pd.Series(known).rank(), dtype=np.float64)
    found = {
        TREND: float(mann_kendall_tests(known)[4]),
        RECORDS: foster_stuart(known).pvalue_d,
        MEMORY: _lag_one_pvalue(ranks),
    }
    if months is not None and len(known) >= LEAST_SEASONS:
        found[SEASON] = _season_pvalue(ranks, at)
    return found


def joined(pvalues: dict[str, float]) -> float:
    """The least p-value, times how many there are; 1 of none."""
    return min([1.0, *(len(pvalues) * p for p in pvalues.values())])


def lag_one_moments(n: int) -> tuple[float, float]:
    """Mean and variance of the lag-1 autocorrelation of the ranks in a random order.

    Exact without ties: they equal the moments over all orders of the ranks.
    """
    above = 5 * n**4 - 14 * n**3 - 9 * n**2 + 26 * n + 16
    return -1 / n, above / (5 * (n - 1) ** 2 * n**2 * (n + 1))


def _lag_one_pvalue(ranks: FloatRow) -> float:
    centred = ranks - ranks.mean()
    mean, variance = lag_one_moments(len(ranks))
    found = float(centred[1:] @ centred[:-1] / (centred @ centred))
    return math.erfc(abs(found - mean) / math.sqrt(2 * variance))


def _season_pvalue(ranks: FloatRow, at: npt.NDArray[np.intp]) -> float:
    """F test of two harmonics of the year beside a line, on ranks."""
    line = np.stack([np.ones(len(at)), at], axis=1)
    full = np.hstack([line, harmonics(at)])
    rest = [float(((ranks - x @ least_squares(x, ranks)) ** 2).sum()) for x in (line, full)]
    left = len(at) - full.shape[1]
    # the tail of F with 4 and `left` degrees of freedom has a closed form
    kept = rest[1] / rest[0] if rest[0] > 0 else 1.0
    return float(kept ** (left / 2) * (1 + left / 2 * (1 - kept)))


def harmonics(at: npt.NDArray[np.intp]) -> FloatRow:
    """The year's first two waves, shape (n, 4)."""
    angles = 2 * np.pi * np.outer(at, [1, 2]) / 12
    return np.hstack([np.sin(angles), np.cos(angles)])
