"""What every detector does: check the data, leave out what must not compete, stay in a segment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import NoValues, TooShort
from trends.panel import FloatArray, IntArray, Panel, PanelLike, Purpose, as_panel

Scalar = TypeVar("Scalar", bound=np.generic)


def checked(where: str, data: PanelLike) -> Panel:
    """Make a panel of `data`, with at least two months and one value of a complete month."""
    panel = as_panel(data)
    if panel.n_time < 2:
        raise TooShort(where, panel.n_time, 2)
    if np.isnan(panel.known()).all():
        missing = np.isnan(panel.values).all()
        found = "every value is missing" if missing else "every month with a value is partial"
        raise NoValues(where, found)
    return panel


def competing(panel: Panel, purpose: Purpose) -> FloatArray:
    """Values of the complete months, without those that an anomaly excludes from `purpose`."""
    values = panel.known()
    for anomaly in panel.anomalies:
        if purpose in anomaly.excluded_from:
            within = (panel.months >= anomaly.first) & (panel.months <= anomaly.last)
            values = np.where(within, np.nan, values)
    return values


def by_segment(
    kernel: Callable[..., npt.NDArray[Scalar]], panel: Panel, values: FloatArray, *params: int
) -> npt.NDArray[Scalar]:
    """Apply a kernel to each stretch between method breaks, so that no result looks across one."""
    parts = [kernel(values[:, part], *params) for part in panel.segments()]
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)


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
