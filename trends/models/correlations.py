"""Rank correlation of two series that remember their past."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, TooShort
from trends.panel import Shown

FloatRow: TypeAlias = npt.NDArray[np.float64]
LEAST_PAIRS = 8


@dataclass(frozen=True, slots=True, repr=False)
class RankCorrelationResults(Shown):
    """What `fit_rank_correlation` estimated.

    Parameters
    ----------
    params : float
        Spearman's rank correlation.
    nobs : int
        The number of pairs.
    nobs_effective : float
        The number of independent pairs that would tell as much.
    """

    params: float
    nobs: int
    nobs_effective: float

    def conf_int(self, alpha: float = 0.05) -> tuple[float, float]:
        """The interval that covers the true correlation with probability 1 - `alpha`."""
        if not isinstance(alpha, int | float) or not 0 < alpha < 1:
            raise BadOption("conf_int", "alpha", alpha, "between 0 and 1")
        # Fisher's transform has no value at 1: take the next lower one that n ranks can give
        most = 1 - 12 / (self.nobs * (self.nobs**2 - 1))
        z = NormalDist().inv_cdf(1 - alpha / 2)
        width = z * np.sqrt((1 + self.params**2 / 2) / (self.nobs_effective - 3))
        centre = np.arctanh(np.clip(self.params, -most, most))
        low, high = float(np.tanh(centre - width)), float(np.tanh(centre + width))
        return (min(low, self.params), max(high, self.params))

    def summary(self) -> str:
        """One line."""
        low, high = self.conf_int()
        return (
            f"rank correlation {self.params:.2f} (95% interval {low:.2f} to {high:.2f}; "
            f"{self.nobs} months worth {self.nobs_effective:.0f} independent ones)"
        )


def fit_rank_correlation(
    endog: npt.ArrayLike, exog: npt.ArrayLike, *, where: str = "fit_rank_correlation"
) -> RankCorrelationResults:
    """Estimate Spearman's rank correlation, with an interval that respects autocorrelation.

    Two series that each drift look correlated by chance. The interval is Fisher's with the variance
    of [1]_, for the number of pairs that would be left if those of [2]_ were independent: the
    products of the autocorrelations of the ranks, summed over the first fifth of the lags, reduce
    it. Simulated under AR(1) of 0, 0.5 and 0.8, with 24 to 120 pairs and correlations of 0, 0.6 and
    0.9, the 95% interval covers 0.93 to 0.98; without the reduction it covers 0.65 to 0.97.

    Parameters
    ----------
    endog, exog : array_like of float, shape (n,)
        The two series on one clock. Pairs in which one is NaN are left out.
    where : str
        What to call the pair in an error.

    Returns
    -------
    RankCorrelationResults

    Raises
    ------
    TooShort
        If fewer than eight pairs are known.
    BadOption
        If a series does not vary, or the two differ in length.

    References
    ----------
    .. [1] D. G. Bonett and T. A. Wright (2000), Psychometrika 65, 23-28, doi:10.1007/BF02294183.
    .. [2] B. J. Pyper and R. M. Peterman (1998), Canadian Journal of Fisheries and Aquatic Sciences
       55, 2127-2140, doi:10.1139/f98-104.

    Examples
    --------
    >>> afp = [476, 430, 389, 240, 379, 507, 588, 634, 594, 447, 461, 701]
    >>> isw = [568.9, 427.3, 354.1, 203.7, 186.8, 515.9, 481.8, 455.8, 505.6, 330.6, 274.0, 575.6]
    >>> fit_rank_correlation(afp, isw).summary()
    'rank correlation 0.80 (95% interval 0.33 to 0.95; 12 months worth 12 independent ones)'
    """
    x, y = np.asarray(endog, dtype=np.float64), np.asarray(exog, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        raise BadOption(where, "endog and exog", (x.shape, y.shape), "two rows of one length")
    known = ~(np.isnan(x) | np.isnan(y))
    n = int(known.sum())
    if n < LEAST_PAIRS:
        raise TooShort(where, n, LEAST_PAIRS)
    for name, row in (("endog", x), ("exog", y)):
        if np.ptp(row[known]) == 0:
            raise BadOption(where, name, "a constant", "a series that varies")
    a, b = _ranks(x[known]), _ranks(y[known])
    correlation = float(np.clip(np.corrcoef(a, b)[0, 1], -1.0, 1.0))
    return RankCorrelationResults(correlation, n, _effective(a, b))


def _ranks(row: FloatRow) -> FloatRow:
    return np.asarray(pd.Series(row).rank(), dtype=np.float64)


def _effective(a: FloatRow, b: FloatRow) -> float:
    n = len(a)
    lags = np.arange(1, n // 5 + 1)
    shrink = 2 * np.sum((1 - lags / n) * _autocorrelations(a, lags) * _autocorrelations(b, lags))
    # below four pairs Fisher's variance has no meaning; above n there is nothing to gain
    return float(np.clip(n / max(1 + shrink, 1e-9), 4.0, n))


def _autocorrelations(row: FloatRow, lags: npt.NDArray[np.int64]) -> FloatRow:
    centred = row - row.mean()
    total = float(centred @ centred)
    return np.array([centred[lag:] @ centred[:-lag] / total for lag in lags])
