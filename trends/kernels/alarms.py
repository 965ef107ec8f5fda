"""How high a count may be before it is an alarm, from the counts before it."""

import math

import numpy as np

from trends.kernels._baselines import farrington
from trends.kernels._distributions import normal_quantile
from trends.kernels._rowwise import Row, rowwise

__all__ = [
    "DELTA",
    "MUAN",
    "NB_PLUGIN",
    "ears_c1_bounds",
    "ears_c2_bounds",
    "ears_c3_bounds",
    "farrington_bounds",
    "farrington_facts",
]

DELTA, NB_PLUGIN, MUAN = 0, 1, 2


def _mean_and_sd(values: Row, first: int, last: int, least_sd: float) -> tuple[float, float]:
    """Mean of the steps ``first ... last - 1``, and their standard deviation or the least one."""
    if first < 0:
        return math.nan, math.nan
    n = last - first
    total = squares = 0.0
    for t in range(first, last):
        total += values[t]
    mean = total / n
    for t in range(first, last):
        squares += (values[t] - mean) * (values[t] - mean)
    sd = math.sqrt(squares / (n - 1))
    return mean, least_sd if sd < least_sd else sd


def _bounds(values: Row, baseline: int, gap: int, alpha: float, least_sd: float, out: Row) -> None:
    z = normal_quantile(1.0 - alpha)
    for t in range(values.shape[0]):
        mean, sd = _mean_and_sd(values, t - gap - baseline, t - gap, least_sd)
        out[t] = mean + z * sd


@rowwise(np.float64, cost=10)
def ears_c1_bounds(values: Row, baseline: int, alpha: float, least_sd: float, out: Row) -> None:
    """Upper bound of EARS C1: mean and deviation of the `baseline` steps before.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    baseline : int
        At least 2; 7 in EARS.
    alpha : float
        Chance of an alarm by chance, of a normal distribution; 0.001 in R's surveillance.
    least_sd : float
        What a standard deviation is taken for at least; 0 in EARS.

    Returns
    -------
    float64 array, shape (..., n_time)
        A count above its bound is an alarm. NaN where a step of the baseline is NaN or before the
        first one. Causal.

    Notes
    -----
    The cost grows with the length of the baseline.

    References
    ----------
    .. [1] L. Hutwagner, W. Thompson, G. M. Seeman and T. Treadwell, "The bioterrorism preparedness
       and response Early Aberration Reporting System (EARS)", Journal of Urban Health 80, 2003,
       doi:10.1007/PL00022319.

    Examples
    --------
    >>> ears_c1_bounds([3, 5, 4, 4, 9], 3, 0.001, 0.0).round(2)
    array([ nan,  nan,  nan, 7.09, 6.12])
    """
    _bounds(values, baseline, 0, alpha, least_sd, out)


@rowwise(np.float64, cost=10)
def ears_c2_bounds(values: Row, baseline: int, alpha: float, least_sd: float, out: Row) -> None:
    """Upper bound of EARS C2: as `ears_c1_bounds`, of a baseline that ends two steps earlier.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    baseline : int
        At least 2; 7 in EARS.
    alpha : float
        Chance of an alarm by chance, of a normal distribution; 0.001 in R's surveillance.
    least_sd : float
        What a standard deviation is taken for at least; 0 in EARS.

    Returns
    -------
    float64 array, shape (..., n_time)
        A count above its bound is an alarm. NaN where a step of the baseline is NaN or before the
        first one. Causal.

    Notes
    -----
    The cost grows with the length of the baseline.

    References
    ----------
    .. [1] L. Hutwagner, W. Thompson, G. M. Seeman and T. Treadwell, "The bioterrorism preparedness
       and response Early Aberration Reporting System (EARS)", Journal of Urban Health 80, 2003,
       doi:10.1007/PL00022319.

    Examples
    --------
    >>> ears_c2_bounds([3, 5, 4, 4, 9, 7], 3, 0.001, 0.0).round(2)
    array([ nan,  nan,  nan,  nan,  nan, 7.09])
    """
    _bounds(values, baseline, 2, alpha, least_sd, out)


@rowwise(np.float64, cost=30)
def ears_c3_bounds(values: Row, baseline: int, alpha: float, least_sd: float, out: Row) -> None:
    """Upper bound of EARS C3: of C2, lowered by how far the two steps before stood out.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    baseline : int
        At least 2; 7 in EARS.
    alpha : float
        Chance of an alarm by chance; 0.025 in R's surveillance.
    least_sd : float
        What a standard deviation is taken for at least; 0 in EARS.

    Returns
    -------
    float64 array, shape (..., n_time)
        At least 0: 0 also after a step above a baseline that did not vary. NaN where a step of one
        of the three baselines, or one of the two steps before, is NaN or before the first. Causal.

    Notes
    -----
    With ``C2 = (y - mean) / sd`` the bound is ``mean + sd (z - sum of max(0, C2 - 1))``, the sum
    over the two steps before, as R's surveillance documents it. Its code (1.19) starts from the
    count itself in place of the mean. The cost grows with the length of the baseline.

    References
    ----------
    .. [1] L. Hutwagner, W. Thompson, G. M. Seeman and T. Treadwell, "The bioterrorism preparedness
       and response Early Aberration Reporting System (EARS)", Journal of Urban Health 80, 2003,
       doi:10.1007/PL00022319.
    .. [2] M. Salmon, D. Schumacher and M. Hoehle, "Monitoring count time series in R", Journal of
       Statistical Software 70(10), 2016, doi:10.18637/jss.v070.i10.

    Examples
    --------
    >>> ears_c3_bounds([3, 5, 4, 4, 9, 7, 6, 8], 3, 0.025, 0.0).round(2)
    array([nan, nan, nan, nan, nan, nan, nan, 0.1])
    """
    z = normal_quantile(1.0 - alpha)
    for t in range(values.shape[0]):
        excess = 0.0
        for s in range(t - 2, t):
            mean, sd = _mean_and_sd(values, s - 2 - baseline, s - 2, least_sd)
            if mean != mean or values[s] != values[s]:
                excess = math.nan
            elif values[s] > mean + sd:
                excess += (values[s] - mean) / sd - 1.0 if sd > 0.0 else math.inf
        mean, sd = _mean_and_sd(values, t - 2 - baseline, t - 2, least_sd)
        out[t] = 0.0 if excess == math.inf and mean == mean else mean + sd * (z - excess)
        if out[t] < 0.0:
            out[t] = 0.0


@rowwise(np.float64, width=6, rows=2, cost=100)
def farrington_facts(
    counts: Row, exposure: Row, period: int, years: int, window: int, levels: int, skipped: int,
    trend_alpha: float, limit: float, alpha: float, power: float, method: int,
    as_surveillance: bool, out: Row,
) -> None:  # fmt: skip
    """Farrington's flexible bound of the last step, and what it was made of.

    Parameters
    ----------
    counts, exposure, period, years, window, levels, skipped, trend_alpha, limit, alpha, power, \
method, as_surveillance
        As of `farrington_bounds`.

    Returns
    -------
    float64 array, shape (..., 6)
        The bound; the expected count; the dispersion phi; the trend, by which the logarithm of the
        expectation grows each step, NaN where it is left out; the standard error of that logarithm;
        how many steps the baseline has. NaN, as `farrington_bounds` says. Causal: of the counts
        before the last step.

    Examples
    --------
    >>> row = [8, 9, 7, 8, 9, 8, 9, 10, 8, 9, 11, 9, 9, 99]
    >>> farrington_facts(row, 1, 4, 3, 1, 1, 0, 0.05, 2.58, 0.05, 2 / 3, 0, False).round(2)
    array([14.26,  8.7 ,  1.  ,   nan,  0.11, 10.  ])
    """
    farrington(
        counts, exposure, counts.shape[0] - 1, period, years, window, levels, skipped, trend_alpha,
        limit, alpha, power, method, as_surveillance, out,
    )  # fmt: skip


@rowwise(np.float64, rows=2, cost=1000)
def farrington_bounds(
    counts: Row, exposure: Row, last: int, period: int, years: int, window: int, levels: int,
    skipped: int, trend_alpha: float, limit: float, alpha: float, power: float, method: int,
    as_surveillance: bool, out: Row,
) -> None:  # fmt: skip
    """Upper bound of Farrington's flexible method: quasi-Poisson, on the same season of past years.

    Parameters
    ----------
    counts : real array, shape (..., n_time)
    exposure : real array, shape (..., n_time)
        What a count is in proportion to; 1 for none.
    last : int
        How many of the last steps are given a bound.
    period : int
        Steps of a year: 12.
    years : int
        How many years back: ``b``. A trend is tried with 3 or more.
    window : int
        Half-width of the window around the same step of each year: ``w``.
    levels : int
        1 for a baseline of the windows only; with more, the steps between two windows are shared
        out to ``levels - 1`` other seasons, each with a level of its own: ``noPeriods``.
    skipped : int
        How many steps just before are left out: ``pastWeeksNotIncluded``.
    trend_alpha : float
        A trend is kept if its p-value is below, and if the expected count is not above all of the
        baseline: ``pThresholdTrend``. 0 for no trend.
    limit : float
        Past steps with an Anscombe residual above have less weight: ``weightsThreshold``, 2.58.
        inf for no weights.
    alpha : float
        A count is above the bound with about this chance.
    power : float
        For `DELTA`, of the transformation to symmetry: 2/3, 1/2 or 1.
    method : int
        `DELTA`, `NB_PLUGIN` or `MUAN`: ``thresholdMethod``.
    as_surveillance : bool
        Whether standard errors are scaled as R's surveillance does it; see the notes.

    Returns
    -------
    float64 array, shape (..., n_time)
        A count above its bound is an alarm. A NaN, or no exposure, is left out of the baseline; NaN
        before the last steps asked for, where the baseline would begin before the first step, where
        the step has no exposure or nothing is known of its season, and where no more steps than
        params are left. 0 where all steps of its season were 0. Causal.

    Notes
    -----
    Standard errors are scaled by the dispersion phi, which is 1 or more, as published.
    R's ``surveillance::farringtonFlexible`` does not let 1 be the least there; and with weights it
    puts them in the place of working weights before it asks for the scale, so that squares of
    errors relative to the mean are summed. Its older releases take alpha / 2 for `NB_PLUGIN` and
    `MUAN`. The least number of cases (``limit54``) is left to the caller. Time counts in steps, as
    there for series without dates.

    References
    ----------
    .. [1] A. Noufaily, D. G. Enki, P. Farrington, P. Garthwaite, N. Andrews and A. Charlett, "An
       improved algorithm for outbreak detection in multiple surveillance systems", Statistics in
       Medicine 32, 2013, doi:10.1002/sim.5595.
    .. [2] C. P. Farrington, N. J. Andrews, A. D. Beale and M. A. Catchpole, "A statistical
       algorithm for the early detection of outbreaks of infectious disease", Journal of the Royal
       Statistical Society A 159, 1996, doi:10.2307/2983331.

    Examples
    --------
    >>> row = [8, 9, 7, 8, 9, 8, 9, 10, 8, 9, 11, 9, 9, 99]
    >>> bounds = farrington_bounds(row, 1, 2, 4, 2, 1, 1, 0, 0.05, 2.58, 0.05, 2 / 3, DELTA, False)
    >>> bounds[-3:].round(2)
    array([  nan, 14.39, 14.76])
    """
    facts = np.empty(6)
    steps = counts.shape[0]
    for t in range(steps):
        out[t] = math.nan
        if t >= steps - last:
            farrington(
                counts, exposure, t, period, years, window, levels, skipped, trend_alpha, limit,
                alpha, power, method, as_surveillance, facts,
            )  # fmt: skip
            out[t] = facts[0]
