"""Whether a record or a streak of a given size happens in the last month, or anywhere."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from trends.models._record_chances import any_since_chance, any_streak_chance

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Finding = Literal["record", "since", "streak"]


def size_at_end(values: FloatArray, finding: Finding, least: int) -> int:
    """How large the finding in the last value is, 0 for none.

    Of a record the number of known values before it; of `since` the lower values just before it,
    up to the first that is not lower or not known; of a streak its rises.
    """
    *before, last = values.tolist()
    if finding == "record":
        known = [value for value in before if value == value]
        return len(known) if len(known) >= least and last > max(known) else 0
    size = 0
    for value in reversed(before):
        if not last > value:  # also where it is not known
            return size
        size += 1
        if finding == "streak":
            last = value
    return size


def occurrences(
    rows: FloatArray, finding: Finding, size: int, least: int, span: int
) -> tuple[BoolArray, BoolArray]:
    """For each row, whether it has such a finding in the last value, and in any of the last `span`.

    Rows have one length and the same unknown values. A record counts whatever its `size`.
    """
    n = rows.shape[1]
    found = np.zeros(rows.shape, np.bool_)
    if finding == "record":
        highest = np.fmax.accumulate(rows, axis=1)
        found[:, 1:] = rows[:, 1:] > highest[:, :-1]
        known = ~np.isnan(rows[0])
        found[:, np.cumsum(known) - known < least] = False
    elif size < n:
        if finding == "since":
            found[:, size:] = rows[:, size:] > _of_windows(np.maximum, rows[:, :-1], size)
        else:
            found[:, size:] = _of_windows(np.minimum, rows[:, 1:] > rows[:, :-1], size)
    return found[:, -1], np.asarray(found[:, max(0, n - span) :].any(axis=1))


def anywhere_by_chance(values: FloatArray, finding: Finding, size: int, span: int) -> float:
    """Chance of such a `since` or streak in any of the last `span` values in a random order.

    What happens on one side of an unknown value is independent of what happens on the other.
    """
    chance_of = any_since_chance if finding == "since" else any_streak_chance
    unknown = np.flatnonzero(np.isnan(values))
    edges = [-1, *unknown.tolist(), len(values)]
    none = 1.0
    for start, end in pairwise(edges):
        searched = min(end, len(values)) - max(start + 1, len(values) - span)
        if searched > 0:
            none *= 1 - chance_of(size, end - start - 1, span=searched)
    return 1 - none


def _of_windows(join: Any, rows: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    """Join `size` neighbours of each row, by windows that double."""
    width = 1
    while width < size:
        step = min(width, size - width)
        rows = join(rows[:, step:], rows[:, :-step])
        width += step
    return rows
