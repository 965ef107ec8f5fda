"""The months whose values moved between two vintages."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from trends.panel import BoolArray, Panel

MOVED = (
    "series", "quantity", "kind", "month", "before", "after", "change", "days_before",
    "days_after", "unit", "definition",
)  # fmt: skip

# Month-ends of 100,000 km2 read from square metres: their differences are off by some 1e-11 km2.
_RTOL, _ATOL = 1e-12, 1e-9


def same(before: npt.ArrayLike, after: npt.ArrayLike) -> BoolArray:
    """Whether two values differ by no more than floating point does."""
    equal: BoolArray = np.isclose(before, after, rtol=_RTOL, atol=_ATOL)
    return equal


def moved(a: Panel, b: Panel, *, partial: bool) -> Iterator[tuple[object, ...]]:
    """Rows of `MOVED` for two panels of one series."""
    for month in a.months.intersection(b.months):
        i, j = a.position(month), b.position(month)
        was, now = float(a.values[0, i]), float(b.values[0, j])
        days = int(a.observed_days[i]), int(b.observed_days[j])
        if np.isnan(was) or np.isnan(now) or same(was, now):
            continue
        if days[0] == days[1] or partial:
            about = a.names[0], b.quantity, a.kind, month
            yield (*about, was, now, now - was, *days, a.unit, a.definition)
