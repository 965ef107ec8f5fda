"""What the steps of a trailing window, the last `window` up to each step, come to."""

import math

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = [
    "window_high_ranks",
    "window_highs",
    "window_low_ranks",
    "window_lows",
    "window_means",
    "window_medians",
    "window_sums",
]


@rowwise(np.float64, cost=12)
def window_sums(values: Row, window: int, out: Row) -> None:
    """Sum of the last `window` values.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    window : int
        At least 1.

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN in the first ``window - 1`` steps, and while a NaN is in the window. Causal.

    Notes
    -----
    Sums of 1, 2, 4, ... steps are put together: log2(window) additions a step. Nothing is ever
    subtracted, so that the error does not grow along the row as that of a sliding sum does.

    Examples
    --------
    >>> window_sums([3, 1, 2, 7], 3)
    array([nan, nan,  6., 10.])
    """
    _sums(values, window, out)


@rowwise(np.float64, cost=12)
def window_means(values: Row, window: int, out: Row) -> None:
    """Mean of the last `window` values.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    window : int
        At least 1.

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN in the first ``window - 1`` steps, and while a NaN is in the window. Causal.

    Notes
    -----
    `window_sums` divided by `window`.

    Examples
    --------
    >>> window_means([3, 1, 2, 9], 3)
    array([nan, nan,  2.,  4.])
    """
    _sums(values, window, out)
    for t in range(values.shape[0]):
        out[t] = out[t] / window


def _sums(values: Row, window: int, out: Row) -> None:
    n = values.shape[0]
    power = np.empty(n)  # of `span` steps, where `out` is of those put together so far
    for t in range(n):
        power[t], out[t] = values[t], 0.0
    span, left = 1, window
    while left > 0:
        if left % 2 == 1:
            _add_before(power, out, span, out)
        left //= 2
        if left > 0:
            _add_before(power, power, span, power)
            span *= 2
    for t in range(min(window - 1, n)):
        out[t] = math.nan


def _add_before(now: Row, then: Row, lag: int, out: Row) -> None:
    """``out[t] = now[t] + then[t - lag]``; the first `lag` steps have nothing before them."""
    n = now.shape[0]
    before = np.empty(n)
    for t in range(n):
        before[t] = then[t]
    # Slices, and not t - lag: numba would look at each index for being negative.
    for t in range(min(lag, n)):
        out[t] = now[t]
    late, into = now[lag:], out[lag:]
    for t in range(n - lag):
        into[t] = late[t] + before[t]


@rowwise(np.float64, cost=8)
def window_highs(values: Row, window: int, out: Row) -> None:
    """Highest of the last `window` values.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    window : int
        At least 1.

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN in the first ``window - 1`` steps, and while a NaN is in the window. Causal.

    Notes
    -----
    Windows of 1, 2, 4, ... steps are put together: log2(window) comparisons a step.

    Examples
    --------
    >>> window_highs([3, 5, 4, 1], 2)
    array([nan,  5.,  5.,  4.])
    """
    # A monotonic deque compares each value about twice, but one by one and with branches that
    # cannot be foreseen; these loops compare eight at a time. See docs/decisions/0003.
    n = values.shape[0]
    before = np.empty(n)
    for t in range(n):
        out[t] = values[t]
    span = 1
    while span < window:
        step = min(span, window - span)
        for t in range(n):
            before[t] = out[t]
        # Slices, and not t - step: numba would look at each index for being negative.
        now, rest = before[step:], out[step:]
        for t in range(n - step):
            a, b = now[t], before[t]
            rest[t] = a if a > b or a != a else b
        span += step
    for t in range(min(window - 1, n)):
        out[t] = math.nan


@rowwise(np.float64, cost=8)
def window_lows(values: Row, window: int, out: Row) -> None:
    """Lowest of the last `window` values.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    window : int
        At least 1.

    Returns
    -------
    float64 array, shape (..., n_time)
        NaN in the first ``window - 1`` steps, and while a NaN is in the window. Causal.

    Notes
    -----
    Windows of 1, 2, 4, ... steps are put together: log2(window) comparisons a step.

    Examples
    --------
    >>> window_lows([3, 5, 4, 1], 2)
    array([nan,  3.,  4.,  1.])
    """
    n = values.shape[0]
    before = np.empty(n)
    for t in range(n):
        out[t] = values[t]
    span = 1
    while span < window:
        step = min(span, window - span)
        for t in range(n):
            before[t] = out[t]
        # Slices, and not t - step: numba would look at each index for being negative.
        now, rest = before[step:], out[step:]
        for t in range(n - step):
            a, b = now[t], before[t]
            rest[t] = a if a < b or a != a else b
        span += step
    for t in range(min(window - 1, n)):
        out[t] = math.nan


@rowwise(np.float64, cost=20)
def window_medians(values: Row, window: int, out: Row) -> None:
    """Median of the last `window` values.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    window : int
        At least 1.

    Returns
    -------
    float64 array, shape (..., n_time)
        The mean of the two in the middle where `window` is even. NaN in the first ``window - 1``
        steps, and while a NaN is in the window. Causal.

    Notes
    -----
    The window is kept in order: the cost grows with `window`.

    Examples
    --------
    >>> window_medians([3, 1, 2, 9], 3)
    array([nan, nan,  2.,  2.])
    """
    n = values.shape[0]
    ordered = np.empty(min(window, n))
    held = 0
    for t in range(n):
        if t >= window and not math.isnan(values[t - window]):
            leaving = 1.0 * values[t - window]
            held -= 1
            k = held
            moved = ordered[k]
            while moved != leaving:
                k -= 1
                moved, ordered[k] = ordered[k], moved
        if not math.isnan(values[t]):
            entering = 1.0 * values[t]
            k = held
            while k > 0 and ordered[k - 1] > entering:
                ordered[k] = ordered[k - 1]
                k -= 1
            ordered[k] = entering
            held += 1
        if held == window:
            out[t] = (ordered[(window - 1) // 2] + ordered[window // 2]) * 0.5
        else:
            out[t] = math.nan


@rowwise(np.int32, cost=8)
def window_high_ranks(values: Row, window: int, out: Row) -> None:
    """Rank of each value among the last `window`, the highest first.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    window : int
        At least 1.

    Returns
    -------
    int32 array, shape (..., n_time)
        1 + the number of higher values in the window, which holds fewer steps at the beginning;
        equal values share a rank. A NaN has rank -1 (unknown) and counts in no other rank. Causal.

    Notes
    -----
    The cost grows with `window`.

    Examples
    --------
    >>> window_high_ranks([9.0, 3.0, 5.0, 4.0], 3)
    array([1, 2, 2, 2], dtype=int32)
    """
    n = values.shape[0]
    for t in range(n):
        out[t] = -1 if math.isnan(values[t]) else 1
    for lag in range(1, min(window, n)):
        now, ranks = values[lag:], out[lag:]
        for t in range(n - lag):
            ranks[t] += values[t] > now[t]


@rowwise(np.int32, cost=8)
def window_low_ranks(values: Row, window: int, out: Row) -> None:
    """Rank of each value among the last `window`, the lowest first.

    Parameters
    ----------
    values : real array, shape (..., n_time)
    window : int
        At least 1.

    Returns
    -------
    int32 array, shape (..., n_time)
        1 + the number of lower values in the window, which holds fewer steps at the beginning;
        equal values share a rank. A NaN has rank -1 (unknown) and counts in no other rank. Causal.

    Notes
    -----
    The cost grows with `window`.

    Examples
    --------
    >>> window_low_ranks([1.0, 7.0, 5.0, 6.0], 3)
    array([1, 2, 2, 2], dtype=int32)
    """
    n = values.shape[0]
    for t in range(n):
        out[t] = -1 if math.isnan(values[t]) else 1
    for lag in range(1, min(window, n)):
        now, ranks = values[lag:], out[lag:]
        for t in range(n - lag):
            ranks[t] += values[t] < now[t]
