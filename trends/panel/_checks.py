"""What the parts of a panel must be. Nothing here makes an array as large as the values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import InvalidPanel, whole

ValueArray: TypeAlias = npt.NDArray[np.float64 | np.int32 | np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[Any]

# Values looked at together: small enough for the processor's cache.
_BLOCK = 1 << 16


def blocks(values: Numbers) -> Iterator[Numbers]:
    """Cut a table into views, along the axis whose steps lie further apart in memory."""
    table = values if values.strides[0] >= values.strides[1] else values.T
    step = max(1, _BLOCK // max(1, table.shape[1]))
    for start in range(0, len(table), step):
        part = table[start : start + step]
        yield part if table is values else part.T


def held_months(values: Numbers) -> BoolArray:
    """Which months hold a value in any series; looks no further than it must."""
    held = np.zeros(values.shape[1], dtype=np.bool_)
    if values.dtype.kind != "f":
        return ~held
    step = max(1, _BLOCK // values.shape[1])
    for start in range(0, len(values), step):
        held |= ~np.isnan(values[start : start + step]).all(axis=0)
        if held.all():
            break
    return held


def read_only(array: Numbers) -> Numbers:
    """View an array so that it cannot be written to."""
    view = array.view()
    view.flags.writeable = False
    return view


def checked_values(values: npt.ArrayLike) -> Numbers:
    """A read-only table of float64, int32 or int64, without infinities."""
    try:
        array = _numbers(np.asarray(values))
    except (TypeError, ValueError, OverflowError) as error:
        raise InvalidPanel(
            f"values are not numbers ({error})",
            "Give an array of floats, NaN where unknown, or of whole numbers.",
        ) from error
    if array.ndim != 2 or 0 in array.shape:
        raise InvalidPanel(
            f"values have shape {array.shape}, not (n_series, n_time) with both at least 1",
            "Reshape one series with values[None, :].",
        )
    if array.dtype.kind == "f" and any(_has_infinity(part) for part in blocks(array)):
        row, step = next(
            (i, t) for i, row in enumerate(array) for t in np.flatnonzero(np.isinf(row))
        )
        raise InvalidPanel(
            f"value {array[row, step]} in series {row}, step {step}",
            "Replace it by the number meant, or by NaN if it is unknown.",
        )
    return read_only(array)


def _numbers(found: Numbers) -> Numbers:
    kind = found.dtype.kind
    if kind not in "iufO":  # NumPy would make numbers of text, of dates and of truth
        raise TypeError(f"found type {found.dtype}")
    if kind in "iu" and found.dtype not in (np.dtype(np.int32), np.dtype(np.int64)):
        if kind == "u" and found.size and found.max() > np.iinfo(np.int64).max:
            raise TypeError(f"{found.max()} is beyond 64 bits")
        return found.astype(np.int64)
    return found if kind in "iu" else found.astype(np.float64, copy=False)


def _has_infinity(part: Numbers) -> bool:
    return not np.isfinite(part).all() and bool(np.isinf(part).any())


def checked_months(months: object, n_time: int) -> pd.PeriodIndex:
    """`n_time` months that follow one another."""
    if not isinstance(months, pd.PeriodIndex) or months.freqstr != "M":
        raise InvalidPanel(
            f"months are a {type(months).__name__}, not a PeriodIndex of frequency M",
            "Use pandas.period_range, or trends.as_panel, which converts other indexes.",
        )
    if len(months) != n_time:
        raise InvalidPanel(
            f"{len(months)} months for {n_time} values a series", "Give one month a value."
        )
    if months.hasnans or (np.diff(months.asi8) != 1).any():
        raise InvalidPanel(
            "months do not follow one another without holes",
            "Sort them and put NaN in the months that are missing; trends.as_panel does both.",
        )
    return months


def checked_names(names: object, n_series: int) -> tuple[str, ...]:
    """`n_series` names, each once."""
    if isinstance(names, str):
        names = (names,)
    if not isinstance(names, Iterable):
        raise InvalidPanel(f"names are {names!r}", "Give a sequence of names, one a series.")
    found = tuple(whole(str(name)) for name in names)
    if len(found) != n_series:
        raise InvalidPanel(f"{len(found)} names for {n_series} series", "Name every series once.")
    if len(set(found)) != n_series:
        twice = next(name for name in found if found.count(name) > 1)
        raise InvalidPanel(f"two series are named {twice!r}", "Give every series its own name.")
    return found


def checked_days(days: npt.ArrayLike | None, values: Numbers, months: pd.PeriodIndex) -> Numbers:
    """Observed days of each month, read-only: at least one where there is a value."""
    length = np.asarray(months.days_in_month, dtype=np.int32)
    if days is None:
        return read_only(np.where(held_months(values), length, 0).astype(np.int32))
    try:
        given = np.asarray(days)
    except ValueError as error:
        raise InvalidPanel(
            "observed_days are rows of different lengths", "Give whole numbers, one a month."
        ) from error
    if given.shape != length.shape or given.dtype.kind not in "iu":
        raise InvalidPanel(
            f"observed_days have shape {given.shape} and type {given.dtype}",
            f"Give {len(length)} whole numbers, one a month.",
        )
    wrong = (given < 0) | (given > length)
    if wrong.any():
        t = int(np.flatnonzero(wrong)[0])
        raise InvalidPanel(
            f"{given[t]} observed days in {months[t]}, which has {length[t]}",
            "Count each day of a month once.",
        )
    unseen = given == 0
    if unseen.any():
        unseen &= held_months(values)
    if unseen.any():
        t = int(np.flatnonzero(unseen)[0])
        raise InvalidPanel(
            f"a value in {months[t]}, of which no day was observed",
            "Set observed_days to the days covered, or the value to NaN.",
        )
    return read_only(given.astype(np.int32))
