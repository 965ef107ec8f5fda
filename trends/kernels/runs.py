"""How long something has been going on, at each step."""

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = [
    "fall_lengths",
    "longest_falls",
    "longest_rises",
    "longest_runs",
    "rise_lengths",
    "run_lengths",
]


@rowwise(np.int32)
def run_lengths(flags: Row, out: Row) -> None:
    """Count the consecutive flags that end at each step.

    Parameters
    ----------
    flags : bool or real array, shape (..., n_time)
        Set where it is not 0.

    Returns
    -------
    int32 array, shape (..., n_time)
        0 where the flag is not set. A NaN counts as not set. Causal.

    Examples
    --------
    >>> run_lengths([1, 1, 0, 1])
    array([1, 2, 0, 1], dtype=int32)
    """
    length = 0
    for t in range(flags.shape[0]):
        # The order turns both 0 and NaN away.
        length = length + 1 if flags[t] > 0 or flags[t] < 0 else 0
        out[t] = length


@rowwise(np.int32)
def rise_lengths(values: Row, out: Row) -> None:
    """Count the consecutive rises that end at each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        0 where the value does not exceed the one before. A NaN ends the run,
        and so does the step after it. Causal.

    Examples
    --------
    >>> rise_lengths([240, 379, 507, 588, 594, 447])
    array([0, 1, 2, 3, 4, 0], dtype=int32)
    """
    out[0] = length = 0
    for t in range(1, values.shape[0]):
        length = length + 1 if values[t] > values[t - 1] else 0
        out[t] = length


@rowwise(np.int32)
def fall_lengths(values: Row, out: Row) -> None:
    """Count the consecutive falls that end at each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        0 where the value is not below the one before. A NaN ends the run,
        and so does the step after it. Causal.

    Examples
    --------
    >>> fall_lengths([5, 4, 3, 3, 2])
    array([0, 1, 2, 0, 1], dtype=int32)
    """
    out[0] = length = 0
    for t in range(1, values.shape[0]):
        length = length + 1 if values[t] < values[t - 1] else 0
        out[t] = length


@rowwise(np.int32, width=3)
def longest_runs(flags: Row, out: Row) -> None:
    """Length and end of the longest run of flags, and length of the last.

    Parameters
    ----------
    flags : bool or real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., 3)
        The length of the longest run, the step in which the first of that length ends (-1 where
        there is none), and the length of the run that ends in the last step, 0 for none. A
        NaN counts as not set.

    Examples
    --------
    >>> longest_runs([1, 1, 0, 1])
    array([2, 1, 1], dtype=int32)
    """
    length = longest = 0
    end = -1
    for t in range(flags.shape[0]):
        length = length + 1 if flags[t] > 0 or flags[t] < 0 else 0
        if length > longest:
            longest, end = length, t
    out[0], out[1], out[2] = longest, end, length


@rowwise(np.int32, width=3)
def longest_rises(values: Row, out: Row) -> None:
    """Length and end of the longest run of rises, and length of the last.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., 3)
        The length of the longest rise, the step in which the first of that length ends (-1 where
        there is none), and the length of the rise that ends in the last step, 0 for none. A NaN
        ends the run, and so does the step after it.

    Examples
    --------
    >>> longest_rises([240, 379, 507, 588, 594, 447])
    array([4, 4, 0], dtype=int32)
    """
    length = longest = 0
    end = -1
    for t in range(1, values.shape[0]):
        length = length + 1 if values[t] > values[t - 1] else 0
        if length > longest:
            longest, end = length, t
    out[0], out[1], out[2] = longest, end, length


@rowwise(np.int32, width=3)
def longest_falls(values: Row, out: Row) -> None:
    """Length and end of the longest run of falls, and length of the last.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., 3)
        The length of the longest fall, the step in which the first of that length ends (-1 where
        there is none), and the length of the fall that ends in the last step, 0 for none. A NaN
        ends the run, and so does the step after it.

    Examples
    --------
    >>> longest_falls([240, 379, 507, 588, 594, 447])
    array([1, 5, 1], dtype=int32)
    """
    length = longest = 0
    end = -1
    for t in range(1, values.shape[0]):
        length = length + 1 if values[t] < values[t - 1] else 0
        if length > longest:
            longest, end = length, t
    out[0], out[1], out[2] = longest, end, length
