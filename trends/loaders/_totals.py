"""Totals by day, week and month of the rows that count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from trends.loaders._coded import Codes
from trends.loaders._reports import OVERNIGHT_FROM
from trends.loaders._selections import Selection
from trends.panel import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Totals:
    """Values of consecutive periods, how many of their days were observed, and of how many rows."""

    periods: pd.PeriodIndex
    values: FloatArray
    days: IntArray
    rows: IntArray


def total(selection: Selection, measure: str, definition: str, freq: str) -> Totals:
    """Add up by day (D), week from Monday (W-SUN) or month (M).

    A day between the first and the last report, of whatever weapon, is observed: a zero there is a
    zero. The overnight definition observes none before `OVERNIGHT_FROM`.
    """
    parts, reports = selection.pieces, selection.reports
    first, last = int(parts.day.min()), int(parts.day.max())
    observed = np.arange(first, last + 1)
    place, periods = _places(observed, freq)
    if definition == "overnight":
        early = observed < int((OVERNIGHT_FROM.start_time - pd.Timestamp(0)).days)
    else:
        early = np.zeros(len(observed), dtype=np.bool_)
    days = np.bincount(place[~early], minlength=len(periods)).astype(np.int32)
    kept = selection.used[parts.row] & ~early[parts.day - first]
    row, at = parts.row[kept], place[parts.day[kept] - first]

    def add(amounts: FloatArray) -> FloatArray:
        weights = np.nan_to_num(amounts[row]) * parts.share[kept]
        return np.bincount(at, weights=weights, minlength=len(periods)).astype(np.float64)

    if measure == "interception_rate":
        launched, destroyed = add(reports.launched), add(reports.destroyed)
        values = np.full(len(periods), np.nan)
        np.divide(100 * destroyed, launched, out=values, where=launched > 0)
    else:
        values = add(reports.launched if measure == "launched" else reports.destroyed)
    values[days == 0] = np.nan
    return Totals(periods, values, days, np.bincount(at, minlength=len(periods)).astype(np.int32))


def _places(days: Codes, freq: str) -> tuple[Codes, Any]:
    """For each day its period's position, and the periods."""
    stamps = pd.DatetimeIndex(days.astype("datetime64[D]").astype("datetime64[s]"))
    found = stamps.to_period(freq)
    periods = pd.period_range(found[0], found[-1], freq=freq)
    return found.asi8 - periods.asi8[0], periods
