"""What every detector does: check the data, leave out what must not compete, stay in a segment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, NoValues, TooShort
from trends.panel import BoolArray, IntArray, Panel, PanelLike, Purpose, ValueArray, as_panel

Scalar = TypeVar("Scalar", bound=np.generic)
Scalar_co = TypeVar("Scalar_co", bound=np.generic, covariant=True)

SHARES = frozenset({"%", "percent", "share"})  # units whose ratios say nothing
# Values that are masked together. All at once would be a second panel in memory.
_BLOCK = 1 << 22


class _Kernel(Protocol[Scalar_co]):
    @property
    def dtype(self) -> np.dtype[Any]: ...

    def __call__(
        self, values: npt.ArrayLike, *params: Any, **named: Any
    ) -> npt.NDArray[Scalar_co]: ...


def checked(where: str, data: PanelLike) -> Panel:
    """Make a panel of `data`, with at least two months and one value of a complete month."""
    panel = as_panel(data)
    if panel.n_time < 2:
        raise TooShort(where, panel.n_time, 2)
    if not _any_value(panel.values, panel.complete):
        missing = not _any_value(panel.values, np.ones(panel.n_time, dtype=np.bool_))
        found = "every value is missing" if missing else "every month with a value is partial"
        raise NoValues(where, found)
    return panel


def checked_least(where: str, least: object) -> int:
    """How many earlier months a record needs."""
    if isinstance(least, bool) or not isinstance(least, int | np.integer) or least < 1:
        raise BadOption(where, "least", least, "a whole number of at least 1")
    return int(least)


def _any_value(values: ValueArray, months: BoolArray) -> bool:
    if values.dtype.kind != "f":
        return bool(months.any())
    return any(
        not np.isnan(values[rows, :][:, months]).all() for rows in row_blocks(values, 1 << 16)
    )


def row_blocks(values: ValueArray, size: int = _BLOCK) -> Iterator[slice]:
    """Cut the series into blocks of about `size` values."""
    step = max(1, size // values.shape[1])
    for start in range(0, len(values), step):
        yield slice(start, start + step)


def left_out(panel: Panel, purpose: Purpose | None) -> BoolArray:
    """Which months take no part: those not complete, and those an anomaly excludes."""
    out: BoolArray = ~panel.complete
    for anomaly in panel.anomalies:
        if purpose in anomaly.excluded_from:
            out |= np.asarray((panel.months >= anomaly.first) & (panel.months <= anomaly.last))
    return out


def by_segment(
    kernel: _Kernel[Scalar], panel: Panel, purpose: Purpose | None, *params: int
) -> npt.NDArray[Scalar]:
    """Apply a kernel to each stretch between method breaks, so that no result looks across one.

    Months that take no part in `purpose` count as unknown.
    """
    out = np.empty(panel.values.shape, kernel.dtype)
    hidden = left_out(panel, purpose)
    for part in panel.segments():
        if not hidden[part].any():
            kernel(panel.values[:, part], *params, out=out[:, part])
            continue
        for rows in row_blocks(panel.values):
            values = np.where(hidden[part], np.nan, panel.values[rows, part])
            kernel(values, *params, out=out[rows, part])
    return out


def locked(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Make an array read-only, as results are."""
    array.flags.writeable = False
    return array


def tidy(panel: Panel, **columns: npt.NDArray[Any]) -> pd.DataFrame:
    """One row a series and month, with a column for each array of shape (n_series, n_time)."""
    at = np.tile(np.arange(panel.n_time), panel.n_series)
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.array(panel.names, dtype=object), panel.n_time),
            "month": panel.months.take(at),
        }
    )
    return frame.assign(**{name: array.ravel() for name, array in columns.items()})


def months_back(panel: Panel, steps: IntArray) -> pd.PeriodIndex:
    """For each series and month the month that lies `steps` before; NaT unless it is positive."""
    at = np.arange(panel.n_time) - np.maximum(steps, 0)
    return pd.PeriodIndex(panel.months.take(at.ravel()).where(steps.ravel() > 0))
