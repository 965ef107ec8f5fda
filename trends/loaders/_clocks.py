"""Months, and days added up to months, of a column of cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trends.errors import BadTable, BadValue, UnknownMonth
from trends.loaders._columns import Codes, Column, Columns
from trends.loaders._reading import as_date, is_blank
from trends.panel import BoolArray, FloatArray, as_month

_EPOCH = dt.date(1970, 1, 1)
WEEK = 7


def months_of(table: Columns, column: str) -> Codes:
    """Read a column of months, or of days that stand for them, as months since 1970."""
    return table.days(column, _month, "a month such as 2025-06")


def days_of(table: Columns, column: str) -> Codes:
    """Read a column of days as days since 1970."""
    return table.days(column, _day, "a day such as 2025-06-30")


def _month(cell: object) -> int | None:
    try:
        return int(as_month(as_date(cell) or str(cell)).ordinal)
    except UnknownMonth:
        return None


def _day(cell: object) -> int | None:
    if is_blank(cell, frozenset([""])):  # NaT passes for a date
        return None
    found = as_date(cell)
    return None if found is None else (found - _EPOCH).days


def names_of(table: Columns, column: str | None, only: str) -> tuple[Codes, tuple[str, ...]]:
    """Number the series of each row, in the order of their first rows."""
    if column is None:
        return np.zeros(len(table), dtype=np.int64), (only,)
    found: Column = table.columns[column]
    blank = frozenset([""])
    unnamed = [code for code, cell in enumerate(found.cells) if is_blank(cell, blank)]
    if unnamed:
        row = min(found.row(code) for code in unnamed)
        cell = found.cells[found.codes[row - 1]]
        raise BadValue(table.name, row, column, cell, "the name of a series")
    place: dict[str, int] = {}
    codes = [place.setdefault(str(cell).strip(), len(place)) for cell in found.cells]
    return np.array(codes, dtype=np.int64)[found.codes], tuple(place)


@dataclass(frozen=True, slots=True)
class Monthly:
    """One row a series and month: the series, the month since 1970, the value, the days."""

    series: Codes
    month: Codes
    value: FloatArray
    days: Codes


def add_up_days(
    name: str, names: Sequence[str], series: Codes, day: Codes, values: FloatArray,
    how: str, length: int,
) -> Monthly:  # fmt: skip
    """Make months of days (`length` 1) or of weeks from their first day (7).

    A row without a value was not observed. A week over a month's end is parted by days.
    """
    known = ~np.isnan(values)
    series, day, values = series[known], day[known], values[known]
    key = series * (day.max() - day.min() + 1) + day - day.min()
    if (np.diff(key) < 0).any():
        order = np.argsort(key, kind="stable")
        series, day, values = series[order], day[order], values[order]
    _check_steps(name, names, series, day, length)
    if how == "last":
        row = np.arange(len(day))
        ends, spread = day + length - 1, np.ones(len(day))
    else:
        row = np.repeat(np.arange(len(day)), length)
        ends, spread = (
            day[row] + np.tile(np.arange(length), len(day)),
            np.full(len(row), 1 / length),
        )
    month = _month_of_day(ends)
    base, count = int(month.min()), int(month.max() - month.min()) + 1
    cell = series[row] * count + month - base
    new = np.diff(cell, prepend=-1) != 0  # rows are in order, so cells are
    found, place = cell[new], np.cumsum(new) - 1
    if how == "last":
        value = np.empty(len(found))
        value[place] = values[row]  # in the order of days: the last one stays
    else:
        value = np.bincount(place, weights=values[row] * spread).astype(np.float64)
    days = np.bincount(place)  # a row a day
    if length > 1:
        days = _covered(series, day, length, found, count, base)
    return Monthly(found // count, found % count + base, value, days)


def _covered(series: Codes, day: Codes, length: int, found: Codes, count: int, base: int) -> Codes:
    """How many days of each cell (series by month) the rows cover."""
    row = np.repeat(np.arange(len(day)), length)
    each = day[row] + np.tile(np.arange(length), len(day))
    month = _month_of_day(each) - base
    inside = (month >= 0) & (month < count)  # all of a week but what lies before any that ends
    covered, days = np.unique((series[row] * count + month)[inside], return_counts=True)
    counted: Codes = days[np.searchsorted(covered, found)].astype(np.int64)
    return counted


def _check_steps(name: str, names: Sequence[str], series: Codes, day: Codes, length: int) -> None:
    steps = np.diff(day)
    within = np.diff(series) == 0
    twice: BoolArray = within & (steps < length)
    if twice.any():
        at = int(np.argmax(twice))
        first, second = (_EPOCH + dt.timedelta(days=int(day[at + i])) for i in (0, 1))
        what = "more than one value for" if first == second else f"weeks from {first} and"
        raise BadTable(
            name,
            f"series {names[series[at]]!r} has {what} {second}",
            "Keep one row a day (or week), or add the rows up before loading.",
        )
    if length == 1 and within.sum() > 2 and (steps[within] % WEEK == 0).all():
        raise BadTable(
            name,
            "all its days are whole weeks apart, so each row may stand for a week",
            "Load it with period='week' if a row covers the 7 days from its date on.",
        )


def _month_of_day(days: Codes) -> Codes:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
