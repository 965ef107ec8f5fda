"""Where the level of a row changes: the exact optimum of cost plus a penalty for each change."""

import math

import numpy as np

from trends.kernels._envelopes import last_starts
from trends.kernels._rowwise import Row, rowwise

__all__ = [
    "mean_change_costs",
    "mean_change_flags",
    "negative_binomial_change_costs",
    "negative_binomial_change_flags",
    "poisson_change_costs",
    "poisson_change_flags",
]

# Makes a double of whatever number a row holds.
ONE = 1.0


@rowwise(np.bool_, cost=150.0)
def mean_change_flags(values: Row, penalty: float, out: Row) -> None:
    """Whether the best piecewise constant fit, by least squares, changes its level at each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    penalty : float
        Price of each change, at least 0, in units of squared values: ``2 * log(n_time)`` times the
        variance of the noise is usual.

    Returns
    -------
    bool array, shape (..., n_time)
        True where a new segment begins; never at the first step. A NaN costs nothing and stays in
        the segment before it. Not Causal: it sees the whole row.

    Notes
    -----
    Exact: no segmentation has a lower sum of squared errors within segments plus `penalty` for
    each change. Of equally good ones any may be given. About linear in n_time; at worst its square.

    References
    ----------
    .. [1] R. Maidstone, T. Hocking, G. Rigaill and P. Fearnhead, "On optimal multiple changepoint
       algorithms for large data", Statistics and Computing 27, 519-533, 2017.
       https://doi.org/10.1007/s11222-016-9636-3

    Examples
    --------
    >>> mean_change_flags([3, 4, 3, 9, 8, 9], 5.0)
    array([False, False, False,  True, False, False])
    """
    flag_changes(values, penalty, None, out)


@rowwise(np.float64, width=1, cost=150.0)
def mean_change_costs(values: Row, penalty: float, out: Row) -> None:
    """Cost of the segmentation that `mean_change_flags` gives.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    penalty : float
        Price of each change, at least 0, in units of squared values.

    Returns
    -------
    float64 array, shape (...)
        Sum of squared errors within segments plus `penalty` for each change. A NaN costs nothing;
        a row without a known value has the cost NaN. Not Causal: it sees the whole row.

    Examples
    --------
    >>> round(float(mean_change_costs([3, 4, 3, 9, 8, 9], 5.0)), 6)
    6.333333
    """
    out[0] = change_cost(values, penalty, None)


@rowwise(np.bool_, cost=300.0)
def poisson_change_flags(values: Row, penalty: float, out: Row) -> None:
    """Whether the best piecewise constant Poisson fit of counts changes its level at each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)
        Counts, at least 0.
    penalty : float
        Price of each change, at least 0, in units of deviance: ``2 * log(n_time)`` is usual.

    Returns
    -------
    bool array, shape (..., n_time)
        True where a new segment begins; never at the first step. A NaN costs nothing and stays in
        the segment before it. Not Causal: it sees the whole row.

    Notes
    -----
    Exact: no segmentation has a lower deviance, minus twice the log-likelihood relative to a mean
    of its own for each step, plus `penalty` for each change. Of equally good ones any may be given.
    About linear in n_time; at worst its square.

    References
    ----------
    .. [1] R. Maidstone, T. Hocking, G. Rigaill and P. Fearnhead, "On optimal multiple changepoint
       algorithms for large data", Statistics and Computing 27, 519-533, 2017.
       https://doi.org/10.1007/s11222-016-9636-3

    Examples
    --------
    >>> poisson_change_flags([0, 0, 0, 7, 9, 8], 5.0)
    array([False, False, False,  True, False, False])
    """
    flag_changes(values, penalty, 0.0, out)


@rowwise(np.float64, width=1, cost=300.0)
def poisson_change_costs(values: Row, penalty: float, out: Row) -> None:
    """Cost of the segmentation that `poisson_change_flags` gives.

    Parameters
    ----------
    values : real array, shape (..., n_time)
        Counts, at least 0.
    penalty : float
        Price of each change, at least 0, in units of deviance.

    Returns
    -------
    float64 array, shape (...)
        Poisson deviance within segments plus `penalty` for each change. A NaN costs nothing; a row
        without a known value has the cost NaN. Not Causal: it sees the whole row.

    Examples
    --------
    >>> round(float(poisson_change_costs([0, 0, 0, 7, 9, 8], 5.0)), 6)
    5.250655
    """
    out[0] = change_cost(values, penalty, 0.0)


@rowwise(np.bool_, cost=600.0)
def negative_binomial_change_flags(
    values: Row, penalty: float, dispersion: float, out: Row
) -> None:
    """Whether the best piecewise constant NB2 fit of counts changes its level at each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)
        Counts, at least 0.
    penalty : float
        Price of each change, at least 0, in units of deviance: ``2 * log(n_time)`` is usual.
    dispersion : float
        The known alpha of ``variance = mean + alpha * mean**2``, at least 0; 0 is Poisson.

    Returns
    -------
    bool array, shape (..., n_time)
        True where a new segment begins; never at the first step. A NaN costs nothing and stays in
        the segment before it. Not Causal: it sees the whole row.

    Notes
    -----
    Exact: no segmentation has a lower deviance, minus twice the log-likelihood relative to a mean
    of its own for each step, plus `penalty` for each change. Of equally good ones any may be given.
    About linear in n_time; at worst its square.

    References
    ----------
    .. [1] R. Maidstone, T. Hocking, G. Rigaill and P. Fearnhead, "On optimal multiple changepoint
       algorithms for large data", Statistics and Computing 27, 519-533, 2017.
       https://doi.org/10.1007/s11222-016-9636-3

    Examples
    --------
    >>> negative_binomial_change_flags([0, 0, 0, 7, 9, 8], 5.0, 0.2)
    array([False, False, False,  True, False, False])
    """
    flag_changes(values, penalty, ONE * dispersion, out)


@rowwise(np.float64, width=1, cost=600.0)
def negative_binomial_change_costs(
    values: Row, penalty: float, dispersion: float, out: Row
) -> None:
    """Cost of the segmentation that `negative_binomial_change_flags` gives.

    Parameters
    ----------
    values : real array, shape (..., n_time)
        Counts, at least 0.
    penalty : float
        Price of each change, at least 0, in units of deviance.
    dispersion : float
        The known alpha of ``variance = mean + alpha * mean**2``, at least 0; 0 is Poisson.

    Returns
    -------
    float64 array, shape (...)
        NB2 deviance within segments plus `penalty` for each change. A NaN costs nothing; a row
        without a known value has the cost NaN. Not Causal: it sees the whole row.

    Examples
    --------
    >>> round(float(negative_binomial_change_costs([0, 0, 0, 7, 9, 8], 5.0, 0.2)), 6)
    5.096657
    """
    out[0] = change_cost(values, penalty, ONE * dispersion)


def flag_changes(values: Row, penalty: float, dispersion: float | None, out: Row) -> None:
    """Write whether a new segment begins at each step."""
    row = np.empty(values.shape[0])
    known = fill_known(values, dispersion, row)
    starts = np.empty(known + 1, np.int32)
    if known > 0:
        last_starts(row[:known], ONE * penalty, dispersion, reference(row[:known]), starts)
    start = starts[known - 1] if known > 0 else 0
    for t in range(values.shape[0] - 1, -1, -1):
        out[t] = False
        if not math.isnan(values[t]):
            known -= 1
            if known == start and start > 0:
                out[t] = True
                start = starts[start - 1]


def change_cost(values: Row, penalty: float, dispersion: float | None) -> float:
    """Sum up the cost of the best segmentation, from the segments themselves."""
    row = np.empty(values.shape[0])
    known = fill_known(values, dispersion, row)
    if known == 0:
        return math.nan
    starts = np.empty(known, np.int32)
    last_starts(row[:known], ONE * penalty, dispersion, reference(row[:known]), starts)
    cost, stop = 0.0, known
    while stop > 0:
        start = starts[stop - 1]
        cost += segment_cost(row[start:stop], dispersion)
        if start > 0:
            cost += penalty
        stop = start
    return cost


def fill_known(values: Row, dispersion: float | None, row: Row) -> int:
    """Write the known values, and return their number.

    Where only differences matter the value nearest to 0 is taken from all: that rounds none of
    many values far from 0 and close together, and others only in their last digit.
    """
    known, nearest = 0, math.inf
    for t in range(values.shape[0]):
        value = ONE * values[t]
        if not math.isnan(value):
            row[known] = value
            known += 1
            if abs(value) < abs(nearest):
                nearest = value
    if dispersion is None:
        for k in range(known):
            row[k] -= nearest
    return known


def reference(row: Row) -> float:
    """Mean of a row of counts, or 1 where it has none: a level to measure others from."""
    total = 0.0
    for t in range(row.shape[0]):
        total += row[t]
    mean: float = total / row.shape[0] if total > 0 else 1.0
    return mean


def segment_cost(row: Row, dispersion: float | None) -> float:
    """Squared errors about the mean of a segment, or the deviance of its counts."""
    steps = row.shape[0]
    mean = rest = 0.0
    cost: float = 0.0
    for t in range(steps):
        mean += (row[t] - mean) / (t + 1)
    for t in range(steps):
        off = row[t] - mean
        if dispersion is None:
            cost += off * off
            rest += off
        elif mean > 0:
            cost += deviance(row[t], off, mean, dispersion)
    cost -= rest * rest / steps  # rest is what rounding left of 0
    return cost


def deviance(value: float, off: float, mean: float, dispersion: float) -> float:
    """Twice the log-likelihood that a count loses at a mean that is not its own."""
    own = value * math.log1p(off / mean) if value > 0 else 0.0
    if dispersion == 0:
        return 2.0 * (own - off)
    excess = math.log1p(dispersion * off / (1.0 + dispersion * mean))
    return 2.0 * (own - (value + 1.0 / dispersion) * excess)
