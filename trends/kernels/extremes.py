"""The highest and lowest values so far."""

import math

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = ["earlier_highs", "earlier_lows", "running_highs", "running_lows"]


@rowwise(np.float64)
def earlier_highs(values: Row, out: Row) -> None:
    """Highest known value before each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN where no value before the step is known. A NaN is passed over. Causal.

    Examples
    --------
    >>> earlier_highs([3, 5, 4])
    array([nan,  3.,  5.])
    """
    highest = math.nan
    for t in range(values.shape[0]):
        out[t] = highest
        if values[t] > highest or math.isnan(highest):
            highest = 1.0 * values[t]


@rowwise(np.float64)
def running_highs(values: Row, out: Row) -> None:
    """Highest known value up to each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN where no value up to the step is known. A NaN is passed over. Causal.

    Examples
    --------
    >>> running_highs([3, 5, 4])
    array([3., 5., 5.])
    """
    highest = math.nan
    for t in range(values.shape[0]):
        if values[t] > highest or math.isnan(highest):
            highest = 1.0 * values[t]
        out[t] = highest


@rowwise(np.float64)
def earlier_lows(values: Row, out: Row) -> None:
    """Lowest known value before each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN where no value before the step is known. A NaN is passed over. Causal.

    Examples
    --------
    >>> earlier_lows([5, 3, 4])
    array([nan,  5.,  3.])
    """
    lowest = math.nan
    for t in range(values.shape[0]):
        out[t] = lowest
        if values[t] < lowest or math.isnan(lowest):
            lowest = 1.0 * values[t]


@rowwise(np.float64)
def running_lows(values: Row, out: Row) -> None:
    """Lowest known value up to each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN where no value up to the step is known. A NaN is passed over. Causal.

    Examples
    --------
    >>> running_lows([5, 3, 4])
    array([5., 3., 3.])
    """
    lowest = math.nan
    for t in range(values.shape[0]):
        if values[t] < lowest or math.isnan(lowest):
            lowest = 1.0 * values[t]
        out[t] = lowest
