"""Whether a row rises or falls with time, and how steeply: statistics of ranks."""

import math

import numpy as np

from trends.kernels._distributions import normal_quantile, normal_two_sided
from trends.kernels._rowwise import Row, rowwise
from trends.kernels._selections import highest_of, select

__all__ = [
    "hamed_rao_tests",
    "mann_kendall_tests",
    "theil_sen_slopes",
    "yue_wang_tests",
]


def _score_and_ties(values: Row) -> tuple[int, int, int]:
    """Known values, Kendall's S, and the sum of ``t (t - 1) (2 t + 5)`` over groups of t ties."""
    known = score = tied = 0
    for i in range(values.shape[0]):
        a = values[i]
        known += a == a
        higher = lower = equal = 0
        for j in range(i + 1, values.shape[0]):
            b = values[j]
            higher += b > a
            lower += b < a
            equal += b == a
        score += higher - lower
        # Of a group of t, the later ones that are equal number 0 ... t - 1: summed, the same.
        tied += 6 * equal * (equal + 2)
    return known, score, tied


def _test(known: int, score: int, variance: float, out: Row) -> None:
    """Write the facts of a test: z with the correction for continuity, and its p-value."""
    out[0], out[1], out[2] = known, score, variance
    z = math.nan
    if known > 1 and variance > 0.0:
        z = (score - (score > 0) + (score < 0)) / math.sqrt(variance)
    elif known > 1 and variance == 0.0:
        z = 0.0  # ties everywhere
    out[3] = z
    out[4] = normal_two_sided(z)


def _variance(known: int, tied: int) -> float:
    return (known * (known - 1) * (2 * known + 5) - tied) / 18.0


def _known_steps(values: Row, steps: Row, knowns: Row) -> int:
    """Gather the known values and their steps."""
    n = 0
    for t in range(values.shape[0]):
        if values[t] == values[t]:
            steps[n] = t
            knowns[n] = values[t]
            n += 1
    return n


def _slopes(steps: Row, knowns: Row, n: int, slopes: Row) -> int:
    """Slope of each pair of steps."""
    at = 0
    for i in range(n - 1):
        step, known = steps[i], knowns[i]
        for j in range(i + 1, n):
            slopes[at + j - i - 1] = (knowns[j] - known) / (steps[j] - step)
        at += n - 1 - i
    return at


def _median(items: Row, low: int, high: int) -> float:
    """Median of ``items[low:high]``, of which there is one at least; items are moved."""
    middle = (low + high) // 2
    upper = select(items, low, high, middle)
    if (high - low) % 2 == 1:
        return upper
    return (highest_of(items, low, middle) + upper) / 2.0


@rowwise(np.float64, width=5, cost=100)
def mann_kendall_tests(values: Row, out: Row) -> None:
    """Test of Mann and Kendall for a monotonic trend.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    float64 array, shape (..., 5)
        The number of known values; Kendall's S; its variance, corrected for ties; z, corrected for
        continuity; the two-sided p-value. A NaN is left out; with fewer than two known values z and
        p are NaN, and of ties everywhere 0 and 1. Of the whole row, so not causal.

    Notes
    -----
    The cost grows with the square of n_time.

    References
    ----------
    .. [1] H. B. Mann, "Nonparametric tests against trend", Econometrica 13, 1945,
       doi:10.2307/1907187.
    .. [2] M. G. Kendall, *Rank Correlation Methods*, 4th ed., Griffin, 1975.

    Examples
    --------
    >>> mann_kendall_tests([240, 379, 507, 588, 594, 447]).round(3)
    array([ 6.   ,  9.   , 28.333,  1.503,  0.133])
    """
    known, score, tied = _score_and_ties(values)
    _test(known, score, _variance(known, tied), out)


def _detrended(values: Row, steps: Row, rest: Row) -> int:
    """What the Theil-Sen slope leaves of the known values."""
    n = _known_steps(values, steps, rest)
    slopes = np.empty(max(1, n * (n - 1) // 2))
    pairs = _slopes(steps, rest, n, slopes)
    slope = _median(slopes, 0, pairs) if pairs else 0.0
    for i in range(n):
        rest[i] -= (steps[i] + 1.0) * slope
    return n


def _ranked(items: Row, n: int, ranks: Row) -> None:
    """Rank of each item; ties share the mean of their ranks."""
    for i in range(n):
        item = items[i]
        lower = equal = 0
        for j in range(n):
            lower += items[j] < item
            equal += items[j] == item
        ranks[i] = lower + 0.5 * (equal + 1)


def _centred(items: Row, n: int) -> float:
    """Take the mean away; return the sum of squares."""
    total = 0.0
    for i in range(n):
        total += items[i]
    mean = total / max(n, 1)
    squares = 0.0
    for i in range(n):
        items[i] -= mean
        squares += items[i] * items[i]
    return squares


def _lagged(items: Row, n: int, lag: int) -> float:
    """Sum of the products of items `lag` apart."""
    total = 0.0
    for i in range(n - lag):
        total += items[i] * items[i + lag]
    return total


@rowwise(np.float64, width=5, cost=1000)
def hamed_rao_tests(values: Row, lags: int, alpha: float, out: Row) -> None:
    """Test of Mann and Kendall with the variance of Hamed and Rao for autocorrelated values.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    lags : int
        Highest lag that is looked at; n_time or more for all.
    alpha : float
        Only autocorrelations that are significant at this level count.

    Returns
    -------
    float64 array, shape (..., 5)
        As `mann_kendall_tests`, with the corrected variance; where that is negative, z and p are
        NaN. A NaN is left out, and for autocorrelations the known values close up. Of the whole
        row, so not causal.

    Notes
    -----
    The autocorrelation is that of the ranks of what the Theil-Sen slope leaves, as in
    pymannkendall 1.4.3. The cost grows with the square of n_time, and so does the memory.

    References
    ----------
    .. [1] K. H. Hamed and A. R. Rao, "A modified Mann-Kendall trend test for autocorrelated data",
       Journal of Hydrology 204, 1998, doi:10.1016/S0022-1694(97)00125-X.

    Examples
    --------
    >>> hamed_rao_tests([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], 12, 0.05).round(1).tolist()
    [12.0, 25.0, 207.0, 1.7, 0.1]
    """
    known, score, tied = _score_and_ties(values)
    room = max(1, values.shape[0])
    rest, ranks = np.empty(room), np.empty(room)
    n = _detrended(values, ranks, rest)
    _ranked(rest, n, ranks)
    squares = _centred(ranks, n)
    inflation = 0.0
    if n > 2 and squares > 0.0:
        limit = normal_quantile(1.0 - alpha / 2.0) / math.sqrt(n)
        for lag in range(1, min(lags + 1, n)):
            r = _lagged(ranks, n, lag) / squares
            if abs(r) > limit:
                inflation += float((n - lag) * (n - lag - 1) * (n - lag - 2)) * r
        inflation *= 2.0 / float(n * (n - 1) * (n - 2))
    _test(known, score, _variance(known, tied) * (1.0 + inflation), out)


@rowwise(np.float64, width=5, cost=1000)
def yue_wang_tests(values: Row, lags: int, out: Row) -> None:
    """Test of Mann and Kendall with the variance of Yue and Wang for autocorrelated values.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    lags : int
        Highest lag that is looked at; n_time or more for all. Yue and Wang take 1.

    Returns
    -------
    float64 array, shape (..., 5)
        As `mann_kendall_tests`, with the corrected variance; where that is negative, z and p are
        NaN. A NaN is left out, and for autocorrelations the known values close up. Of the whole
        row, so not causal.

    Notes
    -----
    The autocorrelation is that of what the Theil-Sen slope leaves, as in pymannkendall 1.4.3. The
    cost grows with the square of n_time, and so does the memory.

    References
    ----------
    .. [1] S. Yue and C. Y. Wang, "The Mann-Kendall test modified by effective sample size to detect
       trend in serially correlated hydrological series", Water Resources Management 18, 2004,
       doi:10.1023/B:WARM.0000043140.61082.60.

    Examples
    --------
    >>> yue_wang_tests([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], 1).round(3).tolist()
    [12.0, 25.0, 94.522, 2.469, 0.014]
    """
    known, score, tied = _score_and_ties(values)
    room = max(1, values.shape[0])
    steps, rest = np.empty(room), np.empty(room)
    n = _detrended(values, steps, rest)
    squares = _centred(rest, n)
    inflation = 0.0
    if squares > 0.0:
        for lag in range(1, min(lags + 1, n)):
            inflation += (1.0 - lag / n) * (_lagged(rest, n, lag) / squares)
    _test(known, score, _variance(known, tied) * (1.0 + 2.0 * inflation), out)


@rowwise(np.float64, width=4, cost=1000)
def theil_sen_slopes(values: Row, alpha: float, out: Row) -> None:
    """Slope of Theil and Sen: the median of the slopes of all pairs of steps.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    alpha : float
        The interval covers the slope with a chance of 1 - `alpha`.

    Returns
    -------
    float64 array, shape (..., 4)
        The slope a step; the lower and the upper end of its interval; the intercept at step 0,
        which is the median value less the slope times the median step. A NaN is left out; with
        fewer than two known values all are NaN. Of the whole row, so not causal.

    Notes
    -----
    The cost grows with the square of n_time, and so does the memory. The interval is Sen's, by
    order statistics of the slopes, with the variance corrected for ties, as in SciPy.

    References
    ----------
    .. [1] H. Theil, "A rank-invariant method of linear and polynomial regression analysis",
       Proc. Kon. Ned. Akad. v. Wetensch. A 53, 1950.
    .. [2] P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", Journal of
       the American Statistical Association 63, 1968, doi:10.1080/01621459.1968.10480934.

    Examples
    --------
    >>> theil_sen_slopes([240, 379, 507, 588, 594, 447], 0.05).round(3)
    array([ 71.667, -70.5  , 133.5  , 297.833])
    """
    room = max(1, values.shape[0])
    steps, knowns = np.empty(room), np.empty(room)
    n = _known_steps(values, steps, knowns)
    out[0] = out[1] = out[2] = out[3] = math.nan
    if n < 2:
        return
    slopes = np.empty(n * (n - 1) // 2)
    pairs = _slopes(steps, knowns, n, slopes)
    known, _, tied = _score_and_ties(values)
    reach = normal_quantile(1.0 - alpha / 2.0) * math.sqrt(_variance(known, tied))
    middle = pairs // 2
    out[0] = slope = _median(slopes, 0, pairs)
    # The median has put the lower slopes before the middle, so that each end looks at one half.
    below = max(round((pairs - reach) / 2.0) - 1, 0)
    above = min(round((pairs + reach) / 2.0), pairs - 1)
    out[1] = select(slopes, 0, middle + 1, below)
    out[2] = select(slopes, middle, pairs, above)
    centre = 0.5 * (steps[(n - 1) // 2] + steps[n // 2])
    out[3] = _median(knowns, 0, n) - slope * centre
