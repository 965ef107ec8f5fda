"""Months, and days added up to months, of a column of cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from trends.errors import BadOption, BadTable, UnknownMonth
from trends.loaders._coded import Codes, Column, Columns
from trends.loaders._names import clean_name
from trends.loaders._reading import EARLIEST, as_date, is_blank, latest_year
from trends.panel import BoolArray, FloatArray, as_month

_EPOCH = dt.date(1970, 1, 1)
WEEK = 7
_RUN = re.compile("%[dmyYjHMSUWGV]%[dmyYjHMSUWGV]")  # numbers with nothing between them


def check_format(date_format: str | None, *, days: bool) -> None:
    """Refuse a format that does not say the month and the year (and the day, of days)."""
    if date_format is None:
        return
    day, found = dt.date(2026, 11, 29), None
    with suppress(ValueError, TypeError, re.error):  # of a mark given twice
        text = day.strftime(date_format)
        found = dt.datetime.strptime(text, date_format)  # noqa: DTZ007
    same = found is not None and (found.year, found.month) == (day.year, day.month)
    if not same or (days and found is not None and found.day != day.day):
        what = "day, month and year" if days else "month and year"
        needed = f"a format of {what}, such as '%d/%m/%Y'"
        raise BadOption("load_table", "date_format", date_format, needed)


def months_of(table: Columns, column: str, date_format: str | None = None) -> Codes:
    """Read a column of months, or of days that stand for them, as months since 1970."""

    def read(cell: object) -> int | None:
        day = _as_day(cell, date_format)
        return None if date_format and day is None else _month(day, cell)

    return table.days(column, read, _needed("a month such as 2025-06", date_format))


def refuse_mixed(table: Columns, column: str) -> None:
    """Refuse days among months, but first days, which stand for months: a day is no month."""
    found = table.columns[column]
    days = [as_date(cell) for cell in found.cells]
    later = np.array([day is not None and day.day > 1 for day in days])
    if later.any() and None in days:
        raise table.bad(found.first(later), column, "a month as in other rows, but a day")


def days_of(table: Columns, column: str, date_format: str | None = None) -> Codes:
    """Read a column of days as days since 1970."""

    def read(cell: object) -> int | None:
        found = _as_day(cell, date_format)
        return None if found is None else (found - _EPOCH).days

    return table.days(column, read, _needed("a day such as 2025-06-30", date_format))


def _needed(what: str, date_format: str | None) -> str:
    if date_format is not None:
        what = f"a date written as {date_format!r}"
    years = f"{EARLIEST} to {latest_year()}"
    other = "" if date_format else "; dates of one other form are read with date_format='%d/%m/%Y'"
    return f"{what}, of the years {years}, no further ahead{other}"


def _as_day(cell: object, date_format: str | None) -> dt.date | None:
    if is_blank(cell, frozenset([""])):  # NaT passes for a date
        return None
    if date_format is None or isinstance(cell, dt.date):
        return as_date(cell)
    if isinstance(cell, bool):
        return None
    text = str(cell).strip()
    try:
        found = dt.datetime.strptime(text, date_format)  # noqa: DTZ007
    except ValueError:
        return None
    if _RUN.search(date_format) and len(text) != len(found.strftime(date_format)):
        return None  # 1122025 has lost a nought: it is 11 February or 1 December
    return as_date(found.isoformat())


def _month(day: dt.date | None, cell: object) -> int | None:
    try:
        month = as_month(day or str(cell).strip())
    except UnknownMonth:
        return None
    return int(month.ordinal) if EARLIEST <= month.year <= latest_year() else None


def names_of(table: Columns, column: str | None, only: str) -> tuple[Codes, tuple[str, ...]]:
    """Number the series of each row, in the order of their first rows."""
    if column is None:
        return np.zeros(len(table), dtype=np.int64), (only,)
    found: Column = table.columns[column]
    blank = frozenset([""])
    unnamed = np.array([is_blank(cell, blank) or not clean_name(cell) for cell in found.cells])
    if unnamed.any():
        raise table.bad(found.first(unnamed), column, "the name of a series")
    place: dict[str, int] = {}
    codes = [place.setdefault(clean_name(cell), len(place)) for cell in found.cells]
    return np.array(codes, dtype=np.int64)[found.codes], tuple(place)


@dataclass(frozen=True, slots=True)
class Monthly:
    """One row a series and month: the series, the month since 1970, the value, the days."""

    series: Codes
    month: Codes
    value: FloatArray
    days: Codes


def add_up_days(
    table: Columns, columns: tuple[str, str], names: Sequence[str], series: Codes, day: Codes,
    values: FloatArray, how: str, length: int,
) -> Monthly:  # fmt: skip
    """Make months of days (`length` 1) or of weeks from their first day (7).

    A row without a value was not observed. A week over a month's end is parted by days. `columns`
    are those of days and of values.
    """
    at = np.flatnonzero(~np.isnan(values))
    series, day, values = series[at], day[at], values[at]
    key = series * (day.max() - day.min() + 1) + day - day.min()
    if (np.diff(key) < 0).any():
        order = np.argsort(key, kind="stable")
        series, day, values, at = series[order], day[order], values[order], at[order]
    _check_steps(table, columns[0], names, series, day, length, at)
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
        if not np.isfinite(value).all():
            most = int(at[np.argmax(np.abs(values))]) + 1
            raise table.bad(most, columns[1], "a number small enough to be added up")
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


def _check_steps(
    table: Columns, column: str, names: Sequence[str], series: Codes, day: Codes, length: int,
    row: Codes,
) -> None:  # fmt: skip
    steps = np.diff(day)
    within = np.diff(series) == 0
    twice: BoolArray = within & (steps < length)
    if twice.any():
        at = int(np.argmax(twice))
        first, second = (_EPOCH + dt.timedelta(days=int(day[at + i])) for i in (0, 1))
        what = "more than one value for" if first == second else f"weeks from {first} and"
        one, other = sorted(int(row[at + i]) + 1 for i in (0, 1))
        raise BadTable(
            table.name + table.where(other),
            f"series {names[series[at]]!r} has {what} {second}: rows {one} and {other}, column "
            f"{column!r}",
            "Keep one row a day (or week), or add the rows up before loading.",
        )
    if length == 1 and within.sum() > 2 and (steps[within] % WEEK == 0).all():
        raise BadTable(
            table.name,
            "all its days are whole weeks apart, so each row may stand for a week",
            "Load it with period='week' if a row covers the 7 days from its date on.",
        )


def _month_of_day(days: Codes) -> Codes:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
