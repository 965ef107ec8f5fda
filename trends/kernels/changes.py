"""What became of a value since some steps ago."""

import math

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = ["differences", "ratios"]


@rowwise(np.float64)
def differences(values: Row, lag: int, out: Row) -> None:
    """Difference of each step and the one `lag` steps before.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    lag : int
        At least 1.

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN in the first `lag` steps, and where either value is NaN. Causal.

    Examples
    --------
    >>> differences([240, 379, 507, 588, 594, 447], 1)
    array([  nan,  139.,  128.,   81.,    6., -147.])
    """
    for t in range(values.shape[0]):
        out[t] = 1.0 * values[t] - 1.0 * values[t - lag] if t >= lag else math.nan


@rowwise(np.float64)
def ratios(values: Row, lag: int, out: Row) -> None:
    """Ratio of each step to the one `lag` steps before, for a positive base.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    lag : int
        At least 1.

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN in the first `lag` steps, where the base is zero or negative, and where either value is
        NaN. Causal.

    Examples
    --------
    >>> ratios([4, 8, 0, 3], 1)
    array([nan,  2.,  0., nan])
    """
    for t in range(values.shape[0]):
        if t >= lag and values[t - lag] > 0:
            out[t] = 1.0 * values[t] / (1.0 * values[t - lag])
        else:
            out[t] = math.nan
