"""What there is to say of the last step of each row, and of nothing before it."""

import math

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = ["LATEST_FACTS", "last_steps_since", "last_steps_since_low", "latest_facts"]

LATEST_FACTS = (
    "rise",
    "fall",
    "longest_rise",
    "longest_rise_end",
    "longest_fall",
    "longest_fall_end",
    "record",
    "low_record",
    "since_steps",
    "since_low_steps",
    "rank",
    "low_rank",
    "earlier",
    "difference",
    "ratio",
)


@rowwise(np.int32, width=1, cost=0.2)
def last_steps_since(values: Row, out: Row) -> None:
    """Count the steps from the last one back to the latest value that is not lower.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (...)
        What `steps_since` gives for the last step, without looking further back than it must. -1 if
        a NaN makes it unknown, or if there is no step.

    Examples
    --------
    >>> last_steps_since([[3, 3, 5, 4, 6], [9, 7, 5, 4, 6]])
    array([0, 3], dtype=int32)
    """
    out[0] = _steps_up(values)


@rowwise(np.int32, width=1, cost=0.2)
def last_steps_since_low(values: Row, out: Row) -> None:
    """Count the steps from the last one back to the latest value that is not higher.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (...)
        What `steps_since_low` gives for the last step, without looking further back than it must.
        -1 if a NaN makes it unknown, or if there is no step.

    Examples
    --------
    >>> last_steps_since_low([[5, 5, 3, 4, 2], [1, 3, 5, 6, 4]])
    array([0, 3], dtype=int32)
    """
    out[0] = _steps_down(values)


@rowwise(np.float64, width=len(LATEST_FACTS), cost=4)
def latest_facts(values: Row, out: Row) -> None:
    """All that the other kernels say of the last step, in one pass.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    float64 array, shape (..., 15)
        In the order of `LATEST_FACTS`: `rise_lengths`, `fall_lengths`, the first two numbers of
        `longest_rises` and of `longest_falls`, `record_flags`, `low_record_flags`, `steps_since`,
        `steps_since_low`, `high_ranks`, `low_ranks`, `known_counts`, `differences` and `ratios`
        with a lag of 1. A NaN is treated as each of these treats it. If there is no step:
        0 runs, no record, the rest -1 or NaN.

    Examples
    --------
    >>> facts = latest_facts([240, 379, 507, 588, 594])
    >>> dict(zip(LATEST_FACTS, facts.tolist()))["rise"]
    4.0
    """
    n = values.shape[0]
    if n == 0:
        out[0] = out[1] = out[2] = out[4] = out[6] = out[7] = out[12] = 0
        out[3] = out[5] = out[8] = out[9] = out[10] = out[11] = -1
        out[13] = out[14] = math.nan
        return
    rise = fall = longest_rise = longest_fall = 0
    rise_end = fall_end = -1
    for t in range(1, n):
        rise = rise + 1 if values[t] > values[t - 1] else 0
        fall = fall + 1 if values[t] < values[t - 1] else 0
        if rise > longest_rise:
            longest_rise, rise_end = rise, t
        if fall > longest_fall:
            longest_fall, fall_end = fall, t
    higher = lower = known = 0
    last = values[n - 1]
    # A loop of its own, which compares several values at once.
    for t in range(n - 1):
        higher += values[t] > last
        lower += values[t] < last
        known += values[t] == values[t]
    unknown = math.isnan(last)
    out[0], out[1] = rise, fall
    out[2], out[3] = longest_rise, rise_end
    out[4], out[5] = longest_fall, fall_end
    out[6], out[7] = 0 < lower == known, 0 < higher == known
    out[8], out[9] = _steps_up(values), _steps_down(values)
    out[10], out[11] = -1 if unknown else 1 + higher, -1 if unknown else 1 + lower
    out[12] = known
    base = 1.0 * values[n - 2] if n > 1 else math.nan
    out[13] = 1.0 * last - base
    out[14] = 1.0 * last / base if base > 0 else math.nan


def _steps_up(values: Row) -> int:
    t: int = values.shape[0] - 1
    s = t
    if t < 0 or math.isnan(values[t]):
        return -1
    while s > 0:
        s -= 1
        if values[s] >= values[t]:
            return t - s
        if math.isnan(values[s]):
            return -1
    return 0


def _steps_down(values: Row) -> int:
    t: int = values.shape[0] - 1
    s = t
    if t < 0 or math.isnan(values[t]):
        return -1
    while s > 0:
        s -= 1
        if values[s] <= values[t]:
            return t - s
        if math.isnan(values[s]):
            return -1
    return 0
