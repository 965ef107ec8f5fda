"""Which values stand out from all before them, and since when."""

import math

import numpy as np

from trends.kernels._rowwise import Row, rowwise

__all__ = [
    "known_counts",
    "low_record_counts",
    "low_record_flags",
    "low_tie_flags",
    "record_counts",
    "record_flags",
    "steps_since",
    "steps_since_low",
    "tie_flags",
]


@rowwise(np.int32)
def known_counts(values: Row, out: Row) -> None:
    """Count the known values before each step.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        A NaN does not count. Causal.

    Examples
    --------
    >>> known_counts([3.0, float("nan"), 5.0, 4.0])
    array([0, 1, 1, 2], dtype=int32)
    """
    count = 0
    for t in range(values.shape[0]):
        out[t] = count
        if not math.isnan(values[t]):
            count += 1


@rowwise(np.bool_)
def record_flags(values: Row, out: Row) -> None:
    """Whether each value is higher than every known one before it.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    bool array, shape (..., n_time)
        False for the first known value, which has nothing to beat, and for an equal value, which
        ties. A NaN is no record and is passed over. Causal.

    References
    ----------
    .. [1] B. C. Arnold, N. Balakrishnan and H. N. Nagaraja, *Records*, Wiley, 1998: the upper and
       lower records of a sequence. There the first value is a (trivial) record; here it is none.

    Examples
    --------
    >>> record_flags([3, 3, 5, 4, 6])
    array([False, False,  True, False,  True])
    """
    first = _first_known(values)
    for t in range(min(first + 1, values.shape[0])):
        out[t] = False
    highest = values[first] if first < values.shape[0] else values[0]
    for t in range(first + 1, values.shape[0]):
        out[t] = values[t] > highest
        if values[t] > highest:
            highest = values[t]


@rowwise(np.bool_)
def low_record_flags(values: Row, out: Row) -> None:
    """Whether each value is lower than every known one before it.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    bool array, shape (..., n_time)
        False for the first known value, which has nothing to beat, and for an equal value, which
        ties. A NaN is no record and is passed over. Causal.

    References
    ----------
    .. [1] B. C. Arnold, N. Balakrishnan and H. N. Nagaraja, *Records*, Wiley, 1998: the upper and
       lower records of a sequence. There the first value is a (trivial) record; here it is none.

    Examples
    --------
    >>> low_record_flags([5, 5, 3, 4, 2])
    array([False, False,  True, False,  True])
    """
    first = _first_known(values)
    for t in range(min(first + 1, values.shape[0])):
        out[t] = False
    lowest = values[first] if first < values.shape[0] else values[0]
    for t in range(first + 1, values.shape[0]):
        out[t] = values[t] < lowest
        if values[t] < lowest:
            lowest = values[t]


@rowwise(np.bool_)
def tie_flags(values: Row, out: Row) -> None:
    """Whether each value equals the highest known one before it.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    bool array, shape (..., n_time)
        False for the first known value. A NaN ties with nothing and is passed over. Causal.

    Examples
    --------
    >>> tie_flags([3, 3, 5, 4, 5])
    array([False,  True, False, False,  True])
    """
    first = _first_known(values)
    for t in range(min(first + 1, values.shape[0])):
        out[t] = False
    highest = values[first] if first < values.shape[0] else values[0]
    for t in range(first + 1, values.shape[0]):
        out[t] = values[t] == highest
        if values[t] > highest:
            highest = values[t]


@rowwise(np.bool_)
def low_tie_flags(values: Row, out: Row) -> None:
    """Whether each value equals the lowest known one before it.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    bool array, shape (..., n_time)
        False for the first known value. A NaN ties with nothing and is passed over. Causal.

    Examples
    --------
    >>> low_tie_flags([5, 5, 3, 4, 3])
    array([False,  True, False, False,  True])
    """
    first = _first_known(values)
    for t in range(min(first + 1, values.shape[0])):
        out[t] = False
    lowest = values[first] if first < values.shape[0] else values[0]
    for t in range(first + 1, values.shape[0]):
        out[t] = values[t] == lowest
        if values[t] < lowest:
            lowest = values[t]


@rowwise(np.int32, width=1)
def record_counts(values: Row, out: Row) -> None:
    """Count the values that are higher than every known one before them.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (...)
        The number of `record_flags`. A NaN is no record and is passed over.

    Examples
    --------
    >>> record_counts([[3, 3, 5, 4, 6], [5, 4, 3, 2, 1]])
    array([2, 0], dtype=int32)
    """
    count = 0
    if values.shape[0] > 0:
        highest = values[0]
        for t in range(1, values.shape[0]):
            if values[t] > highest:
                count += 1
            if values[t] > highest or math.isnan(highest):
                highest = values[t]
    out[0] = count


@rowwise(np.int32, width=1)
def low_record_counts(values: Row, out: Row) -> None:
    """Count the values that are lower than every known one before them.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (...)
        The number of `low_record_flags`. A NaN is no record and is passed over.

    Examples
    --------
    >>> low_record_counts([[3, 3, 5, 4, 6], [5, 4, 3, 2, 1]])
    array([0, 4], dtype=int32)
    """
    count = 0
    if values.shape[0] > 0:
        lowest = values[0]
        for t in range(1, values.shape[0]):
            if values[t] < lowest:
                count += 1
            if values[t] < lowest or math.isnan(lowest):
                lowest = values[t]
    out[0] = count


@rowwise(np.int32, cost=4)
def steps_since(values: Row, out: Row) -> None:
    """Count the steps back to the latest value that is not lower.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        0 where there is none, so that every value before is lower. A NaN makes unknown, -1,
        its own step and every step whose way back meets it. Causal.

    Notes
    -----
    Linear in n_time, amortised: the way back of a step leaps over the values that an earlier step
    found to be lower than itself, so that each is passed once.

    Examples
    --------
    >>> steps_since([3, 3, 5, 4, 6])
    array([0, 1, 0, 1, 0], dtype=int32)
    >>> steps_since([9.0, float("nan"), 5.0, 2.0, 4.0])
    array([ 0, -1, -1,  1,  2], dtype=int32)
    """
    for t in range(values.shape[0]):
        s = t - 1
        while s >= 0 and values[s] < values[t] and out[s] > 0:
            s -= out[s]
        if math.isnan(values[t]):
            out[t] = -1
        elif s < 0:
            out[t] = 0
        elif values[s] < values[t]:
            out[t] = out[s]  # nothing before s, or nothing known: the same holds for t
        elif math.isnan(values[s]):
            out[t] = -1
        else:
            out[t] = t - s


@rowwise(np.int32, cost=4)
def steps_since_low(values: Row, out: Row) -> None:
    """Count the steps back to the latest value that is not higher.

    Parameters
    ----------
    values : real array, shape (..., n_time)

    Returns
    -------
    int32 array, shape (..., n_time)
        0 where there is none, so that every value before is higher. A NaN makes unknown, -1,
        its own step and every step whose way back meets it. Causal.

    Notes
    -----
    Linear in n_time, amortised: the way back of a step leaps over the values that an earlier step
    found to be higher than itself, so that each is passed once.

    Examples
    --------
    >>> steps_since_low([5, 5, 3, 4, 2])
    array([0, 1, 0, 1, 0], dtype=int32)
    >>> steps_since_low([1.0, float("nan"), 5.0, 8.0, 6.0])
    array([ 0, -1, -1,  1,  2], dtype=int32)
    """
    for t in range(values.shape[0]):
        s = t - 1
        while s >= 0 and values[s] > values[t] and out[s] > 0:
            s -= out[s]
        if math.isnan(values[t]):
            out[t] = -1
        elif s < 0:
            out[t] = 0
        elif values[s] > values[t]:
            out[t] = out[s]  # nothing before s, or nothing known: the same holds for t
        elif math.isnan(values[s]):
            out[t] = -1
        else:
            out[t] = t - s


def _first_known(values: Row) -> int:
    for t in range(values.shape[0]):
        if not math.isnan(values[t]):
            return t
    return values.shape[0]  # type: ignore[no-any-return]
