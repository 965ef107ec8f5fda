"""The place of each value among those up to it."""

import math

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = ["high_ranks", "low_ranks"]


@rowwise(np.int32, cost=20)
def high_ranks(values: Row, out: Row) -> None:
    """Rank of each value among those up to it, the highest first.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        1 + the number of earlier values that are higher; equal values share a rank. A NaN has rank
        -1 (unknown) and counts in no other rank. Causal.

    Notes
    -----
    The cost grows with the square of n_time.

    Examples
    --------
    >>> high_ranks([3.0, 5.0, 4.0, float("nan"), 5.0])
    array([ 1,  1,  2, -1,  1], dtype=int32)
    """
    for t in range(values.shape[0]):
        rank = -1 if math.isnan(values[t]) else 1
        for s in range(t):
            if values[s] > values[t]:
                rank += 1
        out[t] = rank


@rowwise(np.int32, cost=20)
def low_ranks(values: Row, out: Row) -> None:
    """Rank of each value among those up to it, the lowest first.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        1 + the number of earlier values that are lower; equal values share a rank. A NaN has rank
        -1 (unknown) and counts in no other rank. Causal.

    Notes
    -----
    The cost grows with the square of n_time.

    Examples
    --------
    >>> low_ranks([3.0, 5.0, 4.0, float("nan"), 3.0])
    array([ 1,  2,  2, -1,  1], dtype=int32)
    """
    for t in range(values.shape[0]):
        rank = -1 if math.isnan(values[t]) else 1
        for s in range(t):
            if values[s] < values[t]:
                rank += 1
        out[t] = rank
