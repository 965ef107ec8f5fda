"""The place of each value among those up to it."""

import math

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = ["high_ranks", "low_ranks"]

SHORT = 500  # up to here a plain count is the faster one


def _places(values: Row, places: Row) -> None:
    """Write the place of each value among all, from 1; equal values share one, NaNs come last."""
    order = np.argsort(values)
    place = 0
    for i in range(order.shape[0]):
        if i == 0 or values[order[i]] != values[order[i - 1]]:
            place += 1
        places[order[i]] = place


def _count_up_to(tree: Row, place: int) -> int:
    """How many values a binary indexed tree holds at a place and below it."""
    count = 0
    while place > 0:
        count += tree[place]
        place -= place & -place
    return count


def _add(tree: Row, place: int) -> None:
    while place < tree.shape[0]:
        tree[place] += 1
        place += place & -place


def _rank_long(values: Row, high: bool, out: Row) -> None:
    """Rank by a binary indexed tree (Fenwick, 1994, doi:10.1002/spe.4380240306)."""
    n = values.shape[0]
    places = np.empty(n, np.int64)
    _places(values, places)
    tree = np.zeros(n + 1, np.int64)
    known = 0
    for t in range(n):
        if math.isnan(values[t]):
            out[t] = -1
        else:
            if high:
                out[t] = 1 + known - _count_up_to(tree, places[t])
            else:
                out[t] = 1 + _count_up_to(tree, places[t] - 1)
            _add(tree, places[t])
            known += 1


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
    The cost grows with n_time log n_time, up to 500 steps with the square of n_time.

    Examples
    --------
    >>> high_ranks([3.0, 5.0, 4.0, float("nan"), 5.0])
    array([ 1,  1,  2, -1,  1], dtype=int32)
    """
    if values.shape[0] > SHORT:
        _rank_long(values, True, out)
        return
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
    The cost grows with n_time log n_time, up to 500 steps with the square of n_time.

    Examples
    --------
    >>> low_ranks([3.0, 5.0, 4.0, float("nan"), 3.0])
    array([ 1,  2,  2, -1,  1], dtype=int32)
    """
    if values.shape[0] > SHORT:
        _rank_long(values, False, out)
        return
    for t in range(values.shape[0]):
        rank = -1 if math.isnan(values[t]) else 1
        for s in range(t):
            if values[s] < values[t]:
                rank += 1
        out[t] = rank
