"""How long a series stayed at or above each of its values."""

import math

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = ["earlier_reaching_counts", "spell_lengths", "spell_lengths_ahead"]


@rowwise(np.int32, cost=4)
def spell_lengths(values: Row, out: Row) -> None:
    """Count the consecutive values that end with each one and are not lower than it.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        At least 1, the value itself; 0 for a NaN, which ends every spell. Causal.

    Notes
    -----
    Linear in n_time, amortised: the way back leaps over the spells of the values that it passes.

    Examples
    --------
    >>> spell_lengths([3, 1, 7, 7, 2, 5])
    array([1, 2, 1, 2, 3, 1], dtype=int32)
    """
    for t in range(values.shape[0]):
        s = t - 1
        while s >= 0 and values[s] >= values[t]:
            s -= out[s]
        out[t] = 0 if math.isnan(values[t]) else t - s


@rowwise(np.int32, cost=4)
def spell_lengths_ahead(values: Row, out: Row) -> None:
    """Count the consecutive values that begin with each one and are not lower than it.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        At least 1, the value itself; 0 for a NaN, which ends every spell. Of the whole row, so not
        causal.

    Notes
    -----
    Linear in n_time, amortised, as `spell_lengths`, of which it is the mirror image.

    Examples
    --------
    >>> spell_lengths_ahead([3, 1, 7, 7, 2, 5])
    array([1, 5, 2, 1, 2, 1], dtype=int32)
    """
    n = values.shape[0]
    for t in range(n - 1, -1, -1):
        s = t + 1
        while s < n and values[s] >= values[t]:
            s += out[s]
        out[t] = 0 if math.isnan(values[t]) else s - t


@rowwise(np.int32)
def earlier_reaching_counts(values: Row, most: int, out: Row) -> None:
    """Count the values before each one that are not lower than it, up to `most`.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    most : int
        Where to stop counting, at least 1.

    Returns
    -------
    int32 array, shape (..., n_time)
        0 ... `most`. A NaN counts nowhere and has none. Causal.

    Notes
    -----
    The `most` highest values so far are kept in order: the cost is n_time times `most` at worst.

    Examples
    --------
    >>> earlier_reaching_counts([3, 1, 7, 2, 5, 0], 3)
    array([0, 1, 0, 2, 1, 3], dtype=int32)
    """
    highest = np.empty(most)
    held = 0
    for t in range(values.shape[0]):
        count = 0
        if not math.isnan(values[t]):
            while count < held and highest[count] >= values[t]:
                count += 1
            if held < most:
                held += 1
            for k in range(held - 1, count, -1):
                highest[k] = highest[k - 1]
            if count < most:
                highest[count] = values[t]
        out[t] = count
