"""Proper scores of forecasts: from draws, and of intervals."""

from __future__ import annotations

import math
from typing import TypeAlias, cast

import numpy as np
import numpy.typing as npt

from trends.errors import BadOption
from trends.models._forecasters import checked_whole

Floats: TypeAlias = npt.NDArray[np.float64]


def crps(actual: npt.ArrayLike, draws: npt.ArrayLike, *, fair: bool = True) -> Floats:
    """Continuous ranked probability score of draws: low is good, in the unit of the data.

    Parameters
    ----------
    actual : array_like of float, shape (...)
        What came; NaN gives NaN.
    draws : array_like of float, shape (n_draws, ...)
        Drawn from the forecast.
    fair : bool
        Whether to estimate the score of the distribution that the draws are of [1]_. Otherwise the
        score is that of the draws themselves, which few draws make worse.

    Returns
    -------
    float64 array, shape (...)

    References
    ----------
    .. [1] C. A. T. Ferro (2014), "Fair scores for ensemble forecasts", Quarterly Journal of the
       Royal Meteorological Society 140, 1917-1923, doi:10.1002/qj.2270.

    Examples
    --------
    >>> crps(3.0, [1.0, 2.0, 4.0], fair=False).round(4)
    np.float64(0.6667)
    """
    came, drawn = np.asarray(actual, np.float64), _drawn("crps", actual, draws)
    n = len(drawn)
    if fair and n < 2:
        raise BadOption("crps", "draws", f"{n} draw", "two or more, or fair=False")
    ranks = (2 * np.arange(1, n + 1) - n - 1).reshape(-1, *[1] * (drawn.ndim - 1))
    # the sum of |a - b| over all pairs, from the sorted draws
    spread = (np.sort(drawn, axis=0) * ranks).sum(axis=0) / (n * (n - 1) if fair else n * n)
    return cast(Floats, np.abs(drawn - came).mean(axis=0) - spread)


def log_score(actual: npt.ArrayLike, draws: npt.ArrayLike, *, counts: bool = False) -> Floats:
    """Less the log of the density (of counts: of the probability) at what came: low is good.

    The density is that of the draws smoothed by a normal kernel of Silverman's width; for counts
    that width is at least 1/2, and the probability is that of the unit about the count. It is
    good to the smoothing only; 700 is the worst that is given.

    Parameters
    ----------
    actual : array_like of float, shape (...)
    draws : array_like of float, shape (n_draws, ...)
    counts : bool
        Whether only whole numbers from 0 can come.

    Returns
    -------
    float64 array, shape (...)

    Examples
    --------
    >>> from statistics import NormalDist
    >>> drawn = NormalDist().samples(4000, seed=1)
    >>> log_score(0.0, drawn).round(1)  # log(2 pi) / 2 = 0.92
    np.float64(0.9)
    """
    from scipy import special

    came, drawn = np.asarray(actual, np.float64), _drawn("log_score", actual, draws)
    low, high = np.quantile(drawn, [0.25, 0.75], axis=0)
    spread = drawn.std(axis=0)
    narrow = np.where(high > low, np.minimum(spread, (high - low) / 1.34), spread)
    width = 0.9 * narrow * len(drawn) ** -0.2
    if counts:
        width = np.maximum(width, 0.5)

        def below(edge: Floats) -> Floats:
            return cast(Floats, special.ndtr((edge - drawn) / width).mean(axis=0))

        floor = below(np.full(came.shape, -0.5))  # nothing comes below 0
        chance = (below(came + 0.5) - below(came - 0.5)) / np.maximum(1 - floor, 1e-300)
    else:
        width = np.where(width > 0, width, 1e-9 * np.maximum(1.0, np.abs(drawn).max(axis=0)))
        apart = np.minimum(np.abs(came - drawn) / width, 1e100)
        chance = np.exp(-0.5 * apart**2).mean(axis=0) / (width * np.sqrt(2 * np.pi))
    score = -np.log(np.maximum(chance, math.exp(-700.0)))
    return np.where(np.isnan(came), np.nan, score)


def interval_score(
    actual: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike, *, level: float
) -> Floats:
    """Width of an interval, and ``2 / (1 - level)`` times what it was missed by [1]_: low is good.

    Parameters
    ----------
    actual, low, high : array_like of float
        Of shapes that go together.
    level : float
        The probability with which the interval should cover.

    Returns
    -------
    float64 array

    References
    ----------
    .. [1] T. Gneiting and A. E. Raftery (2007), "Strictly proper scoring rules, prediction, and
       estimation", Journal of the American Statistical Association 102, 359-378,
       doi:10.1198/016214506000001437.

    Examples
    --------
    >>> interval_score([5.0, 12.0], 0.0, 10.0, level=0.9)
    array([10., 50.])
    """
    if not 0 < level < 1:
        raise BadOption("interval_score", "level", level, "between 0 and 1")
    came, a, b = (np.asarray(part, dtype=np.float64) for part in (actual, low, high))
    missed = np.where(came < a, a - came, 0.0) + np.where(came > b, came - b, 0.0)
    return np.where(np.isnan(came), np.nan, b - a + 2 / (1 - level) * missed)


def scaled_error(
    actual: npt.ArrayLike, point: npt.ArrayLike, past: npt.ArrayLike, *, period: int = 12
) -> Floats:
    """Absolute error in units of the past mean absolute change over a period; its mean is MASE.

    Parameters
    ----------
    actual, point : array_like of float
    past : array_like of float, shape (n,)
        The data that the forecast was made from.
    period : int
        Length of the season.

    Returns
    -------
    float64 array
        NaN where the past did not change over a period.

    References
    ----------
    .. [1] R. J. Hyndman and A. B. Koehler (2006), "Another look at measures of forecast accuracy",
       International Journal of Forecasting 22, 679-688, doi:10.1016/j.ijforecast.2006.03.001.

    Examples
    --------
    >>> scaled_error(12.0, 10.0, [1.0, 2.0, 3.0], period=1)
    np.float64(2.0)
    """
    row = np.asarray(past, dtype=np.float64)
    period = checked_whole("scaled_error", "period", period, 1, max(1, len(row) - 1))
    scale = float(np.nanmean(np.abs(row[period:] - row[:-period])))
    error = np.abs(np.asarray(actual, np.float64) - np.asarray(point, np.float64))
    return error / scale if scale > 0 else error * np.nan


def _drawn(where: str, actual: npt.ArrayLike, draws: npt.ArrayLike) -> Floats:
    drawn = np.asarray(draws, dtype=np.float64)
    shape = np.shape(actual)
    if drawn.ndim < 1 or drawn.shape[1:] != shape or not len(drawn):
        raise BadOption(where, "draws", drawn.shape, f"of shape (n_draws, {str(shape)[1:]}")
    return drawn
